/** Changes as lines that someone outside the project understands, for the review request. */
import type { AccessTuple, Change, ChangeKind } from '../model/change.ts';
import type { Permission } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { writeSettingTitle } from '../policy/setting-titles.ts';
import { toPlainLine } from './description.ts';

const MAX_VALUE_CHARS = 48;
const KINDS: Readonly<Record<ChangeKind, string>> = { added: 'new', removed: 'removed', modified: 'changed' };

/** The common part of the permissions of one line, with one of them. */
function buildAccessKey({ access, kind, effect }: Change, permission = access?.permission): string {
  const { channel, requirement, typeId, previousRequirement } = access ?? {};
  return JSON.stringify([channel, requirement, typeId, previousRequirement, kind, effect, permission]);
}

function writeAccess(change: Change, access: AccessTuple, accessKeys: ReadonlySet<string>): string {
  const all: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];
  const permissions = all.filter((permission) => accessKeys.has(buildAccessKey(change, permission))).join(', ');
  const { channel, requirement, previousRequirement } = access;
  const type = access.typeId === '*' ? 'all data' : toPlainLine(access.typeName ?? access.typeId, MAX_VALUE_CHARS);
  return previousRequirement === undefined || previousRequirement === requirement
    ? `Access ${channel}, ${requirement}: ${permissions} on ${type}, ${KINDS[change.kind]}`
    : `Access ${channel}: ${permissions} on ${type}, ${requirement} instead of ${previousRequirement}`;
}

function writeChange(change: Change): string {
  const setting = writeSettingTitle(change.setting);
  const [before, after] = [change.before, change.after].map((value) =>
    value === null ? null : toPlainLine(value, MAX_VALUE_CHARS),
  );
  if (before && after && change.kind === 'modified') return `${setting}: "${before}" becomes "${after}"`;
  const value = change.kind === 'removed' ? before : after;
  return `${setting}, ${KINDS[change.kind]}${value ? `: "${value}"` : ''}`;
}

/** One line for each change, the permissions on one data type together; equal lines once. */
export function writeChanges(findings: readonly Finding[]): readonly string[] {
  const accessKeys = new Set(findings.map(({ change }) => buildAccessKey(change)));
  const lines = findings.map(({ change }) =>
    change.access === undefined ? writeChange(change) : writeAccess(change, change.access, accessKeys),
  );
  return [...new Set(lines)];
}
