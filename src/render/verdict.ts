/** The start of every output: the verdict in a line, and the one next action. It decides nothing. */

import type { Problem, Report } from '../model/report.ts';
import { toLocalDate, writeDate } from './dates.ts';
import { shorten } from './escape.ts';
import { buildPhrase, listValues, type Phrase } from './phrase.ts';
import {
  listApprovers,
  listOpenBeforeMerge,
  listOpenRequired,
  listStepsAfterMerge,
  listTitles,
  longestMessage,
  nameReviewTeam,
  writePlace,
} from './sections.ts';
import { formatCount, say } from './words.ts';

function blocksAlways(report: Report, category: string): boolean {
  return report.clearance[category]?.blocks === 'always';
}

function listProblems(report: Report, severity: Problem['severity']): readonly Problem[] {
  return report.problems.filter((problem) => problem.severity === severity);
}

/** The verdict with its first reason: "blocked, 2 labels missing". */
export function describeVerdict(report: Report): Phrase {
  if (report.verdict === 'error') return buildPhrase('verdict.error');
  if (report.verdict === 'passed') {
    if (report.breakGlass !== undefined)
      return buildPhrase('passed-emergency', { people: [{ value: report.breakGlass.by }] });
    const people = listApprovers(report);
    const last =
      report.labels.accepted
        .map((accepted) => accepted.at)
        .toSorted()
        .at(-1) ?? '';
    if (people.length === 0) return describePass(report);
    return buildPhrase('passed-approved', {
      people: listValues(people, 4),
      date: writeDate(toLocalDate(last, report) ?? last),
    });
  }
  if (report.categories.some((category) => blocksAlways(report, category))) return buildPhrase('blocked-secret');
  if (listProblems(report, 'refused').length > 0)
    return buildPhrase('blocked-refused', { platform: report.words?.platform ?? say('platform') });
  const missing = report.labels.missing.length;
  if (missing > 0) return buildPhrase('blocked-labels', { labels: formatCount(missing, 'label') });
  const unreadable = listProblems(report, 'unreadable');
  if (unreadable.length > 0) {
    const files = new Set(unreadable.map((problem) => problem.file)).size;
    return buildPhrase('blocked-unreadable', { files: formatCount(files, 'file') });
  }
  const open = listOpenBeforeMerge(report).length;
  return open > 0 ? buildPhrase('blocked-steps', { steps: formatCount(open, 'step') }) : buildPhrase('blocked-other');
}

/** Passed without an approval: no watched file changed, the read files are equal, or no change needs a review. */
function describePass({ examined, categories, changes, files }: Report): Phrase {
  if (examined === undefined || changes.length > 0) return buildPhrase('verdict.passed');
  if (categories.length === 0) return buildPhrase('passed-nothing-watched');
  return buildPhrase('passed-equal', { files: formatCount(files.length, 'file') });
}

/** The one thing to do now. */
export function describeNext(report: Report): Phrase {
  if (report.verdict === 'error') return describeNextAfterError(report);
  if (report.verdict === 'passed') return describeNextAfterPass(report);
  const secret = report.changes.find((change) => blocksAlways(report, change.category));
  if (secret !== undefined) {
    if (secret.location === null) return buildPhrase('next-secret');
    const place = writePlace({ file: secret.file, line: secret.location.line, column: secret.location.column });
    return buildPhrase('next-secret-at', { place: [{ value: place }] });
  }
  const refused = listProblems(report, 'refused')[0];
  if (refused !== undefined) return describeProblemPlace('next-refused', refused);
  const unreadable = listProblems(report, 'unreadable')[0];
  if (report.labels.missing.length > 0) return describeNextLabels(report);
  if (unreadable !== undefined) return describeProblemPlace('next-unreadable-only', unreadable);
  const open = listOpenBeforeMerge(report);
  return open.length > 0 ? buildPhrase('next-steps', { steps: listTitles(open) }) : buildPhrase('next-error-plain');
}

function describeNextAfterError(report: Report): Phrase {
  const problem = listProblems(report, 'error')[0] ?? report.problems[0];
  if (problem === undefined) return buildPhrase('next-error-plain');
  return buildPhrase('next-error', { message: shorten(problem.message, longestMessage) });
}

function describeNextAfterPass(report: Report): Phrase {
  const [first] = listOpenBeforeMerge(report);
  if (report.breakGlass !== undefined && first !== undefined)
    return buildPhrase('next-merge-emergency', { steps: listTitles(listOpenRequired(report)) });
  if (first !== undefined) return buildPhrase('next-merge-step', { step: shorten(first.title, 80) });
  const after = listStepsAfterMerge(report);
  return after.length === 0 ? buildPhrase('next-merge') : buildPhrase('next-merge-after', { steps: listTitles(after) });
}

function describeProblemPlace(id: 'next-refused' | 'next-unreadable-only', problem: Problem): Phrase {
  return buildPhrase(id, {
    place: [{ value: writePlace(problem) }],
    message: shorten(problem.message, longestMessage),
  });
}

function describeNextLabels(report: Report): Phrase {
  const local = report.evaluation.provenance === 'none' ? [{ words: ` ${say('on-pull-request')}` }] : [];
  return [
    ...describeNextForAuthor(report),
    ...describeNextForReviewer(report, [...listValues(report.labels.missing), ...local]),
  ];
}

/**
 * The author's first step that is neither closed nor ticked for this change, and the request for the review if that comes
 * later; nothing if none is left. A tick may be a claim, because this only names the next action.
 */
function describeNextForAuthor(report: Report): Phrase {
  const open = listOpenBeforeMerge(report).filter(({ who, tick }) => who === 'author' && tick?.current !== true);
  const [step, ...later] = open;
  if (step === undefined) return [];
  const request = later.find((one) => one.request !== undefined);
  const title = shorten(step.title, 80);
  if (request === undefined) return [...buildPhrase('next-you', { step: title }), { words: ' ' }];
  const next = `${request.title.charAt(0).toLowerCase()}${request.title.slice(1)}`;
  return [...buildPhrase('next-you-then', { step: title, next: shorten(next, 80) }), { words: ' ' }];
}

/** The reviewer's own step, and the labels. If others have steps as well, the label comes after their review or push. */
function describeNextForReviewer(report: Report, labels: Phrase): Phrase {
  const steps = report.steps.filter(({ required, phase }) => required && phase !== 'after-merge');
  const own = steps.find(({ who, state }) => who === 'reviewer' && state === 'open');
  if (own !== undefined) return buildPhrase('next-reviewer-then', { step: shorten(own.title, 80), labels });
  const team = nameReviewTeam(report);
  if (team === null) return buildPhrase('next-reviewer', { labels });
  const id = report.policy.merge === 'after-push' ? 'next-reviewer-after-push' : 'next-reviewer-after-review';
  return buildPhrase(id, { team, labels });
}
