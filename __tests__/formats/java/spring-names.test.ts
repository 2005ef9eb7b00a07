// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of Spring look like this
import { spring } from '../../../src/formats/java/spring.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import { expectSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readContext, toBytes } from '../../support/read-context.ts';
import { type Files, parts, read } from './spring-support.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const OTHER = '05a059c9-c309-46af-9b86-b06d42510550';
const NONE = ['not-configuration'];

describe('the name of HealthVault', () => {
  test.each([
    ['health-vault:\n  client-id: X', 'src/application.yml'],
    ['health_vault.client-id: X', 'src/application.yml'],
    ['"[healthvault]":\n  client-id: X', 'src/application.yml'],
    ['"openmhealth.shim[healthvault]": {"[client-id]": X}', 'src/application.yml'],
    ['"health\\u0076ault": {clientId: X}', 'src/application.yml'],
    ['openmhealth.shim[health-vault].client_id=X', 'src/application.properties'],
    ['[healthvault].client-id = X', 'src/application.properties'],
  ])('can be written %j', (text, path) => {
    const document = getOnlyDocument(read(text.replace('X', ID), {}, path));
    expect(document.settings).toMatchObject([{ id: 'app-id', value: { meaning: ID } }]);
  });

  test.each([
    'healthvault: x',
    'myhealthvault.client-id: x',
    'logging.level.healthvault.client: x',
    'healthvaults.client-id: x',
    'shim.healthvault.client-id: x',
  ])('is not part of %j', (text) => expect(parts(read(text))).toEqual(NONE));

  test.each<[string, string | Uint8Array]>([
    ['with a dash', 'health-vault: [x'],
    ['with an underscore', 'HEALTH_VAULT: [x'],
    [
      'in two-byte characters',
      Uint8Array.from([...[...toBytes('healthvault: x')].flatMap((byte) => [byte, 0]), 0, 0xd8]),
    ],
  ])('%s claims a file that cannot be read', (_, text) => {
    expect(read(text)).toMatchObject({ kind: 'unreadable' });
  });
});

test('all kinds of keys are read at their places', () => {
  const document = getOnlyDocument(
    read(`healthvault:
  client-id: ${ID}
  Platform-Url: https://platform.healthvault.co.uk/platform/
  shellUrl: https://account.healthvault.co.uk
  is-mra: true
  redirect-to:
    - /in
    - /out
  Time_Out: 5
  proxy: https://u:hunter1@proxy.example
  proxy-password: hunter2
  api-token: \${TOKEN:}
  note: \${NOTE:}
  empty:
`),
  );
  expectSettings(document, [
    `2:14 app-id ${ID}`,
    '3:17 client.endpoints.platform https://platform.healthvault.co.uk/platform',
    '9:13 client.runtime.timeout 5',
    '5:11 client.multi-record true',
    '13:9 client.runtime.note ${NOTE:}',
    '10:10 secret proxy',
    '10:10 client.runtime.proxy https://proxy.example',
    '11:19 secret proxy-password',
    '4:13 client.endpoints.shell https://account.healthvault.co.uk',
    '7:7 document ? redirect-to.0 = /in, redirect-to.1 = /out',
  ]);
  expect(document.environment).toBe('production');
  expect(JSON.stringify(document)).not.toMatch(/hunter\d/);
});

describe('a placeholder', () => {
  const id = (text: string, files: Files = {}, path?: string) => {
    const result = read(text, files, path);
    if (result.kind !== 'documents') throw new Error(result.kind);
    return result.documents.flatMap(({ settings }) => settings.filter((setting) => setting.id === 'app-id'));
  };

  test.each([
    ['in the same document', `hv.id: ${ID}\nhealthvault.client-id: \${hv.id}`, 1],
    ['in another spelling', `healthvault.client-id: \${HV_ID}\nhv-id: ${ID}`, 2],
    ['with a default', `healthvault.client-id: "\${hv.id:${OTHER}}"\nhv.id: ${ID}`, 2],
    ['through another name', `healthvault.client-id: \${a}\na: \${b:x}\nb: ${ID}`, 3],
    [
      'from the document for every profile',
      `hv.id: ${ID}\n---\nspring.profiles: us\nhealthvault.client-id: \${hv.id}`,
      1,
    ],
    [
      'from a later document for every profile',
      `spring.profiles: us\nhealthvault.client-id: \${hv.id}\n---\nhv.id: ${ID}`,
      4,
    ],
  ])('is filled in %s', (_, text, line) => {
    expect(id(text)).toMatchObject([{ value: { kind: 'text', meaning: ID }, at: { line } }]);
  });

  test('has the value of its document if both documents define it', () => {
    const text = `hv.id: ${OTHER}\n---\nspring.profiles: us\nhv.id: ${ID}\nhealthvault.client-id: \${hv.id}`;
    expect(id(text)).toMatchObject([{ value: { meaning: ID }, at: { line: 4 } }]);
  });

  test('can be a part of a text, which keeps its place', () => {
    const text = `healthvault.url: https://\${host}/\${path}\nhost: account.healthvault-ppe.com\npath: x`;
    const document = getOnlyDocument(read(text));
    expectSettings(document, ['1:18 document ? url = https://account.healthvault-ppe.com/x']);
    expect(document.environment).toBe('ppe');
  });

  test.each([
    ['nowhere', 'healthvault.client-id: ${hv.id}', '${hv.id}'],
    ['in another profile', 'healthvault.client-id: ${hv.id}\n---\nspring.profiles: us\nhv.id: x', '${hv.id}'],
    ['in part', 'healthvault.client-id: ${a}-${b}\na: 1', '1-${b}'],
    ['by itself', 'healthvault.client-id: ${a}\na: ${a}', '${a}'],
    ['in a circle', 'healthvault.client-id: ${a}\na: ${b}\nb: ${a}', '${a}'],
  ])('is unresolved when defined %s', (_, text, shown) => {
    expect(id(text)).toMatchObject([{ value: { kind: 'unresolved', shown } }]);
  });

  test('that grows without end is unresolved', () => {
    const big = (size: number) => `healthvault.timeout: \${a}\na: "${'x'.repeat(size)}"`;
    const shown = (text: string) => getSetting(getOnlyDocument(read(text)), 'client.runtime.timeout').value;
    expect(shown(big(10_000))).toMatchObject({ meaning: 'x'.repeat(10_000) });
    expect(shown(big(10_001))).toMatchObject({ meaning: '${a}' });
    expect(() => read('healthvault.timeout: ${a}${a}\na: ${a}${a}${a}${a}${a}${a}${a}${a}')).not.toThrow();
  });

  test('is followed through ten names', () => {
    const chain = (length: number): string =>
      ['healthvault.timeout: "${n1}"', ...Array.from({ length }, (_, at) => `n${at + 1}: "\${n${at + 2}}"`)].join('\n');
    const meaning = (length: number): unknown => {
      const { value } = getSetting(
        getOnlyDocument(read(`${chain(length)}\nn${length + 1}: x`)),
        'client.runtime.timeout',
      );
      return 'meaning' in value ? value.meaning : null;
    };
    expect(meaning(9)).toBe('x');
    expect(meaning(10)).toBe('${n11}');
  });

  test('has its place with any spaces after it', () => {
    expect(id('healthvault.client-id=${hv} \nhv=x\n', {}, 'application.properties')).toMatchObject([
      { at: { line: 2 } },
    ]);
    expect(parts(read('healthvault.url=x${hv}z\nhv=y \n', {}, 'application.properties'))).toEqual([
      'null: 1:17 client.runtime.url xyz',
    ]);
  });

  test('can be a password', () => {
    const document = getOnlyDocument(read('healthvault.client-secret: ${hv.pw}\nhv.pw: hunter2'));
    expectSettings(document, ['2:8 secret client-secret']);
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test.each(['hunter2${X:}', '${X:}hunter2', '${X:hunter2}'])('is a password as a whole in %s', (text) => {
    const document = getOnlyDocument(read(`healthvault.client-secret: ${text}`));
    expectSettings(document, ['1:28 secret client-secret']);
    const meaning = computeSha256(toBytes(text));
    expect(getSetting(document, 'secret').value).toMatchObject({ meaning });
  });

  test('can be empty', () => {
    expectSettings(getOnlyDocument(read('healthvault:\n  client-id: ~\n  timeout: null')), ['2:14 app-id placeholder']);
  });
});

describe('a value that decides elsewhere is', () => {
  const names = { 'src/application.yml': 'healthvault.client-id: ${hv.id}' };
  const prod = (text: string, files: Files = names, path = 'src/application-prod.yml') =>
    parts(read(text, files, path));

  test('one that a file beside it contains', () => {
    expect(prod(`hv.id: ${ID}\nserver.port: 80`)).toEqual([`prod: 1:8 document ? hv.id = ${ID}`]);
    expect(prod(`HV-ID: ${ID}`)).toEqual(NONE);
    expect(prod(`HV.Id: ${ID}`)).toEqual([`prod: 1:8 document ? HV.Id = ${ID}`]);
  });

  test('one that such a value names, in any place', () => {
    const files = { ...names, 'src/application-eu.properties': 'hv.id=${live.id:x}' };
    expect(prod('live.id: x', files)).toEqual(['prod: 1:10 document ? live.id = (1 characters)']);
  });

  test('one that another document of the file contains', () => {
    const text = 'healthvault.client-id: ${hv.id}\n---\nspring.profiles: us\nhv.id: x';
    expect(parts(read(text))).toEqual(['null: 1:24 app-id ? ${hv.id}', 'us: 4:8 document ? hv.id = (1 characters)']);
  });

  test('never one that is already reported', () => {
    const text = `hv.id: ${ID}\n---\nspring.profiles: us\nhealthvault.client-id: \${hv.id}`;
    expect(parts(read(text))).toEqual([`us: 1:8 app-id ${ID}`]);
    const own = `hv.id: ${ID}\nhealthvault.client-id: \${hv.id}\nhealthvault.timeout: \${healthvault.client-id}`;
    expect(parts(read(own))).toEqual([`null: 1:8 app-id ${ID}, 1:8 document ? timeout = ${ID}`]);
  });

  test.each<[string, Files]>([
    ['a file in another folder', { 'application.yml': 'healthvault.client-id: ${hv.id}' }],
    ['another kind of file', { 'src/settings.yml': 'healthvault.client-id: ${hv.id}' }],
    ['a file that cannot be read', { 'src/application.yml': 'healthvault.client-id: [${hv.id}' }],
    ['a file of other software', { 'src/application.yml': 'fitbit.client-id: ${hv.id}' }],
    ['nothing', {}],
  ])('not in %s', (_, files) => expect(prod(`hv.id: ${ID}`, files)).toEqual(NONE));

  test('not in a file that cannot be fetched', () => {
    const { tree, ...context } = readContext(names);
    const partial = { ...context, tree: { ...tree, readFile: () => null } };
    expect(spring.read({ path: 'src/application-prod.yml', bytes: toBytes('hv.id: x') }, partial)).toEqual({
      kind: 'not-configuration',
    });
  });

  test('beside a file deep in folders too', () => {
    const files = { 'a/b/c/application.yml': 'healthvault.client-id: ${hv.id}' };
    expect(prod('hv.id: x', files, 'a/b/c/application-prod.yml')).toEqual([
      'prod: 1:8 document ? hv.id = (1 characters)',
    ]);
  });

  test('beside a file in the root too', () => {
    expect(prod('hv.id: x', { 'application.yml': 'healthvault.client-id: ${hv.id}' }, 'application-prod.yml')).toEqual([
      'prod: 1:8 document ? hv.id = (1 characters)',
    ]);
  });

  test('a secret when it is a password', () => {
    const files = { 'src/application.yml': 'healthvault.client-secret: ${hv.password}' };
    expect(prod('hv.password: hunter2', files)).toEqual(['prod: 1:14 secret hv.password']);
  });

  describe('in the choice of the active profile', () => {
    const profiles = { 'src/application-us.yml': `healthvault.client-id: ${ID}` };

    test.each([
      'spring.profiles.active',
      'spring.profiles.include',
      'spring.profiles.default',
      'Spring.Profiles.Active',
    ])('with %s', (key) =>
      expect(parts(read(`${key}: us`, profiles))).toEqual([`null: 1:${key.length + 3} document ? ${key} = us`]),
    );

    test('with a list, and with groups', () => {
      expect(parts(read('spring:\n  profiles:\n    active: [us]\n    group:\n      live: us', profiles))).toEqual([
        'null: 3:14 document ? spring.profiles.active.0 = us, spring.profiles.group.live = us',
      ]);
    });

    test('with profiles in the file itself', () => {
      const text = 'spring.profiles.active: us\n---\nspring.profiles: us\nhealthvault.client-id: x';
      expect(parts(read(text))[0]).toBe('null: 1:25 document ? spring.profiles.active = us');
    });

    test.each([
      ['another switch', 'spring.profiles.activated: us', profiles],
      ['a switch of other software', 'my.spring.profiles.active: us', profiles],
      ['the profiles of a document', 'spring.profiles: us', profiles],
      ['profiles that do not name HealthVault', 'spring.profiles.active: us', { 'src/application-us.yml': 'a: b' }],
      ['no profile', 'spring.profiles.active: us', { 'src/application.properties': 'healthvault.timeout=5' }],
    ])('not with %s', (_, text, files) => expect(parts(read(text, files))).toEqual(NONE));
  });
});
