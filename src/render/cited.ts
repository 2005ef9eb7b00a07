/**
 * Citations within sentences. A policy writes them in brackets at the end of a statement: `[R3]`, `[R6, R10]`, or `[advice]` if
 * it has no source.
 */
import type { Report } from '../model/report.ts';

/** A piece of a text: its words, or the ids between one pair of brackets. */
export type CitedPiece = { readonly words: string } | { readonly ids: readonly string[] };

const BRACKETS = /\[([A-Za-z][A-Za-z0-9-]{0,40}(?:, [A-Za-z][A-Za-z0-9-]{0,40}){0,9})\]/g;

/** A text in pieces. Brackets count only if the report cites every id in them, or the id is `advice`. */
export function splitCitations(text: string, { citations }: Report): readonly CitedPiece[] {
  const pieces: CitedPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(BRACKETS)) {
    const ids = String(match[1]).split(', ');
    if (!ids.every((id) => id === 'advice' || Object.hasOwn(citations, id))) continue;
    if (match.index > end) pieces.push({ words: text.slice(end, match.index) });
    pieces.push({ ids });
    end = match.index + match[0].length;
  }
  return end < text.length ? [...pieces, { words: text.slice(end) }] : pieces;
}

/** A text without its citations, for sentences with one link beside them. */
export function withoutCitations(text: string, report: Report): string {
  return splitCitations(text, report)
    .map((piece, index, pieces) => {
      if ('ids' in piece) return '';
      return index < pieces.length - 1 ? piece.words.trimEnd() : piece.words;
    })
    .join('');
}

/** The sources to list after a text: none if its sentences contain citations. */
export function listUncitedSources(text: string, sources: readonly string[], report: Report): readonly string[] {
  return splitCitations(text, report).some((piece) => 'ids' in piece) ? [] : sources;
}
