/** Finds the files that a manifest names and reads their content. */
import { readCertificate } from '../../model/digest.ts';
import type { SettingValue } from '../../model/document.ts';
import { getFolder, resolvePath } from '../../model/paths.ts';
import type { FileContent, Tree } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { findInAnyCase } from '../any-case.ts';
import { decodeBase64, decodePlainText, isCertificateLabel, parsePemBlocks } from '../certificates/pem.ts';
import { toStatementValue } from '../registered/values.ts';
import { messages, words } from './messages.ts';
import { isFollowedKind } from './referenced-file.ts';

/** A file's bytes, or the reason for their absence. `path` is the one that was found, or as written. */
export type ReferencedFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly bytes: null; readonly reason: string };

/**
 * The paths that a reference may mean: from the manifest's folder first, then from the root of the repository. Empty if
 * it leads out of the repository.
 */
export function listCandidatePaths(manifest: string, reference: string): readonly string[] {
  const written = reference.trim();
  const fromFolder = /^[\\/]/.test(written) ? null : resolvePath(getFolder(manifest), written);
  const fromRoot = resolvePath('', written);
  return [...new Set([fromFolder, fromRoot].filter((path): path is string => path !== null))];
}

/** Looks the file up in the manifest's own revision. */
export function findReferencedFile(manifest: string, reference: string, tree: Tree): ReferencedFile {
  const path = JSON.stringify(reference);
  const createMissingFile = (reason: string): ReferencedFile => ({ path: reference, bytes: null, reason });
  if (!isFollowedKind(reference)) return createMissingFile(words.unfollowedFile({ path }));
  const candidates = listCandidatePaths(manifest, reference);
  const found = findFirst(candidates, tree) ?? findFirst(findInOtherCase(manifest, candidates, tree), tree);
  if (found === null) {
    return createMissingFile((candidates.length === 0 ? messages.fileOutside : messages.fileMissing)({ path }).message);
  }
  const { content } = found;
  if (content.bytes !== undefined) return { path: found.path, bytes: content.bytes };
  return createMissingFile(messages.fileNotRead({ path, reason: content.unavailable }).message);
}

function findFirst(
  paths: readonly string[],
  tree: Tree,
): { readonly path: string; readonly content: FileContent } | null {
  for (const path of paths) {
    const content = tree.readFile(path);
    if (content !== null) return { path, content };
  }
  return null;
}

/**
 * The files at the paths without regard to case. The list of all files is costly. It is requested only after the
 * manifest's folder is known to have none of the paths as written.
 */
function findInOtherCase(manifest: string, candidates: readonly string[], tree: Tree): readonly string[] {
  if (tree.listFolder(getFolder(manifest)).length === 0) return [];
  return candidates.flatMap((candidate) => findInAnyCase(candidate, tree) ?? []);
}

/** The value of a setting with an unavailable file. It contains the path, so an unchanged reference is not a change. */
export function buildUnresolvedFile(path: string, reason: string): SettingValue {
  return { kind: 'unresolved', meaning: `file ${path}`, shown: path, reason };
}

/** A statement in a file. Line ends become LF as in the platform's texts, because a working tree may have others. */
export function readStatement(path: string, bytes: Uint8Array): SettingValue {
  return toStatementValue(bytes, /\.html?$/i.test(path) ? 'text/html' : null);
}

/** The DER bytes of all certificates in a file: DER, PEM (other blocks are left out), or hex. Empty when one is broken. */
export function readCertificates(bytes: Uint8Array): readonly Uint8Array[] {
  const isCertificate = (der: Uint8Array | null): der is Uint8Array => der !== null && readCertificate(der) !== null;
  if (bytes[0] === 0x30 && isCertificate(bytes)) return [bytes];
  const decoded = decodeText(bytes, 'plain');
  if ('problem' in decoded) return [];
  const blocks = parsePemBlocks(decoded.text).filter(({ label }) => isCertificateLabel(label));
  const found =
    blocks.length === 0
      ? [decodePlainText(decoded.text)]
      : blocks.map(({ body }) => (body === null ? null : decodeBase64(body)));
  return found.every(isCertificate) ? found : [];
}
