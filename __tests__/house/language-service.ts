/** GitHub's own language service, as its editors use it: what it has to say about a workflow or an `action.yml`. */
import { validate } from '@actions/languageservice';

type TextDocument = Parameters<typeof validate>[0];

let documents = 0;

/** Its complaints, each with line and column; empty when it finds nothing. */
export async function listComplaints(path: string, text: string): Promise<readonly string[]> {
  // It remembers what it parsed by address, so every document gets an address of its own. The rest is for editors.
  documents += 1;
  const document = { uri: `file:///${documents}/${path}`, getText: () => text } as TextDocument;
  return (await validate(document, {})).map(
    ({ message, range }) => `${path}:${range.start.line + 1}:${range.start.character + 1}: ${String(message)}`,
  );
}
