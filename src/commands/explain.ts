/** `explain`: what a rule, setting, category, step or source is, and what it asks for. */
import settingsTable from '../../data/settings.json' with { type: 'json' };
import { lookUpKey } from '../formats/django/keys.ts';
import { findDotnetKey } from '../formats/dotnet/keys.ts';
import { packagedText } from '../git/packaged-files.ts';
import { UsageError } from '../model/errors.ts';
import { troubleshootingAddress } from '../model/messages.ts';
import type { LeadTime, Policy } from '../model/policy.ts';
import { type ExplainedRule, type ExplainedSource, type Explanation, explainTerm } from '../policy/explain.ts';
import { settingTitle } from '../policy/setting-titles.ts';
import { choosePolicy } from '../review/choose-policy.ts';
import type { Command } from './command.ts';
import { readBuiltInPolicies, readTeamPolicy } from './local-files.ts';
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
  operands: '[<term>]',
  summary: 'explains a rule, setting, SDK key, category, label, step, source (R3) or error id',
  options: [],
  async run(given, terminal) {
    const [term, ...rest] = given.operands;
    if (rest.length > 0) throw new UsageError(messages.wrongOption(usage.explain));
    const { path, content } = await readTeamPolicy('.');
    const { policy } = choosePolicy(content, path, await readBuiltInPolicies());
    const lines = term === undefined ? listTerms(policy) : await explainWord(policy, term);
    terminal.out(`${lines.join('\n')}\n`);
    return 0;
  },
};

/** Explains what people see and type: ids of the policy first, then labels, keys of an SDK and ids of errors. */
async function explainWord(policy: Policy, term: string): Promise<readonly string[]> {
  const explanation = explainTerm(policy, term);
  if (explanation.kind !== 'unknown') return renderExplanation(explanation, term);
  const lines = explainLabel(policy, term) ?? explainKey(policy, term) ?? (await explainError(term));
  return lines ?? renderExplanation(explanation, term);
}

function explainLabel(policy: Policy, term: string): readonly string[] | null {
  const isMeant = (label: string | null): boolean => label?.toLowerCase() === term.toLowerCase();
  const cleared = policy.categories.filter(({ label }) => isMeant(label));
  const lines = [
    ...cleared.flatMap(({ id }) => ['', ...renderExplanation(explainTerm(policy, id), id)]),
    ...(isMeant(policy.breakGlass?.label ?? null) ? ['  the emergency label: it clears everything but a secret'] : []),
    ...policy.steps.flatMap(({ id, title, evidence }) =>
      evidence.labels.some(isMeant) ? [`  evidence of the step ${id}: ${title}`] : [],
    ),
  ];
  return lines.length === 0 ? null : [`${term}: a label of the policy`, ...lines];
}

function explainKey(policy: Policy, term: string): readonly string[] | null {
  const key = [findDotnetKey(term), lookUpKey(term)].find((one) => one !== null && one.kind !== 'unlisted');
  if (key === undefined || key === null) return null;
  const { setting } = key;
  return [
    `${term}: a key of a HealthVault SDK; it sets ${setting}`,
    '',
    ...renderExplanation(explainTerm(policy, setting), setting),
  ];
}

/** The entry of the page about errors, which ships with the program. */
async function explainError(term: string): Promise<readonly string[] | null> {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(term)) return null;
  const page = await packagedText('docs/troubleshooting.md');
  const [, entry] = page.split(`\n### ${term}\n`);
  const text = entry?.split(/\n##/)[0]?.trim();
  if (text === undefined) return null;
  return [
    `${term}: an error or finding`,
    ...text.split('\n').map((line) => `  ${line}`),
    `  ${troubleshootingAddress(term)}`,
  ];
}

function listTerms(policy: Policy): readonly string[] {
  return [
    'Rules, in the order in which they are tried:',
    ...policy.rules.map(({ id, category }) => `  ${id.padEnd(36)} ${category}`),
    '',
    'Settings:',
    ...Object.entries(settingsTable).map(([id, { title }]) => `  ${id.padEnd(36)} ${title}`),
    '',
    'Categories and their labels:',
    ...policy.categories.map(({ id, label }) => `  ${id.padEnd(36)} ${label ?? 'no label'}`),
    '',
    'Steps:',
    ...policy.steps.map(({ id, title }) => `  ${id.padEnd(36)} ${title}`),
    '',
    'Keys of SDKs (ApplicationId, WCPage_ActionPrivacy), sentences (R3) and ids of errors (no-base) are known as well.',
  ];
}

function renderExplanation(explanation: Explanation, term: string): readonly string[] {
  switch (explanation.kind) {
    case 'rule':
      return renderRule(explanation.rule);
    case 'setting':
      return [
        ...renderSetting(explanation.setting),
        '',
        'Rules that look at it:',
        ...explanation.rules.map(renderRuleLine),
      ];
    case 'category':
      return [
        `${explanation.category.id}: ${explanation.category.title}`,
        `  label: ${explanation.category.label ?? (explanation.category.blocks === 'always' ? 'none clears it' : 'none is needed')}`,
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

function renderSetting(id: string): readonly string[] {
  const table: Readonly<Record<string, SettingFacts | undefined>> = settingsTable;
  const pattern = Object.keys(table).find((key) => key.endsWith('>') && id.startsWith(key.slice(0, key.indexOf('<'))));
  const facts = table[id] ?? (pattern === undefined ? undefined : table[pattern]);
  if (facts === undefined) return [id];
  return [
    `${id}: ${settingTitle(id)}`,
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
  if (time === null) return 'none published';
  const unit = time.unit === 'weeks' ? 'weeks' : 'business days';
  return time.min === time.max ? `${time.min} ${unit}` : `${time.min} to ${time.max} ${unit}`;
}
