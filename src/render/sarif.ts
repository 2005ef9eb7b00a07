/** The report as SARIF 2.1.0 for code scanning and editors (OASIS: docs.oasis-open.org/sarif/sarif/v2.1.0). */
import type { Problem, Report, ReportChange } from '../model/report.ts';
import { settingTitle } from '../policy/setting-titles.ts';
import { encodePath, safeUrl, shorten, visible } from './escape.ts';
import { stableJson } from './json.ts';
import { changeValues, isQuiet, placesOf, type RowPlace, titleOf, type Value } from './rows.ts';
import { productName } from './verdict.ts';
import { say } from './words.ts';

/** What the log says of the program that made it. */
export interface SarifContext {
  readonly version: string;
  /** Address of the folder with `rules.md` and `troubleshooting.md`; null: no help links. */
  readonly documentation?: string | null;
}

/** Code scanning takes at most this many results of a run (docs.github.com, SARIF support). */
export const MAX_SARIF_RESULTS = 25_000;

type Level = 'error' | 'warning' | 'note';

/** A rule of the log: the policy's rules by their id, findings about files by the id of their message. */
interface SarifRule {
  readonly id: string;
  readonly short: string;
  readonly sources: readonly string[];
  readonly level: Level;
  readonly page: 'rules' | 'troubleshooting';
  readonly tag: string;
}

/** The log as JSON text: rules sorted by id, results worst first as the report has them. */
export function renderSarif(report: Report, context: SarifContext): string {
  const rules = rulesOf(report);
  const index = new Map(rules.map((rule, position) => [rule.id, position]));
  const previousPaths = new Map(report.files.map((file) => [file.path, file.previousPath ?? file.path]));
  const seen = new Map<string, number>();
  const results = [
    ...report.problems.map((problem) => ofProblem(problem, index, seen)),
    ...inOrder(report).map((change) => ofChange(report, change, index, previousPaths, seen)),
  ];
  const cut = results.length - MAX_SARIF_RESULTS;
  const documentation = safeUrl(context.documentation)?.replace(/\/$/, '') ?? null;
  return stableJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: productName(report),
            version: context.version,
            ...(documentation === null ? {} : { informationUri: `${documentation}/README.md` }),
            rules: rules.map((rule) => descriptor(rule, report, documentation)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: say('sarif-root') } } },
        invocations: [invocation(report, cut)],
        properties: { verdict: report.verdict, categories: report.categories, fingerprint: report.fingerprint },
        results: results.slice(0, MAX_SARIF_RESULTS),
      },
    ],
  });
}

function invocation(report: Report, cut: number): object {
  const text = say('sarif-cut', { count: cut, limit: MAX_SARIF_RESULTS });
  return {
    executionSuccessful: report.verdict !== 'error',
    ...(cut > 0 ? { toolExecutionNotifications: [{ level: 'warning', message: { text } }] } : {}),
  };
}

function inOrder(report: Report): readonly ReportChange[] {
  const rank = new Map(report.categories.map((category, index) => [category, index]));
  const of = (change: ReportChange): number => rank.get(change.category) ?? report.categories.length;
  return report.changes.toSorted((a, b) => of(a) - of(b));
}

function levelOf(report: Report, change: ReportChange): Level {
  if (isQuiet(report, change.category)) return 'note';
  return report.verdict === 'passed' || change.enforcement === 'advisory' ? 'warning' : 'error';
}

const problemLevels: Readonly<Record<Problem['severity'], Level>> = {
  advice: 'warning',
  refused: 'error',
  unreadable: 'error',
  error: 'error',
};

function rulesOf(report: Report): readonly SarifRule[] {
  const rules = new Map<string, SarifRule>();
  for (const problem of report.problems) {
    rules.set(problem.id, {
      id: problem.id,
      short: say('problem-rule'),
      sources: problem.source === undefined ? [] : [problem.source],
      level: problemLevels[problem.severity],
      page: 'troubleshooting',
      tag: problem.severity,
    });
  }
  for (const change of report.changes) {
    if (rules.has(change.rule)) continue;
    const { rule: id, reason: short, sources, category } = change;
    rules.set(id, { id, short, sources, level: levelOf(report, change), page: 'rules', tag: category });
  }
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function descriptor(rule: SarifRule, report: Report, documentation: string | null): object {
  const cited = rule.sources.flatMap((source) => {
    const citation = Object.hasOwn(report.citations, source) ? report.citations[source] : undefined;
    return citation === undefined ? [source] : [`${source}: "${citation.text}" (${citation.document})`];
  });
  const words = rule.id.replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const full =
    rule.page === 'rules' ? `${title} (${titleOf(report, rule.tag)}): ${rule.short}` : `${title}: ${rule.short}`;
  return {
    id: rule.id,
    shortDescription: { text: shown(title, 100) },
    fullDescription: { text: shown(full, 1000) },
    help: { text: [rule.short, ...cited].map((line) => shown(line, 2000)).join('\n') },
    ...(documentation === null ? {} : { helpUri: `${documentation}/${rule.page}.md#${encodePath(rule.id)}` }),
    defaultConfiguration: { level: rule.level },
    properties: { tags: [rule.tag] },
  };
}

/** Plain text of a message: braces would be places and brackets links (SARIF 3.11.5, 3.11.6). */
function message(text: string, limit = 4000): { readonly text: string } {
  const escaped = shown(text, limit)
    .replace(/\\/g, '\\\\')
    .replace(/\[/g, '\\[')
    .replace(/\]/g, '\\]')
    .replace(/\{/g, '{{')
    .replace(/\}/g, '}}');
  return { text: escaped };
}

function shown(text: string, limit: number): string {
  return visible(shorten(text, limit));
}

function artifact(file: string): object {
  return { uri: encodePath(file), uriBaseId: 'SRCROOT' };
}

function location(place: Omit<RowPlace, 'side'>): object {
  const region = { startLine: place.line, startColumn: place.column };
  return { physicalLocation: { artifactLocation: artifact(place.file), region } };
}

function ofChange(
  report: Report,
  change: ReportChange,
  index: ReadonlyMap<string, number>,
  previousPaths: ReadonlyMap<string, string>,
  seen: Map<string, number>,
): object {
  const places = placesOf(change, previousPaths);
  const main = places.find((place) => place.side === 'head');
  const base = places.find((place) => place.side === 'base');
  const related =
    base === undefined
      ? {}
      : { relatedLocations: [{ id: 1, ...location(base), message: { text: say('sarif-base') } }] };
  const name = settingTitle(change.setting);
  const access = change.access === undefined ? '' : ` (${accessText(change.access)})`;
  const setting = `${name}${access}`;
  const value = (shown: Value): string => ('word' in shown ? say(shown.word) : shorten(shown.literal, 1000));
  const { before, after } = changeValues(change);
  const text = say('sarif-change', {
    setting,
    kind: say(`kind.${change.kind}`),
    file: change.file,
    reason: change.reason,
  });
  const values = say('sarif-values', { before: value(before), after: value(after) });
  return {
    ruleId: change.rule,
    ruleIndex: index.get(change.rule) ?? -1,
    level: levelOf(report, change),
    message: message([text, values, ...(change.detail === undefined ? [] : [change.detail])].join(' ')),
    locations: [
      main === undefined ? { physicalLocation: { artifactLocation: artifact(change.file) } } : location(main),
    ],
    ...related,
    partialFingerprints: {
      'change/v1': identity([change.rule, change.file, change.setting, change.kind, change.access, change.part], seen),
    },
    properties: { category: change.category, setting: change.setting, effect: change.effect },
  };
}

function accessText(access: NonNullable<ReportChange['access']>): string {
  return [access.permission, access.typeName ?? access.typeId, say(`requirement.${access.requirement}`)].join(', ');
}

function ofProblem(problem: Problem, index: ReadonlyMap<string, number>, seen: Map<string, number>): object {
  const { file, line, column = 1 } = problem;
  const place =
    file === undefined
      ? []
      : [
          line === undefined
            ? { physicalLocation: { artifactLocation: artifact(file) } }
            : location({ file, line, column }),
        ];
  return {
    ruleId: problem.id,
    ruleIndex: index.get(problem.id) ?? -1,
    level: problemLevels[problem.severity],
    message: message(problem.message),
    ...(place.length === 0 ? {} : { locations: place }),
    partialFingerprints: { 'change/v1': identity([problem.id, file, problem.message], seen) },
  };
}

/** Who the finding is, whatever its line: FNV-1a of 64 bits over what identifies it, and a number where two are alike. */
function identity(parts: readonly unknown[], seen: Map<string, number>): string {
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  for (const byte of new TextEncoder().encode(JSON.stringify(parts))) {
    low = (low ^ byte) >>> 0;
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x100000000) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  const hash = high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  const count = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, count);
  return `${hash}:${count}`;
}
