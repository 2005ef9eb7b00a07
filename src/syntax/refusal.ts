/** A parser throws for unsupported text. The function that started the parsing returns the problem. */
import type { ParseProblem } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import type { Position } from '../model/source.ts';

const NOT_SUPPORTED: Message = { id: 'not-supported', message: 'This form is not supported.' };

/** Thrown by a parser for unsupported text. It never leaves the function that started the parsing. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: ParseProblem;

  constructor({ id, message }: Message = NOT_SUPPORTED, at: Position | null = null) {
    super(message);
    this.problem = { id, message, at };
  }
}

/** The result of `parse`, or the problem of the refusal that it threw. Other errors pass through. */
export function catchRefusal<Result>(parse: () => Result): Result | { readonly problem: ParseProblem } {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}
