/** The setting ids of the contract, written out: what the command line calls them, and what of them a policy may name. */

import type { Policy } from '../../src/model/policy.ts';
import { explainTerm } from '../../src/policy/explain.ts';
import { expectEach, problemsOver, SMALL_MEANS } from './small-policies.ts';

/** Id -> what it is -> a slip of the pen. */
const SETTINGS = [
  ['name', 'application name', 'nmae'],
  ['description', 'description', 'descripton'],
  ['auth-reason', 'why the application asks for access', 'auth-reasons'],
  ['logo.large', 'large logo', 'logo.larg'],
  ['logo.small', 'small logo', 'logo-small'],
  ['action-url', 'action URL, to which production redirects go', 'actionurl'],
  ['privacy-statement', 'privacy statement', 'privacy-statment'],
  ['terms-of-use', 'terms of use', 'term-of-use'],
  ['success-message', 'message at the end of the connect flow', 'succes-message'],
  ['methods', 'methods that the application may call', 'method'],
  ['access.online', 'access to data while the user is signed in', 'access.onlin'],
  ['access.offline', 'access to data at any time', 'acess.offline'],
  ['rule.reason', 'reason that an authorization rule gives to users', 'rule.raeson'],
  ['rule.name', 'name of an authorization rule', 'rule-name'],
  ['rule.display', 'display flags of an authorization rule', 'rule.dsplay'],
  ['public-keys', 'registered public certificates', 'public-key'],
  ['certificate', 'certificate file or thumbprint', 'certificat'],
  ['domain-name', 'domain that mail is sent from', 'domain.name'],
  ['ip-prefixes', 'valid IP prefixes', 'ip-prefix'],
  ['attributes', 'attributes (HIPAA, clinical trial)', 'atributes'],
  ['persistent-tokens', 'automatic sign-in and its duration', 'persistent-token'],
  ['restrict-users', 'restriction to named users', 'restricted-users'],
  ['client-token', 'client service token', 'client-tokens'],
  ['instances', 'supported production instances', 'instance'],
  ['locations', 'supported record locations', 'location'],
  ['vocabularies', 'authorized vocabularies', 'vocabulary'],
  ['organization', 'organization', 'organisation'],
  ['meaningful-use-sources', 'sources of Meaningful Use reports', 'meaningful-use-source'],
  ['bulk-extraction', 'bulk extraction', 'bulk-extracton'],
  ['ceilings.*', 'what child applications may be given at most', 'ceiling.*'],
  ['app-id', 'application id', 'appid'],
  ['app-type', 'application type', 'apptype'],
  ['client.endpoints.platform', 'address of the platform', 'client.endpoint.platform'],
  ['client.endpoints.shell', 'address of the Shell', 'client.endpoints.shel'],
  ['client.endpoints.rest', 'address of the REST interface', 'client.endpoints-rest'],
  ['client.action-targets.*', 'pages behind the action URL', 'client.action-target.*'],
  ['client.multi-record', 'multi-record application', 'client.multirecord'],
  ['client.multi-instance', 'multi-instance application', 'client.multi-instances'],
  ['client.signup-code', 'sign-up code required', 'client.sign-up-code'],
  ['client.supported-types', 'versions of data types that the application uses', 'client.supported-type'],
  ['client.certificate', 'where the application finds its certificate', 'client-certificate'],
  ['client.runtime.*', 'how the client library runs', 'client.runtimes.*'],
  ['secret', 'private key or password', 'secrets'],
  ['document', 'the document as a whole', 'documents'],
  ['policy', 'the rules of the gate', 'polcy'],
] as const;

const naming =
  (base: Policy) =>
  (setting: string): readonly string[] =>
    problemsOver(base, `rules: { mine: { when: { setting: '${setting}' }, category: quiet, reason: x } }`);
const unknown = (setting: string, nearest: string | null): readonly string[] => [
  `2:35 policy-unknown-setting: No setting has an id that matches "${setting}". Run go-live-gate explain for the list.${nearest === null ? '' : ` Did you mean ${nearest}?`}`,
];

test('the command line explains each of them', () => {
  expectEach<unknown>(
    SETTINGS.map(([id, title]) => {
      const setting = id.replace('*', 'some-key');
      return [setting.toUpperCase(), { kind: 'setting', setting, title, rules: [] }];
    }),
    (term) => explainTerm({ ...SMALL_MEANS, rules: [] }, term),
  );
});

test('a rule can name each of them, in any case, and a typing mistake is found', () => {
  expectEach<readonly string[]>(
    SETTINGS.flatMap(([id, , mistake]) => [
      [id, []],
      [id.replace('*', 'Some-Key'), []],
      [id.toUpperCase(), []],
      [mistake, unknown(mistake, id)],
    ]),
    naming(SMALL_MEANS),
  );
});

test('the last part of a family is free and required', () => {
  expectEach<readonly string[]>(
    [
      ['client.runtime.timeout', []],
      ['client.runtime.*', []],
      ['client.runtime.time*', []],
      ['ceilings.access.online', []],
      ['client.runtime.', unknown('client.runtime.', 'client.runtime.*')],
      ['client.runtime', unknown('client.runtime', 'client.runtime.*')],
      ['ceilings', unknown('ceilings', 'ceilings.*')],
      ['client', unknown('client', null)],
      ['c', unknown('c', null)],
    ],
    naming(SMALL_MEANS),
  );
});

test('a star matches any part that a setting has, and cultures cannot be named', () => {
  expectEach<readonly string[]>(
    [
      ...['*', 'logo.*', '*.small', '*-url', '*.privacy', 'c*.privacy', 'client.r*.timeout'].map(
        (pattern) => [pattern, []] as const,
      ),
      ...['client.*.shell', 'l*o.small'].map((pattern) => [pattern, []] as const),
      ['logos.*', unknown('logos.*', null)],
      ['client.x*', unknown('client.x*', null)],
      ['x*', unknown('x*', null)],
      ['logo.*.small', unknown('logo.*.small', 'logo.small')],
      ['name*x', unknown('name*x', 'name')],
      ['name@de-DE', unknown('name@de-DE', null)],
    ],
    naming(SMALL_MEANS),
  );
});

test('settings that the policy declares can be named, and mistakes in them are found', () => {
  const pointers = { hosts: { pointer: '/hosts', type: 'set' }, 'other.*': { pointer: '/*', type: 'any' } } as const;
  const documents: Policy['documents'] = [{ files: ['a.json'], format: 'json', requires: [], settings: pointers }];
  expectEach<readonly string[]>(
    [
      ...['hosts', 'HOSTS', 'oth*', 'other.key', 'name'].map((setting) => [setting, []] as const),
      ['host', unknown('host', 'hosts')],
      ['other.', unknown('other.', 'other.*')],
    ],
    naming({ ...SMALL_MEANS, documents }),
  );
});
