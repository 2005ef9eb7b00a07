/** The sweep: which lines it looks at, what it finds in them, and what it says of every changed file. */
import fc from 'fast-check';
import { createMarkSearch } from '../../src/review/marks.ts';
import { KEY_BASE64, KEY_PEM, wrapText } from '../support/fake-keys.ts';
import { FILE_KINDS, type Files, readBuiltInPolicy, reviewFiles } from '../support/invented-repository.ts';

const { sweep } = readBuiltInPolicy();
if (sweep === undefined) throw new Error('the built-in policy has no sweep');
const findMarks = createMarkSearch(sweep, []);
const namesIn = (text: string, previous?: string) =>
  findMarks(previous === undefined ? { text } : { text, previous }).map(
    ({ mark, text: shown }) => `${mark.id} ${shown}`,
  );

describe('a mark of HealthVault', () => {
  test.each([
    ['HV_AppId=x', 'setting HV_AppId'],
    ['hv.app.id = x', 'setting hv.app.id'],
    ['HealthVault:ApplicationId', 'setting HealthVault:ApplicationId'],
    ['FABRIKAM_HEALTHVAULT_SHELL_URL', 'setting HEALTHVAULT_SHELL_URL'],
    ['healthvault-action-url: /a', 'setting healthvault-action-url'],
    ['WCPage_ActionHome', 'setting WCPage_ActionHome'],
    ['"host": "platform\\u002ehealthvault.com"', 'host platform.healthvault.com'],
    ['url=https\\://account.healthvault-ppe.co.uk/', 'host account.healthvault-ppe.co.uk'],
    ['?appid%3D9ca84d74-1473-471d-940f-2699cb7198df', 'application-id appid 9ca84d74-1473-471d-940f-2699cb7198df'],
    ['H&#86;_IsMRA', 'setting HV_IsMRA'],
    ['set("\\u{48}V_AppId")', 'setting HV_AppId'],
    ['"\\U00000048V_AppId" = 1', 'setting HV_AppId'],
    ['set("\\110V_AppId", 1)', 'setting HV_AppId'],
    ['account&period;healthvault&period;com', 'host account.healthvault.com'],
    ['https://account\u3002healthvault\u3002com', 'host account.healthvault.com'],
    ['https://account.\uff48ealthvault.com', 'host account.healthvault.com'],
    ['https://account.health\u00advault.com', 'host account.healthvault.com'],
    [`id: ${btoa('https://account.healthvault.com/')}`, 'host account.healthvault.com'],
    ['field("HV_APP", "9ca84d74-1473-471d-940f-2699cb7198df")', 'setting HV_APP 9ca84d74-1473-471d-940f-2699cb7198df'],
    ['gate: npx healthvault-go-live-gate check', 'gate healthvault-go-live-gate'],
    ['HealthVaultInstanceName=US', 'setting HealthVaultInstanceName'],
    ['"HealthVaultInstance": "US"', 'setting HealthVaultInstance'],
    ['Microsoft.HealthVault.CertificatePath=a.cer', 'setting HealthVault.CertificatePath'],
    ['HealthVaultConfiguration.Current', 'setting HealthVaultConfiguration.Current'],
    ['healthvault.certificate: a.cer', 'setting healthvault.certificate'],
    ['Microsoft.HealthVault.Certificate healthvault.certificate: a.cer', 'setting healthvault.certificate'],
  ])('is found in %s', (line, found) => {
    expect(namesIn(line)).toContain(found);
  });

  test.each([
    'MHVActionPlanTaskInstance *instance;',
    'using Microsoft.HealthVault.Web;',
    'using Microsoft.HealthVault.Certificate;',
    'namespace Microsoft.HealthVault.Configurations',
    '<Compile Include="Configurations\\HealthVaultConfigurationDefaults.cs" />',
    '/// Information about all available HealthVault instances.<br/>',
    'see https://www.healthvault.com',
    'id: 9ca84d74-1473-471d-940f-2699cb7198df',
    'shv_app_ideas = 1',
    'the application identity of the user',
  ])('is not found in %s', (line) => {
    expect(namesIn(line)).toEqual([]);
  });

  test.each([
    ['  - name: HV_ACTION_URL', '    value: /a'],
    ['<key>HVAppId</key>', '<string>x</string>'],
    ['"HV_AppId":', '  "x"'],
  ])('is found in a line whose name is on the line before %s', (previous, line) => {
    expect(namesIn(line, previous)).toHaveLength(1);
    expect(namesIn('', previous)).toEqual([]);
  });

  test('is not found in the line after a name with its value', () => {
    expect(namesIn('PATH=/bin', 'HV_ACTION_URL=/a')).toEqual([]);
  });

  test('is found in a line of 5 MB in proportional time', () => {
    const parts = ['health-vault-', 'hv_', 'app-id', 'platform.', '0123456789abcdef-', '%41', '&#'];
    for (const part of parts) {
      const start = performance.now();
      namesIn(part.repeat(Math.ceil(1_000_000 / part.length)));
      expect(performance.now() - start).toBeLessThan(20_000);
    }
  });
});

test('every changed line with a mark is claimed, found or exempt', async () => {
  const paths = [
    ...FILE_KINDS.map(({ path }) => path),
    'docs/a.md',
    'b.txt',
    'Web.config',
    'application.yml',
    'Ids.cs',
  ];
  const line = fc.oneof(
    fc.constantFrom('', 'a', 'run();', '<x/>', '{', '# text'),
    fc.constantFrom(
      'HV_AppId=1',
      'url: https://account.healthvault.com',
      'appId = 9ca84d74-1473-471d-940f-2699cb7198df',
    ),
    fc.constantFrom('<add key="HV_ApplicationId" value="x" />', 'healthvault.shell-url: /a', 'HEALTHVAULT_IS_MRA'),
  );
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
  const files = fc.dictionary(fc.constantFrom(...paths), text, { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(files, files, fc.boolean(), async (base: Files, head: Files, hasPatches) => {
      const { changes, examined } = await reviewFiles(base, head, hasPatches);
      const outcomes = new Map(examined.map((file) => [file.path, file.outcome]));
      for (const path of new Set([...Object.keys(base), ...Object.keys(head)])) {
        if (base[path] === head[path]) expect(outcomes.has(path)).toBe(false);
        else expect(outcomes.get(path)).toBeDefined();
        const lines = (side: Files) => (side[path] ?? '').split('\n');
        const changed = [
          ...lines(head).filter((one) => !lines(base).includes(one)),
          ...lines(base).filter((one) => !lines(head).includes(one)),
        ];
        if (!changed.some((one) => namesIn(one).length > 0)) continue;
        const isFound = changes.some(({ file }) => file === path);
        const isClaimed = ['read', 'equal'].includes(outcomes.get(path) ?? '');
        const isExempt = /\.(?:md|txt)$/.test(path) && outcomes.get(path) === 'exempt';
        expect([path, changed, isFound || isClaimed || isExempt]).toEqual([path, changed, true]);
      }
    }),
    { numRuns: 200 },
  );
});

describe('a key in a section of HealthVault', () => {
  const filler = 'a b c d e f'.split(' ');
  test.each<[path: string, write: (value: string) => readonly string[]]>([
    ['a.ini', (value) => ['[HealthVault]', ...filler.map((name) => `${name}=1`), `redirect=${value}`]],
    ['a.toml', (value) => ['[fabrikam.healthvault]', ...filler.map((name) => `${name} = 1`), `actionUrl = "${value}"`]],
    ['v.yaml', (value) => ['healthvault:', '  # c', ...filler.map((name) => `  ${name}: 1`), `  action-url: ${value}`]],
    [
      'appsettings.json',
      (value) => [
        '{',
        '  "HealthVault": {',
        ...filler.map((name) => `    "${name}": { "HV": 1 },`),
        '    "Pages": {',
        '      "x": 1,',
        `      "ActionHome": "${value}"`,
        '    }',
        '  }',
        '}',
      ],
    ],
    ['pod.yaml', (value) => ['env:', '  - name: HV_ACTION_URL', '    # c', `    value: ${value}`]],
    [
      'azure.json',
      (value) => ['[', '  {', '    "name": "HV_IsMRA",', '    "x": 1,', `    "value": "${value}"`, '  }', ']'],
    ],
    ['one-line.json', (value) => [`{"HealthVault":{"ActionUrl":"${value}"}}`]],
    ['conf.js', (value) => [`set({ healthVault: { redirect: "${value}" } })`]],
  ])('is found in %s', async (path, write) => {
    const text = (value: string) => `${write(value).join('\n')}\n`;
    const { changes } = await reviewFiles({ [path]: text('/a') }, { [path]: text('/b') }, true);
    expect(changes.map(({ setting }) => setting)).toEqual(['mention']);
  });

  test('is not found in another section, and nothing is read for other keys', async () => {
    const asked: string[] = [];
    const text = (value: string) => `healthvault:\n  a: 1\nother:\n  redirect: ${value}\n  name: ${value}\n`;
    const found = await reviewFiles({ 'v.yaml': text('/a') }, { 'v.yaml': text('/b') }, true, (path) =>
      asked.push(path),
    );
    expect([found.changes, asked]).toEqual([[], ['v.yaml', 'v.yaml']]);
    const name = (value: string) => `healthvault:\n  a: 1\n  b: 1\n  name: ${value}\n`;
    await reviewFiles({ 'v.yaml': name('a') }, { 'v.yaml': name('b') }, true, (path) => asked.push(path));
    expect(asked).toHaveLength(2);
  });
});

test('an id of the last of many unchanged documents is found in any other file', async () => {
  const id = '9ca84d74-1473-471d-940f-2699cb7198df';
  const named = Array.from({ length: 400 }, (_, index) => [
    `apps/${1000 + index}/Web.config`,
    `<configuration><appSettings><add key="HV_ApplicationId" value="${index === 399 ? id : ''}" /></appSettings></configuration>`,
  ]);
  const files = Object.fromEntries(named);
  const { changes } = await reviewFiles(files, { ...files, 'src/ids.go': `x = "${id}"\n` }, true);
  expect(changes.map(({ file, setting }) => [file, setting])).toEqual([['src/ids.go', 'mention']]);
});

test('a key is found in the whole content if only lines in its middle change', async () => {
  const pem = (body: string) => `-----BEGIN PRIVATE KEY-----\n${wrapText(body, 64)}\n-----END PRIVATE KEY-----\n`;
  const long = KEY_BASE64.padEnd(2000, 'FAKE');
  const other = `${long.slice(0, 1000)}${'EKAF'.repeat(40)}${long.slice(1160)}`;
  const { changes } = await reviewFiles({ 'a.key': pem(long) }, { 'a.key': pem(other) }, true);
  expect(changes.map(({ setting }) => setting)).toEqual(['secret']);
});

test('the report contains no part of a key', async () => {
  const { changes } = await reviewFiles({}, { 'a.env': `HV_PRIVATE_KEY=${KEY_BASE64}\n${KEY_PEM}` }, true);
  expect(changes.map(({ setting }) => setting).sort()).toEqual(['mention', 'secret', 'secret']);
  expect(JSON.stringify(changes)).not.toMatch(/FAKE|notARealKey/);
});

test('a binary file is read once, and one that its name excludes is not read', async () => {
  const asked: string[] = [];
  const changes = await reviewFiles({}, { 'a.bin': 'x\0y', 'b.class': 'HV_AppId\0y' }, true, (path) =>
    asked.push(path),
  );
  expect(asked).toEqual(['a.bin']);
  expect(changes.examined).toEqual([
    { path: 'a.bin', outcome: 'swept' },
    { path: 'b.class', outcome: 'exempt', glob: expect.stringContaining('class') },
  ]);
});
