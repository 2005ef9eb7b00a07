/** Comparison of numbers, versions and dates that are written as texts. */
import type { Bound, ComparisonKind } from '../../model/policy.ts';

const FORMS: Readonly<Record<ComparisonKind, RegExp>> = {
  number: /^[+-]?\d+(?:\.\d+)?$/,
  version: /^v?\d+(?:\.\d+)*$/i,
  date: /^\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?$/,
};

/** The kind of a bound by its form; null if it could be a number as well as a version, or is neither. */
export function inferKind(text: string): ComparisonKind | null {
  if (FORMS.date.test(text)) return 'date';
  if (/^[+-]?\d+$/.test(text)) return 'number';
  return FORMS.version.test(text) && text.split('.').length !== 2 ? 'version' : null;
}

/** No number, version or date is longer than this. Parsing a longer one as a number takes long. */
const MAX_CHARS = 100;

/** Whether a text has the form of its kind. */
export function isComparable(text: string, kind: ComparisonKind): boolean {
  return text.length <= MAX_CHARS && FORMS[kind].test(text);
}

/** Negative if the value is below the bound, 0 if it equals it; null if the value is not of the bound's kind. */
export function compareWithBound(value: string, { text, as }: Bound): number | null {
  const own = value.trim();
  if (!isComparable(own, as)) return null;
  if (as === 'date') return compareTexts(own.slice(0, 10), text.slice(0, 10));
  if (as === 'number') return compareNumbers(own, text);
  const [left, right] = [readParts(own), readParts(text)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareNumbers(left[index] ?? '0', right[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function readParts(version: string): readonly string[] {
  return version.replace(/^v/i, '').split('.');
}

/** Whole numbers of any length are compared exactly. */
function compareNumbers(a: string, b: string): number {
  const areWhole = !a.includes('.') && !b.includes('.');
  const [left, right] = areWhole ? [BigInt(a.replace('+', '')), BigInt(b.replace('+', ''))] : [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
