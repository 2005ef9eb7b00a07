// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import { javaProperties } from '../../../src/formats/java/hv-properties.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';
import { expectSettings, listSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const OTHER = '05a059c9-c309-46af-9b86-b06d42510550';
const PATH = 'app/hv-application.properties';
type Files = Readonly<Record<string, string>>;
const documentOf = (text: string | Uint8Array, files: Files = {}): ConfigDocument =>
  getOnlyDocument(readWith(javaProperties, PATH, text, files));
const profiles = (name: string, us: string, eu: string): Files => ({
  'app/pom.xml': `<project><profiles>
<profile><id>us</id><properties><${name}>${us}</${name}></properties></profile>
<profile><id>eu</id><properties><${name}>${eu}</${name}></properties></profile></profiles></project>`,
});

test('a whole file is read, sorted by setting, with the places of the values', () => {
  const text = `# ours
app.id = ${ID.toUpperCase()}
shell.url=https://u:hunter1@account.healthvault.com/
healthvault.url: https://platform.healthvault.com/platform/
app.isMultiInstanceAware=True
target.auth.redirect=/in
target.auth.actionqs
keystore.filename= keys.jks
keystore.keyname=main
keystore.password=hunter2
keystore.password=\${PASSWORD}
transport.timeout.read=5
transport.proxy=http://u:hunter3@proxy.example
app.masterId=1
rest.url=https://data.microsofthealth.net
empty=
`;
  const document = documentOf(text);
  expectSettings(document, [
    `2:10 app-id ${ID}`,
    '6:22 client.action-targets.auth.redirect /in',
    '8:20 client.certificate filename keys.jks, keyname main',
    '4:18 client.endpoints.platform https://platform.healthvault.com/platform',
    '15:10 client.endpoints.rest https://data.microsofthealth.net',
    '3:11 client.endpoints.shell https://account.healthvault.com',
    '5:26 client.multi-instance true',
    '13:17 client.runtime.transport.proxy http://proxy.example',
    '12:24 client.runtime.transport.timeout.read 5',
    '14:14 document ? app.masterId = 1',
    '3:11 secret shell.url',
    '10:19 secret keystore.password',
    '13:17 secret transport.proxy',
  ]);
  expect(JSON.stringify(document)).not.toMatch(/hunter\d/);
  expect({ ...document, settings: [] }).toEqual({
    file: PATH,
    part: null,
    format: 'java-properties',
    role: 'client',
    completeness: 'complete',
    environment: 'production',
    settings: [],
    defaults: { 'client.multi-instance': 'false' },
    notExpressible: [],
    lints: [],
    digest: null,
  });
});

describe('a password', () => {
  test.each([
    'keystore.password=Tr0ub__four__dor',
    'keystore.password=hunter2${env}',
    'keystore.password=${env:hunter2}',
    'keystore.pwd=hunter2',
    'truststore.pass=hunter2',
    'proxy.token=hunter2',
    'keystore.password=@hunter2',
    'keystore.password=hunter2@pw@',
    'keystore.password=@pw@hunter2',
  ])('is %s', (text) => {
    expectSettings(documentOf(text), [`1:${text.indexOf('=') + 2} secret ${text.split('=')[0]}`]);
  });

  test.each(['keystore.password=${a}', 'keystore.password=@pw@', 'keystore.password=@my.pw-2@', 'keystore.password= '])(
    'is not %s',
    (text) => expect(documentOf(text).settings).toEqual([]),
  );

  test('of each profile is a secret', () => {
    expectSettings(documentOf('keystore.password=${pw}', profiles('pw', 'hunter2', 'hunter3')), [
      'app/pom.xml:2:33 secret keystore.password',
      'app/pom.xml:3:33 secret keystore.password',
    ]);
  });

  test('in an address is one from any source', () => {
    const files = profiles('u', 'https://u:hunter2@a.example', 'https://b.example');
    for (const key of ['shell.url', 'other.place', 'keystore.filename']) {
      const document = documentOf(`${key}=\${u}`, files);
      expect(listSettings(document, 'file')).toContain(`app/pom.xml:2:33 secret ${key}`);
      expect(JSON.stringify(document)).not.toContain('hunter2');
    }
    expectSettings(documentOf('other=https://u:hunter2@a.example'), [
      'client.runtime.other https://a.example',
      'secret other',
    ]);
  });
});

describe('the values of profiles', () => {
  const value = (text: string, id: string, files: Files) => getSetting(documentOf(text, files), id).value;

  test.each([
    ['app.id=${x}', 'app-id'],
    ['shell.url=${x}', 'client.endpoints.shell'],
    ['keystore.filename=${x}', 'client.certificate'],
    ['transport.timeout.read=${x}', 'client.runtime.transport.timeout.read'],
    ['app.masterId=${x}', 'document'],
  ])('for %s are compared by digest, and the placeholder is shown', (text, id) => {
    const one = value(text, id, profiles('x', 'a', 'b'));
    expect(one).toMatchObject({
      shown: expect.stringContaining('${x}'),
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(value(text, id, profiles('x', 'b', 'a'))).not.toEqual(one);
    expect(value(text, id, profiles('x', 'a', 'c'))).not.toEqual(one);
    expect(value(text, id, profiles('x', 'a', 'b'))).toEqual(one);
  });

  test('decide about an unrecognized key', () => {
    expect(value('note=${x}', 'document', profiles('x', ID, OTHER))).toMatchObject({ shown: 'note = ${x}' });
    expect(value('note=${x}', 'client.runtime.note', profiles('x', 'a', 'b'))).toMatchObject({ kind: 'text' });
  });

  test('without a definition are compared as the placeholder', () => {
    expect(value('app.id= ${x}\\ ', 'app-id', {})).toMatchObject({
      kind: 'unresolved',
      meaning: '${x}',
      shown: '${x}',
    });
    expect(value('note=${x}', 'client.runtime.note', {})).toMatchObject({ kind: 'text', meaning: '${x}' });
  });

  test('of a certificate come from both keys, and one unresolved key makes the whole unresolved', () => {
    expect(value('keystore.keyname=k\nkeystore.filename= ', 'client.certificate', {})).toMatchObject({
      meaning: 'keyname k',
    });
    const open = value('keystore.filename=f\nkeystore.keyname=${x}', 'client.certificate', {});
    expect(open).toMatchObject({
      kind: 'unresolved',
      shown: 'filename f, keyname ${x}',
      reason: 'A build replaces x, and there is no readable pom.xml above the file. Commit it, or write the value out.',
    });
    expect(value('keystore.filename=g\nkeystore.keyname=${x}', 'client.certificate', {})).not.toEqual(open);
    expect(documentOf('keystore.filename=\nkeystore.keyname=\\ \nshell.url=\\ ').settings).toEqual([]);
  });

  test('hide user and password of an address with its placeholder', () => {
    const shown = value('shell.url=https://u:hunter2@${x}', 'client.endpoints.shell', {});
    expect(shown).toMatchObject({ kind: 'unresolved', shown: 'https://${x}' });
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });
});

test('text is ISO 8859-1, as in Java', () => {
  expect(documentOf('a=é').settings).toMatchObject([{ value: { meaning: 'Ã©' } }]);
});

test('a byte order mark is part of the first key, as in Java', () => {
  expect(documentOf(`\ufeffapp.id=${ID}`).settings.map(({ id }) => id)).toEqual(['document']);
});

test.each([
  ['true', 'true'],
  ['TRUE', 'true'],
  ['true ', 'false'],
  ['yes', 'false'],
  ['1', 'false'],
  ['on', 'false'],
])("a switch has Java's value of %j, which is %s", (written, meaning) => {
  expect(documentOf(`app.isMultiInstanceAware=${written}`).settings).toMatchObject([{ value: { meaning } }]);
});

test('bytes without text are unreadable, and one invalid byte is Latin 1', () => {
  const read = (...bytes: readonly number[]) => readWith(javaProperties, PATH, Uint8Array.from(bytes));
  expect(read(0x61, 0x3d, 0xe9, 0x00, 0x00)).toMatchObject({
    kind: 'unreadable',
    problem: { id: 'text-nul' },
  });
  expect(read(0x61, 0x3d, 0x62, 0x62, 0x00)).toMatchObject({ kind: 'unreadable', problem: { id: 'text-nul' } });
  expect(getOnlyDocument(read(0x61, 0x3d, 0xe9)).settings).toMatchObject([{ value: { meaning: 'é' } }]);
});
