/** Documents as most readers build them: each reader adds only what differs. */
import type { ConfigDocument } from '../../model/document.ts';
import { determineEnvironment } from '../../model/environment.ts';
import { findEndpoints } from './values.ts';

/** What every reader determines itself. */
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

/** A document of any kind: the only one of its file, complete, and described by its settings alone unless `facts` differ. */
export function completeDocument(
  facts: Pick<ConfigDocument, Required | 'role' | 'environment'> & Partial<ConfigDocument>,
): ConfigDocument {
  return { part: null, completeness: 'complete', defaults: {}, notExpressible: [], lints: [], digest: null, ...facts };
}

/** Documents of one file with different names: two equal parts would be compared as one, so the second is `name (2)`. */
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
