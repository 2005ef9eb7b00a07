/** The results of a run on the runner: log, summary, outputs and report files. */
import { randomUUID } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { renderJson } from '../render/json.ts';
import type { Runner } from './action.ts';
import { renderLog, renderRunSummary } from './log.ts';
import type { RunOptions } from './options.ts';
import { buildOutputs, describeFailure, findWorst, type Outcome } from './outcome.ts';

/** Writes them and returns the exit code. The worst one of several pull requests counts. */
export async function writeOutputs(outcomes: readonly Outcome[], options: RunOptions, runner: Runner): Promise<number> {
  for (const { report, failure } of outcomes) {
    if (report !== null) runner.write(renderLog(report, randomUUID()));
    if (failure !== null) runner.annotate(describeFailure(failure));
  }
  await runner.summarize(renderRunSummary(outcomes, options));
  const worst = findWorst(outcomes);
  for (const [name, value] of Object.entries(buildOutputs(worst))) runner.setOutput(name, value);
  if (worst?.report) runner.setOutput('report', await saveReports(outcomes, worst.report, runner));
  return worst?.exit ?? 0;
}

/** The worst report, which the output names. Several reports are written next to it. */
async function saveReports(outcomes: readonly Outcome[], worst: Report, runner: Runner): Promise<string> {
  const reports = outcomes.flatMap(({ report }) => report ?? []);
  for (const [index, report] of reports.length > 1 ? reports.entries() : [])
    await runner.saveReport(`report-${index + 1}.json`, renderJson(report));
  return runner.saveReport('report.json', renderJson(worst));
}
