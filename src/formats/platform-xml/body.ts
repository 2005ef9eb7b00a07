/** Finds the bodies of registered configuration in an XML tree, by namespace if there is one, otherwise by local names. */
import { parseGuid } from '../../model/guid.ts';
import {
  collapseSpace,
  findAttribute,
  findChild,
  listChildrenNamed,
  readLanguage,
  type XmlElement,
} from '../../syntax/xml.ts';
import { isBuildPlaceholder } from '../client/application-id.ts';
import { hidePrivateKeys } from '../secrets/key-text.ts';
import { PLATFORM_ELEMENTS } from './elements.ts';
import { separateForeign } from './shape.ts';

/** `add`, `update`, `soda` are request bodies, `dump` is GetApplicationInfo's answer, `rules` an auth element on its own. */
export type BodyKind = 'add' | 'update' | 'soda' | 'dump' | 'rules';

export interface Body {
  readonly kind: BodyKind;
  readonly element: XmlElement;
  /** The version of the method that its envelope names. */
  readonly version: XmlElement | null;
}

const BY_METHOD: Readonly<Record<string, BodyKind>> = {
  AddApplication: 'add',
  UpdateApplication: 'update',
  AddSodaApplication: 'soda',
  GetApplicationInfo: 'dump',
};

/** Elements that many other kinds of files have too, so they prove nothing. */
const COMMON = new Set(
  'id name description methods organizations app-type domain-name created-date updated-date'.split(' '),
);

/** Elements that prove nothing if the element around them is not the platform's either. */
const AMBIGUOUS = new Set([...COMMON, 'parent-id', 'is-published']);

/** A root without an application's id must contain one of these. */
const ALONE = new Set(['action-url', 'auth-reason', 'public-keys']);

const HAS_GUID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/i;

const AUTH = /^person-(?:online|offline)-base-auth(?:-xml)?$/;
const ONLY_IN_DUMPS = /-base-auth-xml$|^client-service-token$|^master-app-|^(?:created|updated)-date$/;

/** A method of the platform, and the element with its version. */
interface Request {
  readonly method: string;
  readonly version: XmlElement | null;
}

/** Facts from outside of an element. */
interface Surroundings {
  /** The request of the nearest envelope. */
  readonly request: Request | null;
  /** Whether the parent is the answer of GetApplicationInfo. */
  readonly isAnswered: boolean;
}

/** All bodies in a document, in order, at any depth of envelopes. None if the file is not a registered configuration. */
export function findBodies(root: XmlElement): readonly Body[] {
  const found: Body[] = [];
  const search = (element: XmlElement, outer: Surroundings): void => {
    const request = readRequest(element) ?? outer.request;
    const method = request?.method ?? null;
    const namespace = element.namespace ?? '';
    const kind = classifyElement(element, { namespace, method, isAnswered: outer.isAnswered });
    if (kind !== null) {
      found.push({ kind, element: separateForeign(element), version: request?.version ?? null });
      return;
    }
    const isAnswered = element.local === 'info' && findNamedKind(namespace, method) === 'dump';
    for (const next of element.children) search(next, { request, isAnswered });
  };
  search(root, { request: null, isAnswered: false });
  return found;
}

/** The method that an envelope around an `info` names, and its version, in its header or beside the `info`. */
function readRequest(element: XmlElement): Request | null {
  if (findChild(element, 'info') === null) return null;
  const header = findChild(element, 'header') ?? element;
  const method = findChild(header, 'method')?.text.trim();
  return method === undefined ? null : { method, version: findChild(header, 'method-version') };
}

interface Context {
  readonly namespace: string;
  readonly method: string | null;
  readonly isAnswered: boolean;
}

function classifyElement(element: XmlElement, context: Context): BodyKind | null {
  const { local, children } = element;
  if (AUTH.test(local)) return findChild(element, 'auth') === null ? null : 'rules';
  if (local === 'info') return classifyInfo(element, context);
  if (local === 'application' && (context.isAnswered || children.some((entry) => isDistinctive(entry)))) return 'dump';
  // A root may have any name. No other files have auth elements, or an application's id beside the other elements.
  const named = findNamedKind(context.namespace, null);
  if (named !== null && named !== 'dump' && children.some(isKnown)) return named;
  if (!children.some((entry) => AUTH.test(entry.local)) && !isApplication(element)) return null;
  if (children.some((entry) => ONLY_IN_DUMPS.test(entry.local))) return 'dump';
  return findChild(element, 'id') === null ? 'add' : 'update';
}

/** Whether a root of any name has several platform elements, with an application's id or with distinctive ones. */
function isApplication({ children }: XmlElement): boolean {
  const id = children.find(({ local }) => local === 'id')?.text;
  const known = children.filter(isKnown).length;
  const distinctive = children.filter((entry) => isDistinctive(entry, AMBIGUOUS) && hasKnownChildren(entry));
  if (id !== undefined) return distinctive.length > 0 && (HAS_GUID.test(id) || isBuildPlaceholder(id));
  return known > 2 && distinctive.length > 1 && distinctive.some(({ local }) => ALONE.has(local));
}

/** Whether an element has the content of the platform's element with that name. */
function hasKnownChildren({ local, children }: XmlElement): boolean {
  const inner = PLATFORM_ELEMENTS[local]?.shape.children;
  return inner === undefined || (children.length > 0 && children.every((entry) => Object.hasOwn(inner, entry.local)));
}

function isKnown({ local }: XmlElement): boolean {
  return Object.hasOwn(PLATFORM_ELEMENTS, local);
}

function isDistinctive(element: XmlElement, common: ReadonlySet<string> = COMMON): boolean {
  return isKnown(element) && !common.has(element.local);
}

function classifyInfo(info: XmlElement, { namespace, method }: Context): BodyKind | null {
  const kind = findNamedKind(namespace, method);
  const application = findChild(info, 'application');
  if (kind === 'dump' || (application !== null && kind === null)) return null; // its application is the body
  if (kind !== null) return kind;
  // A message of another method, regardless of its elements' names.
  if (namespace.startsWith('urn:com.microsoft.wc.methods.') || method !== null) return null;
  if (findChild(info, 'soda-app-config') !== null || findChild(info, 'soda-app-config-with-token') !== null)
    return 'soda';
  const id = findChild(info, 'id');
  const certain = info.children.some((entry) => isDistinctive(entry));
  const known = info.children.length > 1 && info.children.every(isKnown);
  if (!certain && !(known && id !== null && parseGuid(id.text) !== null)) return null;
  return id === null ? 'add' : 'update';
}

/** The kind by the namespace, otherwise by the method of the envelope. */
function findNamedKind(namespace: string, method: string | null): BodyKind | null {
  const named = /(?:^|[.:])(\w*?[A-Za-z_])\d*$/.exec(namespace)?.[1] ?? null;
  return findMethodKind(named) ?? findMethodKind(method);
}

function findMethodKind(name: string | null): BodyKind | null {
  return name !== null && Object.hasOwn(BY_METHOD, name) ? (BY_METHOD[name] ?? null) : null;
}

/** The name of a body within its file: the application's id, else its name, else its element. */
export function nameBody({ element }: Body): string {
  const id = findChild(element, 'id')?.text ?? findAttribute(element, 'id')?.value ?? '';
  const named = listChildrenNamed(element, 'name').find((name) => readLanguage(name) === '')?.text ?? '';
  const name = hidePrivateKeys(collapseSpace(named)).slice(0, LONGEST_NAME);
  return parseGuid(id) ?? (name === '' ? element.local : name);
}

/** Most characters of an application's name that distinguish it. */
const LONGEST_NAME = 80;
