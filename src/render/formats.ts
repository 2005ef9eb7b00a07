/** The outputs of the command line by name. A new output is a file beside this one and an entry in this list. */
import type { Report } from '../model/report.ts';
import type { MarkdownContext } from './comment/markdown.ts';
import type { TextOptions } from './text/text.ts';

/** Facts for the outputs in addition to the report. */
export interface OutputContext {
  readonly markdown: MarkdownContext;
  readonly text: TextOptions;
}

/** Writes the report in one of the outputs. */
export type Renderer = (report: Report, context: OutputContext) => string;

/** Each is loaded by itself, because a run needs only one. */
const loaders = {
  async text(): Promise<Renderer> {
    const { renderText } = await import('./text/text.ts');
    return (report, context) => renderText(report, context.text);
  },
  async markdown(): Promise<Renderer> {
    const { renderMarkdown } = await import('./comment/markdown.ts');
    return (report, context) => renderMarkdown(report, context.markdown);
  },
  async json(): Promise<Renderer> {
    return (await import('./json.ts')).renderJson;
  },
  async sarif(): Promise<Renderer> {
    const { renderSarif } = await import('./sarif.ts');
    return (report, context) => renderSarif(report, context.markdown);
  },
  async html(): Promise<Renderer> {
    return (await import('./html/html.ts')).renderHtml;
  },
  /** Annotations as workflow commands, then the plain text, for logs. */
  async github(): Promise<Renderer> {
    const [{ renderAnnotations }, renderText] = [await import('./annotations.ts'), await loaders.text()];
    return (report, context) => `${renderAnnotations(report)}${renderText(report, context)}`;
  },
} as const;

export type OutputFormat = keyof typeof loaders;

/** All names, in the order in which the help lists them. */
export const outputFormats = Object.keys(loaders) as readonly OutputFormat[];

/** Loads what writes one of the outputs. */
export function loadRenderer(format: OutputFormat): Promise<Renderer> {
  return loaders[format]();
}
