/** Searches text for the marks of a policy, and for the names that its documents contain. Pure. */
import { decodeBase64 } from '../formats/certificates/pem.ts';
import { decodeForSearch } from '../formats/secrets/embedded-keys.ts';
import { findPrivateKeys, hidePrivateKeys } from '../formats/secrets/key-text.ts';
import type { ConfigDocument, SettingValue } from '../model/document.ts';
import { createLineMatcher, createTextMatcher } from '../model/globs.ts';
import { EMPTY_GUID } from '../model/guid.ts';
import { getBaseName } from '../model/paths.ts';
import type { Mark, Sweep } from '../model/policy.ts';
import type { ChangedLine, SourceFile } from '../model/source.ts';
import { findThingTypeName } from '../model/thing-types.ts';
import { isValueOfName, trimToKey } from './sections.ts';

/** A mark in a line. `text` is safe to show. */
export interface Hit {
  readonly mark: Mark;
  readonly text: string;
  /** Offset in the line. */
  readonly index: number;
}

/** Finds the marks in a changed line, which may be in a section: at most one hit for each mark. */
export type FindMarks = (
  line: Pick<ChangedLine, 'text' | 'previous'> & { readonly section?: string },
) => readonly Hit[];

/** A search for the marks of a sweep, including those with settings that the documents contain. */
export function createMarkSearch(sweep: Sweep, documents: readonly ConfigDocument[]): FindMarks {
  const searches = sweep.marks.map((mark) => {
    const matches = createLineMatcher(mark.patterns);
    const names = listNames(mark, documents);
    return { mark, find: (line: string) => matches(line) ?? findName(line, names) };
  });
  return ({ text, previous, section = '' }) => {
    const line = resolveEscapes(text);
    const sections = section === '' ? [] : [section, ...section.split('.')];
    const before = previous === undefined ? '' : resolveEscapes(previous).trimEnd();
    return searches.flatMap(({ mark, find }): readonly Hit[] => {
      const found = find(line) ?? (line.includes('{') ? find(line.replace(OPENING, ':')) : null);
      if (found !== null) return [{ mark, text: showText(found[0]), index: found.index }];
      const above = before === '' || line.trim() === '' ? null : findAcross(before, line.trimStart(), find);
      if (above !== null) return [{ mark, text: showText(above), index: 0 }];
      const key = trimToKey(line);
      const below = findBelow(sections, line, find);
      return below === null ? [] : [{ mark, text: showText(below), index: line.length - key.length }];
    });
  };
}

/** Whether a line would contain a mark if it were in a section with one of the policy's names. */
export function createSectionTest({ names }: Sweep, findMarks: FindMarks): (line: ChangedLine) => boolean {
  const sections = names.map((name) => name.replace(/^\*|\*$/g, '').replace(/[_.:]$/, ''));
  return ({ text, previous = '' }) =>
    /^[\s"'-]*[A-Za-z]/.test(text) &&
    findMarks({ text }).length === 0 &&
    (isValueOfName(text)
      ? !/\b(?:name|key)["']?\s*[:=]/i.test(previous)
      : sections.some((section) => findMarks({ text, section }).length > 0));
}

/** A match of a search: the text and its offset. */
interface Found {
  readonly 0: string;
  readonly index: number;
}

/** Characters after a name at the end of a line if the next line has its value. */
const CLOSING_QUOTES = /^[\s"'`,:=>|[({-]*(?:<\/[\w:-]+>\s*)?$/;

/** A mark that begins in the name of one of the sections of a line, and ends in the line. */
function findBelow(sections: readonly string[], line: string, find: (text: string) => Found | null): string | null {
  const isValue = isValueOfName(line);
  const key = trimToKey(line);
  for (const section of sections) {
    const found = find(`${section}.${key}`) ?? (isValue ? find(`${section}: ${key}`) : null);
    if (found !== null && (isValue || found.index + found[0].length > section.length + 1)) return found[0];
  }
  return null;
}

/** A name at the end of the line before, or a mark that begins there. Its value is in the changed line. */
function findAcross(before: string, line: string, find: (text: string) => Found | null): string | null {
  const both = `${before} ${line}`;
  const found = find(both);
  if (found === null) return null;
  const end = found.index + found[0].length;
  return end > before.length + 1 || CLOSING_QUOTES.test(before.slice(end)) ? found[0] : null;
}

/** The name in a match, and its GUID. A pattern may match other text between them, which may be a secret. */
function showText(text: string): string {
  const name = hidePrivateKeys(/[\w.:-]*\w/.exec(text)?.[0] ?? '').slice(0, 60);
  return [...new Set([name, ...findGuids(text).map((guid) => guid[0])])].join(' ');
}

const ESCAPES =
  /\\u(?:0000)?([0-9a-f]{4})|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|\\u\{([0-9a-f]{1,6})\}|&#([0-9]{1,7});|\\([01][0-7]{2})|&(period|colon|sol|lowbar|dash);|\\(?=[:=/.-])/gi;
const NAMED: Readonly<Record<string, string>> = { period: '.', colon: ':', sol: '/', lowbar: '_', dash: '-' };
/** Characters that hosts' names ignore, and characters that equal their dots (UTS 46). */
const NOT_SHOWN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const DOTS = /[\u3002\uff0e\uff61]/g;
/** Between the name of a section and a key in it, both in one line. */
const OPENING = /["']?\s{0,9}(?:[:=]>?\s{0,9})?\{\s{0,9}["']?(?=[A-Za-z])/g;
const BASE64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{16,400}={0,2}(?![A-Za-z0-9+/=])/g;

/**
 * A line with the characters that JSON, XML, properties, languages and addresses write as escapes. Text that it encodes in
 * base64 is appended, as in secrets of Kubernetes.
 */
function resolveEscapes(line: string): string {
  const plain = /[^\0-\x7f]/.test(line) ? line.replace(NOT_SHOWN, '').replace(DOTS, '.').normalize('NFKC') : line;
  const resolved = /[\\%&]/.test(plain) ? plain.replace(ESCAPES, resolveEscape) : plain;
  return [resolved, ...(resolved.match(BASE64) ?? []).flatMap(decodeText)].join(' ');
}

function resolveEscape(_: string, ...groups: readonly (string | undefined)[]): string {
  const [decimal, octal, name] = groups.slice(5, 8);
  const hexadecimal = groups.slice(0, 5).find((group) => group !== undefined);
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  const [digits, radix] =
    hexadecimal !== undefined ? [hexadecimal, 16] : octal !== undefined ? [octal, 8] : [decimal, 10];
  if (digits === undefined) return '';
  const code = Number.parseInt(digits, radix);
  return code >= 0x20 && code <= 0xffff ? String.fromCharCode(code) : ' ';
}

/** A text that is encoded in base64, unless it is anything else. */
function decodeText(encoded: string): readonly string[] {
  const bytes = decodeBase64(encoded);
  const text = bytes === null ? '' : String.fromCharCode(...bytes);
  return /^[\t\r\n -~]{12,}$/.test(text) ? [text] : [];
}

const GUIDS =
  /(?<![0-9a-f])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-f])|0x[0-9a-f]{8}(?:,\s{0,9}0x[0-9a-f]{1,4}){2}(?:,\s{0,9}\{?\s{0,9}0x[0-9a-f]{1,2}){8}/gi;
const THUMBPRINTS = /(?<![0-9a-f])(?:[0-9a-f]{2}[ :-]?){19}[0-9a-f]{2}(?![0-9a-f])/gi;
const FILE_NAMES = /[\w.-]{1,100}\.(?:pfx|p12|cer|crt|der|pem|jks|jceks|bks|keystore|key|pvk)(?![\w])/gi;

/** The GUIDs in a text in their plain form, each with its offset. */
export function findGuids(text: string): readonly Found[] {
  return [...text.matchAll(GUIDS)].map(({ 0: written, index }) => ({ 0: normalizeGuid(written), index }));
}

function normalizeGuid(written: string): string {
  const digits = written.startsWith('0x')
    ? [...written.matchAll(/0x([0-9a-f]+)/gi)]
        .map(([, part = ''], index) => part.padStart(index === 0 ? 8 : index < 3 ? 4 : 2, '0'))
        .join('')
    : written.replaceAll('-', '');
  return digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function findName(text: string, names: ReadonlySet<string>): Found | null {
  if (names.size === 0) return null;
  return listWords(text).find((word) => names.has(word[0])) ?? null;
}

/** Everything in a text that may be an id, a thumbprint or the name of a key's file. */
function listWords(text: string): readonly Found[] {
  const thumbprints = [...text.matchAll(THUMBPRINTS)].map(({ 0: written, index }) => ({
    0: written.replace(/[ :-]/g, '').toLowerCase(),
    index,
  }));
  const files = [...text.matchAll(FILE_NAMES)].map(({ 0: written, index }) => ({ 0: written.toLowerCase(), index }));
  return [...findGuids(text), ...thumbprints, ...files];
}

/** The names in the settings of documents that a mark includes. */
function listNames({ settings }: Mark, documents: readonly ConfigDocument[]): ReadonlySet<string> {
  if (settings.length === 0) return new Set();
  const isAskedFor = createTextMatcher(settings);
  const values = documents.flatMap((document) => document.settings.filter(({ id }) => isAskedFor(id)));
  const words = values.flatMap(({ value }) => listTexts(value)).flatMap(listWords);
  return new Set(words.map((word) => word[0]).filter(isApplicationSetting));
}

/** Ids and thumbprints in changed lines that no document contains. Names of files are too common to look up. */
export function listUnknownNames(
  lines: readonly ChangedLine[],
  { marks }: Sweep,
  documents: readonly ConfigDocument[],
): readonly string[] {
  const known = new Set(marks.flatMap((mark) => [...listNames(mark, documents)]));
  const found = lines.flatMap(({ text }) => listWords(resolveEscapes(text))).map((word) => word[0]);
  return found.filter((name) => !name.includes('.') && !known.has(name) && isApplicationSetting(name));
}

/** Ids of data types are everywhere and name no application. */
function isApplicationSetting(name: string): boolean {
  return name !== EMPTY_GUID && findThingTypeName(name) === null;
}

function listTexts(value: SettingValue): readonly string[] {
  if (value.kind === 'set') return value.items.flatMap(({ meaning, shown }) => [meaning, getBaseName(shown)]);
  return value.kind === 'text' || value.kind === 'content' ? [value.meaning, value.shown] : [];
}

/** Encodings with one byte for each ASCII character, as they are written in a declaration. */
const ASCII_ENCODING =
  /^(?:utf-?(?:8|16(?:le|be)?)|(?:us-)?ascii|latin-?1|iso-?8859-\d+|windows-\d+|cp\d+|koi8-\w|gb\w+|big5|euc-\w+|shift_jis)$/i;

/**
 * Whether a file that no reader could read names the policy's subject: a mark, a private key, or one of the sweep's names.
 * References of XML are resolved first. An encoding that hides ASCII counts as naming it.
 */
export function namesSubject({ path, bytes }: SourceFile, sweep: Sweep, findMarks: FindMarks): boolean {
  const text = decodeForSearch({ path, bytes });
  const encoding = /encoding\s*=\s*["']([^"']{1,40})["']/.exec(text.slice(0, 200))?.[1];
  if (encoding !== undefined && !ASCII_ENCODING.test(encoding)) return true;
  const names = createLineMatcher(sweep.names);
  const lines = expandEntities(text)?.split(/\r\n|\n|\r/);
  return (
    lines === undefined ||
    findPrivateKeys(text).length > 0 ||
    lines.some((line) => names(resolveEscapes(line)) !== null || findMarks({ text: line }).length > 0)
  );
}

/** Most characters that entities of XML are expanded to. */
const MAX_EXPANDED_CHARS = 1_000_000;

/** A text with its internal XML entities expanded, up to three levels deep. Null: they exceed what the search covers. */
function expandEntities(text: string): string | null {
  if (/<!ENTITY\s+(?:%|[\w.-]{1,80}\s+(?:SYSTEM|PUBLIC)\b)/.test(text)) return null;
  const entities = new Map(
    [...text.matchAll(/<!ENTITY\s+([\w.-]{1,80})\s+(?:"([^"]{0,1000})"|'([^']{0,1000})')/g)].map(
      ([, name = '', doubleQuoted, single]) => [name, doubleQuoted ?? single ?? ''] as const,
    ),
  );
  let expanded = text;
  let length = 0;
  for (let depth = 0; entities.size > 0 && depth < 3; depth += 1) {
    expanded = expanded.replace(/&([\w.-]{1,80});/g, (written, name: string) => {
      const value = entities.get(name);
      length += value?.length ?? 0;
      return value === undefined || length > MAX_EXPANDED_CHARS ? written : value;
    });
  }
  return length > MAX_EXPANDED_CHARS ? null : expanded;
}
