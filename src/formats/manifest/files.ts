/** Files that a manifest names: where their paths lead, and what their content means. */
import sentences from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { FileContent, Tree } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { bytesOfBase64, bytesOfPlainText, isCertificateLabel, pemBlocks } from '../certificates/pem.ts';
import type { ReadContext } from '../format.ts';
import { statementValue } from '../registered/values.ts';
import { mayBeReferenced } from './referenced-file.ts';

/** A file's bytes, or why there are none; `path` is the one that was found, or as written. */
export type ReferencedFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly bytes: null; readonly reason: string };

/**
 * The paths that a reference may stand for, best first: from the manifest's own folder, then from the root of the
 * repository. Empty when it leads out of the repository.
 */
export function candidatePaths(manifest: string, reference: string): readonly string[] {
  const written = reference.trim().replaceAll('\\', '/');
  const fromFolder = written.startsWith('/') ? null : joined(folderOf(manifest), written);
  const fromRoot = joined('', written);
  return [...new Set([fromFolder, fromRoot].filter((path): path is string => path !== null))];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function joined(folder: string, path: string): string | null {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join('/');
}

/** Looks the file up in the manifest's own revision. */
export function referencedFile(manifest: string, reference: string, context: ReadContext): ReferencedFile {
  const candidates = candidatePaths(manifest, reference);
  const none = (id: 'file-missing' | 'file-outside' | 'file-not-read' | 'file-kind', reason = ''): ReferencedFile => ({
    path: reference,
    bytes: null,
    reason: fill(sentences[id], { path: JSON.stringify(reference), reason }),
  });
  if (!mayBeReferenced(reference)) return none('file-kind');
  const found =
    fileAmong(candidates, context.tree) ?? fileAmong(inOtherCase(manifest, candidates, context.tree), context.tree);
  if (found !== null) {
    const { path, content } = found;
    return content.bytes === undefined ? none('file-not-read', content.unavailable) : { path, bytes: content.bytes };
  }
  return none(candidates.length === 0 ? 'file-outside' : 'file-missing');
}

function fileAmong(
  paths: readonly string[],
  tree: Tree,
): { readonly path: string; readonly content: FileContent } | null {
  for (const path of paths) {
    const content = tree.file(path);
    if (content !== null) return { path, content };
  }
  return null;
}

/**
 * The files that paths lead to where case does not matter. The list of all files is costly: it is asked for when the
 * manifest's own folder is known, and with it that none of the paths is there as written.
 */
function inOtherCase(manifest: string, candidates: readonly string[], tree: Tree): readonly string[] {
  if (tree.folder(folderOf(manifest)).length === 0) return [];
  const paths = tree.paths();
  const names = byLowerCase.get(paths) ?? new Map(paths.map((path) => [path.toLowerCase(), path]));
  byLowerCase.set(paths, names);
  return candidates.flatMap((candidate) => names.get(candidate.toLowerCase()) ?? []);
}

/** A manifest may name many files that are not there; the list of all files is gone through once. */
const byLowerCase = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** The value of a setting whose file cannot be had: bound to the path, so that an untouched one is no change. */
export function unresolvedFile(path: string, reason: string): SettingValue {
  return { kind: 'unresolved', meaning: `file ${path}`, shown: path, reason };
}

/** A statement in a file; line ends are those of the platform's texts (LF), whatever the working tree writes. */
export function statementOf(path: string, bytes: Uint8Array, context: ReadContext): SettingValue {
  const type = /\.html?$/i.test(path) ? 'text/html' : null;
  return statementValue(bytes, type, context.cryptography);
}

/** The DER bytes of all certificates in a file: DER, PEM (other blocks are left out), or hex. Empty when one is broken. */
export function certificatesIn(bytes: Uint8Array, { cryptography }: ReadContext): readonly Uint8Array[] {
  const isCertificate = (der: Uint8Array | null): der is Uint8Array =>
    der !== null && cryptography.certificate(der) !== null;
  if (bytes[0] === 0x30 && isCertificate(bytes)) return [bytes];
  const decoded = decodeText(bytes, 'plain');
  if ('problem' in decoded) return [];
  const blocks = pemBlocks(decoded.text).filter(({ label }) => isCertificateLabel(label));
  const found =
    blocks.length === 0
      ? [bytesOfPlainText(decoded.text)]
      : blocks.map(({ body }) => (body === null ? null : bytesOfBase64(body)));
  return found.every(isCertificate) ? found : [];
}
