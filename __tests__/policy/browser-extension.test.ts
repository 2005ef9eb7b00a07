/** The second built-in policy: its scenarios, and facts about every manifest. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAnswer, readScenarios, runScenario } from '../../src/commands/policy/scenario.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Report } from '../../src/model/report.ts';
import { renderMarkdown } from '../../src/render/comment/markdown.ts';
import { renderText } from '../../src/render/text/text.ts';

const SCENARIOS = fileURLToPath(new URL('../../examples/browser-extension/scenarios', import.meta.url));
const presets: ReadonlyMap<string, Policy> = await readBuiltInPolicies();
const policy = presets.get('browser-extension') as Policy;
const scenarios = await readScenarios(SCENARIOS);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'go-live-extension-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

/** Reviews one manifest against another under the policy; null: there is none on that side. */
async function reviewed(base: unknown, head: unknown, path = 'manifest.json'): Promise<Report> {
  for (const [side, manifest] of [
    ['base', base],
    ['head', head],
  ] as const) {
    await mkdir(join(folder, side), { recursive: true });
    if (manifest !== null) {
      const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
      await writeFile(join(folder, side, path), text);
    }
  }
  const about = { title: 'one', covers: [], labels: [], now: '2026-11-02T18:00:00Z', expected: null };
  return runScenario({ name: 'one', folder, ...about }, policy, presets);
}

const readRules = (report: Report): readonly string[] => report.changes.map(({ rule }) => rule).sort();

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the scenario %s is answered',
  async (_, scenario) => {
    expect(buildAnswer(await runScenario(scenario, null, presets))).toEqual(scenario.expected);
  },
);

test('every scenario uses the policy by its name', async () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(8);
  for (const { folder: place } of scenarios)
    expect(await readFile(join(place, 'base/.github/go-live.yml'), 'utf8')).toBe('extends: browser-extension\n');
});

const BASE = { manifest_version: 3, name: 'a', version: '1' };

test.each([
  ['a host pattern', { host_permissions: ['https://a.example/*'] }, ['host-added']],
  ['all hosts', { host_permissions: ['<all_urls>'] }, ['broad-host-added']],
  ['all hosts of one scheme', { host_permissions: ['https://*/*'] }, ['broad-host-added']],
  ['a pattern that only resembles all hosts', { host_permissions: ['https://x/*/*'] }, ['host-added']],
  ['a host among the permissions (version 2)', { permissions: ['http://a.example/'] }, ['host-added']],
  ['all hosts among the permissions', { permissions: ['*://*/*'] }, ['broad-host-added']],
  ['an unknown permission', { permissions: ['newApi'] }, ['permission-added']],
  ['a permission in another case', { permissions: ['Storage'] }, ['permission-without-warning-added']],
  ['a permission that is an object', { permissions: [{ usb: 1 }] }, ['unresolved']],
  ['permissions other than a list', { permissions: 'tabs' }, ['unresolved']],
  ['content scripts other than a list', { content_scripts: 'x' }, ['content-script-details-changed', 'unresolved']],
  ['accessible files', { web_accessible_resources: [{ resources: ['a'] }] }, ['web-accessible-changed']],
  ['a connectable extension', { externally_connectable: { ids: ['*'] } }, ['externally-connectable-changed']],
  ['a part of a known key', { externally_connectable: { accepts_tls_channel_id: true } }, ['anything-else']],
  ['a key with a star', { '*': 1 }, ['anything-else']],
  ['another manifest version', { manifest_version: 4 }, ['anything-else']],
  ['an empty list', { permissions: [] }, []],
  ['a key with an at sign', { 'name@evil': 'x' }, ['anything-else']],
  [
    'content that Chrome warns of although it is not a permission',
    { chrome_url_overrides: { newtab: 'a.html' } },
    ['override-added'],
  ],
  ['scripts of the background', { background: { service_worker: 'b.js' } }, ['package-details-changed']],
  [
    'another content security policy',
    { content_security_policy: { extension_pages: 'a' } },
    ['policy-of-content-changed'],
  ],
  ['scopes of a Google account', { oauth2: { scopes: ['a'] } }, ['oauth-changed']],
])('%s is classified as %j', async (_, addition, rules) => {
  expect(readRules(await reviewed(BASE, { ...BASE, ...addition }))).toEqual(rules);
});

test.each(['manifest-chrome-mv3.json', 'manifest_chromium.json', 'chrome-manifest-extra.json', 'Manifest.JSON'])(
  'a manifest called %s is read',
  async (path) => {
    const report = await reviewed({ ...BASE, permissions: [] }, { ...BASE, permissions: ['debugger'] }, path);
    expect(report.categories).toEqual(['user-consent']);
  },
);

test.each([
  [
    'a host under a wider one',
    ['https://*.a.example/*'],
    { host_permissions: ['https://b.a.example/x/*'] },
    ['host-known'],
  ],
  [
    'a host under all hosts',
    ['<all_urls>'],
    { content_scripts: [{ matches: ['http://a.example/*'] }] },
    ['host-known'],
  ],
  ['a host beside another one', ['https://a.example/*'], { host_permissions: ['https://b.example/*'] }, ['host-added']],
  [
    'a host below one without a star',
    ['https://a.example/*'],
    { host_permissions: ['https://b.a.example/*'] },
    ['host-added'],
  ],
  ['a permission that all hosts include', ['<all_urls>'], { permissions: ['webNavigation'] }, ['warning-known']],
  ['a permission that tabs includes', ['tabs'], { permissions: ['topSites'] }, ['warning-known']],
  ['a permission that bookmarks does not include', ['bookmarks'], { permissions: ['topSites'] }, ['permission-added']],
  ['sessions with tabs', ['tabs'], { permissions: ['sessions'] }, ['sessions-with-tabs-added']],
  ['sessions without tabs', ['storage'], { permissions: ['sessions'] }, ['permission-without-warning-added']],
  ['the second one of a pair', ['clipboardRead'], { permissions: ['clipboardWrite'] }, ['permission-added']],
  [
    'an optional host that was required',
    ['<all_urls>'],
    { optional_host_permissions: ['*://*/*'] },
    ['optional-permission-known'],
  ],
])('beside granted access, %s is classified by the new part', async (_, granted, addition, rules) => {
  const base = { ...BASE, permissions: granted };
  const permissions = [...granted, ...('permissions' in addition ? (addition.permissions ?? []) : [])];
  const head = { ...base, ...addition, permissions };
  const found = readRules(await reviewed(base, head));
  expect(found.filter((rule) => rule !== 'content-script-details-changed')).toEqual(rules);
});

test('hosts that move to another key, with another scheme and path, are not new', async () => {
  const base = { ...BASE, manifest_version: 2, permissions: ['tabs', 'http://a.example/*', '*://b.example/x'] };
  const head = { ...BASE, permissions: ['tabs'], host_permissions: ['https://a.example/y/*', '*://b.example/*'] };
  const report = await reviewed(base, head);
  expect(report.questions.workflow).toBe('no');
  expect(report.categories).toEqual(['closer-review', 'package']); // version 3 forbids remote code
});

test.each([
  ['a permission with a message', { permissions: ['tabs'] }, ['firefox-consent']],
  ['a permission without a message', { permissions: ['cookies'] }, ['access']],
  ['hosts', { permissions: ['https://a.example/*'] }, ['firefox-consent']],
  [
    'health data',
    { browser_specific_settings: { gecko: { data_collection_permissions: { required: ['healthInfo'] } } } },
    ['firefox-consent'],
  ],
  [
    'no data at all',
    { browser_specific_settings: { gecko: { data_collection_permissions: { required: ['none'] } } } },
    ['access'],
  ],
  ['another id', { browser_specific_settings: { gecko: { id: 'a@b.example' } } }, ['distribution']],
  [
    'the same id under the newer key',
    { browser_specific_settings: { gecko: { id: 'old@b.example' } }, applications: undefined },
    ['none'],
  ],
])('the part for Firefox has %s', async (_, addition, categories) => {
  const base = { ...BASE, permissions: [], applications: { gecko: { id: 'old@b.example' } } };
  const report = await reviewed(base, { ...base, ...addition }, 'manifest-firefox.json');
  expect(report.categories).toEqual(categories);
});

test('the part for Edge names the published time, and the part for Safari asks no user', async () => {
  const [base, head] = [
    { ...BASE, permissions: [] },
    { ...BASE, permissions: ['history'] },
  ];
  const edge = await reviewed(base, head, 'manifest-edge.json');
  expect(edge.categories).toEqual(['edge-consent']);
  expect(edge.leadTime).toMatchObject({ max: 7, unit: 'business-days' });
  await rm(folder, { recursive: true });
  expect((await reviewed(base, head, 'safari-manifest-extra.json')).categories).toEqual(['access']);
});

test('comments and YAML in a manifest are not mistakes', async () => {
  const [base, head] = ['', ' "tabs"'].map((more) => `{ "manifest_version": 3, // three\n "permissions": [${more}] }`);
  expect((await reviewed(base, head)).categories).toEqual(['user-consent', 'closer-review']);
  await rm(folder, { recursive: true });
  const yaml = (more: string) => `manifest_version: 3\npermissions: [${more}]\n`;
  expect((await reviewed(yaml(''), yaml('history'), 'manifest.yml')).categories).toEqual(['user-consent']);
});

test('a manifest that is code needs a person', async () => {
  expect((await reviewed('a', 'b', 'wxt.config.ts')).categories).toEqual(['unknown']);
});

test('a first manifest is a new extension as a whole', async () => {
  const report = await reviewed(null, { ...BASE, permissions: ['tabs'] });
  expect(report.categories).toEqual(['new-extension']);
});

test.each([
  ['is deleted', null],
  ['is no longer a manifest', { name: 'a' }],
])('a manifest that %s needs a person', async (_, head) => {
  const report = await reviewed(BASE, head);
  expect(report.categories).toEqual(['unknown']);
  expect(readRules(report)).toEqual(['document-removed']);
});

test('the manifest of a web app is ignored', async () => {
  expect(await reviewed({ name: 'a' }, { name: 'b', permissions: ['tabs'] })).toMatchObject({
    verdict: 'passed',
    categories: [],
  });
});

test('a script that moves to another page is found although the set of pages is the same', async () => {
  const scripts = (a: string, b: string) => ({
    ...BASE,
    content_scripts: [
      { matches: [a], js: ['a.js'] },
      { matches: [b], js: ['b.js'] },
    ],
  });
  const [one, two] = ['https://one.example/*', 'https://two.example/*'];
  expect(readRules(await reviewed(scripts(one, two), scripts(two, one)))).toEqual(['content-script-details-changed']);
});

test('a signing key never passes', async () => {
  const key = ['-----BEGIN PRIVATE KEY-----', 'MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8=', '-----END PRIVATE KEY-----'];
  const report = await reviewed(null, `${key.join('\n')}\n`, 'extension.pem');
  expect(report).toMatchObject({ verdict: 'blocked', categories: ['secret'] });
});

test('the policy has its questions and names nothing of another policy', async () => {
  const report = await reviewed(BASE, { ...BASE, permissions: ['tabs'] });
  const context = { repository: 'https://github.com/a/b', base: null, head: null, documentation: 'https://d.example' };
  const pages = [
    renderText(report, { width: 100, color: false, verbose: true }),
    renderMarkdown(report, { ...context, marker: '', version: '1', pullRequest: null, report: null }),
  ];
  for (const page of pages) {
    expect(page).toContain('Will users be asked again?');
    expect(page).not.toMatch(/Microsoft|sign-up|walkthrough|Is the configuration changing/);
  }
  expect(report.leadTime).toBeNull();
  expect(JSON.stringify(report.problems)).toContain('store review');
});

/** The stores' own pages, and the source of Chromium. */
const PAGES =
  /^https:\/\/(developer\.chrome\.com\/docs|source\.chromium\.org|extensionworkshop\.com|learn\.microsoft\.com|developer\.apple\.com)\//;

test('every rule cites a page, except the guards', () => {
  const places = new Map(policy.citations.map(({ id, url }) => [id, url]));
  for (const rule of policy.rules) {
    if (rule.guard === true) continue;
    expect([rule.id, rule.sources.length > 0]).toEqual([rule.id, true]);
    for (const source of rule.sources) expect(places.get(source)).toMatch(PAGES);
  }
  for (const { id, leadTime } of policy.categories)
    expect([id, leadTime?.words ?? null]).toEqual([id, id === 'edge-consent' ? 'up to seven business days' : null]);
});
