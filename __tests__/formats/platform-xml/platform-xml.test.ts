import fc from 'fast-check';
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { PLATFORM_DEFAULTS } from '../../../src/formats/registered/values.ts';
import type { SettingValue } from '../../../src/model/document.ts';
import {
  APP_ID,
  addBody,
  BLOOD_PRESSURE,
  buildDump,
  buildPng,
  ELEMENTS,
  encodeBase64,
  ONLINE_RULES,
  updateBody,
  WEIGHT,
} from '../../support/platform-fixture.ts';
import {
  getOnlyDocument,
  getSetting,
  readContext,
  readWith,
  serializeMeaning,
  toBytes,
} from '../../support/read-context.ts';
import { SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const read = (content: string | Uint8Array) => readWith(platformXml, 'app.xml', content);
const documentOf = (content: string | Uint8Array) => getOnlyDocument(read(content));
const valueIn = (content: string, id: string, culture?: string): SettingValue =>
  getSetting(documentOf(content), id, culture).value;
const meanings = (value: SettingValue): readonly string[] =>
  value.kind === 'set' ? value.items.map(({ meaning }) => meaning) : [];

describe('an XML file', () => {
  test.each(['a.xml', 'x/A.XML'])('is claimed as %s', (path) => {
    expect(platformXml.matchesPath(path, readContext())).toBe(true);
  });
  test.each(['a.xml.bak', 'xml', 'a.config'])('is not claimed as %s', (path) => {
    expect(platformXml.matchesPath(path, readContext())).toBe(false);
  });

  test.each([
    ['GeoPol.xml', '<ScanConfig><Folder>healthvault</Folder><info><name>x</name></info></ScanConfig>'],
    [
      'pom.xml',
      '<project><name>x</name><description>d</description><organization><name>o</name></organization></project>',
    ],
    ['a layout', '<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android" android:id="@+id/info"/>'],
    ['AndroidManifest.xml', '<manifest><application android:name="x"><activity/></application></manifest>'],
    ['another info element', '<info><name>x</name><description>y</description></info>'],
    ['an application descriptor', '<application><id>a.b</id><name>x</name><description>d</description></application>'],
    ['another method', '<info xmlns="urn:com.microsoft.wc.methods.PutThings"><id>1</id><methods>x</methods></info>'],
    [
      'another method by header',
      '<request><header><method>GetThings</method></header><info><action-url>x</action-url></info></request>',
    ],
    ['documentation', '<doc><member>person-online-base-auth</member></doc>'],
    ['a schema', '<schema><element name="person-online-base-auth"/></schema>'],
    ['keys in a comment', '<root><!-- <info><id/><public-keys/></info> --></root>'],
  ])('is ignored when it is %s', (_name, text) => {
    expect(read(text)).toEqual({ kind: 'not-configuration' });
  });

  test.each([
    ['Add by namespace', addBody(), 'provisioning', 'complete'],
    [
      'Add by default namespace',
      '<info xmlns="urn:com.microsoft.wc.methods.AddApplication"/>',
      'provisioning',
      'complete',
    ],
    ['Add by content', `<info>${ELEMENTS.name}${ELEMENTS['action-url']}</info>`, 'provisioning', 'complete'],
    [
      'Add by method',
      `<request><header><method>AddApplication</method></header><info>${ELEMENTS.name}</info></request>`,
      'provisioning',
      'complete',
    ],
    ['Update by namespace', updateBody({}), 'provisioning-patch', 'patch'],
    [
      'Update by its id',
      `<x:info xmlns:x="y"><id>${APP_ID}</id><name>n</name></x:info>`,
      'provisioning-patch',
      'patch',
    ],
    [
      'an update by its namespace in spite of its id',
      '<info xmlns="urn:com.microsoft.wc.methods.UpdateApplication"/>',
      'provisioning-patch',
      'patch',
    ],
    ['a dump', buildDump(), 'registered', 'complete'],
    [
      'a dump without its envelope',
      `<application><id>${APP_ID}</id><person-online-base-auth-xml/></application>`,
      'registered',
      'complete',
    ],
    [
      'auth elements below any root',
      `<our-app><name>n</name><person-online-base-auth/></our-app>`,
      'provisioning',
      'complete',
    ],
    ['rules only', `<person-online-base-auth>${ONLINE_RULES}</person-online-base-auth>`, 'registered', 'patch'],
  ])('is recognized as %s', (_name, text, role, completeness) => {
    expect(documentOf(text)).toMatchObject({
      role,
      completeness,
      format: 'platform-xml',
      environment: 'none',
      part: null,
    });
  });

  const silentOfNew = ['app-id', 'app-id.master', 'client-token'];
  const ceilings = ['ceilings.methods', 'ceilings.vocabularies', 'ceilings.meaningful-use-sources'];
  test.each<[title: string, text: string, notExpressible: string[], hasDefaults: boolean]>([
    ['a new application', addBody({ 'app-attributes': null }), [...silentOfNew, ...ceilings], true],
    ['an update', updateBody({}), [], false],
    ['a SODA registration', '<info><soda-app-config><name>n</name></soda-app-config></info>', [], true],
    ['a dump', buildDump({ 'app-attributes': null }), ['public-keys'], true],
    ['rules', `<person-online-base-auth>${ONLINE_RULES}</person-online-base-auth>`, [], false],
  ])('has the right meaning for values that %s leaves out', (_title, text, silent, hasDefaults) => {
    const { notExpressible, defaults, lints } = documentOf(text);
    expect({ notExpressible, defaults, lints }).toEqual({
      notExpressible: silent,
      defaults: hasDefaults ? PLATFORM_DEFAULTS : {},
      lints: [],
    });
  });

  test('with only rules is one setting', () => {
    const { settings } = documentOf(`<person-online-base-auth>${ONLINE_RULES}</person-online-base-auth>`);
    expect(settings).toMatchObject([{ id: 'access.online', value: { kind: 'access' } }]);
  });

  test('with an old declaration of the encoding is decoded', () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?>${updateBody({ name: '<name>Käse</name>' })}`;
    expect(getSetting(documentOf(Uint8Array.from(Buffer.from(text, 'latin1'))), 'name').value).toMatchObject({
      meaning: 'Käse',
    });
  });

  test('can be a SODA registration', () => {
    const keys = ELEMENTS['public-keys'];
    const text = `<info><soda-app-config><id>${APP_ID}</id><parent-id>${BLOOD_PRESSURE}</parent-id><name>Phone</name>${keys}</soda-app-config></info>`;
    const document = documentOf(text);
    expect(document).toMatchObject({ role: 'registered', completeness: 'complete', lints: [] });
    expect(document.settings.map(({ id }) => id)).toEqual([
      'app-id',
      'app-id.master',
      'app-type',
      'name',
      'public-keys',
    ]);
    const token =
      '<info><soda-app-config-with-token><app-creation-token>abcdefgh</app-creation-token><name>P</name></soda-app-config-with-token></info>';
    expect(JSON.stringify(documentOf(token))).not.toContain('abcdefgh');
    expect(documentOf(token).settings.map(({ id }) => id)).toEqual(['app-type', 'client-token', 'name']);
    const bare = `<info xmlns="urn:com.microsoft.wc.methods.AddSodaApplication"><id>${APP_ID}</id></info>`;
    expect(documentOf(bare)).toMatchObject({
      settings: [{ id: 'app-id' }, { id: 'app-type' }],
      lints: [{ id: 'limit-element-missing', message: expect.stringContaining('<name>'), source: 'XADD' }],
    });
  });

  test('with several bodies is several documents', () => {
    const result = read(
      `<all>${updateBody({ name: '<name>a</name>' })}${updateBody({ name: '<name>b</name>' }, WEIGHT)}</all>`,
    );
    expect(result.kind === 'documents' && result.documents.map(({ part }) => part)).toEqual([APP_ID, WEIGHT]);
  });
});

describe('the settings', () => {
  const all = [
    'access.offline',
    'access.online',
    'action-url',
    'app-type',
    'attributes',
    'auth-reason',
    'bulk-extraction',
    'description',
    'domain-name',
    'instances',
    'ip-prefixes',
    'locations',
    'logo.large',
    'logo.small',
    'meaningful-use-sources',
    'methods',
    'name',
    'name@de-DE',
    'organization',
    'persistent-tokens',
    'privacy-statement',
    'public-keys',
    'restrict-users',
    'success-message',
    'terms-of-use',
    'vocabularies',
  ];
  const idsOf = (text: string): string[] =>
    documentOf(text).settings.map(({ id, culture }) => (culture === undefined ? id : `${id}@${culture}`));

  test('include every element of a request', () => {
    expect(idsOf(addBody())).toEqual(all);
    expect(idsOf(updateBody(ELEMENTS))).toEqual([...all.slice(0, 3), 'app-id', ...all.slice(3)]);
    expect(documentOf(addBody()).lints.map(({ id }) => id)).toEqual(['limit-hippa']);
  });

  test('include every element of a dump, except its dates', () => {
    const extra = {
      'client-service-token': '<client-service-token>7d1c2b3a-0000-4000-8000-1234567890ab</client-service-token>',
      'master-app-id': `<master-app-id>${BLOOD_PRESSURE}</master-app-id><master-app-name>M</master-app-name>`,
      ceilings:
        '<child-method-mask-ceiling>GetThings</child-method-mask-ceiling><child-vocabulary-authorizations-ceiling><vocabulary-authorization><family>wc</family></vocabulary-authorization></child-vocabulary-authorizations-ceiling><meaningful-use-sources-ceiling><source>a</source></meaningful-use-sources-ceiling>',
    };
    const expected = [
      ...all.filter((id) => id !== 'public-keys'),
      'app-id',
      'app-id.master',
      'client-token',
      'ceilings.methods',
      'ceilings.vocabularies',
      'ceilings.meaningful-use-sources',
    ];
    expect(idsOf(buildDump(extra))).toEqual(expected.sort());
    const document = documentOf(buildDump(extra));
    expect(document.notExpressible).toEqual(['public-keys']);
    expect(JSON.stringify(document)).not.toContain('1234567890ab');
    expect(meanings(getSetting(document, 'ceilings.vocabularies').value)).toEqual(['wc/*']);
  });

  test('are in the order of their names, with the default before every culture', () => {
    const names = ['xml:lang="de"', '', 'xml:lang="A B"'].map((lang) => `<name ${lang}>n</name>`).join('');
    expect(idsOf(updateBody({ name: names }))).toEqual(['app-id', 'name', 'name@A B', 'name@de']);
  });

  const texts: [string, string, string, string][] = [
    ['a name', '<name> Fabrikam\n   Health </name>', 'name', 'Fabrikam Health'],
    [
      'an address',
      '<action-url> HTTPS://Fabrikam.example:443/A </action-url>',
      'action-url',
      'https://fabrikam.example/A',
    ],
    ['a type', '<app-type>Master</app-type>', 'app-type', 'master'],
    [
      'tokens off',
      '<persistent-tokens><enabled>0</enabled><token-ttl-seconds>5</token-ttl-seconds></persistent-tokens>',
      'persistent-tokens',
      'disabled',
    ],
    [
      'tokens for a time, with spaces',
      '<persistent-tokens><enabled> true </enabled><token-ttl-seconds> 60 </token-ttl-seconds></persistent-tokens>',
      'persistent-tokens',
      'enabled, 60 s',
    ],
    ['tokens on', '<persistent-tokens><enabled>1</enabled></persistent-tokens>', 'persistent-tokens', 'enabled'],
    [
      'tokens for a time',
      '<persistent-tokens><token-ttl-seconds>060</token-ttl-seconds><enabled>true</enabled></persistent-tokens>',
      'persistent-tokens',
      'enabled, 60 s',
    ],
    ['users', '<restrict-app-users>1</restrict-app-users>', 'restrict-users', 'true'],
    ['an application id', '<id>{9CA84D74-1473-471d-940f-2699cb7198df}</id>', 'app-id', APP_ID],
  ];
  test.each(texts)('are read for %s', (_name, xml, id, meaning) => {
    expect(valueIn(`<info>${xml}<auth-reason>r</auth-reason></info>`, id)).toMatchObject({ kind: 'text', meaning });
  });

  const sets: [string, string, string, string[]][] = [
    ['methods', '<methods> GetThings,putthings ,, GETTHINGS</methods>', 'methods', ['getthings', 'putthings']],
    [
      'prefixes',
      '<valid-ip-prefixes>192.0.2.77/24, 10.0.0.1</valid-ip-prefixes>',
      'ip-prefixes',
      ['192.0.2.0/24', '10.0.0.1/32'],
    ],
    [
      'attributes',
      '<app-attributes><app-attribute>hippa</app-attribute><app-attribute>HIPAA</app-attribute></app-attributes>',
      'attributes',
      ['hipaa'],
    ],
    [
      'all instances',
      '<supported-instances support-all-instances="1"><instance-id>3</instance-id></supported-instances>',
      'instances',
      ['all'],
    ],
    [
      'instances',
      '<supported-instances support-all-instances="false"><instance-id>3</instance-id></supported-instances>',
      'instances',
      ['3'],
    ],
    [
      'all locations',
      '<supported-record-locations><all-locations>true</all-locations></supported-record-locations>',
      'locations',
      ['all'],
    ],
    [
      'locations',
      '<supported-record-locations><location><country>US</country></location></supported-record-locations>',
      'locations',
      ['us'],
    ],
  ];
  test.each(sets)('are sets for %s', (_name, xml, id, expected) => {
    expect(meanings(valueIn(`<info>${xml}<auth-reason>r</auth-reason></info>`, id))).toEqual(expected);
  });

  test('show a certificate by its recognizable properties', () => {
    const value = valueIn(addBody(), 'public-keys');
    const shown = value.kind === 'set' ? value.items[0]?.shown : '';
    expect(shown).toMatch(
      /^CN=WildcatApp-Sample, valid \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, RSA 2048, thumbprint [0-9a-f]{12}…$/,
    );
    const upper = `<public-keys><public-key>\n${SAMPLE_CERTIFICATE_HEX.toUpperCase()}\n</public-key></public-keys>`;
    expect(meanings(valueIn(addBody({ 'public-keys': upper }), 'public-keys'))).toEqual(meanings(value));
  });

  test('compare logos by their bytes', () => {
    const logo = (content: string, type = 'image/png'): SettingValue =>
      valueIn(
        addBody({
          'large-logo': `<large-logo><logo>${content}</logo><content-type>${type}</content-type></large-logo>`,
        }),
        'logo.large',
      );
    const png = encodeBase64(buildPng(120, 60));
    expect(logo(png)).toMatchObject({ kind: 'content', shown: 'PNG, 120 x 60 px, 33 bytes' });
    expect(logo(png.replace(/.{8}/g, '$&\n  '))).toEqual(logo(png));
    expect(logo(png, 'image/x-png')).toEqual(logo(png));
    const meaningOfLogo = (value: SettingValue): string => (value.kind === 'content' ? value.meaning : '');
    expect(meaningOfLogo(logo(encodeBase64(buildPng(120, 61))))).not.toBe(meaningOfLogo(logo(png)));
    expect(meaningOfLogo(logo(png, 'image/gif'))).not.toBe(meaningOfLogo(logo(png)));
  });

  test('of a complete body have no empty element, and those of a patch do', () => {
    expect(idsOf(addBody({ 'action-url': '<action-url/>', methods: '<methods> , </methods>' }))).toEqual(
      all.filter((id) => id !== 'action-url' && id !== 'methods'),
    );
    expect(idsOf(updateBody({ 'action-url': '<action-url/>' }))).toEqual(['action-url', 'app-id']);
  });
});

describe('the rules', () => {
  const rulesOf = (rules: string) => {
    const value = valueIn(
      `<info><person-online-base-auth><auth><rules>${rules}</rules></auth></person-online-base-auth></info>`,
      'access.online',
    );
    return value.kind === 'access' ? value.rules : [];
  };
  const accessOf = (rules: string) => {
    const document = documentOf(
      `<info><person-online-base-auth><auth><rules>${rules}</rules></auth></person-online-base-auth></info>`,
    );
    return { value: getSetting(document, 'access.online').value, lints: document.lints };
  };

  test('are read as the schema defines them', () => {
    const value = valueIn(addBody(), 'access.online');
    expect(value.kind === 'access' && value.rules).toMatchObject([
      {
        name: 'chart',
        requirement: 'required',
        permissions: ['Read'],
        targets: [{ types: [WEIGHT], dates: [] }],
        exceptions: [],
        reasons: { '': 'Draws your weight over time.', 'de-DE': 'Zeichnet Ihr Gewicht.' },
        displayFlags: 0,
      },
      {
        name: 'bp',
        requirement: 'optional',
        permissions: ['Read', 'Create'],
        targets: [{ types: [BLOOD_PRESSURE], dates: [{ from: '2010-01-01T00:00:00Z', to: null }] }],
        exceptions: [{ types: [], dates: [{ from: null, to: '2011-01-01T00:00:00Z' }] }],
        displayFlags: 3,
      },
    ]);
  });

  test.each([
    ['true', 'optional', 0],
    ['1', 'optional', 0],
    [' true ', 'optional', 0],
    ['false', 'required', 0],
    ['0', 'required', 0],
    ['TRUE', 'required', 1],
    ['yes', 'required', 1],
  ])('with is-optional="%s" are optional is %s', (written, requirement, lints) => {
    const { value, lints: found } = accessOf(
      `<rule is-optional="${written}"><reason>r</reason><permission>Read</permission></rule>`,
    );
    expect(value.kind === 'access' && value.rules[0]?.requirement).toBe(requirement);
    expect(found.filter(({ id }) => id === 'limit-boolean')).toHaveLength(lints);
  });

  test('with All have the four permissions', () => {
    expect(rulesOf('<rule><permission>All</permission></rule>')[0]?.permissions).toEqual([
      'Read',
      'Create',
      'Update',
      'Delete',
    ]);
  });

  test('without target-set cover all data', () => {
    expect(rulesOf('<rule><permission>Read</permission></rule>')[0]?.targets).toEqual([]);
  });

  test('have the line of every type', () => {
    const rules = rulesOf(
      `<rule>\n<permission>Read</permission><target-set>\n  <type-id>${WEIGHT.toUpperCase()}</type-id></target-set></rule>`,
    );
    expect(rules[0]?.typePlaces).toEqual({ [WEIGHT]: { file: 'app.xml', line: 3, column: 3 } });
  });

  test('can have cultures with names like constructor', () => {
    const rules = rulesOf('<rule><reason xml:lang="__proto__">x</reason><permission>Read</permission></rule>');
    expect(Object.entries(rules[0]?.reasons ?? {})).toEqual([['__proto__', 'x']]);
  });

  test.each([
    ['an unknown permission', '<rule><permission>Write</permission></rule>', '"Write" in line 1'],
    ['a permission in another case', '<rule><permission>read</permission></rule>', '"read"'],
    [
      'an invalid GUID',
      '<rule><permission>Read</permission><target-set><type-id>weight</type-id></target-set></rule>',
      '"weight"',
    ],
    [
      'an invalid date',
      '<rule><permission>Read</permission><target-set><date-range><date-min>2010-02-30</date-min></date-range></target-set></rule>',
      '"2010-02-30"',
    ],
    ['invalid flags', '<rule><permission>Read</permission><display-flags>first</display-flags></rule>', '"first"'],
    ['an unknown element', '<rule><permission>Read</permission><scope/></rule>', '<scope>'],
    ['an unknown attribute', '<rule optional="true"><permission>Read</permission></rule>', 'optional='],
    ['is-incr', '<rule is-incr="true"><permission>Read</permission></rule>', 'is-incr='],
    ['text', '<rule><permission>Read</permission>Read</rule>', 'text in <rule>'],
  ])('are unresolved with %s, with the place', (_name, rule, where) => {
    const good = '<rule><permission>Read</permission></rule>';
    const { value } = accessOf(good + rule);
    expect(value).toMatchObject({ kind: 'unresolved', reason: expect.stringContaining(where) });
    expect(accessOf(`${good}\n\n${rule}`).value).toMatchObject({
      meaning: value.kind === 'unresolved' ? value.meaning : '',
    });
    expect(accessOf(rule).value).not.toMatchObject({ meaning: value.kind === 'unresolved' ? value.meaning : '' });
  });
});

describe('unknown content', () => {
  test.each([
    ['an element', { extra: '<new-setting>1</new-setting>' }, '<new-setting> in line'],
    ['an attribute', { 'action-url': '<action-url mode="2">https://a.example</action-url>' }, 'mode="…" in line'],
    [
      'a nested element',
      {
        'bulk-extraction-settings':
          '<bulk-extraction-settings><is-onboarded>true</is-onboarded><is-permission-required>true</is-permission-required><rate>1</rate></bulk-extraction-settings>',
      },
      '<rate>',
    ],
    ['a repeated element', { extra: '<methods>GetThings</methods>' }, 'a second <methods>'],
    [
      'a repeated culture',
      { name: '<name xml:lang="de-DE">a</name><name xml:lang="de-de">b</name>' },
      'a second <name>',
    ],
    ['two elements for one setting', { extra: '<person-online-base-auth-xml/>' }, '<person-online-base-auth-xml>'],
    ['stray text', { extra: 'hello' }, 'text in <wc:info>'],
  ])('is reported for %s', (_name, overrides, where) => {
    expect(valueIn(addBody(overrides), 'document')).toMatchObject({
      kind: 'unresolved',
      reason: expect.stringContaining(where),
    });
  });

  test('is named once, up to five times, with the place of the first', () => {
    const reasonOf = (elements: string) => valueIn(updateBody({ elements }), 'document');
    const twice = '<methods>a</methods><methods>b</methods>';
    expect(reasonOf(twice)).toMatchObject({
      shown: 'a second <methods>',
      reason: expect.stringContaining('published schema: a second <methods> in line 3. Remove'),
    });
    expect(reasonOf('<a/>\n<b/>\n<c/><d/><e/>')).toMatchObject({
      shown: '<a>',
      reason: expect.stringContaining(
        ': <a> in line 3, <b> in line 4, <c> in line 5, <d> in line 5, <e> in line 5. Remove',
      ),
    });
    const seven = updateBody({ elements: '<a/><b/><c/><d/><e/><f/><password>hunter2</password>' });
    expect(valueIn(seven, 'document')).toMatchObject({
      reason: expect.stringContaining('<e> in line 3, 2 more. Remove'),
    });
    expect(getSetting(documentOf(seven), 'document').at).toEqual({ file: 'app.xml', line: 3, column: 1 });
    expect(getSetting(documentOf(seven), 'secret').at).toEqual({ file: 'app.xml', line: 3, column: 25 });
  });

  test('is compared in any order', () => {
    const meaning = (elements: string) => {
      const value = valueIn(updateBody({ elements }), 'document');
      return value.kind === 'unresolved' ? value.meaning : '';
    };
    expect(meaning('<b/><a/>')).toBe(meaning('<a/><b/>'));
  });

  test('is compared by its content, not by its place', () => {
    const value = valueIn(addBody({ extra: '<x a="1" b="2">v</x>' }), 'document');
    const meaning = value.kind === 'unresolved' ? value.meaning : '';
    expect(valueIn(addBody({ extra: '\n\n<x b="2"  a="1"> v </x>' }), 'document')).toMatchObject({ meaning });
    expect(valueIn(addBody({ extra: '<x a="1" b="2">w</x>' }), 'document')).not.toMatchObject({ meaning });
  });

  test.each([
    ['public-keys', '<public-keys><public-key>xyz</public-key></public-keys>', 'public-keys'],
    ['public-keys', '<public-keys><public-key/></public-keys>', 'public-keys'],
    ['public-keys', '<public-keys><public-key>abc</public-key></public-keys>', 'public-keys'],
    ['large-logo', '<large-logo><logo>*</logo></large-logo>', 'logo.large'],
    ['valid-ip-prefixes', '<valid-ip-prefixes>10.0.0.0/33</valid-ip-prefixes>', 'ip-prefixes'],
    ['valid-ip-prefixes', '<valid-ip-prefixes>10.0.0.256</valid-ip-prefixes>', 'ip-prefixes'],
    ['restrict-app-users', '<restrict-app-users>maybe</restrict-app-users>', 'restrict-users'],
    [
      'persistent-tokens',
      '<persistent-tokens><enabled>true</enabled><token-ttl-seconds>-1</token-ttl-seconds></persistent-tokens>',
      'persistent-tokens',
    ],
    [
      'persistent-tokens',
      '<persistent-tokens><enabled>true</enabled><token-ttl-seconds>5 min</token-ttl-seconds></persistent-tokens>',
      'persistent-tokens',
    ],
    ['persistent-tokens', '<persistent-tokens/>', 'persistent-tokens'],
    ['bulk-extraction-settings', '<bulk-extraction-settings/>', 'bulk-extraction'],
    [
      'bulk-extraction-settings',
      '<bulk-extraction-settings><is-onboarded>true</is-onboarded></bulk-extraction-settings>',
      'bulk-extraction',
    ],
    [
      'bulk-extraction-settings',
      '<bulk-extraction-settings><is-permission-required>true</is-permission-required></bulk-extraction-settings>',
      'bulk-extraction',
    ],
    ['supported-instances', '<supported-instances support-all-instances="all"/>', 'instances'],
    [
      'supported-record-locations',
      '<supported-record-locations><all-locations>false</all-locations></supported-record-locations>',
      'locations',
    ],
    ['supported-record-locations', '<supported-record-locations><location/></supported-record-locations>', 'locations'],
    [
      'supported-record-locations',
      '<supported-record-locations><location><country> </country></location></supported-record-locations>',
      'locations',
    ],
    ...['', '<family> </family><name>n</name>', '<family>wc</family><name/>', '<family>wc</family><name> </name>'].map(
      (inner): [string, string, string] => [
        'vocabulary-authorizations',
        `<vocabulary-authorizations><vocabulary-authorization>${inner}</vocabulary-authorization></vocabulary-authorizations>`,
        'vocabularies',
      ],
    ),
  ])('in <%s> is unresolved', (element, xml, id) => {
    expect(valueIn(addBody({ [element]: xml }), id)).toMatchObject({ kind: 'unresolved' });
  });

  test('is shown by its element and its line', () => {
    expect(valueIn(updateBody({ users: '<restrict-app-users>maybe</restrict-app-users>' }), 'restrict-users')).toEqual({
      kind: 'unresolved',
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
      shown: '(<restrict-app-users> that cannot be read)',
      reason: '<restrict-app-users> in line 3 does not contain true, false, 1 or 0. Write one of them.',
    });
  });
});

describe('another notation is not a change', () => {
  const shuffled = fc.shuffledSubarray(Object.keys(ELEMENTS), { minLength: Object.keys(ELEMENTS).length });

  test('in order, prefix and white space', () => {
    const expected = serializeMeaning(documentOf(addBody()));
    fc.assert(
      fc.property(
        shuffled,
        fc.constantFrom('', 'a:', 'wc:'),
        fc.constantFrom('', '\n', '\r\n\t '),
        (order, prefix, gap) => {
          const elements = order.map((name) => ELEMENTS[name] ?? '').join(gap);
          const named = elements.replace(/<(\/?)([a-z])/g, `<$1${prefix}$2`).replace(/>\s*</g, `>${gap}<`);
          const body = `<${prefix}info xmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}="urn:com.microsoft.wc.methods.AddApplication">${named}</${prefix}info>`;
          expect(serializeMeaning(documentOf(body))).toBe(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in encoding and line ends', () => {
    const text = addBody().replace('utf-8', 'utf-16').replaceAll('\n', '\r\n');
    const units = new Uint16Array([...`\ufeff${text}`].map((character) => character.charCodeAt(0)));
    expect(serializeMeaning(documentOf(new Uint8Array(units.buffer)))).toBe(serializeMeaning(documentOf(addBody())));
    expect(documentOf(`\ufeff${addBody()}`).settings).toEqual(documentOf(addBody()).settings);
  });

  test('between a dump and a request with the same settings', () => {
    const shared = (text: string): string =>
      serializeMeaning({
        ...documentOf(text),
        settings: documentOf(text).settings.filter(({ id }) => id !== 'public-keys' && id !== 'app-id'),
      });
    expect(shared(buildDump())).toBe(shared(addBody()));
  });
});

describe('hostile input', () => {
  test.each([
    ['entities', '<!DOCTYPE info [<!ENTITY x "y">]><info><name>&x;</name></info>', 'xml-doctype-declarations'],
    ['1,000 levels', `<info>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</info>`, 'xml-too-deep'],
    ['a truncated file', addBody().slice(0, -10), 'xml-not-well-formed'],
    ['bytes', Uint8Array.of(0xff, 0xff, 0x00), 'text-invalid-bytes'],
  ])('with %s is unreadable, with the reason', (_name, content, id) => {
    expect(read(content)).toMatchObject({ kind: 'unreadable', problem: { id } });
  });

  test('that is truncated at any byte never passes as complete', () => {
    const bytes = toBytes(addBody({ 'public-keys': null, 'large-logo': null, 'small-logo': null }));
    for (let length = 0; length < bytes.length; length += 1) {
      expect(read(bytes.subarray(0, length)).kind).toBe('unreadable');
    }
  });

  test('with random bytes and damage never causes an exception', () => {
    const whole = toBytes(addBody());
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damage), (input) => {
        const bytes = input instanceof Uint8Array ? input : whole.slice();
        if (!(input instanceof Uint8Array)) for (const [at, byte] of input) bytes[at] = byte;
        return ['documents', 'unreadable', 'not-configuration'].includes(read(bytes).kind);
      }),
      { numRuns: 400 },
    );
  });

  test('with 20,000 rules is read', () => {
    const rule = `<rule name="r"><reason>r</reason><permission>Read</permission><target-set><type-id>${WEIGHT}</type-id></target-set></rule>\n`;
    const value = valueIn(
      `<info><person-offline-base-auth><auth><rules>${rule.repeat(20_000)}</rules></auth></person-offline-base-auth></info>`,
      'access.offline',
    );
    expect(value.kind === 'access' && value.rules).toHaveLength(20_000);
    expect(value.kind === 'access' && value.rules.at(-1)?.at.line).toBe(20_000);
  });
});
