/** The settings of a manifest whose shape has been checked, in the words that the platform's XML uses too. */
import sentences from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { Lint, SetItem, Setting, SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Place } from '../../model/source.ts';
import { entry, type YamlEntry, type YamlMap, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { certificateItem } from '../certificates/certificate-value.ts';
import { applicationIdValue } from '../client/application-id.ts';
import type { ReadContext } from '../format.ts';
import { imageHeader } from '../registered/image-header.ts';
import { lint } from '../registered/limits.ts';
import {
  addressSettings,
  allItem,
  appTypeValue,
  attributeItem,
  bulkExtractionValue,
  caselessItem,
  ceilingValue,
  flagValue,
  ipPrefixItem,
  type LogoFacts,
  locationItem,
  logoValue,
  persistentTokensValue,
  plainItem,
  setValue,
  textValue,
  vocabularyItem,
} from '../registered/values.ts';
import { keysInFile } from '../secrets/embedded-keys.ts';
import { certificatesIn, type ReferencedFile, referencedFile, statementOf, unresolvedFile } from './files.ts';
import { isFollowedKind } from './referenced-file.ts';
import { culturesOf, itemsOf, rulesOf, scalarOf, textOf } from './rules.ts';

/** Shorter RSA keys are accepted, but advised against (ACC-certs). */
const ADVISED_KEY_BITS = 2048;

/** What a manifest says, and what the limits ask of its logos. */
export interface ManifestContent {
  readonly settings: readonly Setting[];
  readonly logos: readonly LogoFacts[];
  /** What is to be said of its public keys. */
  readonly lints: readonly Lint[];
}

/** Everything that one key needs to become settings. */
interface Reading {
  readonly file: string;
  readonly context: ReadContext;
  readonly settings: Setting[];
  readonly logos: LogoFacts[];
  readonly lints: Lint[];
}

/** Reads every key of the manifest, in the order of the file. */
export function manifestContent(root: YamlMap, file: string, context: ReadContext): ManifestContent {
  const reading: Reading = { file, context, settings: [], logos: [], lints: [] };
  for (const one of root.entries) readKey(one, reading);
  return { ...reading, settings: reading.settings.filter((setting) => !isEmpty(setting)) };
}

/** An empty list says the same as none: the document is complete. */
function isEmpty({ value }: Setting): boolean {
  return value.kind === 'set' && value.items.length === 0;
}

function readKey({ key, keyAt, value }: YamlEntry, reading: Reading): void {
  const { file } = reading;
  const at: Place = { file, ...(value.kind === 'scalar' ? value.at : keyAt) };
  const add = (id: string, settingValue: SettingValue, place = at): void => {
    reading.settings.push({ id, value: settingValue, at: place });
  };
  const text = textOf(value) ?? '';
  switch (key) {
    case 'app-id':
      add('app-id', applicationIdValue(text));
      break;
    case 'type':
      add('app-type', appTypeValue(text));
      break;
    case 'name':
    case 'description':
    case 'auth-reason':
      addLocalized(key, value, reading, textValue);
      break;
    case 'action-url':
      reading.settings.push(...addressSettings(text, at, reading.context.cryptography));
      break;
    case 'logo':
      readLogos(value, reading);
      break;
    case 'privacy-statement':
    case 'terms-of-use':
    case 'success-message':
      addLocalized(key, value, reading, (path) => {
        const found = referencedFile(file, path, reading.context);
        searchForKeys(found, reading);
        return found.bytes === null
          ? unresolvedFile(path, found.reason)
          : statementOf(found.path, found.bytes, reading.context);
      });
      break;
    case 'rules':
      readRules(value, reading);
      break;
    case 'public-keys':
      add(key, publicKeysValue(value, reading));
      break;
    case 'domain-name':
    case 'organization':
      add(key, textValue(text));
      break;
    case 'persistent-tokens': {
      const seconds = scalarOf(entry(value, 'seconds'));
      const enabled = scalarOf(entry(value, 'enabled')) === true;
      add(key, persistentTokensValue(enabled, typeof seconds === 'number' ? seconds : null));
      break;
    }
    case 'restrict-users':
      add(key, flagValue(scalarOf(value) === true));
      break;
    case 'bulk-extraction': {
      const required = scalarOf(entry(value, 'permission-required')) === true;
      add(key, bulkExtractionValue(scalarOf(entry(value, 'onboarded')) === true, required));
      break;
    }
    case 'ceilings':
      if (value.kind !== 'map') return;
      for (const one of value.entries) {
        const place: Place = { file, ...one.keyAt };
        add(`ceilings.${one.key}`, ceilingValue(itemsOfSet(one.key, one.value, file), place), place);
      }
      break;
    case 'methods':
    case 'ip-prefixes':
    case 'attributes':
    case 'instances':
    case 'locations':
    case 'vocabularies':
    case 'meaningful-use-sources':
      add(key, setOf(key, value, file));
      break;
    default:
      break; // `healthvault` is the version, `environment` a fact of the document
  }
}

function addLocalized(
  id: string,
  node: YamlNode | null,
  reading: Reading,
  valueOfText: (text: string, at: Place) => SettingValue,
): void {
  for (const { culture, text, node: written } of culturesOf(node)) {
    const at: Place = { file: reading.file, ...written.at };
    const value = valueOfText(text, at);
    reading.settings.push(culture === '' ? { id, value, at } : { id, culture, value, at });
  }
}

/** No reader of its own looks at a text that a manifest names, so a private key in it is found here. */
function searchForKeys(found: ReferencedFile, { context, settings }: Reading): void {
  if (found.bytes === null || !isFollowedKind(found.path)) return;
  settings.push(...keysInFile({ path: found.path, bytes: found.bytes }, context.cryptography));
}

function readLogos(node: YamlNode, reading: Reading): void {
  for (const size of ['large', 'small'] as const) {
    const setting = `logo.${size}` as const;
    addLocalized(setting, entry(node, size), reading, (path, at) => {
      const found = referencedFile(reading.file, path, reading.context);
      if (found.bytes === null) return unresolvedFile(path, found.reason);
      reading.logos.push({ setting, bytes: found.bytes.length, image: imageHeader(found.bytes), at });
      return logoValue(found.bytes, null, reading.context.cryptography);
    });
  }
}

function readRules(node: YamlNode, reading: Reading): void {
  if (node.kind !== 'map') return;
  for (const { key, keyAt, value } of node.entries) {
    const rules = rulesOf(value, reading.file);
    reading.settings.push({
      id: `access.${key}`,
      value: { kind: 'access', rules },
      at: { file: reading.file, ...keyAt },
    });
  }
}

/** One file that cannot be read leaves the whole set unknown: half a set would look like keys taken away. */
function publicKeysValue(node: YamlNode, reading: Reading): SettingValue {
  const { file, context, lints } = reading;
  const items: SetItem[] = [];
  const failures: string[] = [];
  const meanings: string[] = [];
  for (const written of itemsOf(node)) {
    const path = textOf(written) ?? '';
    const found = referencedFile(file, path, context);
    searchForKeys(found, reading);
    const certificates = found.bytes === null ? [] : certificatesIn(found.bytes, context);
    const at: Place = { file, ...written.at };
    const read = certificates.map((der) => certificateItem(der, at, context.cryptography));
    items.push(...read);
    for (const der of certificates) {
      const facts = context.cryptography.certificate(der);
      if (facts?.keyType === 'RSA' && facts.keyBits !== null && facts.keyBits < ADVISED_KEY_BITS) {
        lints.push(lint('limit-key-size', 'advice', 'ACC-certs', at, { bits: facts.keyBits }));
      }
    }
    meanings.push(...read.map((item) => item.meaning));
    if (read.length > 0) continue;
    failures.push(
      found.bytes === null ? found.reason : fill(sentences['file-no-certificate'], { path: JSON.stringify(path) }),
    );
    meanings.push(`file ${path} ${found.bytes === null ? '' : context.cryptography.sha256(found.bytes)}`.trim());
  }
  if (failures.length === 0) return setValue(items);
  const shown = itemsOf(node)
    .map((written) => textOf(written) ?? '')
    .join(', ');
  return { kind: 'unresolved', meaning: meanings.sort().join('\n'), shown, reason: failures.join(' ') };
}

function setOf(key: string, node: YamlNode, file: string): SettingValue {
  if (node.kind === 'scalar') return setValue([allItem({ file, ...node.at })]); // only "all" gets past the shape
  return setValue(itemsOfSet(key, node, file));
}

function itemsOfSet(key: string, node: YamlNode, file: string): readonly SetItem[] {
  return itemsOf(node).map((item) => itemOf(key, item, { file, ...item.at }));
}

function itemOf(key: string, node: YamlNode, at: Place): SetItem {
  const text = textOf(node) ?? '';
  if (key === 'methods') return caselessItem(text, at);
  if (key === 'attributes') return attributeItem(text, at);
  if (key === 'ip-prefixes') return ipPrefixItem(text, at) ?? plainItem(text, at);
  if (key === 'locations')
    return locationItem(textOf(entry(node, 'country')) ?? '', textOf(entry(node, 'state-province')), at);
  if (key === 'vocabularies')
    return vocabularyItem(textOf(entry(node, 'family')) ?? '', textOf(entry(node, 'name')), at);
  return plainItem(text, at);
}
