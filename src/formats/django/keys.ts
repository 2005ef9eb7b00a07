/** The keys of django-healthvault and pyhealthvault settings with their meanings. */

import { isSecretName } from '../secrets/secrets.ts';

/** The kind of a key's value. For `unlisted`, no document names the key. */
export type DjangoKind =
  | 'application-id'
  | 'endpoint'
  | 'action-url'
  | 'thumbprint'
  | 'public-key'
  | 'private-key'
  | 'text'
  | 'unlisted';

export interface DjangoKey {
  readonly kind: DjangoKind;
  /** For a private key or password, the setting that represents one from another place. */
  readonly setting: string;
}

const KNOWN: Readonly<Record<string, DjangoKey>> = {
  HEALTHVAULT_APP_ID: { kind: 'application-id', setting: 'app-id' },
  HV_APPID: { kind: 'application-id', setting: 'app-id' },
  SODA_MASTER_APPID: { kind: 'application-id', setting: 'app-id' },
  HEALTHVAULT_SERVER: { kind: 'endpoint', setting: 'client.endpoints.platform' },
  HV_SERVICE_SERVER: { kind: 'endpoint', setting: 'client.endpoints.platform' },
  HEALTHVAULT_SHELL_SERVER: { kind: 'endpoint', setting: 'client.endpoints.shell' },
  HV_SHELL_URL: { kind: 'endpoint', setting: 'client.endpoints.shell' },
  APP_ACTION_URL: { kind: 'action-url', setting: 'action-url' },
  HEALTHVAULT_THUMBPRINT: { kind: 'thumbprint', setting: 'certificate' },
  APP_THUMBPRINT: { kind: 'thumbprint', setting: 'certificate' },
  HEALTHVAULT_PUBLIC_KEY: { kind: 'public-key', setting: 'client.certificate' },
  APP_PUBLIC_KEY: { kind: 'public-key', setting: 'client.certificate' },
  HEALTHVAULT_PRIVATE_KEY: { kind: 'private-key', setting: 'document' },
  APP_PRIVATE_KEY: { kind: 'private-key', setting: 'document' },
  HEALTHVAULT_IN_DEVELOPMENT: { kind: 'text', setting: 'client.runtime.HEALTHVAULT_IN_DEVELOPMENT' },
  HEALTHVAULT_ERROR_TEMPLATE: { kind: 'text', setting: 'client.runtime.HEALTHVAULT_ERROR_TEMPLATE' },
};

/** Settings of the library as a whole in one dictionary, and keys of either library. */
const HEALTHVAULT_PREFIX = /^(?:HEALTHVAULT(?:_[A-Z0-9_]+)?|HV_[A-Z0-9_]+)$/;

/** Defaults of django-healthvault. They apply if the file has a `HEALTHVAULT_` key. */
export const DJANGO_DEFAULTS: Readonly<Record<string, string>> = {
  'client.action-targets.healthvault_authorize_redirect': '/',
  'client.action-targets.healthvault_deauthorize_redirect': '/',
  'client.action-targets.healthvault_denied_redirect': '/',
  'client.runtime.HEALTHVAULT_ERROR_TEMPLATE': 'healthvaultapp/error.html',
};

/** The meaning of a key, or null for a key of another product. */
export function findDjangoKey(key: string): DjangoKey | null {
  if (Object.hasOwn(KNOWN, key)) return KNOWN[key] ?? null;
  if (!HEALTHVAULT_PREFIX.test(key)) return null;
  const isSecret = isSecretName(key);
  if (!isSecret && /_REDIRECT$/.test(key))
    return { kind: 'text', setting: `client.action-targets.${key.toLowerCase()}` };
  return { kind: isSecret ? 'private-key' : 'unlisted', setting: 'document' };
}

/** Whether a key alone proves that a file is HealthVault's. The prefix `HV_` may belong to another product. */
export function marksHealthVault(key: string): boolean {
  return Object.hasOwn(KNOWN, key) || (HEALTHVAULT_PREFIX.test(key) && !key.startsWith('HV_'));
}
