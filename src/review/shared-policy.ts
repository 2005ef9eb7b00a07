/** Policies of other repositories that a policy extends at a full commit: one file, or a short chain of them. */
import { computeSha256 } from '../model/digest.ts';
import { UsageError } from '../model/errors.ts';
import type { Policy } from '../model/policy.ts';
import type { FileContent } from '../model/source.ts';
import type { SharedFile } from '../policy/load.ts';
import { choosePolicy, decodePolicy } from './choose-policy.ts';
import { messages } from './messages.ts';

/** Reads a file of a repository at a commit; null if there is none, or the token cannot read it. @throws PlatformError */
export type ReadSharedFile = (file: SharedFile) => Promise<FileContent | null>;

/** Most policies of other repositories that extend each other. */
const MAX_SHARED = 3;

/**
 * The policies that a policy's text can extend: the built-in ones, and by its full name the extended policy of another
 * repository. A name without a commit stays unknown, so that the policy is refused.
 * @throws UsageError if the other policy cannot be read, or is invalid; PlatformError if GitHub does not answer.
 */
export async function addSharedPolicy(
  content: FileContent | string | null,
  presets: ReadonlyMap<string, Policy>,
  read: ReadSharedFile,
  depth = 0,
): Promise<ReadonlyMap<string, Policy>> {
  if (content === null || (typeof content !== 'string' && content.bytes === undefined)) return presets;
  const { findExtendedName, parseSharedName } = await import('../policy/load.ts');
  const name = findExtendedName(decodePolicy(content, ''));
  const file = name === null ? null : parseSharedName(name);
  if (name === null || file === null) return presets;
  if (depth === MAX_SHARED) throw new UsageError(messages.sharedChain({ name, limit: MAX_SHARED }));
  const shared = await read(file);
  if (shared?.bytes === undefined)
    throw new UsageError(messages.sharedUnreadable({ name, reason: shared?.unavailable ?? '' }));
  const { policy } = await choosePolicy(shared, name, await addSharedPolicy(shared, presets, read, depth + 1));
  const own = { source: name, digest: computeSha256(shared.bytes) };
  return new Map([...presets, [name, { ...policy, shared: [own, ...(policy.shared ?? [])] }]]);
}
