/** Finds the bodies of registered configuration in an XML tree: by namespace where there is one, else by local names. */
import { parseGuid } from '../model/guid.ts';
import { attribute, child, type XmlElement } from '../syntax/xml.ts';
import { PLATFORM_ELEMENTS } from './platform-elements.ts';

/** `add`, `update`, `soda`: request bodies; `dump`: GetApplicationInfo's answer; `rules`: an auth element on its own. */
export type BodyKind = 'add' | 'update' | 'soda' | 'dump' | 'rules';

export interface Body {
  readonly kind: BodyKind;
  readonly element: XmlElement;
}

/** Envelope, body, application: nothing of ours stands deeper. */
const SEARCH_DEPTH = 3;

const BY_METHOD: Readonly<Record<string, BodyKind>> = {
  AddApplication: 'add',
  UpdateApplication: 'update',
  AddSodaApplication: 'soda',
  GetApplicationInfo: 'dump',
};

/** Elements that no other kind of file has. `name`, `description`, `id`, `methods` and the like prove nothing. */
const DISTINCTIVE: ReadonlySet<string> = new Set(
  Object.keys(PLATFORM_ELEMENTS).filter(
    (name) =>
      ![
        'id',
        'name',
        'description',
        'methods',
        'organizations',
        'app-type',
        'domain-name',
        'created-date',
        'updated-date',
      ].includes(name),
  ),
);

const AUTH = /^person-(?:online|offline)-base-auth(?:-xml)?$/;

/** All bodies of a document, in order; none when the file is no registered configuration. */
export function bodiesOf(root: XmlElement): readonly Body[] {
  const found: Body[] = [];
  const method = child(child(root, 'header') ?? root, 'method')?.text.trim() ?? null;
  const search = (element: XmlElement, namespaces: ReadonlyMap<string, string>, depth: number): void => {
    const inner = namespacesIn(element, namespaces);
    const kind = kindOf(element, inner.get(element.prefix) ?? '', method);
    if (kind !== null) found.push({ kind, element });
    else if (depth < SEARCH_DEPTH) for (const next of element.children) search(next, inner, depth + 1);
  };
  search(root, new Map(), 1);
  return found;
}

function namespacesIn(element: XmlElement, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const declared = element.attributes.filter(({ name, prefix }) => name === 'xmlns' || prefix === 'xmlns');
  if (declared.length === 0) return outer;
  return new Map([
    ...outer,
    ...declared.map(({ name, local, value }) => [name === 'xmlns' ? '' : local, value] as const),
  ]);
}

function kindOf(element: XmlElement, namespace: string, method: string | null): BodyKind | null {
  const { local, children } = element;
  if (AUTH.test(local)) return child(element, 'auth') === null ? null : 'rules';
  if (local === 'info') return kindOfInfo(element, namespace, method);
  if (local === 'application' && children.some((entry) => DISTINCTIVE.has(entry.local))) return 'dump';
  // Teams name their files' roots as they like; nothing else has auth elements.
  if (!children.some((entry) => AUTH.test(entry.local))) return null;
  if (children.some((entry) => entry.local.endsWith('-base-auth-xml'))) return 'dump';
  return child(element, 'id') === null ? 'add' : 'update';
}

function kindOfInfo(info: XmlElement, namespace: string, method: string | null): BodyKind | null {
  const named = /(?:^|[.:])(\w+?)\d*$/.exec(namespace)?.[1] ?? null;
  const kind = kindOfMethod(named) ?? kindOfMethod(method);
  const application = child(info, 'application');
  if (kind === 'dump' || (application !== null && kind === null)) return null; // its application is the body
  if (kind !== null) return kind;
  // Another method's message, whatever its elements are called.
  if (namespace.startsWith('urn:com.microsoft.wc.methods.') || method !== null) return null;
  if (child(info, 'soda-app-config') !== null || child(info, 'soda-app-config-with-token') !== null) return 'soda';
  const id = child(info, 'id');
  const known =
    info.children.length > 0 && info.children.every((entry) => Object.hasOwn(PLATFORM_ELEMENTS, entry.local));
  const certain = info.children.some((entry) => DISTINCTIVE.has(entry.local));
  if (!certain && !(known && id !== null && parseGuid(id.text) !== null && info.children.length > 1)) return null;
  return id === null ? 'add' : 'update';
}

function kindOfMethod(name: string | null): BodyKind | null {
  return name !== null && Object.hasOwn(BY_METHOD, name) ? (BY_METHOD[name] ?? null) : null;
}

/** A name for one body among several of a file: its application id, else its rule channel, else its number. */
export function partOf(body: Body, index: number): string {
  const id = child(body.element, 'id')?.text.trim() ?? attribute(body.element, 'id')?.value ?? '';
  return parseGuid(id) ?? (body.kind === 'rules' ? body.element.local : `${body.element.local} ${index + 1}`);
}
