/** Settings of Django that Python computes: what in the file a value depends on changes with it, and nothing else does. */
import { diffFile } from '../../../src/diff/file.ts';
import { djangoSettings } from '../../../src/formats/django/settings.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const G1 = '9ca84d74-1473-471d-940f-2699cb7198df';
const G2 = '05a059c9-c309-46af-9b86-b06d42510550';
const read = (text: string) => getOnlyDocument(readWith(djangoSettings, 'settings.py', text));
const changes = (base: string, head: string) =>
  diffFile([read(base)], [read(head)]).map(({ setting, kind, effect, before, after }) => {
    return `${setting} ${kind} ${effect}: ${before} => ${after}`;
  });

const HOST = "HEALTHVAULT_SERVER = 'platform.healthvault.com'\n";

test.each<[name: string, base: string, head: string, changes: string[]]>([
  [
    'a name',
    `_ID = '${G1}'\nHEALTHVAULT_APP_ID = _ID`,
    `_ID = '${G2}'\nHEALTHVAULT_APP_ID = _ID`,
    ['app-id modified unknown: _ID => _ID'],
  ],
  [
    'a map',
    `IDS = {'live': '${G1}'}\nHEALTHVAULT_APP_ID = IDS['live']`,
    `IDS = {'live': '${G2}'}\nHEALTHVAULT_APP_ID = IDS['live']`,
    ["app-id modified unknown: IDS['live'] => IDS['live']"],
  ],
  [
    'a text that is filled in',
    "HOST = 'a'\nHEALTHVAULT_SERVER = 'platform.%s' % HOST",
    "HOST = 'b'\nHEALTHVAULT_SERVER = 'platform.%s' % HOST",
    ['client.endpoints.platform modified unknown: … % HOST => … % HOST'],
  ],
  [
    'a page behind a name',
    "URL = '/a'\nHEALTHVAULT_AUTHORIZE_REDIRECT = URL",
    "URL = '/b'\nHEALTHVAULT_AUTHORIZE_REDIRECT = URL",
    ['client.action-targets.healthvault_authorize_redirect modified unknown: URL => URL'],
  ],
  [
    'a condition',
    `if DEBUG:\n  HEALTHVAULT_APP_ID = '${G1}'\nelse:\n  HEALTHVAULT_APP_ID = '${G2}'`,
    `if not DEBUG:\n  HEALTHVAULT_APP_ID = '${G1}'\nelse:\n  HEALTHVAULT_APP_ID = '${G2}'`,
    [`app-id modified unknown: ${G1}; ${G2} => ${G1}; ${G2}`],
  ],
  [
    'a key that is imported',
    `from us import HEALTHVAULT_APP_ID\n${HOST}`,
    `from eu import HEALTHVAULT_APP_ID\n${HOST}`,
    ['app-id modified unknown: from us import HEALTHVAULT_APP_ID => from eu import HEALTHVAULT_APP_ID'],
  ],
  [
    'another key that is imported',
    `from us import LIVE as HEALTHVAULT_APP_ID\n`,
    `from us import NEXT as HEALTHVAULT_APP_ID\n`,
    ['app-id modified unknown: from us import LIVE as HEALTHVAULT_APP_ID => from us import NEXT as HEALTHVAULT_APP_ID'],
  ],
  [
    'a star',
    `from us import *\n${HOST}`,
    `from eu import *\n${HOST}`,
    ['document modified unknown: from us import * => from eu import *'],
  ],
  [
    'a key by its text',
    HOST,
    `${HOST}globals()['HEALTHVAULT_APP_ID'] = '${G2}'`,
    [`document added unknown: null => globals()['HEALTHVAULT_APP_ID'] = '${G2}'`],
  ],
  [
    'code in a file',
    HOST,
    `${HOST}exec(open('local.py').read())`,
    ["document added unknown: null => exec(open('local.py').read())"],
  ],
  ['code of Python 2', HOST, `${HOST}exec code`, ['document added unknown: null => exec code']],
  [
    'code of Python 2 within many blocks',
    HOST,
    `${HOST}${Array.from({ length: 10 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')}${' '.repeat(10)}exec code`,
    ['document added unknown: null => exec code'],
  ],
  [
    'a loop',
    HOST,
    `${HOST}for HEALTHVAULT_APP_ID in ['${G2}']: pass`,
    [`app-id added unknown: null => for HEALTHVAULT_APP_ID in ['${G2}']:`],
  ],
  ['one of several names', HOST, `${HOST}X = HEALTHVAULT_APP_ID = '${G2}'`, [`app-id added neutral: null => ${G2}`]],
  [
    'an argument',
    HOST,
    `${HOST}configure(HEALTHVAULT_APP_ID='${G2}')`,
    [`document added unknown: null => configure(HEALTHVAULT_APP_ID='${G2}')`],
  ],
  [
    'a dictionary of all settings',
    `HEALTHVAULT = {'APP_ID': '${G1}'}`,
    `HEALTHVAULT = {'APP_ID': '${G2}'}`,
    [`document modified unknown: HEALTHVAULT = {…: '${G1}'} => HEALTHVAULT = {…: '${G2}'}`],
  ],
  [
    'a list with an unrecognized name',
    `${HOST}HEALTHVAULT_THINGS = ['a']`,
    `${HOST}HEALTHVAULT_THINGS = ['b']`,
    ['document modified unknown: HEALTHVAULT_THINGS = […] => HEALTHVAULT_THINGS = […]'],
  ],
  [
    'a sum with an unrecognized name',
    `${HOST}HEALTHVAULT_SECONDS = (60 * HOURS)\nHOURS = 2`,
    `${HOST}HEALTHVAULT_SECONDS = (60 * HOURS)\nHOURS = 3`,
    ['client.runtime.HEALTHVAULT_SECONDS modified neutral: (… * HOURS) => (… * HOURS)'],
  ],
  [
    'a sum with a recognizable name',
    `${HOST}HEALTHVAULT_SIGNUP = ON`,
    `${HOST}HEALTHVAULT_SIGNUP = OFF`,
    ['document modified unknown: HEALTHVAULT_SIGNUP = ON => HEALTHVAULT_SIGNUP = OFF'],
  ],
  [
    'an unrecognized name with an application id',
    `${HOST}HEALTHVAULT_OTHER = LIVE\nLIVE = '${G1}'`,
    `${HOST}HEALTHVAULT_OTHER = LIVE\nLIVE = '${G2}'`,
    ['document modified unknown: HEALTHVAULT_OTHER = LIVE => HEALTHVAULT_OTHER = LIVE'],
  ],
  [
    'a call with an unrecognized name',
    `${HOST}HEALTHVAULT_SECONDS = hours(2)`,
    `${HOST}HEALTHVAULT_SECONDS = hours(3)`,
    ['document modified unknown: HEALTHVAULT_SECONDS = hours(…) => HEALTHVAULT_SECONDS = hours(…)'],
  ],
  [
    'a list without texts with an unrecognized name',
    `${HOST}HEALTHVAULT_THINGS = [1]`,
    `${HOST}HEALTHVAULT_THINGS = {2}`,
    ['document modified unknown: HEALTHVAULT_THINGS = […] => HEALTHVAULT_THINGS = {…}'],
  ],
  [
    'an unrecognized name that is called in a condition',
    `${HOST}HEALTHVAULT_SECONDS = 1\nif x: HEALTHVAULT_SECONDS = f(1)`,
    `${HOST}HEALTHVAULT_SECONDS = 1\nif x: HEALTHVAULT_SECONDS = f(2)`,
    ['document modified unknown: HEALTHVAULT_SECONDS = 1; f(…) => HEALTHVAULT_SECONDS = 1; f(…)'],
  ],
  [
    'an unrecognized name with another possible value',
    `${HOST}HEALTHVAULT_SECONDS = 1\nif x: HEALTHVAULT_SECONDS = 2`,
    `${HOST}HEALTHVAULT_SECONDS = 1\nif y: HEALTHVAULT_SECONDS = 3`,
    ['client.runtime.HEALTHVAULT_SECONDS modified neutral: 1; 2 => 1; 3'],
  ],
  [
    'an unrecognized name that is set in a condition',
    `${HOST}if x: HEALTHVAULT_COLUMNS = 'two'`,
    `${HOST}if x: HEALTHVAULT_COLUMNS = 'three'`,
    ['client.runtime.HEALTHVAULT_COLUMNS modified neutral: … => …'],
  ],
  [
    'two libraries that disagree in another way than before',
    `HEALTHVAULT_APP_ID = '${G1}'\nHV_APPID = A\nA = 1`,
    `HEALTHVAULT_APP_ID = '${G1}'\nHV_APPID = A\nA = 2`,
    [`app-id modified unknown: HEALTHVAULT_APP_ID ${G1}; HV_APPID A => HEALTHVAULT_APP_ID ${G1}; HV_APPID A`],
  ],
])('a value that comes from %s is followed', (_name, base, head, expected) =>
  expect(changes(base, head)).toEqual(expected),
);

test.each<[name: string, base: string, head: string]>([
  [
    'other settings and imports',
    "import os\nA = 1\nHEALTHVAULT_APP_ID = os.environ['ID']",
    'import json, os\nA = 2\nB = json\nHEALTHVAULT_APP_ID = os.environ["ID"]  # from the host',
  ],
  ['the order of keys', `${HOST}HEALTHVAULT_APP_ID = f()`, `HEALTHVAULT_APP_ID = f()\n${HOST}`],
  [
    'content beside it in a class',
    `class A:\n  HEALTHVAULT_APP_ID = f()\n  B = 1`,
    `class A:\n  HEALTHVAULT_APP_ID = f()\n  B = 2`,
  ],
  ['a star import that remains', `from us import *\n${HOST}A = 1`, `from us import *\n${HOST}A = 2`],
  ['calls elsewhere', `${HOST}globals()\nA = 1`, `${HOST}globals()\nA = 2`],
  ['texts that only mention a key', HOST, `'''\nHEALTHVAULT_APP_ID\n'''\n${HOST}"HEALTHVAULT_APP_ID"`],
  ['uses of a key', `${HOST}A = 1`, `${HOST}A = HEALTHVAULT_SERVER\nif HEALTHVAULT_SERVER == A: pass`],
  [
    'methods with the same name',
    HOST,
    `${HOST}a.exec()\nb.globals()\ndef vars_of(x): pass\nx.setattr(y)\nmyexec(a)\nfrom a import include, globals\nprint(locals)\nprint('0 exec a')`,
  ],
])('%s is not a change', (_name, base, head) => expect(changes(base, head)).toEqual([]));

test.each([
  'exec(a)',
  'execfile(a)',
  'globals()',
  'locals()',
  'x = vars()',
  "setattr(a, 'b', c)",
  "include('b.py')",
  'from a import *',
])('%s can set any value', (text) => {
  const [, other] = read(`${HOST}${text}`).settings;
  expect(other).toMatchObject({ id: 'document', value: { kind: 'unresolved' }, at: { line: 2, column: 1 } });
});

test.each<[string, string, string]>([
  [
    "HEALTHVAULT_APP_ID = f('platform.healthvault.com', 'x')",
    "f('platform.healthvault.com', …)",
    'Python computes HEALTHVAULT_APP_ID when the application starts, and the gate reads only literal texts and numbers. Write the value out.',
  ],
  [
    "HEALTHVAULT_APP_ID += 'x'\nHEALTHVAULT_APP_ID = 'y'",
    'HEALTHVAULT_APP_ID += …; y',
    'HEALTHVAULT_APP_ID is set under a condition, or not by a plain assignment. Assign it once.',
  ],
  [`HEALTHVAULT_APP_ID = f(${'a'.repeat(117)})`, `f(${'a'.repeat(117)})`, expect.any(String)],
  [`HEALTHVAULT_APP_ID = f(${'a'.repeat(118)})`, `f(${'a'.repeat(118)}…`, expect.any(String)],
  ["HEALTHVAULT_APP_ID =   f(  'x',\n  a ) # b", 'f( …, a )', expect.any(String)],
])('%s is shown with its reason', (text, shown, reason) =>
  expect(read(text).settings).toMatchObject([{ id: 'app-id', value: { kind: 'unresolved', shown, reason } }]),
);

test('the effect of other code is reported', () =>
  expect(read(`${HOST}exec(a)`).settings[1]?.value).toMatchObject({
    reason: expect.stringContaining('by other code'),
  }));

test('many places are shown shortened', () => {
  const text = Array.from({ length: 8 }, (_, index) => `exec(a${index})\n`).join('');
  const many = Array.from({ length: 7 }, (_, index) => `if a${index}: HEALTHVAULT_APP_ID = b${index}\n`).join('');
  const shown = read(HOST + text + many).settings.map(({ value }) => (value.kind === 'unresolved' ? value.shown : ''));
  expect(shown).toEqual(['', 'b0; b1; b2; b3; b4; …', 'exec(a0); exec(a1); exec(a2); exec(a3); exec(a4); …']);
  const five = Array.from({ length: 5 }, (_, index) => `exec(a${index})\n`).join('');
  expect(read(HOST + five).settings[1]?.value).toMatchObject({
    shown: 'exec(a0); exec(a1); exec(a2); exec(a3); exec(a4)',
  });
  const long = read(`HEALTHVAULT_APP_ID = f(${'a, '.repeat(200)}b)`).settings[0]?.value;
  expect(long).toMatchObject({ shown: `f(${'a, '.repeat(39)}a…` });
});

test('many computed settings are read in time', () => {
  const text = Array.from(
    { length: 2000 },
    (_, index) => `HEALTHVAULT_A${index} = B${index + 1}; B${index} = B${index + 1}\n`,
  ).join('');
  expect(read(text).settings.length).toBeGreaterThan(1000);
});
