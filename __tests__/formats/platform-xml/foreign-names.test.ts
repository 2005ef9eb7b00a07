/** Names of another namespace are not the platform's: neither an attribute with a prefix nor an element that is bound elsewhere. */
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { expectSettings } from '../../support/expect-settings.ts';
import { APP_ID } from '../../support/platform-fixture.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const UPDATE = 'urn:com.microsoft.wc.methods.UpdateApplication';
const read = (content: string, attributes = `xmlns="${UPDATE}"`) =>
  getOnlyDocument(
    readWith(platformXml, 'a.xml', `<info ${attributes} xmlns:j="urn:junk"><id>${APP_ID}</id>${content}</info>`),
  );
const rule = (attributes: string) =>
  `<person-online-base-auth><auth><rules><rule ${attributes}><reason>r</reason><permission>Read</permission></rule></rules></auth></person-online-base-auth>`;

test.each<[title: string, content: string, lines: readonly string[]]>([
  [
    'an attribute with a prefix does not count for the instances',
    '<supported-instances j:support-all-instances="true"><instance-id>1</instance-id></supported-instances>',
    [`app-id ${APP_ID}`, 'document ? j:support-all-instances="…"', 'instances {1}'],
  ],
  [
    'a language without its prefix does not count',
    '<name lang="de-DE">A</name>',
    [`app-id ${APP_ID}`, 'document ? lang="…"', 'name A'],
  ],
  [
    'a default namespace inside of the body counts',
    '<methods xmlns="urn:junk">GetThings</methods>',
    [`app-id ${APP_ID}`, 'document ? <methods xmlns="urn:junk">'],
  ],
  [
    'an undeclared prefix does not count',
    '<q:methods>GetThings</q:methods>',
    [`app-id ${APP_ID}`, 'document ? <q:methods>'],
  ],
  [
    'a foreign element deep in a list is found',
    '<vocabulary-authorizations><vocabulary-authorization><family>wc</family><j:name>x</j:name></vocabulary-authorization></vocabulary-authorizations>',
    [`app-id ${APP_ID}`, 'document ? <j:name>', 'vocabularies {wc/*}'],
  ],
])('the namespace counts, so %s', (_title, content, lines) => {
  expectSettings(read(content), lines);
});

test.each([
  ['a name', rule('j:name="a"')],
  ['an option', rule('j:is-optional="true"')],
])('%s of another namespace is not part of a rule', (_title, content) => {
  const access = read(content).settings.find(({ id }) => id === 'access.online')?.value;
  expect(access).toMatchObject({ kind: 'access', rules: [{ name: null, requirement: 'required' }] });
  expect(read(content).settings.map(({ id }) => id)).toContain('document');
});

test.each([
  ['1', ['app-id', 'name']],
  ['2', ['app-id', 'methods', 'name']],
  ['', ['app-id', 'document', 'methods', 'name']],
  ['3', ['app-id', 'document', 'methods', 'name']],
])('the method counts in version "%s"', (version, ids) => {
  const content = `<info><id>${APP_ID}</id><name>A</name><methods>GetThings</methods></info>`;
  const header = `<header><method>UpdateApplication</method><method-version>${version}</method-version></header>`;
  const { settings } = getOnlyDocument(readWith(platformXml, 'a.xml', `<request>${header}${content}</request>`));
  expect(settings.map(({ id }) => id)).toEqual(ids);
});
