/** Advice about a .NET configuration: settings that do not suit production, and steps of transforms without effect. */
import type { Environment, Lint } from '../../model/document.ts';
import type { Message } from '../../model/messages.ts';
import type { Place } from '../../model/source.ts';
import { findDotnetKey } from './keys.ts';
import { messages } from './messages.ts';
import { type KnownSetting, parseNetBoolean } from './values.ts';
import { findPlainAttribute, findPrefixedAttribute, type PlacedElement } from './xdt/tree.ts';

/** Pages that every production application serves (R42), unless the platform keeps both statements. */
const STATEMENTS: readonly string[] = ['Privacy', 'ServiceAgreement'];

/** Advice on effective entries. */
export function adviseOnSettings(entries: readonly KnownSetting[], environment: Environment): readonly Lint[] {
  const set = entries.filter(({ value }) => value.trim() !== '');
  const lints = set.flatMap(({ key, value, known, at }) => {
    if (known.name === 'NonProductionActionUrlRedirectOverride' && environment === 'production') {
      return [createAdvice(messages.redirectOverride({ key }), 'AURL', at)];
    }
    if (known.name === 'SSLForSecure' && parseNetBoolean(value) === false && environment !== 'ppe') {
      return [createAdvice(messages.sslOff({ key }), 'NETFX', at)];
    }
    const isUnencrypted = known.kind === 'endpoint' && /^\s*http:/i.test(value);
    return isUnencrypted ? [createAdvice(messages.endpointNotHttps({ key }), 'INST', at)] : [];
  });
  const targets = set.filter(({ known }) => known.kind === 'page');
  const missing = STATEMENTS.filter((name) => !targets.some(({ known }) => known.setting.endsWith(`.${name}`)));
  const [first] = targets;
  if (environment !== 'production' || first === undefined || missing.length === 0) return lints;
  return [...lints, createAdvice(messages.statementTargets({ targets: missing.join(', ') }), 'R42', first.at)];
}

/** Advice on transform elements that found nothing to change, because the base's value then reaches production. */
export function adviseOnMissedTargets(missed: readonly PlacedElement[], base: string): readonly Lint[] {
  return missed.flatMap((element) => {
    const key = findPlainAttribute(element, 'key');
    const transform = findPrefixedAttribute(element, 'Transform');
    if (key === null || transform === null || findDotnetKey(key.value) === null) return [];
    // Removing an entry that does not exist changes nothing.
    if (/\bRemove(?:All)?\b/.test(transform.value)) return [];
    const message = messages.xdtNoEffect({ transform: transform.value, base, key: key.value });
    return [createAdvice(message, 'XDT', transform.at)];
  });
}

function createAdvice({ id, message }: Message, source: string, at: Place): Lint {
  return { id, severity: 'advice', message, source, at };
}
