/**
 * Hides Ruby's ERB tags in a YAML text without running them. `<%= ... %>` becomes a run of one private character of the
 * same length, so that the YAML parser sees a plain word and positions stay. Comments become spaces. Code is refused.
 * ERB runs before YAML, so a tag in a comment may write a line of its own.
 */
import type { ParseProblem } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import type { Position } from '../model/source.ts';
import { messages } from './messages.ts';
import { createPositionFinder } from './positions.ts';

/** A text without tags, and the functions that find and restore them. */
export interface MaskedErb {
  readonly text: string;
  /** Puts the tags back into a value. */
  restore(value: string): string;
  /**
   * The tags that Ruby runs outside of the values: `require`, and tags in comments, because their result may begin
   * another line.
   */
  findTagsOutside(values: readonly string[]): readonly ErbTag[];
}

/** A tag as written, and its place in the text. */
export interface ErbTag {
  readonly tag: string;
  readonly at: Position;
}

/** First of the characters that stand for tags, one for each, in the Unicode private use area. */
const FIRST = 0xe000;
const MOST_TAGS = 0x1900;
const MASK = /[\ue000-\uf8ff]+/g;

/** Hides the tags. A tag over several lines, code other than `require`, and private characters are problems. */
export function maskErb(text: string): MaskedErb | { readonly problem: ParseProblem } {
  const tags: PlacedTag[] = [];
  const loads: PlacedTag[] = [];
  let result = '';
  let from = 0;
  for (let open = text.indexOf('<%'); open >= 0; open = text.indexOf('<%', from)) {
    const close = text.indexOf('%>', open + 2);
    const tag = close < 0 ? '' : text.slice(open, close + 2);
    if (close < 0 || /[\r\n]/.test(tag)) return refuseErb(messages.erbUnclosed(), text, open);
    const isLoad = LOAD.test(tag);
    if (isLoad) loads.push({ tag, offset: open });
    else if (tag.startsWith('<%=') && tags.length < MOST_TAGS) tags.push({ tag, offset: open });
    else if (!tag.startsWith('<%#')) return refuseErb(messages.erbCode(), text, open);
    const mark = tags.at(-1)?.offset === open ? String.fromCharCode(FIRST + tags.length - 1) : ' ';
    result += text.slice(from, open) + mark.repeat(tag.length);
    from = close + 2;
  }
  const maskCharacterAt = text.search(MASK);
  if (maskCharacterAt >= 0) return refuseErb(messages.erbCode(), text, maskCharacterAt);
  const findPosition = createPositionFinder(text);
  return {
    text: result + text.slice(from),
    restore: (value) => value.replace(MASK, (run) => restoreTags(run, tags)),
    findTagsOutside: (values) => {
      const inside = new Set(values.flatMap((value) => Array.from(value.match(MASK)?.join('') ?? '')));
      const outside = tags.filter((_, index) => !inside.has(String.fromCharCode(FIRST + index)));
      return [...loads, ...outside].map(({ tag, offset }) => ({ tag, at: findPosition(offset) }));
    },
  };
}

interface PlacedTag {
  readonly tag: string;
  readonly offset: number;
}

/** Code that only loads other code, which is not in the file. */
const LOAD = /^<%-?\s*require(?:_relative)?\s+['"][\w./-]+['"]\s*-?%>$/;

/** Tags can be adjacent, so a run can contain several of them. */
function restoreTags(run: string, tags: readonly PlacedTag[]): string {
  let result = '';
  for (let at = 0; at < run.length; ) {
    const tag = tags[run.charCodeAt(at) - FIRST]?.tag ?? '';
    result += tag;
    at += Math.max(tag.length, 1);
  }
  return result;
}

function refuseErb(what: Message, text: string, offset: number): { readonly problem: ParseProblem } {
  return { problem: { ...what, at: createPositionFinder(text)(offset) } };
}
