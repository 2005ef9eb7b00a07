import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import thingTypes from '../../../data/thing-types.json' with { type: 'json' };
import { applicationManifest, listManifestsReferencing } from '../../../src/formats/manifest/manifest.ts';
import { isFollowedKind, isReferencedKind } from '../../../src/formats/manifest/referenced-file.ts';
import { findDataTypeId } from '../../../src/formats/manifest/types.ts';
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { computeSha1, computeSha256 } from '../../../src/model/digest.ts';
import type { ConfigDocument, Setting } from '../../../src/model/document.ts';
import { parseYaml, plainValue } from '../../../src/syntax/yaml/yaml.ts';
import { expectSettings } from '../../support/expect-settings.ts';
import { buildPng, encodeBase64 } from '../../support/platform-fixture.ts';
import { getOnlyDocument, getSetting, readContext, readWith } from '../../support/read-context.ts';
import { OTHER_CERTIFICATE_HEX, SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const encoder = new TextEncoder();
const WEIGHT = '3d34d87e-7fc1-4153-800f-f56592cb0d17';
const BLOOD_PRESSURE = 'ca3c57f4-f4c1-4e15-be67-0a3caf5414ed';
const DER = derOf(SAMPLE_CERTIFICATE_HEX);
const PEM = pemOf(DER);
const PNG = buildPng(120, 60);

type Files = Readonly<Record<string, string | Uint8Array>>;

function derOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

function pemOf(der: Uint8Array): string {
  const lines = encodeBase64(der).replace(/(.{64})/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function read(text: string, files: Files = {}, path = 'app/healthvault.app.yml') {
  return readWith(applicationManifest, path, text, files);
}

function documentOf(text: string, files: Files = {}, path?: string): ConfigDocument {
  return getOnlyDocument(read(text, files, path));
}

/** What a document means, without places and wording. */
function meaning(document: ConfigDocument): unknown {
  const stripped = (setting: Setting): unknown => {
    const { value } = setting;
    if (value.kind === 'set') return value.items.map((item) => item.meaning).sort();
    if (value.kind !== 'access') return `${value.kind} ${value.meaning}`;
    return value.rules.map(({ at: _at, typePlaces: _places, ...rule }) => rule);
  };
  return document.settings
    .map((setting) => [`${setting.id}@${setting.culture ?? ''}`, stripped(setting)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const FILES = {
  'app/assets/logo.png': PNG,
  'assets/small.gif': encoder.encode('GIF89a\u0010\u0000\u0010\u0000'),
  'app/legal/privacy.txt': 'We keep it private.\r\nAlways.\r\n',
  'app/legal/terms.txt': 'Be kind.\n',
  'app/certs/production.cer': DER,
};

const MANIFEST = {
  healthvault: 1,
  'app-id': '9CA84D74-1473-471d-940f-2699cb7198df',
  environment: 'production',
  type: 'web',
  name: { default: 'Fabrikam Health', 'de-DE': 'Fabrikam Gesundheit' },
  description: 'Draws your weight.',
  'auth-reason': 'To draw your weight.',
  'action-url': 'https://fabrikam.example/healthvault/action',
  logo: { large: 'assets/logo.png', small: '../assets/small.gif' },
  'privacy-statement': 'legal/privacy.txt',
  'terms-of-use': { default: './legal/terms.txt' },
  methods: ['GetThings', 'PutThings'],
  rules: {
    online: [
      {
        name: 'chart',
        reason: { default: 'Draws your weight over time.', 'de-DE': 'Zeichnet Ihr Gewicht.' },
        permissions: ['Read', 'Create'],
        types: ['Weight'],
        dates: { from: '2010-01-01', to: null },
      },
      {
        name: 'bp',
        reason: 'Beside it.',
        optional: true,
        display: ['first-time', 'checked-first-time'],
        permissions: ['All'],
        types: [BLOOD_PRESSURE],
      },
    ],
    offline: [{ reason: 'At night.', permissions: ['Read'], types: ['*'], except: ['Blood pressure'] }],
  },
  'public-keys': ['certs/production.cer'],
  'domain-name': 'mail.fabrikam.example',
  'ip-prefixes': ['192.0.2.0/24', '198.51.100.7'],
  attributes: ['hipaa'],
  'persistent-tokens': { enabled: true, seconds: 1800 },
  'restrict-users': false,
  instances: ['1', '3'],
  locations: [{ country: 'US', 'state-province': 'WA' }, { country: 'GB' }],
  vocabularies: [{ family: 'wc', name: 'thing-types' }, { family: 'rxnorm' }],
  organization: 'Fabrikam',
  'meaningful-use-sources': ['source one'],
  'bulk-extraction': { onboarded: false, 'permission-required': true },
  ceilings: { methods: ['GetThings'], vocabularies: [{ family: 'wc' }], 'meaningful-use-sources': ['source one'] },
};

describe('a path', () => {
  it.each([
    ['healthvault.app.yml', true],
    ['a b/HealthVault.App.YAML', true],
    ['clinic.healthvault.json', true],
    ['a/clinic.HEALTHVAULT.yml', true],
    ['healthvault.yml', false],
    ['healthvault.app.yml.bak', false],
    ['healthvault.app/readme.md', false],
    ['xhealthvault.app.yml', false],
  ])('like %s is %s', (path, claimed) => {
    expect(
      applicationManifest.matchesPath(path, {
        gateFiles: { policy: '', workflow: null, action: null },
        plainDocuments: [],
      }),
    ).toBe(claimed);
  });
});

describe('the settings of a manifest', () => {
  const whole = () => documentOf(dump(MANIFEST), FILES);

  it('are a complete registered configuration', () => {
    expect(applicationManifest.id).toBe('application-manifest');
    expect(whole()).toMatchObject({
      format: 'application-manifest',
      role: 'registered',
      completeness: 'complete',
      environment: 'production',
      part: null,
      notExpressible: ['app-id.master', 'client-token'],
    });
    expect(documentOf('healthvault: 1\nenvironment: ppe').environment).toBe('ppe');
    expect(documentOf('healthvault: 1').environment).toBe('none');
  });

  it('are those of every key, in the order of the file', () => {
    expectSettings(whole(), [
      'app-id 9ca84d74-1473-471d-940f-2699cb7198df',
      'app-type web',
      'name Fabrikam Health',
      'name@de-DE Fabrikam Gesundheit',
      'description Draws your weight.',
      'auth-reason To draw your weight.',
      'action-url https://fabrikam.example/healthvault/action',
      'logo.large PNG, 120 x 60 px, 33 bytes',
      'logo.small GIF, 16 x 16 px, 10 bytes',
      'privacy-statement text/plain, 30 bytes',
      'terms-of-use text/plain, 9 bytes',
      'methods {getthings, putthings}',
      'access.online 2 rules',
      'access.offline 1 rules',
      `public-keys {${computeSha1(DER)}}`,
      'domain-name mail.fabrikam.example',
      'ip-prefixes {192.0.2.0/24, 198.51.100.7/32}',
      'attributes {hipaa}',
      'persistent-tokens enabled, 1800 s',
      'restrict-users false',
      'instances {1, 3}',
      'locations {us/wa, gb}',
      'vocabularies {wc/thing-types, rxnorm/*}',
      'organization Fabrikam',
      'meaningful-use-sources {source one}',
      'bulk-extraction not onboarded, permission required',
      'ceilings.methods {getthings}',
      'ceilings.vocabularies {wc/*}',
      'ceilings.meaningful-use-sources {source one}',
    ]);
  });

  it.each([
    ['privacy-statement', computeSha256('We keep it private.\nAlways.\n')],
    ['terms-of-use', computeSha256('Be kind.\n')],
    ['logo.large', computeSha256(PNG)],
    ['logo.small', computeSha256(FILES['assets/small.gif'])],
  ])('have the content of the file for %s', (id, expected) => {
    expect(getSetting(whole(), id).value).toMatchObject({ meaning: expected });
  });

  it.each([
    ['persistent-tokens', '{enabled: false, seconds: 5}', 'disabled'],
    ['persistent-tokens', '{enabled: true}', 'enabled'],
    ['restrict-users', 'true', 'true'],
    ['bulk-extraction', '{onboarded: true, permission-required: false}', 'onboarded, permission not required'],
  ])('with %s as %s have the value %j', (id, written, expected) => {
    expect(getSetting(documentOf(`healthvault: 1\n${id}: ${written}`), id).value).toMatchObject({ meaning: expected });
  });

  it.each([
    ['attributes', '[HIPPA]', { meaning: 'hipaa', shown: 'HIPPA' }, 14],
    ['instances', 'all', { meaning: 'all', shown: 'all' }, 12],
  ])('with %s as %s have a meaning and a place for each element', (id, written, item, column) => {
    const at = { file: 'app/healthvault.app.yml', line: 2, column };
    expect(getSetting(documentOf(`healthvault: 1\n${id}: ${written}`), id).value).toEqual({
      kind: 'set',
      items: [{ ...item, at }],
    });
  });

  it('include advice when both statements are missing', () => {
    expect(documentOf('\n\nhealthvault: 1').lints).toMatchObject([
      { id: 'limit-statements-missing', at: { file: 'app/healthvault.app.yml', line: 3, column: 1 } },
    ]);
    expect(documentOf('healthvault: 1\naction-url: https://app.example').lints).toEqual([]);
  });

  it('contain access rules with reasons, flags, dates, exceptions and the place of each type', () => {
    const document = whole();
    const { value } = getSetting(document, 'access.online');
    const [chart, pressure] = value.kind === 'access' ? value.rules : [];
    expect(chart).toMatchObject({
      name: 'chart',
      requirement: 'required',
      permissions: ['Read', 'Create'],
      targets: [{ types: [WEIGHT], dates: [{ from: '2010-01-01T00:00:00Z', to: null }] }],
      exceptions: [],
      reasons: { '': 'Draws your weight over time.', 'de-DE': 'Zeichnet Ihr Gewicht.' },
      displayFlags: 0,
    });
    expect(pressure).toMatchObject({
      requirement: 'optional',
      permissions: ['Read', 'Create', 'Update', 'Delete'],
      displayFlags: 3,
    });
    const offline = getSetting(document, 'access.offline').value;
    expect(offline.kind === 'access' ? offline.rules : []).toMatchObject([
      { targets: [], exceptions: [{ types: [BLOOD_PRESSURE], dates: [] }] },
    ]);
  });

  it('have the line and column of their value, and types of a rule have theirs', () => {
    const text = [
      'healthvault: 1',
      'name: {default: A, de-DE: "B"}',
      'rules:',
      '  online:',
      '    - permissions: [Read]',
      '      types:',
      '        - Weight',
      'methods:',
      '  - GetThings',
    ];
    for (const lineBreak of ['\n', '\r\n']) {
      const placed = documentOf(text.join(lineBreak));
      expect(placed.settings.map(({ id, at }) => `${id} ${at.line}:${at.column}`)).toEqual([
        'name 2:17',
        'name 2:27',
        'access.online 4:3',
        'methods 8:1',
      ]);
      const { value } = getSetting(placed, 'access.online');
      const rule = value.kind === 'access' ? value.rules[0] : undefined;
      expect(rule?.typePlaces[WEIGHT]).toEqual({ file: 'app/healthvault.app.yml', line: 7, column: 11 });
      expect(rule?.at).toMatchObject({ line: 5, column: 7 });
    }
  });

  it('have each type of a rule at its first place, all data at none, and reasons without extra white space', () => {
    const rule = `{permissions: [Read], types: ["*", Weight, ${WEIGHT}], reason: "  To  draw. "}`;
    const { value } = getSetting(documentOf(`healthvault: 1\nrules: {online: [${rule}]}`), 'access.online');
    const [only] = value.kind === 'access' ? value.rules : [];
    expect(only?.typePlaces).toEqual({ [WEIGHT]: { file: 'app/healthvault.app.yml', line: 2, column: 53 } });
    expect(only?.reasons).toEqual({ '': 'To draw.' });
  });

  it('leave out empty lists, and keep "all" and an empty list of rules', () => {
    const small = documentOf('healthvault: 1\nmethods: []\ninstances: all\nlocations: all\nrules: {offline: []}');
    expect(meaning(small)).toEqual([
      ['access.offline@', []],
      ['instances@', ['all']],
      ['locations@', ['all']],
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['all data by a star', '*', []],
    ['all data by a list', ['*'], []],
    ['all data beside a type', ['Weight', '*'], []],
    ['the older name of a type', ['Weight measurement'], [{ types: [WEIGHT], dates: [] }]],
    ['a name in another case', ['weight'], [{ types: [WEIGHT], dates: [] }]],
    ['a version of a type', ['Medication v1'], [{ types: ['5c5f1223-f63c-4464-870c-3e36ba471def'], dates: [] }]],
    [
      'an unpublished GUID',
      ['{0C8BA8CD-0000-0000-0000-000000000000}'],
      [{ types: ['0c8ba8cd-0000-0000-0000-000000000000'], dates: [] }],
    ],
    ['the same type twice', ['Weight', WEIGHT.toUpperCase()], [{ types: [WEIGHT], dates: [] }]],
  ])('accept %s', (_, types, targets) => {
    const { value } = getSetting(
      documentOf(dump({ healthvault: 1, rules: { online: [{ permissions: ['Read'], types }] } })),
      'access.online',
    );
    expect(value.kind === 'access' ? value.rules[0]?.targets : value).toEqual(targets);
  });

  it.each<[string, string | null]>([
    [' * ', '*'],
    [' Weight measurement ', WEIGHT],
    ['blood pressure  measurement', BLOOD_PRESSURE],
    ['Weight measurement of', null],
    ['x\nWeight measurement', null],
    ['Nothing measurement', null],
  ])('accept the text %j for the data type %j', (text, id) => {
    expect(findDataTypeId(text)).toBe(id);
  });

  it('accept several date ranges, and dates without types', () => {
    const dates = [{ from: '2010-01-01', to: '2010-12-31T23:59:59+02:00' }, { from: '2020-01-01' }];
    const { value } = getSetting(
      documentOf(dump({ healthvault: 1, rules: { online: [{ permissions: ['Read'], types: '*', dates }] } })),
      'access.online',
    );
    expect(value.kind === 'access' ? value.rules[0]?.targets : value).toEqual([
      {
        types: [],
        dates: [
          { from: '2010-01-01T00:00:00Z', to: '2010-12-31T21:59:59Z' },
          { from: '2020-01-01T00:00:00Z', to: null },
        ],
      },
    ]);
  });

  it.each(['a text', '', 'your application ID here', '00000000-0000-0000-0000-000000000000'])(
    'accept %j in place of an id as a placeholder',
    (id) => {
      expect(getSetting(documentOf(dump({ healthvault: 1, 'app-id': id })), 'app-id').value).toMatchObject({
        meaning: 'placeholder',
      });
    },
  );
});

describe('a referenced file', () => {
  const hex = SAMPLE_CERTIFICATE_HEX;

  it.each<[string, string | Uint8Array]>([
    ['DER', DER],
    ['PEM', PEM],
    ['PEM after a text', `Subject: somebody\r\n${PEM}`],
    ['hex', hex.toUpperCase()],
    ['hex in lines', hex.replace(/(.{64})/g, '$1\r\n')],
    ['base64', PEM.replace(/-----[^-]+-----/g, '')],
  ])('can be a certificate as %s', (_, content) => {
    const { value } = getSetting(
      documentOf('healthvault: 1\npublic-keys: [k.cer]', { 'app/k.cer': content }),
      'public-keys',
    );
    expect(value.kind === 'set' ? value.items.map((item) => item.meaning) : value).toEqual([computeSha1(DER)]);
  });

  it('can contain several certificates and other blocks', () => {
    const text = `${PEM}-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n${PEM}`;
    const { value } = getSetting(
      documentOf('healthvault: 1\npublic-keys: [k.pem]', { 'app/k.pem': text }),
      'public-keys',
    );
    expect(value.kind === 'set' ? value.items : value).toHaveLength(1);
  });

  it('with a key that is shorter than advised is reported', () => {
    const { lints } = documentOf('healthvault: 1\npublic-keys: [k.cer]', { 'k.cer': derOf(OTHER_CERTIFICATE_HEX) });
    expect(lints.filter(({ id }) => id === 'limit-key-size')).toMatchObject([
      {
        severity: 'advice',
        source: 'ACC-certs',
        message:
          'The key of the certificate has 1024 bits, and 2048 are recommended. Use a longer key for the next certificate.',
        at: { line: 2, column: 15 },
      },
    ]);
  });

  it.each<[string, string, Files, string]>([
    [
      'a logo that is not there',
      'logo: {large: l.png}',
      {},
      'There is no file "l.png" next to the manifest or below the root of the repository. Add it, or correct the path.',
    ],
    [
      'a logo outside',
      'logo: {large: ../../l.png}',
      { 'l.png': 'x' },
      'The path "../../l.png" leads out of the repository. Move the file into it.',
    ],
    [
      'a key that is not there',
      'public-keys: [k.cer]',
      {},
      'There is no file "k.cer" next to the manifest or below the root of the repository. Add it, or correct the path.',
    ],
    [
      'a key that is none',
      'public-keys: [k.cer]',
      { 'k.cer': 'hello' },
      'The file "k.cer" is not a certificate in DER, PEM or hexadecimal. Export it again.',
    ],
    [
      'a broken key',
      'public-keys: [k.cer]',
      { 'k.cer': DER.subarray(0, 90) },
      'The file "k.cer" is not a certificate in DER, PEM or hexadecimal. Export it again.',
    ],
    [
      'a key beside a broken one',
      'public-keys: [k.pem]',
      { 'k.pem': `${PEM}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` },
      'The file "k.pem" is not a certificate in DER, PEM or hexadecimal. Export it again.',
    ],
    [
      'a key whose block is never closed',
      'public-keys: [k.pem]',
      { 'k.pem': '-----BEGIN CERTIFICATE-----\nAAAA' },
      'The file "k.pem" is not a certificate in DER, PEM or hexadecimal. Export it again.',
    ],
    [
      'a statement of a kind that is not followed',
      'privacy-statement: p.xml',
      { 'app/p.xml': 'x' },
      'The gate does not follow files of this kind, so it would miss a change to "p.xml". Use an image, a text or a certificate.',
    ],
    [
      'a statement that is not there',
      'privacy-statement: p.txt',
      {},
      'There is no file "p.txt" next to the manifest or below the root of the repository. Add it, or correct the path.',
    ],
  ])('is unresolved for %s, with the reason', (_, line, files, reason) => {
    const [setting] = documentOf(`healthvault: 1\n${line}`, files).settings;
    expect(setting?.value).toMatchObject({ kind: 'unresolved', reason });
  });

  it('that remains missing is not a change, but another key beside it is', () => {
    const value = (files: Files) =>
      getSetting(documentOf('healthvault: 1\npublic-keys: [gone.cer, k.cer]', files), 'public-keys').value;
    const before = value({ 'k.cer': DER });
    expect(before).toEqual(value({ 'app/k.cer': PEM }));
    expect(before).not.toEqual(value({ 'k.cer': 'x' }));
  });

  it('that is unresolved makes the set of keys unknown, bound to all certificates, contents and paths', () => {
    const written = 'healthvault: 1\npublic-keys: [none.cer, k.cer, bad.cer]';
    const meanings = [computeSha1(DER), `file bad.cer ${computeSha256('hello')}`, 'file none.cer'];
    expect(getSetting(documentOf(written, { 'k.cer': DER, 'bad.cer': 'hello' }), 'public-keys').value).toEqual({
      kind: 'unresolved',
      meaning: meanings.sort().join('\n'),
      shown: 'none.cer, k.cer, bad.cer',
      reason:
        'There is no file "none.cer" next to the manifest or below the root of the repository. Add it, or correct the path. ' +
        'The file "bad.cer" is not a certificate in DER, PEM or hexadecimal. Export it again.',
    });
  });

  it('is searched for beside the manifest first, then from the root, and compared by its content only', () => {
    const logo = (files: Readonly<Record<string, string>>) =>
      getSetting(documentOf('healthvault: 1\nlogo: {small: /a//b\\l.gif}', files), 'logo.small').value;
    expect(logo({ 'a/b/l.gif': 'x' })).toMatchObject({
      kind: 'content',
      meaning: computeSha256('x'),
    });
    const beside = getSetting(
      documentOf('healthvault: 1\nlogo: {small: l.gif}', { 'app/l.gif': 'near', 'l.gif': 'far' }),
      'logo.small',
    );
    expect(beside.value).toMatchObject({ meaning: computeSha256('near') });
  });

  it('is part of the manifests that name it', () => {
    const manifest =
      'healthvault: 1\nlogo: {large: {default: i/l.png, de-DE: i/d.png}}\npublic-keys: [../k.cer]\nterms-of-use: t.txt';
    const context = readContext({
      'a/healthvault.app.yml': manifest,
      'b/x.healthvault.yml': manifest,
      'c/healthvault.app.yml': 'a: [',
    });
    expect(listManifestsReferencing('a/i/d.png', context)).toEqual(['a/healthvault.app.yml']);
    expect(listManifestsReferencing('k.cer', context)).toEqual(['a/healthvault.app.yml', 'b/x.healthvault.yml']);
    expect(listManifestsReferencing('t.txt', context)).toEqual(['a/healthvault.app.yml', 'b/x.healthvault.yml']);
    expect(listManifestsReferencing('b/t.txt', context)).toEqual(['b/x.healthvault.yml']);
    expect(listManifestsReferencing('c/t.txt', context)).toEqual([]);
    const paths = ['x.PNG', 'a.md', 'b.Html', 'c.yml', 'd.cer', 'e.exe'];
    expect(paths.map(isReferencedKind)).toEqual([true, true, true, false, false, false]);
    expect(paths.map(isFollowedKind)).toEqual([true, true, true, false, true, true]);
  });
});

const RULE = 'healthvault: 1\nrules:\n  online:\n    - ';
const REFUSED: readonly (readonly [string, string, string, string])[] = [
  ['an empty file', '', '1:1', 'The value of the manifest is nothing, expected a map.'],
  ['a list', '- 1', '1:1', 'The value of the manifest is a list, expected a map.'],
  ['no version', 'name: x', '1:1', 'The key "healthvault" is missing. Add it.'],
  ['another version', 'healthvault: 2', '1:14', 'The value of "healthvault" is the number 2, expected 1.'],
  ['a version as text', 'healthvault: "1"', '1:14', 'The value of "healthvault" is "1", expected a whole number.'],
  [
    'an unknown key in a map',
    'healthvault: 1\nlogo:\n  lagre: x',
    '3:3',
    '"lagre" is not a key of "logo". Expected one of: large, small. Did you mean "large"?',
  ],
  [
    'a number as a text',
    'healthvault: 1\norganization: 5',
    '2:15',
    'The value of "organization" is the number 5, expected a text.',
  ],
  [
    'an empty text',
    'healthvault: 1\norganization: " "',
    '2:15',
    'The value of "organization" is " ", expected a text that is not empty.',
  ],
  ['nothing', 'healthvault: 1\nmethods:', '2:1', 'The value of "methods" is nothing, expected a list.'],
  [
    'a text as a list',
    'healthvault: 1\nmethods: GetThings',
    '2:10',
    'The value of "methods" is "GetThings", expected a list.',
  ],
  [
    'two methods in one',
    'healthvault: 1\nmethods: ["a, b"]',
    '2:11',
    'The value of "methods[1]" is "a, b", expected a method name without spaces and commas.',
  ],
  [
    'a word as a flag',
    'healthvault: 1\nrestrict-users: yes',
    '2:17',
    'The value of "restrict-users" is "yes", expected true or false.',
  ],
  [
    'a misspelt type',
    'healthvault: 1\ntype: sodda',
    '2:7',
    'The value of "type" is "sodda", expected web, soda, master, child. Did you mean "soda"?',
  ],
  [
    'an environment of another kind',
    'healthvault: 1\nenvironment: [ppe]',
    '2:14',
    'The value of "environment" is a list, expected production, ppe.',
  ],
  [
    'a culture in another spelling',
    'healthvault: 1\nname: {de_DE: x}',
    '2:8',
    '"de_DE" is not a valid culture, expected "default" or a culture such as de-DE, in that spelling.',
  ],
  [
    'no culture at all',
    'healthvault: 1\nname: {}',
    '2:7',
    'The value of "name" is empty, expected at least one entry.',
  ],
  ['a rule without types', `${RULE}permissions: [Read]`, '4:7', 'The key "rules.online[1].types" is missing. Add it.'],
  [
    'a rule without any type',
    `${RULE}{permissions: [Read], types: []}`,
    '4:36',
    'The value of "rules.online[1].types" is empty, expected at least one entry.',
  ],
  [
    'a rule without any permission',
    `${RULE}{types: "*", permissions: []}`,
    '4:33',
    'The value of "rules.online[1].permissions" is empty, expected at least one entry.',
  ],
  [
    'a permission in another case',
    `${RULE}{types: "*", permissions: [read]}`,
    '4:34',
    'The value of "rules.online[1].permissions[1]" is "read", expected Read, Create, Update, Delete, All. Did you mean "Read"?',
  ],
  [
    'an unknown data type',
    `${RULE}{permissions: [Read], types: [Blod presure]}`,
    '4:37',
    '"Blod presure" in "rules.online[1].types[1]" is not a published data type, expected its name, its GUID, or "*". Did you mean "Blood pressure"?',
  ],
  [
    'all data as an exception',
    `${RULE}{permissions: [Read], types: "*", except: ["*"]}`,
    '4:50',
    'The value of "rules.online[1].except[1]" is "*", expected the name or the GUID of a data type.',
  ],
  [
    'a text in place of types',
    `${RULE}{permissions: [Read], types: Weight}`,
    '4:36',
    'The value of "rules.online[1].types" is "Weight", expected "*" for all data, or a list of data types.',
  ],
  [
    'a date of no calendar',
    `${RULE}{permissions: [Read], types: "*", dates: {from: 2010-13-01}}`,
    '4:55',
    'The value of "rules.online[1].dates.from" is "2010-13-01", expected a date such as 2010-01-31, or a time such as 2010-01-31T12:00:00Z.',
  ],
  [
    'a prefix that is none',
    'healthvault: 1\nip-prefixes: [192.0.2.256/24]',
    '2:15',
    'The value of "ip-prefixes[1]" is "192.0.2.256/24", expected an IPv4 prefix such as 192.0.2.0/24.',
  ],
  [
    'a lifetime of nothing',
    'healthvault: 1\npersistent-tokens: {enabled: true, seconds: 0}',
    '2:45',
    'The value of "persistent-tokens.seconds" is the number 0, expected at least 1.',
  ],
  [
    'a lifetime in parts',
    'healthvault: 1\npersistent-tokens: {enabled: true, seconds: 1.5}',
    '2:45',
    'The value of "persistent-tokens.seconds" is the number 1.5, expected a whole number.',
  ],
  [
    'half of a pair',
    'healthvault: 1\nbulk-extraction: {onboarded: true}',
    '2:1',
    'The key "bulk-extraction.permission-required" is missing. Add it.',
  ],
  [
    'a word for all locations',
    'healthvault: 1\nlocations: everywhere',
    '2:12',
    'The value of "locations" is "everywhere", expected "all", or a list.',
  ],
  [
    'a location without a country',
    'healthvault: 1\nlocations: [{state-province: WA}]',
    '2:13',
    'The key "locations[1].country" is missing. Add it.',
  ],
];

const inRule = (keys: string) => `rules: {online: [{permissions: [Read], types: "*", ${keys}}]}`;
const INSTANT = 'a date such as 2010-01-31, or a time such as 2010-01-31T12:00:00Z';

/** One key of a wrong kind, and what the message says is expected. */
const EXPECTED: readonly (readonly [string, string])[] = [
  ['$schema: 5', 'a text'],
  ['app-id: 5', 'a text'],
  ['description: 5', 'a text or a map'],
  ['auth-reason: 5', 'a text or a map'],
  ['name: {x-de: y}', '"default" or a culture such as de-DE, in that spelling'],
  ['action-url: 5', 'a text'],
  ['logo: x', 'a map'],
  ['privacy-statement: 5', 'a text or a map'],
  ['rules: x', 'a map'],
  ['rules: {online: x}', 'a list'],
  ['rules: {offline: x}', 'a list'],
  ['rules: {online: [5]}', 'a map'],
  ['rules: {online: [{permissions: [Read], types: [5]}]}', 'a text'],
  [inRule('name: 5'), 'a text'],
  [inRule('reason: 5'), 'a text or a map'],
  [inRule('display: first-time'), 'a list'],
  [inRule('display: [always]'), 'first-time, checked-first-time, checked-by-default'],
  [inRule('except: x'), 'a list'],
  [inRule('dates: x'), 'a map or a list'],
  [inRule('dates: []'), 'at least one entry'],
  [inRule('dates: [5]'), 'a map'],
  [inRule('dates: {from: 5}'), 'a text or null'],
  [inRule('dates: {from: [x]}'), 'a text or null'],
  [inRule('dates: {from: 2010-01-01x}'), INSTANT],
  [inRule('dates: {from: x2010-01-01}'), INSTANT],
  ['public-keys: x', 'a list'],
  ['domain-name: 5', 'a text'],
  ['ip-prefixes: x', 'a list'],
  ['attributes: hipaa', 'a list'],
  ['attributes: [5]', 'a text'],
  ['persistent-tokens: true', 'a map'],
  ['persistent-tokens: {seconds: 5}', 'The key "persistent-tokens.enabled" is missing. Add it.'],
  ['instances: true', 'a text or a list'],
  ['instances: everywhere', '"all", or a list'],
  ['instances: [true]', 'a text or a whole number'],
  ['instances: [" "]', 'a text that is not empty'],
  ['instances: [-1]', 'at least 0'],
  ['locations: 5', 'a text or a list'],
  ['locations: [US]', 'a map'],
  ['locations: [{country: US, state-province: 5}]', 'a text'],
  ['vocabularies: wc', 'a list'],
  ['vocabularies: [wc]', 'a map'],
  ['vocabularies: [{family: 5}]', 'a text'],
  ['vocabularies: [{family: wc, name: 5}]', 'a text'],
  ['vocabularies: [{name: x}]', 'The key "vocabularies[1].family" is missing. Add it.'],
  ['bulk-extraction: x', 'a map'],
  ['ceilings: x', 'a map'],
];

/** A value as a message names it. */
const FOUND: readonly (readonly [string, string])[] = [
  ['{a: b}', 'a map'],
  ['""', '""'],
  ['true', 'the truth value true'],
  ['x'.repeat(60), `"${'x'.repeat(60)}"`],
  ['x'.repeat(61), `"${'x'.repeat(60)}..."`],
];

const ACCEPTED: readonly (readonly [string, unknown])[] = [
  ['the whole of it', MANIFEST],
  ['the least', { healthvault: 1 }],
  ['a schema for the editor', { $schema: 'x', healthvault: 1 }],
  ['instances by number', { healthvault: 1, instances: [1, 'eu'] }],
  [
    'cultures with a script or a region',
    { healthvault: 1, name: { de: 'a', 'zh-Hant': 'b', 'zh-Hant-TW': 'c', 'es-419': 'd' } },
  ],
  [
    'times with fractions and zones',
    {
      healthvault: 1,
      rules: {
        online: [
          {
            permissions: ['All'],
            types: '*',
            dates: [
              { from: '2010-01-20', to: '2010-12-31 09:59:59' },
              { from: '2010-10-01T19:00:00.125Z', to: '2010-12-31T20:00:00+23:00' },
            ],
          },
        ],
      },
    },
  ],
  ['all dates', { healthvault: 1, rules: { online: [{ permissions: ['All'], types: ['*'], dates: [{}] }] } }],
  [
    'every name of the list',
    {
      healthvault: 1,
      rules: {
        online: [
          {
            permissions: ['All'],
            types: thingTypes.flatMap(({ name, version }) => [name, `${name} v${version}`, name.toUpperCase()]),
          },
        ],
      },
    },
  ],
  [
    'older names',
    {
      healthvault: 1,
      rules: {
        online: [
          {
            permissions: ['All'],
            types: ['Weight Measurement', 'blood  pressure measurement', 'Medication measurement v2'],
          },
        ],
      },
    },
  ],
];

describe('an invalid manifest', () => {
  it.each(REFUSED)('with %s is reported', (_, text, place, message) => {
    const result = read(text);
    const problem = result.kind === 'unreadable' ? result.problem : null;
    expect(problem?.message).toBe(message);
    expect(`${problem?.at?.line}:${problem?.at?.column}`).toBe(place);
  });

  it.each(EXPECTED)('with %s is rejected with the expected form', (line, expected) => {
    const result = read(`healthvault: 1\n${line}`);
    const message = result.kind === 'unreadable' ? result.problem.message : '';
    expect(message.replace(/^.*?, expected (.*)\.$/, '$1')).toBe(expected);
  });

  it.each(FOUND)('with %s is called %s', (written, found) => {
    const result = read(`healthvault: 1\nmethods: ${written}`);
    expect(result.kind === 'unreadable' ? result.problem.message : '').toBe(
      `The value of "methods" is ${found}, expected a list.`,
    );
  });

  it('with a misspelled key names it with its place and the key that is meant', () => {
    const result = read('healthvault: 1\n\nnam: x');
    expect(result).toMatchObject({
      kind: 'unreadable',
      problem: { id: 'manifest-unknown-key', at: { line: 3, column: 1 } },
    });
    expect(result.kind === 'unreadable' ? result.problem.message : '').toMatch(
      /^"nam" is not a key of the manifest\. Did you mean "name"\?$/,
    );
  });

  it.each([
    ['a key that is given twice', 'healthvault: 1\nname: a\nname: b', 'yaml-duplicate-key'],
    ['a merge key', 'x: &x {}\n<<: *x', 'yaml-merge-key'],
    ['a second document', 'healthvault: 1\n---\nhealthvault: 1', 'yaml-several-documents'],
    ['1,000 levels', `healthvault: ${'['.repeat(1000)}`, 'yaml-too-deep'],
    ['bytes that are not text', 'healthvault: 1\n\u0000', 'text-nul'],
  ])('with %s is unreadable', (_, text, id) => {
    expect(read(text)).toMatchObject({ kind: 'unreadable', problem: { id } });
  });

  it('is one with more than JSON in a .json file', () => {
    expect(read('healthvault: 1', {}, 'healthvault.app.json')).toMatchObject({
      kind: 'unreadable',
      problem: { id: 'json-syntax' },
    });
    expect(read('{"healthvault": 1}', {}, 'healthvault.app.json')).toMatchObject({ kind: 'documents' });
  });
});

describe('the schema', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../schemas/application.schema.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>;
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  const parse = (text: string): unknown => {
    const result = read(text);
    return result.kind;
  };
  /** Pieces that are right, wrong, and nearly right, for every key. */
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    leaf: fc.constantFrom<unknown[]>(
      1,
      0,
      1.5,
      -1,
      true,
      null,
      '',
      ' ',
      'x',
      'all',
      '*',
      'web',
      'ppe',
      'Read',
      'All',
      'Weight',
      'weight goal',
      'Wieght',
      BLOOD_PRESSURE,
      'first-time',
      '192.0.2.0/24',
      '1.2.3.4/33',
      '2010-01-01',
      '2010-1-1',
      'a,b',
    ),
    list: fc.array(tie('any'), { maxLength: 3 }),
    map: fc.dictionary(
      fc.constantFrom(
        'default',
        'de-DE',
        'de_DE',
        'large',
        'small',
        'online',
        'offline',
        'permissions',
        'types',
        'except',
        'dates',
        'from',
        'to',
        'enabled',
        'seconds',
        'country',
        'family',
        'name',
        'onboarded',
        'permission-required',
        'methods',
        'nothing',
      ),
      tie('any'),
      { maxKeys: 3 },
    ),
    any: fc.oneof({ depthSize: 'small', maxDepth: 4 }, tie('leaf'), tie('list'), tie('map')),
  })).any;

  it.each(REFUSED.map(([name, text]) => [name, text]))('rejects %s too', (_, text) => {
    expect(parse(text)).toBe('unreadable');
    expect(validate(dataOf(text))).toBe(false);
  });

  it.each(EXPECTED)('rejects the value %s too', (line) => {
    expect(validate(dataOf(`healthvault: 1\n${line}`))).toBe(false);
  });

  it.each(ACCEPTED)('accepts %s too', (_, data) => {
    expect(read(dump(data), FILES)).toMatchObject({ kind: 'documents' });
    expect(validate(data)).toBe(true);
  });

  it('and the reader agree on any document', () => {
    const keys = Object.keys(MANIFEST).filter((key) => key !== 'healthvault');
    const documents = fc
      .tuple(
        fc.constantFrom(...keys),
        fc.oneof(
          value,
          fc
            .tuple(value, fc.constantFrom('online', 'large', 'default', 'methods'))
            .map(([inner, key]) => ({ [key]: [inner] })),
        ),
      )
      .map(([key, inner]) => ({ healthvault: 1, [key]: inner }));
    // Mutations of what is right come closer to the borders than pieces put together.
    const mutated = fc.tuple(fc.nat(), value).map(([place, inner]) => replaced(MANIFEST, place, inner));
    fc.assert(
      fc.property(fc.oneof(documents, mutated), (data) => {
        const result = applicationManifest.read(
          { path: 'healthvault.app.json', bytes: encoder.encode(JSON.stringify(data)) },
          readContext({}),
        );
        expect(result.kind === 'documents').toBe(validate(data));
      }),
      { numRuns: 3000 },
    );
  });

  it('lists exactly the published names', () => {
    const { definitions } = schema as { definitions: { dataType: { anyOf: readonly [{ enum: readonly string[] }] } } };
    const listed = definitions.dataType.anyOf[0].enum;
    expect(listed.filter((name) => findDataTypeId(name) === null)).toEqual([]);
    expect(new Set(listed.map((name) => findDataTypeId(name)))).toEqual(new Set(thingTypes.map(({ id }) => id)));
  });

  it('explains every key', () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, Record<string, unknown>> };
      for (const [key, inner] of Object.entries(properties ?? {})) {
        if (['title', 'description', 'examples'].some((word) => inner[word] === undefined))
          silent.push(`${path}/${key}`);
      }
      for (const [key, inner] of Object.entries(node)) visit(inner, `${path}/${key}`);
    };
    visit(schema, '');
    expect(silent).toEqual([]);
  });
});

function dataOf(text: string): unknown {
  const parsed = parseYaml(text);
  return 'root' in parsed ? plainValue(parsed.root) : null;
}

/** The data with the part at a place, counted through all of its parts, replaced by another. */
function replaced(data: unknown, place: number, by: unknown): unknown {
  let left = place % countOf(data);
  const visit = (node: unknown): unknown => {
    if (left === 0) {
      left = -1;
      return by;
    }
    left -= 1;
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(data);
}

function countOf(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 1;
  return Object.values(data).reduce<number>((sum, inner) => sum + countOf(inner), 1);
}

describe('a configuration in several notations', () => {
  const shuffled = (value: unknown, order: (size: number) => number): unknown => {
    if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const result: [string, unknown][] = [];
    while (entries.length > 0) {
      const [next] = entries.splice(order(entries.length), 1);
      if (next !== undefined) result.push([next[0], shuffled(next[1], order)]);
    }
    return Object.fromEntries(result);
  };
  it('has the same meaning with any order of keys, quotes, style and file type', () => {
    const expected = meaning(documentOf(dump(MANIFEST), FILES));
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: -1, max: 3 }),
        fc.boolean(),
        fc.boolean(),
        (numbers, flowLevel, forceQuotes, asJson) => {
          const data = shuffled(MANIFEST, (size) => (numbers.next().value ?? 0) % size);
          const text = asJson
            ? JSON.stringify(data, null, '\t')
            : dump(data, { flowLevel, forceQuotes, lineWidth: 40 });
          const path = asJson ? 'app/healthvault.app.json' : 'app/healthvault.app.yaml';
          expect(meaning(documentOf(text, FILES, path))).toEqual(expected);
        },
      ),
    );
  });

  it('has the same meaning as the XML of the platform', () => {
    const rules = (channel: string, inner: string) =>
      `<person-${channel}-base-auth><auth><rules>${inner}</rules></auth></person-${channel}-base-auth>`;
    const xml = `<info>
      <name>Fabrikam Health</name><name xml:lang="de-DE">Fabrikam Gesundheit</name>
      <public-keys><public-key>${SAMPLE_CERTIFICATE_HEX}</public-key></public-keys>
      ${rules(
        'online',
        `<rule name="chart"><reason>Draws your weight over time.</reason><reason xml:lang="de-DE">Zeichnet Ihr Gewicht.</reason>
        <permission>Read</permission><permission>Create</permission><target-set><date-range><date-min>2010-01-01T00:00:00</date-min></date-range><type-id>${WEIGHT}</type-id></target-set></rule>
        <rule name="bp" is-optional="true"><reason>Beside it.</reason><display-flags>3</display-flags><permission>All</permission><target-set><type-id>${BLOOD_PRESSURE}</type-id></target-set></rule>`,
      )}
      ${rules('offline', `<rule><reason>At night.</reason><permission>Read</permission><exception-set><type-id>${BLOOD_PRESSURE}</type-id></exception-set></rule>`)}
      <methods>GetThings,PutThings</methods>
      <action-url>https://fabrikam.example/healthvault/action</action-url>
      <description>Draws your weight.</description><auth-reason>To draw your weight.</auth-reason>
      <domain-name>mail.fabrikam.example</domain-name>
      <large-logo><logo>${encodeBase64(PNG)}</logo><content-type>image/png</content-type></large-logo>
      <small-logo><logo>${encodeBase64(FILES['assets/small.gif'])}</logo><content-type>image/gif</content-type></small-logo>
      <persistent-tokens><enabled>true</enabled><token-ttl-seconds>1800</token-ttl-seconds></persistent-tokens>
      <app-type>Web</app-type>
      <privacy-statement><statement>${btoa('We keep it private.\nAlways.\n')}</statement><content-type>text/plain</content-type></privacy-statement>
      <terms-of-use><statement>${btoa('Be kind.\n')}</statement><content-type>text/plain</content-type></terms-of-use>
      <restrict-app-users>false</restrict-app-users>
      <app-attributes><app-attribute>hippa</app-attribute></app-attributes>
      <valid-ip-prefixes>192.0.2.0/24, 198.51.100.7/32</valid-ip-prefixes>
      <vocabulary-authorizations><vocabulary-authorization><family>wc</family><name>thing-types</name></vocabulary-authorization><vocabulary-authorization><family>rxnorm</family></vocabulary-authorization></vocabulary-authorizations>
      <supported-record-locations><location><country>US</country><state-province>WA</state-province></location><location><country>GB</country></location></supported-record-locations>
      <supported-instances><instance-id>1</instance-id><instance-id>3</instance-id></supported-instances>
      <meaningful-use-sources><source>source one</source></meaningful-use-sources>
      <organizations><organization><name>Fabrikam</name></organization></organizations>
      <bulk-extraction-settings><is-onboarded>false</is-onboarded><is-permission-required>true</is-permission-required></bulk-extraction-settings>
      <child-method-mask-ceiling>GetThings</child-method-mask-ceiling>
      <child-vocabulary-authorizations-ceiling><vocabulary-authorization><family>wc</family></vocabulary-authorization></child-vocabulary-authorizations-ceiling>
      <meaningful-use-sources-ceiling><source>source one</source></meaningful-use-sources-ceiling>
    </info>`;
    const result = platformXml.read({ path: 'add.xml', bytes: encoder.encode(xml) }, readContext({}));
    const [document] = result.kind === 'documents' ? result.documents : [];
    if (document === undefined) throw new Error(JSON.stringify(result));
    const { 'app-id': _id, ...withoutId } = MANIFEST;
    expect(meaning(documentOf(dump(withoutId), FILES))).toEqual(meaning(document));
  });
});

describe('any file', () => {
  it('gets an answer when truncated at any byte', () => {
    const bytes = encoder.encode(dump(MANIFEST));
    const context = readContext(FILES);
    for (let end = 0; end <= bytes.length; end += 1) {
      const file = { path: 'app/healthvault.app.yml', bytes: bytes.subarray(0, end) };
      expect(['documents', 'unreadable']).toContain(applicationManifest.read(file, context).kind);
    }
  });

  it('gets an answer with any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('yml', 'json'), (bytes, ending) => {
        const result = applicationManifest.read({ path: `healthvault.app.${ending}`, bytes }, readContext({}));
        expect(result.kind).toBe('unreadable');
      }),
    );
  });

  it('is read with 20,000 rules', () => {
    const rule =
      '    - {name: chart, reason: Draws your weight over time., permissions: [Read, Create], types: [Weight, Blood pressure]}\n';
    const { value } = getSetting(
      documentOf(`healthvault: 1\nrules:\n  online:\n${rule.repeat(20_000)}`),
      'access.online',
    );
    expect(value.kind === 'access' ? value.rules : []).toHaveLength(20_000);
  });
});
