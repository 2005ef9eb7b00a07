/** `explain`: describes a rule, setting, category, step or source, and its requirements. */

import settingsTable from '../../data/settings.json' with { type: 'json' };
import { findSdkKey } from '../formats/sdk-keys.ts';
import { readBuiltInPolicies } from '../gate/built-in-policies.ts';
import { readPackaged } from '../git/packaged-files.ts';
import { UsageError } from '../model/errors.ts';
import { buildTroubleshootingAddress } from '../model/messages.ts';
import { DEFAULT_POLICY_PATH, describeTime, type LeadTime, type Policy } from '../model/policy.ts';
import { type ExplainedRule, type ExplainedSource, type Explanation, explainTerm } from '../policy/explain.ts';
import { writeSettingTitle } from '../policy/setting-titles.ts';
import { type Command, getOptionValue } from './command.ts';
import { chooseLocalPolicy, readNamedPolicy, readTeamPolicy } from './local-files.ts';
import { messages, usage } from './messages.ts';

interface SettingFacts {
  readonly title: string;
  readonly meaning: string;
  readonly tab: string | null;
  readonly xml: string | null;
}

/** The `explain` command. */
export const explain: Command = {
  name: 'explain',
  options: [
    {
      name: 'policy',
      value: '<file or name>',
      text: `policy, a file or the name of a built-in one; default: ${DEFAULT_POLICY_PATH}, else the built-in policy`,
    },
  ],
  async run(given, terminal) {
    const [term, ...rest] = given.operands;
    if (rest.length > 0) throw new UsageError(messages.wrongOption(usage.explain));
    const presets = await readBuiltInPolicies();
    const named = getOptionValue(given, 'policy');
    const { path, content } = await readTeamPolicy('.');
    const { policy } =
      named === undefined ? await chooseLocalPolicy(content, path, presets) : await readNamedPolicy(named, presets);
    const lines = term === undefined ? listTerms(policy) : await explainWord(policy, term);
    terminal.writeOut(`${lines.join('\n')}\n`);
    return 0;
  },
};

/** Explains visible ids and words: ids of the policy first, then labels, keys of an SDK and ids of errors. */
async function explainWord(policy: Policy, term: string): Promise<readonly string[]> {
  const explanation = explainTerm(policy, term);
  if (explanation.kind !== 'unknown') return renderExplanation(policy, explanation, term);
  const lines = explainLabel(policy, term) ?? explainKey(policy, term) ?? (await explainError(term));
  return lines ?? renderExplanation(policy, explanation, term);
}

function explainLabel(policy: Policy, term: string): readonly string[] | null {
  const isMatch = (label: string | null): boolean => label?.toLowerCase() === term.toLowerCase();
  const cleared = policy.categories.filter(({ label }) => isMatch(label));
  const lines = [
    ...cleared.flatMap(({ id }) => ['', ...renderExplanation(policy, explainTerm(policy, id), id)]),
    ...(isMatch(policy.breakGlass?.label ?? null) ? ['  emergency label: approves every category except secret'] : []),
    ...policy.steps.flatMap(({ id, title, evidence }) =>
      evidence.labels.some(isMatch) ? [`  evidence for the step ${id}: ${title}`] : [],
    ),
  ];
  return lines.length === 0 ? null : [`${term}: label of the policy`, ...lines];
}

function explainKey(policy: Policy, term: string): readonly string[] | null {
  const setting = findSdkKey(term);
  if (setting === null) return null;
  return [
    `${term}: key of a HealthVault SDK for the setting ${setting}`,
    '',
    ...renderExplanation(policy, explainTerm(policy, setting), setting),
  ];
}

/** The entry of the page about errors, which ships with the program. */
async function explainError(term: string): Promise<readonly string[] | null> {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(term)) return null;
  const page = await readPackaged('docs/troubleshooting.md');
  const [, entry] = page.split(`\n### ${term}\n`);
  const text = entry?.split(/\n##/)[0]?.trim();
  if (text === undefined) return null;
  return [`${term}: message`, ...text.split('\n').map((line) => `  ${line}`), `  ${buildTroubleshootingAddress(term)}`];
}

function listTerms(policy: Policy): readonly string[] {
  return [
    'Rules, in the order in which they apply:',
    ...policy.rules.map(({ id, category }) => `  ${id.padEnd(36)} ${category}`),
    '',
    'Settings:',
    ...listDeclared(policy).map(({ id, place }) => `  ${id.padEnd(36)} ${place}`),
    ...(namesHealthVault(policy)
      ? Object.entries(settingsTable).map(([id, { title }]) => `  ${id.padEnd(36)} ${title}`)
      : []),
    '',
    'Categories and their labels:',
    ...policy.categories.map(({ id, label }) => `  ${id.padEnd(36)} ${label ?? 'no label'}`),
    '',
    'Steps:',
    ...policy.steps.map(({ id, title }) => `  ${id.padEnd(36)} ${title}`),
    '',
    'Other terms: keys of SDKs (ApplicationId, WCPage_ActionPrivacy), citations (R3) and ids of messages (no-base).',
  ];
}

/** The settings that the policy declares, with the places that they are read from. */
function listDeclared({ documents }: Policy): readonly { readonly id: string; readonly place: string }[] {
  return documents.flatMap(({ files, settings }) =>
    Object.entries(settings).map(([id, { pointer }]) => ({ id, place: `${pointer} in ${files.join(', ')}` })),
  );
}

/** Whether a rule names a setting that HealthVault registers. A policy for another platform names none. */
function namesHealthVault(policy: Policy): boolean {
  const table: Readonly<Record<string, SettingFacts | undefined>> = settingsTable;
  const declared = new Set(listDeclared(policy).map(({ id }) => id));
  const named = policy.rules.flatMap(({ when }) => when.flatMap(({ setting = [] }) => setting));
  return named.some((id) => !declared.has(id) && typeof table[id]?.tab === 'string');
}

function renderExplanation(policy: Policy, explanation: Explanation, term: string): readonly string[] {
  switch (explanation.kind) {
    case 'rule':
      return renderRule(explanation.rule);
    case 'setting':
      return [
        ...renderSetting(explanation.setting, policy),
        '',
        'Rules for this setting:',
        ...explanation.rules.map(renderRuleLine),
      ];
    case 'category':
      return [
        `${explanation.category.id}: ${explanation.category.title}`,
        `  label: ${explanation.category.label ?? (explanation.category.blocks === 'always' ? 'no label approves it' : 'not needed')}`,
        ...(explanation.category.attests === null ? [] : [`  attests: ${explanation.category.attests}`]),
        `  lead time: ${renderLeadTime(explanation.category.leadTime)}`,
        '  rules:',
        ...explanation.rules.map(renderRuleLine),
      ];
    case 'step': {
      const { step, sources } = explanation;
      return [
        `${step.id}: ${step.title}${step.required ? '' : ' (optional)'}`,
        `  ${step.text}`,
        `  who: ${step.who}`,
        `  phase: ${step.phase}`,
        ...sources.map(renderSource),
      ];
    }
    case 'source':
      return [
        renderSource(explanation.source).trim(),
        `  rules: ${explanation.rules.join(', ') || 'none'}`,
        `  steps: ${explanation.steps.join(', ') || 'none'}`,
        ...(explanation.leadTimes.length === 0 ? [] : [`  lead times of: ${explanation.leadTimes.join(', ')}`]),
      ];
    case 'unknown':
      throw new UsageError(messages.unknownTerm({ term, nearest: explanation.nearest }));
  }
}

function renderRule(explained: ExplainedRule): readonly string[] {
  const also = explained.also.length === 0 ? '' : `, and also ${explained.also.join(', ')}`;
  return [
    `${explained.id}: ${explained.category} (${explained.categoryTitle})${also}`,
    `  ${explained.reason}`,
    ...(explained.note === null ? [] : [`  Note: ${explained.note}`]),
    ...explained.when.map((words) => `  when: ${words}`),
    `  label: ${explained.label ?? 'none'}`,
    `  lead time: ${renderLeadTime(explained.leadTime)}${explained.unpublished.map((wait) => `; ${wait}: not published`).join('')}`,
    ...explained.steps.map((step) => `  step: ${step.title}${step.required ? '' : ' (optional)'}`),
    ...explained.sources.map(renderSource),
  ];
}

function renderRuleLine(explained: ExplainedRule): string {
  return `  ${explained.id}: ${explained.category}`;
}

function renderSetting(id: string, policy: Policy): readonly string[] {
  const declared = listDeclared(policy).filter(
    (one) => one.id === id || (one.id.endsWith('.*') && id.startsWith(one.id.slice(0, -1))),
  );
  if (declared.length > 0) return [id, ...declared.map(({ place }) => `  read from ${place}`)];
  const table: Readonly<Record<string, SettingFacts | undefined>> = settingsTable;
  const pattern = Object.keys(table).find((key) => key.endsWith('>') && id.startsWith(key.slice(0, key.indexOf('<'))));
  const facts = table[id] ?? (pattern === undefined ? undefined : table[pattern]);
  if (facts === undefined) return [id];
  return [
    `${id}: ${writeSettingTitle(id)}`,
    `  ${facts.meaning}`,
    facts.tab === null
      ? '  Not in the Application Configuration Center (ACC).'
      : `  Application Configuration Center (ACC) tab: ${facts.tab}`,
    ...(facts.xml === null ? [] : [`  Platform XML element: ${facts.xml}`]),
  ];
}

function renderSource({ id, text, document }: ExplainedSource): string {
  return `  ${id}: ${text ?? 'a document'}${document === null || document === id ? '' : ` (${document})`}`;
}

function renderLeadTime(time: LeadTime | null): string {
  return time === null ? 'none published' : describeTime(time);
}
