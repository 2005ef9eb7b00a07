/** The very text that a digest is made of: were it another one, every approval so far would be void. */
import { writeCanonicalPolicy } from '../../src/policy/canonical.ts';
import { SMALL_MEANS } from './small-policies.ts';

const APPROVER = { role: null, users: ['b', 'a'], teams: [], notAuthor: true };
const WRITTEN = '{"notAuthor":true,"role":null,"teams":[],"users":["b","a"]}';

test('keys are in the order of their code units, and lists in their order', () => {
  const approvers = { b: APPROVER, default: APPROVER, 'a-b': APPROVER, B: APPROVER, a: APPROVER, ab: APPROVER };
  expect(writeCanonicalPolicy({ ...SMALL_MEANS, approvers, watch: ['b', 'a'] })).toBe(
    [
      `{"approvers":{"B":${WRITTEN},"a":${WRITTEN},"a-b":${WRITTEN},"ab":${WRITTEN},"b":${WRITTEN},"default":${WRITTEN}}`,
      '"breakGlass":null',
      '"categories":[{"attests":null,"blocks":"until-label","id":"review","label":"ok","leadTime":null,"nothing":false,"questions":{"configuration":"yes","workflow":"no"},"steps":[],"title":"Review","unpublished":[]}',
      '{"attests":null,"blocks":"never","id":"quiet","label":null,"leadTime":null,"nothing":true,"questions":{"configuration":"no","workflow":"no"},"steps":[],"title":"Quiet","unpublished":[]}]',
      '"citations":[]',
      '"consentReadings":{}',
      '"consentWidening":"configuration"',
      '"contacts":[]',
      '"documents":[]',
      '"holidays":{"add":[],"calendar":"us-federal","remove":[]}',
      '"ignore":[]',
      '"isStandalone":true',
      '"merge":"after-review"',
      '"name":"small"',
      '"notNeeded":[]',
      '"office":{"closes":"17:00","opens":"09:00","timeZone":"UTC"}',
      `"questions":${JSON.stringify({
        configuration: {
          no: 'Nothing changes that is reviewed.',
          text: 'Does anything change that is reviewed?',
          yes: '{names}.',
        },
        workflow: {
          no: 'No change that the policy knows concerns users.',
          text: 'Does anything change for users?',
          yes: 'The policy says that users meet {names}.',
        },
      })}`,
      '"requiredSteps":"advisory"',
      '"rules":[{"about":"registered","addSteps":[],"also":[],"category":"review","enforcement":"required","id":"rest","leadTime":null,"note":null,"reason":"Nobody knows.","sources":[],"unpublished":[],"when":[{}],"withoutSteps":[],"workflowUnknown":null}]',
      '"slotNotice":null',
      '"steps":[{"contact":null,"document":null,"evidence":{"files":[],"labels":[],"settings":[]},"id":"look","phase":"before-review","request":false,"required":true,"sources":[],"text":"Look at it.","title":"Look","who":"reviewer"}]',
      '"title":"Small"',
      '"unrecognized":"unknown"',
      '"watch":["b","a"]',
      '"workflow":[]}',
    ].join(','),
  );
});
