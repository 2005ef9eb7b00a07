/**
 * Ruby's ERB tags in a YAML text, without running them: `<%= ... %>` becomes a run of one private character of the same
 * length, so that the YAML parser sees a plain word and positions stay; comments become blanks; code is refused.
 */
import type { ParseProblem } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import { messages } from './messages.ts';
import { positionsIn } from './positions.ts';

/** A text without tags, and the way back for a value that was read from it. */
export interface MaskedErb {
  readonly text: string;
  /** Puts the tags back into a value. */
  restore(value: string): string;
}

/** First of the characters that stand for tags; the Unicode private use area, one for each tag. */
const FIRST = 0xe000;
const MOST_TAGS = 0x1900;
const MASK = /[\ue000-\uf8ff]+/g;

/** Hides the tags. A tag over several lines, code other than `require`, and private characters are problems. */
export function maskErb(text: string): MaskedErb | { readonly problem: ParseProblem } {
  const tags: string[] = [];
  let result = '';
  let from = 0;
  for (let open = text.indexOf('<%'); open >= 0; open = text.indexOf('<%', from)) {
    const close = text.indexOf('%>', open + 2);
    const tag = close < 0 ? '' : text.slice(open, close + 2);
    if (close < 0 || /[\r\n]/.test(tag)) return refused(messages.erbUnclosed(), text, open);
    const masked = mask(tag, tags);
    if (masked === null) return refused(messages.erbCode(), text, open);
    result += text.slice(from, open) + masked;
    from = close + 2;
  }
  const strange = text.search(MASK);
  if (strange >= 0) return refused(messages.erbCode(), text, strange);
  return { text: result + text.slice(from), restore: (value) => value.replace(MASK, (run) => restored(run, tags)) };
}

function mask(tag: string, tags: string[]): string | null {
  const isHarmless = tag.startsWith('<%#') || /^<%-?\s*require(?:_relative)?\s+['"][\w./-]+['"]\s*-?%>$/.test(tag);
  if (isHarmless) return ' '.repeat(tag.length);
  if (!tag.startsWith('<%=') || tags.length >= MOST_TAGS) return null;
  tags.push(tag);
  return String.fromCharCode(FIRST + tags.length - 1).repeat(tag.length);
}

/** Tags may stand side by side, so a run can hold several of them. */
function restored(run: string, tags: readonly string[]): string {
  let result = '';
  for (let at = 0; at < run.length; ) {
    const tag = tags[run.charCodeAt(at) - FIRST] ?? '';
    result += tag;
    at += Math.max(tag.length, 1);
  }
  return result;
}

function refused(what: Message, text: string, offset: number): { readonly problem: ParseProblem } {
  return { problem: { ...what, at: positionsIn(text)(offset) } };
}
