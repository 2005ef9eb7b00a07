import fc from 'fast-check';
import { classifyChange } from '../../src/policy/match.ts';
import { builtIn, change, client, type Facts, teamPolicy } from './built-in.ts';

/** Rule -> changes that hit it, with the categories they fall in (first the category, then the further ones). */
const HITS: readonly (readonly [rule: string, categories: string, facts: Facts])[] = [
  ['secret-found', 'secret', { setting: 'secret', kind: 'added', before: null, after: null, document: client }],
  ['secret-found', 'secret', { setting: 'secret', kind: 'modified', document: { ...client, environment: 'ppe' } }],
  ['secret-found', 'secret', { setting: 'secret', kind: 'added', document: { role: 'registered', state: 'first' } }],
  ['gate-changed', 'governance', { setting: 'policy', document: { role: 'governance' } }],
  ['gate-changed', 'governance', { setting: 'document', document: { role: 'governance', state: 'unreadable' } }],
  [
    'gate-changed',
    'governance',
    { setting: 'policy', kind: 'removed', document: { role: 'governance', state: 'removed' } },
  ],
  ['unreadable', 'unknown', { setting: 'document', effect: 'unknown', document: { ...client, state: 'unreadable' } }],
  ['unreadable', 'unknown', { setting: 'name', document: { state: 'unreadable' } }],
  ['unrecognized-mention', 'unknown', { setting: 'mention', effect: 'unknown', document: { role: 'unrecognized' } }],
  ['unrecognized-mention', 'deployment', { setting: 'mention', category: 'deployment' }],
  ['source-code-changed', 'unknown', { setting: 'document', effect: 'unknown', document: { role: 'source-code' } }],
  [
    'document-removed',
    'unknown',
    { setting: 'document', kind: 'removed', effect: 'unknown', document: { state: 'removed' } },
  ],
  [
    'document-removed',
    'unknown',
    { setting: 'client.runtime.timeout', kind: 'removed', document: { ...client, state: 'removed' } },
  ],
  ['opaque-content-changed', 'unknown', { setting: 'document', effect: 'unknown', document: { role: 'certificate' } }],
  ['secret-removed', 'deployment', { setting: 'secret', kind: 'removed', document: client }],
  [
    'overridden-value-changed',
    'deployment',
    { setting: 'app-id', traits: ['other-application', 'overridden'], document: client },
  ],
  [
    'ppe-application-id-changed',
    'deployment',
    { setting: 'app-id', traits: ['other-application'], document: { ...client, environment: 'ppe' } },
  ],
  [
    'ppe-application-id-changed',
    'deployment',
    { setting: 'app-id', traits: ['application-gone'], document: { ...client, environment: 'ppe', state: 'first' } },
  ],
  [
    'ppe-setting-changed',
    'deployment',
    { setting: 'client.endpoints.shell', traits: ['environment-changed'], document: { ...client, environment: 'ppe' } },
  ],
  ['ppe-setting-changed', 'deployment', { setting: 'public-keys', kind: 'added', document: { environment: 'ppe' } }],
  ['ppe-setting-changed', 'deployment', { setting: 'certificate', document: { ...client, environment: 'ppe' } }],
  [
    'runtime-setting-changed',
    'deployment',
    { setting: 'client.runtime.cookie-timeout', traits: ['unresolved'], document: client },
  ],
  ['certificate-lookup-changed', 'deployment', { setting: 'client.certificate', document: client }],
  ['unresolved', 'unknown', { setting: 'app-id', after: '$' + '{appId}', traits: ['unresolved'], document: client }],
  ['unresolved', 'unknown', { setting: 'client.endpoints.shell', traits: ['unresolved'], document: client }],
  [
    'unknown-host',
    'unknown',
    { setting: 'client.endpoints.platform', traits: ['unknown-host'], document: { ...client, environment: 'unknown' } },
  ],
  [
    'first-registered-document',
    'new-application',
    { setting: 'app-id', kind: 'added', traits: ['first-application'], document: { state: 'first' } },
  ],
  [
    'first-registered-document',
    'new-application',
    { setting: 'methods', kind: 'added', after: 'AddApplication', document: { state: 'first', environment: 'ppe' } },
  ],
  [
    'first-registered-document',
    'new-application',
    { setting: 'document', kind: 'added', document: { state: 'first' } },
  ],
  [
    'provisioning-grants-added',
    'master-child configuration',
    {
      setting: 'access.offline',
      kind: 'added',
      effect: 'widens',
      traits: ['asks-for-consent'],
      access: { channel: 'offline' },
      document: { role: 'provisioning', state: 'first' },
    },
  ],
  [
    'provisioning-grants-added',
    'master-child configuration',
    { setting: 'methods', kind: 'added', document: { role: 'provisioning', state: 'first' } },
  ],
  [
    'provisioning-added',
    'master-child configuration',
    { setting: 'name', kind: 'added', document: { role: 'provisioning', state: 'first' } },
  ],
  [
    'provisioning-added',
    'master-child configuration',
    { setting: 'app-id', kind: 'added', document: { role: 'provisioning-patch', state: 'first' } },
  ],
  [
    'client-configuration-added',
    'deployment',
    { setting: 'document', kind: 'added', document: { ...client, state: 'first' } },
  ],
  ['patched-application-changed', 'configuration', { setting: 'app-id', document: { role: 'provisioning-patch' } }],
  [
    'production-started',
    'new-application',
    { setting: 'client.endpoints.shell', traits: ['starts-in-production', 'environment-changed'], document: client },
  ],
  ['production-started', 'new-application', { setting: 'methods', kind: 'added', traits: ['starts-in-production'] }],
  [
    'environment-changed',
    'deployment',
    { setting: 'document', effect: 'neutral', traits: ['environment-changed'], document: { environment: 'ppe' } },
  ],
  [
    'application-added',
    'new-application',
    { setting: 'app-id', traits: ['first-application'], document: { ...client, environment: 'none' } },
  ],
  [
    'application-added',
    'new-application',
    { setting: 'app-id', traits: ['first-application'], document: { ...client, environment: 'mixed' } },
  ],
  ['application-replaced', 'new-application', { setting: 'app-id', traits: ['other-application'], document: client }],
  [
    'application-replaced',
    'new-application',
    { setting: 'app-id', traits: ['other-application'], document: { ...client, environment: 'unknown' } },
  ],
  ['application-id-unclear', 'unknown', { setting: 'app-id', traits: ['application-gone'], document: client }],
  ['application-becomes-master', 'master-child configuration', { setting: 'app-type', after: 'Master' }],
  [
    'master-methods-added',
    'master-child configuration',
    { setting: 'methods', kind: 'added', after: 'addapplication' },
  ],
  [
    'master-methods-added',
    'master-child configuration',
    { setting: 'methods', kind: 'added', after: 'UpdateApplication' },
  ],
  [
    'child-ceiling-appeared',
    'master-child configuration',
    { setting: 'ceilings.methods', kind: 'added', traits: ['set-appeared'] },
  ],
  ['application-becomes-soda', 'signup-workflow', { setting: 'app-type', after: 'soda' }],
  [
    'signup-methods-added',
    'signup-workflow configuration',
    { setting: 'methods', kind: 'added', after: 'NewSignupCode' },
  ],
  ...[
    'AllocatePackageId',
    'BeginPutConnectPackageBlob',
    'CreateConnectPackage',
    'CreateConnectRequest',
    'DeletePendingConnectPackage',
    'DeletePendingConnectRequest',
    'GetAuthorizedConnectRequests',
    'UpdateExternalId',
  ].map(
    (after) =>
      ['connect-methods-added', 'signup-workflow configuration', { setting: 'methods', kind: 'added', after }] as const,
  ),
  [
    'onboarding-methods-added',
    'signup-workflow configuration',
    { setting: 'methods', kind: 'added', after: 'Onboarding APIs' },
  ],
  [
    'workflow-file-changed',
    'signup-workflow',
    { setting: 'workflow', effect: 'unknown', document: { role: 'workflow', environment: 'none' } },
  ],
  [
    'multi-record-changed',
    'signup-workflow',
    { setting: 'client.multi-record', document: { ...client, environment: 'ppe' } },
  ],
  ['signup-code-changed', 'signup-workflow', { setting: 'client.signup-code', document: client }],
  ...[
    'AppAuthSuccess',
    'appauthreject',
    'SelectedRecordChanged',
    'CreateRecordFailure',
    'auth.redirect',
    'auth.actionqs',
  ].map(
    (target) =>
      [
        'sign-in-page-changed',
        'signup-workflow',
        { setting: `client.action-targets.${target}`, document: client },
      ] as const,
  ),
  [
    'access-moved-online',
    'configuration',
    {
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      traits: ['moved-from-offline', 'shown-first-time'],
      access: {},
    },
  ],
  [
    'required-access-widened',
    'configuration',
    { setting: 'access.online', kind: 'added', effect: 'widens', traits: ['asks-for-consent'], access: {} },
  ],
  [
    'required-access-widened',
    'configuration',
    {
      setting: 'access.offline',
      kind: 'added',
      effect: 'unknown',
      traits: ['asks-for-consent'],
      access: { channel: 'offline' },
      document: { role: 'provisioning-patch' },
    },
  ],
  [
    'first-time-access-widened',
    'configuration',
    { setting: 'access.online', effect: 'widens', traits: ['shown-first-time'], access: { requirement: 'optional' } },
  ],
  [
    'access-widened',
    'configuration',
    { setting: 'access.online', effect: 'widens', access: { requirement: 'optional' } },
  ],
  ['access-changed', 'configuration', { setting: 'access.online', kind: 'removed', effect: 'narrows', access: {} }],
  ['required-rule-display-changed', 'none', { setting: 'rule.display', traits: ['display-required'] }],
  ['first-time-display-changed', 'configuration', { setting: 'rule.display', traits: ['display-first-time'] }],
  ['rule-display-changed', 'configuration', { setting: 'rule.display' }],
  ['rule-renamed', 'configuration', { setting: 'rule.name' }],
  ['open-query-added', 'extra-review', { setting: 'methods', kind: 'added', after: 'OpenQuery' }],
  [
    'mail-methods-added',
    'extra-review',
    { setting: 'methods', kind: 'added', after: 'SendInsecureMessageFromApplication' },
  ],
  [
    'meaningful-use-methods-added',
    'extra-review',
    { setting: 'methods', kind: 'added', after: 'GetMeaningfulUseVDTReport' },
  ],
  ['ip-prefixes-changed', 'extra-review', { setting: 'ip-prefixes', kind: 'removed', after: null }],
  ['certificate-removed', 'certificate', { setting: 'public-keys', kind: 'removed', after: null }],
  [
    'certificate-removed',
    'certificate',
    {
      setting: 'certificate',
      kind: 'removed',
      document: { role: 'certificate', environment: 'none', state: 'removed' },
    },
  ],
  ['certificate-changed', 'certificate', { setting: 'public-keys', kind: 'added' }],
  [
    'certificate-changed',
    'certificate',
    { setting: 'certificate', document: { role: 'certificate', environment: 'none', state: 'first' } },
  ],
  [
    'instance-changed',
    'configuration',
    { setting: 'client.endpoints.platform', traits: ['instance-changed'], document: client },
  ],
  [
    'instance-changed',
    'configuration',
    { setting: 'client.endpoints.platform', traits: ['instance-changed', 'environment-changed'], document: client },
  ],
  [
    'endpoint-removed',
    'unknown',
    { setting: 'client.endpoints.shell', kind: 'removed', after: null, document: client },
  ],
  [
    'new-application-settings',
    'new-application',
    { setting: 'client.multi-record', traits: ['of-new-application'], document: client },
  ],
  [
    'application-added',
    'new-application',
    { setting: 'app-id', traits: ['first-application', 'of-new-application'], document: client },
  ],
  [
    'unresolved',
    'unknown',
    { setting: 'client.multi-record', traits: ['unresolved', 'of-new-application'], document: client },
  ],
  [
    'environment-changed',
    'deployment',
    { setting: 'client.endpoints.shell', traits: ['environment-changed'], document: client },
  ],
  ['endpoint-changed', 'deployment', { setting: 'client.endpoints.rest', document: client }],
  ['legal-page-moved', 'configuration', { setting: 'client.action-targets.Privacy', document: client }],
  ['legal-page-moved', 'configuration', { setting: 'client.action-targets.ServiceAgreement', document: client }],
  ['page-moved', 'deployment', { setting: 'client.action-targets.Home', document: client }],
  ['page-moved', 'deployment', { setting: 'client.action-targets.ShareRecordSuccess', document: client }],
  ['multi-instance-changed', 'configuration', { setting: 'client.multi-instance', document: client }],
  ['supported-types-changed', 'configuration', { setting: 'client.supported-types', document: client }],
  ['method-changed', 'configuration', { setting: 'methods', kind: 'added', after: 'GetThings' }],
  ['method-changed', 'configuration', { setting: 'methods', kind: 'removed', before: 'AddApplication', after: null }],
  ['method-changed', 'configuration', { setting: 'methods', kind: 'removed', before: 'OpenQuery', after: null }],
  ['method-changed', 'configuration', { setting: 'methods', kind: 'removed', before: 'NewSignupCode', after: null }],
  ['text-added', 'configuration', { setting: 'name@de-DE', kind: 'added' }],
  ['text-changed', 'configuration', { setting: 'name@de-DE', kind: 'modified' }],
  ['text-changed', 'configuration', { setting: 'rule.reason' }],
  ['logo-changed', 'configuration', { setting: 'logo.large' }],
  ['action-url-changed', 'configuration', { setting: 'action-url', traits: ['host-changed'] }],
  ['statement-changed', 'configuration', { setting: 'privacy-statement@en-GB' }],
  ['success-message-changed', 'configuration', { setting: 'success-message' }],
  ['automatic-sign-in-changed', 'configuration', { setting: 'persistent-tokens' }],
  ['instances-changed', 'configuration', { setting: 'instances', kind: 'added', traits: ['single-to-multi'] }],
  ['locations-changed', 'configuration', { setting: 'locations' }],
  ['application-type-changed', 'configuration', { setting: 'app-type', before: 'soda', after: 'web' }],
  ['attributes-changed', 'configuration', { setting: 'attributes' }],
  ['meaningful-use-sources-changed', 'configuration', { setting: 'meaningful-use-sources' }],
  ['child-ceiling-changed', 'configuration', { setting: 'ceilings.methods', kind: 'added' }],
  ['registration-changed', 'configuration', { setting: 'client-token' }],
  ['registration-changed', 'configuration', { setting: 'domain-name' }],
  ['anything-else', 'unknown', { setting: 'something-new' }],
  ['anything-else', 'unknown', { setting: 'methodsish' }],
  [
    'anything-else',
    'unknown',
    { setting: 'document', kind: 'added', document: { role: 'certificate', state: 'first' } },
  ],
];

describe('the built-in rules', () => {
  test.each(HITS)('%s matches %s, %j', (rule, categories, facts) => {
    const finding = classifyChange(builtIn, change(facts));
    expect(finding.rule.id).toBe(rule);
    expect([finding.category, ...finding.also].join(' ')).toBe(categories);
  });

  test('are all matched by a case of the table', () => {
    const hit = new Set(HITS.map(([, , facts]) => classifyChange(builtIn, change(facts)).rule.id));
    expect(builtIn.rules.map(({ id }) => id).filter((id) => !hit.has(id))).toEqual([]);
  });

  test('have all categories in the table', () => {
    const found = new Set(HITS.map(([, categories]) => categories.split(' ')[0]));
    expect([...found].sort()).toEqual(builtIn.categories.map((category) => category.id).sort());
  });

  test('do not ask to send a removed certificate, nor to remove it later', () => {
    expect(classifyChange(builtIn, change({ setting: 'public-keys', kind: 'removed' })).rule.withoutSteps).toEqual([
      'send-certificate',
      'retire-certificate',
    ]);
    expect(classifyChange(builtIn, change({ setting: 'public-keys', kind: 'added' })).rule.withoutSteps).toEqual([]);
  });

  test('name who else must know about Meaningful Use methods and IP prefixes', () => {
    const stepsOf = (facts: Facts) => classifyChange(builtIn, change(facts)).rule.addSteps;
    expect(stepsOf({ setting: 'methods', kind: 'added', after: 'GetMeaningfulUseTimelyAccessReport' })).toEqual([
      'contact-business-development',
    ]);
    expect(stepsOf({ setting: 'ip-prefixes' })).toEqual(['contact-developer-support']);
    expect(stepsOf({ setting: 'methods', kind: 'added', after: 'OpenQuery' })).toEqual([]);
  });
});

describe('the switch consent-widening', () => {
  const strict = teamPolicy('consent-widening: signup-workflow');
  test.each([
    { setting: 'access.online', kind: 'added', effect: 'widens', traits: ['asks-for-consent'], access: {} },
    { setting: 'access.online', effect: 'widens', traits: ['shown-first-time'], access: {} },
    { setting: 'rule.display', traits: ['display-first-time'] },
  ] satisfies readonly Facts[])(
    'makes %j configuration by default, and also sign-up with the strict reading',
    (facts) => {
      const finding = classifyChange(builtIn, change(facts));
      expect([finding.category, finding.also]).toEqual(['configuration', []]);
      const strictly = classifyChange(strict, change(facts));
      expect([strictly.category, strictly.also]).toEqual(['signup-workflow', ['configuration']]);
    },
  );

  test('changes nothing else', () => {
    for (const [rule, , facts] of HITS) expect(classifyChange(strict, change(facts)).rule.id).toBe(rule);
  });
});

test('a team can use conditions on data type, permission, path and values', () => {
  const policy = teamPolicy(`
rules:
  watched-deletion:
    when: { setting: 'access.*', type: [Blood pressure, '*'], permission: Delete, requirement: required, channel: offline }
    category: extra-review
    reason: Ask the board.
  mobile-timeout:
    when: { setting: client.runtime.timeout, file: 'apps/mobile/**', before: 3*, after: 60, format: dotnet-config }
    category: configuration
    reason: Ask the team.
`);
  const access = { channel: 'offline', permission: 'Delete' } as const;
  const facts: Facts = { setting: 'access.offline', effect: 'widens', traits: ['asks-for-consent'], access };
  expect(classifyChange(policy, change(facts)).rule.id).toBe('watched-deletion');
  expect(classifyChange(policy, change({ ...facts, access: { ...access, typeId: '*' } })).rule.id).toBe(
    'watched-deletion',
  );
  for (const near of [
    { permission: 'Read' },
    { requirement: 'optional' },
    { channel: 'online' },
    { typeId: '3d34d87e-7fc1-4153-800f-f56592cb0d17' },
  ] as const)
    expect(classifyChange(policy, change({ ...facts, access: { ...access, ...near } })).rule.id).toBe(
      'required-access-widened',
    );

  const timeout: Facts = {
    setting: 'client.runtime.timeout',
    file: 'Apps/Mobile/web.config',
    before: '30',
    after: '60',
    document: client,
  };
  expect(classifyChange(policy, change(timeout)).rule.id).toBe('mobile-timeout');
  for (const near of [
    { file: 'apps/web/web.config' },
    { before: '20' },
    { before: null },
    { after: '600' },
    { document: { role: 'client' } },
  ] as const)
    expect(classifyChange(policy, change({ ...timeout, ...near })).rule.id).toBe('runtime-setting-changed');
});

test('any change is evaluated, and an unknown setting never passes unseen', () => {
  const known = new Set(HITS.map(([, , facts]) => facts.setting));
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string()), fc.option(fc.string()), (setting, before, after) => {
      const finding = classifyChange(builtIn, change({ setting, before, after }));
      if (!known.has(setting) && !/^(access|logo|ceilings|client)\./i.test(setting) && !/^[a-z-]+@/i.test(setting))
        expect(finding.category).toBe('unknown');
    }),
  );
});

test('twenty thousand changes of many settings are evaluated in time', () => {
  const many = Array.from({ length: 20_000 }, (_, index) =>
    change({ setting: `client.runtime.key-${index}`, document: client }),
  );
  expect(new Set(many.map((one) => classifyChange(builtIn, one).rule.id))).toEqual(
    new Set(['runtime-setting-changed']),
  );
});
