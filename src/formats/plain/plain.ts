/** Files that a policy declares as documents, in any notation, for policies about other things than HealthVault. */
import type { ConfigDocument, ParseProblem } from '../../model/document.ts';
import { oncePer, pathMatcher } from '../../model/globs.ts';
import type { PlainDocument } from '../../model/policy.ts';
import type { SourceFile } from '../../model/source.ts';
import { readRoots } from '../../syntax/read-roots.ts';
import type { YamlNode } from '../../syntax/yaml/yaml.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format, PathContext } from '../format.ts';
import { messages, words } from './messages.ts';
import { findAt, readSettings } from './settings.ts';

export const plain: Format = {
  id: 'plain',
  adds: true,
  matchesPath: (path, context) => findDeclarations(path, context).length > 0,
  read(file, context) {
    const documents: ConfigDocument[] = [];
    for (const declaration of findDeclarations(file.path, context)) {
      const result = readDocuments(file, declaration);
      if ('problem' in result) return { kind: 'unreadable', problem: result.problem };
      const index = context.plainDocuments.indexOf(declaration);
      documents.push(...result.documents.map((document) => ({ ...document, declaration: index })));
    }
    return documents.length === 0 ? { kind: 'not-configuration' } : { kind: 'documents', documents };
  },
};

/** The declared documents that a file may be, in the order of the policy. */
function findDeclarations(path: string, context: PathContext): readonly PlainDocument[] {
  return context.plainDocuments.filter((declaration) => compilePaths(declaration)(path));
}

const compilePaths = oncePer(({ files }: PlainDocument) => pathMatcher(files));

/** One document, or several parts of a YAML stream; none where the file lacks what is required. */
function readDocuments(
  file: SourceFile,
  declaration: PlainDocument,
): { readonly documents: readonly ConfigDocument[] } | { readonly problem: ParseProblem } {
  const tree = readRoots(file, declaration.format, declaration.namespaces);
  if ('problem' in tree) return tree;
  const documents: ConfigDocument[] = [];
  for (const [index, root] of tree.roots.entries()) {
    if (declaration.requires.some((pointer) => findAt(root, pointer).nodes.length === 0)) continue;
    const settings = readSettings({ file: file.path, root, declaration });
    if (settings.length === 0 && !isMapOrEmpty(root)) {
      const found = words.found[root.kind];
      return { problem: { ...messages.unexpectedRoot({ found }), at: root.at } };
    }
    const facts = { file: file.path, format: 'plain', role: 'registered', environment: 'none', settings } as const;
    const part = tree.roots.length === 1 ? null : words.part(index + 1);
    documents.push(completeDocument({ ...facts, part, defaults: readDefaults(declaration) }));
  }
  return { documents };
}

function isMapOrEmpty(root: YamlNode): boolean {
  return root.kind === 'map' || (root.kind === 'scalar' && root.value === null);
}

/** Sets whose absence means everything. */
function readDefaults({ settings }: PlainDocument): ConfigDocument['defaults'] {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([id, { absent }]) => (absent === 'all' ? [[id, absent]] : [])),
  );
}
