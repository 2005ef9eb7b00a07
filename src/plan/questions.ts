/** The update guide's two key questions: is the configuration changing, is the workflow changing (R2). */

import messages from '../../data/messages/plan.json' with { type: 'json' };
import type { Finding } from '../model/finding.ts';
import { fill } from '../model/messages.ts';
import type { Answer, Policy } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import type { PresentCategory } from './categories.ts';

type Question = 'configuration' | 'workflow';

/** Names of settings or files in a sentence before it says "and n more". */
const MAX_NAMED = 3;

/** The two answers with one sentence each. */
export type Questions = Pick<Report, 'questions' | 'because' | 'asked'>;

function names(list: readonly string[]): string {
  const unique = [...new Set(list)];
  const named = unique.slice(0, MAX_NAMED).join(', ');
  const rest = unique.length - MAX_NAMED;
  return rest > 0 ? fill(messages['and-more'], { named, rest }) : named;
}

/** The findings behind one answer, each once, in the order of their categories. */
function findingsFor(present: readonly PresentCategory[], question: Question, answer: Answer): readonly Finding[] {
  const found = present.filter(({ category }) => category.questions[question] === answer);
  return [...new Set(found.flatMap(({ findings }) => findings))];
}

function settingsOf(findings: readonly Finding[]): string {
  return names(findings.map((finding) => finding.change.setting));
}

/** What is not understood, and what would settle it. */
function unknownSentence(present: readonly PresentCategory[], question: Question): string {
  const open = present.filter(({ category }) => category.questions[question] === 'unknown');
  const label = open.find(({ category }) => category.label !== null)?.category.label ?? null;
  const files = names(open.flatMap(({ findings }) => findings.map((finding) => finding.change.file)));
  if (label !== null) return fill(messages['question-unknown-label'], { files, label });
  const stuck = open.some(({ category }) => category.blocks === 'always');
  return fill(messages[stuck ? 'question-unknown-blocked' : 'question-unknown'], { files });
}

function configuration(
  present: readonly PresentCategory[],
  own: Policy['questions'],
): { readonly answer: Answer; readonly because: string } {
  const yes = findingsFor(present, 'configuration', 'yes');
  if (yes.length > 0 && own !== undefined) {
    const values = { count: yes.length, names: settingsOf(yes) };
    return { answer: 'yes', because: fill(own.configuration.yes, values) };
  }
  if (yes.length > 0) {
    const id = yes.length === 1 ? 'configuration-yes-one' : 'configuration-yes';
    return { answer: 'yes', because: fill(messages[id], { count: yes.length, settings: settingsOf(yes) }) };
  }
  if (findingsFor(present, 'configuration', 'unknown').length > 0) {
    return { answer: 'unknown', because: unknownSentence(present, 'configuration') };
  }
  return { answer: 'no', because: own?.configuration.no ?? messages['configuration-no'] };
}

function workflow(
  present: readonly PresentCategory[],
  hits: readonly string[],
  own: Policy['questions'],
): { readonly answer: Answer; readonly because: string } {
  const [first, ...others] = findingsFor(present, 'workflow', 'yes');
  if (first !== undefined) {
    const { reason } = first.rule;
    const more = others.filter((finding) => finding.rule.reason !== reason).length;
    const because = more === 0 ? reason : fill(messages['workflow-yes-more'], { reason, more });
    return { answer: 'yes', because };
  }
  if (hits.length > 0) {
    const files = names([...hits].sort());
    const values = { files, names: files, count: hits.length };
    return { answer: 'yes', because: fill(own?.workflow.yes ?? messages['workflow-hit'], values) };
  }
  if (findingsFor(present, 'workflow', 'unknown').length > 0) {
    return { answer: 'unknown', because: unknownSentence(present, 'workflow') };
  }
  return { answer: 'no', because: own?.workflow.no ?? messages['workflow-no'] };
}

/** Answers both questions. A hit in the policy's `workflow` globs answers the second with yes and adds no category. */
export function answerQuestions(
  present: readonly PresentCategory[],
  workflowHits: readonly string[],
  own?: Policy['questions'],
): Questions {
  const [first, second] = [configuration(present, own), workflow(present, workflowHits, own)];
  return {
    questions: { configuration: first.answer, workflow: second.answer },
    because: { configuration: first.because, workflow: second.because },
    ...(own === undefined ? {} : { asked: { configuration: own.configuration.text, workflow: own.workflow.text } }),
  };
}
