/** The report as SARIF 2.1.0 for code scanning and editors (OASIS: docs.oasis-open.org/sarif/sarif/v2.1.0). */
import type { Problem, Report, ReportChange } from '../model/report.ts';
import { writeSettingTitle } from '../policy/setting-titles.ts';
import { encodePath, makeVisible, sanitizeUrl, shorten } from './escape.ts';
import { formatJson } from './json.ts';
import { describeValues, findCategoryTitle, isQuiet, listPlaces, type RowPlace, type Value } from './rows.ts';
import { nameProduct } from './sections.ts';
import { say } from './words.ts';

/** The program in the SARIF log. */
export interface SarifContext {
  readonly version: string;
  /** Address of the folder with `rules.md` and `troubleshooting.md`; null: no help links. */
  readonly documentation?: string | null;
}

/** Code scanning accepts at most this many results of a run (docs.github.com, SARIF support). */
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
  const rules = listRules(report);
  const index = new Map(rules.map((rule, position) => [rule.id, position]));
  const previousPaths = new Map(report.files.map((file) => [file.path, file.previousPath ?? file.path]));
  const seen = new Map<string, number>();
  const results = [
    ...report.problems.map((problem) => buildProblemResult(problem, index, seen)),
    ...sortByCategory(report).map((change) => buildChangeResult(report, change, index, previousPaths, seen)),
  ];
  const cut = results.length - MAX_SARIF_RESULTS;
  const documentation = sanitizeUrl(context.documentation)?.replace(/\/$/, '') ?? null;
  return formatJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: nameProduct(report),
            version: context.version,
            ...(documentation === null ? {} : { informationUri: `${documentation}/README.md` }),
            rules: rules.map((rule) => buildRule(rule, report, documentation)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: say('sarif-root') } } },
        invocations: [buildInvocation(report, cut)],
        properties: { verdict: report.verdict, categories: report.categories, fingerprint: report.fingerprint },
        results: results.slice(0, MAX_SARIF_RESULTS),
      },
    ],
  });
}

function buildInvocation(report: Report, cut: number): object {
  const text = say('sarif-cut', { count: cut, limit: MAX_SARIF_RESULTS });
  return {
    executionSuccessful: report.verdict !== 'error',
    ...(cut > 0 ? { toolExecutionNotifications: [{ level: 'warning', message: { text } }] } : {}),
  };
}

function sortByCategory(report: Report): readonly ReportChange[] {
  const rank = new Map(report.categories.map((category, index) => [category, index]));
  const rankChange = (change: ReportChange): number => rank.get(change.category) ?? report.categories.length;
  return report.changes.toSorted((a, b) => rankChange(a) - rankChange(b));
}

function chooseLevel(report: Report, change: ReportChange): Level {
  if (isQuiet(report, change.category)) return 'note';
  return report.verdict === 'passed' || change.enforcement === 'advisory' ? 'warning' : 'error';
}

const problemLevels: Readonly<Record<Problem['severity'], Level>> = {
  advice: 'warning',
  refused: 'error',
  unreadable: 'error',
  error: 'error',
};

function listRules(report: Report): readonly SarifRule[] {
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
    rules.set(id, { id, short, sources, level: chooseLevel(report, change), page: 'rules', tag: category });
  }
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function buildRule(rule: SarifRule, report: Report, documentation: string | null): object {
  const cited = rule.sources.flatMap((source) => {
    const citation = Object.hasOwn(report.citations, source) ? report.citations[source] : undefined;
    return citation === undefined ? [source] : [`${source}: "${citation.text}" (${citation.document})`];
  });
  const words = rule.id.replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const full =
    rule.page === 'rules'
      ? `${title} (${findCategoryTitle(report, rule.tag)}): ${rule.short}`
      : `${title}: ${rule.short}`;
  return {
    id: rule.id,
    shortDescription: { text: showText(title, 100) },
    fullDescription: { text: showText(full, 1000) },
    help: { text: [rule.short, ...cited].map((line) => showText(line, 2000)).join('\n') },
    ...(documentation === null ? {} : { helpUri: `${documentation}/${rule.page}.md#${encodePath(rule.id)}` }),
    defaultConfiguration: { level: rule.level },
    properties: { tags: [rule.tag] },
  };
}

/** Plain text of a message: braces would be places and brackets links (SARIF 3.11.5, 3.11.6). */
function buildMessage(text: string, limit = 4000): { readonly text: string } {
  const escaped = showText(text, limit)
    .replace(/\\/g, '\\\\')
    .replace(/\[/g, '\\[')
    .replace(/\]/g, '\\]')
    .replace(/\{/g, '{{')
    .replace(/\}/g, '}}');
  return { text: escaped };
}

function showText(text: string, limit: number): string {
  return makeVisible(shorten(text, limit));
}

function buildArtifact(file: string): object {
  return { uri: encodePath(file), uriBaseId: 'SRCROOT' };
}

function buildLocation(place: Omit<RowPlace, 'side'>): object {
  const region = { startLine: place.line, startColumn: place.column };
  return { physicalLocation: { artifactLocation: buildArtifact(place.file), region } };
}

function buildChangeResult(
  report: Report,
  change: ReportChange,
  index: ReadonlyMap<string, number>,
  previousPaths: ReadonlyMap<string, string>,
  seen: Map<string, number>,
): object {
  const places = listPlaces(change, previousPaths);
  const main = places.find((place) => place.side === 'head');
  const base = places.find((place) => place.side === 'base');
  const related =
    base === undefined
      ? {}
      : { relatedLocations: [{ id: 1, ...buildLocation(base), message: { text: say('sarif-base') } }] };
  const name = writeSettingTitle(change.setting);
  const access = change.access === undefined ? '' : ` (${describeAccess(change.access)})`;
  const setting = `${name}${access}`;
  const showValue = (shown: Value): string => ('word' in shown ? say(shown.word) : shorten(shown.literal, 1000));
  const { before, after } = describeValues(change);
  const text = say('sarif-change', {
    setting,
    kind: say(`kind.${change.kind}`),
    file: change.file,
    reason: change.reason,
  });
  const values = say('sarif-values', { before: showValue(before), after: showValue(after) });
  return {
    ruleId: change.rule,
    ruleIndex: index.get(change.rule) ?? -1,
    level: chooseLevel(report, change),
    message: buildMessage([text, values, ...(change.detail === undefined ? [] : [change.detail])].join(' ')),
    locations: [
      main === undefined ? { physicalLocation: { artifactLocation: buildArtifact(change.file) } } : buildLocation(main),
    ],
    ...related,
    partialFingerprints: {
      'change/v1': identifyResult(
        [change.rule, change.file, change.setting, change.kind, change.access, change.part],
        seen,
      ),
    },
    properties: { category: change.category, setting: change.setting, effect: change.effect },
  };
}

function describeAccess(access: NonNullable<ReportChange['access']>): string {
  return [access.permission, access.typeName ?? access.typeId, say(`requirement.${access.requirement}`)].join(', ');
}

function buildProblemResult(problem: Problem, index: ReadonlyMap<string, number>, seen: Map<string, number>): object {
  const { file, line, column = 1 } = problem;
  const place =
    file === undefined
      ? []
      : [
          line === undefined
            ? { physicalLocation: { artifactLocation: buildArtifact(file) } }
            : buildLocation({ file, line, column }),
        ];
  return {
    ruleId: problem.id,
    ruleIndex: index.get(problem.id) ?? -1,
    level: problemLevels[problem.severity],
    message: buildMessage(problem.message),
    ...(place.length === 0 ? {} : { locations: place }),
    partialFingerprints: { 'change/v1': identifyResult([problem.id, file, problem.message], seen) },
  };
}

/**
 * The identity of a finding, independent of its line: FNV-1a of 64 bits over its identifying parts, and a number for
 * duplicates.
 */
function identifyResult(parts: readonly unknown[], seen: Map<string, number>): string {
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
