/** The steps as a task list of one line each, and the same steps in full. */
import type { Report, ReportStep } from '../../model/report.ts';
import { sourcesBeside } from '../cited.ts';
import { inlineText, safeUrl, shorten } from '../escape.ts';
import { phrase } from '../phrase.ts';
import { stepGroups, stepProof, stepsInOrder } from '../verdict.ts';
import { say } from '../words.ts';
import type { Detail } from './detail.ts';
import {
  citedText,
  codeBlock,
  headed,
  type MarkdownContext,
  markdown,
  nameLimit,
  sourceLinks,
  titled,
} from './markdown-parts.ts';

/** The steps in their order, the merge among them, each box with its id in a hidden comment at the end of its line. */
export function stepList(report: Report, context: MarkdownContext): string {
  const lines = stepGroups(report).flatMap(({ steps, merge }) => [
    ...steps.map((step) => boxLine(step, context, stepLine(step, report))),
    ...(merge === null ? [] : [`- ${markdown(merge)}`]),
  ]);
  return lines.length === 0 ? '' : headed('steps', lines.join('\n'));
}

/** The boxes alone: where nothing else fits, what people ticked must not be lost. */
export function stepBoxes(report: Report, context: MarkdownContext): string {
  return stepsInOrder(report)
    .map((step) => boxLine(step, context, stepName(step)))
    .join('\n');
}

function stepName({ title, required }: ReportStep): string {
  return `${required ? '' : `${say('step-optional')}: `}**${inlineText(shorten(title, nameLimit))}**`;
}

function boxLine(step: ReportStep, context: MarkdownContext, text: string): string {
  const ticked =
    context.ticks !== undefined && Object.hasOwn(context.ticks, step.id) && context.ticks[step.id] === true;
  const id = /^[a-z0-9-]+$/.test(step.id) ? ` <!-- step:${step.id} -->` : '';
  // A box would be read back as a tick, and a later push takes the label away.
  if (step.attested !== undefined && !ticked) return `- ✓ ${text}`;
  return `- [${step.state === 'done' || ticked ? 'x' : ' '}] ${text}${id}`;
}

function stepLine(step: ReportStep, report: Report): string {
  const who = step.who === '' ? '' : ` ${markdown(phrase('step-who', { who: shorten(step.who, nameLimit) }))}`;
  const pieces = stepProof(step, report).map(markdown);
  if (step.state === 'open') pieces.push(...stepLinks(step));
  return `${stepName(step)}${who}${pieces.length === 0 ? '' : `: ${pieces.join(', ')}`}`;
}

/** An address that GitHub takes for a reference would tick the box when that issue closes. */
function stepUrl(address: string | undefined): string | null {
  const url = safeUrl(address);
  return url === null || /\/(issues|pull|discussions)\/\d/i.test(url) ? null : url;
}

function stepLinks(step: ReportStep): readonly string[] {
  const links: string[] = [];
  const request = stepUrl(step.request?.mailto);
  if (request !== null) {
    const name = shorten(step.contact?.name ?? step.who, nameLimit);
    links.push(`[${markdown(phrase('step-mail', { name }))}](${request})`);
  } else if (step.contact !== undefined) {
    const mail = step.contact.mail === undefined ? null : stepUrl(`mailto:${step.contact.mail}`);
    const name = { name: shorten(step.contact.name, nameLimit) };
    links.push(
      mail === null ? markdown(phrase('step-contact', name)) : `[${markdown(phrase('step-mail-to', name))}](${mail})`,
    );
  }
  const document = stepUrl(step.document?.url);
  if (document !== null && step.document !== undefined)
    links.push(`[${inlineText(shorten(step.document.title, nameLimit))}](${document})`);
  return links;
}

/** What each step means, and the text of the prepared requests. */
export function stepsInFull(report: Report, context: MarkdownContext, detail: Detail): readonly string[] {
  const asked = detail.stepTexts ? stepsInOrder(report).filter(({ text, attested }) => text !== '' && !attested) : [];
  const lines = asked.map(({ title, text, sources }) => {
    const links = sourceLinks(sourcesBeside(text, sources, report), report, context);
    const name = inlineText(shorten(title, nameLimit));
    return `- **${name}:** ${citedText(text, report, context)}${links === '' ? '' : ` (${links})`}`;
  });
  const idle = detail.idle ? report.steps.filter((step) => step.state === 'not-applicable') : [];
  const rest = idle.map((step) => `- ${inlineText(shorten(step.title, nameLimit))}`).join('\n');
  return [
    ...(lines.length === 0 ? [] : [titled('steps-in-full', lines.join('\n'))]),
    ...(rest === '' ? [] : [titled('steps-not-applicable', rest)]),
    ...(detail.request ? report.steps.flatMap((step) => requestBlock(step)) : []),
  ];
}

function requestBlock(step: ReportStep): readonly string[] {
  if (step.request === undefined || step.request.text === '' || step.state !== 'open') return [];
  return [titled('step-request-text', codeBlock(shorten(step.request.text, 6000)))];
}
