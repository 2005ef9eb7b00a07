/** The table of keys: both families lead to the same settings, in any case; what is not the SDK's is left alone. */
import { ACTION_TARGETS, DOTNET_DEFAULTS, findDotnetKey, listDotnetKeys } from '../../../src/formats/dotnet/keys.ts';

const PAIRS: readonly (readonly [setting: string, plain: string, standard: string])[] = [
  ['app-id', 'ApplicationId', 'HV_ApplicationId'],
  ['client.endpoints.shell', 'ShellUrl', 'HV_ShellUrl'],
  ['client.endpoints.platform', 'HealthServiceUrl', 'HV_HealthServiceUrl'],
  ['client.endpoints.rest', 'RestHealthServiceUrl', 'HV_RestHealthServiceUrl'],
  ['client.certificate', 'AppCertSubject', 'HV_AppCertSubject'],
  ['client.certificate', 'SignatureCertStoreLocation', 'HV_AppCertStore'],
  ['client.certificate', 'ApplicationCertificateFilename', 'HV_ApplicationCertificateFilename'],
  ['secret', 'ApplicationCertificatePassword', 'HV_ApplicationCertificatePassword'],
  ['secret', 'WCPage_CookieEncryptionKey', 'HV_CookieEncryptionKey'],
  ['client.multi-instance', 'MultiInstanceAware', 'HV_MultiInstanceAware'],
  ['client.multi-record', 'WCPage_IsMRA', 'HV_IsMRA'],
  ['client.signup-code', 'WCPage_IsSignupCodeRequired', 'HV_IsSignupCodeRequired'],
  ['client.supported-types', 'SupportedTypeVersions', 'HV_SupportedTypeVersions'],
  ['client.runtime.UseLegacyTypeVersionSupport', 'UseLegacyTypeVersionSupport', 'HV_UseLegacyTypeVersionSupport'],
  [
    'client.runtime.NonProductionActionUrlRedirectOverride',
    'NonProductionActionUrlRedirectOverride',
    'HV_NonProductionActionUrlRedirectOverride',
  ],
  ['client.runtime.AllowedRedirectSites', 'WCPage_AllowedRedirectSites', 'HV_AllowedRedirectSites'],
  ['client.runtime.CookieDomain', 'WCPage_CookieDomain', 'HV_CookieDomain'],
  ['client.runtime.CookiePath', 'WCPage_CookiePath', 'HV_CookiePath'],
  ['client.runtime.CookieTimeoutMinutes', 'WCPage_CookieTimeoutMinutes', 'HV_CookieTimeoutMinutes'],
  ['client.runtime.SSLForSecure', 'WCPage_SSLForSecure', 'HV_SSLForSecure'],
  ['client.runtime.UseAspSession', 'WCPage_UseAspSession', 'HV_UseAspSession'],
  ['client.runtime.DefaultRequestTimeout', 'DefaultRequestTimeout', 'HV_DefaultRequestTimeoutSeconds'],
  ['client.runtime.DefaultRequestTimeToLive', 'DefaultRequestTimeToLive', 'HV_DefaultRequestTimeToLiveSeconds'],
  [
    'client.runtime.RequestRetryOnInternal500Count',
    'RequestRetryOnInternal500Count',
    'HV_RequestRetryOnInternal500Count',
  ],
  [
    'client.runtime.RequestRetryOnInternal500SleepSeconds',
    'RequestRetryOnInternal500SleepSeconds',
    'HV_RequestRetryOnInternal500SleepSeconds',
  ],
  [
    'client.runtime.DefaultInlineBlobHashBlockSize',
    'DefaultInlineBlobHashBlockSize',
    'HV_DefaultInlineBlobHashBlockSize',
  ],
  ['client.runtime.MaxCookieTimeoutMinutes', 'WCPage_MaxCookieTimeoutMinutes', 'WCPage_MaxCookieTimeoutMintes'],
  ...ACTION_TARGETS.map(
    (target) => [`client.action-targets.${target}`, `WCPage_Action${target}`, `HV_Action${target}`] as const,
  ),
  ['client.action-targets.CreateRecordSuccess', 'WCPage_ActionCreateRecordSuccess', 'HV_ActionCREATERECORDSUCCESS'],
  ['client.action-targets.mine', 'WCPage_ActionMine', 'hv_ACTIONMINE'],
  ['client.runtime.newthing', 'WCPage_NewThing', 'HV_newthing'],
  ['secret', 'WCPage_NewPassword', 'HV_NewPassword'],
];

test.each(PAIRS)('%s has the keys %s and %s', (setting, plain, standard) => {
  for (const spelling of [plain, standard, plain.toUpperCase(), standard.toLowerCase(), ` ${plain} `]) {
    expect(findDotnetKey(spelling)).toMatchObject({ setting, name: findDotnetKey(plain)?.name });
  }
});

test.each([
  ['application-id', true, true, 'ApplicationId'],
  ['endpoint', true, true, 'HealthServiceUrl ShellUrl RestHealthServiceUrl'],
  ['types', true, true, 'SupportedTypeVersions'],
  ['boolean', true, true, 'MultiInstanceAware WCPage_IsMRA WCPage_IsSignupCodeRequired'],
  ['secret', true, true, 'ApplicationCertificatePassword WCPage_CookieEncryptionKey HV_Secret'],
  ['page', true, true, 'WCPage_ActionHome HV_ActionMine'],
  ['certificate-subject', true, false, 'AppCertSubject'],
  ['certificate-store', true, false, 'SignatureCertStoreLocation HV_AppCertStore'],
  ['certificate-file', true, false, 'ApplicationCertificateFilename'],
  ['boolean', true, false, 'UseLegacyTypeVersionSupport WCPage_UseAspSession WCPage_SSLForSecure'],
  ['number', true, false, 'WCPage_CookieTimeoutMinutes WCPage_MaxCookieTimeoutMintes'],
  ['number', true, false, 'HV_DefaultRequestTimeoutSeconds HV_DefaultRequestTimeToLiveSeconds'],
  ['hosts', true, false, 'WCPage_AllowedRedirectSites'],
  ['text', true, false, 'NonProductionActionUrlRedirectOverride WCPage_CookieDomain WCPage_CookiePath'],
  ['unlisted', true, false, 'HV_New HVApplicationId HealthVault:ApplicationId HealthVault.AppId hvappid MasterAppId'],
  ['boolean', false, false, 'ConnectionUseHttpKeepAlive'],
  ['number', false, false, 'DataGrid_ItemsPerPage DefaultRequestTimeout DefaultRequestTimeToLive'],
  ['number', false, false, 'RequestRetryOnInternal500Count RequestRetryOnInternal500SleepSeconds'],
  ['number', false, false, 'RequestCompressionThreshold DefaultInlineBlobHashBlockSize'],
  ['number', false, false, 'ConnectionLeaseTimeout ConnectionMaxIdleTime'],
  ['number', false, false, 'ServiceInfoDefaultCacheTtlMilliseconds'],
  ['text', false, false, 'RequestCompressionMethod ResponseCompressionMethods SymmetricAlgorithmName'],
  ['text', false, false, 'HmacAlgorithmName HashAlgorithmName SignatureHashAlgorithmName'],
  ['text', false, false, 'SignatureAlgorithmName'],
])('%s, distinctive %s and reviewed %s, has %s', (kind, isDistinctive, isReviewed, names) => {
  for (const name of names.split(' ')) expect(findDotnetKey(name)).toMatchObject({ kind, isDistinctive, isReviewed });
});

test.each([
  ['HV_HV_OfflineAuthorizedPersonIDs', 'client.runtime.hv_offlineauthorizedpersonids'],
  ['HV_OfflineAuthorizedPersonIDsUrl', 'client.runtime.offlineauthorizedpersonidsurl'],
  ['HV_TransactionLog', 'client.runtime.transactionlog'],
  ['HV_aultRequestTimeout', 'client.runtime.aultrequesttimeout'],
  [`HV_${'x'.repeat(81)}`, `client.runtime.${'x'.repeat(80)}`],
])('%s only resembles a known key, or is too long for an id', (key, setting) => {
  expect(findDotnetKey(key)?.setting).toBe(setting);
});

test.each([' ApplicationId', 'Application\u00adId', 'HV_\u200bIsMRA', '\uff28\uff36_IsMRA', 'HV_Is MRA'])(
  '%j can be a key for .NET, which compares with the invariant culture',
  (key) => expect(findDotnetKey(key)).toMatchObject({ kind: 'lookalike', isDistinctive: true, isReviewed: true }),
);

test.each([
  'webpages:Version',
  'MyHV_Setting',
  'ClientValidationEnabled',
  'OfflineAuthorizedPersonIDs',
  'HV_OfflineAuthorizedPersonIDs',
  'SpewUnhandledExceptions',
  'IsMRA',
  'SSLForSecure',
  'HV_',
  'constructor',
  '',
])('%j is not a key of the SDK', (key) => {
  expect(findDotnetKey(key)).toBeNull();
});

test('names of other software are ignored without the prefix', () => {
  expect(findDotnetKey('HashAlgorithmName')?.isDistinctive).toBe(false);
  expect(findDotnetKey('HV_HashAlgorithmName')?.isDistinctive).toBe(true);
  expect(findDotnetKey('ShellUrl')?.isDistinctive).toBe(true);
});

test('defaults are those that the SDK documents', () => {
  expect(DOTNET_DEFAULTS).toEqual({
    'client.multi-instance': 'true',
    'client.multi-record': 'false',
    'client.signup-code': 'false',
    'client.runtime.UseLegacyTypeVersionSupport': 'false',
    'client.runtime.UseAspSession': 'false',
    'client.runtime.SSLForSecure': 'true',
    'client.runtime.CookieTimeoutMinutes': '20',
    'client.runtime.MaxCookieTimeoutMinutes': '129600',
    'client.runtime.DataGrid_ItemsPerPage': '20',
    'client.runtime.DefaultRequestTimeout': '30',
    'client.runtime.DefaultRequestTimeToLive': '1800',
    'client.runtime.RequestRetryOnInternal500Count': '2',
    'client.runtime.RequestRetryOnInternal500SleepSeconds': '1',
    'client.runtime.RequestCompressionThreshold': '1',
    'client.runtime.DefaultInlineBlobHashBlockSize': '2097152',
    'client.runtime.HmacAlgorithmName': 'HMACSHA256',
    'client.runtime.HashAlgorithmName': 'SHA256',
    'client.runtime.SignatureHashAlgorithmName': 'SHA1',
    'client.runtime.SignatureAlgorithmName': 'RSA-SHA1',
    'client.runtime.SymmetricAlgorithmName': 'AES256',
    'client.runtime.ConnectionUseHttpKeepAlive': 'true',
    'client.runtime.ConnectionLeaseTimeout': '300000',
    'client.runtime.ConnectionMaxIdleTime': '110000',
    'client.runtime.ServiceInfoDefaultCacheTtlMilliseconds': '86400000',
  });
});

test('the id of an unknown key contains only letters, digits, dots, dashes and underscores', () => {
  expect(findDotnetKey('HV_odd @key\n<b>')?.setting).toBe('client.runtime.odd-key-b-');
  expect(findDotnetKey('HV_Action@fr')?.setting).toBe('client.action-targets.-fr');
});

test.each([
  ['ShellUrl = https://account.healthvault.com', ['ShellUrl']],
  ['[hv]\nhv_applicationid: x', ['hv_applicationid']],
  ['HashAlgorithmName=SHA1', []],
  ['ApplicationIdentity and ShellUrls', []],
  ['', []],
])('a text that is not XML is searched in %j', (text, expected) => {
  expect(listDotnetKeys(text)).toEqual(expected);
});
