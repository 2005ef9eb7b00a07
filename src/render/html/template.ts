/** Markup in which everything is escaped that is not markup already: a forgotten escape is impossible. */
import { escapeHtml } from '../escape.ts';

/** Finished markup. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** The values in a template: text is escaped, null gives no text, a list is written without a separator. */
export type Content = Html | string | number | null | readonly Content[];

/** A tagged template. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(literals.map((literal, index) => literal + write(contents[index] ?? null)).join(''));
}

/** Contents one below the other. */
export function joinLines(contents: readonly Content[]): Html {
  return new Html(contents.map(write).join('\n'));
}

/** Contents on one line, with a separator between them. */
export function joinContents(contents: readonly Content[], separator: string): Html {
  return new Html(contents.map(write).join(escapeHtml(separator)));
}

function write(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  return content === null ? '' : content.map(write).join('');
}
