/** Removes private keys and passwords from everything that is shown from a document, for every reader. */
import { computeSha256 } from '../../model/digest.ts';
import type { AccessRule, ConfigDocument, SetItem, Setting, SettingValue } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import { buildKeySecret, findPrivateKeys, hidePrivateKeys, type KeyText } from './key-text.ts';
import { words } from './messages.ts';
import { buildSecret, joinEmbeddedPasswords, removeCredentials } from './secrets.ts';

/**
 * The document without keys and passwords in its shown and compared texts. A key or password that is neither `counted`
 * nor among the document's secrets becomes a new `secret`. Escapes, for example, can hide it until the file is read.
 */
export function hideShownKeys(document: ConfigDocument, counted: readonly KeyText[]): ConfigDocument {
  const secrets = new Map<string, Setting>();
  const known = new Set(document.settings.flatMap(({ value }) => (value.kind === 'secret' ? value.meaning : [])));
  const addPassword = (password: string, at: Place): void => {
    const value = buildSecret(password, words.password);
    if (value?.kind !== 'secret' || known.has(value.meaning)) return;
    known.add(value.meaning);
    secrets.set(value.meaning, { id: 'secret', value, at });
  };
  const createCleaner = (at: Place): Cleaner => ({
    cleanShown: (text) => {
      for (const key of findPrivateKeys(text)) {
        // A shown key may be cut, or a word after it may look like part of it.
        if (counted.some(({ body }) => body.startsWith(key.body) || key.body.startsWith(body))) continue;
        if (!secrets.has(key.body)) secrets.set(key.body, buildKeySecret(key, at));
      }
      const safe = hidePrivateKeys(text);
      const password = joinEmbeddedPasswords(safe);
      if (password === null) return safe;
      addPassword(password, at);
      return removeCredentials(safe);
    },
    cleanMeaning: (text, shown) => {
      if (![text, shown].some((one) => findPrivateKeys(one).length > 0 || joinEmbeddedPasswords(one) !== null))
        return text;
      // Reports print plain digests, so this one has a prefix.
      return `hidden ${computeSha256(text)}`;
    },
  });
  const settings = document.settings.map((setting) => ({
    ...setting,
    id: hidePrivateKeys(setting.id),
    value: cleanValue(setting.value, createCleaner(setting.at)),
  }));
  const lints = document.lints.map((lint) => ({ ...lint, message: createCleaner(lint.at).cleanShown(lint.message) }));
  return { ...document, settings: [...settings, ...secrets.values()], lints };
}

interface Cleaner {
  cleanShown(text: string): string;
  /** The compared form of a `shown` text. In lower case, for example, a key is no longer recognized. */
  cleanMeaning(text: string, shown: string): string;
}

function cleanValue(value: SettingValue, { cleanShown: shown, cleanMeaning: meaning }: Cleaner): SettingValue {
  switch (value.kind) {
    case 'text':
      return { ...value, meaning: meaning(value.meaning, value.shown), shown: shown(value.shown) };
    case 'unresolved': {
      const compared = meaning(value.meaning, value.shown);
      return { ...value, meaning: compared, shown: shown(value.shown), reason: shown(value.reason) };
    }
    case 'content':
      return { ...value, shown: shown(value.shown) };
    case 'set': {
      const clean = (item: SetItem): SetItem => {
        return { ...item, meaning: meaning(item.meaning, item.shown), shown: shown(item.shown) };
      };
      return { ...value, items: value.items.map(clean) };
    }
    case 'access':
      return { ...value, rules: value.rules.map((rule) => cleanRule(rule, shown)) };
    case 'secret':
      return { ...value, what: hidePrivateKeys(value.what) };
  }
}

function cleanRule(rule: AccessRule, shown: Cleaner['cleanShown']): AccessRule {
  const reasons = Object.entries(rule.reasons).map(([culture, reason]) => [culture, shown(reason)] as const);
  return { ...rule, name: rule.name === null ? null : shown(rule.name), reasons: Object.fromEntries(reasons) };
}
