/** Files of many kinds with a setting in each one's own notation, and reviews of what changes between two sets of files. */
import { writePatch } from '../../src/embedded-github/patch.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { parsePatch } from '../../src/model/changed-files.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { ChangedFile, Found, Wanted } from '../../src/model/source.ts';
import { type Gathered, gather } from '../../src/review/gather.ts';
import { memoryTree } from './memory-tree.ts';

/** Paths and their text. */
export type Files = Readonly<Record<string, string>>;

/** A kind of file: how it writes a name with a value, and a line of its own. */
export interface FileKind {
  readonly path: string;
  readonly write: (name: string, value: string) => readonly string[];
  readonly filler: string;
}

const kind = (path: string, filler: string, write: (name: string, value: string) => string): FileKind => ({
  path,
  filler,
  write: (name, value) => write(name, value).split('\n'),
});

/** No reader claims them, or a reader finds nothing in them. */
export const FILE_KINDS: readonly FileKind[] = [
  kind('src/app.js', 'run();', (name, value) => `const ${name} = "${value}";`),
  kind('src/app.tsx', 'render();', (name, value) => `export const ${name} = '${value}';`),
  kind('src/ids.go', 'func run() {}', (name, value) => `\t${name} = "${value}"`),
  kind('src/lib.rs', 'fn run() {}', (name, value) => `const ${name}: &str = "${value}";`),
  kind('src/Main.scala', 'object Other', (name, value) => `val ${name} = "${value}"`),
  kind('src/app.dart', 'void run() {}', (name, value) => `  static const ${name} = '${value}';`),
  kind('src/app.lua', 'run()', (name, value) => `${name} = "${value}"`),
  kind('src/app.pl', 'run();', (name, value) => `my $${name} = '${value}';`),
  kind('src/app.fs', 'let run () = ()', (name, value) => `let ${name} = "${value}"`),
  kind('src/app.ex', 'def run, do: :ok', (name, value) => `  @${name} "${value}"`),
  kind('www/index.html', '<p>Hello</p>', (name, value) => `<meta name="${name}" content="${value}">`),
  kind('www/page.cshtml', '<p>Hello</p>', (name, value) => `@{ var ${name} = "${value}"; }`),
  kind('www/style.css', 'p { margin: 0 }', (name, value) => `:root { --${name}: "${value}"; }`),
  kind('.env', 'LOG=debug', (name, value) => `${name}=${value}`),
  kind('conf/settings.ini', 'log=debug', (name, value) => `${name} = ${value}`),
  kind('conf/settings.toml', 'log = "debug"', (name, value) => `"${name}" = "${value}"`),
  kind('appsettings.json', '  "log": "debug",', (name, value) => `  "${name}": "${value}",`),
  kind('conf/site.conf', 'log debug;', (name, value) => `set $${name} "${value}";`),
  kind('deploy/values.yaml', 'log: debug', (name, value) => `${name}: ${value}`),
  kind('deploy/pod.yaml', 'kind: Pod', (name, value) => `  - name: ${name}\n    value: ${value}`),
  kind('deploy/Dockerfile', 'RUN true', (name, value) => `ENV ${name}=${value}`),
  kind('docker-compose.yml', 'version: "3"', (name, value) => `      - ${name}=${value}`),
  kind('azure-pipelines.yml', 'pool: default', (name, value) => `  ${name}: '${value}'`),
  kind('infra/main.tf', '# nothing', (name, value) => `  ${name} = "${value}"`),
  kind('infra/main.bicep', '// nothing', (name, value) => `param ${name} string = '${value}'`),
  kind('infra/parameters.json', '  "x": 1,', (name, value) => `  "${name}": { "value": "${value}" },`),
  kind('Service.cscfg', '<Role/>', (name, value) => `<Setting name="${name}" value="${value}" />`),
  kind('scripts/deploy.sh', 'true', (name, value) => `export ${name}="${value}"`),
  kind('scripts/deploy.bat', 'rem nothing', (name, value) => `set ${name}=${value}`),
  kind('scripts/import.sql', 'SELECT 1;', (name, value) => `INSERT INTO settings VALUES ('${name}', '${value}');`),
  kind('settings.reg', '[HKEY_LOCAL_MACHINE\\Fabrikam]', (name, value) => `"${name}"="${value}"`),
  kind('data/settings.csv', 'name,value', (name, value) => `${name},${value}`),
  kind('Makefile', 'all:', (name, value) => `${name} := ${value}`),
  kind('notebook.ipynb', '   "\\n",', (name, value) => `    "${name} = '${value}'\\n",`),
  kind('values/strings.xml', '<x/>', (name, value) => `<string name="${name}">${value}</string>`),
  kind('res/Settings.resx', '<x/>', (name, value) => `<data name="${name}">\n  <value>${value}</value>`),
  kind('App.xaml', '<Grid/>', (name, value) => `<x:String x:Key="${name}">${value}</x:String>`),
  kind('project.pbxproj', '{', (name, value) => `\t${name} = "${value}";`),
  kind('web.publishproj', '<x/>', (name, value) => `<${name}>${value}</${name}>`),
  kind('settings', 'log debug', (name, value) => `${name} ${value}`),
];

const presets = await readBuiltInPolicies();

/** The built-in policy. */
export function builtInPolicy(): Policy {
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
  const trees = { base: memoryTree('base', base), head: memoryTree('head', head) };
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
    policy: builtInPolicy(),
    gateFiles: { policy: '.github/go-live.yml', workflow: null, action: null },
    revisions: { read: async (wanted) => ({ base: answer('base', wanted.base), head: answer('head', wanted.head) }) },
  });
}
