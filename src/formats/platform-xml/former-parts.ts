/** Several new applications in one file are distinguished by name, but the name itself may change. */
import type { ConfigDocument } from '../../model/document.ts';

/**
 * The documents at head, each under its part name at the base. That is the body of the same name. If equally many
 * bodies are left over in both revisions, they are matched in order as renamed.
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

/** The name that a body has among others, even if it is the only one. */
function readName({ part, settings }: ConfigDocument): string | null {
  const value = settings.find(({ id, culture }) => id === 'name' && culture === undefined)?.value;
  return part ?? (value?.kind === 'text' ? value.meaning : null);
}
