/**
 * Strict JSON (RFC 8259) as the same tree as YAML. `JSON.parse` validates the text, and the YAML reader provides the
 * positions. Duplicate keys are refused. Never throws.
 */
import type { ParseProblem } from '../model/document.ts';
import { messages } from './messages.ts';
import { createPositionFinder } from './positions.ts';
import type { YamlNode } from './yaml/node.ts';
import { parseYaml } from './yaml/yaml.ts';

/** One JSON value, with nothing but white space around it. A text without any value is a problem. */
export function parseJson(text: string): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const tree = parseYaml(text, { duplicateKey: messages.jsonDuplicateKey, tooDeep: messages.jsonTooDeep });
  if ('problem' in tree && tree.problem.id === messages.jsonTooDeep.id) return tree;
  const error = findSyntaxError(text);
  if (error === null) return tree;
  // The engine quotes the file, which can contain a password, so the quote is cut off.
  const reason = error.replace(/(?: in JSON)? at position .*$|(?: '..?')?, (?:\.\.\.)?".*$/s, '');
  return { problem: { ...messages.jsonSyntax({ reason }), at: createPositionFinder(text)(findErrorOffset(text)) } };
}

/** The engine's error for a text that is not JSON, or null. */
function findSyntaxError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return String((error as Error).message);
  }
}

/** The end of the longest beginning that can still become JSON. The engine does not always name the place. */
function findErrorOffset(text: string): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (canContinue(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function canContinue(beginning: string): boolean {
  const error = findSyntaxError(beginning);
  return (
    error === null || /end of JSON|Unterminated string/.test(error) || error.includes(`position ${beginning.length}`)
  );
}
