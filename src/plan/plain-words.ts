/** Changes as lines that someone outside the project understands, for the review request. */

import messages from '../../data/messages/plan.json' with { type: 'json' };
import type { Permission } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { fill } from '../model/messages.ts';
import { plainLine } from './description.ts';

const PERMISSIONS: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];
const MAX_VALUE_CHARS = 48;

/** A setting's id as words: `client.endpoints.shell` is "Client endpoints shell", `name@de-DE` is "Name (de-DE)". */
export function settingWords(setting: string): string {
  const [id = '', culture] = setting.split('@', 2);
  const words = id.replace(/[.-]+/g, ' ');
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return culture === undefined ? sentence : `${sentence} (${culture})`;
}

function accessGroup({ change }: Finding): string | null {
  const { access, kind, effect } = change;
  if (access === undefined) return null;
  const { channel, requirement, typeId, previousRequirement } = access;
  return JSON.stringify([channel, requirement, typeId, previousRequirement ?? null, kind, effect]);
}

function accessLine(group: readonly Finding[]): string {
  const access = group[0]?.change.access;
  if (access === undefined) return '';
  const held = new Set(group.map((finding) => finding.change.access?.permission));
  const permissions = PERMISSIONS.filter((permission) => held.has(permission)).join(', ');
  const { channel, requirement, previousRequirement } = access;
  const type =
    access.typeId === '*' ? messages['words-all-data'] : plainLine(access.typeName ?? access.typeId, MAX_VALUE_CHARS);
  const kind = messages[`words-${group[0]?.change.kind ?? 'modified'}`];
  return previousRequirement === undefined || previousRequirement === requirement
    ? fill(messages['words-access'], { channel, requirement, permissions, type, kind })
    : fill(messages['words-access-requirement'], {
        channel,
        requirement,
        permissions,
        type,
        previous: previousRequirement,
      });
}

function plainChange({ change }: Finding): string {
  const setting = settingWords(change.setting);
  const [before, after] = [change.before, change.after].map((value) =>
    value === null ? null : plainLine(value, MAX_VALUE_CHARS),
  );
  if (before && after && change.kind === 'modified') return fill(messages['words-change'], { setting, before, after });
  const kind = messages[`words-${change.kind}`];
  const value = change.kind === 'removed' ? before : after;
  return value
    ? fill(messages['words-value'], { setting, kind, value })
    : fill(messages['words-plain'], { setting, kind });
}

/** One line for each change, the permissions on one data type together; equal lines once. */
export function changeLines(findings: readonly Finding[]): readonly string[] {
  const groups = new Map<string, Finding[]>();
  const order: (string | Finding)[] = [];
  for (const finding of findings) {
    const key = accessGroup(finding);
    if (key === null) {
      order.push(finding);
      continue;
    }
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [finding]);
      order.push(key);
    } else group.push(finding);
  }
  const lines = order.map((entry) =>
    typeof entry === 'string' ? accessLine(groups.get(entry) ?? []) : plainChange(entry),
  );
  return [...new Set(lines)];
}
