/** Which certificate files the go-live of a new application covers. */
import { markCertificatesOfNewApplications } from '../../src/diff/new-application.ts';
import type { Change } from '../../src/model/change.ts';

const change = (more: Partial<Change>, document: Partial<Change['document']> = {}): Change => ({
  file: 'certs/live.cer',
  setting: 'certificate',
  kind: 'added',
  effect: 'neutral',
  before: null,
  after: 'CN=Fabrikam',
  location: null,
  traits: [],
  document: {
    format: 'certificate',
    role: 'certificate',
    environment: 'none',
    part: null,
    state: 'first',
    ...document,
  },
  ...more,
});
const meaning = (after: string) => ({ before: null, after });
const certificate = (more: Partial<Change> = {}) => change({ meaning: meaning('aa'), ...more });
const registers = (thumbprint: string, document: Partial<Change['document']> = {}) =>
  change({ setting: 'public-keys', meaning: meaning(thumbprint) }, { role: 'registered', ...document });
const uses = (after: string, traits: Change['traits'] = ['of-new-application']) =>
  change({ setting: 'client.certificate', after, traits }, { role: 'client' });

test.each<[string, readonly Change[], boolean]>([
  ['one that a new application registers', [certificate(), registers('aa')], true],
  ['one that it uses', [certificate(), uses('file: certs\\Live.cer')], true],
  [
    'one that it uses below its own folder',
    [certificate({ file: 'web/certs/live.cer' }), uses('file: ~/certs/live.cer')],
    true,
  ],
  ['another one', [certificate(), registers('bb'), uses('file: other/live.cer')], false],
  ['one of the same name elsewhere', [certificate(), uses('file: C:\\keys\\live.cer')], false],
  ['one that a live application registers', [certificate(), registers('aa', { state: 'existing' })], false],
  ['one that a live application uses', [certificate(), uses('file: certs/live.cer', [])], false],
  [
    'one that is gone',
    [certificate({ kind: 'removed', meaning: { before: 'aa', after: null } }), registers('aa')],
    false,
  ],
  ['one without a meaning', [change({}), registers('aa')], false],
])('a new application includes %s', (_name, changes, expected) => {
  const [marked, ...others] = markCertificatesOfNewApplications(changes);
  expect(marked?.traits.includes('of-new-application')).toBe(expected);
  expect(others).toEqual(changes.slice(1));
});
