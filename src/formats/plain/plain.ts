/** Files that a policy declares as documents, in any notation, for policies about other things than HealthVault. */
import type { ConfigDocument, ParseProblem, ReadResult } from '../../model/document.ts';
import type { PlainDocument } from '../../model/policy.ts';
import type { SourceFile } from '../../model/source.ts';
import { readRoots } from '../../syntax/read-roots.ts';
import type { YamlNode } from '../../syntax/yaml/yaml.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format, ReadContext } from '../format.ts';
import { messages, words } from './messages.ts';
import {
  findDeclarations,
  hasKey,
  listMissingKeys,
  listParts,
  MAX_PARTS,
  type NumberedDeclaration,
  nameWhole,
} from './parts.ts';
import { readSettings } from './settings.ts';

export const plain: Format = {
  id: 'plain',
  adds: true,
  matchesPath: (path, context) => findDeclarations(path, context).length > 0,
  read(file, context) {
    const documents: ConfigDocument[] = [];
    const owners: string[] = [];
    for (const numbered of findDeclarations(file.path, context)) {
      const result = readDeclared(file, numbered, context);
      if (result.kind === 'unreadable') return result;
      if (result.kind !== 'documents') continue;
      documents.push(...result.documents);
      owners.push(...(result.owners ?? []));
    }
    return documents.length === 0 ? { kind: 'not-configuration' } : { kind: 'documents', documents, owners };
  },
};

/** Reads a file by one declaration, together with its parts if a build merges several files. */
function readDeclared(file: SourceFile, numbered: NumberedDeclaration, context: ReadContext): ReadResult {
  const { declaration, index } = numbered;
  const whole = nameWhole(file.path, numbered);
  const paths = listParts(file.path, numbered, context);
  if (paths.length > MAX_PARTS) {
    const problem = messages.tooManyParts({ found: paths.length, limit: MAX_PARTS });
    return { kind: 'unreadable', problem: { ...problem, at: null } };
  }
  // A part that lacks a required key belongs to the document of the part that has it.
  const missing = whole === null ? declaration.requires : listMissingKeys(paths, numbered, context);
  const result = readDocuments(file, declaration, missing);
  if ('problem' in result) return { kind: 'unreadable', problem: result.problem };
  const facts = whole === null ? { declaration: index } : { declaration: index, whole };
  const documents = result.documents.map((document) => ({ ...document, ...facts }));
  if (documents.length === 0) return { kind: 'not-configuration' };
  return { kind: 'documents', documents, owners: paths.filter((path) => path !== file.path) };
}

/** One document, or several from a YAML stream. None if the file lacks a required key. */
function readDocuments(
  file: SourceFile,
  declaration: PlainDocument,
  required: readonly string[],
): { readonly documents: readonly ConfigDocument[] } | { readonly problem: ParseProblem } {
  const tree = readRoots(file, declaration.format, declaration.namespaces);
  if ('problem' in tree) return tree;
  const documents: ConfigDocument[] = [];
  for (const [index, root] of tree.roots.entries()) {
    if (!required.every((key) => hasKey(root, key))) continue;
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

/** Sets that mean everything if they are absent. */
function readDefaults({ settings }: PlainDocument): ConfigDocument['defaults'] {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([id, { absent }]) => (absent === 'all' ? [[id, absent]] : [])),
  );
}
