/** Which program source is HealthVault's by what it names, and the constants in it that are secrets. */
import { sourceCode } from '../../src/formats/source-code.ts';
import { getOnlyDocument, readWith } from '../support/read-context.ts';

const read = (path: string, text: string) => readWith(sourceCode, path, text);

test.each([
  ['Main.java', 'settings.setIsMRA(true);'],
  ['Main.java', 'settings.setShellUrl(mShellUrl);'],
  ['Main.kt', 'settings.setIsMultiInstanceAware(true)'],
  ['Main.java', 'import com.microsoft.hsg.android.simplexml.HealthVaultApp;\nsettings.setServiceUrl(mServiceUrl);'],
  ['Main.java', 'import com.microsoft.hsg.Connection;\nsettings.setRestUrl(URL);'],
  ['Main.java', 'preferences.putBoolean("is-mra", true);'],
  ['Main.java', '// HealthVault\npreferences.putString("service-url", url);'],
  ['Main.kt', 'class HealthVaultSettings { val isMRA = true }'],
  ['App.swift', 'configuration.isMultiRecordApp = true'],
  ['App.cs', 'configuration.IsMultiRecordApp = true;'],
  ['App.cs', 'MultiInstanceAware = false,'],
  ['App.cs', 'var url = ConfigurationManager.AppSettings["HealthServiceUrl"];'],
  ['App.cs', 'Environment.GetEnvironmentVariable("HV_ApplicationId")'],
  ['App.cs', 'Set("HV_IsSignupCodeRequired", "true");'],
  ['App.cs', 'AppSettings["WCPage_ActionPrivacy"] = "/p";'],
  ['App.cs', 'using Microsoft.Health;\nvar id = AppSettings["ApplicationId"];'],
  ['Maker.cs', 'provisioner.AddApplication(info);'],
  ['Maker.ps1', '[Microsoft.Health.Tools.Provisioner]::AddApplication($info)'],
  ['Maker.cs', 'var request = new HealthServiceRequest(connection, "AddApplication", 2);'],
  ['Maker.py', 'ROOT = "urn:com.microsoft.wc.methods.UpdateApplication"'],
  ['conf.py', "APP_ACTION_URL = 'https://app.example/action'"],
  ['conf.py', "APP_THUMBPRINT = 'a1b2'"],
  ['conf.py', 'APP_PUBLIC_KEY = 0xb7b7'],
  ['conf.py', "class Live:\n    APP_PRIVATE_KEY = int('b7b7', 16)"],
  ['omniauth.rb', "provider :healthvault, 'x', platform_url: url"],
  ['omniauth.rb', 'provider(:healthvault)'],
  ['Net.php', "private $shell = 'https://account.healthvault-ppe.com/redirect.aspx';"],
  ['net.py', 'HOST = "platform.healthvault.co.uk"'],
  ['Net.swift', 'let rest = "https://data.microsofthealth.net"'],
  ['App.cs', 'HealthApplicationConfiguration.Current'],
  ['App.cs', 'HealthWebApplicationConfiguration.Current'],
  ['App.swift', 'configuration.restHealthVaultUrl = url'],
  ['App.cs', 'DefaultHealthVaultShellUrl = url'],
  ['live.rb', "HV_APPID = 'x'"],
  ['Main.java', 'get("is-multi-instance-aware")'],
  ['app.py', 'multi_instance_aware = True'],
  ['app.rb', 'is_multi_record_app = true'],
  ['Main.java', 'get("is-multi-record-app")'],
  ['Main.java', 'get("is-multirecordapp")'],
  ['App.cs', 'Get("HV_AppCertSubject")'],
  ['App.cs', 'Get("HV_ApplicationCertificateFilename")'],
  ['App.cs', 'Get("HV_ActionPrivacy")'],
  ['App.cs', 'Get("HV_IsMRA")'],
  ['App.cs', 'Get("WCPage_IsMRA")'],
  ['omniauth.rb', 'provider  ( :healthvault)'],
  ['omniauth.rb', 'provider\t:healthvault'],
  ['omniauth.rb', 'provider( :healthvault)'],
  ['conf.py', 'A = 1\n  APP_THUMBPRINT  =  x'],
  ['conf.py', '\tAPP_PRIVATE_KEY  =  int  (x)'],
  ['conf.py', 'APP_PUBLIC_KEY=0x1'],
  ['conf.py', 'APP_PUBLIC_KEY=int(x)'],
  ['shop.ps1.cs', 'MultiInstanceAware = true;'],
])('the file %s is claimed for %s', (path, text) => expect(read(path, text).kind).toBe('documents'));

test.each([
  ['Main.java', 'client.setServiceUrl(url); client.setRestUrl(url); put("service-url", url);'],
  ['Main.kt', 'val isMRA = study.modality == "MRA"'],
  ['App.cs', 'var id = AppSettings["ApplicationId"]; Umbraco.AddApplication("AddApplication");'],
  ['App.cs', 'directory.AddApplication(provisionerName);'],
  ['App.cs', '// see https://www.healthvault.com and https://evil-platform.healthvault.com.example/'],
  ['App.cs', 'var host = "my.platform.healthvault.com";'],
  ['App.cs', 'Log("HealthVault is gone.");'],
  ['github.py', 'APP_PRIVATE_KEY = os.environ["APP_PRIVATE_KEY"]'],
  ['github.rb', 'APP_THUMBPRINT = "a1b2"'],
  ['github.py.rb', 'APP_THUMBPRINT = "a1b2"'],
  ['github.py', 'MY_APP_THUMBPRINT = "a1b2"\nAPP_PRIVATE_KEY = intern(x)\nx = APP_ACTION_URL'],
  ['Main.java', 'get("is-multi", "aware-is-mra"); isMultiRecord(apps);'],
  ['App.cs', 'Get("HV_AppCert", "HV_Actions", "HV_Island", "WCPage_Actions");'],
  ['views.py', 'if settings.APP_ACTION_URL == url: pass'],
  ['Update-WebConfig.ps1', 'Set-Key "HealthServiceUrl" "https://platform.healthvault.com/platform"'],
])('the file %s is ignored for %s', (path, text) => expect(read(path, text)).toEqual({ kind: 'not-configuration' }));

test('only the fact that a file is program source is reported', () => {
  const found = getOnlyDocument(read('App.cs', 'MultiInstanceAware = false;  \r\n  Next();\n\n'));
  expect(found).toEqual({
    file: 'App.cs',
    part: null,
    format: 'source-code',
    role: 'source-code',
    completeness: 'complete',
    environment: 'unknown',
    settings: [],
    defaults: {},
    notExpressible: [],
    lints: [],
    // sha256 of the two lines, by sha256sum
    digest: '1d0883d29f365e621ac710cd5b1eb261a2e88e0c6b034eb24b36851d170549ac',
  });
});

const secretsIn = (path: string, text: string) =>
  getOnlyDocument(read(path, text)).settings.map(({ id, value, at }) => {
    expect(JSON.stringify(value)).not.toContain('hunter2');
    return `${id} ${at.line}:${at.column} ${value.kind === 'secret' ? value.what : value.kind}`;
  });

test.each<[string, string, string[]]>([
  ['conf.py', 'A = 1\nAPP_PRIVATE_KEY = 0x8f3a11', ['secret 2:19 private key of the application (APP_PRIVATE_KEY)']],
  [
    'conf.py',
    'HEALTHVAULT_PRIVATE_KEY=7700112233',
    ['secret 1:25 private key of the application (HEALTHVAULT_PRIVATE_KEY)'],
  ],
  ['live.rb', "HV_CERT_PASS = 'hunter2'", ['secret 1:16 secret in the setting HV_CERT_PASS']],
  ['live.rb', '  HV_CERT_PASS\t= "hunter2"\n  HV_APP_ID = \'x\'', ['secret 1:18 secret in the setting HV_CERT_PASS']],
  ['conf.py', "HEALTHVAULT_TOKEN = b'hunter2'", ['secret 1:22 secret in the setting HEALTHVAULT_TOKEN']],
  ['live.rb', "HV_CERT_PASS = ENV['HV_CERT_PASS']", []],
  ['Keys.java', 'String HEALTHVAULT_TOKEN = "HEALTHVAULT_TOKEN";', []],
  ['live.rb', "HV_CERT_PASS = '__PASSWORD__'\nMY_HV_CERT_PASS = 'hunter2'", []],
  ['live.rb', "HV_CERT_PASS = ''\nHV_CERT_FILE = 'cert.pem'", []],
  ['conf.py', 'HEALTHVAULT_PRIVATE_KEY = None or 0', []],
  ['conf.py', 'HEALTHVAULT_PRIVATE_KEY = 0x12\nHV_TOKEN = 1234', []],
])('the secrets in %s are found in %s', (path, text, expected) => expect(secretsIn(path, text)).toEqual(expected));

test('another secret in a constant is a change', () => {
  const meaning = (text: string) =>
    getOnlyDocument(read('live.rb', text)).settings.map(({ value }) => 'meaning' in value && value.meaning);
  expect(meaning("HV_CERT_PASS = 'one'")).toEqual(meaning('HV_CERT_PASS = "one"'));
  expect(meaning("HV_CERT_PASS = 'one'")).not.toEqual(meaning("HV_CERT_PASS = 'two'"));
});
