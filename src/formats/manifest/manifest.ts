/**
 * The application manifest is a team's file with the whole registered configuration (`docs/formats.md`). A setting that
 * it leaves out is empty or has the platform's default.
 */
import { getBaseName } from '../../model/paths.ts';
import type { Tree } from '../../model/source.ts';
import { readTree } from '../../syntax/yaml/read-tree.ts';
import { entry } from '../../syntax/yaml/yaml.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format, ReadContext } from '../format.ts';
import { findPlatformLints } from '../registered/limits.ts';
import { PLATFORM_DEFAULTS } from '../registered/values.ts';
import { listCandidatePaths } from './files.ts';
import { listItems, readCultures, readText } from './nodes.ts';
import { listEntries, readSettings } from './settings.ts';
import { findShapeProblem } from './shape-problem.ts';

/** Whether a path is a manifest's: `healthvault.app.yml`, `clinic.healthvault.json`, in any case and folder. */
export function isManifestPath(path: string): boolean {
  return /^(?:healthvault\.app|.+\.healthvault)\.(?:ya?ml|json)$/i.test(getBaseName(path));
}

export const applicationManifest: Format = {
  id: 'application-manifest',
  matchesPath: isManifestPath,
  read(file, context) {
    const tree = readTree(file);
    if ('problem' in tree) return { kind: 'unreadable', problem: tree.problem };
    const { root } = tree;
    const problem = findShapeProblem(root);
    if (problem !== null) return { kind: 'unreadable', problem };
    const { settings, lints } = readSettings(root, file.path, context);
    const written = readText(entry(root, 'environment'));
    const document = completeDocument({
      file: file.path,
      format: 'application-manifest',
      role: 'registered',
      environment: written === 'production' || written === 'ppe' ? written : 'none',
      settings,
      defaults: PLATFORM_DEFAULTS,
      // A manifest has no keys for these.
      notExpressible: ['app-id.master', 'client-token'],
      lints: [...lints, ...findPlatformLints(settings, { role: 'registered', at: { file: file.path, ...root.at } })],
    });
    return { kind: 'documents', documents: [document] };
  },
};

/** The manifests of the revision that name the file at `path` as a logo, a statement or a public key, in order. */
export function listManifestsReferencing(path: string, { tree }: ReadContext): readonly string[] {
  const referencing = tree.computeOnce('manifests-by-reference', () => {
    const found = new Map<string, string[]>();
    for (const manifest of tree.listPaths().filter(isManifestPath).sort()) {
      const paths = tree.computeOnce(`paths-in-manifest:${manifest}`, () => listReferencedPaths(manifest, tree));
      for (const named of paths) found.set(named, [...(found.get(named) ?? []), manifest]);
    }
    return found;
  });
  return referencing.get(path.toLowerCase()) ?? [];
}

/** The paths, in lower case, that the references of a manifest may mean. */
function listReferencedPaths(manifest: string, tree: Tree): ReadonlySet<string> {
  const bytes = tree.readFile(manifest)?.bytes;
  const parsed = bytes === undefined ? null : readTree({ path: manifest, bytes });
  if (parsed === null || 'problem' in parsed) return new Set();
  const references = listEntries(parsed.root).flatMap(({ row, node }) => {
    if (row.kind === 'public-keys') return listItems(node).flatMap((item) => readText(item) ?? []);
    return row.kind === 'logo' || row.kind === 'statement' ? readCultures(node).map(({ text }) => text) : [];
  });
  const paths = references.flatMap((reference) => listCandidatePaths(manifest, reference));
  return new Set(paths.map((candidate) => candidate.toLowerCase()));
}
