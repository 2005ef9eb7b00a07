/** The update guide's two key questions: is the configuration changing, is the workflow changing (R2). */
import type { Finding } from '../model/finding.ts';
import type { Policy, QuestionAnswer } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import { settingTitle } from '../policy/setting-titles.ts';
import type { PresentCategory } from './categories.ts';
import { words } from './messages.ts';

type Question = 'configuration' | 'workflow';

/** Names of settings or files in a sentence before it says "and n more". */
const MAX_NAMED = 3;

interface Answered {
  readonly answer: QuestionAnswer;
  readonly because: string;
}

/** The two answers with one sentence each. */
export type Questions = Pick<Report, 'questions' | 'because' | 'asked'>;

function names(list: readonly string[]): string {
  const unique = [...new Set(list)];
  const named = unique.slice(0, MAX_NAMED).join(', ');
  const rest = unique.length - MAX_NAMED;
  return rest > 0 ? words.andMore(named, rest) : named;
}

/** The findings behind one answer, each once, in the order of their categories. */
function findingsFor(
  present: readonly PresentCategory[],
  question: Question,
  answer: QuestionAnswer,
): readonly Finding[] {
  const found = present.filter(({ category }) => category.questions[question] === answer);
  return [...new Set(found.flatMap(({ findings }) => findings))];
}

/** Fills the places of a policy's sentence, such as `{count}`. A place without a value stays visible. */
function fillPlaces(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{([a-z]+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}

/** What is not understood, and what would settle it. */
function unknownSentence(present: readonly PresentCategory[], question: Question): string {
  const open = present.filter(({ category }) => category.questions[question] === 'unknown');
  const label = open.find(({ category }) => category.label !== null)?.category.label ?? null;
  const changes = open.flatMap(({ findings }) => findings.map(({ change }) => change));
  const files = names(changes.map(({ file }) => file));
  const areDeleted = changes.every(({ setting, kind }) => setting === 'document' && kind === 'removed');
  if (label !== null) return (areDeleted ? words.deletedLabel : words.unknownLabel)(files, label);
  const stuck = open.some(({ category }) => category.blocks === 'always');
  return stuck ? words.unknownBlocked(files) : words.unknown(files);
}

function answerConfiguration(present: readonly PresentCategory[], own: Policy['questions']): Answered {
  // Settings of the SDK in the source tree are not registered, so nobody reviews and pushes them.
  const yes = findingsFor(present, 'configuration', 'yes').filter(({ rule }) => rule.about === 'registered');
  if (yes.length > 0) {
    const settings = names(yes.map(({ change }) => settingTitle(change.setting)));
    const because =
      own === undefined
        ? words.configuration.yes(settings)
        : fillPlaces(own.configuration.yes, { count: yes.length, names: settings });
    return { answer: 'yes', because };
  }
  if (findingsFor(present, 'configuration', 'unknown').length > 0) {
    return { answer: 'unknown', because: unknownSentence(present, 'configuration') };
  }
  return { answer: 'no', because: own?.configuration.no ?? words.configuration.no };
}

function answerWorkflow(
  present: readonly PresentCategory[],
  { questions: own, workflow }: Policy,
  otherPaths: readonly string[],
): Answered {
  const yes = findingsFor(present, 'workflow', 'yes');
  const [first, ...others] = yes.filter(({ change }) => change.setting !== 'workflow');
  if (first !== undefined) {
    const { reason } = first.rule;
    const more = others.filter((finding) => finding.rule.reason !== reason).length;
    const because = more === 0 ? reason : words.workflow.yesMore(reason, more);
    return { answer: 'yes', because };
  }
  if (yes.length > 0) {
    const files = names(yes.map(({ change }) => change.file).sort());
    const because =
      own === undefined
        ? words.workflow.hit(files)
        : fillPlaces(own.workflow.yes, { files, names: files, count: yes.length });
    return { answer: 'yes', because };
  }
  if (findingsFor(present, 'workflow', 'unknown').length > 0) {
    return { answer: 'unknown', because: unknownSentence(present, 'workflow') };
  }
  const [open] = present.flatMap(({ findings }) => findings.flatMap(({ rule }) => rule.workflowUnknown ?? []));
  if (open !== undefined) return { answer: 'unknown', because: open };
  if (own === undefined && workflow.length === 0 && otherPaths.length > 0) {
    return { answer: 'unknown', because: words.workflow.notConfigured(names([...otherPaths].sort())) };
  }
  return { answer: 'no', because: own?.workflow.no ?? words.workflow.no };
}

/**
 * Answers both questions. `otherPaths` are changed files that were not read: where the policy does not say which files are
 * a part of sign-up, nobody knows whether they are.
 */
export function answerQuestions(
  present: readonly PresentCategory[],
  policy: Policy,
  otherPaths: readonly string[],
): Questions {
  const own = policy.questions;
  const [first, second] = [answerConfiguration(present, own), answerWorkflow(present, policy, otherPaths)];
  return {
    questions: { configuration: first.answer, workflow: second.answer },
    because: { configuration: first.because, workflow: second.because },
    ...(own === undefined ? {} : { asked: { configuration: own.configuration.text, workflow: own.workflow.text } }),
  };
}
