/** Keys in the configuration of the HealthVault SDKs, and the settings that they set. */
import { findPropertyListKey } from './apple/property-list.ts';
import { findDjangoKey } from './django/keys.ts';
import { findClientSettingsKey } from './dotnet/client-settings.ts';
import { findDotnetKey } from './dotnet/keys.ts';
import { findJavaKey } from './java/hv-properties.ts';
import { findRailsKey } from './rails/healthvault-yml.ts';

/** The setting that a key of any SDK sets, or null for a key that no SDK's documentation names. */
export function findSdkKey(key: string): string | null {
  const [dotnet, django] = [findDotnetKey(key), findDjangoKey(key)];
  return (
    (dotnet === null || dotnet.kind === 'unlisted' ? null : dotnet.setting) ??
    (django === null || django.kind === 'unlisted' ? null : django.setting) ??
    findJavaKey(key) ??
    findRailsKey(key) ??
    findClientSettingsKey(key) ??
    findPropertyListKey(key)
  );
}
