/**
 * Readers and policy loader under fire: whatever the bytes, an answer, and never a word of a planted secret. Each part
 * runs GO_LIVE_FUZZ_RUNS inputs (500 unless set) of GO_LIVE_FUZZ_SEED. A failure prints seed and path, which repeat it.
 */
import * as fc from 'fast-check';
import { damagedFiles, longRuns, randomBytes, randomText } from './support/inputs.ts';
import { leaks, plant, SECRET } from './support/secret.ts';
import { readSeeds } from './support/seeds.ts';
import { complaintAbout } from './support/trial.ts';

const runs = Number(process.env.GO_LIVE_FUZZ_RUNS ?? 500);
const seed = Number(process.env.GO_LIVE_FUZZ_SEED ?? 20_261_123);
const seeds = readSeeds();

test.each([
  ['damaged files', damagedFiles(seeds), runs],
  ['random bytes', randomBytes, Math.ceil(runs / 4)],
  ['random words', randomText, Math.ceil(runs / 4)],
  ['long runs', longRuns(seeds), Math.ceil(runs / 40)],
])(
  '%s always get an answer, which never contains the secret',
  (_name, inputs, numRuns) => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(complaintAbout(input)).toBeNull();
      }),
      { seed, numRuns },
    );
  },
  60_000 + runs * 50,
);

test('the seeds contain every kind of file, and are valid without damage', () => {
  expect(seeds.length).toBeGreaterThan(300);
  const endings = new Set(seeds.map(({ path }) => path.slice(path.lastIndexOf('.'))));
  for (const ending of ['.yml', '.config', '.xml', '.properties', '.plist', '.py', '.cer', '.pem', '.pfx', '.cs'])
    expect(endings).toContain(ending);
  for (const { name, path, files } of seeds.slice(0, 50))
    expect(complaintAbout({ name, path, base: {}, head: files })).toBeNull();
});

test('a secret is added where files contain secrets, and a repeated one is found', () => {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  const config = new TextEncoder().encode('<configuration><appSettings></appSettings></configuration>');
  expect(text(plant('Web.config', config, 0))).toContain(`value="${SECRET}"`);
  expect(text(plant('README.md', config, 0))).toBe(text(config));
  expect(leaks(`the password is ${SECRET.slice(5, 30)}`)).toBe(true);
  expect(leaks(text(config))).toBe(false);
  const shown = { name: 'x', path: 'healthvault.app.yml', base: {}, head: {} };
  const told = `healthvault: 1\napp-id: 9ca84d74-1473-471d-940f-2699cb7198df\nname: ${SECRET}\n`;
  expect(complaintAbout({ ...shown, head: { 'healthvault.app.yml': new TextEncoder().encode(told) } })).toContain(
    'reveals the secret',
  );
});
