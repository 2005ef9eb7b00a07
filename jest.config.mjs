export default {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testTimeout: 600_000, // a busy machine is slow, not wrong
  maxWorkers: '100%',
  testPathIgnorePatterns: ['<rootDir>/__tests__/scenarios/'],
};
