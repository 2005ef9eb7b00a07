/** The outputs of the command line by name. A new output is a file beside this one and a line in this list. */
import type { Report } from '../model/report.ts';
import { renderAnnotations } from './annotations.ts';
import { type MarkdownContext, renderMarkdown } from './comment/markdown.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json.ts';
import { renderSarif } from './sarif.ts';
import { renderText, type TextOptions } from './text/text.ts';

/** Facts for the outputs in addition to the report. */
export interface OutputContext {
  readonly markdown: MarkdownContext;
  readonly text: TextOptions;
}

const renderers = {
  text: (report: Report, context: OutputContext) => renderText(report, context.text),
  markdown: (report: Report, context: OutputContext) => renderMarkdown(report, context.markdown),
  json: (report: Report) => renderJson(report),
  sarif: (report: Report, context: OutputContext) => renderSarif(report, context.markdown),
  html: (report: Report) => renderHtml(report),
  github: (report: Report, context: OutputContext) => `${renderAnnotations(report)}${renderText(report, context.text)}`,
} as const;

export type OutputFormat = keyof typeof renderers;

/** All names, in the order in which the help lists them. */
export const outputFormats = Object.keys(renderers) as readonly OutputFormat[];

/** The report in one of the outputs. `github`: annotations as workflow commands, then the plain text, for logs. */
export function renderAs(format: OutputFormat, report: Report, context: OutputContext): string {
  return renderers[format](report, context);
}
