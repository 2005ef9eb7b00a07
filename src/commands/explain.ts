/** `explain`: what a rule, setting, category, step or source is, and what it asks for. */
import settingsTable from '../../data/settings.json' with { type: 'json' };
import { UsageError } from '../model/errors.ts';
import type { LeadTime, Policy } from '../model/policy.ts';
import {
  type ExplainedRule,
  type ExplainedSource,
  type Explanation,
  explain as explainTerm,
} from '../policy/explain.ts';
import type { Command } from './command.ts';
import { readDefaultPolicy } from './local-files.ts';
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
  operands: '[<rule or setting>]',
  summary: 'prints a rule with its source, what it asks for, or what a setting means and where it is kept',
  options: [],
  async run(given, terminal) {
    const policy = await readDefaultPolicy();
    const [term, ...rest] = given.operands;
    if (rest.length > 0) throw new UsageError(messages.wrongOption(usage.explain));
    const lines = term === undefined ? listTerms(policy) : renderExplanation(explainTerm(policy, term), term);
    terminal.out(`${lines.join('\n')}\n`);
    return 0;
  },
};

function listTerms(policy: Policy): readonly string[] {
  return [
    'Rules, in the order in which they are tried:',
    ...policy.rules.map(({ id, category }) => `  ${id.padEnd(36)} ${category}`),
    '',
    'Settings:',
    ...Object.entries(settingsTable).map(([id, { title }]) => `  ${id.padEnd(36)} ${title}`),
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
        `  rules: ${explanation.rules.join(', ')}`,
        `  steps: ${explanation.steps.join(', ')}`,
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
    `${id}: ${facts.title}`,
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
