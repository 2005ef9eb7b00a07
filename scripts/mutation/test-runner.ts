/** A test runner for Stryker: loads the tests of one room once and runs, for each mutant, only the tests that reach it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collectTests, Unloadable } from './collected-tests.ts';
import { forgetCaches, useForgetfulWeakMaps } from './forgetful-weak-map.ts';

/** Stryker's own options and the one that `stryker.config.mjs` adds for this runner. */
interface Options {
  readonly inProcess: { readonly tests: string; readonly leaveOut: readonly string[] };
}

/** Where instrumented code looks for the active mutant and notes what it reaches. */
const context: InstrumenterContext = {};
Object.assign(globalThis, { __stryker__: context });

/** What the tests took in the first run, in the sandbox: a process that starts later reads it there. */
const COSTS = '.mutation-costs.json';

/**
 * What the tests of one mutant may take together, quick ones first: one that lives would else cost every slow test that
 * comes by it. Leaving tests out can only let a mutant live.
 */
const BUDGET_MS = 2000;

/** A test that comes by a mutant this often is in an endless loop: a second's worth, where the longest property needs less. */
const MAX_HITS = 20_000_000;

class InProcessTestRunner implements TestRunner {
  static readonly inject: [typeof commonTokens.options] = [commonTokens.options];
  readonly #options: Options;
  /** Milliseconds that a test took in the first run, by its id. */
  #costs: ReadonlyMap<string, number> = new Map();
  #tests: readonly CollectedTest[] | null = null;

  constructor(options: unknown) {
    this.#options = options as Options;
  }

  /** Modules stay loaded: for mutants that act on loading, Stryker starts a new process. */
  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false };
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    try {
      await this.#load();
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: getMessage(error) };
    }
    const result = await this.#run(undefined, true, Number.POSITIVE_INFINITY);
    if (result.status === DryRunStatus.Complete) {
      this.#costs = new Map(result.tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
      writeFileSync(COSTS, JSON.stringify([...this.#costs]));
    }
    const { mutantCoverage } = context;
    if (result.status !== DryRunStatus.Complete || coverageAnalysis === 'off' || mutantCoverage === undefined)
      return result;
    return { ...result, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, disableBail, hitLimit, mutantActivation, testFilter } = options;
    if (mutantActivation === 'runtime') await this.#load();
    delete context.mutantCoverage;
    context.hitLimit = Math.min(hitLimit ?? MAX_HITS, MAX_HITS);
    context.activeMutant = activeMutant.id;
    try {
      const result =
        mutantActivation === 'static'
          ? await this.#runKinFirst(basename(activeMutant.fileName), disableBail)
          : await this.#run(testFilter, disableBail, BUDGET_MS);
      return toMutantRunResult(result, disableBail);
    } catch (error) {
      if (!(error instanceof Unloadable)) throw error;
      // The files could be loaded without the mutant: the first test of this one stands for all that did not get to run.
      const killedBy = [...this.#costs.keys()].filter((id) => id.startsWith(`${error.file} > `)).slice(0, 1);
      return { status: MutantRunStatus.Killed, killedBy, failureMessage: error.message, nrOfTests: 0 };
    } finally {
      delete context.activeMutant;
    }
  }

  /** Quick tests first: most mutants die of one. */
  #getCost({ id }: CollectedTest): number {
    return this.#costs.get(id) ?? 0;
  }

  async #load(): Promise<readonly CollectedTest[]> {
    this.#tests ??= await this.#collect(this.#listFiles());
    return this.#tests;
  }

  #listFiles(): readonly string[] {
    const { tests, leaveOut } = this.#options.inProcess;
    const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !leaveOut.includes(name))
      .sort();
    if (files.length === 0) throw new Error(`There are no tests in ${tests}.`);
    if (existsSync(COSTS)) this.#costs = new Map(JSON.parse(readFileSync(COSTS, 'utf8')) as [string, number][]);
    useForgetfulWeakMaps();
    return files;
  }

  #collect(files: readonly string[]): Promise<readonly CollectedTest[]> {
    return collectTests(join(process.cwd(), this.#options.inProcess.tests), files);
  }

  /** For a mutant that acts while a file loads: the tests that are named like it are loaded first, and mostly suffice. */
  async #runKinFirst(mutated: string, wholeList: boolean): Promise<DryRunResult> {
    const files = this.#listFiles();
    const kin = files.filter((name) => rankKinship(mutated, name) > 0);
    const tests: TestResult[] = [];
    for (const part of [kin, files.filter((name) => !kin.includes(name))]) {
      const own = (await this.#collect(part)).filter(({ file }) => part.includes(file));
      const result = await this.#runTests(own, wholeList, BUDGET_MS);
      if (result.status !== DryRunStatus.Complete) return result;
      tests.push(...result.tests);
      if (!wholeList && result.tests.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return { status: DryRunStatus.Complete, tests };
  }

  async #run(only: readonly string[] | undefined, wholeList: boolean, budgetMs: number): Promise<DryRunResult> {
    const wanted = only === undefined ? null : new Set(only);
    const chosen = (await this.#load()).filter(({ id }) => wanted === null || wanted.has(id));
    return await this.#runTests(chosen, wholeList, budgetMs);
  }

  async #runTests(chosen: readonly CollectedTest[], wholeList: boolean, budgetMs: number): Promise<DryRunResult> {
    const results: TestResult[] = [];
    let left = budgetMs;
    for (const test of [...chosen].sort((one, other) => this.#getCost(one) - this.#getCost(other))) {
      if (this.#getCost(test) > left) break;
      const result = await runTest(this.#options.inProcess.tests, test);
      left -= result.timeSpentMs;
      const reached = determineHitLimitReached(context.hitCount, context.hitLimit);
      if (reached !== undefined) return reached;
      results.push(result);
      if (result.status === TestStatus.Failed && !wholeList) break;
    }
    return { status: DryRunStatus.Complete, tests: results };
  }
}

/** How many words the names of two files begin with alike: `dotnet-keys.ts` and `dotnet-keys.test.ts` two, `dotnet.test.ts` one. */
function rankKinship(mutated: string, test: string): number {
  const words = basename(test).split(/[-.]/);
  const own = mutated.replace(/\.ts$/, '').split(/[-.]/);
  const different = own.findIndex((word, index) => word !== words[index]);
  return different < 0 ? own.length : different;
}

async function runTest(folder: string, { id, file, run, skip }: CollectedTest): Promise<TestResult> {
  const about = { id, name: id, fileName: join(process.cwd(), folder, file) };
  if (skip) return { ...about, timeSpentMs: 0, status: TestStatus.Skipped };
  forgetCaches();
  context.hitCount = 0;
  const start = performance.now();
  context.currentTestId = id;
  try {
    await run();
    return { ...about, timeSpentMs: Math.ceil(performance.now() - start), status: TestStatus.Success };
  } catch (error) {
    const timeSpentMs = Math.ceil(performance.now() - start);
    return { ...about, timeSpentMs, status: TestStatus.Failed, failureMessage: getMessage(error) };
  } finally {
    delete context.currentTestId;
  }
}

function getMessage(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessTestRunner)];
