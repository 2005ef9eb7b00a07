/** The formats of `--format`, each renderer loaded only when it is asked for. */
import packageFile from '../../package.json' with { type: 'json' };
import type { Report } from '../model/report.ts';
import type { Terminal } from './command.ts';

type Renderer = (report: Report, terminal: Pick<Terminal, 'width' | 'colour'>) => Promise<string>;

/** Columns where standard output is no terminal. */
const DEFAULT_WIDTH = 100;

const text: Renderer = async (report, { width, colour }) => {
  const { renderText } = await import('../render/text.ts');
  return renderText(report, { width: width ?? DEFAULT_WIDTH, colour });
};

const renderers: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ['text', text],
  [
    'markdown',
    async (report) => {
      const { renderMarkdown } = await import('../render/markdown.ts');
      const { base, head } = report.evaluation;
      return renderMarkdown(report, {
        marker: '',
        repository: null,
        base,
        head,
        documentation: null,
        version: packageFile.version,
        pullRequest: null,
      }).trimStart();
    },
  ],
  ['json', async (report) => (await import('../render/json.ts')).renderJson(report)],
  [
    'sarif',
    async (report) => (await import('../render/sarif.ts')).renderSarif(report, { version: packageFile.version }),
  ],
  ['html', async (report) => (await import('../render/html.ts')).renderHtml(report)],
  [
    'github',
    async (report, terminal) => {
      const { renderAnnotations } = await import('../render/annotations.ts');
      return `${await text(report, { ...terminal, colour: false })}${renderAnnotations(report)}\n`;
    },
  ],
]);

/** Names of the formats, in the order of the help. */
export const outputFormats: readonly string[] = [...renderers.keys()];

/** Prints a report in a format of `outputFormats`. */
export async function renderAs(
  format: string,
  report: Report,
  terminal: Pick<Terminal, 'width' | 'colour'>,
): Promise<string> {
  const renderer = renderers.get(format);
  if (renderer === undefined) throw new Error(`no renderer for ${format}`);
  return renderer(report, terminal);
}
