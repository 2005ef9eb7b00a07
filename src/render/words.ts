/** The wording of every output: sentences with `{name}` places, which the compiler knows. */

/** Id -> sentence. Ids of a family share what precedes the dot. */
export const words = {
  product: 'HealthVault go-live gate',
  'change-one': '{count} change',
  'change-many': '{count} changes',
  'label-one': '{count} label',
  'label-many': '{count} labels',
  'file-one': '{count} file',
  'file-many': '{count} files',
  'step-one': '{count} step',
  'step-many': '{count} steps',
  'problem-one': '{count} problem',
  'problem-many': '{count} problems',
  'type-one': '{count} data type',
  'type-many': '{count} data types',
  'error-one': '{count} error',
  'error-many': '{count} errors',
  'warning-one': '{count} warning',
  'warning-many': '{count} warnings',
  'verdict.passed': 'passed',
  'verdict.error': 'could not decide',
  'blocked-labels': 'blocked, {labels} missing',
  'blocked-secret': 'blocked, a secret must leave the branch',
  'blocked-refused': 'blocked, HealthVault would refuse this configuration',
  'blocked-unreadable': 'blocked, {files} could not be read',
  'blocked-steps': 'blocked, {steps} still open',
  'blocked-other': 'blocked',
  'passed-approved': 'passed, approved by {people} on {date}',
  next: 'Next',
  'next-error': 'run the gate again once this is solved: {message}',
  'next-error-plain': 'run the gate again; it could not find out whether this change may merge.',
  'next-secret': 'take the secret out of the branch and replace the key: no label clears it.',
  'next-secret-at': 'take the secret in {place} out of the branch and replace the key: no label clears it.',
  'next-refused': 'correct {place}: {message}',
  'next-unreadable-only': 'make {place} readable: {message}',
  'on-pull-request': 'on the pull request',
  'next-you': 'You: {step}.',
  'next-reviewer': 'Reviewer: add {labels}.',
  'next-reviewer-then': 'Reviewer: {step}, then add {labels}.',
  'next-reviewer-after-review': 'Reviewer: after the review, add {labels}.',
  'next-reviewer-after-push': 'Reviewer: after the push, add {labels}.',
  'next-steps': 'finish the open steps: {steps}.',
  'next-merge': 'You: merge when ready.',
  'next-merge-step': 'You: {step}, then merge.',
  'next-merge-emergency': 'You: merge when ready. Still to do: {steps}.',
  'next-merge-after': 'You: merge when ready. After the merge: {steps}.',
  'and-more': '{count} more',
  earliest: 'Earliest go-live',
  'earliest-text': '{from}, if the review is requested today',
  'earliest-range': '{from} to {to}, if the review is requested today',
  'lead-time': 'Lead time',
  'lead-time-range': '{min} to {max} {unit}',
  'lead-time-exact': '{max} {unit}',
  'unit.business-days': 'business days',
  'unit.weeks': 'weeks',
  'unit-one.business-days': 'business day',
  'unit-one.weeks': 'week',
  unpublished: '{names}.',
  'push-slot': 'Wanted push',
  'push-slot-possible': '{wanted}: can still be asked for. {advice}',
  'push-slot-impossible': '{wanted}: not possible any more. {advice}',
  'report-mode': 'Report mode: this verdict is published, and blocks nothing.',
  'local-labels': 'Labels were given on the command line: who put them on cannot be checked here.',
  'break-glass': 'Emergency way used',
  'break-glass-text': '{by} put {label} on at {at}; it ends at {until}. {reason}',
  questions: 'Key questions',
  question: 'Key question',
  answer: 'Answer',
  because: 'Because',
  'question-configuration': 'Is the configuration changing?',
  'question-workflow': 'Is the workflow changing?',
  'answer.yes': 'Yes',
  'answer.no': 'No',
  'answer.unknown': 'Unknown',
  labels: 'Labels',
  label: 'Label',
  state: 'State',
  who: 'Who',
  'label-accepted': 'counts',
  'label-missing': 'missing',
  'label-rejected': 'not counted',
  'label-dropped': 'out of date',
  'label-by': 'put on by {by}, {at}',
  steps: 'Steps',
  'phase.before-review': 'Before the review',
  'phase.review': 'Review',
  'phase.merge': 'Merge',
  'phase.after-merge': 'After the merge',
  'merge-blocked': 'A reviewer adds {labels}, then the pull request is merged.',
  'merge-approved': 'Approved with {labels}.',
  'label-attests': 'it states: {attests}',
  'step-attested': 'attested by {by} with {label}, {at}',
  'step-optional': 'Optional',
  'step-done': 'done',
  'step-open': 'open',
  'step-not-applicable': 'does not apply',
  'steps-not-applicable': 'Steps that do not apply',
  'step-evidence': 'Evidence: {evidence}',
  'step-ticked': 'ticked by {by}, {at}',
  'step-ticked-not-counted': 'ticked by {by}, {at}; this does not count, a reviewer must',
  'step-mail': 'open the prepared mail to {name}',
  'step-mail-to': 'mail to {name}',
  'step-contact': 'contact {name}',
  'step-request-text': 'Text of the request',
  'what-changes': 'What changes',
  change: 'Change',
  before: 'Before',
  after: 'After',
  line: 'line {line}',
  'line-was': 'was line {line}',
  'place-more': 'and {count} more places',
  'place-more-one': 'and 1 more place',
  'kind.added': 'new',
  'kind.removed': 'removed',
  'kind.modified': 'changed',
  'value-none': 'none',
  'value-empty': 'empty',
  note: 'Note: {note}',
  advisory: 'advisory, does not block',
  part: 'part {part}',
  'channel.online': 'Online access',
  'channel.offline': 'Offline access',
  'requirement.required': 'required',
  'requirement.optional': 'optional',
  'all-data': 'all data',
  'quiet-changes': '{changes} without need for a review',
  rest: '{count} more',
  'types-rest': 'and {types} more',
  problems: 'Problems',
  'severity.error': 'could not decide',
  'severity.refused': 'refused by the platform',
  'severity.unreadable': 'not readable',
  'severity.advice': 'advice',
  'advice-fold': 'Advice, {problems}',
  'consent-reading': 'Reading of the guide (policy: {policy}):',
  'not-needed': 'Not needed',
  'nothing-watched': 'No HealthVault configuration is touched ({files} compared).',
  'nothing-meant': '{files} of HealthVault configuration changed, and nothing in their meaning did.',
  'nothing-review': '{changes}, none of which needs a review.',
  'reviewed-fold': 'What was reviewed: {changes}, {steps}',
  'foot-policy': 'Policy: {policy}',
  'foot-policy-built-in': 'built-in',
  'foot-compared': 'compared {base} with {head}',
  'foot-evaluated': 'evaluated {at}',
  'foot-fingerprint': 'change {fingerprint}',
  'foot-version': 'version {version}',
  'foot-how': 'how this works',
  'working-tree': 'working tree',
  'left-out': 'Left out to stay within {limit}: {parts}. The full report: {where}.',
  'left-out-link': 'job summary and JSON report',
  'left-out-json': 'the JSON report',
  'limit-comment': "GitHub's size of a comment",
  'limit-summary': "GitHub's size of a job summary",
  'drop-quiet': 'changes that need no review ({count})',
  'drop-request': 'the text of the request',
  'drop-values': 'the rest of long values',
  'drop-before': 'former values',
  'drop-notes': 'notes and details',
  'drop-types': 'data types beyond the first 20 of a line',
  'drop-rows': 'changes beyond the first {limit} of a rule ({count})',
  'drop-all-rows': 'the list of changes ({count})',
  'drop-step-texts': 'the explanation of steps',
  'drop-advice': 'advice ({count})',
  'short-note': 'The full comment could not be posted. The full report: {where}.',
  'summary-files': 'Files compared',
  'summary-file': 'File',
  'summary-status': 'Status',
  'summary-format': 'Read as',
  'status.added': 'added',
  'status.removed': 'removed',
  'status.modified': 'modified',
  'status.renamed': 'renamed',
  'renamed-from': 'was {path}',
  'summary-sources': 'Sentences of the published guides',
  'annotation-change': '{setting} ({kind}): {reason}',
  'annotation-rest': 'Not shown here: {counts}. The job summary and the report have all of them.',
  'annotation-verdict': 'HealthVault go-live gate: {verdict}',
  'sarif-change': '{setting} ({kind}) in {file}: {reason}',
  'sarif-values': 'Value: {before} → {after}',
  'sarif-base': 'At the base',
  'sarif-cut': '{count} further results left out: code scanning takes at most {limit} of a run.',
  'problem-rule': 'A finding of the gate about the file itself.',
  'html-title': 'Go-live report: {verdict}',
  'html-subtitle': 'HealthVault configuration review',
  'html-timeline': 'Timeline',
  'html-timeline-caption':
    'From the request to the earliest go-live. Every column is a day, shaded columns are weekends; a dashed bar has no published time, a hatched one may not be needed.',
  'html-timeline-alt':
    'The review is requested on {request}; the change can be live {window}. Before the request: {before}. With the request: {atRequest}. While waiting: {waiting}. Without a published time: {open}.',
  'html-access': 'Access to health data',
  'html-access-caption': 'What applications may do with each data type, as far as this change touches it.',
  'html-access-alt': '{channel}: {added} permissions added, {removed} removed, {modified} changed, on {types}.',
  'html-access-rest': '{rest} more are in the tables.',
  'legend-added-required': 'added, required',
  'legend-added-optional': 'added, optional',
  'legend-removed': 'removed',
  'legend-modified': 'changed',
  'legend-now-required': 'optional before, required now',
  'legend-now-optional': 'required before, optional now',
  'data-type': 'Data type',
  'none-word': 'none',
  'html-decision': 'Decision',
  'html-appendix': 'Appendix',
  'html-skip': 'Skip to the decision',
  'html-no-changes': 'No change of meaning.',
  'html-no-labels': 'No label is needed.',
  'html-no-steps': 'No step is asked for.',
  'setting.name': 'Name',
  'setting.description': 'Description',
  'setting.auth-reason': 'Reason for access',
  'setting.logo.large': 'Large logo',
  'setting.logo.small': 'Small logo',
  'setting.action-url': 'Action URL',
  'setting.privacy-statement': 'Privacy statement',
  'setting.terms-of-use': 'Terms of use',
  'setting.success-message': 'Success message',
  'setting.methods': 'Methods',
  'setting.access.online': 'Online access',
  'setting.access.offline': 'Offline access',
  'setting.rule.reason': 'Reason of an access rule',
  'setting.rule.name': 'Name of an access rule',
  'setting.rule.display': 'Display of an access rule',
  'setting.public-keys': 'Public keys',
  'setting.certificate': 'Certificate',
  'setting.domain-name': 'Mail domain',
  'setting.ip-prefixes': 'IP prefixes',
  'setting.attributes': 'Attributes',
  'setting.persistent-tokens': 'Persistent tokens',
  'setting.restrict-users': 'Restriction of users',
  'setting.client-token': 'Client service token',
  'setting.instances': 'Instances',
  'setting.locations': 'Locations',
  'setting.vocabularies': 'Vocabularies',
  'setting.organization': 'Organization',
  'setting.meaningful-use-sources': 'Meaningful Use sources',
  'setting.bulk-extraction': 'Bulk extraction',
  'setting.ceilings.*': 'Ceiling of {key}',
  'setting.app-id': 'Application id',
  'setting.app-type': 'Application type',
  'setting.client.endpoints.platform': 'Platform address',
  'setting.client.endpoints.shell': 'Shell address',
  'setting.client.endpoints.rest': 'REST address',
  'setting.client.action-targets.*': 'Page for {key}',
  'setting.client.multi-record': 'Multi-record setting',
  'setting.client.multi-instance': 'Multi-instance setting',
  'setting.client.signup-code': 'Sign-up code',
  'setting.client.supported-types': 'Supported data types',
  'setting.client.certificate': 'Client certificate',
  'setting.client.runtime.*': 'Runtime setting {key}',
  'setting.secret': 'Secret',
  'setting.document': 'File as a whole',
  'setting.policy': 'Rules of the gate',
  'passed-emergency': 'passed by the emergency way, used by {people}',
  'step-document': 'document: {title}',
  'label-may': 'may add it: {who}',
  'value-unknown': 'unknown',
  'unpublished-title': 'No published time',
  'step-who': '({who}):',
  'step-by': '{step} ({who})',
  'lead-time-of': 'lead time {time}',
  'sarif-root': 'The root of the repository.',
  'summary-receipts': 'Receipts',
  receipt: '{label} was given for change {fingerprint}',
  'receipt-status': 'proof: {status}',
  'html-evaluated': 'Evaluated',
  'html-commits': 'Commits',
  'html-change': 'Change',
  'html-policy': 'Policy',
  'html-fingerprint': 'Fingerprint of the change: {fingerprint}.',
  'html-policy-digest': 'Policy {name}, digest {digest}.',
  'timeline-before': 'before',
  'html-window-day': 'on {from}',
  'html-window': 'between {from} and {to}',
  'drop-texts': 'the rest of long texts',
  'label-state': 'State, and who',
  'calendar-title': 'How the days are counted',
} as const;

export type WordId = keyof typeof words;

/** The names of the places in a sentence. */
type Place<Sentence> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | Place<Rest> : never;

/** A sentence without places: a title, a word. */
export type TitleId = { [Id in WordId]: [Place<(typeof words)[Id]>] extends [never] ? Id : never }[WordId];

/** Values for all places of a sentence; nothing where it has none. */
export type Values<Id extends WordId, Value> = [Place<(typeof words)[Id]>] extends [never]
  ? []
  : [Readonly<Record<Place<(typeof words)[Id]>, Value>>];

/** A sentence in pieces: its own words, and the names of its places. */
export function pieces(id: WordId): readonly ({ readonly words: string } | { readonly place: string })[] {
  return words[id]
    .split(/(\{[a-z][A-Za-z]*\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{') ? { place: piece.slice(1, -1) } : { words: piece }));
}

/** A sentence with its places filled, as plain text: the output escapes it. */
export function say<Id extends WordId>(id: Id, ...values: Values<Id, string | number>): string {
  const [filled = {}] = values as readonly [Readonly<Record<string, string | number>>?];
  return pieces(id)
    .map((piece) => ('words' in piece ? piece.words : filled[piece.place]))
    .join('');
}

/** What can be counted. */
export type Unit = 'change' | 'label' | 'file' | 'step' | 'problem' | 'type' | 'error' | 'warning';

/** A number with its unit, singular or plural: `counted(2, 'change')` is "2 changes". */
export function counted(count: number, unit: Unit): string {
  return say(`${unit}-${count === 1 ? 'one' : 'many'}`, { count });
}

/** The word for an id of a family (`setting`, `category`, ...), or null when there is none. */
export function wordFor(family: string, id: string): string | null {
  const key = `${family}.${id}`;
  return Object.hasOwn(words, key) ? words[key as WordId] : null;
}

/** A setting's name for people: `description@de-DE` is "Description (de-DE)". Null: only the id can be shown. */
export function settingName(setting: string): string | null {
  const at = setting.indexOf('@');
  const id = at < 0 ? setting : setting.slice(0, at);
  const name = wordFor('setting', id) ?? familyName(id);
  if (name === null) return null;
  return at < 0 ? name : `${name} (${setting.slice(at + 1)})`;
}

const families = {
  'client.action-targets': 'setting.client.action-targets.*',
  'client.runtime': 'setting.client.runtime.*',
  ceilings: 'setting.ceilings.*',
} as const;

function familyName(id: string): string | null {
  const [, family, key = ''] = /^(client\.action-targets|client\.runtime|ceilings)\.(.+)$/.exec(id) ?? [];
  return family === undefined ? null : say(families[family as keyof typeof families], { key });
}

/** Words joined as a sentence has them: "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
