/** What is thrown at the readers: damaged real files, random bytes, and text made of the readers' own words. */
import * as fc from 'fast-check';
import { type Mutation, mutate, mutations, PIECES } from './mutation.ts';
import { plant } from './secret.ts';
import type { Seed } from './seeds.ts';

/** One input: a small repository before and after, in which one file differs. */
export interface FuzzInput {
  readonly name: string;
  readonly path: string;
  readonly base: Readonly<Record<string, Uint8Array>>;
  readonly head: Readonly<Record<string, Uint8Array>>;
}

/** One path for each reader, for inputs that are not damaged files. */
export const PATHS: readonly string[] = [
  'healthvault.app.yml',
  'clinic.healthvault.json',
  'live.xml',
  'ClientSettings.xml',
  'Web.config',
  'Web.Release.config',
  'hv-application.properties',
  'application.yml',
  'application.properties',
  'config/healthvault.yml',
  'settings.py',
  'app.id',
  'app.fp',
  'Info.plist',
  'production.cer',
  'contoso.pem',
  'contoso.pfx',
  'pom.xml',
  'App.cs',
  '.github/go-live.yml',
  '.github/workflows/gate.yml',
  'CODEOWNERS',
  'catalog.json',
];

const WORDS: readonly string[] = [
  ...PIECES,
  ...[
    'healthvault: 1\n',
    'app-id: ',
    'rules:\n',
    '  online:\n',
    '    - name: a\n',
    'types: [',
    'permissions: [Read]\n',
  ],
  ...['<configuration>', '<appSettings>', '</appSettings>', '</configuration>', '<info>', '<app-id>', '</app-id>'],
  ...['ApplicationId', 'HealthServiceUrl', 'ShellUrl', 'HEALTHVAULT_APP_ID = ', 'MasterApplicationId', 'masterAppId'],
  ...[
    'production:\n  appid: ',
    'app.id=',
    'health-vault:\n',
    '<plist version="1.0">',
    '<client-settings>',
    '\n  ',
    '\n',
    ' = ',
  ],
];

const structured = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(''));

const encoded = fc
  .tuple(structured, fc.constantFrom('utf8' as const, 'utf16le' as const, 'latin1' as const), fc.boolean())
  .map(([text, encoding, mark]) => new Uint8Array(Buffer.from(mark ? `\ufeff${text}` : text, encoding)));

function made(name: string, content: fc.Arbitrary<Uint8Array>): fc.Arbitrary<FuzzInput> {
  return fc
    .record({ path: fc.constantFrom(...PATHS), bytes: content, choice: fc.nat(20) })
    .map(({ path, bytes, choice }) => ({
      name: `${name} as ${path}`,
      path,
      base: {},
      head: { [path]: plant(path, bytes, choice) },
    }));
}

/** Random bytes under every reader's name. */
export const randomBytes: fc.Arbitrary<FuzzInput> = made('bytes', fc.uint8Array({ maxLength: 400 }));

/** Words of all formats in a random row, in several encodings, under every reader's name. */
export const randomText: fc.Arbitrary<FuzzInput> = made('words', encoded);

interface Damage {
  readonly seed: Seed;
  readonly other: Seed;
  readonly damage: readonly Mutation[];
  readonly secret: number | null;
  readonly atBase: boolean;
}

/** Real files, damaged at head (or at base), half of them with a secret planted afterwards. */
export function damagedFiles(seeds: readonly Seed[]): fc.Arbitrary<FuzzInput> {
  const damage: fc.Arbitrary<Damage> = fc.record({
    seed: fc.constantFrom(...seeds),
    other: fc.constantFrom(...seeds),
    damage: mutations,
    secret: fc.option(fc.nat(20)),
    atBase: fc.boolean(),
  });
  return damage.map(({ seed, other, damage: done, secret, atBase }) => {
    const { files, path } = seed;
    const damaged = mutate(files[path] ?? new Uint8Array(), done, other.files[other.path] ?? new Uint8Array());
    const changed = { ...files, [path]: secret === null ? damaged : plant(path, damaged, secret) };
    return { name: seed.name, path, base: atBase ? changed : files, head: atBase ? files : changed };
  });
}

/** Characters of a long run. */
const RUN = 60_000;

/** Files in which a few characters of theirs, or of the readers' words, occur thousands of times, so slow patterns show. */
export function longRuns(seeds: readonly Seed[]): fc.Arbitrary<FuzzInput> {
  const run = fc.record({
    seed: fc.constantFrom(...seeds),
    at: fc.integer({ min: 0, max: 1000 }),
    piece: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(...WORDS)),
    isCut: fc.boolean(),
  });
  return run.map(({ seed: { name, files, path }, at, piece, isCut }) => {
    const bytes = Buffer.from(files[path] ?? []);
    const place = Math.floor((bytes.length * at) / 1000);
    const unit = typeof piece === 'string' ? Buffer.from(piece) : bytes.subarray(place, place + piece);
    const repeated = unit.length === 0 ? unit : Buffer.alloc(RUN, unit);
    const long = Buffer.concat([bytes.subarray(0, place), repeated, isCut ? new Uint8Array() : bytes.subarray(place)]);
    return { name: `a long run in ${name}`, path, base: files, head: { ...files, [path]: new Uint8Array(long) } };
  });
}

/** Everything, most of it damaged files. */
export function fuzzInputs(seeds: readonly Seed[]): fc.Arbitrary<FuzzInput> {
  return fc.oneof(
    { weight: 60, arbitrary: damagedFiles(seeds) },
    { weight: 10, arbitrary: randomBytes },
    { weight: 20, arbitrary: randomText },
    { weight: 1, arbitrary: longRuns(seeds) },
  );
}
