/**
 * The platform's own XML: AddApplication, UpdateApplication and AddSodaApplication bodies and GetApplicationInfo's
 * answer. They are recognized by their content, not by the file's name.
 */
import { computeSha256 } from '../../model/digest.ts';
import type { ConfigDocument, DocumentRole, ReadResult, Setting } from '../../model/document.ts';
import { sortByKey } from '../../model/lists.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { findChild, parseXml, type XmlElement } from '../../syntax/xml.ts';
import { completeDocument, withUniqueParts } from '../client/client-document.ts';
import type { Format } from '../format.ts';
import { createPlatformLint, findPlatformLints } from '../registered/limits.ts';
import type { RegisteredContent } from '../registered/settings.ts';
import { PLATFORM_DEFAULTS, toAppTypeValue } from '../registered/values.ts';
import { buildSecret, isSecretName } from '../secrets/secrets.ts';
import { type Body, type BodyKind, findBodies, nameBody } from './body.ts';
import { type ElementReader, PLATFORM_ELEMENTS, SODA_ELEMENTS } from './elements.ts';
import { messages, words } from './messages.ts';
import {
  createUnexpectedElement,
  type ElementShape,
  findForeign,
  findUnexpected,
  type UnexpectedItem,
} from './shape.ts';

const ID = 'platform-xml';

interface KindFacts {
  readonly role: DocumentRole;
  readonly completeness: 'complete' | 'patch';
  readonly notExpressible: readonly string[];
  /** Elements that the platform requires in the request (XADD, XUPD). */
  readonly required: readonly string[];
}

const CEILINGS = ['ceilings.methods', 'ceilings.vocabularies', 'ceilings.meaningful-use-sources'];

const KIND_FACTS: Readonly<Record<BodyKind, KindFacts>> = {
  add: {
    role: 'provisioning',
    completeness: 'complete',
    notExpressible: ['app-id', 'app-id.master', 'client-token', ...CEILINGS],
    required: ['name', 'public-keys', 'person-offline-base-auth', 'description', 'auth-reason', 'large-logo'],
  },
  update: { role: 'provisioning-patch', completeness: 'patch', notExpressible: [], required: ['id'] },
  soda: { role: 'registered', completeness: 'complete', notExpressible: [], required: ['name'] },
  dump: { role: 'registered', completeness: 'complete', notExpressible: ['public-keys'], required: [] },
  rules: { role: 'registered', completeness: 'patch', notExpressible: [], required: [] },
};

/** Registered configuration in the platform's own XML. */
export const platformXml: Format = {
  id: ID,
  matchesPath: (path) => /\.xml$/i.test(path),
  read(file: SourceFile): ReadResult {
    const decoded = decodeText(file.bytes, 'xml');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    const parsed = parseXml(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    const bodies = findBodies(parsed.root);
    if (bodies.length === 0) return { kind: 'not-configuration' };
    const documents = bodies.map((body) => readBody(body, bodies.length === 1 ? null : nameBody(body), file.path));
    return { kind: 'documents', documents: withUniqueParts(documents, (part, count) => `${part} ${count}`) };
  },
};

/** The first version of the provisioning methods, which takes no `<methods>` (XADD, XUPD). */
const WITHOUT_METHODS = '1';

function readBody({ kind, element, version }: Body, part: string | null, file: string): ConfigDocument {
  const { role, completeness, notExpressible, required } = KIND_FACTS[kind];
  const at = { file, ...element.at };
  const { content, readers } = findContent(kind, element);
  const { settings: read, lints, otherRequests } = readElements(content, readers, completeness, file);
  const takesMethods = !role.startsWith('provisioning') || version?.text.trim() !== WITHOUT_METHODS;
  const settings = read.filter(({ id }) => takesMethods || id !== 'methods');
  const isKnownVersion = version === null || /^[12]$/.test(version.text.trim());
  const unexpected = [
    ...findUnexpectedItems(kind, element, content, readers),
    ...otherRequests,
    ...(isKnownVersion ? [] : [createUnexpectedElement(version, `<${version.name}>`)]),
  ];
  const unsorted = [
    ...settings,
    ...(kind === 'soda' ? [{ id: 'app-type', value: toAppTypeValue('Soda'), at }] : []),
    ...buildUnexpectedSettings(unexpected, file),
  ];
  const all = sortByKey(unsorted, (setting) => [identifySetting(setting)]);
  const source = kind === 'update' ? 'XUPD' : 'XADD';
  const missing = required.filter((name) => findChild(content, name) === null);
  return completeDocument({
    file,
    part,
    format: ID,
    role,
    completeness,
    environment: 'none',
    settings: all,
    defaults: completeness === 'complete' ? PLATFORM_DEFAULTS : {},
    notExpressible,
    lints: [
      ...lints,
      ...missing.map((name) => createPlatformLint(messages.limitElementMissing({ element: name }), source, at)),
      ...findPlatformLints(all, { role, isPatch: completeness === 'patch', at }),
    ],
  });
}

/** The element with the settings as children. A SODA registration wraps them once more. A lone auth element is one itself. */
function findContent(
  kind: BodyKind,
  element: XmlElement,
): { content: XmlElement; readers: Readonly<Record<string, ElementReader>> } {
  if (kind === 'soda') {
    const content =
      findChild(element, 'soda-app-config') ?? findChild(element, 'soda-app-config-with-token') ?? element;
    return { content, readers: SODA_ELEMENTS };
  }
  if (kind === 'rules') return { content: { ...element, children: [element] }, readers: PLATFORM_ELEMENTS };
  return { content: element, readers: PLATFORM_ELEMENTS };
}

/** The content of all known elements, and the elements for a setting that another element has already set. */
function readElements(
  content: XmlElement,
  readers: Readonly<Record<string, ElementReader>>,
  completeness: 'complete' | 'patch',
  file: string,
): RegisteredContent & { readonly otherRequests: readonly UnexpectedItem[] } {
  const found = content.children.flatMap((entry) => {
    const reader = Object.hasOwn(readers, entry.local) ? readers[entry.local] : undefined;
    return reader === undefined ? [] : [{ entry, ...reader.read(entry, file) }];
  });
  const settings: Setting[] = [];
  const otherRequests: UnexpectedItem[] = [];
  const buildingMethods = new Map<string, string>();
  for (const { entry, settings: read } of found) {
    for (const setting of read) {
      const method = setting.value.kind === 'secret' ? undefined : buildingMethods.get(identifySetting(setting));
      if (method !== undefined) {
        // A second element of the same name is found by its shape.
        if (method !== entry.local) otherRequests.push(createUnexpectedElement(entry, `<${entry.name}>`));
        continue;
      }
      if (setting.value.kind !== 'secret') buildingMethods.set(identifySetting(setting), entry.local);
      if (completeness === 'patch' || !isEmpty(setting)) settings.push(setting);
    }
  }
  return { settings, lints: found.flatMap(({ lints }) => lints), otherRequests: otherRequests };
}

/** An empty element in a complete document means the same as none. A ceiling and an application's id are never empty. */
function isEmpty({ value }: Setting): boolean {
  if (value.kind === 'set') return value.items.length === 0;
  return value.kind === 'text' && value.meaning === '';
}

function findUnexpectedItems(
  kind: BodyKind,
  element: XmlElement,
  content: XmlElement,
  readers: Readonly<Record<string, ElementReader>>,
): readonly UnexpectedItem[] {
  if (kind === 'rules') return findForeign(element); // the reader of the rules checks the rest
  const inner: ElementShape = {
    children: Object.fromEntries(Object.entries(readers).map(([name, { shape }]) => [name, shape])),
  };
  return findUnexpected(element, content === element ? inner : { children: { [content.local]: inner } });
}

/** All unexpected items of a body as one setting, so that an approval covers them together, and the secrets in them. */
function buildUnexpectedSettings(items: readonly UnexpectedItem[], file: string): readonly Setting[] {
  const [first] = items;
  if (first === undefined) return [];
  const named = items.slice(0, 5).map(({ what, at }) => words.inLine({ what, line: at.line }));
  const rest = items.length - named.length;
  const list = [...named, ...(rest > 0 ? [words.more({ count: rest })] : [])].join(', ');
  const meaning = computeSha256(
    items
      .map((item) => item.meaning)
      .sort()
      .join('\n'),
  );
  const { message: reason } = messages.documentUnexpected({ list });
  const unresolved = { kind: 'unresolved', meaning, shown: first.what, reason } as const;
  // The text of an element that is named like a password is a secret, regardless of its meaning to the platform.
  const secrets = items
    .flatMap(({ texts }) => texts)
    .filter(({ name }) => isSecretName(name))
    .flatMap(({ name, text, at }): readonly Setting[] => {
      const value = buildSecret(text, name);
      return value === null ? [] : [{ id: 'secret', value, at: { file, ...at } }];
    });
  return [{ id: 'document', value: unresolved, at: { file, ...first.at } }, ...secrets];
}

function identifySetting({ id, culture }: Setting): string {
  return `${id} ${culture ?? ''}`;
}
