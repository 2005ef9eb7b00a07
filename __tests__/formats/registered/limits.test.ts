import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { addBody, buildDump, buildPng, ELEMENTS, encodeBase64, updateBody } from '../../support/platform-fixture.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';
import { OTHER_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';
import { type KeyKind, makePublicKey, makeUnsignedCertificate } from '../../support/self-signed.ts';

const plain = { 'app-attributes': null };
const fullLintsOf = (text: string) => getOnlyDocument(readWith(platformXml, 'a.xml', text)).lints;
const lintsOf = (text: string): readonly string[] => fullLintsOf(text).map(({ id, severity }) => `${id} ${severity}`);
const rule = (inner: string, attributes = ''): string =>
  `<rule ${attributes}>${inner}<permission>Read</permission></rule>`;
const ruleList = (list: string): string =>
  `<person-online-base-auth><auth><rules>${list}</rules></auth></person-online-base-auth>`;
const rules = (inner: string, attributes = ''): string => ruleList(rule(inner, attributes));
const logo = (bytes: Uint8Array): string => `<logo>${encodeBase64(bytes)}</logo><content-type>image/png</content-type>`;
const padded = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  bytes.set(buildPng(10, 10));
  return bytes;
};
const reason = (length: number): string => rules(`<reason>${'r'.repeat(length)}</reason>`);
const sources = (length: number): string =>
  `<meaningful-use-sources><source>${'s'.repeat(length)}</source></meaningful-use-sources>`;
const attributeList = (...names: readonly string[]): string =>
  `<app-attributes>${names.map((name) => `<app-attribute>${name}</app-attribute>`).join('')}</app-attributes>`;
const attributes = (count: number): string =>
  attributeList(...Array.from({ length: count }, (_, index) => `a${index}`));
const prefixes = (count: number): string =>
  `<valid-ip-prefixes>${Array.from({ length: count }, (_, index) => `10.10.10.${10 + index}/32`).join(',')}</valid-ip-prefixes>`;

/** The document that each limit is of. */
const SOURCES: Readonly<Record<string, string>> = {
  'limit-text-length': 'XTYP',
  'limit-description': 'ACC-info',
  'limit-reason-missing': 'ACC-rules',
  'limit-reason-long': 'MSDN-rules',
  'limit-reason-length': 'XAUTH',
  'limit-rule-name': 'XAUTH',
  'limit-permission-missing': 'XAUTH',
  'limit-display-flags': 'XAUTH',
  'limit-access-value': 'XAUTH',
  'limit-type-unknown': 'data types list, March 2018',
  'limit-logo-length': 'XAPP',
  'limit-logo-size': 'ACC-info',
  'limit-action-url': 'R42',
  'limit-statements-missing': 'XADD',
  'limit-attributes': 'XAPP',
  'limit-hippa': 'XAPP',
  'limit-source-length': 'XAPP',
  'limit-ip-prefixes': 'XADD',
  'limit-public-key': 'XAPP',
  'limit-key-size': 'ACC-certs',
  'limit-element-missing': 'XADD',
};
const NEITHER = { 'action-url': null, 'privacy-statement': null, 'terms-of-use': null };

describe('the limits', () => {
  const cases: [string, Record<string, string | null>, string[]][] = [
    ['no problem', {}, []],
    ['a name of 255', { name: `<name>${'n'.repeat(255)}</name>` }, []],
    ['a name of 256', { name: `<name>${'n'.repeat(256)}</name>` }, ['limit-text-length refused']],
    [
      'a domain name and an organization of 256',
      {
        'domain-name': `<domain-name>${'n'.repeat(256)}</domain-name>`,
        organizations: `<organizations><organization><name>${'n'.repeat(256)}</name></organization></organizations>`,
      },
      ['limit-text-length refused', 'limit-text-length refused'],
    ],
    ['a reason of the application of 256', { 'auth-reason': `<auth-reason>${'n'.repeat(256)}</auth-reason>` }, []],
    ['a description of 200', { description: `<description>${'d'.repeat(200)}</description>` }, []],
    [
      'a description of 201',
      { description: `<description>${'d'.repeat(201)}</description>` },
      ['limit-description advice'],
    ],
    ['a reason of 160', { 'person-online-base-auth': reason(160) }, []],
    ['a reason of 161', { 'person-online-base-auth': reason(161) }, ['limit-reason-long advice']],
    ['a reason of 1,024', { 'person-online-base-auth': reason(1024) }, ['limit-reason-long advice']],
    ['a reason of 1,025', { 'person-online-base-auth': reason(1025) }, ['limit-reason-length refused']],
    ['no reason', { 'person-online-base-auth': rules('') }, ['limit-reason-missing advice']],
    ['a rule name of 16', { 'person-online-base-auth': rules('<reason>r</reason>', `name="${'n'.repeat(16)}"`) }, []],
    [
      'a rule name of 17',
      { 'person-online-base-auth': rules('<reason>r</reason>', `name="${'n'.repeat(17)}"`) },
      ['limit-rule-name refused'],
    ],
    [
      'flags on a required rule',
      { 'person-online-base-auth': rules('<reason>r</reason><display-flags>1</display-flags>') },
      ['limit-display-flags advice'],
    ],
    [
      'flags on an optional rule',
      { 'person-online-base-auth': rules('<reason>r</reason><display-flags>1</display-flags>', 'is-optional="true"') },
      [],
    ],
    [
      'a rule without permission',
      { 'person-online-base-auth': rules('<reason>r</reason>').replace('<permission>Read</permission>', '') },
      ['limit-permission-missing refused'],
    ],
    [
      'an unpublished type',
      {
        'person-online-base-auth': rules('<reason>r</reason>').replace(
          '</rule>',
          '<target-set><type-id>11111111-1111-1111-1111-111111111111</type-id></target-set></rule>',
        ),
      },
      ['limit-type-unknown advice'],
    ],
    [
      'an unreadable rule',
      { 'person-online-base-auth': rules('<reason>r</reason><permission>X</permission>') },
      ['limit-access-value refused'],
    ],
    ['a logo at its limits', { 'large-logo': `<large-logo>${logo(padded(122_880))}</large-logo>` }, []],
    [
      'a logo over 120 KB',
      { 'large-logo': `<large-logo>${logo(padded(122_881))}</large-logo>` },
      ['limit-logo-length refused'],
    ],
    [
      'a small logo over 30 KB',
      { 'small-logo': `<small-logo>${logo(padded(30_721))}</small-logo>` },
      ['limit-logo-length refused'],
    ],
    [
      'a logo too wide',
      { 'large-logo': `<large-logo>${logo(buildPng(121, 60))}</large-logo>` },
      ['limit-logo-size advice'],
    ],
    [
      'a logo too high',
      { 'large-logo': `<large-logo>${logo(buildPng(120, 61))}</large-logo>` },
      ['limit-logo-size advice'],
    ],
    [
      'an action URL without https',
      { 'action-url': '<action-url>http://a.example</action-url>' },
      ['limit-action-url advice'],
    ],
    ['no action URL, both statements', { 'action-url': null }, []],
    [
      'no action URL, one statement',
      { 'action-url': null, 'terms-of-use': null },
      ['limit-statements-missing refused'],
    ],
    ['an action URL, no statement', { ...NEITHER, 'action-url': ELEMENTS['action-url'] ?? '' }, []],
    ['neither, HIPAA', { ...NEITHER, 'app-attributes': attributeList('HIPAA') }, []],
    ['neither, but HIPAA among others', { ...NEITHER, 'app-attributes': attributeList('a', 'HIPAA') }, []],
    ['neither, but a clinical trial', { ...NEITHER, 'app-attributes': attributeList('is-clinical-trial') }, []],
    [
      'neither, but attributes similar to HIPAA',
      { ...NEITHER, 'app-attributes': attributeList('no-hipaa', 'hipaa-like') },
      ['limit-statements-missing refused'],
    ],
    [
      'neither, but a clinical source',
      {
        ...NEITHER,
        'meaningful-use-sources': '<meaningful-use-sources><source>clinical.example</source></meaningful-use-sources>',
      },
      ['limit-statements-missing refused'],
    ],
    ['neither, SODA', { ...NEITHER, 'app-type': '<app-type>SODA</app-type>' }, []],
    ['neither, but the name soda', { ...NEITHER, name: '<name>soda</name>' }, ['limit-statements-missing refused']],
    ['hippa', { 'app-attributes': attributeList('Hippa') }, ['limit-hippa advice']],
    ['20 attributes', { 'app-attributes': attributes(20) }, []],
    ['21 attributes', { 'app-attributes': attributes(21) }, ['limit-attributes refused']],
    ['a source of 300', { 'meaningful-use-sources': sources(300) }, []],
    ['a source of 301', { 'meaningful-use-sources': sources(301) }, ['limit-source-length refused']],
    [
      '21 instances, one of 301',
      {
        'supported-instances': `<supported-instances>${Array.from(
          { length: 21 },
          (_, index) => `<instance-id>${index}${'0'.repeat(300)}</instance-id>`,
        ).join('')}</supported-instances>`,
      },
      [],
    ],
    ['17 prefixes', { 'valid-ip-prefixes': prefixes(17) }, []],
    ['prefixes of 255', { 'valid-ip-prefixes': prefixes(17).replace('10.10.10.10', '100.10.10.10') }, []],
    [
      'prefixes of 256',
      { 'valid-ip-prefixes': prefixes(17).replace('10.10.10.10', '100.100.10.10') },
      ['limit-ip-prefixes refused'],
    ],
    ['18 prefixes', { 'valid-ip-prefixes': prefixes(18) }, ['limit-ip-prefixes refused']],
    [
      'an invalid key',
      { 'public-keys': `<public-keys><public-key>${'ab'.repeat(300)}</public-key></public-keys>` },
      ['limit-public-key refused'],
    ],
    [
      'a key of 1024 bits',
      { 'public-keys': `<public-keys><public-key>${OTHER_CERTIFICATE_HEX}</public-key></public-keys>` },
      ['limit-key-size advice'],
    ],
    ['no large logo', { 'large-logo': null }, ['limit-element-missing refused']],
  ];
  test.each(cases)('report as expected %s', (_name, overrides, expected) => {
    const lints = fullLintsOf(addBody({ ...plain, ...overrides }));
    expect(lints.map(({ id, severity }) => `${id} ${severity}`)).toEqual(expected);
    for (const { id, message, source } of lints) {
      expect(source).toBe(SOURCES[id]);
      expect(message).not.toMatch(/\{\w+\}|undefined/);
    }
  });

  test.each(['name', 'public-keys', 'person-offline-base-auth', 'description', 'auth-reason', 'large-logo'])(
    'require <%s> in a new application',
    (element) => {
      expect(fullLintsOf(addBody({ ...plain, [element]: null }))).toMatchObject([
        { id: 'limit-element-missing', message: expect.stringContaining(`<${element}>`), source: 'XADD' },
      ]);
    },
  );

  test('call a rule by its name', () => {
    const messages = (list: string) =>
      fullLintsOf(addBody({ ...plain, 'person-online-base-auth': ruleList(list) })).map(({ message }) => message);
    expect(messages(rule('', 'name="chart"') + rule(''))).toEqual([
      expect.stringContaining('The rule chart has'),
      expect.stringContaining('The rule without a name has'),
    ]);
  });

  test('show an unpublished type at its first place', () => {
    const type = '<target-set>\n<type-id>11111111-1111-1111-1111-111111111111</type-id></target-set>';
    const xml = `<info xmlns="urn:com.microsoft.wc.methods.UpdateApplication"><id/>\n${ruleList(
      `${rule(`<reason>r</reason>${type}`)}\n${rule(`<reason>r</reason>${type}`)}`,
    )}</info>`;
    expect(fullLintsOf(xml)).toMatchObject([{ id: 'limit-type-unknown', at: { file: 'a.xml', line: 3, column: 1 } }]);
  });

  test('let a patch leave out everything but its id', () => {
    expect(lintsOf(updateBody({}))).toEqual([]);
    expect(fullLintsOf(updateBody({}).replace(/<id>.*<\/id>/, ''))).toMatchObject([
      { id: 'limit-element-missing', severity: 'refused', source: 'XUPD' },
    ]);
  });

  const ofDigits = (digits: number): string => {
    const key = makePublicKey('EC');
    const lengths = Array.from({ length: digits / 2 }, (_, length) => [length, length + 1]).flat();
    const made = lengths.map((issuer, index) =>
      makeUnsignedCertificate(key, 's'.repeat(index % 2), 'i'.repeat(issuer)).toString('hex'),
    );
    return made.find((hex) => hex.length === digits) ?? '';
  };
  const ofKey = (kind: KeyKind, bits?: number): string =>
    makeUnsignedCertificate(makePublicKey(kind, bits), 'a'.repeat(200)).toString('hex');

  test.each<[title: string, hex: () => string, expected: string[]]>([
    ['510 digits', () => ofDigits(510), ['limit-public-key']],
    ['512 digits', () => ofDigits(512), []],
    ['4,096 digits', () => ofDigits(4096), []],
    ['4,098 digits', () => ofDigits(4098), ['limit-public-key']],
    ['no certificate', () => 'ab'.repeat(512), ['limit-public-key']],
    ['RSA of 2,047 bits', () => ofKey('RSA', 2047), ['limit-key-size']],
    ['RSA of 2,048 bits', () => ofKey('RSA', 2048), []],
    ['an elliptic curve', () => ofKey('EC'), []],
    ['another kind with a size', () => ofKey('DSA', 1024), []],
  ])('apply to a public key with %s', (_title, hex, expected) => {
    const keys = `<public-keys><public-key>${hex()}</public-key></public-keys>`;
    const document = getOnlyDocument(readWith(platformXml, 'a.xml', updateBody({ keys })));
    expect(document.lints.map(({ id }) => id)).toEqual(expected);
    expect(hex()).toMatch(/^(?:[0-9a-f]{2})+$/);
  });

  test('never refuse a live application for missing statements', () => {
    expect(lintsOf(buildDump({ ...plain, 'action-url': null, 'privacy-statement': null }))).toEqual([
      'limit-statements-missing advice',
    ]);
  });

  test('have a place and a complete sentence for every message', () => {
    const { lints } = getOnlyDocument(
      readWith(platformXml, 'a.xml', addBody({ name: `<name>${'n'.repeat(256)}</name>`, 'large-logo': null })),
    );
    expect(lints.length).toBeGreaterThan(1);
    for (const { message, source, at } of lints) {
      expect(message).not.toMatch(/\{\w+\}/);
      expect(source).not.toBe('');
      expect(at).toMatchObject({ file: 'a.xml', line: expect.any(Number) });
    }
  });
});
