/**
 * The keys of HealthVault's .NET SDKs in `appSettings`, each with its kind of value, its default and its setting. The
 * .NET Framework SDK has plain names, the .NET Standard SDK `HV_` names.
 */

import { hasHealthVaultName } from '../client/unlisted-key.ts';
import { isSecretName } from '../secrets/secrets.ts';

/**
 * The kind of a key's text. `page`: an action target's page. `hosts`: a list of host names. `unlisted`: a key under
 * HealthVault's name that no document lists. `lookalike`: a key that only .NET's comparison may equate with another.
 */
export type DotnetKeyKind =
  | 'application-id'
  | 'endpoint'
  | 'boolean'
  | 'number'
  | 'text'
  | 'types'
  | 'hosts'
  | 'page'
  | 'certificate-subject'
  | 'certificate-store'
  | 'certificate-file'
  | 'secret'
  | 'unlisted'
  | 'lookalike';

/** One setting as the SDKs know it. */
export interface DotnetKey {
  /** Setting id, or `secret` for secrets. */
  readonly setting: string;
  /** The name to show: the plain family's name without `WCPage_`. */
  readonly name: string;
  readonly kind: DotnetKeyKind;
  /** The normalized default of the SDK for an absent or empty key, or null. */
  readonly default: string | null;
  /** A change to it may need a review, so an unresolved value is unknown rather than deployment. */
  readonly isReviewed: boolean;
  /** False for names that other software uses too. They alone do not mark a file as HealthVault configuration. */
  readonly isDistinctive: boolean;
}

type Row = readonly [
  name: string,
  kind: DotnetKeyKind,
  setting: string,
  preset?: string | undefined,
  /** Spellings that differ from the name. */
  spellings?: readonly string[] | undefined,
];

const REVIEWED: readonly Row[] = [
  ['ApplicationId', 'application-id', 'app-id'],
  ['HealthServiceUrl', 'endpoint', 'client.endpoints.platform'],
  ['ShellUrl', 'endpoint', 'client.endpoints.shell'],
  ['RestHealthServiceUrl', 'endpoint', 'client.endpoints.rest'],
  ['MultiInstanceAware', 'boolean', 'client.multi-instance', 'true'],
  ['SupportedTypeVersions', 'types', 'client.supported-types'],
  ['IsMRA', 'boolean', 'client.multi-record', 'false', ['WCPage_IsMRA']],
  ['IsSignupCodeRequired', 'boolean', 'client.signup-code', 'false', ['WCPage_IsSignupCodeRequired']],
  ['ApplicationCertificatePassword', 'secret', 'secret'],
  ['CookieEncryptionKey', 'secret', 'secret', undefined, ['WCPage_CookieEncryptionKey']],
];

/** Settings for how the application runs, by names that only the SDK has. */
const RUNTIME: readonly Row[] = [
  ['AppCertSubject', 'certificate-subject', 'client.certificate'],
  [
    'SignatureCertStoreLocation',
    'certificate-store',
    'client.certificate',
    undefined,
    ['SignatureCertStoreLocation', 'HV_AppCertStore'],
  ],
  ['ApplicationCertificateFilename', 'certificate-file', 'client.certificate'],
  createRuntimeRow('UseLegacyTypeVersionSupport', 'boolean', 'false'),
  createRuntimeRow('NonProductionActionUrlRedirectOverride', 'text'),
  createRuntimeRow('AllowedRedirectSites', 'hosts', undefined, ['WCPage_AllowedRedirectSites']),
  createRuntimeRow('UseAspSession', 'boolean', 'false', ['WCPage_UseAspSession']),
  createRuntimeRow('SSLForSecure', 'boolean', 'true', ['WCPage_SSLForSecure']),
  createRuntimeRow('CookieDomain', 'text', undefined, ['WCPage_CookieDomain']),
  createRuntimeRow('CookiePath', 'text', undefined, ['WCPage_CookiePath']),
  createRuntimeRow('CookieTimeoutMinutes', 'number', '20', ['WCPage_CookieTimeoutMinutes']),
  // The SDK's own samples misspell it, and the SDK reads both.
  createRuntimeRow('MaxCookieTimeoutMinutes', 'number', '129600', [
    'WCPage_MaxCookieTimeoutMinutes',
    'WCPage_MaxCookieTimeoutMintes',
  ]),
];
/** Settings for how the application runs, by common names. */
const COMMON_RUNTIME: readonly Row[] = [
  createRuntimeRow('DataGrid_ItemsPerPage', 'number', '20'),
  createRuntimeRow('DefaultRequestTimeout', 'number', '30', [
    'DefaultRequestTimeout',
    'HV_DefaultRequestTimeoutSeconds',
  ]),
  createRuntimeRow('DefaultRequestTimeToLive', 'number', '1800', [
    'DefaultRequestTimeToLive',
    'HV_DefaultRequestTimeToLiveSeconds',
  ]),
  createRuntimeRow('RequestRetryOnInternal500Count', 'number', '2'),
  createRuntimeRow('RequestRetryOnInternal500SleepSeconds', 'number', '1'),
  createRuntimeRow('RequestCompressionThreshold', 'number', '1'),
  createRuntimeRow('RequestCompressionMethod', 'text'),
  createRuntimeRow('ResponseCompressionMethods', 'text'),
  createRuntimeRow('DefaultInlineBlobHashBlockSize', 'number', String(2 * 1024 * 1024)),
  createRuntimeRow('HmacAlgorithmName', 'text', 'HMACSHA256'),
  createRuntimeRow('HashAlgorithmName', 'text', 'SHA256'),
  createRuntimeRow('SignatureHashAlgorithmName', 'text', 'SHA1'),
  createRuntimeRow('SignatureAlgorithmName', 'text', 'RSA-SHA1'),
  createRuntimeRow('SymmetricAlgorithmName', 'text', 'AES256'),
  createRuntimeRow('ConnectionUseHttpKeepAlive', 'boolean', 'true'),
  createRuntimeRow('ConnectionLeaseTimeout', 'number', '300000'),
  createRuntimeRow('ConnectionMaxIdleTime', 'number', '110000'),
  createRuntimeRow('ServiceInfoDefaultCacheTtlMilliseconds', 'number', String(24 * 60 * 60 * 1000)),
];

/** Action targets that the SDK's redirect page knows, in their canonical spelling. */
export const ACTION_TARGETS: readonly string[] = [
  'Home',
  'ServiceAgreement',
  'Help',
  'AppAuthSuccess',
  'AppAuthFailure',
  'AppAuthReject',
  'AppAuthInvalidRecord',
  'CreateRecordFailure',
  'CreateRecordCanceled',
  'ReconcileComplete',
  'ReconcileFailure',
  'ReconcileCanceled',
  'SelectedRecordChanged',
  'SignOut',
  'ShareRecordSuccess',
  'ShareRecordFailed',
  'Privacy',
];

// The redirect page does not list the last one, but it lists its siblings.
const TARGETS = new Map([...ACTION_TARGETS, 'CreateRecordSuccess'].map((target) => [target.toLowerCase(), target]));
const KEYS = new Map<string, DotnetKey>();
for (const row of REVIEWED) addKey(row, { isReviewed: true, isDistinctive: true });
for (const row of RUNTIME) addKey(row, { isReviewed: false, isDistinctive: true });
for (const row of COMMON_RUNTIME) addKey(row, { isReviewed: false, isDistinctive: false });

/** The SDK ignores this key of the sample. Its values are ids of persons. */
const IGNORED = /^(?:HV_|WCPage_)OfflineAuthorizedPersonIDs$/i;
const FAMILY = /^(?:HV|WCPage)[_.:-](.+)/is;
/** The application's id by the names of the client libraries, which no other software uses. */
const MASTER = /^master[-_.: ]?app(?:lication)?[-_.: ]?id$/i;
/** Longest part of a setting id that is taken from a file, in characters. */
const MAX_NAME = 80;

/**
 * The meaning of an `appSettings` key for HealthVault's SDKs, or null. .NET compares keys without regard to case. The
 * rules of the invariant culture ignore some invisible characters.
 */
export function findDotnetKey(key: string): DotnetKey | null {
  const plain = key.normalize('NFKC').replace(/[^!-~]/g, '');
  if (plain === key) return findPlainKey(key);
  const like = findPlainKey(plain);
  return like === null ? null : { ...like, kind: 'lookalike', isReviewed: true };
}

function findPlainKey(key: string): DotnetKey | null {
  const known = KEYS.get(key.toLowerCase());
  if (known !== undefined) return known;
  if (IGNORED.test(key)) return null;
  const own = FAMILY.exec(key)?.[1] ?? (hasHealthVaultName(key) || MASTER.test(key) ? key : null);
  if (own === null) return null;
  const target = /^(?:HV|WCPage)_action(.+)/is.exec(key)?.[1];
  if (target !== undefined) {
    const known = buildActionTarget(target);
    return isExactTarget(key) ? known : { ...known, kind: 'lookalike' };
  }
  const isSecret = isSecretName(own);
  // .NET ignores the case of a key, so an unknown key has no spelling to keep.
  const name = normalizeId(own);
  return {
    setting: isSecret ? 'secret' : `client.runtime.${name}`,
    name,
    kind: isSecret ? 'secret' : 'unlisted',
    default: null,
    isReviewed: isSecret,
    isDistinctive: true,
  };
}

/** Whether a key certainly belongs to HealthVault, because no other software uses its name. */
export function isDistinctiveKey(key: string): boolean {
  return findDotnetKey(key)?.isDistinctive === true;
}

/** The meaning of an absent setting: id -> normalized default. */
export const DOTNET_DEFAULTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...KEYS.values()].flatMap((key) => (key.default === null ? [] : [[key.setting, key.default] as const])),
);

/** HealthVault's own keys in the text of a locator or of a file that is not readable XML. */
export function listDotnetKeys(text: string): readonly string[] {
  const words = text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
  // The bare name also names the product, its hosts and its libraries.
  return words.filter((word) => isDistinctiveKey(word) && !/^health_?vault$/i.test(word));
}

function createRuntimeRow(name: string, kind: DotnetKeyKind, preset?: string, spellings?: readonly string[]): Row {
  return [name, kind, `client.runtime.${name}`, preset, spellings];
}

function addKey(row: Row, facts: Pick<DotnetKey, 'isReviewed' | 'isDistinctive'>): void {
  const [name, kind, setting, preset = null, spellings = [name]] = row;
  const key: DotnetKey = { setting, name, kind, default: preset, ...facts };
  for (const spelling of spellings) KEYS.set(spelling.toLowerCase(), key);
  // The .NET Standard SDK prefixes every name alike, and no other software uses that prefix.
  for (const spelling of [`HV_${name}`, ...spellings.filter((other) => other.startsWith('HV_'))]) {
    KEYS.set(spelling.toLowerCase(), { ...key, isDistinctive: true });
  }
}

/**
 * The .NET Standard SDK collects its pages by `key.StartsWith("HV_Action")` into a case-sensitive dictionary, unlike
 * `NameValueCollection`.
 */
function isExactTarget(key: string): boolean {
  const target = /^HV_Action(.+)/s.exec(key)?.[1];
  if (target === undefined) return !/^HV_/i.test(key);
  return (TARGETS.get(target.toLowerCase()) ?? target) === target;
}

function buildActionTarget(target: string): DotnetKey {
  const name = TARGETS.get(target.toLowerCase()) ?? normalizeId(target);
  const setting = `client.action-targets.${name}`;
  return { setting, name: `Action${name}`, kind: 'page', default: null, isReviewed: true, isDistinctive: true };
}

function normalizeId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, MAX_NAME);
}
