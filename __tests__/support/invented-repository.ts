/** Files of many kinds with a setting in each one's own notation, and reviews of what changes between two sets of files. */
import { writePatch } from '../../src/embedded-github/patch.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { parsePatch } from '../../src/model/changed-files.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { ChangedFile, Found, Wanted } from '../../src/model/source.ts';
import { type Gathered, gather } from '../../src/review/gather.ts';
import { createMemoryTree } from './memory-tree.ts';

/** Paths and their text. */
export type Files = Readonly<Record<string, string>>;

/** A kind of file: how it writes a name with a value, and a line of its own. */
export interface FileKind {
  readonly path: string;
  readonly write: (name: string, value: string) => readonly string[];
  readonly filler: string;
}

const createKind = (path: string, filler: string, write: (name: string, value: string) => string): FileKind => ({
  path,
  filler,
  write: (name, value) => write(name, value).split('\n'),
});

/** No reader claims them, or a reader finds nothing in them. */
export const FILE_KINDS: readonly FileKind[] = [
  createKind('src/app.js', 'run();', (name, value) => `const ${name} = "${value}";`),
  createKind('src/app.tsx', 'render();', (name, value) => `export const ${name} = '${value}';`),
  createKind('src/ids.go', 'func run() {}', (name, value) => `\t${name} = "${value}"`),
  createKind('src/lib.rs', 'fn run() {}', (name, value) => `const ${name}: &str = "${value}";`),
  createKind('src/Main.scala', 'object Other', (name, value) => `val ${name} = "${value}"`),
  createKind('src/app.dart', 'void run() {}', (name, value) => `  static const ${name} = '${value}';`),
  createKind('src/app.lua', 'run()', (name, value) => `${name} = "${value}"`),
  createKind('src/app.pl', 'run();', (name, value) => `my $${name} = '${value}';`),
  createKind('src/app.fs', 'let run () = ()', (name, value) => `let ${name} = "${value}"`),
  createKind('src/app.ex', 'def run, do: :ok', (name, value) => `  @${name} "${value}"`),
  createKind('www/index.html', '<p>Hello</p>', (name, value) => `<meta name="${name}" content="${value}">`),
  createKind('www/page.cshtml', '<p>Hello</p>', (name, value) => `@{ var ${name} = "${value}"; }`),
  createKind('www/style.css', 'p { margin: 0 }', (name, value) => `:root { --${name}: "${value}"; }`),
  createKind('.env', 'LOG=debug', (name, value) => `${name}=${value}`),
  createKind('conf/settings.ini', 'log=debug', (name, value) => `${name} = ${value}`),
  createKind('conf/settings.toml', 'log = "debug"', (name, value) => `"${name}" = "${value}"`),
  createKind('appsettings.json', '  "log": "debug",', (name, value) => `  "${name}": "${value}",`),
  createKind('conf/site.conf', 'log debug;', (name, value) => `set $${name} "${value}";`),
  createKind('deploy/values.yaml', 'log: debug', (name, value) => `${name}: ${value}`),
  createKind('deploy/pod.yaml', 'kind: Pod', (name, value) => `  - name: ${name}\n    value: ${value}`),
  createKind('deploy/Dockerfile', 'RUN true', (name, value) => `ENV ${name}=${value}`),
  createKind('docker-compose.yml', 'version: "3"', (name, value) => `      - ${name}=${value}`),
  createKind('azure-pipelines.yml', 'pool: default', (name, value) => `  ${name}: '${value}'`),
  createKind('infra/main.tf', '# nothing', (name, value) => `  ${name} = "${value}"`),
  createKind('infra/main.bicep', '// nothing', (name, value) => `param ${name} string = '${value}'`),
  createKind('infra/parameters.json', '  "x": 1,', (name, value) => `  "${name}": { "value": "${value}" },`),
  createKind('Service.cscfg', '<Role/>', (name, value) => `<Setting name="${name}" value="${value}" />`),
  createKind('scripts/deploy.sh', 'true', (name, value) => `export ${name}="${value}"`),
  createKind('scripts/deploy.bat', 'rem nothing', (name, value) => `set ${name}=${value}`),
  createKind(
    'scripts/import.sql',
    'SELECT 1;',
    (name, value) => `INSERT INTO settings VALUES ('${name}', '${value}');`,
  ),
  createKind('settings.reg', '[HKEY_LOCAL_MACHINE\\Fabrikam]', (name, value) => `"${name}"="${value}"`),
  createKind('data/settings.csv', 'name,value', (name, value) => `${name},${value}`),
  createKind('Makefile', 'all:', (name, value) => `${name} := ${value}`),
  createKind('notebook.ipynb', '   "\\n",', (name, value) => `    "${name} = '${value}'\\n",`),
  createKind('values/strings.xml', '<x/>', (name, value) => `<string name="${name}">${value}</string>`),
  createKind('res/Settings.resx', '<x/>', (name, value) => `<data name="${name}">\n  <value>${value}</value>`),
  createKind('App.xaml', '<Grid/>', (name, value) => `<x:String x:Key="${name}">${value}</x:String>`),
  createKind('project.pbxproj', '{', (name, value) => `\t${name} = "${value}";`),
  createKind('web.publishproj', '<x/>', (name, value) => `<${name}>${value}</${name}>`),
  createKind('settings', 'log debug', (name, value) => `${name} ${value}`),
];

const presets = await readBuiltInPolicies();

/** The built-in policy. */
export function readBuiltInPolicy(): Policy {
  const policy = presets.get('healthvault');
  if (policy === undefined) throw new Error('no built-in policy');
  return policy;
}

/** Reviews what changes between two sets of files; `hasPatches`: the list of changes has their lines, as on GitHub. */
export async function reviewFiles(
  base: Files,
  head: Files,
  hasPatches: boolean,
  onRead: (path: string) => void = () => {},
): Promise<Gathered> {
  const encode = (text: string) => ({ mode: '100644' as const, bytes: new TextEncoder().encode(text) });
  const changedFiles = [...new Set([...Object.keys(base), ...Object.keys(head)])].flatMap((path): ChangedFile[] => {
    const [before, after] = [base[path], head[path]];
    if (before === after) return [];
    const status = before === undefined ? 'added' : after === undefined ? 'removed' : 'modified';
    const [baseEntry, headEntry] = [before, after].map((text) => (text === undefined ? null : encode(text)));
    const change = { path, previousPath: null, status, base: baseEntry ?? null, head: headEntry ?? null } as const;
    const lines = hasPatches ? parsePatch(writePatch(change)?.patch ?? 'binary') : null;
    return [{ path, status, ...(lines === null ? {} : { lines }) }];
  });
  const trees = { base: createMemoryTree('base', base), head: createMemoryTree('head', head) };
  const answer = (side: 'base' | 'head', wanted: Wanted): Found => ({
    files: new Map(
      wanted.files.map((path) => {
        onRead(path);
        return [path, trees[side].readFile(path)];
      }),
    ),
    folders: new Map(wanted.folders.map((path) => [path, trees[side].listFolder(path)])),
    paths: wanted.paths ? trees[side].listPaths() : null,
  });
  return gather({
    changedFiles,
    policy: readBuiltInPolicy(),
    gateFiles: { policy: '.github/go-live.yml', workflow: null, action: null },
    revisions: { read: async (wanted) => ({ base: answer('base', wanted.base), head: answer('head', wanted.head) }) },
  });
}
