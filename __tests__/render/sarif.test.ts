/** SARIF: its shape, against the official schema where a package that ships it is installed, and what must stay stable. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Report } from '../../src/model/report.ts';
import { MAX_SARIF_RESULTS, renderSarif } from '../../src/render/sarif.ts';
import { blockedSignUp, context, large, secret, stories, unknown } from './reports.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: { readonly startLine: number };
    };
  }[];
  readonly relatedLocations?: readonly {
    readonly physicalLocation: { readonly region: { readonly startLine: number } };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Run {
  readonly tool: {
    readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] };
  };
  readonly results: readonly Result[];
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications?: readonly unknown[];
  }[];
}

function runOf(report: Report): Run {
  const log = JSON.parse(renderSarif(report, context)) as { readonly version: string; readonly runs: readonly Run[] };
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  return log.runs[0] as Run;
}

const official =
  process.env.GO_LIVE_SARIF_SCHEMA ??
  join(import.meta.dirname, '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

if (existsSync(official)) {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  // The schema is of draft 4 in name only: nothing in it means something else in draft 7.
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(official, 'utf8')) as Record<string, unknown>;
  const validate = ajv.compile(schema);
  test.each(Object.entries({ ...stories, large: large(10, 400) }))(
    'the official schema accepts %s',
    (_name, report) => {
      validate(JSON.parse(renderSarif(report, context)));
      expect(ajv.errorsText(validate.errors)).toBe('No errors');
    },
  );
} else {
  // biome-ignore lint/suspicious/noConsole: skipped aloud.
  console.warn('SARIF: the official schema is not installed, so it is not compared with.');
  test.skip('the official schema accepts every story', () => undefined);
}

test.each(Object.entries(stories))(
  '%s has only results with a rule of the log and a place or a file',
  (_name, report) => {
    const run = runOf(report);
    expect(run.results).toHaveLength(report.changes.length + report.problems.length);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
    }
    const ids = run.tool.driver.rules.map((rule) => rule.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    const fingerprints = run.results.map((result) => result.partialFingerprints['change/v1']);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  },
);

test('the help shows the sentences that the rule cites', () => {
  const help = runOf(blockedSignUp).tool.driver.rules.find((rule) => rule.id === 'required-access-widened')?.help.text;
  expect(help).toContain('R10: "Please allow two weeks');
});

test('a modified setting has its line at head and its line at the base', () => {
  const result = runOf(blockedSignUp).results.find((one) => one.ruleId === 'text-changed');
  expect(result?.locations?.[0]?.physicalLocation.region?.startLine).toBe(11);
  expect(result?.relatedLocations?.[0]?.physicalLocation.region.startLine).toBe(10);
});

test('a finding without review is a note, a blocking one is an error, and a passed one is a warning', () => {
  const levels = (report: Report): readonly string[] => runOf(report).results.map((result) => result.level);
  expect(levels(secret)).toEqual(['error']);
  expect(levels(unknown)).toEqual(['error', 'error']);
  expect(runOf(blockedSignUp).results.find((result) => result.ruleId === 'runtime-setting')?.level).toBe('note');
  expect(new Set(levels({ ...blockedSignUp, verdict: 'passed' }))).toEqual(new Set(['warning', 'note']));
});

test('a line that moves keeps the fingerprint, and another setting has another one', () => {
  const change = blockedSignUp.changes[5];
  if (change === undefined) throw new Error('no change');
  const print = (one: typeof change): string | undefined =>
    runOf({ ...blockedSignUp, problems: [], changes: [one] }).results[0]?.partialFingerprints['change/v1'];
  expect(print({ ...change, location: { side: 'head', line: 99, column: 1 } })).toBe(print(change));
  expect(print({ ...change, setting: 'name' })).not.toBe(print(change));
});

test('results are limited to the number that code scanning accepts, and the rest is reported', () => {
  const run = runOf(large(10, MAX_SARIF_RESULTS + 5));
  expect(run.results).toHaveLength(MAX_SARIF_RESULTS);
  expect(run.invocations[0]?.toolExecutionNotifications).toHaveLength(1);
});

test('an error of the gate is an unsuccessful run', () => {
  expect(runOf(stories.failed as Report).invocations[0]?.executionSuccessful).toBe(false);
  expect(runOf(secret).invocations[0]?.executionSuccessful).toBe(true);
});
