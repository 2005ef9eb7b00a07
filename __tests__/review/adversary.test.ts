/**
 * An adversary hides a changed application id, host, sign-up key, redirect or private key in a random place of a file of a
 * random kind. Each must be reported.
 */
import fc from 'fast-check';
import { WHOLE_CAMPAIGN } from '../support/campaign.ts';
import { KEY_BASE64, KEY_PEM } from '../support/fake-keys.ts';
import { FILE_KINDS, type Files, reviewFiles } from '../support/invented-repository.ts';

const OLD_ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const NEW_ID = '1b2c3d4e-1473-471d-940f-2699cb7198aa';

/** The configuration of the application, which the adversary does not touch. */
const CONFIGURATION: Files = {
  'Web.config': `<configuration><appSettings><add key="ApplicationId" value="${OLD_ID}" /><add key="ShellUrl" value="https://account.healthvault.com" /></appSettings></configuration>`,
};

/** A name in one of the spellings of the SDKs and of teams. */
const spelled = (words: readonly string[]) => {
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return fc.constantFrom(
    `HealthVault${pascal}`,
    `healthVault${pascal}`,
    `HV_${pascal}`,
    `HV_${words.join('_').toUpperCase()}`,
    `HEALTHVAULT_${words.join('_').toUpperCase()}`,
    `hv.${words.join('.')}`,
    `hv_${words.join('_')}`,
    `HealthVault:${pascal}`,
    `healthvault-${words.join('-')}`,
    `healthvault.${words.join('-')}`,
    `HealthVault__${pascal}`,
    `FABRIKAM_HEALTHVAULT_${words.join('_').toUpperCase()}`,
  );
};

const neutral = fc.constantFrom('x', 'first', 'value1', 'fabrikam_name', 'Current');
const host = fc.constantFrom(
  ...[
    'platform.healthvault.com',
    'account.healthvault.co.uk',
    'platform.healthvault-ppe.com',
    'data.microsofthealth.net',
  ],
);
const address = host.map((name) => `https://${name}/platform/wildcat.ashx`);

interface Hidden {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

const record = (name: fc.Arbitrary<string>, before: fc.Arbitrary<string | null>, after: fc.Arbitrary<string | null>) =>
  fc.record({ name, before, after }).filter(({ before: one, after: other }) => one !== other);
const id = (text: string) =>
  fc.constantFrom(text, text.toUpperCase(), `{${text}}`, text.replaceAll('-', ''), ` ${text}`);

const HIDDEN: readonly fc.Arbitrary<Hidden>[] = [
  // A changed id under a telling name, and the known id under any name.
  record(fc.oneof(spelled(['app', 'id']), fc.constantFrom('ApplicationId', 'appId', 'APP_ID')), id(OLD_ID), id(NEW_ID)),
  record(neutral, id(OLD_ID), id(NEW_ID)),
  record(neutral, fc.constant(null), id(OLD_ID)),
  record(neutral, id(OLD_ID), fc.constant(null)),
  record(neutral, address, address),
  record(neutral, fc.constant(null), host),
  record(spelled(['is', 'signup', 'code', 'required']), fc.constant('false'), fc.constant('true')),
  record(spelled(['is', 'multi', 'record']), fc.constant('false'), fc.constantFrom('true', '1', null)),
  record(spelled(['action', 'url']), fc.constant('/a'), fc.constant('/b')),
  record(spelled(['redirect', 'url']), fc.constant('/a'), fc.constant('/b')),
  record(spelled(['certificate', 'file']), fc.constant('a.cer'), fc.constantFrom('b.cer', null)),
  record(spelled(['thumbprint']), fc.constant(null), fc.constantFrom('a', '0'.repeat(40))),
  record(spelled(['instance']), fc.constant('US'), fc.constantFrom('EU', 'Instance')),
  record(neutral, fc.constant(null), fc.constantFrom(KEY_PEM, KEY_BASE64)),
];

const PROSE = ['docs/guide.md', 'notes.txt', 'LICENSE'] as const;

function write(lines: readonly string[], at: number, indent: string, filler: string): string {
  const rest = Array.from({ length: 12 }, (_, index) => `${filler}${' '.repeat(index % 3)}`);
  return [...rest.slice(0, at), ...lines.map((line) => indent + line), ...rest.slice(at)].join('\n');
}

const RUNS = WHOLE_CAMPAIGN ? 5000 : 250;

test(`none of ${RUNS} changes is missed`, async () => {
  expect(FILE_KINDS.length).toBeGreaterThanOrEqual(30);
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILE_KINDS),
      fc.oneof(...HIDDEN),
      fc.nat(12),
      fc.constantFrom('', '  ', '\t', '        '),
      fc.boolean(),
      async ({ path, write: writeSetting, filler }, { name, before, after }, at, indent, hasPatches) => {
        const text = (value: string | null) =>
          write(value === null ? [] : writeSetting(name, value), at, indent, filler);
        const base = { ...CONFIGURATION, [path]: text(before) };
        const head = { ...CONFIGURATION, [path]: text(after) };
        const { changes } = await reviewFiles(base, head, hasPatches);
        expect(changes.map(({ file }) => file)).toContain(path);
        seen.set(path, (seen.get(path) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS, seed: 20_261_128 },
  );
  expect(seen.size).toBeGreaterThanOrEqual(30);
}, 600_000);

test.each(PROSE)('a private key in the prose file %s is found', async (path) => {
  const { changes } = await reviewFiles({ [path]: 'Text\n' }, { [path]: `Text\n${KEY_PEM}\n` }, true);
  expect(changes.map(({ setting }) => setting)).toEqual(['secret']);
});
