/** Files that the user names: reports, stories, and policies. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBuiltInPolicies } from '../gate/built-in-policies.ts';
import { UsageError } from '../model/errors.ts';
import { buildTroubleshootingAddress, type Message } from '../model/messages.ts';
import { DEFAULT_POLICY_PATH, findAlternatePolicyPath, type Policy } from '../model/policy.ts';
import type { FileContent } from '../model/source.ts';
import type { SharedFile } from '../policy/load.ts';
import { type CheckedPolicy, choosePolicy, choosePolicyFile, type PolicyFileAt } from '../review/choose-policy.ts';
import { messages as reviewMessages } from '../review/messages.ts';
import { addSharedPolicy } from '../review/shared-policy.ts';
import type { Terminal } from './command.ts';
import { messages } from './messages.ts';

/** The built-in policy that applies if a team has no policy. */
export async function readDefaultPolicy(): Promise<Policy> {
  return (await choosePolicy(null, DEFAULT_POLICY_PATH, await readBuiltInPolicies())).policy;
}

/** The policy in a text, which may extend one of another repository. @throws UsageError when it cannot be read or is invalid */
export async function chooseLocalPolicy(
  content: FileContent | string | null,
  path: string,
  presets: ReadonlyMap<string, Policy>,
  revision?: string,
): Promise<CheckedPolicy> {
  return choosePolicy(content, path, await addSharedPolicy(content, presets, readShared), revision);
}

/** Requests GitHub only for a policy that names another repository. */
async function readShared(file: SharedFile): Promise<FileContent | null> {
  const { openClient } = await import('./open-connection.ts');
  const { readSharedFile } = await import('../github/revision.ts');
  return readSharedFile(
    { client: openClient(`contents: read for ${file.owner}/${file.repo}`), hasGraphQl: true },
    file,
  );
}

/** The policy in a file. @throws UsageError when it cannot be read or is invalid. */
export async function readPolicyFile(file: string, presets: ReadonlyMap<string, Policy>): Promise<CheckedPolicy> {
  return chooseLocalPolicy(await readNamedFile(file, messages.policyNotFound({ file })), file, presets);
}

/** The built-in policy of that name, else the policy in the file. @throws UsageError when it cannot be read or is invalid */
export async function readNamedPolicy(name: string, presets: ReadonlyMap<string, Policy>): Promise<CheckedPolicy> {
  return presets.has(name) ? choosePolicy(`extends: ${name}\n`, name, presets) : readPolicyFile(name, presets);
}

/** The team's policy in a folder, under either ending. @throws UsageError when it has both */
export async function readTeamPolicy(folder: string): Promise<PolicyFileAt> {
  const read = (path: string | null) => (path === null ? null : readTextFile(join(folder, path)));
  const [text, alternateText] = await Promise.all([
    read(DEFAULT_POLICY_PATH),
    read(findAlternatePolicyPath(DEFAULT_POLICY_PATH)),
  ]);
  return choosePolicyFile(DEFAULT_POLICY_PATH, text, alternateText);
}

/** Prints to standard error that a file is not read because its name is not quite the policy's. */
export function warnOfMisnamedPolicy(path: string | null, terminal: Terminal): void {
  if (path === null) return;
  const { id, message } = reviewMessages.policyMisnamed({ path, expected: DEFAULT_POLICY_PATH });
  terminal.writeError(`go-live-gate: ${message}\n  (${id}) ${buildTroubleshootingAddress(id)}\n`);
}

/** The text of a file that the user names. @throws UsageError with `missing` when it cannot be read. */
export async function readNamedFile(file: string, missing: Message): Promise<string> {
  const text = await readTextFile(file);
  if (text === null) throw new UsageError(missing);
  return text;
}

/** Writes a file that the user names. @throws UsageError when the folder is missing or not writable */
export async function writeNamedFile(file: string, text: string, flag: 'w' | 'wx' = 'w'): Promise<void> {
  await writeFile(file, text, { flag }).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(messages.fileNotWritten({ file, reason: cause.code ?? cause.message }));
  });
}

/** The text of a file, or null when it cannot be read. */
export async function readTextFile(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
