/** The key questions: those of the update guide, is the configuration changing, is the workflow changing (R2), or a policy's own. */
import type { Finding } from '../model/finding.ts';
import { GUIDE_QUESTIONS, type Policy, type Question, type QuestionAnswer } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import { writeSettingTitle } from '../policy/setting-titles.ts';
import type { PresentCategory } from './categories.ts';
import { words } from './messages.ts';

/** Names of settings or files in a sentence before it says "and n more". */
const MAX_NAMED = 3;

interface Answered {
  readonly answer: QuestionAnswer;
  readonly because: string;
}

/** The two answers with one sentence each. */
export type Questions = Pick<Report, 'questions' | 'because' | 'asked'>;

function joinFirstNames(list: readonly string[]): string {
  const unique = [...new Set(list)];
  const named = unique.slice(0, MAX_NAMED).join(', ');
  const rest = unique.length - MAX_NAMED;
  return rest > 0 ? words.andMore(named, rest) : named;
}

/** The findings behind one answer, each once, in the order of their categories. */
function listFindings(
  present: readonly PresentCategory[],
  question: string,
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

/** The unclear files, and the way to decide them. */
function describeUnknown(present: readonly PresentCategory[], question: string): string {
  const open = present.filter(({ category }) => category.questions[question] === 'unknown');
  const label = open.find(({ category }) => category.label !== null)?.category.label ?? null;
  const changes = open.flatMap(({ findings }) => findings.map(({ change }) => change));
  const files = joinFirstNames(changes.map(({ file }) => file));
  const areDeleted = changes.every(({ setting, kind }) => setting === 'document' && kind === 'removed');
  if (label !== null) return (areDeleted ? words.deletedLabel : words.unknownLabel)(files, label);
  const stuck = open.some(({ category }) => category.blocks === 'always');
  return stuck ? words.unknownBlocked(files) : words.unknown(files);
}

/** Answers a question about the changes; `yes` and `no` are its sentences. */
function answerAbout(
  question: string,
  present: readonly PresentCategory[],
  sentences: { readonly yes: (count: number, names: string) => string; readonly no: string },
): Answered {
  // Settings of the SDK in the source tree are not registered, so they are neither reviewed nor pushed.
  const yes = listFindings(present, question, 'yes').filter(({ rule }) => rule.about === 'registered');
  if (yes.length > 0) {
    const settings = joinFirstNames(yes.map(({ change }) => writeSettingTitle(change.setting)));
    return { answer: 'yes', because: sentences.yes(yes.length, settings) };
  }
  if (listFindings(present, question, 'unknown').length > 0) {
    return { answer: 'unknown', because: describeUnknown(present, question) };
  }
  return { answer: 'no', because: sentences.no };
}

function answerWorkflow(
  present: readonly PresentCategory[],
  { questions, workflow }: Policy,
  otherPaths: readonly string[],
): Answered {
  const own = questions?.workflow;
  const yes = listFindings(present, 'workflow', 'yes');
  const [first, ...others] = yes.filter(({ change }) => change.setting !== 'workflow');
  if (first !== undefined) {
    const { reason } = first.rule;
    const more = others.filter((finding) => finding.rule.reason !== reason).length;
    const because = more === 0 ? reason : words.workflow.yesMore(reason, more);
    return { answer: 'yes', because };
  }
  if (yes.length > 0) {
    const files = joinFirstNames(yes.map(({ change }) => change.file).sort());
    const because =
      own === undefined ? words.workflow.hit(files) : fillPlaces(own.yes, { files, names: files, count: yes.length });
    return { answer: 'yes', because };
  }
  if (listFindings(present, 'workflow', 'unknown').length > 0) {
    return { answer: 'unknown', because: describeUnknown(present, 'workflow') };
  }
  const [open] = present.flatMap(({ findings }) => findings.flatMap(({ rule }) => rule.workflowUnknown ?? []));
  if (open !== undefined) return { answer: 'unknown', because: open };
  if (own === undefined && workflow.length === 0 && otherPaths.length > 0) {
    return { answer: 'unknown', because: words.workflow.notConfigured(joinFirstNames([...otherPaths].sort())) };
  }
  return { answer: 'no', because: own?.no ?? words.workflow.no };
}

function answerOwn(question: string, { yes, no }: Question, present: readonly PresentCategory[]): Answered {
  return answerAbout(question, present, { yes: (count, names) => fillPlaces(yes, { count, names }), no });
}

/**
 * Answers all questions. `otherPaths` are changed files that were not read. If the policy does not name the files of sign-up,
 * these files may or may not be a part of it.
 */
export function answerQuestions(
  present: readonly PresentCategory[],
  policy: Policy,
  otherPaths: readonly string[],
): Questions {
  const own = policy.questions;
  const ids = own === undefined ? GUIDE_QUESTIONS : Object.keys(own);
  const answered = ids.map((id) => {
    if (id === 'workflow') return [id, answerWorkflow(present, policy, otherPaths)] as const;
    const question = own?.[id];
    return [
      id,
      question === undefined ? answerAbout(id, present, words.configuration) : answerOwn(id, question, present),
    ] as const;
  });
  return {
    questions: Object.fromEntries(answered.map(([id, { answer }]) => [id, answer])),
    because: Object.fromEntries(answered.map(([id, { because }]) => [id, because])),
    ...(own === undefined
      ? {}
      : { asked: Object.fromEntries(Object.entries(own).map(([id, { text }]) => [id, text])) }),
  };
}

/** The answer to the first question: whether anything is to be reviewed or pushed. */
export function chooseAnswer({ questions }: Pick<Questions, 'questions'>): QuestionAnswer {
  return Object.values(questions)[0] ?? 'unknown';
}
