/** Changes to the gate's own files, key by key: old, new, and whether the gate now requires more or less. */
import type { Change } from '../model/change.ts';
import type { ConfigDocument, Setting } from '../model/document.ts';
import type { Place } from '../model/source.ts';
import { findGateEffect } from './gate-effect.ts';
import { words } from './messages.ts';
import { buildChange, type DocumentPair } from './pair.ts';

/** The keys that differ. If one side was not read key by key, or the base is empty, the file is one change. */
export function diffGovernance(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const { base } = pair;
  if (base?.digest === head.digest) return [];
  if (base === null ? isWorkflow(head) || isWhole(head) : isWhole(base) || isWhole(head))
    return [describeWhole(pair, head)];
  const [before, after] = [listEntries(base), listEntries(head)];
  const changes = [...new Map([...before, ...after])].flatMap(([key, { id }]) => {
    const [was, is] = [before.get(key), after.get(key)];
    return was?.meaning === is?.meaning ? [] : [describeKey(pair, id, was, is)];
  });
  return changes.length > 0 ? changes : [describeWhole(pair, head)];
}

function isWhole({ settings }: ConfigDocument): boolean {
  return settings.some(({ id }) => id === 'policy');
}

function isWorkflow({ settings }: ConfigDocument): boolean {
  return settings.some(({ id }) => id.startsWith('gate-workflow.'));
}

/** One key with its value, or one element of a list. */
interface Entry {
  readonly id: string;
  readonly isElement: boolean;
  readonly meaning: string;
  readonly shown: string;
  readonly at: Place;
}

function listEntries(document: ConfigDocument | null): ReadonlyMap<string, Entry> {
  const entries = (document?.settings ?? []).flatMap((setting) => listValues(setting));
  return new Map(entries.map((entry) => [entry.isElement ? `${entry.id} ${entry.meaning}` : entry.id, entry]));
}

function listValues({ id, value, at }: Setting): readonly Entry[] {
  if (value.kind === 'set') return value.items.map((item) => ({ ...item, id, isElement: true }));
  return 'shown' in value ? [{ id, isElement: false, meaning: value.meaning, shown: value.shown, at }] : [];
}

function describeKey(pair: DocumentPair, id: string, was: Entry | undefined, is: Entry | undefined): Change {
  const effect = findGateEffect(id, was?.meaning ?? null, is?.meaning ?? null);
  return buildChange(pair, was?.at ?? null, is?.at ?? null, {
    setting: id,
    kind: was === undefined ? 'added' : is === undefined ? 'removed' : 'modified',
    effect,
    before: was?.shown ?? null,
    after: is?.shown ?? null,
    meaning: { before: was?.meaning ?? null, after: is?.meaning ?? null },
    detail: words.gateEffect[effect],
  });
}

function describeWhole(pair: DocumentPair, head: ConfigDocument): Change {
  const { base } = pair;
  const start = ({ file }: ConfigDocument) => ({ file, line: 1, column: 1 });
  return buildChange(pair, base === null ? null : start(base), start(head), {
    setting: 'policy',
    kind: base === null ? 'added' : 'modified',
    effect: base === null ? 'neutral' : 'unknown',
    before: base?.file ?? null,
    after: head.file,
    content: { before: base?.digest ?? null, after: head.digest },
    ...(base === null && isWorkflow(head) ? { detail: describeNewWorkflow(head) } : {}),
  });
}

/** The events and permissions of a workflow. */
function describeNewWorkflow({ settings }: ConfigDocument): string {
  const events = settings.flatMap(({ id }) => /^gate-workflow\.on\.([^.]+)/.exec(id)?.[1] ?? []);
  const permissions = settings.flatMap(({ id, value }) => {
    const [match, name] = /^gate-workflow\.(?:jobs\.[^.]+\.)?permissions(?:\.([^.]+))?$/.exec(id) ?? [];
    if (match === undefined || value.kind !== 'text') return [];
    return [name === undefined ? value.shown : `${name}: ${value.shown}`];
  });
  return words.newWorkflow([...new Set(events)].sort(), [...new Set(permissions)].sort());
}
