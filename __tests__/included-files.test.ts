/** Files that .NET configurations include, from the list of changed files to the report: what is found, and what it costs. */

import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';
import { compareLines } from '../src/model/changed-files.ts';
import type { ChangedFile, FileContent, Found, Wanted } from '../src/model/source.ts';

import { type Gathered, gather } from '../src/review/gather.ts';
import { createMemoryTree } from './support/memory-tree.ts';

type Files = Readonly<Record<string, string>>;

const ID = '05a059c9-c309-46af-9b86-b06d42510550';
const XDT = 'xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"';
const config = (include: string): string =>
  `<configuration><appSettings file="${include}"><add key="HV_ApplicationId" value="${ID}"/></appSettings></configuration>`;
const mra = (value: boolean): string => `<appSettings><add key="HV_IsMRA" value="${value}"/></appSettings>`;
const presets = await readBuiltInPolicies();

interface Run extends Gathered {
  /** How often something was asked for, and of which sides the list of paths was. */
  readonly rounds: number;
  readonly lists: readonly string[];
}

async function run(base: Files, head: Files, renamed: Readonly<Record<string, string>> = {}): Promise<Run> {
  const policy = presets.get('healthvault');
  if (policy === undefined) throw new Error('no built-in policy');
  const former = new Set(Object.values(renamed));
  const changedFiles = [...new Set([...Object.keys(base), ...Object.keys(head)])].flatMap((path): ChangedFile[] => {
    const previousPath = renamed[path];
    if (previousPath !== undefined) return [{ path, previousPath, status: 'renamed' }];
    if (former.has(path) || base[path] === head[path]) return [];
    const status = base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified';
    return [{ path, status, lines: compareLines(base[path] ?? null, head[path] ?? null) }];
  });
  const sides = { base: createMemoryTree('base', base), head: createMemoryTree('head', head) };
  const lists: string[] = [];
  let rounds = 0;
  const answer = (side: 'base' | 'head', wanted: Wanted): Found => {
    if (wanted.paths) lists.push(side);
    return {
      files: new Map(wanted.files.map((path): [string, FileContent | null] => [path, sides[side].readFile(path)])),
      folders: new Map(wanted.folders.map((path) => [path, sides[side].listFolder(path)])),
      paths: wanted.paths ? sides[side].listPaths() : null,
    };
  };
  const compared = await gather({
    changedFiles,
    policy,
    gateFiles: { policy: '.github/go-live.yml', workflow: null, action: null },
    revisions: {
      async read(wanted) {
        rounds += 1;
        return { base: answer('base', wanted.base), head: answer('head', wanted.head) };
      },
    },
  });
  return { ...compared, rounds, lists };
}

const said = ({ files, changes }: Gathered) => ({
  files: files.map(({ path, format }) => `${path} ${format}`),
  changes: changes.map(({ file, setting, kind }) => `${file} ${setting} ${kind}`),
});

describe('an included file with any name', () => {
  const web = { 'Web.config': config('cfg/hv.live') };

  test('is read, at the cost of one list of paths', async () => {
    const found = await run({ ...web, 'cfg/hv.live': mra(false) }, { ...web, 'cfg/hv.live': mra(true) });
    expect(said(found)).toEqual({
      files: ['cfg/hv.live referenced-file'],
      changes: ['cfg/hv.live client.multi-record modified'],
    });
    expect(found.lists).toEqual(['head']);
  });

  test('is read when it is added, removed or renamed', async () => {
    const come = await run(web, { ...web, 'cfg/hv.live': mra(true) });
    expect(said(come)).toEqual({
      files: ['cfg/hv.live referenced-file'],
      changes: ['Web.config document removed', 'cfg/hv.live client.multi-record modified'],
    });
    const gone = await run({ ...web, 'cfg/hv.live': mra(true) }, web);
    expect(said(gone)).toEqual({
      files: ['cfg/hv.live referenced-file'],
      changes: ['Web.config document added', 'cfg/hv.live client.multi-record modified'],
    });
    const moved = await run(
      { ...web, 'cfg/hv.live': mra(true) },
      { ...web, 'cfg/hv.old': mra(true) },
      { 'cfg/hv.old': 'cfg/hv.live' },
    );
    expect(said(moved)).toEqual({ ...said(gone), files: ['cfg/hv.old referenced-file'] });
  });

  test('is read although another reader checks its name', async () => {
    const files = { 'Web.config': config('settings.py') };
    const found = await run({ ...files, 'settings.py': mra(false) }, { ...files, 'settings.py': mra(true) });
    expect(said(found).changes).toContain('settings.py client.multi-record modified');
  });

  test('is ignored if the configuration has no HealthVault settings', async () => {
    const files = { 'Web.config': '<configuration><appSettings file="a.inc"/></configuration>' };
    const found = await run(
      { ...files, 'a.inc': '<appSettings/>' },
      { ...files, 'a.inc': '<appSettings></appSettings>' },
    );
    expect(said(found)).toEqual({ files: [], changes: [] });
  });

  test('is reported if it contained the HealthVault settings', async () => {
    const files = { 'Web.config': '<configuration><appSettings file="a.inc"/></configuration>' };
    const found = await run({ ...files, 'a.inc': mra(true) }, { ...files, 'a.inc': '<appSettings/>' });
    expect(said(found)).toEqual({ files: ['a.inc referenced-file'], changes: ['Web.config document removed'] });
  });

  test('is followed through four folders', async () => {
    const chain = {
      'a/Web.config': config('../b/1.inc'),
      'b/1.inc': '<appSettings file="../c/2.inc"/>',
      'c/2.inc': '<appSettings file="../d/3.inc"/>',
      'd/3.inc': '<appSettings file="../e/4.inc"/>',
    };
    const found = await run({ ...chain, 'e/4.inc': mra(false) }, { ...chain, 'e/4.inc': mra(true) });
    expect(said(found).changes).toEqual(['e/4.inc client.multi-record modified']);
    expect(found.rounds).toBeLessThanOrEqual(12);
  });

  test.each([12, 40, 200])('in a chain of %i files ends in a verdict', async (length) => {
    const links = Array.from({ length }, (_, index) => [
      `${index}/i.inc`,
      `<appSettings file="../${index + 1}/i.inc"><add key="Theme" value="${index}"/></appSettings>`,
    ]);
    const chain = { 'a/Web.config': config('../0/i.inc'), ...Object.fromEntries(links) };
    const last = `${length}/i.inc`;
    const found = await run({ ...chain, [last]: mra(false) }, { ...chain, [last]: mra(true) });
    expect(found.rounds).toBeLessThanOrEqual(17);
    expect(found.changes.map(({ traits }) => traits)).toContainEqual(['unresolved']);
  });

  test('in a circle ends in a verdict', async () => {
    const circle = { '1.inc': '<appSettings file="2.inc"/>', '3.inc': '<appSettings file="1.inc"/>' };
    const files = { 'Web.config': config('1.inc'), ...circle };
    const two = (value: boolean) => ({ ...files, '2.inc': mra(value).replace('>', ' file="3.inc">') });
    expect((await run(two(false), two(true))).changes.length).toBeGreaterThan(0);
  });
});

test('any number of parent poms ends in a verdict', async () => {
  const poms = Array.from({ length: 30 }, (_, index) => [
    `${'m/'.repeat(index)}pom.xml`,
    index === 0 ? '<project/>' : '<project><parent/></project>',
  ]);
  const file = `${'m/'.repeat(29)}hv-application.properties`;
  const files = { ...Object.fromEntries(poms), [file]: 'app.id=${id}' };
  const top = (id: string) => ({ ...files, 'pom.xml': `<project><properties><id>${id}</id></properties></project>` });
  const found = await run({ ...top('a'), [file]: 'app.id=x' }, top(ID));
  expect(found.changes.map(({ traits }) => traits)).toContainEqual(expect.arrayContaining(['unresolved']));
});

test('a change to watched files alone needs no list of paths', async () => {
  const files = (value: boolean) => ({ 'Web.config': config('s.config'), 'b/Web.config': config(`${value}.config`) });
  expect((await run(files(false), files(true))).lists).toEqual([]);
  const sections = (value: boolean) => ({ 'Web.config': config('s.config'), 's.config': mra(value) });
  expect((await run(sections(false), sections(true))).lists.toSorted()).toEqual(['base', 'head']);
});

test('a change to code and pages needs no list of paths, unless its lines are settings', async () => {
  const web = { 'Web.config': config('cfg/live.css'), 'docs/page.html': '<p>a</p>' };
  const code = (color: string) => ({
    ...web,
    'cfg/live.css': `a { color: ${color}; }\n`,
    'src/a.ts': `call(${color});\n`,
  });
  expect((await run(code('red'), code('blue'))).lists).toEqual([]);
  const filter = (id: string) => ({
    'pom.xml': '<project><build><filters><filter>live.txt</filter></filters></build></project>',
    'hv-application.properties': 'app.id=${id}\napp.name=${name}',
    'live.txt': `id=${ID}\nname = Fabrikam ${id}`,
  });
  expect((await run(filter('A'), filter('B'))).changes).toHaveLength(1);
  const section = (value: boolean) => ({ ...web, 'cfg/live.css': mra(value) });
  expect(said(await run(section(false), section(true))).changes).toEqual(['cfg/live.css client.multi-record modified']);
});

test('a separate document that becomes a part is removed, and the reverse is new', async () => {
  const web = { 'Web.config': config('') };
  const transform = `<configuration ${XDT}><x xdt:Transform="Remove"/></configuration>`;
  const whole = config('').replace(ID, '9ca84d74-1473-471d-940f-2699cb7198df');
  const found = await run({ ...web, 'Web.Live.config': transform }, { ...web, 'Web.Live.config': whole });
  expect(said(found)).toEqual({
    files: ['Web.Live.config dotnet-config'],
    changes: ['Web.Live.config app-id added'],
  });
  const back = await run({ ...web, 'Web.Live.config': whole }, { ...web, 'Web.Live.config': transform });
  expect(said(back)).toEqual({
    files: ['Web.Live.config dotnet-config'],
    changes: ['Web.Live.config document removed'],
  });
});

describe('a private key in an included file', () => {
  const KEY = '-----BEGIN RSA PRIVATE KEY-----\nFAKEFAKEnotARealKeyFAKEFAKE\n-----END RSA PRIVATE KEY-----';
  test.each<[path: string, text: (value: string) => string]>([
    [
      'Web.Live.config',
      (value) =>
        `<configuration ${XDT}><appSettings><add key="Jwt" value="${value}" xdt:Transform="Insert"/></appSettings></configuration>`,
    ],
    ['s.inc', (value) => `<appSettings><add key="Jwt" value="${value}"/></appSettings>`],
    ['Web.Broken.config', (value) => `<configuration ${XDT}><!-- ${value} -->`],
  ])('is found in %s', async (path, text) => {
    const web = { 'Web.config': config('s.inc'), 's.inc': '<appSettings/>' };
    const { changes } = await run({ ...web, [path]: text('') }, { ...web, [path]: text(KEY) });
    expect(changes.filter(({ setting }) => setting === 'secret')).toMatchObject([{ file: path, kind: 'added' }]);
    expect(JSON.stringify(changes)).not.toContain('FAKEFAKE');
  });
});
