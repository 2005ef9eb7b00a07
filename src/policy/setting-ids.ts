/** The setting ids of the formats, so that a misspelt one in a policy is noticed. Ids never change. */
import { createTextMatcher } from '../model/globs.ts';

/** Id -> title. An id that ends in `.*` is a family. The file names its last part. */
export const SETTING_IDS: Readonly<Record<string, string>> = {
  name: 'application name',
  description: 'description',
  'auth-reason': 'why the application asks for access',
  'logo.large': 'large logo',
  'logo.small': 'small logo',
  'action-url': 'action URL, to which production redirects go',
  'privacy-statement': 'privacy statement',
  'terms-of-use': 'terms of use',
  'success-message': 'message at the end of the connect flow',
  methods: 'methods that the application may call',
  'access.online': 'access to data while the user is signed in',
  'access.offline': 'access to data at any time',
  'rule.reason': 'reason that an authorization rule gives to users',
  'rule.name': 'name of an authorization rule',
  'rule.display': 'display flags of an authorization rule',
  'public-keys': 'registered public certificates',
  certificate: 'certificate file or thumbprint',
  'domain-name': 'domain that mail is sent from',
  'ip-prefixes': 'valid IP prefixes',
  attributes: 'attributes (HIPAA, clinical trial)',
  'persistent-tokens': 'automatic sign-in and its duration',
  'restrict-users': 'restriction to named users',
  'client-token': 'client service token',
  instances: 'supported production instances',
  locations: 'supported record locations',
  vocabularies: 'authorized vocabularies',
  organization: 'organization',
  'meaningful-use-sources': 'sources of Meaningful Use reports',
  'bulk-extraction': 'bulk extraction',
  'ceilings.*': 'what child applications may be given at most',
  'app-id': 'application id',
  'app-type': 'application type',
  'client.endpoints.platform': 'address of the platform',
  'client.endpoints.shell': 'address of the Shell',
  'client.endpoints.rest': 'address of the REST interface',
  'client.action-targets.*': 'pages behind the action URL',
  'client.multi-record': 'multi-record application',
  'client.multi-instance': 'multi-instance application',
  'client.signup-code': 'sign-up code required',
  'client.supported-types': 'versions of data types that the application uses',
  'client.certificate': 'where the application finds its certificate',
  'client.runtime.*': 'how the client library runs',
  secret: 'private key or password',
  document: 'the document as a whole',
  mention: 'changed lines with a mark, in a file that no reader claims',
  workflow: 'page or code of sign-up or consent, as the policy names them',
  policy: 'the rules of the gate',
  'policy.*': 'one key of the policy, or the rules of CODEOWNERS',
  'gate-workflow.*': 'one key of a workflow or action that runs the gate',
};

/** Whether a pattern (`*` matches any text) can match any of the ids, families included. */
export function matchesSomeSetting(pattern: string, ids: Iterable<string>): boolean {
  const wanted = pattern.toLowerCase();
  const meets = createTextMatcher([wanted]);
  const star = wanted.indexOf('*');
  return [...ids].some((id) => {
    if (!id.endsWith('*')) return meets(id);
    const family = id.slice(0, -1);
    if (star >= 0 && family.startsWith(wanted.slice(0, star))) return true;
    return wanted.startsWith(family) && wanted !== family;
  });
}
