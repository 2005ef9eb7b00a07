/**
 * The part of jest's interface that the tests of the pure rooms use, in one process and without reloading modules: what
 * makes a mutant cost milliseconds where a fresh jest environment costs seconds.
 */
import { join } from 'node:path';
import { expect } from 'expect';
import { configureGlobal } from 'fast-check';
import { bind } from 'jest-each';

/** A test as it was declared; `skip` ones are listed and never run. */
export interface CollectedTest {
  /** Its file and full title, with a number where the same came before: the same in every process. */
  readonly id: string;
  readonly file: string;
  readonly skip: boolean;
  /** Runs it with the hooks around it. @throws what the test throws. */
  readonly run: () => Promise<void>;
}

type Body = () => unknown;

interface Group {
  readonly title: string;
  readonly before: Body[];
  readonly after: Body[];
}

/**
 * A property that fails needs no smaller example here, and one that passes has seen enough after this time: cutting it
 * short can only let a mutant live.
 */
const PROPERTY_LIMIT_MS = 1000;

const collected: CollectedTest[] = [];
const ids = new Set<string>();
let file = '';
let groups: readonly Group[] = [];

function createUniqueId(title: string): string {
  const full = [file, ...groups.map((group) => group.title).filter((part) => part !== ''), title].join(' > ');
  let id = full;
  for (let number = 2; ids.has(id); number++) id = `${full} (${number})`;
  ids.add(id);
  return id;
}

function addTest(title: string, body: Body | undefined, skip: boolean): void {
  const around = groups;
  collected.push({
    id: createUniqueId(String(title)),
    file,
    skip: skip || body === undefined,
    run: async () => {
      for (const group of around) for (const hook of group.before) await hook();
      try {
        if (body !== undefined) await body();
      } finally {
        for (const group of [...around].reverse()) for (const hook of group.after) await hook();
      }
    },
  });
}

function describeGroup(title: string, addTests: () => void): void {
  const outer = groups;
  groups = [...outer, { title: String(title), before: [], after: [] }];
  addTests();
  groups = outer;
}

function createHook(kind: 'before' | 'after'): (hook: Body) => void {
  return (hook) => groups.at(-1)?.[kind].push(hook);
}

/** Hooks once for all tests of a file would need an order that single tests do not have. */
function refuse(): never {
  throw new Error('the mutation runner knows beforeEach and afterEach, not beforeAll and afterAll');
}

/** jest-each declares with what it is given; it types that as jest's own globals. */
function withEach<T>(declaring: T, skipping: T): T & { each: unknown; skip: T & { each: unknown } } {
  const runEach = (one: T): unknown => bind(one as Parameters<typeof bind>[0]);
  return Object.assign(declaring as T & object, {
    each: runEach(declaring),
    skip: Object.assign(skipping as T & object, { each: runEach(skipping) }),
  });
}

function createGlobals(): Record<string, unknown> {
  const test = withEach(
    (title: string, body?: Body) => addTest(title, body, false),
    (title: string, body?: Body) => addTest(title, body, true),
  );
  const describe = withEach(describeGroup, () => undefined);
  return {
    expect,
    test,
    it: test,
    describe,
    beforeEach: createHook('before'),
    afterEach: createHook('after'),
    beforeAll: refuse,
    afterAll: refuse,
  };
}

/** A test file that cannot be loaded: what it tests throws while it is loaded, or what the file does with it there. */
export class Unloadable extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`${file}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`, { cause });
    this.file = file;
  }
}

/** Loads the test files of a folder, which load what they test. @throws Unloadable */
export async function collectTests(folder: string, names: readonly string[]): Promise<readonly CollectedTest[]> {
  configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: PROPERTY_LIMIT_MS, markInterruptAsFailure: false });
  Object.assign(globalThis, createGlobals());
  for (const name of names) {
    file = name;
    groups = [{ title: '', before: [], after: [] }];
    await import(join(folder, name)).catch((error: unknown) => {
      throw new Unloadable(name, error);
    });
  }
  return collected;
}
