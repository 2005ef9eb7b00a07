/**
 * The platform's published limits, checked over settings, so that every reader of a registered configuration warns
 * alike. `refused` only where the schemas or the documents say that the platform turns the request down.
 */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { AccessRule, DocumentRole, Lint, Setting } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Place } from '../../model/source.ts';
import { thingTypeName } from '../../model/thing-types.ts';
import type { LogoFacts } from './values.ts';

/** What the limits depend on besides the settings. */
export interface LimitedDocument {
  readonly role: DocumentRole;
  /** Whether what it leaves out is unchanged, so that nothing is missing. */
  readonly isPatch?: boolean;
  /** Where to point for something that is missing. */
  readonly at: Place;
  /** Logos whose bytes were at hand. */
  readonly logos: readonly LogoFacts[];
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

type LintId = Extract<keyof typeof sentences, `limit-${string}`>;

/** What the platform would refuse or advises against in these settings, in their order. */
export function platformLints(settings: readonly Setting[], document: LimitedDocument): readonly Lint[] {
  return [
    ...settings.flatMap(settingLints),
    ...document.logos.flatMap(logoLints),
    ...missingStatements(settings, document),
    ...unknownTypes(settings),
  ];
}

/** A lint with its sentence from the messages; for readers that know more than the settings say. */
export function lint(
  id: LintId,
  severity: Lint['severity'],
  source: string,
  at: Place,
  values: Readonly<Record<string, string | number>> = {},
): Lint {
  return { id, severity, message: fill(sentences[id], values), source, at };
}

function settingLints({ id, value, at }: Setting): Lint[] {
  if (value.kind === 'access') return value.rules.flatMap(ruleLints);
  if (value.kind === 'text') return textLints(id, value.shown, value.meaning, at);
  if (value.kind !== 'set') return [];
  const found: Lint[] = [];
  if (id === 'attributes') {
    if (value.items.length > ATTRIBUTE_LIMIT) {
      found.push(
        lint('limit-attributes', 'refused', 'XAPP', at, { limit: ATTRIBUTE_LIMIT, count: value.items.length }),
      );
    }
    const misspelled = value.items.find((item) => item.shown.toLowerCase() === 'hippa');
    if (misspelled !== undefined) found.push(lint('limit-hippa', 'advice', 'XAPP', misspelled.at));
  }
  if (id === 'meaningful-use-sources') {
    for (const item of value.items.filter(({ shown }) => shown.length > SOURCE_LIMIT)) {
      found.push(
        lint('limit-source-length', 'refused', 'XAPP', item.at, { limit: SOURCE_LIMIT, length: item.shown.length }),
      );
    }
  }
  if (id === 'ip-prefixes') {
    const length = value.items.map(({ shown }) => shown).join(',').length;
    if (length > PREFIXES_LIMIT)
      found.push(lint('limit-ip-prefixes', 'refused', 'XADD', at, { limit: PREFIXES_LIMIT, length }));
  }
  return found;
}

function textLints(id: string, text: string, meaning: string, at: Place): Lint[] {
  const length = text.length;
  if ((id === 'name' || id === 'domain-name' || id === 'organization') && length > NAME_LIMIT) {
    return [lint('limit-text-length', 'refused', 'XTYP', at, { setting: id, limit: NAME_LIMIT, length })];
  }
  if (id === 'description' && length > DESCRIPTION_ADVICE) {
    return [lint('limit-description', 'advice', 'ACC-info', at, { limit: DESCRIPTION_ADVICE, length })];
  }
  if (id === 'action-url' && !meaning.startsWith('https:')) return [lint('limit-action-url', 'advice', 'R42', at)];
  return [];
}

function ruleLints(rule: AccessRule): Lint[] {
  const found: Lint[] = [];
  const name = rule.name ?? sentences['shown-unnamed'];
  if (rule.name !== null && rule.name.length > RULE_NAME_LIMIT) {
    found.push(
      lint('limit-rule-name', 'refused', 'XAUTH', rule.at, { limit: RULE_NAME_LIMIT, length: rule.name.length }),
    );
  }
  const reasons = Object.values(rule.reasons);
  // The schema lets a rule go without; the configuration center does not.
  if (reasons.length === 0) found.push(lint('limit-reason-missing', 'advice', 'ACC-rules', rule.at, { name }));
  const longest = Math.max(0, ...reasons.map((reason) => reason.length));
  if (longest > REASON_LIMIT) {
    found.push(
      lint('limit-reason-length', 'refused', 'XAUTH', rule.at, { name, limit: REASON_LIMIT, length: longest }),
    );
  } else if (longest > REASON_ADVICE) {
    found.push(
      lint('limit-reason-long', 'advice', 'MSDN-rules', rule.at, { name, limit: REASON_ADVICE, length: longest }),
    );
  }
  if (rule.permissions.length === 0)
    found.push(lint('limit-permission-missing', 'refused', 'XAUTH', rule.at, { name }));
  if (rule.requirement === 'required' && rule.displayFlags !== 0) {
    found.push(lint('limit-display-flags', 'advice', 'XAUTH', rule.at, { name }));
  }
  return found;
}

function logoLints(logo: LogoFacts): Lint[] {
  const found: Lint[] = [];
  const length = 4 * Math.ceil(logo.bytes / 3);
  const limit = LOGO_LIMIT[logo.setting];
  if (length > limit)
    found.push(lint('limit-logo-length', 'refused', 'XAPP', logo.at, { setting: logo.setting, limit, length }));
  const { image } = logo;
  if (image !== null && (image.width > LOGO_WIDTH || image.height > LOGO_HEIGHT)) {
    const values = {
      setting: logo.setting,
      width: image.width,
      height: image.height,
      maxWidth: LOGO_WIDTH,
      maxHeight: LOGO_HEIGHT,
    };
    found.push(lint('limit-logo-size', 'advice', 'ACC-info', logo.at, values));
  }
  return found;
}

/**
 * Without an action URL both statements must be given (XADD: INVALID_XML). HIPAA and clinical-trial applications are
 * let off, SODA registrations have neither, a patch may leave all of it unchanged.
 */
function missingStatements(settings: readonly Setting[], { role, isPatch, at }: LimitedDocument): Lint[] {
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
  return [lint('limit-statements-missing', role === 'provisioning' ? 'refused' : 'advice', 'XADD', at)];
}

/** Once per type: types may be newer than the published list, so this is never more than advice. */
function unknownTypes(settings: readonly Setting[]): Lint[] {
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
    .filter(([type]) => thingTypeName(type) === null)
    .map(([type, at]) => lint('limit-type-unknown', 'advice', 'data types list, March 2018', at, { type }));
}
