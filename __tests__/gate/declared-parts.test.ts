/** On GitHub, the unchanged parts of a declared document are read for the rules that ask them. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { startFabrikam } from '../support/fabrikam.ts';
import { answer } from '../support/run-gate.ts';

const POLICY = `extends: healthvault
documents:
  - files: ['**/src/*/app.json']
    format: json
    parts: parent-folder
    requires: [$.kind]
    otherwise: nothing
    settings: { rights: { path: $.rights, type: set, grants: true }, rest.*: { path: '$.*', type: any } }
rules:
  known-right:
    when: { setting: rights, kind: added, given: { setting: rights, at: base, covers: value } }
    category: none
    reason: Another part has it.
  new-right: { when: { setting: rights, kind: added }, category: extra-review, reason: A right is new. }
`;
const MAIN = { 'app/src/main/app.json': '{"kind": "app", "rights": ["a"]}' };
const OTHERS = { 'app/src/store/app.json': '{"rights": []}', 'web/src/main/app.json': '{"rights": ["b"]}' };

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startFabrikam({ files: { '.github/go-live.yml': POLICY, ...MAIN, ...OTHERS } });
});
afterEach(() => github.close());

test.each(['on', 'off'] as const)('parts of a declared document are found with GraphQL %s', async (road) => {
  github.graphql = road;
  const files = { 'app/src/store/app.json': '{"rights": ["a", "b"]}' };
  const { report } = await answer(github, github.state.open({ author: 'ada', files }).number);
  expect(report?.changes.map(({ rule, after }) => `${rule} ${after}`)).toEqual(['new-right b', 'known-right a']);
  expect(report?.files.map(({ path }) => path)).toEqual(['app/src/store/app.json']);
});
