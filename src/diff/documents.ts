/** Two documents to the changes of meaning between them. Formatting, order and spelling were settled by the readers. */
import messages from '../../data/messages/diff.json' with { type: 'json' };
import type { Change, Trait } from '../model/change.ts';
import type { AccessRule, Channel, ConfigDocument, Setting } from '../model/document.ts';
import { type ChannelRules, diffAccess } from './access.ts';
import { applicationIdTraits } from './application-id.ts';
import { actionUrlTraits, endpointTraits } from './endpoints.ts';
import { sortChanges } from './order.ts';
import { changeAt, type DocumentPair, pairOf, withTrait } from './pair.ts';
import { diffRuleTexts } from './rule-texts.ts';
import { diffSecrets } from './secrets.ts';
import { diffSet } from './sets.ts';
import { type SettingPair, type Sided, sidedOf } from './sided.ts';
import { diffValue } from './values.ts';

/**
 * Every change of meaning, sorted. No base: the document is new and every setting is added. No head: it is gone, which
 * is one change. What a patch leaves out is unchanged, what it begins to say has an unknown former value.
 */
export function diffDocuments(base: ConfigDocument | null, head: ConfigDocument | null): readonly Change[] {
  if (head !== null) return sortChanges(comparedDocuments(pairOf(base, head, head), head));
  return base === null ? [] : sortChanges(removedDocument(pairOf(base, null, base), base));
}

function comparedDocuments(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const [before, after] = [settingsByName(pair.base), settingsByName(head)];
  const changes: (readonly Change[])[] = [opaqueContent(pair, head), changedEnvironment(pair, head), diffSecrets(pair)];
  for (const [name, named] of new Map([...before, ...after])) {
    const [was, is] = [before.get(name), after.get(name)];
    if ([was, is].every(hasRules)) continue; // both channels are compared together, below
    changes.push(settingChanges(pair, named, was, is));
  }
  const online = channelRules(pair, 'online', before, after);
  const offline = channelRules(pair, 'offline', before, after);
  changes.push(diffAccess(pair, online, offline));
  for (const rules of [online, offline]) {
    changes.push(diffRuleTexts(pair, rules), emptiedChannel(pair, rules, after.get(`access.${rules.channel}`)));
  }
  const found = underNewApplication(pair, changes.flat());
  return found.length > 0 || pair.base !== null ? found : emptyDocument(pair, head);
}

function hasRules(setting: Setting | undefined): boolean {
  return setting === undefined || setting.value.kind === 'access';
}

/** A client document that begins to speak for another application: its go-live covers whatever else changes in it. */
function underNewApplication({ document }: DocumentPair, changes: readonly Change[]): readonly Change[] {
  if (document.role !== 'client' || document.environment === 'ppe') return changes;
  const isNew = changes.some(
    ({ traits }) => traits.includes('first-application') || traits.includes('other-application'),
  );
  return isNew ? changes.map((change) => withTrait(change, 'of-new-application')) : changes;
}

function settingChanges(
  pair: DocumentPair,
  named: Setting,
  was: Setting | undefined,
  is: Setting | undefined,
): readonly Change[] {
  const { id } = named;
  const before = sidedOf(pair.base, pair.head, id, was);
  const after = sidedOf(pair.head, pair.base, id, is);
  if (after.kind !== 'said' || before.kind === 'silent') return [];
  if (repeatsDefault(pair, named)) return [];
  const setting: SettingPair = {
    id,
    name: nameOf(named),
    before: before.kind === 'said' ? before.value : null,
    after: after.value,
    placeBefore: before.kind === 'said' ? before.at : null,
    placeAfter: after.at,
    unsaid: before.kind === 'unsaid',
  };
  const unsaidDetail = messages['was-not-said'];
  const values = [setting.before, setting.after];
  const hasSet = values.some((value) => value?.kind === 'set');
  if (hasSet && values.every((value) => value === null || value.kind === 'set' || value.kind === 'text')) {
    return diffSet(pair, setting, unsaidDetail);
  }
  const change = diffValue(pair, setting, { traits: traitsOf(pair, setting), unsaidDetail });
  return change === null ? [] : [change];
}

/** What a first client document only repeats is as if it were not written. */
function repeatsDefault({ base, head }: DocumentPair, { id, value }: Setting): boolean {
  if (base !== null || head?.role !== 'client') return false;
  return value.kind === 'text' && head.defaults[id] === value.meaning;
}

function traitsOf(pair: DocumentPair, { id, before, after, unsaid }: SettingPair): readonly Trait[] {
  // An UpdateApplication body names an application that exists; that it names it now makes none.
  if (id === 'app-id')
    return unsaid || pair.document.role === 'provisioning-patch' ? [] : applicationIdTraits(before, after);
  if (isEndpoint(id)) {
    const others = (pair.base?.settings ?? []).filter((setting) => isEndpoint(setting.id));
    return endpointTraits(
      before,
      after,
      others.map(({ value }) => value),
    );
  }
  return id === 'action-url' ? actionUrlTraits(before, after) : [];
}

function isEndpoint(id: string): boolean {
  return id.startsWith('client.endpoints.');
}

/** Settings by report name. Secrets are compared on their own; a name that stands again is kept apart by what it says. */
function settingsByName(document: ConfigDocument | null): ReadonlyMap<string, Setting> {
  const byName = new Map<string, Setting>();
  for (const setting of document?.settings ?? []) {
    const { value } = setting;
    if (value.kind === 'secret') continue;
    const name = nameOf(setting);
    const own = value.kind === 'unresolved' ? `${name} ${value.meaning}` : name;
    let free = byName.has(name) ? own : name;
    for (let count = 2; byName.has(free); count += 1) free = `${own} ${count}`;
    byName.set(free, setting);
  }
  return byName;
}

function nameOf({ id, culture }: Setting): string {
  return culture === undefined ? id : `${id}@${culture}`;
}

/**
 * A channel's rules on both sides. Absence means: in a patch unchanged, in a silent format unknown, else none. What no
 * reader understood is a change of its own: beside it, the channel is taken to be as it was.
 */
function channelRules(
  pair: DocumentPair,
  channel: Channel,
  before: ReadonlyMap<string, Setting>,
  after: ReadonlyMap<string, Setting>,
): ChannelRules {
  const id = `access.${channel}`;
  const was = sidedOf(pair.base, pair.head, id, before.get(id));
  const base = rulesOf(was);
  const head = rulesOf(sidedOf(pair.head, pair.base, id, after.get(id)));
  if (head === null) return { channel, base: base ?? [], head: base ?? [], unsaid: false };
  const unsaid = was.kind === 'unsaid';
  return { channel, base: base ?? (unsaid ? [] : head), head, unsaid };
}

/** Null where the side says nothing of its rules, or nothing that was understood. */
function rulesOf(side: Sided): readonly AccessRule[] | null {
  if (side.kind !== 'said') return null;
  if (side.value === null) return [];
  return side.value.kind === 'access' ? side.value.rules : null;
}

/** A patch that begins to name a channel and gives it no rule: perhaps it takes all away, no tuple can tell. */
function emptiedChannel(
  pair: DocumentPair,
  { head, unsaid }: ChannelRules,
  setting: Setting | undefined,
): readonly Change[] {
  if (!unsaid || head.length > 0 || setting === undefined) return [];
  const facts = { setting: setting.id, kind: 'added', effect: 'unknown', after: messages['no-rules'] } as const;
  return [changeAt(pair, null, setting.at, { ...facts, detail: messages['access-was-not-said'] })];
}

/** Content that no setting carries: program source is for a person, a key store is a secret. */
function opaqueContent(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const { base } = pair;
  const content = { before: base?.digest ?? null, after: head.digest };
  const wasKeyStore = base?.role === 'key-store';
  if (content.before === content.after || (wasKeyStore && content.after === null)) return [];
  if (head.role === 'key-store') {
    const kind = wasKeyStore ? 'modified' : 'added';
    const facts = { setting: 'secret', kind, effect: 'unknown', content, detail: messages['key-store'] } as const;
    return [changeAt(pair, null, startOf(head), facts)];
  }
  const kind = content.before === null ? 'added' : content.after === null ? 'removed' : 'modified';
  const isSource = base?.role === 'source-code' || head.role === 'source-code';
  const detail = isSource ? messages['source-code'] : messages.opaque;
  return [changeAt(pair, null, startOf(head), { setting: 'document', kind, effect: 'unknown', content, detail })];
}

/** A registered configuration that becomes one of pre-production, or is none any more: all of it means something else. */
function changedEnvironment(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const { base } = pair;
  if (base?.role !== 'registered' || head.role !== 'registered') return [];
  const [before, after] = [base.environment, head.environment];
  if ((before === 'ppe') === (after === 'ppe')) return [];
  const facts = { setting: 'document', kind: 'modified', effect: 'unknown', before, after } as const;
  return [changeAt(pair, startOf(base), startOf(head), { ...facts, detail: messages['environment-changed'] })];
}

/** A first document that says nothing is one change all the same. */
function emptyDocument(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const detail = messages['document-first'];
  return [changeAt(pair, null, startOf(head), { setting: 'document', kind: 'added', effect: 'neutral', detail })];
}

function startOf({ file }: ConfigDocument): Setting['at'] {
  return { file, line: 1, column: 1 };
}

/** A document that is gone is one change; of a key store it is its secret that goes; certificates go one by one. */
function removedDocument(pair: DocumentPair, base: ConfigDocument): readonly Change[] {
  if (base.role === 'key-store') {
    const content = { before: base.digest, after: null };
    const facts = { setting: 'secret', kind: 'removed', effect: 'neutral', content } as const;
    return [changeAt(pair, startOf(base), null, { ...facts, detail: messages['key-store'] })];
  }
  if (base.role === 'certificate') {
    const certificates = base.settings
      .filter(({ id }) => id === 'certificate')
      .flatMap((setting) => settingChanges(pair, setting, setting, undefined));
    if (certificates.length > 0) return certificates;
  }
  const policy = base.role === 'governance' ? base.settings.find(({ id }) => id === 'policy') : undefined;
  const setting = base.role === 'governance' ? 'policy' : base.role === 'certificate' ? 'certificate' : 'document';
  const content = policy?.value.kind === 'content' ? policy.value.meaning : base.digest;
  return [
    changeAt(pair, policy?.at ?? null, null, {
      setting,
      kind: 'removed',
      effect: 'unknown',
      detail: messages['document-removed'],
      ...(content === null ? {} : { content: { before: content, after: null } }),
    }),
  ];
}
