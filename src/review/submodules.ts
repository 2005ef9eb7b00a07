/**
 * Submodules: the commit of another repository in a folder, and that repository. Their content cannot be read, so a person must
 * review a change below a watched path. Pure.
 */
import { removeCredentials } from '../formats/secrets/secrets.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import { computeSha256, identifyContent } from '../model/digest.ts';
import type { ReportFile } from '../model/report.ts';
import type { ChangedFile, Side, Tree } from '../model/source.ts';
import { mayWatchBelow } from '../policy/paths.ts';
import type { CompareInput } from './compare-files.ts';
import { words } from './messages.ts';

/** Names the repository and the branch of each submodule. Git reads it only at the root. */
const MODULES = '.gitmodules';
const FORMAT = 'submodule';

/** Whether a changed file contains the sources of submodules. */
export function isModulesFile({ path, previousPath }: ChangedFile): boolean {
  return path === MODULES || previousPath === MODULES;
}

/** The changed submodules below watched places: other commits, and other sources. */
export function describeSubmodules(input: CompareInput): {
  readonly files: readonly ReportFile[];
  readonly changes: readonly Change[];
} {
  const found = input.changedFiles.map((file) => ({
    file,
    changes: isModulesFile(file) ? describeSources(file, input) : describePointer(file, input),
  }));
  const changed = found.filter(({ changes }) => changes.length > 0);
  return {
    files: changed.map(({ file: { path, previousPath, status } }) => ({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      format: FORMAT,
    })),
    changes: changed.flatMap(({ changes }) => changes),
  };
}

/** The text that git and GitHub show in place of a submodule's content. */
const POINTER = /^Subproject commit ([0-9a-f]{40,64})(?:-dirty)?$/;

function describePointer(file: ChangedFile, { policy }: CompareInput): readonly Change[] {
  const { path, previousPath = path, lines = [] } = file;
  const commits = { base: findPointer(lines, 'base'), head: findPointer(lines, 'head') };
  if (commits.base === commits.head || ![path, previousPath].some((one) => mayWatchBelow(policy, one))) return [];
  const content = { before: commits.base, after: commits.head };
  return [describeFolder({ file: path, format: FORMAT, ...content, content, detail: words.submodule })];
}

function findPointer(lines: NonNullable<ChangedFile['lines']>, side: Side): string | null {
  const [commit] = lines.flatMap((line) => (line.side === side ? (POINTER.exec(line.text)?.slice(1) ?? []) : []));
  return commit ?? null;
}

/** One section of the file. */
interface Source {
  readonly path: string | null;
  readonly shown: string;
  readonly meaning: string;
}

function describeSources(file: ChangedFile, { policy, base, head }: CompareInput): readonly Change[] {
  const { path, previousPath = path } = file;
  const [before, after] = [readSources(previousPath, base), readSources(path, head)];
  const detail = words.submoduleSources;
  if (before === null || after === null) {
    const content = { before: identifyContent(previousPath, base), after: identifyContent(path, head) };
    return [describeFolder({ file: path, format: FORMAT, before: null, after: null, content, detail })];
  }
  return [...new Map([...before, ...after]).keys()].flatMap((name) => {
    const [was, is] = [before.get(name) ?? null, after.get(name) ?? null];
    const isWatched = [was, is].some((one) => one !== null && (one.path === null || mayWatchBelow(policy, one.path)));
    if (was?.meaning === is?.meaning || !isWatched) return [];
    const content = { before: was?.meaning ?? null, after: is?.meaning ?? null };
    const shown = { before: was?.shown ?? null, after: is?.shown ?? null };
    return [describeFolder({ file: path, format: FORMAT, ...shown, content, detail })];
  });
}

/** The sections by their names, none if there is no such file; null: the file cannot be read, or has another form. */
function readSources(path: string, tree: Tree): ReadonlyMap<string, Source> | null {
  const content = path === MODULES ? tree.readFile(path) : null;
  if (content === null) return new Map();
  if (content.bytes === undefined) return null;
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  for (const row of new TextDecoder().decode(content.bytes).split(/\r?\n/)) {
    const line = row.trim();
    if (line === '' || /^[#;]/.test(line)) continue;
    const [, name] = /^\[submodule "([^"\\]+)"\]$/i.exec(line) ?? [];
    const [, key, value] = /^([a-z][a-z0-9-]*)\s*=\s*([^"\\#;]*)$/i.exec(line) ?? [];
    if (name !== undefined && !sections.has(name)) {
      section = new Map();
      sections.set(name, section);
    } else if (key !== undefined && value !== undefined && section !== null)
      section.set(key.toLowerCase(), value.trim());
    else return null;
  }
  return new Map(
    [...sections].map(([name, keys]) => {
      const where = keys.get('path') ?? null;
      const branch = keys.has('branch') ? `, branch ${keys.get('branch')}` : '';
      const shown = `${where ?? name}: ${removeCredentials(keys.get('url') ?? '')}${branch}`;
      return [name, { path: where, shown, meaning: computeSha256(JSON.stringify([...keys].sort())) }];
    }),
  );
}

/** A change to a folder that cannot be compared file by file. */
export function describeFolder({ detail, format, ...change }: ChangedFolder): Change {
  const { before, after } = change.content;
  const kind: ChangeKind = before === null ? 'added' : after === null ? 'removed' : 'modified';
  return {
    ...change,
    setting: 'document',
    kind,
    effect: 'unknown',
    location: null,
    traits: [],
    document: { format, role: 'unrecognized', environment: 'unknown', part: null, state: 'unreadable' },
    detail,
  };
}

/** A folder at both revisions. `content` is compared, and the other texts are shown. */
interface ChangedFolder extends Pick<Change, 'file' | 'before' | 'after'> {
  readonly content: NonNullable<Change['content']>;
  readonly format: string;
  readonly detail: string;
}
