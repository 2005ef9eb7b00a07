export default {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testTimeout: 60_000,
  maxWorkers: '100%',
  testPathIgnorePatterns: ['<rootDir>/__tests__/scenarios/'],
};
