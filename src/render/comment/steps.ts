/** The steps as a task list of one line each, and the same steps in full. */
import type { Report, ReportStep } from '../../model/report.ts';
import { listUncitedSources } from '../cited.ts';
import { escapeMarkdown, sanitizeUrl, shorten } from '../escape.ts';
import { buildPhrase } from '../phrase.ts';
import { groupSteps, listProofs, listStepsInOrder } from '../sections.ts';
import { say } from '../words.ts';
import type { Detail } from './detail.ts';
import {
  linkSources,
  type MarkdownContext,
  nameLimit,
  renderCitedText,
  renderCodeBlock,
  renderPhrase,
  withHeading,
  withTitle,
} from './markdown-parts.ts';

/** The steps in their order, the merge among them, each box with its id in a hidden comment at the end of its line. */
export function renderSteps(report: Report, context: MarkdownContext): string {
  const lines = groupSteps(report).flatMap(({ steps, merge }) => [
    ...steps.map((step) => renderBox(step, context, renderStep(step, report))),
    ...(merge === null ? [] : [`- ${renderPhrase(merge)}`]),
  ]);
  return lines.length === 0 ? '' : withHeading('steps', lines.join('\n'));
}

/** The boxes alone. If nothing else fits, people's ticks must not be lost. */
export function renderBoxes(report: Report, context: MarkdownContext): string {
  return listStepsInOrder(report)
    .map((step) => renderBox(step, context, renderStepTitle(step)))
    .join('\n');
}

function renderStepTitle({ title, required }: ReportStep): string {
  return `${required ? '' : `${say('step-optional')}: `}**${escapeMarkdown(shorten(title, nameLimit))}**`;
}

function renderBox(step: ReportStep, context: MarkdownContext, text: string): string {
  const ticked =
    context.ticks !== undefined && Object.hasOwn(context.ticks, step.id) && context.ticks[step.id] === true;
  const id = /^[a-z0-9-]+$/.test(step.id) ? ` <!-- step:${step.id} -->` : '';
  // A box would be read back as a tick, and a later push removes the label.
  if (step.attested !== undefined && !ticked) return `- ✓ ${text}`;
  return `- [${step.state === 'done' || ticked ? 'x' : ' '}] ${text}${id}`;
}

function renderStep(step: ReportStep, report: Report): string {
  const who = step.who === '' ? '' : ` ${renderPhrase(buildPhrase('step-who', { who: shorten(step.who, nameLimit) }))}`;
  const pieces = listProofs(step, report).map(renderPhrase);
  if (step.state === 'open') pieces.push(...listStepLinks(step));
  return `${renderStepTitle(step)}${who}${pieces.length === 0 ? '' : `: ${pieces.join(', ')}`}`;
}

/** GitHub ticks a box with a reference when that issue closes, so an address must not be a reference. */
function buildStepUrl(address: string | undefined): string | null {
  const url = sanitizeUrl(address);
  return url === null || /\/(issues|pull|discussions)\/\d/i.test(url) ? null : url;
}

function listStepLinks(step: ReportStep): readonly string[] {
  const links: string[] = [];
  const request = buildStepUrl(step.request?.mailto);
  if (request !== null) {
    const name = shorten(step.contact?.name ?? step.who, nameLimit);
    links.push(`[${renderPhrase(buildPhrase('step-mail', { name }))}](${request})`);
  } else if (step.contact !== undefined) {
    const mail = step.contact.mail === undefined ? null : buildStepUrl(`mailto:${step.contact.mail}`);
    const name = { name: shorten(step.contact.name, nameLimit) };
    links.push(
      mail === null
        ? renderPhrase(buildPhrase('step-contact', name))
        : `[${renderPhrase(buildPhrase('step-mail-to', name))}](${mail})`,
    );
  }
  const document = buildStepUrl(step.document?.url);
  if (document !== null && step.document !== undefined)
    links.push(`[${escapeMarkdown(shorten(step.document.title, nameLimit))}](${document})`);
  return links;
}

/** The meaning of each step, and the text of the prepared requests. */
export function renderStepsInFull(report: Report, context: MarkdownContext, detail: Detail): readonly string[] {
  const asked = detail.stepTexts
    ? listStepsInOrder(report).filter(({ text, attested }) => text !== '' && !attested)
    : [];
  const lines = asked.map(({ title, text, sources }) => {
    const links = linkSources(listUncitedSources(text, sources, report), report, context);
    const name = escapeMarkdown(shorten(title, nameLimit));
    return `- **${name}:** ${renderCitedText(text, report, context)}${links === '' ? '' : ` (${links})`}`;
  });
  const idle = detail.idle ? report.steps.filter((step) => step.state === 'not-applicable') : [];
  const rest = idle.map((step) => `- ${escapeMarkdown(shorten(step.title, nameLimit))}`).join('\n');
  return [
    ...(lines.length === 0 ? [] : [withTitle('steps-in-full', lines.join('\n'))]),
    ...(rest === '' ? [] : [withTitle('steps-not-applicable', rest)]),
    ...(detail.request ? report.steps.flatMap((step) => renderRequest(step)) : []),
  ];
}

function renderRequest(step: ReportStep): readonly string[] {
  if (step.request === undefined || step.request.text === '' || step.state !== 'open') return [];
  return [withTitle('step-request-text', renderCodeBlock(shorten(step.request.text, 6000)))];
}
