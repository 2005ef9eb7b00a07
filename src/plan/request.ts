/**
 * The review request, ready to send (R7): a `mailto:` address (RFC 6068) and the same text as a block. Anyone may write the
 * files with its values, so every piece is one plain line. Pieces that do not fit are counted, never cut in the middle.
 */
import type { Finding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { ReportStep } from '../model/report.ts';
import { toPlainLine } from './description.ts';
import { words } from './messages.ts';
import { writeChanges } from './plain-words.ts';
import { chooseAnswer, type Questions } from './questions.ts';

/** Longest address that common mail programs take: Outlook and older browsers stop near 2,000 characters. */
export const MAX_MAILTO_CHARS = 1_900;
/** A single line of the body never needs more than this. */
const MAX_LINE_CHARS = 160;

/** The content of a request. */
export interface RequestFacts {
  /** The changes that are to be reviewed, in the order of the report. */
  readonly findings: readonly Finding[];
  /** In their order. */
  readonly applicationIds: readonly string[];
  /** Title and path of each attached document; null path: still to be attached. */
  readonly documents: readonly { readonly title: string; readonly path: string | null }[];
  readonly slot: string | null;
  /** Zone in which the slot is written. */
  readonly timeZone: string;
  readonly answers: Questions;
  readonly policy: Pick<Policy, 'words' | 'isStandalone'>;
}

/** A request as a step has it. */
export type ReviewRequest = NonNullable<ReportStep['request']>;

/** Percent-encodes for a `mailto:` address; brackets and quotes too, so that the address survives inside Markdown and HTML. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function buildMailto(mail: string, subject: string, body: string): string {
  const address = encode(mail).replaceAll('%40', '@');
  return `mailto:${address}?subject=${encode(subject)}&body=${encode(body.replaceAll('\n', '\r\n'))}`;
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${toPlainLine(line, MAX_LINE_CHARS)}`);

/** The first lines of a list, and how many were left out. */
function shortenLine(lines: readonly string[], keep: number): readonly string[] {
  const rest = lines.length - keep;
  return rest > 0 ? [...lines.slice(0, keep), `- ${words.request.more(rest)}`] : lines;
}

function writeBody(facts: RequestFacts, changes: readonly string[], documents: readonly string[]): string {
  const { slot, answers } = facts;
  const isPushed = chooseAnswer(answers) !== 'no';
  return [
    ...(facts.policy.isStandalone ? openStandaloneRequest(facts) : openGuideRequest(facts, isPushed)),
    ...(isPushed && (slot !== null || !facts.policy.isStandalone)
      ? [slot === null ? words.request.noSlot : words.request.slot(toPlainLine(slot, 40), facts.timeZone)]
      : []),
    '',
    words.request.changes,
    ...changes,
    ...(documents.length === 0 ? [] : ['', words.request.documents, ...documents]),
  ].join('\n');
}

/** The first facts for the go-live team. */
function openGuideRequest({ policy, applicationIds, answers }: RequestFacts, isPushed: boolean): readonly string[] {
  const ids = applicationIds.map((id) => toPlainLine(id, 40));
  const named = ids.length > 3 ? [...ids.slice(0, 3), '…'] : ids;
  return [
    policy.words?.requestGreeting ?? (isPushed ? words.request.greetingWithPush : words.request.greeting),
    '',
    words.request.application(named.join(', ')),
    words.request.workflow[answers.questions.workflow ?? 'unknown'],
  ];
}

/** The policy's greeting, and its questions with their answers. */
function openStandaloneRequest({ policy, answers }: RequestFacts): readonly string[] {
  const lines = Object.entries(answers.asked ?? {}).map(
    ([id, text]) => `${text} ${words.request.answers[answers.questions[id] ?? 'unknown']}`,
  );
  return [policy.words?.requestGreeting ?? words.request.greeting, '', ...lines];
}

function writeSubject({ policy, applicationIds: [first] }: RequestFacts): string {
  const own = policy.words?.requestSubject ?? (policy.isStandalone ? words.request.ownSubject : undefined);
  if (own !== undefined) return own;
  return first === undefined ? words.request.subject : words.request.subjectWithId(toPlainLine(first, 40));
}

/** Writes the request to one address ('' leaves it to the sender), as long as mail programs accept it. */
export function writeRequest(mail: string, facts: RequestFacts): ReviewRequest {
  const changes = list(writeChanges(facts.findings));
  const documents = list(facts.documents.map(({ title, path }) => words.request.document(title, path)));
  const subject = writeSubject(facts);

  const tryLength = (kept: number, keptDocuments: number) => {
    const body = writeBody(facts, shortenLine(changes, kept), shortenLine(documents, keptDocuments));
    const mailto = buildMailto(mail, subject, body);
    return mailto.length <= MAX_MAILTO_CHARS ? { mailto, text: `${subject}\n\n${body}` } : null;
  };
  // Tried first: "and 1 more" can be longer than the last line itself.
  const whole = tryLength(changes.length, documents.length);
  if (whole !== null) return whole;
  for (const keptDocuments of [documents.length, 1, 0]) {
    let best: ReviewRequest | null = null;
    for (let kept = 0; kept <= changes.length; kept += 1) {
      const found = tryLength(kept, keptDocuments);
      if (found === null) break;
      best = found;
    }
    if (best !== null) return best;
  }
  // Only an extremely long address reaches this line. The text is still shown as a block.
  const text = `${subject}\n\n${writeBody(facts, shortenLine(changes, 0), shortenLine(documents, 0))}`;
  return { mailto: buildMailto('', subject, words.request.greeting), text };
}
