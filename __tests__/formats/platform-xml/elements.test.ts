/** What each element of the platform's XML can contain: as many settings as it makes, and nothing that is not known. */
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const idsIn = (xml: string): readonly string[] =>
  getOnlyDocument(readWith(platformXml, 'a.xml', xml)).settings.map(({ id, culture }) =>
    culture === undefined ? id : `${id}@${culture}`,
  );
const update = (elements: string): string =>
  `<info xmlns="urn:com.microsoft.wc.methods.UpdateApplication">${elements}</info>`;
const inTwoLanguages = (element: string): string =>
  `<${element}>RG9uZS4=</${element}><${element} xml:lang="de">RmVydGlnLg==</${element}>`;

test.each<[element: string, inner: string, ids: readonly string[]]>([
  ['dtc-success-message', inTwoLanguages('statement'), ['success-message', 'success-message@de']],
  ['privacy-statement', inTwoLanguages('statement'), ['privacy-statement', 'privacy-statement@de']],
  ['large-logo', inTwoLanguages('logo'), ['logo.large', 'logo.large@de']],
  ['organizations', `<organization>${inTwoLanguages('name')}</organization>`, ['organization', 'organization@de']],
  ['persistent-tokens', '<enabled>true</enabled><token-ttl-seconds>5</token-ttl-seconds>', ['persistent-tokens']],
  ['meaningful-use-sources', '<source>a</source><source>b</source>', ['meaningful-use-sources']],
  [
    'vocabulary-authorizations',
    ['a', 'b'].map((name) => `<vocabulary-authorization><name>${name}</name></vocabulary-authorization>`).join(''),
    ['vocabularies'],
  ],
  [
    'supported-record-locations',
    ['US', 'DE'].map((country) => `<location><country>${country}</country></location>`).join(''),
    ['locations'],
  ],
  ['app-attributes', '<app-attribute>a</app-attribute><app-attribute>b</app-attribute>', ['attributes']],
])('the element <%s> is read', (element, inner, ids) => {
  expect(idsIn(update(`<${element}>${inner}</${element}>`))).toEqual(ids);
});

test('<supported-instances> can have all of them', () => {
  expect(idsIn(update('<supported-instances support-all-instances="true"/>'))).toEqual(['instances']);
});

test('the name of the master application is ignored, in any language', () => {
  expect(idsIn(update(inTwoLanguages('master-app-name')))).toEqual([]);
});

test('a language that appears twice is unresolved', () => {
  expect(idsIn(update('<master-app-name>a</master-app-name><master-app-name>b</master-app-name>'))).toEqual([
    'document',
  ]);
});

test('<app-creation-token> of a SODA registration is its client token', () => {
  const token = '<app-creation-token>abcdefgh</app-creation-token>';
  expect(idsIn(`<info><soda-app-config-with-token>${token}</soda-app-config-with-token></info>`)).toEqual([
    'app-type',
    'client-token',
  ]);
});
