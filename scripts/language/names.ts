/** How names are written: functions begin with a verb, and no name has a word that the glossary replaces or that is private to its author. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from './declarations.ts';

/** Words that functions begin with: what they do, or what is true where they return a boolean. */
const verbs: ReadonlySet<string> = new Set(
  readFileSync(join(import.meta.dirname, 'verbs.txt'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(' ')),
);

/** Words that no name contains, and what to write instead. */
const replaced: Readonly<Record<string, string>> = {
  sides: 'base and head',
  sided: 'base and head',
  tongue: 'reader',
  judge: 'evaluate, classify, check',
  judges: 'third-party checks',
  judging: 'evaluation',
  clearance: 'approval',
  receipt: 'approval',
  maker: 'author',
  makers: 'authors',
  standing: 'evaluation record',
  stands: 'is',
  simulator: 'embedded GitHub',
  playback: 'story',
  played: 'the result of a step',
  cure: 'fix',
  cures: 'fixes',
  mend: 'fix',
  tell: 'report, show',
  tells: 'reports, shows',
  told: 'reported',
  telling: 'what it contains',
  speaks: 'mentions, connects',
  talks: 'mentions, connects',
  hears: 'handles, receives',
  held: 'contained, kept',
  hold: 'contain, keep',
  holds: 'contains, keeps',
  hang: 'depend',
  hangs: 'depends',
  stranger: 'unexpected, unknown',
  strangers: 'unexpected, unknown',
  strange: 'unexpected',
  odd: 'invalid, unexpected',
  sharer: 'what is shared',
  sharers: 'what is shared',
  rivals: 'the other ones',
  namesakes: 'of the same name',
  departure: 'exception',
  departures: 'exceptions',
  occasion: 'event',
  firmness: 'rank',
  undisturbed: 'unchanged',
  silent: 'not stated, omitted',
  ours: 'whose it is',
  theirs: 'whose it is',
  looked: 'checked, watched',
  come: 'added',
  lively: 'active',
  nobody: 'none',
  somebody: 'a user',
  anybody: 'any user',
  anybodys: 'what any application may have',
  besides: 'in addition to, except',
  util: 'what it does',
  utils: 'what it does',
  helper: 'what it does',
  helpers: 'what it does',
  misc: 'what it does',
  behaviour: 'behavior',
  licence: 'license',
  licences: 'licenses',
  organisation: 'organization',
  cancelled: 'canceled',
  colour: 'color',
};

/** The words of a name in lower case: of `parseXmlTree`, `XML_TREE` and `xml-tree.ts`. */
export function splitName(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** What to use instead of a name; null where it is written as names are here. */
export function findNameProblem({ name, isFunction }: Pick<Declaration, 'name' | 'isFunction'>): string | null {
  const words = splitName(name);
  const word = words.find((one) => Object.hasOwn(replaced, one));
  if (word !== undefined) return `another word than "${word}": ${replaced[word]}`;
  if (/[a-z]Of$/.test(name)) return 'a verb for what it does, instead of "Of" at the end';
  if (isFunction && words[0] !== undefined && !verbs.has(words[0]))
    return `a verb of scripts/language/verbs.txt before "${name}"`;
  return null;
}
