/** Secrets: one counts when it is new at the head or has another value. No value of either side goes into a change. */
import type { Change, ChangeKind } from '../model/change.ts';
import type { ConfigDocument, Setting, SettingValue } from '../model/document.ts';
import { type ChangeFacts, changeAt, type DocumentPair } from './pair.ts';

type SecretSetting = Setting & { readonly value: Extract<SettingValue, { kind: 'secret' }> };

/**
 * The secrets that the head holds and the base did not, and those that are gone. Kept apart by setting and by what they
 * are; a secret that only moved (a key was renamed) was there already.
 */
export function diffSecrets(pair: DocumentPair): readonly Change[] {
  const base = secretsOf(pair.base);
  const left = new Set(base);
  const take = (fits: (secret: SecretSetting) => boolean): boolean => {
    const found = [...left].find(fits);
    return found !== undefined && left.delete(found);
  };
  const stayed = (head: SecretSetting) =>
    take((secret) => nameOf(secret) === nameOf(head) && secret.value.meaning === head.value.meaning);
  const moved = (head: SecretSetting) => take((secret) => secret.value.meaning === head.value.meaning);
  const found = secretsOf(pair.head)
    .filter((head) => !stayed(head))
    .filter((head) => !moved(head));
  const come = found.map((head) => {
    take((secret) => nameOf(secret) === nameOf(head));
    const former = base.find((secret) => nameOf(secret) === nameOf(head));
    const kind = former === undefined ? 'added' : 'modified';
    return changeAt(pair, former?.at ?? null, head.at, factsOf(head, kind));
  });
  return [...come, ...[...left].map((secret) => changeAt(pair, secret.at, null, factsOf(secret, 'removed')))];
}

function factsOf({ value }: SecretSetting, kind: ChangeKind): ChangeFacts {
  return { setting: 'secret', kind, effect: 'neutral', detail: value.what };
}

function secretsOf(document: ConfigDocument | null): readonly SecretSetting[] {
  return (document?.settings ?? []).filter((setting): setting is SecretSetting => setting.value.kind === 'secret');
}

function nameOf({ id, value }: SecretSetting): string {
  return `${id} ${value.what}`;
}
