/** Tables for people to read, and the list of counts that are over their figure. */

/** A count that has a figure to keep. */
export interface Count {
  readonly what: string;
  readonly found: number;
  readonly figure: number;
}

/** Those over their figure, one sentence each. */
export function listOverFigure(counts: readonly Count[]): readonly string[] {
  return counts
    .filter(({ found, figure }) => found > figure)
    .map(({ what, found, figure }) => `${what}: ${found}, the figure is ${figure}`);
}

/** A Markdown table with columns of equal width; the first column to the left, the others to the right. */
export function writeTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)));
  const writeLine = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [writeLine(heads), rule, ...rows.map(writeLine)].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** `12.3x` */
export function writeMultiple(value: number): string {
  return `${value.toFixed(1)}x`;
}

/** `123 MB`, in millions of bytes. */
export function toMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
