/** Every notation that a policy can declare becomes the same kind of tree, with places. */
import fc from 'fast-check';
import { type Notation, readRoots } from '../../../src/syntax/read-roots.ts';
import { canonicalJson, type YamlNode } from '../../../src/syntax/yaml/yaml.ts';
import { toBytes } from '../../support/read-context.ts';

const ANDROID = 'http://schemas.android.com/apk/res/android';

function read(notation: Notation, text: string, namespaces = {}): readonly YamlNode[] | string {
  const result = readRoots({ path: 'a', bytes: toBytes(text) }, notation, namespaces);
  return 'roots' in result ? result.roots : result.problem.id;
}

const valuesOf = (notation: Notation, text: string, namespaces = {}): unknown => {
  const roots = read(notation, text, namespaces);
  return typeof roots === 'string' ? roots : roots.map((root) => JSON.parse(canonicalJson(root)));
};

test.each<[Notation, string, unknown]>([
  ['json', '{"a": [1]}', [{ a: [1] }]],
  ['json', '{"a": 1} // no', 'json-syntax'],
  ['json5', '{a: [1,]} // yes', [{ a: [1] }]],
  ['yaml', 'a: 1', [{ a: 1 }]],
  ['yaml', '', [null]],
  ['yaml', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['yaml', 'base: &b {x: 1}\none: {<<: *b, y: 2}', [{ base: { x: 1 }, one: { x: 1, y: 2 } }]],
  [
    'yaml',
    'a: !Ref b\nc: !Sub {d: 1}\ne: !!str 1\nf: !GetAtt [g, h]',
    [{ a: { '!Ref': 'b' }, c: { '!Sub': { d: 1 } }, e: '1', f: { '!GetAtt': ['g', 'h'] } }],
  ],
  ['properties', 'a.b=1\n# c\nd : x\\\n  y\na.b=2', [{ 'a.b': '2', d: 'xy' }]],
  [
    'toml',
    'top = 1\n[versions]\nsdk = "36"\nx.y = [1, 2]\nat = 1979-05-27\n[[list]]\na = {b = true}\n[[list]]\n',
    [{ top: 1, versions: { sdk: '36', x: { y: [1, 2] }, at: '1979-05-27' }, list: [{ a: { b: true } }, {}] }],
  ],
  [
    'toml',
    '[a]\nb = 1\n[a.c]\nd = 2\n[[a.e]]\nf = 3\n[a.e.g]\nh = 4',
    [{ a: { b: 1, c: { d: 2 }, e: [{ f: 3, g: { h: 4 } }] } }],
  ],
  ['toml', 'a = 1\na = 2', 'toml-syntax'],
  ['toml', 'a = ', 'toml-syntax'],
  [
    'plist',
    '<plist><dict><key>a</key><array><string>x</string><true/><integer>4</integer></array></dict></plist>',
    [{ a: ['x', true, 4] }],
  ],
  ['plist', '<plist><dict><key>a</key></dict></plist>', 'plist-shape'],
  ['plist', '<plist><dict><string>a</string></dict></plist>', 'plist-shape'],
  ['plist', '<plist><what/></plist>', 'plist-shape'],
  ['plist', '<plist><dict><key>a</key><true/><key>a</key><false/></dict></plist>', 'yaml-duplicate-key'],
  ['plist', 'bplist00', 'xml-not-well-formed'],
  ['xml', '<a x="1"><b>t</b><b y="2"/><c/></a>', [{ a: { '@x': '1', b: [{ '#text': 't' }, { '@y': '2' }], c: [{}] } }]],
  ['xml', '<a', 'xml-not-well-formed'],
])('%s text is read (%s)', (notation, text, value) => {
  expect(valuesOf(notation, text)).toEqual(value);
});

test('XML names have the prefixes of the policy, with any prefix in the file', () => {
  const namespaces = { android: ANDROID };
  const named = [{ manifest: { 'uses-permission': [{ '@android:name': 'X' }] } }];
  const text = (prefix: string, namespace = ANDROID): string =>
    `<manifest xmlns:${prefix}="${namespace}"><uses-permission ${prefix}:name="X"/></manifest>`;
  expect(valuesOf('xml', text('android'), namespaces)).toEqual(named);
  expect(valuesOf('xml', text('a'), namespaces)).toEqual(named);
  expect(valuesOf('xml', text('a'))).toEqual([{ manifest: { 'uses-permission': [{ '@a:name': 'X' }] } }]);
  expect(valuesOf('xml', text('android', 'urn:other'), { droid: ANDROID })).toEqual([
    { manifest: { 'uses-permission': [{ '@android:name': 'X' }] } },
  ]);
});

const GRADLE = `plugins { id("com.android.application") version "8.1" }
android {
    namespace = "com.example"
    compileSdkVersion 34 // comment
    defaultConfig {
        applicationId 'com.example.app'
        minSdk = 21
        targetSdk = libs.versions.sdk.get().toInt()
        versionName "1.\${build}"
        resConfigs("en", "de")
    }
    buildTypes { release { isMinifyEnabled = true
      signingConfig = signingConfigs.getByName("release") } }
    defaultConfig.versionCode = 1_000
}
val api: Int = 35
ext.langs = ["a", 'b']
val more = listOf("x", "y")
if (project.hasProperty("x")) { println("y") }
dependencies { implementation("a:b:1")
  implementation 'c:d:2' }
`;

test('a key that appears twice in a property list with one value is read', () => {
  const [root] = read(
    'plist',
    '<plist><dict><key>a</key><true/><key>a</key><true/></dict></plist>',
  ) as readonly YamlNode[];
  expect(canonicalJson(root as YamlNode)).toBe('{"a":true}');
});

test('build scripts are read as far as values are literals', () => {
  const [root] = read('gradle', GRADLE) as readonly YamlNode[];
  const value = JSON.parse(canonicalJson(root as YamlNode));
  expect(value.android).toMatchObject({
    namespace: 'com.example',
    compileSdkVersion: 34,
    defaultConfig: {
      applicationId: 'com.example.app',
      minSdk: 21,
      targetSdk: 'libs.versions.sdk.get().toInt()',
      versionCode: 1000,
    },
    buildTypes: { release: { isMinifyEnabled: true } },
  });
  expect(value).toMatchObject({ api: 35, ext: { langs: ['a', 'b'] }, more: ['x', 'y'] });
  expect(value.dependencies).toEqual({ implementation: ['a:b:1', 'c:d:2'] });
  expect(JSON.stringify(root)).toContain(
    '"text":"libs.versions.sdk.get().toInt()","at":{"line":8,"column":21},"isExpression":true',
  );
  expect(JSON.stringify(root).match(/"isExpression":true/g)).toHaveLength(5);
});

test('quotes, braces and lines inside of an expression do not end a text', () => {
  const script =
    'register("download${\n  name.map { x -> "$x }" }\n}") { dependsOn(named("a${b("c")}")) }\nversion = 3\n';
  const [root] = read('gradle', script) as readonly YamlNode[];
  expect(JSON.parse(canonicalJson(root as YamlNode))).toMatchObject({ version: 3 });
});

test.each([
  ['a { create("b") { c = 1 } }'],
  ['a.register("b") { c = 1 }'],
  ['a { val b by creating { c = 1 } }'],
  ['a { val x = getByName("b") { c = 1 } }'],
  ['a.maybeCreate("b").apply { c = 1 }'],
  ['a { named<Flavor>("b") { c = 1 } }'],
  ['a.apply { b { if (x) { c = 1 } } }'],
  ['a { b { if (x) c = 1 } }'],
  ['a { b { if (x) { } else if (y) { } else { c = 1 } } }'],
  ['a { b { c = 1 } }\nval x = """"$y"""""'],
  ['a { b { c = 1 } }\nval x = if (y < 1 && z > (2)) 1 else 2'],
])('the Kotlin script %s has a value in a block of a block', (script) => {
  const [root] = read('gradle', script) as readonly YamlNode[];
  expect(JSON.parse(canonicalJson(root as YamlNode)).a).toEqual({ b: { c: 1 } });
});

test.each(['a {', 'a }', 'a = "x', 'a = "x${', 'a = "x${"', 'a = "x\ny"', 'a = [1', 'f(1', 'a = (1]'])(
  'the script %s is rejected',
  (text) => {
    expect(read('gradle', text)).toBe('gradle-syntax');
  },
);

test('no text of any notation causes an exception in a parser', () => {
  const notations: readonly Notation[] = ['json', 'json5', 'yaml', 'xml', 'plist', 'toml', 'properties', 'gradle'];
  const pieces = [
    'a',
    '=',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    '\n',
    ':',
    ' ',
    '1',
    '.',
    ',',
    '<a>',
    '</a>',
    '$',
    '\\',
    '/',
    '*',
    '!',
    '&',
    '#',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.constantFrom(...notations), text, (notation, written) => {
      expect(read(notation, written)).toBeDefined();
    }),
    { numRuns: 4000 },
  );
});

test.each(['if (x) ', 'else ', 'a { '])('a script with a long row of "%s" is rejected', (text) => {
  expect(read('gradle', text.repeat(9000))).toBe('gradle-syntax');
});
