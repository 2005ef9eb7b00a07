/**
 * Globs without regular expressions: `*`, `?`, `**` as a whole segment, and `{a,b}`. Both matchers go back to the last star
 * only. So the time is at most the product of both lengths, for any pattern and text.
 */
import { type Message, messages } from './messages.ts';

/** Longest glob, in characters. */
export const MAX_GLOB_CHARS = 200;
/** Most texts that the braces of one glob may expand to. */
const MAX_GLOB_ALTERNATIVES = 64;

/** Why a path glob is refused, or null. */
export function findGlobProblem(glob: string): Message | null {
  if (glob.length > MAX_GLOB_CHARS) return messages.globTooLong({ limit: MAX_GLOB_CHARS });
  if (/^\.{0,2}\//.test(glob)) return messages.globAbsolute();
  if (glob.endsWith('/')) return messages.globFolder();
  if (/[@+?*!]\(/.test(glob)) return messages.globExtended();
  if (glob.startsWith('!')) return messages.globNegated();
  if (glob.includes('\\')) return messages.globBackslash();
  if (glob.split('/').some((segment) => segment.includes('**') && segment !== '**')) return messages.globStars();
  const pieces = splitAtBraces(glob);
  if (pieces.flat().some((text) => /[{}]/.test(text))) return messages.globBraces();
  const choices = pieces.filter((_, index) => index % 2 === 1);
  if (choices.some((texts) => texts.some((text) => text.includes('..')))) return messages.globRange();
  if ([glob, ...choices.flat()].some((text) => text !== text.trim())) return messages.globSpaces();
  const alternatives = pieces.reduce((product, texts) => product * texts.length, 1);
  return alternatives > MAX_GLOB_ALTERNATIVES ? messages.globTooMany({ limit: MAX_GLOB_ALTERNATIVES }) : null;
}

/**
 * The reason for refusing a glob of a plain document's files, or null. Up to 1.0 these globs were matched in a dialect with
 * classes and groups. Globs with another meaning there are refused, so that no policy changes its meaning in silence.
 */
export function findDocumentGlobProblem(glob: string): Message | null {
  const isAmbiguous = /[[\]()|"]|[+}]\+/.test(glob);
  return findGlobProblem(glob) ?? (isAmbiguous ? messages.globAmbiguous() : null);
}

/** A test whether a path (with `/`, relative to the root) matches any of the globs, without regard to case. */
export function createPathMatcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap((glob) => expandBraces(glob.toLowerCase())).map(splitGlob);
  // Nearly every path fails by its name. If a glob ends in a name without stars, one look-up finds that out.
  const byName = new Map<string, (readonly NameTest[])[]>();
  for (const pattern of patterns) {
    const name = pattern.at(-1) ?? '';
    byName.set(name, [...(byName.get(name) ?? []), pattern.map(createNameTest)]);
  }
  const open = [...byName]
    .filter(([name]) => /[*?]/.test(name))
    .map(([name, rows]) => ({ isMet: createNameTest(name), rows }));
  const known = new Map<string, boolean>();
  const matchesAny = (path: string): boolean => {
    const segments = path.toLowerCase().split('/');
    const name = segments.at(-1) ?? '';
    const matchesRow = (row: readonly NameTest[]) =>
      matchesParts(row, segments, isAnyPath, (test, segment) => test(segment));
    return (
      byName.get(name)?.some(matchesRow) === true ||
      open.some(({ isMet, rows }) => isMet(name) && rows.some(matchesRow))
    );
  };
  return (path) => {
    const found = known.get(path) ?? matchesAny(path);
    known.set(path, found);
    return found;
  };
}

/** A test of one segment of a path. */
type NameTest = (name: string) => boolean;

/** Matches `**`, any number of segments. */
const isAnyName: NameTest = () => true;

const isAnyPath = (test: NameTest | undefined): boolean => test === isAnyName;

/** The test for one segment of a glob. Most names fail by the text before the first star or after the last one. */
function createNameTest(pattern: string): NameTest {
  if (pattern === '**') return isAnyName;
  if (!/[*?]/.test(pattern)) return (name) => name === pattern;
  const [start = '', end = ''] = [/^[^*?]*/, /[^*?]*$/].map((side) => side.exec(pattern)?.[0]);
  const isSame = (part: string, character: string): boolean => part === '?' || part === character;
  return (name) => name.startsWith(start) && name.endsWith(end) && matchesParts(pattern, name, isStar, isSame);
}

/**
 * A test whether a path matches a pattern of CODEOWNERS. As in `.gitignore`, case counts, and `docs/*` means the files directly
 * in the folder. A backslash escapes a character.
 */
export function createOwnerMatcher(pattern: string): (path: string) => boolean {
  const [first = '', ...others] = pattern.split('/');
  const isNameOnly = others.join('/') === '' && first !== '**';
  const written = first === '' ? others : isNameOnly ? ['**', first, ...others] : [first, ...others];
  if (pattern === '/' || pattern.includes('***')) return () => false;
  const segments = written.at(-1) === '' ? [...written.slice(0, -1), '**'] : written;
  const last = segments.at(-1);
  const below = last === '**' ? [...segments, '*'] : [...segments, '**', '*'];
  const patterns = last === '**' ? [below] : last === '*' ? [segments] : [segments, below];
  const rows = patterns.map((row) => row.map((part) => part.match(/\\.|./gs) ?? []));
  const isAny = (part: readonly string[] | undefined): boolean => part?.join('') === '**';
  return (path) => rows.some((row) => matchesParts(row, path.split('/'), isAny, matchesName));
}

/** One name of a path against the characters of a name in a pattern. */
function matchesName(pattern: readonly string[], name: string): boolean {
  return matchesParts(
    pattern,
    name,
    isStar,
    (part, character) => part === '?' || part.replace(/^\\/, '') === character,
  );
}

/** A test whether any path below a folder can match one of the globs. */
export function createFolderMatcher(globs: readonly string[]): (folder: string) => boolean {
  const patterns = globs
    .flatMap((glob) => expandBraces(glob.toLowerCase()))
    .map((glob) => {
      const pattern = glob.split('/');
      const any = pattern.indexOf('**');
      return { fixed: (any < 0 ? pattern : pattern.slice(0, any)).map(createNameTest), isEndless: any >= 0 };
    });
  return (folder) => {
    const segments = folder.toLowerCase().split('/');
    return patterns.some(
      ({ fixed, isEndless }) =>
        (isEndless || fixed.length > segments.length) &&
        segments.every((segment, index) => fixed[index]?.(segment) !== false),
    );
  };
}

/**
 * A test whether a text matches any of the patterns, in which only `*` is special, without regard to case. A literal star is
 * written as `\*` (host patterns are full of them).
 */
export function createTextMatcher(patterns: readonly string[]): (text: string) => boolean {
  const rows = patterns.map((pattern) => Array.from(pattern.toLowerCase().matchAll(/\\\*|./gs), ([part]) => part));
  return (text) => {
    const lower = text.toLowerCase();
    return rows.some((parts) =>
      matchesParts(parts, lower, isStar, (part, character) => toCharacter(part) === character),
    );
  };
}

/** The character of a part. */
function toCharacter(part: string): string {
  return part === '\\*' ? '*' : part;
}

const isStar = (part: string | undefined): boolean => part === '*';

/** Matches a row of parts, in which a star part matches any number of elements. */
function matchesParts<Part, Element>(
  pattern: ArrayLike<Part>,
  row: ArrayLike<Element>,
  isStarPart: (part: Part | undefined) => boolean,
  isSamePart: (part: Part, element: Element) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let retryPattern = 0;
  let retryRow = 0;
  while (next < row.length) {
    const part = pattern[at];
    if (isStarPart(part)) {
      retryPattern = ++at;
      retryRow = next;
    } else if (part !== undefined && isSamePart(part, row[next] as Element)) {
      at++;
      next++;
    } else if (retryPattern > 0) {
      at = retryPattern;
      next = ++retryRow;
    } else return false;
  }
  while (isStarPart(pattern[at])) at++;
  return at === pattern.length;
}

/** `src/**` matches the files in the folder, not the folder: the last `**` matches at least one name. */
function splitGlob(glob: string): readonly string[] {
  const segments = glob.split('/');
  return segments.at(-1) === '**' ? [...segments, '*'] : segments;
}

function expandBraces(glob: string): readonly string[] {
  return splitAtBraces(glob).reduce(
    (starts, choices) => starts.flatMap((start) => choices.map((one) => start + one)),
    [''],
  );
}

/** The parts outside of braces, and the alternatives of the braces between them, in turn. */
function splitAtBraces(glob: string): readonly (readonly string[])[] {
  return glob.split(/\{([^{}]*)\}/).map((text, index) => (index % 2 === 0 ? [text] : text.split(',')));
}

/**
 * Computes a value once per object. It is kept beside the object and not in it, because a policy is plain data, belongs to no
 * revision, and a copy with other rules must not contain the matchers of the original.
 */
export function cachePerObject<Source extends object, Made>(make: (source: Source) => Made): (source: Source) => Made {
  const made = new WeakMap<Source, { readonly value: Made }>();
  return (source) => {
    const known = made.get(source) ?? { value: make(source) };
    made.set(source, known);
    return known.value;
  };
}

/** Most stars between other characters of a line pattern. Each matches at most this many characters. */
const MAX_LINE_STARS = 2;
const MAX_STAR_CHARS = 60;

/** Why a line pattern is refused, or null. */
export function findLinePatternProblem(written: string): Message | null {
  const pattern = written.replace(/^!/, '');
  const pieces = splitAtBraces(pattern);
  if (pieces.flat().some((text) => /[{}]/.test(text))) return messages.globBraces();
  const inner = pattern.replace(/^\*|\*$/g, '');
  if (inner.split('*').length - 1 > MAX_LINE_STARS) return messages.linePatternStars({ limit: MAX_LINE_STARS });
  const fixed = pieces.map((texts) => Math.min(...texts.map(countFixed))).reduce((sum, count) => sum + count, 0);
  return fixed < 2 ? messages.linePatternShort() : null;
}

function countFixed(text: string): number {
  return text.replace(GUID_WORD, '').replace(/[^a-z0-9]/gi, '').length;
}

/**
 * A search for any of the patterns in a line, without regard to case: what was found, or null. `*` stands for at most 60
 * characters, `-` for up to two separators or none, `<guid>` for a GUID, `{a,b}` for either. A pattern matches whole words
 * unless it begins or ends with `*`. Text that a pattern with `!` matches does not count for the others. Nothing in it is
 * unbounded, so the time is linear in the length of the line.
 */
export function createLineMatcher(patterns: readonly string[]): (line: string) => RegExpExecArray | null {
  const excluded = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [writeLinePattern(pattern.slice(1))] : []));
  const searched = patterns.filter((pattern) => !pattern.startsWith('!')).map(writeLinePattern);
  if (searched.length === 0) return () => null;
  const search = new RegExp(searched.join('|'), 'i');
  if (excluded.length === 0) return (line) => search.exec(line);
  const exclude = new RegExp(excluded.join('|'), 'gi');
  return (line) => search.exec(line.replace(exclude, ({ length }) => ' '.repeat(length)));
}

const GUID_WORD = '<guid>';
const GUID = '[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}';

function writeLinePattern(pattern: string): string {
  const inner = pattern.replace(/^\*|\*$/g, '');
  const choices = splitAtBraces(inner).map((texts) => `(?:${texts.map(writeFixedText).join('|')})`);
  const start = /^[\w{]/.test(pattern) ? '(?<![a-z0-9])' : '';
  const end = pattern.endsWith('*') ? '[\\w.:-]{0,60}' : /[\w}]$/.test(pattern) ? '(?![a-z0-9])' : '';
  return `${start}${choices.join('')}${end}`;
}

function writeFixedText(text: string): string {
  return text
    .split(GUID_WORD)
    .map((part) =>
      part
        .replace(/[$()+.?[\\\]^{|}]/g, '\\$&')
        .replaceAll('-', '(?:[-_.:\\s]?){0,2}') // V8 compiles it in a fifth of the time of `[-_.:\s]{0,2}`
        .replaceAll('*', `[^\\r\\n]{0,${MAX_STAR_CHARS}}?`),
    )
    .join(GUID);
}
