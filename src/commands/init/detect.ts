/** Finds the HealthVault configuration of a repository, and the part of it that the built-in globs do not watch. */

import { formats } from '../../formats/formats.ts';
import { listFolderPaths, openFolder } from '../../git/folder.ts';
import { runGit } from '../../git/run.ts';
import { findHealthVaultHost } from '../../model/environment.ts';
import type { Policy } from '../../model/policy.ts';
import { DEFAULT_POLICY_PATH } from '../../model/policy.ts';
import type { ReportFile } from '../../model/report.ts';
import { type FileContent, pairRevisions, type RevisionSource } from '../../model/source.ts';
import { isWatched } from '../../policy/paths.ts';

import { gather } from '../../review/gather.ts';
import type { Detected } from './files.ts';
import { findWorkflowPaths } from './workflow-globs.ts';

/** A larger file that no reader claims is not searched for server names, in bytes. */
const MAX_SEARCHED_BYTES = 256 * 1024;
/** Longest path that may become a glob of the policy, in characters (the policy's own limit for globs). */
const MAX_GLOB_CHARS = 200;
/** Texts for people: they may mention HealthVault freely. */
const PROSE = /\.(?:md|markdown|txt|rst|adoc|html?)$/i;
/** Formats that contain no configuration of an application. */
const NO_CONFIGURATION: ReadonlySet<string> = new Set(['governance', 'referenced-file', 'maven-pom']);

/** Formats that any application may contain. */
const NOT_DISTINCTIVE: ReadonlySet<string> = new Set(['certificate', 'key-store', 'unreadable', 'source-code']);

/** The files that git tracks or would add (all files without git), except the gate's own files and those of packages. */
export async function listPaths(root: string): Promise<readonly string[]> {
  const paths = await listPathsIn(root);
  return paths.filter((path) => !path.startsWith('.github/') && !/(?:^|\/)node_modules\//.test(path));
}

/** Finds HealthVault configuration in the files. */
export async function detect(root: string, paths: readonly string[], policy: Policy): Promise<Detected> {
  const context = {
    gateFiles: { policy: DEFAULT_POLICY_PATH, workflow: null, action: null },
    plainDocuments: policy.documents,
  };
  const claimed = paths.filter((path) =>
    formats.some((format) => !NO_CONFIGURATION.has(format.id) && format.matchesPath(path, context)),
  );
  const files = await readAll(root, claimed, policy);
  const known = files.filter(({ format }) => !NO_CONFIGURATION.has(format));
  const watched = known.filter(({ path }) => isWatched(policy, path));
  const claims = new Set(claimed);
  const rest = paths.filter((path) => !claims.has(path) && !isWatched(policy, path) && !PROSE.test(path));
  const source = openFolder(root);
  const naming: string[] = [];
  for (const path of rest) if (await namesServer(source, path)) naming.push(path);
  return {
    isHealthVault: naming.length > 0 || known.some(({ format }) => !NOT_DISTINCTIVE.has(format)),
    watched: watched.map(({ path, format }) => ({ path, format })),
    unwatched: known.flatMap(({ path }) => (isWatched(policy, path) || path.length > MAX_GLOB_CHARS ? [] : [path])),
    naming: naming.filter((path) => path.length <= MAX_GLOB_CHARS),
    workflow: findWorkflowPaths(paths).filter((path) => path.length + '**'.length <= MAX_GLOB_CHARS),
  };
}

async function listPathsIn(root: string): Promise<readonly string[]> {
  const listing = await runGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).catch(
    () => null,
  );
  if (listing === null || !listing.ok) return listFolderPaths(root);
  const paths = listing.stdout.toString('utf8').split('\0');
  return [...new Set(paths.filter((path) => path !== ''))].sort();
}

/** Reads every claimed file as a review would, as if all of them were new and watched. */
async function readAll(root: string, paths: readonly string[], policy: Policy): Promise<readonly ReportFile[]> {
  const { files } = await gather({
    changedFiles: paths.map((path) => ({ path, status: 'added' })),
    revisions: pairRevisions(NOTHING, openFolder(root)),
    policy: { ...policy, watch: ['**'], ignore: [] },
    gateFiles: { policy: DEFAULT_POLICY_PATH, workflow: null, action: null },
  });
  return files;
}

/** A revision without any file. */
const NOTHING: RevisionSource = {
  readFiles: async (paths) => new Map<string, FileContent | null>(paths.map((path) => [path, null])),
  listFolders: async (paths) => new Map(paths.map((path) => [path, []])),
  listPaths: async () => [],
};

/** Matches hosts that contain a name of HealthVault's. */
const HOST = /(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;

async function namesServer(source: RevisionSource, path: string): Promise<boolean> {
  const bytes = (await source.readFiles([path])).get(path)?.bytes;
  if (bytes === undefined || bytes.length > MAX_SEARCHED_BYTES || bytes.includes(0)) return false;
  const hosts = new TextDecoder().decode(bytes).match(HOST) ?? [];
  return hosts.some((host) => findHealthVaultHost(host) !== null);
}
