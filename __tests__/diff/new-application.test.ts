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
  ['a certificate that it registers', [certificate(), registers('aa')], true],
  ['a certificate that it uses', [certificate(), uses('file: certs\\Live.cer')], true],
  [
    'a certificate that it uses below its folder',
    [certificate({ file: 'web/certs/live.cer' }), uses('file: ~/certs/live.cer')],
    true,
  ],
  ['another certificate as a separate change', [certificate(), registers('bb'), uses('file: other/live.cer')], false],
  [
    'a certificate with the same name elsewhere as a separate change',
    [certificate(), uses('file: C:\\keys\\live.cer')],
    false,
  ],
  [
    'a certificate that a live application registers as a separate change',
    [certificate(), registers('aa', { state: 'existing' })],
    false,
  ],
  [
    'a certificate that a live application uses as a separate change',
    [certificate(), uses('file: certs/live.cer', [])],
    false,
  ],
  [
    'a removed certificate as a separate change',
    [certificate({ kind: 'removed', meaning: { before: 'aa', after: null } }), registers('aa')],
    false,
  ],
  ['a change without meaning as none', [change({}), registers('aa')], false],
])('a new application includes %s', (_name, changes, expected) => {
  const [marked, ...others] = markCertificatesOfNewApplications(changes);
  expect(marked?.traits.includes('of-new-application')).toBe(expected);
  expect(others).toEqual(changes.slice(1));
});
