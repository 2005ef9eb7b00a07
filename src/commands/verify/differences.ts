/** The differences between a report and its recomputation. Pure. All printed text is escaped. */
import { groupBy } from '../../model/lists.ts';
import type { Report, ReportChange } from '../../model/report.ts';
import { makeVisible, shorten } from '../../render/escape.ts';
import type { Claim, ClaimedChange } from './report.ts';

/** Longest value that a line shows, in characters. */
const MAX_SHOWN = 120;

/** One line for each difference, the most important first. Empty if the report equals its recomputation. */
export function listReportDifferences(claim: Claim, made: Report): readonly string[] {
  const compared: readonly (readonly [string, unknown, unknown])[] = [
    ['policy digest', claim.policy.digest, made.policy.digest],
    ['base commit', claim.evaluation.base, made.evaluation.base],
    ['fingerprint', claim.fingerprint, made.fingerprint],
    ['categories', claim.categories, made.categories],
    ...[...new Set([...Object.keys(claim.questions), ...Object.keys(made.questions)])].map(
      (id) => [`question ${id}`, claim.questions[id], made.questions[id]] as const,
    ),
    ['required labels', claim.required, made.labels.required],
  ];
  return [
    ...compared.flatMap(([what, claimed, found]) =>
      toCanonicalJson(claimed) === toCanonicalJson(found)
        ? []
        : [`${what}: ${renderValue(claimed)} in the report, ${renderValue(found)} recomputed`],
    ),
    ...listChangeDifferences(claim.changes, made.changes),
    ...listApprovalDifferences(claim, made),
  ];
}

/** A receipt is for one fingerprint, and a pass needs one for each label, unless the glass was broken. */
function listApprovalDifferences(claim: Claim, made: Report): readonly string[] {
  const foreign = claim.accepted.filter(({ fingerprint }) => fingerprint !== null && fingerprint !== made.fingerprint);
  const given = new Set(claim.accepted.map(({ label }) => label.toLowerCase()));
  const open = made.labels.required.filter((label) => !given.has(label.toLowerCase()));
  return [
    ...foreign.map(({ label }) => `label ${makeVisible(label)}: its approval in the report is for another fingerprint`),
    ...(claim.verdict === 'passed' && !claim.brokenGlass && open.length > 0
      ? [`verdict: passed in the report, without an approval for ${open.map(makeVisible).join(', ')}`]
      : []),
  ];
}

function listChangeDifferences(claimed: readonly ClaimedChange[], made: readonly ReportChange[]): readonly string[] {
  const left = groupChanges(claimed);
  const right = groupChanges(made.map((change) => JSON.parse(JSON.stringify(change)) as ClaimedChange));
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key) => {
    const [onlyClaimed, onlyMade] = [[...(left.get(key) ?? [])], [...(right.get(key) ?? [])]];
    const rest = onlyClaimed.filter((change) => {
      const same = onlyMade.findIndex((other) => toCanonicalJson(other) === toCanonicalJson(change));
      if (same >= 0) onlyMade.splice(same, 1);
      return same < 0;
    });
    const lines: string[] = [];
    for (const change of rest) {
      const other = onlyMade.shift();
      if (other === undefined) lines.push(`change ${nameChange(change)}: only in the report`);
      else for (const field of listDifferentFields(change, other)) lines.push(describeField(change, other, field));
    }
    return [...lines, ...onlyMade.map((change) => `change ${nameChange(change)}: not in the report`)];
  });
}

function describeField(claimed: ClaimedChange, made: ClaimedChange, field: string): string {
  return `change ${nameChange(claimed)}, ${makeVisible(field)}: ${renderValue(claimed[field])} in the report, ${renderValue(made[field])} recomputed`;
}

function groupChanges(changes: readonly ClaimedChange[]): ReadonlyMap<string, readonly ClaimedChange[]> {
  return groupBy(changes, (change) =>
    toCanonicalJson([change.file, change.part ?? null, change.setting, toAccessTuple(change)]),
  );
}

function toAccessTuple({ access }: ClaimedChange): unknown {
  if (typeof access !== 'object' || access === null) return null;
  const { channel, typeId, permission } = access as ClaimedChange;
  return [channel, typeId, permission];
}

function nameChange({ file, setting }: ClaimedChange): string {
  return `${makeVisible(String(file))} ${makeVisible(String(setting))}`;
}

function listDifferentFields(a: ClaimedChange, b: ClaimedChange): readonly string[] {
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return fields.filter((field) => toCanonicalJson(a[field]) !== toCanonicalJson(b[field]));
}

function renderValue(value: unknown): string {
  return value === undefined ? 'nothing' : makeVisible(shorten(JSON.stringify(value), MAX_SHOWN));
}

/** JSON with sorted keys: the order of keys is not a difference. */
function toCanonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : member,
    ) ?? 'undefined'
  );
}
