/** The platform's authorization rules (AuthXml of auth.xsd) as access rules. */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { AccessRule, AccessSet, DateRange, Lint, SettingValue } from '../../model/document.ts';
import { parseGuid } from '../../model/guid.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place, Position } from '../../model/source.ts';
import { attribute, child, childrenNamed, type XmlElement } from '../../syntax/xml.ts';
import { lint } from '../registered/limits.ts';
import { cultureOf, instantOf, permissionsOf } from '../registered/values.ts';
import { canonical, languageOf, type Shape, strangersIn } from './shape.ts';

const SET: Shape = {
  occurs: 'often',
  children: {
    'date-range': { occurs: 'often', children: { 'date-min': {}, 'date-max': {} } },
    'type-id': { occurs: 'often' },
  },
};

const RULE: Shape = {
  occurs: 'often',
  attributes: ['is-incr', 'is-optional', 'name'],
  children: {
    reason: { attributes: ['lang'], occurs: 'by-culture' },
    'display-flags': {},
    permission: { occurs: 'often' },
    'target-set': SET,
    'exception-set': SET,
  },
};

/** What may stand in an auth element of either channel. */
const AUTH_SHAPE: Shape = { children: { auth: { children: { rules: { children: { rule: RULE } } } } } };

/** A value that no rule can be made of; the whole list then cannot be judged. */
class Unreadable extends Error {
  readonly place: Place;
  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

/**
 * Reads an auth element. One value that cannot be read makes the whole list `unresolved`: half a list would look like
 * access taken away.
 */
export function readAccess(
  element: XmlElement,
  file: string,
  cryptography: Cryptography,
): { readonly value: SettingValue; readonly lints: readonly Lint[] } {
  const lints: Lint[] = [];
  try {
    const stranger = strangersIn(element, AUTH_SHAPE)[0];
    if (stranger !== undefined) {
      throw new Unreadable(accessStranger(stranger.what, stranger.at), { file, ...stranger.at });
    }
    const rules = child(child(element, 'auth') ?? element, 'rules');
    const read = (rules === null ? [] : childrenNamed(rules, 'rule')).map((rule) => readRule(rule, file, lints));
    return { value: { kind: 'access', rules: read }, lints };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const meaning = cryptography.sha256(new TextEncoder().encode(canonical(element)));
    const value = { kind: 'unresolved', meaning, shown: sentences['shown-rules'], reason: error.message } as const;
    return { value, lints: [lint('limit-access-value', 'refused', 'XAUTH', error.place, { reason: error.message })] };
  }
}

function readRule(rule: XmlElement, file: string, lints: Lint[]): AccessRule {
  const at: Place = { file, ...rule.at };
  // Nobody says what an incremental rule changes; one that is none is the usual rule.
  const incremental = attribute(rule, 'is-incr');
  if (incremental !== null && booleanOf(incremental.value) !== false) {
    throw new Unreadable(accessStranger(`${incremental.name}="…"`, incremental.at), { file, ...incremental.at });
  }
  const typePlaces = new Map<string, Place>();
  const permissions = childrenNamed(rule, 'permission');
  const known = permissionsOf(permissions.map(({ text }) => text.trim()));
  if (known === null) {
    const wrong = permissions.find(({ text }) => permissionsOf([text.trim()]) === null) ?? rule;
    throw unreadable('access-permission', wrong, file);
  }
  const flags = child(rule, 'display-flags');
  if (flags !== null && !/^\+?\d{1,10}$/.test(flags.text.trim())) throw unreadable('access-display-flags', flags, file);
  const reasons = childrenNamed(rule, 'reason').map((reason): [string, string] => [
    cultureOf(languageOf(reason)),
    reason.text.trim().replace(/\s+/g, ' '),
  ]);
  const sets = (name: string): AccessSet[] => childrenNamed(rule, name).map((set) => readSet(set, file, typePlaces));
  return {
    name: attribute(rule, 'name')?.value ?? null,
    requirement: isOptional(rule, file, lints) ? 'optional' : 'required',
    permissions: known,
    targets: sets('target-set'),
    exceptions: sets('exception-set'),
    reasons: Object.fromEntries(reasons),
    displayFlags: flags === null ? 0 : Number(flags.text),
    at,
    typePlaces: Object.fromEntries(typePlaces),
  };
}

/** As the SDK reads it: what is no boolean counts as false, that is required; absent means required. */
function isOptional(rule: XmlElement, file: string, lints: Lint[]): boolean {
  const written = attribute(rule, 'is-optional');
  if (written === null) return false;
  const flag = booleanOf(written.value);
  if (flag === null) {
    lints.push(lint('limit-boolean', 'refused', 'XAUTH', { file, ...written.valueAt }, { what: 'is-optional' }));
  }
  return flag ?? false;
}

function readSet(set: XmlElement, file: string, typePlaces: Map<string, Place>): AccessSet {
  const types = childrenNamed(set, 'type-id').map((element) => {
    const id = parseGuid(element.text);
    if (id === null) throw unreadable('access-type-id', element, file);
    if (!typePlaces.has(id)) typePlaces.set(id, { file, ...element.at });
    return id;
  });
  const dates = childrenNamed(set, 'date-range').map((range): DateRange => {
    const instant = (name: string): string | null => {
      const element = child(range, name);
      if (element === null) return null;
      const found = instantOf(element.text);
      if (found === null) throw unreadable('access-date', element, file);
      return found;
    };
    return { from: instant('date-min'), to: instant('date-max') };
  });
  return { types, dates };
}

function accessStranger(what: string, { line }: Position): string {
  return fill(sentences['access-stranger'], { what, line });
}

function unreadable(
  id: 'access-permission' | 'access-display-flags' | 'access-type-id' | 'access-date',
  element: XmlElement,
  file: string,
): Unreadable {
  const value = element.text.trim().slice(0, 60);
  return new Unreadable(fill(sentences[id], { value, line: element.at.line }), { file, ...element.at });
}

/** `xs:boolean`: `true`, `false`, `1`, `0`; null for anything else. */
export function booleanOf(text: string): boolean | null {
  const word = text.trim();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}
