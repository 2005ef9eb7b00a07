/** One git process that reads many objects, for commands that read hundreds of commits. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { PlatformError } from '../model/errors.ts';
import { messages } from './messages.ts';
import { startGit } from './run.ts';

interface Request {
  readonly name: string;
  readonly resolve: (content: Buffer) => void;
  readonly reject: (error: PlatformError) => void;
}

/** Reads objects by name, in the order of the requests. Ends with `close`. */
export class ObjectReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Request[] = [];
  #hasEnded = false;
  #chunks: Buffer[] = [];
  #received = 0;
  /** Length of the answer that is being received, its header and line end included; null: the header is not complete. */
  #expected: { readonly start: number; readonly end: number } | null = null;

  constructor(repository: string) {
    this.#child = startGit(repository, ['cat-file', '--batch']);
    this.#child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#child.stdin.on('error', () => {}); // the end of the process rejects what is still waiting
    this.#child.on('error', () => this.#fail());
    this.#child.on('close', () => this.#fail());
  }

  /** The content of the object that `name` resolves to. @throws PlatformError when the repository does not have it */
  read(name: string): Promise<Buffer> {
    if (this.#hasEnded) return Promise.reject(reportMissing(name));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject });
      this.#child.stdin.write(`${name}\n`);
    });
  }

  /** Ends the process. */
  close(): void {
    this.#child.stdin.end();
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    while (this.#received > 0 && this.#received >= (this.#expected?.end ?? 0)) {
      const all = Buffer.concat(this.#chunks);
      this.#chunks = [all];
      if (this.#expected === null && !this.#readHeader(all)) return;
      if (this.#expected !== null && this.#received >= this.#expected.end) this.#answer(all, this.#expected);
    }
  }

  /** Returns false where the header is not complete. */
  #readHeader(all: Buffer): boolean {
    const lineEnd = all.indexOf(0x0a);
    if (lineEnd < 0) return false;
    const header = all.subarray(0, lineEnd).toString('utf8');
    const size = /^[0-9a-f]+ \w+ (\d+)$/.exec(header)?.[1];
    const start = lineEnd + 1;
    if (size !== undefined) this.#expected = { start, end: start + Number(size) + 1 };
    else {
      const request = this.#waiting.shift();
      request?.reject(reportMissing(request.name));
      this.#keep(all.subarray(start));
    }
    return true;
  }

  #answer(all: Buffer, { start, end }: { readonly start: number; readonly end: number }): void {
    this.#expected = null;
    this.#waiting.shift()?.resolve(all.subarray(start, end - 1));
    this.#keep(all.subarray(end));
  }

  #keep(rest: Buffer): void {
    this.#chunks = [rest];
    this.#received = rest.length;
  }

  #fail(): void {
    this.#hasEnded = true;
    for (const { name, reject } of this.#waiting.splice(0)) reject(reportMissing(name));
  }
}

/** An object that the repository should have and does not. */
export function reportMissing(name: string): PlatformError {
  return new PlatformError(
    messages.gitFailed({ failure: `could not read object ${name}. Fetch the full history, then run again.` }),
  );
}
