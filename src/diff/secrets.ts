/** Secrets that are new at the head or have another value. No value of either side becomes part of a change. */
import type { Change, ChangeKind } from '../model/change.ts';
import type { ConfigDocument, Setting, SettingValue } from '../model/document.ts';
import { buildChange, type ChangeFacts, type DocumentPair } from './pair.ts';

type SecretSetting = Setting & { readonly value: Extract<SettingValue, { kind: 'secret' }> };

/**
 * The secrets that the head adds and removes, separate by setting and by kind. A secret that only moved (a key was renamed) is
 * not new.
 */
export function diffSecrets(pair: DocumentPair): readonly Change[] {
  const base = findSecretSettings(pair.base);
  const left = new Set(base);
  const takeMatching = (isMatch: (secret: SecretSetting) => boolean): SecretSetting | null => {
    for (const secret of left) {
      if (!isMatch(secret)) continue;
      left.delete(secret);
      return secret;
    }
    return null;
  };
  const added = findSecretSettings(pair.head)
    .filter(
      (head) =>
        takeMatching((secret) => identifySecret(secret) === identifySecret(head) && isSame(secret, head)) === null,
    )
    .filter((head) => takeMatching((secret) => isSame(secret, head)) === null)
    .map((head) => {
      const hasSameName = (secret: SecretSetting) => identifySecret(secret) === identifySecret(head);
      const former = takeMatching(hasSameName) ?? base.find(hasSameName);
      const kind = former === undefined ? 'added' : 'modified';
      return buildChange(pair, former?.at ?? null, head.at, describeSecret(head, kind));
    });
  return [
    ...added,
    ...[...left].map((secret) => buildChange(pair, secret.at, null, describeSecret(secret, 'removed'))),
  ];
}

function describeSecret({ value }: SecretSetting, kind: ChangeKind): ChangeFacts {
  return { setting: 'secret', kind, effect: 'neutral', detail: value.what };
}

function findSecretSettings(document: ConfigDocument | null): readonly SecretSetting[] {
  return (document?.settings ?? []).filter((setting): setting is SecretSetting => setting.value.kind === 'secret');
}

function isSame(one: SecretSetting, other: SecretSetting): boolean {
  return one.value.meaning === other.value.meaning;
}

function identifySecret({ id, value }: SecretSetting): string {
  return `${id} ${value.what}`;
}
