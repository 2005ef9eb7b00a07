/** Secrets in the platform's XML, empty ceilings, incremental rules. */

import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { computeSha1, computeSha256 } from '../../../src/model/digest.ts';
import { KEY_HEX, wrapText } from '../../support/fake-keys.ts';
import { buildDump, updateBody, WEIGHT } from '../../support/platform-fixture.ts';
import { getOnlyDocument, getSetting, readWith, toBytes } from '../../support/read-context.ts';
import { SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const documentOf = (xml: string) => getOnlyDocument(readWith(platformXml, 'a.xml', xml));
const update = (elements: string) => `<info xmlns="urn:com.microsoft.wc.methods.UpdateApplication">${elements}</info>`;
const secretsOf = (xml: string) =>
  documentOf(xml).settings.flatMap(({ id, value }) => (value.kind === 'secret' ? [{ id, ...value }] : []));
const secret = (text: string, what: string) => ({
  id: 'secret',
  kind: 'secret',
  meaning: computeSha256(toBytes(text)),
  what,
});

describe('an address', () => {
  const address = (text: string) =>
    getSetting(documentOf(update(`<action-url>${text}</action-url>`)), 'action-url').value;

  test.each([
    ['https://gate:hunter2@Fabrikam.example:443/a', 'https://fabrikam.example/a', 'https://Fabrikam.example:443/a'],
    [' https://:hunter2@fabrikam.example ', 'https://fabrikam.example/', 'https://fabrikam.example'],
    ['https://me@fabrikam.example', 'https://me@fabrikam.example/', 'https://me@fabrikam.example'],
    ['your address', 'your address', 'your address'],
  ])('like %j is read', (text, meaning, shown) => expect(address(text)).toEqual({ kind: 'text', meaning, shown }));

  test('has its password as a secret', () => {
    const xml = (text: string) => update(`<action-url>${text}</action-url>`);
    expect(secretsOf(xml('https://gate:hunter2@fabrikam.example'))).toEqual([
      secret('hunter2', 'password in the action URL'),
    ]);
    expect(secretsOf(xml('https://gate:$%7Bx%7D@fabrikam.example'))).toHaveLength(1);
    expect(secretsOf(xml('https://gate:${pw}@fabrikam.example'))).toEqual([]);
    expect(secretsOf(xml('https://me@fabrikam.example'))).toEqual([]);
  });
});

describe('a private key among the public ones', () => {
  const keys = (...hex: readonly string[]) =>
    update(`<public-keys>${hex.map((one) => `<public-key>${one}</public-key>`).join('')}</public-keys>`);
  const registered = (xml: string) => {
    const { value } = getSetting(documentOf(xml), 'public-keys');
    return value.kind === 'set' ? value.items.map(({ meaning }) => meaning) : value.kind;
  };
  const thumbprint = computeSha1(new Uint8Array(Buffer.from(SAMPLE_CERTIFICATE_HEX, 'hex')));
  const other = `${KEY_HEX}00`;

  test('is a secret and not part of the set', () => {
    const xml = keys(wrapText(KEY_HEX, 64), SAMPLE_CERTIFICATE_HEX, other);
    expect(registered(xml)).toEqual([thumbprint]);
    const what = 'private key in the text (hexadecimal)';
    expect(secretsOf(xml)).toEqual([secret(KEY_HEX, what), secret(other, what)]);
    expect(documentOf(xml).lints.map(({ id }) => id)).toEqual(['limit-element-missing']); // no id: not about the keys
  });

  test('remains a secret when another key cannot be read', () => {
    const xml = keys(KEY_HEX, 'no digits');
    expect(registered(xml)).toBe('unresolved');
    expect(secretsOf(xml)).toHaveLength(1);
  });
});

test('a text beside the name of a password is searched for secrets in an unexpected place', () => {
  const strange =
    '<login user="me" password="hunter2"><pin> 1234 </pin><secret>${x}</secret></login><name token="t">n</name>';
  expect(secretsOf(update(strange))).toEqual([
    secret('hunter2', 'password'),
    secret('1234', 'pin'),
    secret('t', 'token'),
  ]);
  expect(secretsOf(update('<client-service-token>abcdefgh</client-service-token>'))).toEqual([]);
  expect(secretsOf(update('<methods>a</methods><methods>b<password>hunter2</password></methods>'))).toContainEqual(
    secret('hunter2', 'password'),
  );
});

test('an address that appears twice is unresolved', () => {
  const xml = update('<action-url>https://a.example</action-url><action-url>https://b:c@b.example</action-url>');
  expect(getSetting(documentOf(xml), 'document').value).toMatchObject({ kind: 'unresolved' });
  expect(secretsOf(xml)).toEqual([secret('c', 'password in the action URL')]);
});

describe('a ceiling', () => {
  const items = (elements: string) =>
    documentOf(buildDump({ extra: elements })).settings.flatMap(({ id, value }) =>
      id.startsWith('ceilings.') && value.kind === 'set'
        ? [`${id} ${value.items.map(({ shown }) => shown).join()}`]
        : [],
    );

  test('counts even when it is empty', () => {
    expect(
      items(
        '<child-method-mask-ceiling/><child-vocabulary-authorizations-ceiling/><meaningful-use-sources-ceiling> </meaningful-use-sources-ceiling>',
      ),
    ).toEqual([
      'ceilings.meaningful-use-sources (nothing)',
      'ceilings.methods (nothing)',
      'ceilings.vocabularies (nothing)',
    ]);
    expect(items('<child-authorized-vocabularies-ceiling/>')).toEqual(['ceilings.vocabularies (nothing)']);
    expect(items('<child-method-mask-ceiling>GetThings</child-method-mask-ceiling>')).toEqual([
      'ceilings.methods GetThings',
    ]);
  });

  test('that cannot be read is unresolved', () => {
    const broken = '<vocabulary-authorization><name>n</name></vocabulary-authorization>';
    const document = documentOf(
      update(`<child-vocabulary-authorizations-ceiling>${broken}</child-vocabulary-authorizations-ceiling>`),
    );
    expect(getSetting(document, 'ceilings.vocabularies').value).toMatchObject({ kind: 'unresolved' });
  });
});

describe('an incremental rule', () => {
  const rules = (attributes: string) => {
    const rule = `<rule ${attributes}><reason>r</reason><permission>Read</permission><target-set><type-id>${WEIGHT}</type-id></target-set></rule>`;
    const xml = updateBody({
      'person-online-base-auth': `<person-online-base-auth><auth><rules>${rule}</rules></auth></person-online-base-auth>`,
    });
    return getSetting(documentOf(xml), 'access.online').value;
  };

  test.each(['is-incr="false"', 'is-incr=" 0 "'])('with %s is the default', (attributes) => {
    const [plain, said] = [rules(''), rules(attributes)];
    if (plain.kind !== 'access' || said.kind !== 'access') throw new Error('no rules');
    expect(said.rules).toEqual(
      plain.rules.map((rule) => ({ ...rule, at: expect.anything(), typePlaces: expect.anything() })),
    );
  });

  test.each(['is-incr="true"', 'is-incr="1"', 'is-incr=""', 'is-incr="no"'])('with %s is unresolved', (attributes) => {
    expect(rules(attributes)).toMatchObject({
      kind: 'unresolved',
      reason: expect.stringMatching(/^is-incr="…" in line \d+ is not part of an authorization rule/),
    });
  });
});
