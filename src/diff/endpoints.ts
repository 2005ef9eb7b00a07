/** The meaning of a change to an address: another installation or instance of HealthVault, or another host of the application. */
import type { Trait } from '../model/change.ts';
import type { SettingValue } from '../model/document.ts';
import { findHealthVaultHost, type HostPlace, parseHost } from '../model/environment.ts';

/**
 * Traits of a HealthVault endpoint's change, by the exact host names on both sides. `others` are the endpoints of
 * the whole document before: one that is new is compared with them.
 */
export function findEndpointTraits(
  before: SettingValue | null,
  after: SettingValue | null,
  others: readonly SettingValue[],
): readonly Trait[] {
  const was = findHostPlace(before);
  const is = findHostPlace(after);
  const traits: Trait[] = [];
  if (after !== null && is === null) traits.push('unknown-host');
  if (is?.environment === 'production') {
    const known = was === null ? others.map(findHostPlace).filter((place) => place !== null) : [was];
    // A former host that no document names may have been of any instance.
    const moved = known.length === 0 ? before !== null : known.every(({ instance }) => instance !== is.instance);
    if (moved) traits.push('instance-changed');
  }
  if (was !== null && is !== null && was.environment !== is.environment) traits.push('environment-changed');
  return traits;
}

/** The trait of an action URL's change. */
export function findActionUrlTraits(before: SettingValue | null, after: SettingValue | null): readonly Trait[] {
  const [was, is] = [findAddressHost(before), findAddressHost(after)];
  return was !== null && is !== null && was !== is ? ['host-changed'] : [];
}

function findHostPlace(value: SettingValue | null): HostPlace | null {
  const host = findAddressHost(value);
  return host === null ? null : findHealthVaultHost(host);
}

function findAddressHost(value: SettingValue | null): string | null {
  return value?.kind === 'text' ? parseHost(value.meaning) : null;
}
