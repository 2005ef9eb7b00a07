/** The treatment of every changed file, in the words of all outputs. */
import type { ExaminedFile, Report } from '../model/report.ts';
import { makeVisible } from './escape.ts';
import { formatCount, joinWords, say, type TitleId } from './words.ts';

type Outcome = ExaminedFile['outcome'];

const TITLES: Readonly<Record<Outcome, TitleId>> = {
  read: 'examined-read',
  equal: 'examined-equal',
  found: 'examined-found',
  swept: 'examined-swept',
  exempt: 'examined-exempt',
  ignored: 'examined-ignored',
  'not-examined': 'examined-not',
};

/** The files with one outcome. */
export interface ExaminedGroup {
  readonly title: TitleId;
  readonly files: readonly ExaminedFile[];
}

/** The changed files by treatment; empty if the report does not list them. */
export function groupExamined({ examined = [] }: Report): readonly ExaminedGroup[] {
  return (Object.keys(TITLES) as readonly Outcome[])
    .map((outcome) => ({ title: TITLES[outcome], files: examined.filter((file) => file.outcome === outcome) }))
    .filter(({ files }) => files.length > 0);
}

/** One line: how many files there are of each outcome. */
export function summarizeExamined(report: Report): string {
  const files = formatCount(report.examined?.length ?? 0, 'file');
  const parts = groupExamined(report).map((group) => `${group.files.length} ${say(group.title)}`);
  return say('examined-summary', { files, parts: joinWords(parts) });
}

/** Why a file has its outcome: the reader, the glob or the reason; empty if the outcome is enough. */
export function explainOutcome({ reader, glob, reason }: ExaminedFile): string {
  if (reader !== undefined) return say('examined-by', { reader });
  if (glob !== undefined) return say('examined-glob', { glob });
  return reason ?? '';
}

/** The report's readable facts about one path. */
export function renderWhy(report: Report, path: string): string {
  const file = (report.examined ?? []).find((one) => one.path === path);
  if (file === undefined) return `${makeVisible(say('why-unchanged', { path }))}\n`;
  const why = explainOutcome(file);
  const changes = report.changes.filter((change) => change.file === path);
  const lines = [
    say('why-file', { path, outcome: say(`why.${file.outcome}`) }),
    ...(why === '' ? [] : [`  ${why}`]),
    ...changes.map(({ setting, kind, category, rule }) => `  ${say('why-change', { setting, kind, category, rule })}`),
    ...report.problems.filter((problem) => problem.file === path).map(({ id, message }) => `  ${id}: ${message}`),
  ];
  return `${lines.map(makeVisible).join('\n')}\n`;
}
