/**
 * The platform's own XML: AddApplication, UpdateApplication and AddSodaApplication bodies and GetApplicationInfo's
 * answer, known by their content whatever the file is called.
 */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { ConfigDocument, DocumentRole, ReadResult, Setting } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { child, parseXml, type XmlElement } from '../../syntax/xml.ts';
import type { Format, ReadContext } from '../format.ts';
import { lint, platformLints } from '../registered/limits.ts';
import { appTypeValue, PLATFORM_DEFAULTS } from '../registered/values.ts';
import { isSecretName, secretValue } from '../secrets/secrets.ts';
import { type Body, type BodyKind, bodiesOf, partsOf } from './body.ts';
import type { Gathering } from './element-values.ts';
import { type ElementReader, PLATFORM_ELEMENTS, SODA_ELEMENTS } from './elements.ts';
import { type Shape, type Stranger, strangerOf, strangersIn } from './shape.ts';

const ID = 'platform-xml';

interface Treatment {
  readonly role: DocumentRole;
  readonly completeness: 'complete' | 'patch';
  readonly silentOn: readonly string[];
  /** Elements without which the platform refuses the request (XADD, XUPD). */
  readonly required: readonly string[];
}

const CEILINGS = ['ceilings.methods', 'ceilings.vocabularies', 'ceilings.meaningful-use-sources'];

const TREATMENTS: Readonly<Record<BodyKind, Treatment>> = {
  add: {
    role: 'provisioning',
    completeness: 'complete',
    silentOn: ['app-id', 'app-id.master', 'client-token', ...CEILINGS],
    required: ['name', 'public-keys', 'person-offline-base-auth', 'description', 'auth-reason', 'large-logo'],
  },
  update: { role: 'provisioning-patch', completeness: 'patch', silentOn: [], required: ['id'] },
  soda: { role: 'registered', completeness: 'complete', silentOn: [], required: ['name'] },
  dump: { role: 'registered', completeness: 'complete', silentOn: ['public-keys'], required: [] },
  rules: { role: 'registered', completeness: 'patch', silentOn: [], required: [] },
};

/** Registered configuration in the platform's own XML. */
export const platformXml: Format = {
  id: ID,
  claims: (path) => /\.xml$/i.test(path),
  read(file: SourceFile, context: ReadContext): ReadResult {
    const decoded = decodeText(file.bytes, 'xml');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    const parsed = parseXml(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    const bodies = bodiesOf(parsed.root);
    if (bodies.length === 0) return { kind: 'not-configuration' };
    const parts = partsOf(bodies);
    const documents = bodies.map((body, index) =>
      readBody(body, bodies.length === 1 ? null : (parts[index] ?? null), file.path, context.cryptography),
    );
    return { kind: 'documents', documents };
  },
};

function readBody(
  { kind, element }: Body,
  part: string | null,
  file: string,
  cryptography: Cryptography,
): ConfigDocument {
  const { role, completeness, silentOn, required } = TREATMENTS[kind];
  const gathering: Gathering = { file, cryptography, lints: [], logos: [] };
  const at = { file, ...element.at };
  const { content, readers } = contentOf(kind, element);
  const { settings, rivals } = readElements(content, readers, completeness, gathering);
  if (kind === 'soda') settings.push({ id: 'app-type', value: appTypeValue('Soda'), at });
  const strangers = [...strangersOf(kind, element, content, readers), ...rivals];
  const unknown = strangerSetting(strangers, gathering);
  if (unknown !== null) settings.push(unknown, ...strangeSecrets(strangers, gathering));
  settings.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
  for (const name of required.filter((entry) => child(content, entry) === null)) {
    gathering.lints.push(
      lint('limit-element-missing', 'refused', kind === 'update' ? 'XUPD' : 'XADD', at, { element: name }),
    );
  }
  const limits = platformLints(settings, { role, isPatch: completeness === 'patch', at, logos: gathering.logos });
  return {
    file,
    part,
    format: ID,
    role,
    completeness,
    environment: 'none',
    settings,
    defaults: completeness === 'complete' ? PLATFORM_DEFAULTS : {},
    silentOn,
    lints: [...gathering.lints, ...limits],
    digest: null,
  };
}

/** The element whose children are the settings: a SODA registration wraps them once more, a lone auth element is one. */
function contentOf(
  kind: BodyKind,
  element: XmlElement,
): { content: XmlElement; readers: Readonly<Record<string, ElementReader>> } {
  if (kind === 'soda') {
    const content = child(element, 'soda-app-config') ?? child(element, 'soda-app-config-with-token') ?? element;
    return { content, readers: SODA_ELEMENTS };
  }
  if (kind === 'rules') return { content: { ...element, children: [element] }, readers: PLATFORM_ELEMENTS };
  return { content: element, readers: PLATFORM_ELEMENTS };
}

/** Settings of all known elements, and the elements that speak of a setting another one has made already. */
function readElements(
  content: XmlElement,
  readers: Readonly<Record<string, ElementReader>>,
  completeness: 'complete' | 'patch',
  gathering: Gathering,
): { readonly settings: Setting[]; readonly rivals: readonly Stranger[] } {
  const settings: Setting[] = [];
  const rivals: Stranger[] = [];
  const makers = new Map<string, string>();
  for (const entry of content.children) {
    const reader = Object.hasOwn(readers, entry.local) ? readers[entry.local] : undefined;
    for (const setting of reader?.read(entry, gathering) ?? []) {
      if (setting.value.kind === 'secret') {
        settings.push(setting);
        continue;
      }
      const key = keyOf(setting);
      const maker = makers.get(key);
      if (maker !== undefined) {
        // A second element of the same name is found by its shape.
        if (maker !== entry.local) rivals.push(strangerOf(entry, `<${entry.name}>`));
        continue;
      }
      makers.set(key, entry.local);
      if (completeness === 'patch' || !isEmpty(setting)) settings.push(setting);
    }
  }
  return { settings, rivals };
}

/** An empty element of a complete document says the same as none; a ceiling and an application's id are never empty. */
function isEmpty({ value }: Setting): boolean {
  if (value.kind === 'set') return value.items.length === 0;
  return value.kind === 'text' && value.meaning === '';
}

function strangersOf(
  kind: BodyKind,
  element: XmlElement,
  content: XmlElement,
  readers: Readonly<Record<string, ElementReader>>,
): readonly Stranger[] {
  if (kind === 'rules') return []; // whoever reads the rules judges what stands in them
  const inner: Shape = {
    children: Object.fromEntries(Object.entries(readers).map(([name, { shape }]) => [name, shape])),
  };
  return strangersIn(element, content === element ? inner : { children: { [content.local]: inner } });
}

/** All strangers of a body as one setting, so that an approval covers them together. */
function strangerSetting(strangers: readonly Stranger[], { file, cryptography }: Gathering): Setting | null {
  const first = strangers[0];
  if (first === undefined) return null;
  const meaning = strangers.map((stranger) => stranger.meaning).sort();
  const named = strangers.slice(0, 5).map(({ what, at }) => fill(sentences['shown-stranger'], { what, line: at.line }));
  const rest = strangers.length - named.length;
  if (rest > 0) named.push(fill(sentences['shown-more'], { count: rest }));
  const reason = fill(sentences['document-strangers'], { list: named.join(', ') });
  const digest = cryptography.sha256(new TextEncoder().encode(meaning.join('\n')));
  const value = { kind: 'unresolved', meaning: digest, shown: first.what, reason } as const;
  return { id: 'document', value, at: { file, ...first.at } };
}

/** What stands behind the name of a password is a secret, whatever the platform would make of it. */
function strangeSecrets(strangers: readonly Stranger[], { file, cryptography }: Gathering): readonly Setting[] {
  const texts = strangers.flatMap((stranger) => stranger.texts).filter(({ name }) => isSecretName(name));
  return texts.flatMap(({ name, text, at }): readonly Setting[] => {
    const value = secretValue(text, name, cryptography);
    return value === null ? [] : [{ id: 'secret', value, at: { file, ...at } }];
  });
}

function keyOf({ id, culture }: Setting): string {
  return `${id} ${culture ?? ''}`;
}
