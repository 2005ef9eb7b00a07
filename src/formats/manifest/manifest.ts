/**
 * The application manifest: a team's own file that holds the registered configuration (`docs/formats.md`). It is the
 * whole of it, so what it leaves out is empty or at the platform's default.
 */
import type { ConfigDocument } from '../../model/document.ts';
import { baseName } from '../../model/paths.ts';
import { readTree } from '../../syntax/yaml/read-tree.ts';
import { entry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import type { Format, ReadContext } from '../format.ts';
import { platformLints } from '../registered/limits.ts';
import { PLATFORM_DEFAULTS } from '../registered/values.ts';
import { candidatePaths } from './files.ts';
import { MANIFEST } from './keys.ts';
import { culturesOf, itemsOf, textOf } from './rules.ts';
import { manifestContent } from './settings.ts';
import { shapeProblem } from './shape.ts';

/** Whether a path is one of a manifest: `healthvault.app.yml`, `clinic.healthvault.json`, in any case and folder. */
export function isManifestPath(path: string): boolean {
  return /^(?:healthvault\.app|.+\.healthvault)\.(?:ya?ml|json)$/i.test(baseName(path));
}

export const applicationManifest: Format = {
  id: 'application-manifest',
  claims: isManifestPath,
  read(file, context) {
    const tree = readTree(file);
    if ('problem' in tree) return { kind: 'unreadable', problem: tree.problem };
    const { root } = tree;
    const problem = shapeProblem(root, MANIFEST, '');
    if (problem !== null) return { kind: 'unreadable', problem };
    if (root.kind !== 'map') return { kind: 'not-configuration' }; // the shape has refused it already
    const { settings, logos, lints } = manifestContent(root, file.path, context);
    const written = textOf(entry(root, 'environment'));
    const document: ConfigDocument = {
      file: file.path,
      part: null,
      format: 'application-manifest',
      role: 'registered',
      completeness: 'complete',
      environment: written === 'production' || written === 'ppe' ? written : 'none',
      settings,
      defaults: PLATFORM_DEFAULTS,
      // A manifest has no place for these.
      silentOn: ['app-id.master', 'client-token'],
      lints: [...lints, ...platformLints(settings, { role: 'registered', at: { file: file.path, ...root.at }, logos })],
      digest: null,
    };
    return { kind: 'documents', documents: [document] };
  },
};

/** The manifests of the revision that name the file at `path` as a logo, a statement or a public key, in order. */
export function manifestsReferencing(path: string, context: ReadContext): readonly string[] {
  return manifestsAmong(context.tree.paths()).filter((manifest) => references(manifest, path, context));
}

/** A pull request may change thousands of pictures; the list of paths is searched once for all of them. */
const manifestLists = new WeakMap<readonly string[], readonly string[]>();

function manifestsAmong(paths: readonly string[]): readonly string[] {
  const found = manifestLists.get(paths) ?? paths.filter(isManifestPath).sort();
  manifestLists.set(paths, found);
  return found;
}

function references(manifest: string, path: string, context: ReadContext): boolean {
  const content = context.tree.file(manifest);
  if (content?.bytes === undefined) return false;
  const named = path.toLowerCase();
  return referencesIn(manifest, content.bytes).some((reference) =>
    candidatePaths(manifest, reference).some((candidate) => candidate.toLowerCase() === named),
  );
}

/** A pull request may change thousands of pictures; each manifest is parsed once for all of them. */
const known = new WeakMap<Uint8Array, readonly string[]>();

function referencesIn(manifest: string, bytes: Uint8Array): readonly string[] {
  const earlier = known.get(bytes);
  if (earlier !== undefined) return earlier;
  const tree = readTree({ path: manifest, bytes });
  const found = 'problem' in tree ? [] : pathsIn(tree.root);
  known.set(bytes, found);
  return found;
}

function pathsIn(root: YamlNode): readonly string[] {
  const logo = entry(root, 'logo');
  const localized = [
    entry(logo, 'large'),
    entry(logo, 'small'),
    entry(root, 'privacy-statement'),
    entry(root, 'terms-of-use'),
    entry(root, 'success-message'),
  ];
  return [
    ...localized.flatMap((node) => culturesOf(node).map(({ text }) => text)),
    ...itemsOf(entry(root, 'public-keys')).flatMap((node) => textOf(node) ?? []),
  ];
}
