/** Bodies of several new applications in one file are distinguished by their names, and a name may be what changes. */
import type { ConfigDocument } from '../../model/document.ts';

/**
 * The documents at head, each as the part that it was at the base: the body of the same name, or, where as many are left
 * over in both revisions, the next one in order, which has been renamed.
 */
export function withFormerParts(
  base: readonly ConfigDocument[],
  head: readonly ConfigDocument[],
): readonly ConfigDocument[] {
  const former = new Map<ConfigDocument, ConfigDocument>();
  const gone = new Set(base.filter(isNewApplication));
  const addedParts = head.filter(isNewApplication).filter((document) => {
    const same = [...gone].find((other) => readName(other) === readName(document));
    if (same === undefined) return true;
    gone.delete(same);
    former.set(document, same);
    return false;
  });
  if (addedParts.length === gone.size)
    for (const [index, other] of [...gone].entries()) former.set(addedParts[index] ?? other, other);
  return head.map((document) => ({ ...document, part: (former.get(document) ?? document).part }));
}

function isNewApplication({ role }: ConfigDocument): boolean {
  return role === 'provisioning';
}

/** What a body is called among others, also where it is the only one. */
function readName({ part, settings }: ConfigDocument): string | null {
  const value = settings.find(({ id, culture }) => id === 'name' && culture === undefined)?.value;
  return part ?? (value?.kind === 'text' ? value.meaning : null);
}
