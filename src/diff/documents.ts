/** Two documents to the changes of meaning between them. Formatting, order and spelling were settled by the readers. */
import type { Change, Trait } from '../model/change.ts';
import type { AccessRule, Channel, ConfigDocument, Setting } from '../model/document.ts';
import { type ChannelRules, diffAccess } from './access.ts';
import { findApplicationIdTraits } from './application-id.ts';
import { findActionUrlTraits, findEndpointTraits } from './endpoints.ts';
import { diffGovernance } from './governance.ts';
import { words } from './messages.ts';
import { sortChanges } from './order.ts';
import { buildChange, type DocumentPair, pairDocuments, withTrait } from './pair.ts';
import { describeProductionStart, startsInProduction } from './production-start.ts';
import { diffRuleTexts } from './rule-texts.ts';
import { diffSecrets } from './secrets.ts';
import { diffSet } from './sets.ts';
import { resolveSetting, type SettingPair, type StatedSetting } from './stated-setting.ts';
import { diffValue } from './values.ts';

/**
 * Every change of meaning, sorted. No base: the document is new and every setting is added. No head: the removed document is
 * one change. A setting that a patch does not contain is unchanged. A new setting of a patch has an unknown former value.
 */
export function diffDocuments(base: ConfigDocument | null, head: ConfigDocument | null): readonly Change[] {
  if (head !== null) {
    const pair = pairDocuments(base, head, head);
    if (head.role === 'governance') return sortChanges(diffGovernance(pair, head));
    const changes = compareDocuments(pair, head);
    if (!startsInProduction(pair)) return sortChanges(changes);
    const asNew = base === null ? [] : compareDocuments({ ...pair, base: null }, head);
    return sortChanges(describeProductionStart(changes, asNew));
  }
  return base === null ? [] : sortChanges(describeRemoval(pairDocuments(base, null, base), base));
}

function compareDocuments(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const [before, after] = [indexSettings(pair.base), indexSettings(head)];
  const changes: (readonly Change[])[] = [diffContent(pair, head), diffEnvironment(pair, head), diffSecrets(pair)];
  for (const [name, named] of new Map([...before, ...after])) {
    const [was, is] = [before.get(name), after.get(name)];
    if ([was, is].every(hasRules)) continue; // both channels are compared together, below
    changes.push(diffSetting(pair, named, was, is));
  }
  const online = resolveChannel(pair, 'online', before, after);
  const offline = resolveChannel(pair, 'offline', before, after);
  changes.push(diffAccess(pair, online, offline));
  for (const rules of [online, offline]) {
    changes.push(diffRuleTexts(pair, rules), diffEmptiedChannel(pair, rules, after.get(`access.${rules.channel}`)));
  }
  const found = markNewApplication(pair, changes.flat());
  return found.length > 0 || pair.base !== null ? found : describeEmptyDocument(pair, head);
}

function hasRules(setting: Setting | undefined): boolean {
  return setting === undefined || setting.value.kind === 'access';
}

/** A client document that switches to another application: that application's go-live covers every other change in it. */
function markNewApplication({ document }: DocumentPair, changes: readonly Change[]): readonly Change[] {
  if (document.role !== 'client' || document.environment === 'ppe') return changes;
  const isNew = changes.some(
    ({ traits }) => traits.includes('first-application') || traits.includes('other-application'),
  );
  return isNew ? changes.map((change) => withTrait(change, 'of-new-application')) : changes;
}

function diffSetting(
  pair: DocumentPair,
  named: Setting,
  was: Setting | undefined,
  is: Setting | undefined,
): readonly Change[] {
  const { id } = named;
  const before = resolveSetting(pair.base, pair.head, id, was);
  const after = resolveSetting(pair.head, pair.base, id, is);
  if (after.kind !== 'stated' || before.kind === 'not-expressible') return [];
  if (repeatsDefault(pair, named)) return [];
  const setting: SettingPair = {
    id,
    name: writeSettingName(named),
    before: before.kind === 'stated' ? before.value : null,
    after: after.value,
    placeBefore: before.kind === 'stated' ? before.at : null,
    placeAfter: after.at,
    notStated: before.kind === 'not-stated',
  };
  const values = [setting.before, setting.after];
  const hasSet = values.some((value) => value?.kind === 'set');
  if (hasSet && values.every((value) => value === null || value.kind === 'set' || value.kind === 'text')) {
    return diffSet(pair, setting);
  }
  const change = diffValue(pair, setting, findTraits(pair, setting));
  return change === null ? [] : [change];
}

/** True for a setting that only repeats its default in the first version of a client document. It counts as absent. */
function repeatsDefault({ base, head }: DocumentPair, { id, value }: Setting): boolean {
  if (base !== null || head?.role !== 'client') return false;
  return value.kind === 'text' && head.defaults[id] === value.meaning;
}

function findTraits(pair: DocumentPair, { id, before, after, notStated }: SettingPair): readonly Trait[] {
  // An UpdateApplication body names an existing application, so a new name in it does not create one.
  if (id === 'app-id')
    return notStated || pair.document.role === 'provisioning-patch' ? [] : findApplicationIdTraits(before, after);
  if (isEndpoint(id)) {
    const others = (pair.base?.settings ?? []).filter((setting) => isEndpoint(setting.id));
    return findEndpointTraits(
      before,
      after,
      others.map(({ value }) => value),
    );
  }
  return id === 'action-url' ? findActionUrlTraits(before, after) : [];
}

function isEndpoint(id: string): boolean {
  return id.startsWith('client.endpoints.');
}

/** Settings by report name. Secrets are compared on their own. The value distinguishes repeated names. */
function indexSettings(document: ConfigDocument | null): ReadonlyMap<string, Setting> {
  const byName = new Map<string, Setting>();
  for (const setting of document?.settings ?? []) {
    const { value } = setting;
    if (value.kind === 'secret') continue;
    const name = writeSettingName(setting);
    const own = value.kind === 'unresolved' ? `${name} ${value.meaning}` : name;
    let free = byName.has(name) ? own : name;
    for (let count = 2; byName.has(free); count += 1) free = `${own} ${count}`;
    byName.set(free, setting);
  }
  return byName;
}

function writeSettingName({ id, culture }: Setting): string {
  return culture === undefined ? id : `${id}@${culture}`;
}

/**
 * A channel's rules on both sides. Absent rules mean: unchanged in a patch, unknown in a silent format, else none. Rules that
 * no reader understood are a separate change, so the channel itself counts as unchanged.
 */
function resolveChannel(
  pair: DocumentPair,
  channel: Channel,
  before: ReadonlyMap<string, Setting>,
  after: ReadonlyMap<string, Setting>,
): ChannelRules {
  const id = `access.${channel}`;
  const was = resolveSetting(pair.base, pair.head, id, before.get(id));
  const base = listRules(was);
  const head = listRules(resolveSetting(pair.head, pair.base, id, after.get(id)));
  if (head === null) return { channel, base: base ?? [], head: base ?? [], notStated: false };
  const notStated = was.kind === 'not-stated';
  return { channel, base: base ?? (notStated ? [] : head), head, notStated };
}

/** Null if the revision contains no rules, or none of them was understood. */
function listRules(stated: StatedSetting): readonly AccessRule[] | null {
  if (stated.kind !== 'stated') return null;
  if (stated.value === null) return [];
  return stated.value.kind === 'access' ? stated.value.rules : null;
}

/** A patch that begins to name a channel and gives it no rule: it may remove all access, which no tuple shows. */
function diffEmptiedChannel(
  pair: DocumentPair,
  { head, notStated }: ChannelRules,
  setting: Setting | undefined,
): readonly Change[] {
  if (!notStated || head.length > 0 || setting === undefined) return [];
  const facts = { setting: setting.id, kind: 'added', effect: 'unknown', after: words.noRules } as const;
  return [buildChange(pair, null, setting.at, { ...facts, detail: words.accessNotStated })];
}

/** Content that no setting carries: program source is for a person, a key store is a secret. */
function diffContent(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const { base } = pair;
  const content = { before: base?.digest ?? null, after: head.digest };
  const wasKeyStore = base?.role === 'key-store';
  if (content.before === content.after || (wasKeyStore && content.after === null)) return [];
  if (head.role === 'key-store') {
    const kind = wasKeyStore ? 'modified' : 'added';
    const facts = { setting: 'secret', kind, effect: 'unknown', content, detail: words.keyStore } as const;
    return [buildChange(pair, null, getFileStart(head), facts)];
  }
  const kind = content.before === null ? 'added' : content.after === null ? 'removed' : 'modified';
  const isSource = base?.role === 'source-code' || head.role === 'source-code';
  const detail = isSource ? words.sourceCode : words.opaque;
  return [
    buildChange(pair, null, getFileStart(head), { setting: 'document', kind, effect: 'unknown', content, detail }),
  ];
}

/** A registered configuration that moves to pre-production or is removed. */
function diffEnvironment(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const { base } = pair;
  if (base?.role !== 'registered' || head.role !== 'registered') return [];
  const [before, after] = [base.environment, head.environment];
  if ((before === 'ppe') === (after === 'ppe')) return [];
  const facts = { setting: 'document', kind: 'modified', effect: 'neutral', before, after } as const;
  const traits = ['environment-changed'] as const;
  return [
    buildChange(pair, getFileStart(base), getFileStart(head), { ...facts, traits, detail: words.environmentChanged }),
  ];
}

/** A first document without settings is still one change. */
function describeEmptyDocument(pair: DocumentPair, head: ConfigDocument): readonly Change[] {
  const detail = words.documentFirst;
  return [
    buildChange(pair, null, getFileStart(head), { setting: 'document', kind: 'added', effect: 'neutral', detail }),
  ];
}

function getFileStart({ file }: ConfigDocument): Setting['at'] {
  return { file, line: 1, column: 1 };
}

/** A removed document is one change. A removed key store is a removed secret. Each removed certificate is a change. */
function describeRemoval(pair: DocumentPair, base: ConfigDocument): readonly Change[] {
  if (base.role === 'key-store') {
    const content = { before: base.digest, after: null };
    const facts = { setting: 'secret', kind: 'removed', effect: 'neutral', content } as const;
    return [buildChange(pair, getFileStart(base), null, { ...facts, detail: words.keyStore })];
  }
  if (base.role === 'certificate') {
    const certificates = base.settings
      .filter(({ id }) => id === 'certificate')
      .flatMap((setting) => diffSetting(pair, setting, setting, undefined));
    if (certificates.length > 0) return certificates;
  }
  const setting = base.role === 'governance' ? 'policy' : base.role === 'certificate' ? 'certificate' : 'document';
  const content = base.digest;
  return [
    buildChange(pair, base.role === 'governance' ? getFileStart(base) : null, null, {
      setting,
      kind: 'removed',
      effect: 'unknown',
      detail: words.documentRemoved,
      ...(content === null ? {} : { content: { before: content, after: null } }),
    }),
  ];
}
