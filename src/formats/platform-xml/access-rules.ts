/** The platform's authorization rules (AuthXml of auth.xsd) as access rules. */
import { computeSha256 } from '../../model/digest.ts';
import type { AccessRule, AccessSet, DateRange, Lint, SettingValue } from '../../model/document.ts';
import { parseGuid } from '../../model/guid.ts';
import type { Place } from '../../model/source.ts';
import { Refusal } from '../../syntax/refusal.ts';
import {
  collapseSpace,
  findAttribute,
  findChild,
  listChildrenNamed,
  readLanguage,
  writeCanonicalXml,
  type XmlElement,
} from '../../syntax/xml.ts';
import { parseBoolean } from '../boolean.ts';
import { createPlatformLint } from '../registered/limits.ts';
import { parseCulture, parsePermissions, parsePlatformTime } from '../registered/values.ts';
import { messages, words } from './messages.ts';
import { type ElementShape, findUnexpected } from './shape.ts';

const SET: ElementShape = {
  occurs: 'often',
  children: {
    'date-range': { occurs: 'often', children: { 'date-min': {}, 'date-max': {} } },
    'type-id': { occurs: 'often' },
  },
};

const RULE: ElementShape = {
  occurs: 'often',
  attributes: ['is-incr', 'is-optional', 'name'],
  children: {
    reason: { attributes: ['xml:lang'], occurs: 'by-culture' },
    'display-flags': {},
    permission: { occurs: 'often' },
    'target-set': SET,
    'exception-set': SET,
  },
};

/** The content of an auth element of either channel. */
const AUTH_SHAPE: ElementShape = { children: { auth: { children: { rules: { children: { rule: RULE } } } } } };

/**
 * Reads an auth element. One unreadable value makes the whole list `unresolved`, because half a list would look like
 * removed access.
 */
export function readAccess(
  element: XmlElement,
  file: string,
): { readonly value: SettingValue; readonly lints: readonly Lint[] } {
  try {
    // The platform ignores foreign elements. They are reported next to the rules.
    const unexpected = findUnexpected(element, AUTH_SHAPE).find(({ isForeign }) => !isForeign);
    if (unexpected !== undefined) throw refuseItem(unexpected.what, unexpected.at);
    const rules = findChild(findChild(element, 'auth') ?? element, 'rules');
    const found = rules === null ? [] : listChildrenNamed(rules, 'rule');
    return {
      value: { kind: 'access', rules: found.map((rule) => readRule(rule, file)) },
      lints: found.flatMap((rule) => checkOptional(rule, file)),
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reason = error.message;
    const at: Place = { file, ...(error.problem.at ?? element.at) };
    return {
      value: {
        kind: 'unresolved',
        meaning: computeSha256(writeCanonicalXml(element)),
        shown: words.unreadableRules,
        reason,
      },
      lints: [createPlatformLint(messages.limitAccessValue({ reason }), 'XAUTH', at)],
    };
  }
}

function readRule(rule: XmlElement, file: string): AccessRule {
  // The documentation does not define incremental rules. A rule that is not incremental is the usual one.
  const incremental = findAttribute(rule, 'is-incr');
  if (incremental !== null && parseBoolean(incremental.value) !== false) {
    throw refuseItem(`${incremental.name}="…"`, incremental.at);
  }
  const permissions = listChildrenNamed(rule, 'permission');
  const known = parsePermissions(permissions.map(({ text }) => text.trim()));
  if (known === null) {
    const wrong = permissions.find(({ text }) => parsePermissions([text.trim()]) === null) ?? rule;
    throw refuseValue(messages.accessPermission, wrong);
  }
  const flags = findChild(rule, 'display-flags');
  if (flags !== null && !/^\+?\d{1,10}$/.test(flags.text.trim())) throw refuseValue(messages.accessDisplayFlags, flags);
  const reasons = listChildrenNamed(rule, 'reason').map((reason) => [
    parseCulture(readLanguage(reason)),
    collapseSpace(reason.text),
  ]);
  const targets = listChildrenNamed(rule, 'target-set');
  const exceptions = listChildrenNamed(rule, 'exception-set');
  const types = [...targets, ...exceptions].flatMap((set) => listChildrenNamed(set, 'type-id')).reverse(); // the first wins
  return {
    name: findAttribute(rule, 'name')?.value ?? null,
    requirement: readOptional(rule) === true ? 'optional' : 'required',
    permissions: known,
    targets: targets.map(readSet),
    exceptions: exceptions.map(readSet),
    reasons: Object.fromEntries(reasons),
    displayFlags: flags === null ? 0 : Number(flags.text),
    at: { file, ...rule.at },
    typePlaces: Object.fromEntries(types.map((type) => [readTypeId(type), { file, ...type.at }])),
  };
}

/** An absent value means required. So does null, which the SDK reads from a text that is not a boolean. */
function readOptional(rule: XmlElement): boolean | null {
  return parseBoolean(findAttribute(rule, 'is-optional')?.value ?? 'false');
}

function checkOptional(rule: XmlElement, file: string): readonly Lint[] {
  const written = findAttribute(rule, 'is-optional');
  if (written === null || readOptional(rule) !== null) return [];
  return [createPlatformLint(messages.limitBoolean({ what: 'is-optional' }), 'XAUTH', { file, ...written.valueAt })];
}

function readSet(set: XmlElement): AccessSet {
  const readBound = (range: XmlElement, name: string): string | null => {
    const element = findChild(range, name);
    const instant = element === null ? null : parsePlatformTime(element.text);
    if (element !== null && instant === null) throw refuseValue(messages.accessDate, element);
    return instant;
  };
  return {
    types: listChildrenNamed(set, 'type-id').map(readTypeId),
    dates: listChildrenNamed(set, 'date-range').map(
      (range): DateRange => ({ from: readBound(range, 'date-min'), to: readBound(range, 'date-max') }),
    ),
  };
}

function readTypeId(element: XmlElement): string {
  const id = parseGuid(element.text);
  if (id === null) throw refuseValue(messages.accessTypeId, element);
  return id;
}

function refuseItem(what: string, at: XmlElement['at']): Refusal {
  return new Refusal(messages.accessUnexpected({ what, line: at.line }), at);
}

type ValueMessage = 'accessPermission' | 'accessDisplayFlags' | 'accessTypeId' | 'accessDate';

function refuseValue(message: (typeof messages)[ValueMessage], { text, at }: XmlElement): Refusal {
  return new Refusal(message({ value: text.trim().slice(0, 60), line: at.line }), at);
}
