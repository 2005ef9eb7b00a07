/** GitHub-flavoured Markdown to HTML as GitHub shows it: raw HTML parsed, then cleaned by GitHub's own sanitization schema. */
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)
  .use(rehypeStringify);

/** The HTML of a comment's body. */
export function renderGitHubHtml(markdown: string): string {
  return String(processor.processSync(markdown));
}
