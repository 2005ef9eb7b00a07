/** What a person should know of a .NET configuration that is no change: settings that do not do in production. */
import sentences from '../../../data/messages/formats-dotnet.json' with { type: 'json' };
import type { Environment, Lint } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Place } from '../../model/source.ts';
import { dotnetKey } from './keys.ts';
import { booleanOf, type KnownSetting } from './values.ts';
import { type PlacedElement, plainAttribute, prefixedAttribute } from './xdt/tree.ts';

/** Pages that every production application serves (R42), unless the platform keeps both statements. */
const STATEMENTS: readonly string[] = ['Privacy', 'ServiceAgreement'];

/** Advice on effective entries. */
export function lintsOf(entries: readonly KnownSetting[], environment: Environment): readonly Lint[] {
  const set = entries.filter(({ value }) => value.trim() !== '');
  const lints: Lint[] = [];
  for (const { key, value, known, at } of set) {
    if (known.name === 'NonProductionActionUrlRedirectOverride' && environment === 'production') {
      lints.push(advice('dotnet-redirect-override', { key }, 'AURL', at));
    }
    if (known.name === 'SSLForSecure' && booleanOf(value) === false && environment !== 'ppe') {
      lints.push(advice('dotnet-ssl-off', { key }, 'NETFX', at));
    }
    if (known.kind === 'endpoint' && /^\s*http:/i.test(value)) {
      lints.push(advice('dotnet-endpoint-not-https', { key }, 'INST', at));
    }
  }
  const targets = set.filter(({ known }) => known.kind === 'page');
  const missing = STATEMENTS.filter((name) => !targets.some(({ known }) => known.setting.endsWith(`.${name}`)));
  const [first] = targets;
  if (environment === 'production' && first !== undefined && missing.length > 0) {
    lints.push(advice('dotnet-statement-targets', { targets: missing.join(', ') }, 'R42', first.at));
  }
  return lints;
}

/** Advice on elements of a transform that found nothing to change: an easy way to ship the base's value to production. */
export function missLints(missed: readonly PlacedElement[], base: string): readonly Lint[] {
  return missed.flatMap((element) => {
    const key = plainAttribute(element, 'key');
    const transform = prefixedAttribute(element, 'Transform');
    if (key === null || transform === null || dotnetKey(key.value) === null) return [];
    // Removing what is not there does no harm.
    if (/\bRemove(?:All)?\b/.test(transform.value)) return [];
    return [advice('xdt-no-effect', { transform: transform.value, base, key: key.value }, 'XDT', transform.at)];
  });
}

type LintId =
  | 'dotnet-redirect-override'
  | 'dotnet-ssl-off'
  | 'dotnet-endpoint-not-https'
  | 'dotnet-statement-targets'
  | 'xdt-no-effect';

function advice(id: LintId, values: Readonly<Record<string, string>>, source: string, at: Place): Lint {
  return { id, severity: 'advice', message: fill(sentences[id], values), source, at };
}
