/** Reports to render, one per story; every one is complete and plausible. */
import type { Report, ReportChange, ReportStep } from '../../src/model/report.ts';
import type { MarkdownContext } from '../../src/render/comment/markdown.ts';

const base = '4f2a91c0d3b5e6f708192a3b4c5d6e7f80912a3b';
const head = '9b1d3ef4a5b6c7d8e9f00112233445566778899a';

export const context: MarkdownContext = {
  marker: '<!-- healthvault-go-live-gate id=default -->',
  repository: 'https://github.com/fabrikam/boots',
  base,
  head,
  documentation: 'https://github.com/fabrikam/go-live-gate/blob/v1/docs',
  version: '1.0.0',
  pullRequest: 42,
  report: 'https://github.com/fabrikam/boots/actions/runs/1',
};

const guide = 'https://docs.example/healthvault/update-your-app';

const citations: Report['citations'] = {
  R3: {
    text: 'The go-live team will need to review and then push configuration changes.',
    document: 'Update your apps',
    url: guide,
  },
  R5: {
    text: 'Finalize your configuration in the Application Configuration Center.',
    document: 'Update your apps',
    url: guide,
  },
  R6: {
    text: 'Update your application walkthrough document to reflect changes of the signup workflow.',
    document: 'Update your apps',
    url: guide,
  },
  R7: {
    text: 'Contact the go-live team and ask for a review of the changes.',
    document: 'Update your apps',
    url: guide,
  },
  R8: {
    text: 'Please allow two to three business days for simple configuration changes.',
    document: 'Update your apps',
    url: guide,
  },
  R10: {
    text: 'Please allow two weeks for significant changes that impact the signup workflow.',
    document: 'Update your apps',
    url: guide,
  },
  R14: { text: 'The certificate need not be seen again.', document: 'Update your apps (older)' },
  R12: { text: 'A new integration and branding review may be needed.', document: 'Update your apps (older)' },
  R19: { text: 'Consider updating your entry in the application directory.', document: 'Update your apps', url: guide },
};

const finalize: ReportStep = {
  id: 'finalize-configuration',
  phase: 'before-review',
  title: 'Finalize the configuration',
  text: 'Enter the change in the Application Configuration Center before you write to the go-live team.',
  who: 'author',
  required: true,
  state: 'open',
  sources: ['R5'],
  document: { title: 'Application Configuration Center', url: 'https://config.healthvault-ppe.com/' },
};

const request: ReportStep = {
  id: 'request-review',
  phase: 'before-review',
  title: 'Request the review',
  text: 'Contact the go-live team [R7]. Attach the walkthrough [advice].',
  who: 'author',
  required: true,
  state: 'open',
  sources: ['R7'],
  contact: { name: "Microsoft's HealthVault go-live team", mail: 'hvgolive@microsoft.com' },
  request: {
    mailto: 'mailto:hvgolive@microsoft.com?subject=Review%20of%20Fabrikam%20Boots&body=Hello%2C%0Aplease%20review.',
    text: 'Hello,\nplease review the changes of Fabrikam Boots.\n\n- Online access, required: Blood pressure measurement, Read and Create',
  },
};

const push: ReportStep = {
  id: 'await-push',
  phase: 'after-merge',
  title: 'Wait for the push',
  text: 'The go-live team reviews the change and pushes it to production.',
  who: "Microsoft's go-live team",
  required: true,
  state: 'open',
  sources: ['R3'],
  contact: { name: "Microsoft's HealthVault go-live team", mail: 'hvgolive@microsoft.com' },
};

const walkthrough: ReportStep = {
  id: 'update-walkthrough',
  phase: 'before-review',
  title: 'Update the walkthrough',
  text: 'Show the new sign-up pages in the application walkthrough.',
  who: 'author',
  required: true,
  state: 'done',
  evidence: 'docs/walkthrough.docx also changes',
  sources: ['R6'],
};

const integration: ReportStep = {
  id: 'integration-review',
  phase: 'review',
  title: 'Integration and branding review',
  text: 'The go-live team decides whether it is needed.',
  who: "Microsoft's go-live team",
  required: true,
  state: 'open',
  sources: ['R12'],
};

const directory: ReportStep = {
  id: 'update-directory-entry',
  phase: 'review',
  title: 'Update the directory entry',
  text: 'Texts and screenshots of the application directory may need a change.',
  who: 'author',
  required: false,
  state: 'open',
  sources: ['R19'],
};

const notApplicable: ReportStep = {
  id: 'send-certificate',
  title: 'Send the public certificate',
  text: 'The set of production certificates is unchanged.',
  who: 'author',
  required: true,
  state: 'not-applicable',
  sources: [],
};

const description: ReportChange = {
  file: 'healthvault.app.yml',
  setting: 'description',
  kind: 'modified',
  effect: 'neutral',
  category: 'configuration',
  rule: 'text-changed',
  reason: "Users read this text when they consent, and Microsoft's go-live team reviews it.",
  sources: ['R3', 'R8'],
  before: 'Keeps a diary of your walks.',
  after: 'Keeps a diary of your walks, with boots.',
  location: { side: 'head', line: 11, column: 3 },
  baseLocation: { file: 'healthvault.app.yml', line: 10, column: 3 },
  environment: 'production',
};

function access(
  typeId: string,
  typeName: string,
  permission: 'Read' | 'Create' | 'Update' | 'Delete',
  line: number,
): ReportChange {
  return {
    file: 'healthvault.app.yml',
    setting: 'access.online',
    kind: 'added',
    effect: 'widens',
    access: { channel: 'online', requirement: 'required', typeId, typeName, permission },
    category: 'signup-workflow',
    also: ['configuration'],
    rule: 'required-access-widened',
    reason: 'Every user is asked to consent again [R10].',
    sources: ['R10'],
    before: null,
    after: permission,
    location: { side: 'head', line, column: 9 },
    environment: 'production',
  };
}

const bloodPressure = 'ca3c57f4-f4c1-4e15-be67-0a3caf5414ed';
const weight = '3d34d87e-7fc1-4153-800f-f56592cb0d17';
const medication = '30cafccc-047d-4288-94ef-643571f7919d';

const clearance: Report['clearance'] = {
  secret: { label: null, blocks: 'always' },
  unknown: { label: 'go-live/manually-classified', blocks: 'until-label' },
  'signup-workflow': {
    label: 'go-live/workflow-approved',
    blocks: 'until-label',
    attests: "Microsoft's go-live team has the updated walkthrough and has finished all reviews that it required.",
  },
  configuration: {
    label: 'go-live/configuration-approved',
    blocks: 'until-label',
    attests: "Microsoft's go-live team has reviewed this change and agreed to push it.",
  },
  deployment: { label: null, blocks: 'never' },
  none: { label: null, blocks: 'never' },
};

const titles: Report['titles'] = {
  secret: 'Secrets',
  unknown: 'Not understood',
  'signup-workflow': 'Sign-up workflow',
  configuration: 'Configuration',
  deployment: 'Deployment only',
  none: 'No change of meaning',
};

const shared = {
  schemaVersion: 1,
  files: [{ path: 'healthvault.app.yml', status: 'modified', format: 'application-manifest' }],
  problems: [],
  fingerprint: 'a41f'.repeat(16),
  policy: { source: 'built-in', digest: 'b7'.repeat(32), name: 'healthvault', consentWidening: 'signup-workflow' },
  evaluation: { at: '2026-11-23T18:00:00Z', base, head, mode: 'enforce', provenance: 'github' },
  citations,
} as const;

const mayApprove = 'users with write access or higher; not the authors of this change';

export const blockedSimple: Report = {
  ...shared,
  verdict: 'blocked',
  questions: { configuration: 'yes', workflow: 'no' },
  because: {
    configuration: 'Microsoft reviews and pushes these changes: Description.',
    workflow: 'No change touches sign-up, sign-in or consent.',
  },
  categories: ['configuration'],
  leadTime: { min: 2, max: 3, unit: 'business-days', sources: ['R8'] },
  earliestGoLive: {
    from: '2026-11-25',
    to: '2026-11-27',
    calendar: 'Business days in Pacific time. Weekends and US federal holidays (2026-11-26) do not count.',
  },
  changes: [description],
  steps: [finalize, request, push, directory],
  labels: {
    required: ['go-live/configuration-approved'],
    missing: ['go-live/configuration-approved'],
    accepted: [],
    rejected: [],
    approvers: { 'go-live/configuration-approved': mayApprove },
  },
  titles,
  clearance,
};

export const blockedSignUp: Report = {
  ...shared,
  verdict: 'blocked',
  questions: { configuration: 'yes', workflow: 'yes' },
  because: {
    configuration: 'Microsoft reviews and pushes these changes: Online access, Description and Large logo.',
    workflow: 'Every user is asked to consent again [R10].',
  },
  reading: 'This policy is stricter than the guide [advice]. The guide names access rules as configuration [R3].',
  notNeeded: [{ text: 'The public certificate need not be sent again.', sources: ['R14'] }],
  categories: ['signup-workflow', 'configuration', 'deployment'],
  leadTime: { min: 2, max: 2, unit: 'weeks', sources: ['R10'] },
  earliestGoLive: {
    from: '2026-12-07',
    to: '2026-12-07',
    calendar: 'Weeks of 7 calendar days. Weekends and holidays count.',
  },
  pushSlot: { wanted: '2026-12-08T17:00:00Z', possible: true, advice: 'Request the review by 3 December 2026.' },
  files: [
    ...shared.files,
    { path: 'web/Web.config', status: 'modified', format: 'dotnet-config' },
    { path: 'legal/terms.txt', previousPath: 'legal/old-terms.txt', status: 'renamed', format: 'plain' },
  ],
  changes: [
    access(bloodPressure, 'Blood pressure measurement', 'Read', 24),
    access(bloodPressure, 'Blood pressure measurement', 'Create', 24),
    access(weight, 'Weight measurement', 'Read', 25),
    access(weight, 'Weight measurement', 'Create', 25),
    {
      ...access(medication, 'Medication v2', 'Read', 26),
      kind: 'modified',
      access: {
        channel: 'online',
        requirement: 'required',
        previousRequirement: 'optional',
        typeId: medication,
        typeName: 'Medication v2',
        permission: 'Read',
      },
      before: 'optional',
      after: 'required',
    },
    description,
    {
      ...description,
      setting: 'logo.large',
      rule: 'logo-changed',
      reason: 'The guide names the logo as configuration.',
      note: 'The review covers the branding too.',
      before: 'assets/logo.png (sha256 1c9a…)',
      after: 'assets/logo.png (sha256 77b0…)',
      location: { side: 'head', line: 14, column: 10 },
    },
    {
      ...description,
      file: 'web/Web.config',
      setting: 'client.runtime.request-timeout',
      category: 'deployment',
      rule: 'runtime-setting',
      reason: 'This setting of the client library is not part of the registered configuration.',
      sources: [],
      before: '30',
      after: '60',
      location: { side: 'head', line: 40, column: 5 },
      baseLocation: { file: 'web/Web.config', line: 40, column: 5 },
    },
  ],
  steps: [finalize, walkthrough, request, integration, push, directory, notApplicable],
  labels: {
    required: ['go-live/workflow-approved', 'go-live/configuration-approved'],
    missing: ['go-live/workflow-approved', 'go-live/configuration-approved'],
    accepted: [],
    rejected: [
      {
        label: 'go-live/workflow-approved',
        by: 'octo-author',
        at: '2026-11-23T17:30:00Z',
        reason: 'octo-author added it and is an author of this change.',
      },
    ],
    approvers: { 'go-live/workflow-approved': mayApprove, 'go-live/configuration-approved': mayApprove },
  },
  problems: [
    {
      id: 'why-string-long',
      severity: 'advice',
      file: 'healthvault.app.yml',
      line: 22,
      column: 13,
      message: 'The reason has 171 characters; pages of the platform show 160.',
      source: 'R24',
    },
  ],
  titles,
  clearance,
};

export const passed: Report = {
  ...blockedSignUp,
  verdict: 'passed',
  steps: blockedSignUp.steps.map((step) => {
    if (step.id === 'finalize-configuration')
      return { ...step, state: 'done', tick: { by: 'octo-lead', at: '2026-11-23T19:00:00Z', counts: true } };
    return step.state === 'open' && step.required && step.phase !== 'after-merge'
      ? {
          ...step,
          state: 'done',
          attested: { label: 'go-live/configuration-approved', by: 'octo-ops', at: '2026-11-23T19:12:00Z' },
        }
      : step;
  }),
  labels: {
    required: blockedSignUp.labels.required,
    approvers: { 'go-live/workflow-approved': mayApprove, 'go-live/configuration-approved': mayApprove },
    missing: [],
    accepted: [
      {
        label: 'go-live/workflow-approved',
        by: 'octo-lead',
        at: '2026-11-23T19:10:00Z',
        fingerprint: shared.fingerprint,
        status: 'https://api.github.com/repos/fabrikam/boots/statuses/1',
      },
      {
        label: 'go-live/configuration-approved',
        by: 'octo-ops',
        at: '2026-11-23T19:12:00Z',
        fingerprint: shared.fingerprint,
      },
    ],
    rejected: [],
  },
};

export const none: Report = {
  ...shared,
  citations: {},
  verdict: 'passed',
  questions: { configuration: 'no', workflow: 'no' },
  because: { configuration: 'Nothing changed in meaning.', workflow: 'Nothing changed in meaning.' },
  categories: ['none'],
  leadTime: null,
  earliestGoLive: null,
  changes: [],
  steps: [],
  examined: [
    { path: 'README.md', outcome: 'exempt', glob: '**/*.md' },
    { path: 'build/logo.bin', outcome: 'not-examined', reason: 'It has 9000000 bytes.' },
    { path: 'healthvault.app.yml', outcome: 'equal', reader: 'application-manifest' },
    { path: 'src/a|b`c.js', outcome: 'swept' },
    { path: 'testdata/Web.config', outcome: 'ignored', glob: '**/testdata/**' },
  ],
  labels: { required: [], missing: [], accepted: [], rejected: [] },
  titles,
  clearance,
};

export const secret: Report = {
  ...shared,
  citations: {},
  verdict: 'blocked',
  questions: { configuration: 'unknown', workflow: 'unknown' },
  because: {
    configuration: 'A secret stands in the change; nothing else was judged by it.',
    workflow: 'A secret stands in the change; nothing else was judged by it.',
  },
  categories: ['secret'],
  leadTime: null,
  earliestGoLive: null,
  files: [{ path: 'certs/production.pem', status: 'added', format: 'certificate' }],
  changes: [
    {
      file: 'certs/production.pem',
      setting: 'secret',
      kind: 'added',
      effect: 'unknown',
      category: 'secret',
      rule: 'secret-in-change',
      reason: 'This change contains a private key. Remove it from the branch and replace it.',
      detail: 'An RSA private key.',
      sources: [],
      before: null,
      after: '(not shown)',
      location: { side: 'head', line: 1, column: 1 },
    },
  ],
  steps: [
    {
      id: 'remove-secret',
      title: 'Remove the secret',
      text: 'Remove the key from the branch and its history.',
      who: 'author',
      required: true,
      state: 'open',
      sources: [],
    },
    {
      id: 'rotate-key',
      title: 'Replace the key',
      text: 'Other people may know the key, so create a new key pair.',
      who: 'author',
      required: true,
      state: 'open',
      sources: [],
    },
  ],
  labels: { required: [], missing: [], accepted: [], rejected: [] },
  titles,
  clearance,
};

export const unknown: Report = {
  ...shared,
  citations: {},
  verdict: 'blocked',
  questions: { configuration: 'unknown', workflow: 'unknown' },
  because: {
    configuration: 'A person must read what the gate could not.',
    workflow: 'A person must read what the gate could not.',
  },
  categories: ['unknown'],
  leadTime: null,
  earliestGoLive: null,
  files: [{ path: 'web/Web.config', status: 'modified', format: 'unreadable' }],
  examined: [
    { path: 'src/app.js', outcome: 'found' },
    { path: 'web/Web.config', outcome: 'read', reader: 'unreadable' },
  ],
  changes: [
    {
      file: 'web/Web.config',
      setting: 'document',
      kind: 'modified',
      effect: 'unknown',
      category: 'unknown',
      rule: 'unreadable-file',
      reason: 'The gate could not read this file.',
      detail: 'The element appSettings is not closed.',
      sources: [],
      before: null,
      after: null,
      location: { side: 'head', line: 12, column: 5 },
    },
  ],
  steps: [
    {
      id: 'classify-by-hand',
      phase: 'review',
      title: 'Classify the change by hand',
      text: 'Read the file and determine which steps the change needs.',
      who: 'reviewer',
      required: true,
      state: 'open',
      sources: [],
    },
  ],
  labels: {
    required: ['go-live/manually-classified'],
    missing: ['go-live/manually-classified'],
    accepted: [],
    rejected: [],
    approvers: { 'go-live/manually-classified': mayApprove },
  },
  problems: [
    {
      id: 'xml-not-well-formed',
      severity: 'unreadable',
      file: 'web/Web.config',
      line: 12,
      column: 5,
      message: 'The element appSettings is not closed.',
    },
  ],
  titles,
  clearance,
};

export const failed: Report = {
  ...none,
  verdict: 'error',
  questions: { configuration: 'unknown', workflow: 'unknown' },
  because: {
    configuration: 'The gate could not read the pull request.',
    workflow: 'The gate could not read the pull request.',
  },
  categories: [],
  problems: [
    {
      id: 'github-unreachable',
      severity: 'error',
      message: 'GitHub answered 502 to the list of changed files, three times.',
    },
  ],
};

/** 300 files and `tuples` access tuples, with long values: what must still fit. */
export function large(files = 300, tuples = 20_000): Report {
  const names = Array.from({ length: files }, (_, index) => `apps/service-${index}/healthvault.app.yml`);
  const permissions = ['Read', 'Create', 'Update', 'Delete'] as const;
  const changes = Array.from({ length: tuples }, (_, index): ReportChange => {
    const file = names[index % files] ?? '';
    const type = Math.floor(index / files / 4);
    const typeId = `${type.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const permission = permissions[Math.floor(index / files) % 4] ?? 'Read';
    return { ...access(typeId, `Data type number ${type}`, permission, 10 + type), file };
  });
  const texts = names.map(
    (file): ReportChange => ({
      ...description,
      file,
      before: 'A long description. '.repeat(40),
      after: 'A longer description. '.repeat(40),
    }),
  );
  return {
    ...blockedSignUp,
    files: names.map((path) => ({ path, status: 'modified', format: 'application-manifest' })),
    changes: [...changes, ...texts],
    because: {
      ...blockedSignUp.because,
      configuration: 'Microsoft reviews and pushes these changes: Online access and Description.',
    },
  };
}

export const stories: Readonly<Record<string, Report>> = {
  'blocked-simple': blockedSimple,
  'blocked-sign-up': blockedSignUp,
  passed,
  none,
  secret,
  unknown,
  failed,
};
