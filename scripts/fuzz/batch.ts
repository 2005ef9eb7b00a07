/** The request to the thread that tries inputs, and its answer. */

export interface Batch {
  readonly seed: number;
  /** First input of the seed's row that is tried; those before it are made and left out. */
  readonly from: number;
  readonly count: number;
  /** One 32-bit number: which input is being tried. */
  readonly progress: SharedArrayBuffer;
  readonly limitMs: number;
}

export interface BatchResult {
  readonly complaints: readonly { readonly place: string; readonly complaint: string }[];
  readonly slowestMs: number;
  readonly slowest: string;
}
