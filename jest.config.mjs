import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Tests start the same action hundreds of times: Node keeps what it compiled, for as long as the tests run.
if (process.env.NODE_COMPILE_CACHE === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'go-live-compiled-'));
  process.env.NODE_COMPILE_CACHE = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

// Otherwise `graphql` examines each of its objects, which takes longer than the answer of the embedded GitHub.
process.env.NODE_ENV = 'production';

export default {
  testEnvironment: '<rootDir>/__tests__/support/test-environment.ts',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testTimeout: 600_000, // a busy machine is slow, not wrong
  maxWorkers: '100%',
  testPathIgnorePatterns: ['<rootDir>/__tests__/scenarios/'],
};
