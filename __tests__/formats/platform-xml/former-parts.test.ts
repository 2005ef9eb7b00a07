import { withFormerParts } from '../../../src/formats/platform-xml/former-parts.ts';
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';
import { APP_ID, WEIGHT } from '../../support/platform-fixture.ts';
import { readWith } from '../../support/read-context.ts';

const bodies = (method: string, ...inner: readonly string[]): readonly ConfigDocument[] => {
  const namespace = `urn:com.microsoft.wc.methods.${method}`;
  const all = inner.map((one) => `<info xmlns="${namespace}">${one}</info>`).join('');
  const result = readWith(platformXml, 'a.xml', `<all>${all}</all>`);
  return result.kind === 'documents' ? result.documents : [];
};
const named = (...names: readonly string[]) => bodies('AddApplication', ...names.map((name) => `<name>${name}</name>`));
const updates = (...ids: readonly string[]) => bodies('UpdateApplication', ...ids.map((id) => `<id>${id}</id>`));
const both = (name: string) => [...named(name, 'x').slice(0, 1), ...updates(APP_ID, WEIGHT).slice(0, 1)];

test.each<
  [title: string, base: readonly ConfigDocument[], head: readonly ConfigDocument[], parts: readonly (string | null)[]]
>([
  ['the same names', named('A', 'B'), named('B', 'A'), ['B', 'A']],
  ['one other name', named('A', 'B'), named('A', 'C'), ['A', 'B']],
  ['one other name in another place', named('A', 'B'), named('C', 'A'), ['B', 'A']],
  ['two other names, in their order', named('A', 'B', 'X'), named('X', 'C', 'D'), ['X', 'A', 'B']],
  ['one more part', named('A', 'B'), named('A', 'B', 'C'), ['A', 'B', 'C']],
  ['one less and one renamed: which one is not known', named('A', 'B', 'C'), named('A', 'D'), ['A', 'D']],
  ['the only part', named('A'), named('B'), [null]],
  ['the only part and a new one beside it', named('A'), named('B', 'A'), ['B', null]],
  ['the only part and an update beside it', named('A'), both('A'), [null, APP_ID]],
  ['the same part with another name', named('A'), both('B'), [null, APP_ID]],
  ['the same part with an update beside both', both('A'), both('B'), ['A', APP_ID]],
  [
    'the only part, whose name is not its first setting',
    bodies('AddApplication', '<action-url>https://a.example</action-url><name>A</name>'),
    named('B', 'A'),
    ['B', null],
  ],
  ['the only remaining part', named('B', 'A'), named('A'), ['A']],
  ['one remaining part of two with another name', named('B', 'A'), named('C'), [null]],
  ['no name', bodies('AddApplication', ''), bodies('AddApplication', '', '<name>A</name>'), ['info', 'A']],
  [
    'a name in one language, which is none',
    bodies('AddApplication', '<name xml:lang="de-DE">A</name>'),
    named('A', 'B'),
    ['A', 'B'],
  ],
  ['applications with ids', updates(APP_ID, '8'.repeat(32)), updates(APP_ID, WEIGHT), [APP_ID, WEIGHT]],
  ['no former parts', [], named('A', 'B'), ['A', 'B']],
  ['no present parts', named('A', 'B'), [], []],
])('parts match former ones with %s', (_title, base, head, parts) => {
  const called = withFormerParts(base, head);
  expect(called.map(({ part }) => part)).toEqual(parts);
  expect(called.map(({ settings }) => settings)).toEqual(head.map(({ settings }) => settings));
});
