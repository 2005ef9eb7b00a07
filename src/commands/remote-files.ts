/** A few small files of a branch (workflows, the policy) over GitHub's contents API. */
import { Buffer } from 'node:buffer';
import { ask, getHttpStatus } from '../github/client.ts';
import { findAlternatePolicyPath } from '../model/policy.ts';
import { choosePolicyFile, type PolicyFileAt } from '../review/choose-policy.ts';
import type { Connection } from './open-connection.ts';

/** The text of a file, or null if there is none. @throws PlatformError */
export async function readRemoteFile(
  { client, repository }: Connection,
  path: string,
  ref: string,
): Promise<string | null> {
  const data = await readContents(() => client.rest.repos.getContent({ ...repository, path, ref }));
  if (typeof data !== 'object' || data === null || !('content' in data) || typeof data.content !== 'string')
    return null;
  return new TextDecoder().decode(Buffer.from(data.content, 'base64'));
}

/** The policy under either ending of its name. @throws UsageError if both exist */
export async function readRemotePolicy(
  read: (path: string) => Promise<string | null>,
  path: string,
): Promise<PolicyFileAt> {
  const alternatePath = findAlternatePolicyPath(path);
  const [text, alternateText] = await Promise.all([read(path), alternatePath === null ? null : read(alternatePath)]);
  return choosePolicyFile(path, text, alternateText);
}

/** The paths of the files directly in a folder, sorted; empty if there is no such folder. @throws PlatformError */
export async function listRemoteFolder(
  { client, repository }: Connection,
  path: string,
  ref: string,
): Promise<readonly string[]> {
  const data = await readContents(() => client.rest.repos.getContent({ ...repository, path, ref }));
  if (!Array.isArray(data)) return [];
  const files = data.filter((row: { readonly type: string }) => row.type === 'file');
  return files.map((row: { readonly path: string }) => row.path).sort();
}

/** Null: not found. */
async function readContents(call: () => Promise<{ readonly data: unknown }>): Promise<unknown> {
  return ask('contents', async () => {
    try {
      return (await call()).data;
    } catch (error) {
      if (getHttpStatus(error) === 404) return null;
      throw error;
    }
  });
}
