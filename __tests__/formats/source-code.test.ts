import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffFile } from '../../src/diff/file.ts';
import { sourceCode } from '../../src/formats/source-code.ts';
import { getOnlyDocument, readWith } from '../support/read-context.ts';

const context = { gateFiles: { policy: '', workflow: null, action: null }, plainDocuments: [] };
const read = (path: string, text: string | Uint8Array) => readWith(sourceCode, path, text);

test.each(['cs', 'vb', 'java', 'kt', 'm', 'mm', 'h', 'swift', 'php', 'rb', 'py', 'ps1', 'CS'])(
  'the extension .%s is claimed',
  (extension) => expect(sourceCode.matchesPath(`src/App.${extension}`, context)).toBe(true),
);
test.each(['App.csproj', 'app.js', 'cs', 'notes.md', 'App.hpp'])('the file %s is not claimed', (path) =>
  expect(sourceCode.matchesPath(path, context)).toBe(false),
);

test.each([
  ['App.cs', 'var c = new HealthVaultConfiguration { MasterApplicationId = Guid.Parse("x") };'],
  ['App.cs', 'ClientHealthVaultConfiguration config;'],
  ['Maker.cs', 'Provisioner.AddApplication(info);'],
  ['Maker.vb', 'Imports Microsoft.Health.ApplicationProvisioning'],
  ['Maker.cs', 'child.OfflineBaseAuthorizations.Add(rule);'],
  ['Main.java', 'settings.setMasterAppId(mMasterAppId);'],
  ['Main.kt', '// setMasterAppId("x")'],
  ['Config.m', 'configuration.masterApplicationId = id;'],
  ['Config.swift', 'MHVConfiguration()'],
  ['Settings.h', '#define HEALTH_VAULT_MASTER_APPLICATION_ID @"x"'],
  ['Settings.h', '#define HEALTH_VAULT_PLATFORM_URL @"x"'],
  ['us.php', 'class HealthvaultUSConfiguration extends Base {'],
  ['production.rb', "HV_APP_ID = 'x'"],
  ['omniauth.rb', "provider :healthvault, ENV['HEALTHVAULT_APP_ID']"],
  ['defaults.py', 'HEALTHVAULT_APP_ID = None'],
  ['conf.py', "SODA_MASTER_APPID = 'x'"],
])('the file %s is claimed for %s', (path, text) =>
  expect(getOnlyDocument(read(path, text))).toMatchObject({
    role: 'source-code',
    settings: [],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  }),
);

test.each([
  ['Program.cs', 'class Program { static void Main() { var masterKey = Application.Id; } }'],
  [
    'Update-WebConfig.ps1',
    '$xml.SelectSingleNode("//add[@key=\'ShellUrl\']").value = "https://account.healthvault-ppe.com"',
  ],
  ['chart.py', 'from healthvault import draw'],
  ['a.php', ''],
])('the file %s is ignored', (path, text) => expect(read(path, text)).toEqual({ kind: 'not-configuration' }));

test('line ends and trailing spaces are not a change, and other edits are', () => {
  const text = 'HealthVaultConfiguration a;\n  // b\n';
  const base = getOnlyDocument(read('A.cs', text));
  const same = [
    'HealthVaultConfiguration a;\r\n  // b  \r\n\r\n',
    'HealthVaultConfiguration a;\t\n  // b',
    `\ufeff${text}`,
  ];
  for (const other of same) expect(diffFile([base], [getOnlyDocument(read('A.cs', other))])).toEqual([]);
  expect(diffFile([base], [getOnlyDocument(read('A.cs', `${text}// c`))])).toMatchObject([
    { setting: 'document', effect: 'unknown', content: { before: base.digest } },
  ]);
});

test('source in any encoding is searched', () => {
  const text = 'HealthVaultConfiguration naïve';
  const latin = Uint8Array.from(text, (unit) => unit.charCodeAt(0));
  const utf16 = Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((unit) => [unit.charCodeAt(0), 0])]);
  for (const bytes of [latin, utf16]) expect(read('A.cs', bytes).kind).toBe('documents');
  expect(read('A.cs', Uint8Array.from([0, 1, 2, 0xff])).kind).toBe('not-configuration');
});

const corpus = process.env.GO_LIVE_CORPUS;
// biome-ignore lint/suspicious/noConsole: a skipped test says so
if (corpus === undefined) console.warn('GO_LIVE_CORPUS is not set: the public code constants are not looked at.');
(corpus === undefined ? test.skip : test)('every public source file that sets constants is found', () => {
  interface Sample {
    readonly path: string;
    readonly platform: string;
    readonly facts: Readonly<Record<string, unknown>>;
  }
  const samples = JSON.parse(readFileSync(join(corpus ?? '', 'code-constants.json'), 'utf8')) as readonly Sample[];
  const sources = samples.filter(({ path }) => sourceCode.matchesPath(path, context));
  expect(sources.length).toBeGreaterThan(4);
  for (const { path, facts, platform } of sources) {
    // The PHP sample is known by its class, which is the file's name.
    const lines = Object.entries(facts).map(([name, value]) => `${name} = ${JSON.stringify(value)};`);
    const text = platform === 'php' ? `class ${path.slice(path.lastIndexOf('/') + 1, -4)} {}` : lines.join('\n');
    expect([path, read(path, text).kind]).toEqual([path, 'documents']);
  }
});
