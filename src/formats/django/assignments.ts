/** Statements that assign a HealthVault key, and statements that may do so indirectly. */
import type { Place } from '../../model/source.ts';
import type { PythonCode } from '../../syntax/python/names.ts';
import { type PythonLiteral, type PythonToken, readPythonLiteral } from '../../syntax/python/tokens.ts';
import { type DjangoKey, findDjangoKey, marksHealthVault } from './keys.ts';

/** A value assigned to a HealthVault key. */
export interface Assignment {
  readonly key: string;
  readonly known: DjangoKey;
  readonly statement: PythonCode;
  /** The tokens of the value, or of the whole statement if it is not a plain assignment. */
  readonly value: readonly PythonToken[];
  /** The value as written, or the whole statement. */
  readonly code: string;
  /** Null if Python has to compute it. */
  readonly literal: PythonLiteral | null;
  /** A plain assignment at the left margin, which always runs. */
  readonly isCertain: boolean;
  readonly at: Place;
}

/** The values that a statement gives to our keys. */
export function findAssignments(statement: PythonCode, file: string): readonly Assignment[] {
  const assign = (key: string, value: readonly PythonToken[], isPlain: boolean): readonly Assignment[] => {
    const known = findDjangoKey(key);
    if (known === null) return [];
    const start = value[0]?.at ?? 0;
    const literal = isPlain ? readPythonLiteral(value) : null;
    const at = { file, ...statement.toPosition(start) };
    const isCertain = isPlain && !statement.nested;
    return [{ key, known, statement, value, code: statement.code.slice(start), literal, isCertain, at }];
  };
  const { plain, others, value, tokens } = statement;
  return [
    ...plain.flatMap((key) => assign(key, value, true)),
    ...[...new Set(others)].flatMap((key) => assign(key, tokens, false)),
  ];
}

/** Calls by which Python gives values to names that no assignment shows. */
const RUNS = /^(?:exec|execfile|globals|locals|vars|setattr|include)$/;

/** Statements that may set any name, or that name a HealthVault key in a text or argument. A text alone is a comment. */
export function findOtherCode(code: readonly PythonCode[], assignments: readonly Assignment[]): readonly PythonCode[] {
  const known = new Set(assignments.map(({ statement }) => statement));
  return code.filter((statement) => {
    const { tokens, others, text: whole } = statement;
    if (known.has(statement) || tokens.every(({ kind }) => kind === 'text')) return false;
    const runs = tokens.some(({ text }, index) => {
      return RUNS.test(text) && tokens[index + 1]?.text === '(' && tokens[index - 1]?.text !== '.';
    });
    return runs || /^\d+ exec /.test(whole) || others.includes('*') || findNamedKey(statement) !== null;
  });
}

/** The key that a statement names in a text or an argument. */
export function findNamedKey({ tokens }: PythonCode): string | null {
  const found = tokens.find(({ kind, text }, index) => {
    return marksHealthVault(text) && (kind === 'text' || tokens[index + 1]?.text === '=');
  });
  return found?.text ?? null;
}
