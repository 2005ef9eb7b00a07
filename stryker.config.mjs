// Mutation testing of one room by its own tests; `npm run mutation -- <room>` says which room.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const room = process.env.MUTATION_ROOM ?? 'diff';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`src/${room}/**/*.ts`, '!src/**/*.generated.*'],
  plugins: ['./scripts/mutation/test-runner.ts'],
  testRunner: 'in-process',
  // Read by that runner. Whether generated pages are up to date is not a test of the code.
  inProcess: { tests: `__tests__/${room}`, leaveOut: ['docs.test.ts'] },
  testRunnerNodeArgs: ['--no-warnings'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `.mutation/${room}.incremental.json`,
  jsonReporter: { fileName: `.mutation/${room}.json` },
  reporters: ['json', 'progress-append-only'],
  // The sandbox is a copy of the project: outside of it, where no other tool finds it.
  tempDirName: join(tmpdir(), 'go-live-mutation'),
  ignorePatterns: ['/.mutation', '/docs/images', '/__tests__/scenarios'],
  warnings: { unknownOptions: false },
  timeoutMS: 10_000, // the runner spends two seconds on a mutant, whatever all its tests would take
  timeoutFactor: 0,
  concurrency: 2,
  thresholds: { high: 95, low: 85, break: null },
  disableTypeChecks: false, // a comment in a generated file would be a change of it
  tsconfigFile: 'none.json', // imports need no rewriting: the sandbox has the same shape
};
