/** One git process that reads many objects. */
import { PlatformError } from '../model/errors.ts';
import { MAX_FILE_BYTES } from '../model/source.ts';
import { messages } from './messages.ts';
import { type GitEnvironment, type GitProcess, reportNotRun, startGit } from './run.ts';

/** An object as far as it is read. */
export interface GitObject {
  /** The whole id, also if the name was an abbreviation. */
  readonly id: string;
  /** `blob`, `tree`, `commit` or `tag`. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Null for a file over `MAX_FILE_BYTES`, which is not kept. */
  readonly content: Buffer | null;
}

interface Request {
  readonly name: string;
  readonly resolve: (object: GitObject) => void;
  readonly reject: (error: PlatformError) => void;
}

/** The answer that is being received: the offsets of its content and its line end in the kept bytes. */
interface Expected {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  readonly start: number;
  readonly end: number;
  readonly isKept: boolean;
}

/** Reads objects by name, in the order of the requests. The process starts with the first one. Ends with `close`. */
export class ObjectReader {
  readonly #repository: string;
  readonly #environment: GitEnvironment | undefined;
  readonly #waiting: Request[] = [];
  #child: GitProcess | null = null;
  #createError: ((name: string) => PlatformError) | null = null;
  #chunks: Buffer[] = [];
  #received = 0;
  #expected: Expected | null = null;

  constructor(repository: string, environment?: GitEnvironment) {
    this.#repository = repository;
    this.#environment = environment;
  }

  /** The object that `name` resolves to. @throws PlatformError when the repository does not have it */
  read(name: string): Promise<GitObject> {
    if (this.#createError !== null) return Promise.reject(this.#createError(name));
    this.#child ??= this.#start();
    const { stdin } = this.#child;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject });
      stdin.write(`${name}\n`);
    });
  }

  /** Ends the process. */
  close(): void {
    this.#child?.stdin.end();
  }

  #start(): GitProcess {
    const child = startGit(this.#repository, ['cat-file', '--batch'], this.#environment);
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stdin.on('error', () => {}); // the end of the process rejects the waiting requests
    child.on('error', (cause) => this.#fail(() => reportNotRun(cause)));
    child.on('close', () => this.#fail(reportMissing));
    return child;
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    while (this.#received > 0 && this.#received >= (this.#expected?.end ?? 0)) {
      const all = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
      this.#chunks = [all];
      if (this.#expected === null && !this.#readHeader(all)) return;
      if (this.#expected !== null && this.#received >= this.#expected.end) this.#answer(all, this.#expected);
    }
    if (this.#expected?.isKept === false) this.#forget(this.#expected);
  }

  /** Returns false if the header is not complete. */
  #readHeader(all: Buffer): boolean {
    const lineEnd = all.indexOf(0x0a);
    if (lineEnd < 0) return false;
    const header = all.subarray(0, lineEnd).toString('utf8');
    const [, id, type, digits] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(header) ?? [];
    const start = lineEnd + 1;
    if (id !== undefined && type !== undefined && digits !== undefined) {
      const size = Number(digits);
      this.#expected = {
        id,
        type,
        size,
        start,
        end: start + size + 1,
        isKept: type !== 'blob' || size <= MAX_FILE_BYTES,
      };
    } else {
      const request = this.#waiting.shift();
      request?.reject(reportMissing(request.name));
      this.#keep(all.subarray(start));
    }
    return true;
  }

  #answer(all: Buffer, { id, type, size, start, end, isKept }: Expected): void {
    this.#expected = null;
    this.#waiting.shift()?.resolve({ id, type, size, content: isKept ? all.subarray(start, end - 1) : null });
    this.#keep(all.subarray(end));
  }

  /** Drops the received bytes of a file that is not kept, so that its size does not matter. */
  #forget(expected: Expected): void {
    this.#expected = { ...expected, end: expected.end - this.#received };
    this.#chunks = [];
    this.#received = 0;
  }

  #keep(rest: Buffer): void {
    this.#chunks = [rest];
    this.#received = rest.length;
  }

  #fail(createError: (name: string) => PlatformError): void {
    this.#createError ??= createError;
    for (const { name, reject } of this.#waiting.splice(0)) reject(this.#createError(name));
  }
}

/** An object that the repository should have and does not. */
export function reportMissing(name: string): PlatformError {
  return new PlatformError(
    messages.gitFailed({ failure: `could not read object ${name}. Fetch the full history, then run again.` }),
  );
}
