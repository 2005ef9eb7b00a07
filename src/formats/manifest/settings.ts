/** The settings of a manifest after the check of its shape, in the same words as the platform's XML. */
import { computeSha256 } from '../../model/digest.ts';
import type { SetItem, Setting, SettingValue } from '../../model/document.ts';
import type { Place, Position } from '../../model/source.ts';
import { entry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { toCertificateItem } from '../certificates/certificate-value.ts';
import { readApplicationId } from '../client/application-id.ts';
import type { ReadContext } from '../format.ts';
import { checkKeySize, checkLogo } from '../registered/limits.ts';
import {
  joinContents,
  REGISTERED_SETTINGS,
  type RegisteredContent,
  type RegisteredKind,
  type RegisteredSetting,
} from '../registered/settings.ts';
import {
  buildAddressSettings,
  createAllItem,
  toAppTypeValue,
  toAttributeItem,
  toBulkExtractionValue,
  toCaselessItem,
  toCeilingValue,
  toClientTokenValue,
  toFlagValue,
  toIpPrefixItem,
  toLocationItem,
  toLogoValue,
  toPersistentTokensValue,
  toPlainItem,
  toSetValue,
  toTextValue,
  toVocabularyItem,
} from '../registered/values.ts';
import { findPrivateKeysInFile } from '../secrets/embedded-keys.ts';
import {
  buildUnresolvedFile,
  findReferencedFile,
  type ReferencedFile,
  readCertificates,
  readStatement,
} from './files.ts';
import { messages } from './messages.ts';
import { listItems, readCultures, readScalar, readText } from './nodes.ts';
import { readRules } from './rules.ts';

const ROWS: ReadonlyMap<string, RegisteredSetting> = new Map(
  REGISTERED_SETTINGS.flatMap((row) => (row.key === null ? [] : [[row.key ?? row.id, row]])),
);

/** A setting as a manifest contains it. */
interface ManifestEntry {
  readonly row: RegisteredSetting;
  readonly node: YamlNode;
  /** Position of the value if it is a scalar, otherwise of the key. */
  readonly at: Position;
}

/** A setting with its place, and the facts to read the files that it names. */
interface EntryInFile extends ManifestEntry {
  readonly at: Place;
  readonly context: ReadContext;
}

type ReadEntry = (written: EntryInFile) => RegisteredContent;

const KINDS: Readonly<Record<RegisteredKind, ReadEntry>> = {
  'application-id': createTextReader(readApplicationId),
  'application-type': createTextReader(toAppTypeValue),
  text: createTextReader(toTextValue),
  token: createTextReader(toClientTokenValue),
  flag: createValueReader((node) => toFlagValue(readScalar(node) === true)),
  'persistent-tokens': createValueReader((node) => {
    const seconds = readScalar(entry(node, 'seconds'));
    return toPersistentTokensValue(isTrue(node, 'enabled'), typeof seconds === 'number' ? seconds : null);
  }),
  'bulk-extraction': createValueReader((node) =>
    toBulkExtractionValue(isTrue(node, 'onboarded'), isTrue(node, 'permission-required')),
  ),
  methods: listReader((node, at) => toCaselessItem(readText(node) ?? '', at)),
  attributes: listReader((node, at) => toAttributeItem(readText(node) ?? '', at)),
  sources: listReader((node, at) => toPlainItem(readText(node) ?? '', at)),
  instances: listReader((node, at) => toPlainItem(readText(node) ?? '', at)),
  'ip-prefixes': listReader((node, at) => {
    const text = readText(node) ?? '';
    return toIpPrefixItem(text, at) ?? toPlainItem(text, at);
  }),
  locations: listReader((node, at) =>
    toLocationItem(readText(entry(node, 'country')) ?? '', readText(entry(node, 'state-province')), at),
  ),
  vocabularies: listReader((node, at) =>
    toVocabularyItem(readText(entry(node, 'family')) ?? '', readText(entry(node, 'name')), at),
  ),
  'localized-text': createLocalizedReader((text) => ({ value: toTextValue(text) })),
  organization: createLocalizedReader((text) => ({ value: toTextValue(text) })),
  address: ({ node, at }) => ({ settings: buildAddressSettings(readText(node) ?? '', at), lints: [] }),
  'access-rules': createValueReader((node, { file }) => ({ kind: 'access', rules: readRules(node, file) })),
  logo: createLocalizedReader((path, at, { row, context }) => {
    const found = findReferencedFile(at.file, path, context.tree);
    if (found.bytes === null) return { value: buildUnresolvedFile(path, found.reason) };
    const size = row.id === 'logo.large' ? row.id : 'logo.small';
    return { value: toLogoValue(found.bytes, null), lints: checkLogo(size, found.bytes, at) };
  }),
  statement: createLocalizedReader((path, at, { context }) => {
    const found = findReferencedFile(at.file, path, context.tree);
    const value =
      found.bytes === null ? buildUnresolvedFile(path, found.reason) : readStatement(found.path, found.bytes);
    return { value, secrets: findKeys(found) };
  }),
  'public-keys': readPublicKeys,
};

/** The settings of a manifest with their values, in the order of the file. */
export function listEntries(root: YamlNode): readonly ManifestEntry[] {
  const readManifestEntries = (node: YamlNode, prefix: string): readonly ManifestEntry[] =>
    node.kind !== 'map'
      ? []
      : node.entries.flatMap(({ key, keyAt, value }) => {
          const row = ROWS.get(prefix + key);
          if (row === undefined) return prefix === '' ? readManifestEntries(value, `${key}.`) : [];
          return [{ row, node: value, at: value.kind === 'scalar' ? value.at : keyAt }];
        });
  return readManifestEntries(root, '');
}

/** Reads every key of the manifest, in the order of the file. */
export function readSettings(root: YamlNode, file: string, context: ReadContext): RegisteredContent {
  const contents = listEntries(root).map(({ row, node, at }) =>
    KINDS[row.kind]({ row, node, at: { file, ...at }, context }),
  );
  const { settings, lints } = joinContents(contents);
  // An empty list means the same as none, because the document is complete.
  return { settings: settings.filter(({ value }) => value.kind !== 'set' || value.items.length > 0), lints };
}

function createValueReader(readValue: (node: YamlNode, at: Place) => SettingValue): ReadEntry {
  return ({ row, node, at }) => ({ settings: [{ id: row.id, value: readValue(node, at), at }], lints: [] });
}

function createTextReader(readValue: (text: string) => SettingValue): ReadEntry {
  return createValueReader((node) => readValue(readText(node) ?? ''));
}

function isTrue(node: YamlNode, key: string): boolean {
  return readScalar(entry(node, key)) === true;
}

function listReader(readItem: (node: YamlNode, at: Place) => SetItem): ReadEntry {
  return ({ row, node, at }) => {
    // The schema allows only "all" in place of a list.
    const items =
      node.kind === 'scalar'
        ? [createAllItem(at)]
        : listItems(node).map((item) => readItem(item, { file: at.file, ...item.at }));
    const value = row.isCeiling === true ? toCeilingValue(items, at) : toSetValue(items);
    return { settings: [{ id: row.id, value, at }], lints: [] };
  };
}

/** The content of a text in one culture. */
interface LocalizedContent extends Partial<Pick<RegisteredContent, 'lints'>> {
  readonly value: SettingValue;
  readonly secrets?: readonly Setting[];
}

function createLocalizedReader(read: (text: string, at: Place, written: EntryInFile) => LocalizedContent): ReadEntry {
  return (written) =>
    joinContents(
      readCultures(written.node).map(({ culture, text, node }) => {
        const at: Place = { file: written.at.file, ...node.at };
        const { value, secrets = [], lints = [] } = read(text, at, written);
        const setting = { id: written.row.id, ...(culture === '' ? {} : { culture }), value, at };
        return { settings: [...secrets, setting], lints };
      }),
    );
}

/** No other reader reads a text that a manifest names, so private keys in it are found here. */
function findKeys({ path, bytes }: ReferencedFile): readonly Setting[] {
  return bytes === null || /\.(?:cer|crt|der|pem)$/i.test(path) ? [] : findPrivateKeysInFile({ path, bytes });
}

/** One unreadable file makes the whole set unknown, because half a set would look like removed keys. */
function readPublicKeys({ row, node, at, context }: EntryInFile): RegisteredContent {
  const files = listItems(node).map((written) => {
    const path = readText(written) ?? '';
    const place: Place = { file: at.file, ...written.at };
    const found = findReferencedFile(at.file, path, context.tree);
    const certificates = found.bytes === null ? [] : readCertificates(found.bytes);
    return {
      path,
      found,
      items: certificates.map((der) => toCertificateItem(der, place)),
      lints: certificates.flatMap((der) => checkKeySize(der, place)),
    };
  });
  const failed = files.filter(({ items }) => items.length === 0);
  const reasons = failed.map(({ path, found }) =>
    found.bytes === null ? found.reason : messages.fileNoCertificate({ path: JSON.stringify(path) }).message,
  );
  const meanings = [
    ...files.flatMap(({ items }) => items.map(({ meaning }) => meaning)),
    ...failed.map(({ path, found: { bytes } }) => `file ${path} ${bytes === null ? '' : computeSha256(bytes)}`.trim()),
  ];
  const value: SettingValue =
    failed.length === 0
      ? toSetValue(files.flatMap(({ items }) => items))
      : {
          kind: 'unresolved',
          meaning: meanings.sort().join('\n'),
          shown: files.map(({ path }) => path).join(', '),
          reason: reasons.join(' '),
        };
  return {
    settings: [...files.flatMap(({ found }) => findKeys(found)), { id: row.id, value, at }],
    lints: files.flatMap(({ lints }) => lints),
  };
}
