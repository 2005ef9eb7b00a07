/** Reads the parts of a JSON report that `verify` compares. Anyone may have written a report, so its content is not trusted. */
import { UsageError } from '../../model/errors.ts';
import { messages } from './messages.ts';

/** A member of `changes`, as plain data. */
export type ClaimedChange = Readonly<Record<string, unknown>>;

/** The facts that a report claims. */
export interface Claim {
  readonly verdict: string;
  readonly fingerprint: string;
  readonly categories: readonly string[];
  readonly questions: Readonly<Record<string, string>>;
  readonly changes: readonly ClaimedChange[];
  readonly required: readonly string[];
  /** Receipts: which label was given by whom, for which fingerprint. */
  readonly accepted: readonly {
    readonly label: string;
    readonly by: string;
    readonly at: string;
    readonly fingerprint: string | null;
  }[];
  readonly brokenGlass: boolean;
  readonly policy: { readonly source: string; readonly digest: string };
  readonly evaluation: {
    readonly at: string;
    readonly base: string;
    readonly head: string;
    readonly mode: 'enforce' | 'report';
  };
  /** Files that the report counts among the gate's own. */
  readonly governance: readonly string[];
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** Reads a report's text. @throws UsageError that names the missing part, or a report that was not made from commits */
export function readClaim(readText: string, file: string): Claim {
  const refuse = (why: string): UsageError => new UsageError(messages.notAReport({ file, why }));
  let data: unknown;
  try {
    data = JSON.parse(readText.replace(/^\uFEFF/, ''));
  } catch {
    throw refuse('it is not JSON');
  }
  const report = new Shape(data, '', refuse);
  if (report.getValue('schemaVersion') !== 1) throw refuse('schemaVersion is not 1');
  const [questions, labels, policy, evaluation] = [
    report.readMap('questions'),
    report.readMap('labels'),
    report.readMap('policy'),
    report.readMap('evaluation'),
  ];
  const commits = ['base', 'head'].map((side) => evaluation.getValue(side));
  if (commits.includes(null)) throw new UsageError(messages.reportWithoutCommits());
  const mode = evaluation.readText('mode');
  if (mode !== 'enforce' && mode !== 'report') throw refuse('evaluation.mode is neither enforce nor report');
  const at = evaluation.readText('at');
  if (!/^\d{4}-\d{2}-\d{2}T/.test(at) || Number.isNaN(Date.parse(at)))
    throw refuse('evaluation.at is not an ISO 8601 time');
  return {
    verdict: report.readText('verdict'),
    fingerprint: report.readText('fingerprint', DIGEST),
    categories: report.readTexts('categories'),
    questions: Object.fromEntries(Object.keys(questions.data).map((id) => [id, questions.readText(id)])),
    changes: report.readMaps('changes').map(({ data: change }) => change),
    required: labels.readTexts('required'),
    accepted: labels.readMaps('accepted').map((one) => ({
      label: one.readText('label'),
      by: one.readText('by'),
      at: one.readText('at'),
      fingerprint: one.getValue('fingerprint') === undefined ? null : one.readText('fingerprint'),
    })),
    brokenGlass: report.getValue('breakGlass') !== undefined,
    policy: { source: policy.readText('source'), digest: policy.readText('digest', DIGEST) },
    evaluation: { at, base: evaluation.readText('base', COMMIT), head: evaluation.readText('head', COMMIT), mode },
    governance: report
      .readMaps('files')
      .flatMap((one) => (one.getValue('format') === 'governance' ? [one.readText('path')] : [])),
  };
}

/** An object whose members must have the requested types. */
class Shape {
  readonly data: ClaimedChange;
  readonly #place: string;
  readonly #refuse: (why: string) => UsageError;

  constructor(data: unknown, place: string, refuse: (why: string) => UsageError) {
    this.#place = place;
    this.#refuse = refuse;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw refuse(place === '' ? 'it is not a JSON object' : `${place} is not an object`);
    }
    this.data = data as ClaimedChange;
  }

  getValue(name: string): unknown {
    return Object.hasOwn(this.data, name) ? this.data[name] : undefined;
  }

  readText(name: string, pattern?: RegExp): string {
    const value = this.getValue(name);
    if (typeof value !== 'string') throw this.#refuse(`${this.#describePath(name)} is not a text`);
    if (pattern !== undefined && !pattern.test(value))
      throw this.#refuse(`${this.#describePath(name)} is not an id or digest`);
    return value;
  }

  readTexts(name: string): readonly string[] {
    return this.#list(name).map((item) => {
      if (typeof item !== 'string') throw this.#refuse(`${this.#describePath(name)} holds something else than texts`);
      return item;
    });
  }

  readMap(name: string): Shape {
    return new Shape(this.getValue(name), this.#describePath(name), this.#refuse);
  }

  readMaps(name: string): readonly Shape[] {
    return this.#list(name).map(
      (item, index) => new Shape(item, `${this.#describePath(name)}[${index}]`, this.#refuse),
    );
  }

  #list(name: string): readonly unknown[] {
    const value = this.getValue(name);
    if (!Array.isArray(value)) throw this.#refuse(`${this.#describePath(name)} is not a list`);
    return value;
  }

  #describePath(name: string): string {
    return this.#place === '' ? name : `${this.#place}.${name}`;
  }
}
