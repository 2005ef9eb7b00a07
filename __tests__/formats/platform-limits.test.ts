import { platformXml } from '../../src/formats/platform-xml.ts';
import { addBody, base64, dump, pngBytes, updateBody } from '../support/platform-fixture.ts';
import { onlyDocument, readWith } from '../support/read-context.ts';
import { OTHER_CERTIFICATE_HEX } from '../support/sample-certificates.ts';

const plain = { 'app-attributes': null };
const lintsOf = (text: string): readonly string[] =>
  onlyDocument(readWith(platformXml, 'a.xml', text)).lints.map(({ id, severity }) => `${id} ${severity}`);
const rules = (inner: string, attributes = ''): string =>
  `<person-online-base-auth><auth><rules><rule ${attributes}>${inner}<permission>Read</permission></rule></rules></auth></person-online-base-auth>`;
const logo = (bytes: Uint8Array): string => `<logo>${base64(bytes)}</logo><content-type>image/png</content-type>`;
const padded = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  bytes.set(pngBytes(10, 10));
  return bytes;
};
const reason = (length: number): string => rules(`<reason>${'r'.repeat(length)}</reason>`);
const sources = (length: number): string =>
  `<meaningful-use-sources><source>${'s'.repeat(length)}</source></meaningful-use-sources>`;
const attributes = (count: number): string =>
  `<app-attributes>${Array.from({ length: count }, (_, index) => `<app-attribute>a${index}</app-attribute>`).join('')}</app-attributes>`;
const prefixes = (count: number): string =>
  `<valid-ip-prefixes>${Array.from({ length: count }, (_, index) => `10.10.10.${10 + index}/32`).join(',')}</valid-ip-prefixes>`;

describe('limits', () => {
  const cases: [string, Record<string, string | null>, string[]][] = [
    ['nothing to say', {}, []],
    ['a name of 255', { name: `<name>${'n'.repeat(255)}</name>` }, []],
    ['a name of 256', { name: `<name>${'n'.repeat(256)}</name>` }, ['limit-text-length refused']],
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
      { 'large-logo': `<large-logo>${logo(pngBytes(121, 60))}</large-logo>` },
      ['limit-logo-size advice'],
    ],
    [
      'a logo too high',
      { 'large-logo': `<large-logo>${logo(pngBytes(120, 61))}</large-logo>` },
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
    [
      'neither, HIPAA',
      {
        'action-url': null,
        'terms-of-use': null,
        'app-attributes': '<app-attributes><app-attribute>HIPAA</app-attribute></app-attributes>',
      },
      [],
    ],
    ['neither, SODA', { 'action-url': null, 'terms-of-use': null, 'app-type': '<app-type>SODA</app-type>' }, []],
    [
      'hippa',
      { 'app-attributes': '<app-attributes><app-attribute>Hippa</app-attribute></app-attributes>' },
      ['limit-hippa advice'],
    ],
    ['20 attributes', { 'app-attributes': attributes(20) }, []],
    ['21 attributes', { 'app-attributes': attributes(21) }, ['limit-attributes refused']],
    ['a source of 300', { 'meaningful-use-sources': sources(300) }, []],
    ['a source of 301', { 'meaningful-use-sources': sources(301) }, ['limit-source-length refused']],
    ['17 prefixes', { 'valid-ip-prefixes': prefixes(17) }, []],
    ['18 prefixes', { 'valid-ip-prefixes': prefixes(18) }, ['limit-ip-prefixes refused']],
    [
      'a key that is none',
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
  test.each(cases)('%s', (_name, overrides, expected) => {
    expect(lintsOf(addBody({ ...plain, ...overrides }))).toEqual(expected);
  });

  test('a patch may leave out everything but its id', () => {
    expect(lintsOf(updateBody({}))).toEqual([]);
    expect(lintsOf(updateBody({}).replace(/<id>.*<\/id>/, ''))).toEqual(['limit-element-missing refused']);
  });

  test('what is live already is never refused for lack of statements', () => {
    expect(lintsOf(dump({ ...plain, 'action-url': null, 'privacy-statement': null }))).toEqual([
      'limit-statements-missing advice',
    ]);
  });

  test('every lint says where and fills its sentence', () => {
    const { lints } = onlyDocument(
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
