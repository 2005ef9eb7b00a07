/** Where registered configuration is found in XML that may be anything, and what its parts are called. */
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';
import { APP_ID, ELEMENTS, ONLINE_RULES, WEIGHT } from '../../support/platform-fixture.ts';
import { readWith } from '../../support/read-context.ts';

const METHODS = 'urn:com.microsoft.wc.methods.';
const ID = `<id>${APP_ID}</id>`;
const NAME = '<name>n</name>';
const URL = '<action-url>https://a.example</action-url>';
const AUTH = `<person-online-base-auth>${ONLINE_RULES}</person-online-base-auth>`;

function documentsOf(xml: string): readonly ConfigDocument[] {
  const result = readWith(platformXml, 'a.xml', xml);
  return result.kind === 'documents' ? result.documents : [];
}

/** What each document was taken for, with the settings that decide. */
const found = (xml: string): readonly string[] =>
  documentsOf(xml).map(({ role, completeness, settings, notExpressible }) => {
    const kind = role === 'registered' && notExpressible.includes('public-keys') ? 'dump' : role;
    return `${kind} ${completeness}: ${settings.map(({ id }) => id).join(' ')}`;
  });

const within = (tags: string, xml: string): string =>
  tags.split(' ').reduceRight((inner, tag) => `<${tag}>${inner}</${tag.split(' ')[0]}>`, xml);

describe('an envelope', () => {
  const answer = `<wc:info xmlns:wc="${METHODS}response.GetApplicationInfo"><application>${ID}${NAME}<methods>GetThings</methods><app-type>Web</app-type></application></wc:info>`;

  test.each(['response', 'Envelope Body response', 'a b c d e f g h i j'])('can contain an answer in <%s>', (tags) => {
    expect(found(within(tags, answer))).toEqual(['dump complete: app-id app-type methods name']);
  });

  test('names the method of the answer', () => {
    const info = `<info><application>${ID}${NAME}</application></info>`;
    const named = (method: string) => `<x><y><header><method>${method}</method></header>${info}</y></x>`;
    expect(found(named('GetApplicationInfo'))).toEqual(['dump complete: app-id name']);
    expect(found(named('GetThings'))).toEqual([]);
    expect(found(info)).toEqual([]);
  });

  test('with an application that is not directly in an answer proves nothing', () => {
    const deeper = `<info xmlns="${METHODS}response.GetApplicationInfo"><x><application>${ID}${NAME}</application></x></info>`;
    expect(found(deeper)).toEqual([]);
  });

  test.each<[title: string, xml: string]>([
    [
      'in a header',
      `<e><b><request><header><method>UpdateApplication</method></header><info>${NAME}</info></request></b></e>`,
    ],
    ['beside the info', `<e><b><request><method> UpdateApplication </method><info>${NAME}</info></request></b></e>`],
    [
      'by the namespace',
      `<e><b><request><u:info xmlns:u="${METHODS}UpdateApplication">${NAME}</u:info></request></b></e>`,
    ],
    ['by an outer namespace', `<e xmlns:u="${METHODS}UpdateApplication"><b><u:info>${NAME}</u:info></b></e>`],
    ['by the method alone as a namespace', `<info xmlns="UpdateApplication">${NAME}</info>`],
    ['by a versioned namespace', `<info xmlns="${METHODS}UpdateApplication2">${NAME}</info>`],
    ['by the elements', `<e><b><c><d><info>${ID}${NAME}</info></d></c></b></e>`],
    ['by its namespace with another name', `<all><u:app xmlns:u="${METHODS}UpdateApplication">${NAME}</u:app></all>`],
  ])('contains an update that is recognized %s', (_title, xml) => {
    expect(found(xml)).toEqual([expect.stringMatching(/^provisioning-patch patch: .*name$/)]);
  });

  test('counts with the nearest method, and a header without an info is ignored', () => {
    const request = (method: string, inner: string) =>
      `<request><header><method>${method}</method></header><info>${inner}</info></request>`;
    expect(found(`<all>${request('AddApplication', NAME)}${request('UpdateApplication', NAME)}</all>`)).toEqual([
      'provisioning complete: name',
      'provisioning-patch patch: name',
    ]);
    expect(found(`<all><header><method>AddApplication</method></header><x>${NAME}</x></all>`)).toEqual([]);
    expect(found(`<all><header><method>AddApplication</method></header><x><info>${NAME}</info></x></all>`)).toEqual([]);
  });

  test('contains a SODA registration, by its method', () => {
    const info = `<info xmlns="${METHODS}AddSodaApplication"><soda-app-config>${NAME}</soda-app-config></info>`;
    expect(found(info)).toEqual(['registered complete: app-type name']);
  });

  test('with an info around an application contains that application, unless the method differs', () => {
    const application = `<application>${ID}${URL}</application>`;
    expect(found(`<info>${application}${URL}</info>`)).toEqual(['dump complete: action-url app-id']);
    expect(found(`<info xmlns="${METHODS}AddApplication">${NAME}${application}</info>`)).toEqual([
      'provisioning complete: document name',
    ]);
  });
});

describe('a root element of the team', () => {
  test.each<[title: string, xml: string, is: string]>([
    [
      'an id, a name and an address',
      `<child-app>${ID}${NAME}${URL}</child-app>`,
      'provisioning-patch patch: action-url app-id name',
    ],
    [
      'elements at a lower level',
      `<all><clinic><child-app>${ID}${URL}</child-app></clinic></all>`,
      'provisioning-patch patch: action-url app-id',
    ],
    [
      'an id that a build fills in',
      `<c><id>\${child.id}</id>${URL}</c>`,
      'provisioning-patch patch: action-url app-id',
    ],
    [
      'an id in an unusual spelling',
      `<c><id>urn:uuid:${APP_ID}</id>${URL}</c>`,
      'provisioning-patch patch: action-url app-id',
    ],
    ['a logo', `<c>${ID}${ELEMENTS['large-logo']}</c>`, 'provisioning-patch patch: app-id logo.large'],
    [
      'an id without hyphens',
      `<c><id>${APP_ID.replaceAll('-', '')}</id>${URL}</c>`,
      'provisioning-patch patch: action-url app-id',
    ],
    [
      'a name of an element that only an answer has',
      `<c>${ID}${URL}<x-base-auth-xml-2/><my-client-service-token/><client-service-token-2/><my-master-app-id/><last-updated-date/><created-date-2/></c>`,
      'provisioning-patch patch: action-url app-id document',
    ],
    ['an application', `<application>${ID}${URL}</application>`, 'dump complete: action-url app-id'],
    [
      'an element that only an answer has',
      `<c>${ID}${URL}<client-service-token>${WEIGHT}</client-service-token></c>`,
      'dump complete: action-url app-id client-token',
    ],
    [
      'a date that only an answer has',
      `<c>${ID}${URL}<updated-date>2026-01-01</updated-date></c>`,
      'dump complete: action-url app-id',
    ],
    ['a master', `<c>${ID}<master-app-id>${WEIGHT}</master-app-id></c>`, 'dump complete: app-id app-id.master'],
    ['rules in an answer', `<c>${ID}<person-online-base-auth-xml/></c>`, 'dump complete: access.online app-id'],
    ['rules and nothing else', `<c>${AUTH}</c>`, 'provisioning complete: access.online'],
    ['rules and an id', `<c>${ID}${AUTH}</c>`, 'provisioning-patch patch: access.online app-id'],
    [
      'most of the rest without an id',
      `<c>${NAME}${URL}${ELEMENTS['auth-reason']}</c>`,
      'provisioning complete: action-url auth-reason name',
    ],
    [
      'an address without an id',
      `<c>${NAME}${URL}${ELEMENTS['privacy-statement']}</c>`,
      'provisioning complete: action-url name privacy-statement',
    ],
    [
      'a reason without an id',
      `<c>${NAME}${ELEMENTS['auth-reason']}${ELEMENTS['privacy-statement']}</c>`,
      'provisioning complete: auth-reason name privacy-statement',
    ],
    [
      'keys without an id',
      `<c>${NAME}${ELEMENTS['public-keys']}${ELEMENTS['domain-name']}${ELEMENTS['large-logo']}</c>`,
      'provisioning complete: domain-name logo.large name public-keys',
    ],
    [
      'a namespace of the platform',
      `<a:c xmlns:a="${METHODS}AddApplication">${NAME}</a:c>`,
      'provisioning complete: name',
    ],
    [
      'a namespace of the platform around unknown content',
      `<a:c xmlns:a="${METHODS}AddApplication">${NAME}<x/></a:c>`,
      'provisioning complete: document name',
    ],
  ])('is recognized by %s', (_title, xml, is) => expect(found(xml)).toEqual([is]));

  test.each<[title: string, xml: string]>([
    ['a menu', `<menu><item><id>17</id>${NAME}<action-url>/a.do</action-url></item></menu>`],
    ['numbers in place of ids', `<menu><item><id>20171231</id>${NAME}<action-url>/a.do</action-url></item></menu>`],
    ['an id that starts too late', `<c><id>${APP_ID.slice(7)}</id>${URL}</c>`],
    ['an id that ends too early', `<c><id>${APP_ID.slice(0, -11)}</id>${URL}</c>`],
    ['an id alone', `<c>${ID}</c>`],
    ['an id and common elements', `<c>${ID}${NAME}<description>d</description><methods>m</methods></c>`],
    ['a tree', `<node>${ID}${NAME}<parent-id>${WEIGHT}</parent-id><is-published>true</is-published></node>`],
    ['a logo with a path', `<company>${ID}${NAME}<large-logo>logo.png</large-logo></company>`],
    ['a logo of other parts', `<company>${ID}${NAME}<large-logo><path>logo.png</path></large-logo></company>`],
    [
      'a logo and other parts',
      `<company>${ID}${NAME}<large-logo><logo>AAEC</logo><path>logo.png</path></large-logo></company>`,
    ],
    ['two known elements and another one', `<c>${URL}${ELEMENTS['auth-reason']}<x/></c>`],
    ['an empty auth element', '<person-online-base-auth/>'],
    [
      'a name that ends like an auth element',
      `<my-person-online-base-auth>${ONLINE_RULES}</my-person-online-base-auth>`,
    ],
    [
      'a name that starts like an auth element',
      `<person-online-base-auth-2>${ONLINE_RULES}</person-online-base-auth-2>`,
    ],
    ['an attribute with a name like a prefix', `<a:info a="${METHODS}AddApplication">${NAME}</a:info>`],
    [
      'texts from an installer',
      `<strings>${NAME}<privacy-statement>We keep it.</privacy-statement><terms-of-use>Be kind.</terms-of-use></strings>`,
    ],
    ['statements alone', `<strings>${NAME}${ELEMENTS['privacy-statement']}${ELEMENTS['terms-of-use']}</strings>`],
    ['an address alone', `<c>${NAME}${URL}</c>`],
    ['a name and two descriptions', `<c>${NAME}<description>d</description>${URL}</c>`],
    ['the namespace of another method', `<a:c xmlns:a="${METHODS}GetThings">${NAME}</a:c>`],
    ['the namespace of the answer', `<a:c xmlns:a="${METHODS}response.GetApplicationInfo">${NAME}</a:c>`],
    ['a namespace of the platform around other content', `<a:c xmlns:a="${METHODS}AddApplication"><x/></a:c>`],
    ['another end of a namespace', `<a:c xmlns:a="urn:x.constructor">${NAME}</a:c>`],
    ["another product's application", `<all><application>${ID}${NAME}<methods>m</methods></application></all>`],
    ["another product's info", `<info>${NAME}<methods>m</methods></info>`],
    ['an info with an invalid id', `<info><id>5</id>${NAME}</info>`],
    ['an info with an id alone', `<info>${ID}</info>`],
    ['an info with another element', `<info>${ID}${NAME}<x/></info>`],
  ])('is ignored with %s', (_title, xml) => {
    expect(readWith(platformXml, 'a.xml', xml)).toEqual({ kind: 'not-configuration' });
  });
});

describe('the parts of a file', () => {
  const partsOf = (xml: string) => documentsOf(xml).map(({ part }) => part);
  const add = (inner: string) => `<info xmlns="${METHODS}AddApplication">${inner}</info>`;
  const update = (id: string) => `<info xmlns="${METHODS}UpdateApplication"><id>${id}</id></info>`;

  test.each<[title: string, xml: string, parts: readonly (string | null)[]]>([
    ['one body has no name', `<all>${add(NAME)}</all>`, [null]],
    [
      'bodies have their application id',
      `<all>${update(APP_ID)}${update(`{${WEIGHT.toUpperCase()}}`)}</all>`,
      [APP_ID, WEIGHT],
    ],
    [
      'bodies have their name',
      `<all>${add('<name> My\n App </name>')}${add('<name>Other</name>')}</all>`,
      ['My App', 'Other'],
    ],
    [
      'bodies have their name in the default language',
      `<all>${add('<name xml:lang="de-DE">Anders</name><name>Other</name>')}${add('<name xml:lang="de-DE">Anders</name>')}</all>`,
      ['Other', 'info'],
    ],
    ['bodies have their id before their name', `<all>${add(`${ID}${NAME}`)}${add(NAME)}</all>`, [APP_ID, 'n']],
    [
      'equal ones are numbered',
      `<all>${update(APP_ID)}${update(APP_ID)}${update(APP_ID)}</all>`,
      [APP_ID, `${APP_ID} 2`, `${APP_ID} 3`],
    ],
    ['bodies without a difference are numbered', `<all>${add('')}${add('')}</all>`, ['info', 'info 2']],
    [
      'bodies have their channel',
      `<info xmlns="${METHODS}GetThings">${AUTH}${AUTH.replaceAll('online', 'offline')}</info>`,
      ['person-online-base-auth', 'person-offline-base-auth'],
    ],
    [
      'bodies have an id from an attribute',
      `<all><info xmlns="${METHODS}AddApplication" id="${WEIGHT}"/>${add('')}</all>`,
      [WEIGHT, 'info'],
    ],
    ['cut', `<all>${add(`<name>${'x'.repeat(81)}</name>`)}${add('')}</all>`, ['x'.repeat(80), 'info']],
  ])('are named so that %s', (_title, xml, parts) => expect(partsOf(xml)).toEqual(parts));

  test('are the same in another order', () => {
    const [a, b] = [add('<name>A</name>'), add('<name>B</name>')];
    const nameOf = (xml: string) =>
      Object.fromEntries(documentsOf(xml).map(({ part, settings }) => [part, JSON.stringify(settings[0]?.value)]));
    expect(nameOf(`<all>${b}${a}</all>`)).toEqual(nameOf(`<all>${a}${b}</all>`));
  });
});
