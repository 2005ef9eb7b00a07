/** How often places of a script ran, from V8's nested ranges. */

/** A function as `NODE_V8_COVERAGE` writes it. */
export interface FunctionCoverage {
  readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
}

/** The count of the innermost range around each offset. `offsets` ascend. */
export function countsAt(functions: readonly FunctionCoverage[], offsets: readonly number[]): readonly number[] {
  const ranges = functions
    .flatMap((one) => one.ranges)
    .sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
  const open: { readonly endOffset: number; readonly count: number }[] = [];
  let next = 0;
  return offsets.map((offset) => {
    for (let range = ranges[next]; range !== undefined && range.startOffset <= offset; range = ranges[++next]) {
      while ((open.at(-1)?.endOffset ?? Number.POSITIVE_INFINITY) <= range.startOffset) open.pop();
      open.push(range);
    }
    while ((open.at(-1)?.endOffset ?? Number.POSITIVE_INFINITY) <= offset) open.pop();
    return open.at(-1)?.count ?? 0;
  });
}
