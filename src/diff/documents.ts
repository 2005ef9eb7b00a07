/** Two documents to the changes of meaning between them. Formatting, order and spelling were settled by the readers. */
import messages from '../../data/messages/diff.json' with { type: 'json' };
import type { Change, Trait } from '../model/change.ts';
import type { AccessRule, Channel, ConfigDocument, Setting } from '../model/document.ts';
import { type ChannelRules, diffAccess } from './access.ts';
import { applicationIdTraits } from './application-id.ts';
import { actionUrlTraits, endpointTraits } from './endpoints.ts';
import { sortChanges } from './order.ts';
import { changeAt, type DocumentPair, pairOf } from './pair.ts';
import { diffRuleTexts } from './rule-texts.ts';
import { diffSecrets } from './secrets.ts';
import { diffSet } from './sets.ts';
import { type SettingPair, sidedOf } from './sided.ts';
import { diffValue } from './values.ts';

/**
 * Every change of meaning, sorted. No base: the document is new and every setting is added. No head: it is gone, which
 * is one change. What a patch leaves out is unchanged, what it begins to say has an unknown former value.
 */
export function diffDocuments(base: ConfigDocument | null, head: ConfigDocument | null): readonly Change[] {
  const pair = pairOf(base, head);
  if (pair === null) return [];
  const changes = head === null ? removedDocument(pair) : comparedDocuments(pair);
  return sortChanges(changes);
}

function comparedDocuments(pair: DocumentPair): readonly Change[] {
  const { base, head } = pair;
  const [before, after] = [settingsByName(base), settingsByName(head)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes: (readonly Change[])[] = [opaqueContent(pair), changedEnvironment(pair), diffSecrets(pair)];
  const unreadChannels = new Set<string>();
  for (const name of names) {
    const [was, is] = [before.get(name), after.get(name)];
    const setting = was ?? is;
    if (setting === undefined) continue;
    const values = [was?.value, is?.value];
    const isAccess = values.some((value) => value?.kind === 'access');
    const isUnresolved = values.some((value) => value?.kind === 'unresolved');
    if (isAccess && !isUnresolved) continue; // both channels are compared together, below
    if (isAccess || setting.id.startsWith('access.')) unreadChannels.add(setting.id);
    changes.push(settingChanges(pair, setting, was, is));
  }
  const online = channelRules(pair, 'online', before, after);
  const offline = channelRules(pair, 'offline', before, after);
  const readable = (rules: ChannelRules) => !unreadChannels.has(`access.${rules.channel}`);
  const access = diffAccess(pair, online, offline).filter((change) => !unreadChannels.has(change.setting));
  changes.push(access, ...[online, offline].filter(readable).map((rules) => diffRuleTexts(pair, rules)));
  changes.push(emptiedChannels(pair, [online, offline], after));
  const found = underNewApplication(pair, changes.flat());
  return found.length > 0 || base !== null ? found : emptyDocument(pair);
}

/** A client document that begins to speak for another application: its go-live covers whatever else changes in it. */
function underNewApplication(pair: DocumentPair, changes: readonly Change[]): readonly Change[] {
  const names = (trait: Trait) => trait === 'first-application' || trait === 'other-application';
  const isNew = changes.some(({ traits, document }) => traits.some(names) && document.environment !== 'ppe');
  if (pair.head?.role !== 'client' || !isNew) return changes;
  return changes.map((change) => ({ ...change, traits: [...change.traits, 'of-new-application'] }));
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
  if (pair.base === null && saysTheDefault(pair.head, id, is)) return [];
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

/** What a first document only repeats is as if it were not written. */
function saysTheDefault(document: ConfigDocument | null, id: string, setting: Setting | undefined): boolean {
  if (document === null || setting?.value.kind !== 'text' || document.role !== 'client') return false;
  return Object.hasOwn(document.defaults, id) && document.defaults[id] === setting.value.meaning;
}

function traitsOf(pair: DocumentPair, { id, before, after, unsaid }: SettingPair): readonly Trait[] {
  // An UpdateApplication body names an application that exists; that it names it now makes none.
  if (id === 'app-id')
    return unsaid || pair.head?.role === 'provisioning-patch' ? [] : applicationIdTraits(before, after);
  if (id.startsWith('client.endpoints.')) return endpointTraits(before, after);
  return id === 'action-url' ? actionUrlTraits(before, after) : [];
}

/** Settings by report name. Secrets are compared on their own; a name that stands again is kept apart by what it says. */
function settingsByName(document: ConfigDocument | null): ReadonlyMap<string, Setting> {
  const byName = new Map<string, Setting>();
  for (const setting of document?.settings ?? []) {
    const { value } = setting;
    if (value.kind === 'secret') continue;
    const name = nameOf(setting);
    let free = byName.has(name) ? `${name} ${value.kind === 'unresolved' ? value.meaning : ''}` : name;
    for (let count = 2; byName.has(free); count += 1) free = `${name} ${count}`;
    byName.set(free, setting);
  }
  return byName;
}

function nameOf({ id, culture }: Setting): string {
  return culture === undefined ? id : `${id}@${culture}`;
}

/** A channel's rules on both sides. Absence means: in a patch unchanged, in a silent format unknown, else none. */
function channelRules(
  pair: DocumentPair,
  channel: Channel,
  before: ReadonlyMap<string, Setting>,
  after: ReadonlyMap<string, Setting>,
): ChannelRules {
  const id = `access.${channel}`;
  const base = rulesOf(before.get(id));
  const head = rulesOf(after.get(id));
  const said = sidedOf(pair.head, pair.base, id, after.get(id));
  if (head === null && (said.kind !== 'said' || said.value !== null)) {
    return { channel, base: base ?? [], head: base ?? [], unsaid: false };
  }
  const was = sidedOf(pair.base, pair.head, id, before.get(id));
  if (was.kind === 'silent') return { channel, base: head ?? [], head: head ?? [], unsaid: false };
  return { channel, base: base ?? [], head: head ?? [], unsaid: was.kind === 'unsaid' };
}

function rulesOf(setting: Setting | undefined): readonly AccessRule[] | null {
  return setting?.value.kind === 'access' ? setting.value.rules : null;
}

/** A patch that begins to name a channel and gives it no rule: perhaps it takes all away, no tuple can tell. */
function emptiedChannels(
  pair: DocumentPair,
  channels: readonly ChannelRules[],
  after: ReadonlyMap<string, Setting>,
): readonly Change[] {
  return channels.flatMap(({ channel, head, unsaid }) => {
    const setting = after.get(`access.${channel}`);
    if (!unsaid || head.length > 0 || setting?.value.kind !== 'access') return [];
    const facts = { setting: setting.id, kind: 'added', effect: 'unknown', after: messages['no-rules'] } as const;
    return [changeAt(pair, null, setting.at, { ...facts, detail: messages['access-was-not-said'] })];
  });
}

/** Content that no setting carries: program source is for a person, a key store is a secret. */
function opaqueContent(pair: DocumentPair): readonly Change[] {
  const { base, head } = pair;
  const content = { before: base?.digest ?? null, after: head?.digest ?? null };
  if (content.before === content.after || head === null) return [];
  if (head.role === 'key-store' || (content.after === null && base?.role === 'key-store')) {
    if (content.after === null) return [];
    const kind = content.before === null || base?.role !== 'key-store' ? 'added' : 'modified';
    const facts = { setting: 'secret', kind, effect: 'unknown', content, detail: messages['key-store'] } as const;
    return [changeAt(pair, null, firstPlace(head), facts)];
  }
  const kind = content.before === null ? 'added' : content.after === null ? 'removed' : 'modified';
  const isSource = [base?.role, head.role].includes('source-code');
  const detail = isSource ? messages['source-code'] : messages.opaque;
  return [changeAt(pair, null, firstPlace(head), { setting: 'document', kind, effect: 'unknown', content, detail })];
}

/** A registered configuration that becomes one of pre-production, or is none any more: all of it means something else. */
function changedEnvironment(pair: DocumentPair): readonly Change[] {
  const { base, head } = pair;
  if (base?.role !== 'registered' || head?.role !== 'registered') return [];
  const [before, after] = [base.environment, head.environment];
  if ((before === 'ppe') === (after === 'ppe')) return [];
  const facts = { setting: 'document', kind: 'modified', effect: 'unknown', before, after } as const;
  return [changeAt(pair, firstPlace(base), firstPlace(head), { ...facts, detail: messages['environment-changed'] })];
}

/** A first document that says nothing is one change all the same. */
function emptyDocument(pair: DocumentPair): readonly Change[] {
  const detail = messages['document-first'];
  const facts = { setting: 'document', kind: 'added', effect: 'neutral', detail } as const;
  return [changeAt(pair, null, firstPlace(pair.head), facts)];
}

function firstPlace(document: ConfigDocument | null): Setting['at'] | null {
  return document === null ? null : { file: document.file, line: 1, column: 1 };
}

/** A document that is gone is one change; of a key store it is its secret that goes; certificates go one by one. */
function removedDocument(pair: DocumentPair): readonly Change[] {
  const { base } = pair;
  if (base === null) return [];
  if (base.role === 'key-store') {
    const content = { before: base.digest, after: null };
    const facts = { setting: 'secret', kind: 'removed', effect: 'neutral', content } as const;
    return [changeAt(pair, firstPlace(base), null, { ...facts, detail: messages['key-store'] })];
  }
  const certificates = base.settings.find((setting) => setting.value.kind === 'set' && setting.id === 'certificate');
  if (base.role === 'certificate' && certificates?.value.kind === 'set' && certificates.value.items.length > 0) {
    return settingChanges(pair, certificates, certificates, undefined);
  }
  const policy = base.settings.find((setting) => setting.id === 'policy');
  const setting = base.role === 'governance' ? 'policy' : base.role === 'certificate' ? 'certificate' : 'document';
  const content = base.digest ?? (policy?.value.kind === 'content' ? policy.value.meaning : null);
  return [
    changeAt(pair, base.role === 'governance' ? (policy?.at ?? null) : null, null, {
      setting,
      kind: 'removed',
      effect: 'unknown',
      detail: messages['document-removed'],
      ...(content === null ? {} : { content: { before: content, after: null } }),
    }),
  ];
}
