/** Builds the documents of most readers. Each reader adds only its differences. */
import type { ConfigDocument } from '../../model/document.ts';
import { determineEnvironment } from '../../model/environment.ts';
import { findEndpoints } from './values.ts';

/** Facts that every reader determines itself. */
type Required = 'file' | 'format' | 'settings';

/** The SDK configuration in a file. Its environment is that of the endpoints among its settings. */
export function createClientDocument(
  facts: Pick<ConfigDocument, Required> & Partial<Omit<ConfigDocument, Required | 'role'>>,
): ConfigDocument {
  return completeDocument({
    role: 'client',
    environment: determineEnvironment(findEndpoints(facts.settings)),
    ...facts,
  });
}

/**
 * A document of any kind. Unless `facts` differ, it is complete, the only one in its file and described by its settings
 * alone.
 */
export function completeDocument(
  facts: Pick<ConfigDocument, Required | 'role' | 'environment'> & Partial<ConfigDocument>,
): ConfigDocument {
  return { part: null, completeness: 'complete', defaults: {}, notExpressible: [], lints: [], digest: null, ...facts };
}

/** Gives the documents of a file different names, because equal parts would be compared as one. The second is `name (2)`. */
export function withUniqueParts(
  documents: readonly ConfigDocument[],
  numberPart: (part: string, count: number) => string = (part, count) => `${part} (${count})`,
): readonly ConfigDocument[] {
  const taken = new Set<string | null>();
  return documents.map((document) => {
    let { part } = document;
    for (let count = 2; part !== null && taken.has(part); count++) part = numberPart(document.part ?? '', count);
    taken.add(part);
    return part === document.part ? document : { ...document, part };
  });
}
