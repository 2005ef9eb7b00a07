/** The keys of django-healthvault and pyhealthvault settings, and what each means (domain 3.6). */

/** What a key's value is. */
export type DjangoKind =
  | 'application-id'
  | 'endpoint'
  | 'action-url'
  | 'thumbprint'
  | 'public-key'
  | 'private-key'
  | 'page'
  | 'runtime';

export interface DjangoKey {
  readonly kind: DjangoKind;
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
  HEALTHVAULT_PRIVATE_KEY: { kind: 'private-key', setting: 'secret' },
  APP_PRIVATE_KEY: { kind: 'private-key', setting: 'secret' },
};

/** Defaults of django-healthvault, which hold when the file is its (it has a `HEALTHVAULT_` key). */
export const DJANGO_DEFAULTS: Readonly<Record<string, string>> = {
  'client.action-targets.healthvault_authorize_redirect': '/',
  'client.action-targets.healthvault_deauthorize_redirect': '/',
  'client.action-targets.healthvault_denied_redirect': '/',
  'client.runtime.HEALTHVAULT_ERROR_TEMPLATE': 'healthvaultapp/error.html',
};

/** What a key means, or null for a key of somebody else. */
export function djangoKey(key: string): DjangoKey | null {
  if (Object.hasOwn(KNOWN, key)) return KNOWN[key] ?? null;
  if (!/^(?:HEALTHVAULT|HV)_[A-Z0-9_]+$/.test(key)) return null;
  if (/PASSWORD|PASSWD|PASSPHRASE|SECRET|PRIVATE_KEY/.test(key)) return { kind: 'private-key', setting: 'secret' };
  if (/_REDIRECT$/.test(key)) return { kind: 'page', setting: `client.action-targets.${key.toLowerCase()}` };
  return { kind: 'runtime', setting: `client.runtime.${key}` };
}

/** Whether a key by itself shows that a file is HealthVault's: `HV_` alone may be anybody's. */
export function marksHealthVault(key: string): boolean {
  return Object.hasOwn(KNOWN, key) || /^HEALTHVAULT_[A-Z0-9_]+$/.test(key);
}
