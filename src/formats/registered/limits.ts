/**
 * Checks settings against the platform's published limits, so that all readers of a registered configuration warn
 * alike. `refused` requires a schema or document that says that the platform rejects the request.
 */
import { readCertificate } from '../../model/digest.ts';
import type { AccessRule, DocumentRole, Lint, Setting } from '../../model/document.ts';
import type { Message } from '../../model/messages.ts';
import type { Place } from '../../model/source.ts';
import { findThingTypeName } from '../../model/thing-types.ts';
import { readImageHeader } from './image-header.ts';
import { messages, words } from './messages.ts';

/** Facts on which the limits depend, in addition to the settings. */
export interface LimitedDocument {
  readonly role: DocumentRole;
  /** True if settings that it leaves out stay unchanged, so none is missing. */
  readonly isPatch?: boolean;
  /** The place to show for a missing setting. */
  readonly at: Place;
}

/** Limits in characters, from the XSDs (XTYP, XAPP, XAUTH) and the ACC pages. */
const NAME_LIMIT = 255;
const DESCRIPTION_ADVICE = 200;
const REASON_ADVICE = 160;
const REASON_LIMIT = 1024;
const RULE_NAME_LIMIT = 16;
const ATTRIBUTE_LIMIT = 20;
const SOURCE_LIMIT = 300;
const PREFIXES_LIMIT = 255;
/** In base64 characters: 120 KB and 30 KB of bytes (XAPP). */
const LOGO_LIMIT = { 'logo.large': 163_840, 'logo.small': 40_960 } as const;
/** In pixels (ACC-info, XADD). */
const LOGO_WIDTH = 120;
const LOGO_HEIGHT = 60;
/** Shorter RSA keys are accepted, but advised against (ACC-certs). */
const ADVISED_KEY_BITS = 2048;

/** Finds values that the platform rejects or advises against. */
export function findPlatformLints(settings: readonly Setting[], document: LimitedDocument): readonly Lint[] {
  return [
    ...settings.flatMap(checkSetting),
    ...findMissingStatements(settings, document),
    ...findUnknownTypes(settings),
  ];
}

/** A value that the platform rejects. `source` is the document that says so. */
export function createPlatformLint(message: Message, source: string, at: Place): Lint {
  return { ...message, severity: 'refused', source, at };
}

/** A value that the platform advises against. */
export function createAdvice(message: Message, source: string, at: Place): Lint {
  return { ...message, severity: 'advice', source, at };
}

/** The bits of a certificate's key if they are fewer than advised, otherwise null. */
export function findShortKeyBits(der: Uint8Array): number | null {
  const facts = readCertificate(der);
  const bits = facts?.keyType === 'RSA' ? facts.keyBits : null;
  return bits !== null && bits < ADVISED_KEY_BITS ? bits : null;
}

/** Advice on the key of a registered certificate. */
export function checkKeySize(der: Uint8Array, at: Place): readonly Lint[] {
  const bits = findShortKeyBits(der);
  return bits === null ? [] : [createAdvice(messages.limitKeySize({ bits }), 'ACC-certs', at)];
}

/** Checks a logo's length in base64 and its size on the page. */
export function checkLogo(setting: keyof typeof LOGO_LIMIT, bytes: Uint8Array, at: Place): readonly Lint[] {
  const length = 4 * Math.ceil(bytes.length / 3);
  const limit = LOGO_LIMIT[setting];
  const image = readImageHeader(bytes);
  const isLarge = image !== null && (image.width > LOGO_WIDTH || image.height > LOGO_HEIGHT);
  const limits = { setting, maxWidth: LOGO_WIDTH, maxHeight: LOGO_HEIGHT };
  return [
    ...(length > limit ? [createPlatformLint(messages.limitLogoLength({ setting, limit, length }), 'XAPP', at)] : []),
    ...(isLarge ? [createAdvice(messages.limitLogoSize({ ...image, ...limits }), 'ACC-info', at)] : []),
  ];
}

function checkSetting({ id, value, at }: Setting): readonly Lint[] {
  if (value.kind === 'access') return value.rules.flatMap(checkRule);
  if (value.kind === 'text') return checkText(id, value.shown, value.meaning, at);
  if (value.kind !== 'set') return [];
  const { items } = value;
  if (id === 'attributes') {
    const count = items.length;
    const misspelled = items.find(({ shown }) => shown.toLowerCase() === 'hippa');
    return [
      ...(count > ATTRIBUTE_LIMIT
        ? [createPlatformLint(messages.limitAttributes({ limit: ATTRIBUTE_LIMIT, count }), 'XAPP', at)]
        : []),
      ...(misspelled === undefined ? [] : [createAdvice(messages.limitHippa(), 'XAPP', misspelled.at)]),
    ];
  }
  if (id === 'meaningful-use-sources') {
    const long = items.filter(({ shown }) => shown.length > SOURCE_LIMIT);
    return long.map((item) =>
      createPlatformLint(
        messages.limitSourceLength({ limit: SOURCE_LIMIT, length: item.shown.length }),
        'XAPP',
        item.at,
      ),
    );
  }
  const length = items.map(({ shown }) => shown).join(',').length;
  if (id !== 'ip-prefixes' || length <= PREFIXES_LIMIT) return [];
  return [createPlatformLint(messages.limitIpPrefixes({ limit: PREFIXES_LIMIT, length }), 'XADD', at)];
}

function checkText(id: string, text: string, meaning: string, at: Place): readonly Lint[] {
  const length = text.length;
  if ((id === 'name' || id === 'domain-name' || id === 'organization') && length > NAME_LIMIT) {
    return [createPlatformLint(messages.limitTextLength({ setting: id, limit: NAME_LIMIT, length }), 'XTYP', at)];
  }
  if (id === 'description' && length > DESCRIPTION_ADVICE) {
    return [createAdvice(messages.limitDescription({ limit: DESCRIPTION_ADVICE, length }), 'ACC-info', at)];
  }
  if (id === 'action-url' && !meaning.startsWith('https:')) return [createAdvice(messages.limitActionUrl(), 'R42', at)];
  return [];
}

function checkRule(rule: AccessRule): readonly Lint[] {
  const { at, name: written, reasons, permissions, requirement, displayFlags } = rule;
  const name = written ?? words.unnamed;
  const found: Lint[] = [];
  if (written !== null && written.length > RULE_NAME_LIMIT) {
    found.push(
      createPlatformLint(messages.limitRuleName({ limit: RULE_NAME_LIMIT, length: written.length }), 'XAUTH', at),
    );
  }
  const lengths = Object.values(reasons).map((reason) => reason.length);
  const length = Math.max(0, ...lengths);
  // The schema allows a rule without a reason. The configuration center does not.
  if (lengths.length === 0) found.push(createAdvice(messages.limitReasonMissing({ name }), 'ACC-rules', at));
  if (length > REASON_LIMIT) {
    found.push(createPlatformLint(messages.limitReasonLength({ name, limit: REASON_LIMIT, length }), 'XAUTH', at));
  } else if (length > REASON_ADVICE) {
    found.push(createAdvice(messages.limitReasonLong({ name, limit: REASON_ADVICE, length }), 'MSDN-rules', at));
  }
  if (permissions.length === 0) found.push(createPlatformLint(messages.limitPermissionMissing({ name }), 'XAUTH', at));
  if (requirement === 'required' && displayFlags !== 0) {
    found.push(createAdvice(messages.limitDisplayFlags({ name }), 'XAUTH', at));
  }
  return found;
}

/**
 * Without an action URL both statements must be given (XADD: INVALID_XML). HIPAA and clinical-trial applications are
 * exempt. SODA registrations have neither. A patch may leave all of it unchanged.
 */
function findMissingStatements(settings: readonly Setting[], { role, isPatch, at }: LimitedDocument): readonly Lint[] {
  if (isPatch) return [];
  const has = (id: string): boolean => settings.some((setting) => setting.id === id);
  if (has('action-url') || (has('privacy-statement') && has('terms-of-use'))) return [];
  const relaxed = settings.some(
    ({ id, value }) =>
      (id === 'app-type' && value.kind === 'text' && value.meaning === 'soda') ||
      (id === 'attributes' &&
        value.kind === 'set' &&
        value.items.some(({ meaning }) => /^hipaa$|clinical/.test(meaning))),
  );
  if (relaxed) return [];
  return [(role === 'provisioning' ? createPlatformLint : createAdvice)(messages.limitStatementsMissing(), 'XADD', at)];
}

/** Warns once per type. Types may be newer than the published list, so this is only advice. */
function findUnknownTypes(settings: readonly Setting[]): readonly Lint[] {
  const places = new Map<string, Place>();
  for (const { value } of settings) {
    if (value.kind !== 'access') continue;
    for (const rule of value.rules) {
      for (const set of [...rule.targets, ...rule.exceptions]) {
        for (const type of set.types) if (!places.has(type)) places.set(type, rule.typePlaces[type] ?? rule.at);
      }
    }
  }
  return [...places]
    .filter(([type]) => findThingTypeName(type) === null)
    .map(([type, at]) => createAdvice(messages.limitTypeUnknown({ type }), 'data types list, March 2018', at));
}
