/** Policies and workflows as settings, one for each key, so a report shows the changed key. */
import type { Setting, SettingValue } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import { canonicalJson, entry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { words } from '../words.ts';
import { isShowable } from './showable.ts';

/** The keys of a policy: `policy.lead-times.configuration.min`. */
export function listPolicyKeys(root: YamlNode, file: string): readonly Setting[] {
  return listKeys(root, { id: 'policy', file, shows: () => true });
}

/** The keys of a workflow or action: `gate-workflow.jobs.gate.steps.checkout.with.mode`. */
export function listWorkflowKeys(root: YamlNode, file: string): readonly Setting[] {
  const events = entry(root, 'on');
  const prefix = 'gate-workflow';
  const own = listKeys(root, { id: prefix, file, shows: isShowable }).filter(({ id }) => !isEvent(id));
  return events === null ? own : [...own, ...listEvents(events, file)];
}

function isEvent(id: string): boolean {
  return /^gate-workflow\.on(?:\.|$)/.test(id);
}

/** Events are written as one name, as a list, or as a map. */
function listEvents(events: YamlNode, file: string): readonly Setting[] {
  const id = 'gate-workflow.on';
  if (events.kind === 'map') {
    return events.entries.flatMap(({ key, value, keyAt }) =>
      value.kind === 'scalar' && value.value === null
        ? [buildSetting(`${id}.${key}`, '', '', { file, ...keyAt })]
        : listKeys(value, { id: `${id}.${key}`, file, shows: isShowable }),
    );
  }
  const names = events.kind === 'list' ? events.items : [events];
  return names.flatMap((name) =>
    name.kind === 'scalar' ? [buildSetting(`${id}.${name.text}`, '', '', { file, ...name.at })] : [],
  );
}

interface Listing {
  readonly id: string;
  readonly file: string;
  readonly shows: (id: string, text: string) => boolean;
}

function listKeys(node: YamlNode, listing: Listing): readonly Setting[] {
  const { id, file, shows } = listing;
  const at = { file, ...node.at };
  if (node.kind === 'map' && node.entries.length > 0) {
    return node.entries.flatMap(({ key, value }) => listKeys(value, { ...listing, id: `${id}.${key}` }));
  }
  if (node.kind === 'list' && node.items.length > 0 && node.items.every(({ kind }) => kind === 'scalar')) {
    const items = node.items.map((item) => {
      const text = item.kind === 'scalar' ? item.text : '';
      return { meaning: canonicalJson(item), shown: shows(id, text) ? text : words.notShown, at: { file, ...item.at } };
    });
    return [{ id, value: { kind: 'set', items }, at }];
  }
  if (node.kind === 'list' && node.items.some(({ kind }) => kind === 'map')) {
    const names = node.items.map(nameItem);
    const unique = names.map((name, index) => (names.indexOf(name) === index ? name : `${name} ${index + 1}`));
    return [
      ...node.items.flatMap((item, index) => listKeys(item, { ...listing, id: `${id}.${unique[index]}` })),
      buildSetting(`${id}.order`, unique.join(', '), unique.join(', '), at),
    ];
  }
  const text = node.kind === 'scalar' ? node.text : canonicalJson(node);
  return [buildSetting(id, canonicalJson(node), shows(id, text) ? text : words.notShown, at)];
}

/** The identity of a step: its id, its name, or its `uses`. */
function nameItem(item: YamlNode, index: number): string {
  const [name] = ['id', 'name', 'uses'].flatMap((key) => {
    const value = entry(item, key);
    return value?.kind === 'scalar' && value.text !== '' ? [value.text.split('@', 1)[0] ?? ''] : [];
  });
  return name ?? String(index + 1);
}

function buildSetting(id: string, meaning: string, shown: string, at: Place): Setting {
  const value: SettingValue = { kind: 'text', meaning, shown };
  return { id, value, at };
}
