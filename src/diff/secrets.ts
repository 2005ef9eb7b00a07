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
  const take = (fits: (secret: SecretSetting) => boolean): SecretSetting | null => {
    for (const secret of left) {
      if (!fits(secret)) continue;
      left.delete(secret);
      return secret;
    }
    return null;
  };
  const come = secretsOf(pair.head)
    .filter((head) => take((secret) => nameOf(secret) === nameOf(head) && isSame(secret, head)) === null)
    .filter((head) => take((secret) => isSame(secret, head)) === null)
    .map((head) => {
      const alike = (secret: SecretSetting) => nameOf(secret) === nameOf(head);
      const former = take(alike) ?? base.find(alike);
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

function isSame(one: SecretSetting, other: SecretSetting): boolean {
  return one.value.meaning === other.value.meaning;
}

function nameOf({ id, value }: SecretSetting): string {
  return `${id} ${value.what}`;
}
