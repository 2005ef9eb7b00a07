/** .NET configuration: which files are ours, what their keys mean, includes, transforms, secrets and advice. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of builds are what is tested.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dotnetConfig } from '../../../src/formats/dotnet/config.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';
import { expectSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readContext, serializeMeaning } from '../../support/read-context.ts';
import {
  APP_ID,
  add,
  config,
  documents,
  type Files,
  findUnresolved,
  LIVE,
  listParts,
  read,
  transform,
  XDT,
} from './dotnet-support.ts';

const PPE = add('ShellUrl', 'https://account.healthvault-ppe.com/');

/** The only document of a configuration with these entries. */
function documentWith(body: string): ConfigDocument {
  return getOnlyDocument(read('Web.config', { 'Web.config': config(body) }));
}

describe('a configuration file', () => {
  test.each([
    ['Web.config', true],
    ['src/My App/web.CONFIG', true],
    ['App.Config', true],
    ['bin/tool.exe.config', true],
    ['config/appSettings.xml', true],
    ['web.config.txt', false],
    ['config', false],
    ['appsettings.json', false],
  ])('is claimed for %s is %s', (path, expected) => {
    expect(dotnetConfig.matchesPath(path, readContext())).toBe(expected);
  });

  const decoys: readonly (readonly [name: string, path: string, text: string])[] = [
    ['packages.config', 'packages.config', '<packages><package id="Microsoft.Health" version="1.0"/></packages>'],
    [
      'nuget.config',
      'nuget.config',
      '<configuration><packageSources><add key="ApplicationId" value="x"/></packageSources></configuration>',
    ],
    ['Views/Web.config', 'Views/Web.config', config(add('webpages:Enabled', 'false'))],
    [
      'connection strings',
      'Web.config',
      '<configuration><connectionStrings><add key="ShellUrl" name="ShellUrl"/></connectionStrings></configuration>',
    ],
    [
      'user settings',
      'app.config',
      '<configuration><userSettings><X.Settings><setting name="ApplicationId"><value>1</value></setting></X.Settings></userSettings></configuration>',
    ],
    [
      'the key of the sample',
      'Web.config',
      config(add('OfflineAuthorizedPersonIDs', '1') + add('HV_OfflineAuthorizedPersonIDs', '1')),
    ],
    [
      'names that other software uses',
      'Web.config',
      config(add('HashAlgorithmName', 'SHA1') + add('DefaultRequestTimeout', '5')),
    ],
    ['settings in comments', 'Web.config', config(`<!-- ${add('ApplicationId', APP_ID)} -->`)],
    ['elements other than add', 'Web.config', config('<set key="ApplicationId" value="x"/>')],
    ['settings below another root', 'Web.config', '<settings><appSettings><x/></appSettings></settings>'],
    ['text that is not XML', 'git.config', '[core]\n  bare = false\n'],
    ['an empty file', 'Web.config', ''],
    ['another kind of XML', 'a.xml', `<info><add key="ApplicationId" value="${APP_ID}"/></info>`],
    ['broken XML with another name', 'a.xml', '<info>'],
    ['a transform of other content', 'Web.Debug.config', transform('<add key="x" xdt:Transform="Remove"/>')],
  ];
  test.each(decoys)('is ignored with %s', (_name, path, text) => {
    expect(read(path, { [path]: text })).toEqual({ kind: 'not-configuration' });
  });

  const broken: readonly (readonly [name: string, path: string, text: string | Uint8Array, id: string])[] = [
    ['XML without an end', 'Web.config', '<configuration><appSettings>', 'xml-not-well-formed'],
    ['two attributes with one name', 'Web.config', config('<add key="a" key="b"/>'), 'xml-not-well-formed'],
    [
      'entities',
      'Web.config',
      `<!DOCTYPE configuration [<!ENTITY id "${APP_ID}">]>${config(add('ApplicationId', '&id;'))}`,
      'xml-doctype-declarations',
    ],
    ['bytes that are not text', 'Web.config', new Uint8Array([0x3c, 0x61, 0xff, 0xfe, 0x3e]), 'text-invalid-bytes'],
    ['a text with a key that is not XML', 'Web.config', `HV_ApplicationId=${APP_ID}`, 'dotnet-not-xml'],
    ['a broken section with another name', 'app.xml', `<appSettings>${add('ShellUrl', 'x')}`, 'xml-not-well-formed'],
  ];
  test.each(broken)('is unreadable with %s', (_name, path, text, id) => {
    expect(read(path, { [path]: text })).toMatchObject({ kind: 'unreadable', problem: { id } });
  });

  test('with any bytes never causes an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, start) => {
        const content = start ? new Uint8Array([...new TextEncoder().encode('<configuration>'), ...bytes]) : bytes;
        expect(['unreadable', 'not-configuration']).toContain(read('Web.config', { 'Web.config': content }).kind);
      }),
      { seed: 11 },
    );
  });
});

describe('the meaning of keys', () => {
  const cases: readonly (readonly [name: string, body: string, expected: readonly string[]])[] = [
    ['application id', add('ApplicationId', `{${APP_ID.toUpperCase()}}`), [`app-id ${APP_ID}`]],
    ['application id of a sample', add('ApplicationId', 'your application ID here'), ['app-id placeholder']],
    ['application id of a build', add('HV_ApplicationId', '#{AppId}'), ['app-id ? #{AppId}']],
    [
      'endpoint without slash',
      add('HealthServiceUrl', 'https://Platform.healthvault.com/platform/wildcat.ashx'),
      ['client.endpoints.platform https://platform.healthvault.com/platform'],
    ],
    [
      'endpoint of a build',
      add('HV_ShellUrl', 'https://$(ShellHost)/'),
      ['client.endpoints.shell ? https://$(ShellHost)/'],
    ],
    [
      'endpoint of the environment',
      add('RestHealthServiceUrl', 'https://%REST_HOST%/'),
      ['client.endpoints.rest ? https://%REST_HOST%/'],
    ],
    [
      'a percent sign is not a placeholder',
      add('ShellUrl', 'https://h.example/%C3%A9'),
      ['client.endpoints.shell https://h.example/%C3%A9'],
    ],
    ['empty endpoint', add('ShellUrl', ' '), []],
    [
      'booleans',
      add('WCPage_IsMRA', 'True') + add('MultiInstanceAware', ' FALSE ') + add('HV_IsSignupCodeRequired', '1'),
      ['client.multi-instance false', 'client.multi-record true', 'client.signup-code ? 1'],
    ],
    ['a reviewed boolean that is none', add('HV_IsMRA', 'maybe'), ['client.multi-record ? maybe']],
    ['a boolean of the runtime that is none', add('HV_SSLForSecure', '${Ssl}'), ['client.runtime.SSLForSecure ${Ssl}']],
    ['numbers', add('WCPage_CookieTimeoutMinutes', '+020'), ['client.runtime.CookieTimeoutMinutes 20']],
    ['a number without a sign', add('HV_CookieTimeoutMinutes', '020'), ['client.runtime.CookieTimeoutMinutes 20']],
    ['a number behind a word', add('HV_CookieTimeoutMinutes', 'x2'), ['client.runtime.CookieTimeoutMinutes x2']],
    ['a number before a word', add('HV_CookieTimeoutMinutes', '2x'), ['client.runtime.CookieTimeoutMinutes 2x']],
    [
      'supported types',
      add('SupportedTypeVersions', 'Weight, Height,,Weight '),
      ['client.supported-types {Weight, Height}'],
    ],
    ['supported types of a build', add('SupportedTypeVersions', '__Types__'), ['client.supported-types ? __Types__']],
    [
      'redirect sites',
      add('HV_AllowedRedirectSites', 'B.example, a.example'),
      ['client.runtime.AllowedRedirectSites a.example, b.example'],
    ],
    [
      'action target',
      add('wcpage_actionAPPAUTHSUCCESS', 'Done.aspx'),
      ['client.action-targets.AppAuthSuccess Done.aspx'],
    ],
    ['empty action target', add('HV_ActionPrivacy', ''), []],
    [
      'unknown keys of the families',
      add('HV_Something', 'x') + add('WCPage_Other', 'y'),
      ['client.runtime.other y', 'client.runtime.something x'],
    ],
    [
      'certificate by subject',
      add('AppCertSubject', 'CN=Fabrikam') + add('SignatureCertStoreLocation', 'CurrentUser'),
      ['client.certificate {subject: Fabrikam, store: CurrentUser}'],
    ],
    [
      'certificate by a subject of several parts',
      add('AppCertSubject', 'O=Fabrikam, CN=App'),
      ['client.certificate {subject: O=Fabrikam, CN=App}'],
    ],
    [
      'certificate of an unresolved application',
      add('ApplicationId', '#{id}') + add('AppCertSubject', 'WildcatApp-#{id}'),
      ['app-id ? #{id}', 'client.certificate {subject: WildcatApp-#{id}}'],
    ],
    ['certificate that is empty', add('AppCertSubject', ' ') + add('HV_IsMRA', 'true'), ['client.multi-record true']],
    [
      'certificate store in other letters',
      add('HV_AppCertStore', 'CURRENTUSER'),
      ['client.certificate {store: CurrentUser}'],
    ],
    ['certificate store as by default', add('HV_AppCertStore', 'localMachine'), []],
    [
      'certificate store that .NET does not know',
      add('HV_AppCertStore', 'constructor'),
      ['client.certificate {store: constructor}'],
    ],
    ['certificate store by number', add('HV_AppCertStore', '1'), ['client.certificate {store: CurrentUser}']],
    [
      'certificate as by default',
      add('ApplicationId', APP_ID) +
        add('AppCertSubject', `WildcatApp-${APP_ID.toUpperCase()}`) +
        add('HV_AppCertStore', '2'),
      [`app-id ${APP_ID}`],
    ],
    [
      'certificate file',
      add('ApplicationCertificateFilename', 'C:\\Certs\\App.pfx'),
      ['client.certificate {file: c:/certs/app.pfx}'],
    ],
    [
      'certificate file twice',
      add('ApplicationCertificateFileName', 'a.pfx') + add('HV_ApplicationCertificateFilename', 'a.pfx'),
      ['client.certificate {file: a.pfx}'],
    ],
    [
      'duplicates: the last wins',
      add('ShellUrl', 'https://a.example') + add('SHELLURL', 'https://b.example'),
      ['client.endpoints.shell https://b.example'],
    ],
    [
      'remove',
      `${add('ShellUrl', 'https://a.example')}${add('HV_IsMRA', 'true')}<remove key="shellurl"/>`,
      ['client.multi-record true'],
    ],
    [
      'clear',
      `${add('ShellUrl', 'https://a.example')}<clear/>${add('HV_IsMRA', 'true')}`,
      ['client.multi-record true'],
    ],
    [
      'both families, equal',
      add('ShellUrl', 'https://a.example/') + add('HV_ShellUrl', 'https://a.example'),
      ['client.endpoints.shell https://a.example'],
    ],
    [
      'both families, equal lists in another order',
      add('SupportedTypeVersions', 'Weight,Height') + add('HV_SupportedTypeVersions', 'Height,Weight'),
      ['client.supported-types {Weight, Height}'],
    ],
    [
      'both families, different',
      add('ShellUrl', 'https://a.example') + add('HV_ShellUrl', 'https://b.example'),
      ['client.endpoints.shell ? HV_ShellUrl=https://b.example; ShellUrl=https://a.example'],
    ],
    [
      'both families, different, of the runtime',
      add('WCPage_CookiePath', '/a') + add('HV_CookiePath', '/b'),
      ['client.runtime.CookiePath hv_cookiepath=/b; wcpage_cookiepath=/a'],
    ],
  ];
  test.each(cases)('includes %s', (_name, body, expected) => {
    expectSettings(documentWith(body), expected);
  });

  test.each([
    [
      'ShellUrl',
      '#{Shell}',
      'A build or deployment sets ShellUrl, so its value is not known. Commit the production value.',
    ],
    ['HV_IsMRA', 'maybe', 'HV_IsMRA is not true or false. Write one of them.'],
  ])('%s=%s is said with the key', (key, value, reason) => {
    expect(documentWith(add(key, value)).settings[0]?.value).toMatchObject({ reason });
  });

  test.each([
    [
      add('ShellUrl', 'https://a.example') + add('HV_ShellUrl', 'https://b.example'),
      {
        kind: 'unresolved',
        meaning: 'hv_shellurl=https://b.example; shellurl=https://a.example',
        shown: 'HV_ShellUrl=https://b.example; ShellUrl=https://a.example',
        reason:
          'ShellUrl and HV_ShellUrl are the same setting with different values, and the SDK of the application determines which one counts. Remove one.',
      },
    ],
    [
      add('SupportedTypeVersions', 'Weight,Height') + add('HV_SupportedTypeVersions', 'Weight'),
      { kind: 'unresolved', shown: 'HV_SupportedTypeVersions=Weight; SupportedTypeVersions=Weight, Height' },
    ],
    [
      add('WCPage_CookiePath', '/a') + add('HV_CookiePath', '/b'),
      { kind: 'text', shown: 'HV_CookiePath=/b; WCPage_CookiePath=/a' },
    ],
  ])('of both families is shown side by side when their values differ in %s', (body, value) => {
    expect(documentWith(body).settings[0]?.value).toMatchObject(value);
  });

  test('is the same after a rename from one family to the other', () => {
    const plain = [
      'ApplicationId',
      'ShellUrl',
      'WCPage_IsMRA',
      'WCPage_ActionHome',
      'DefaultRequestTimeout',
      'WCPage_CookieEncryptionKey',
      'SignatureCertStoreLocation',
    ];
    const standard = [
      'HV_ApplicationId',
      'HV_ShellUrl',
      'HV_IsMRA',
      'HV_ActionHome',
      'HV_DefaultRequestTimeoutSeconds',
      'HV_CookieEncryptionKey',
      'HV_AppCertStore',
    ];
    const values = [APP_ID, 'https://account.healthvault.com', 'true', 'Home', '60', 'abcdef', 'CurrentUser'];
    const [before, after] = [plain, standard].map((keys) =>
      documentWith(keys.map((key, index) => add(key, values[index] ?? '')).join('')),
    );
    expect(serializeMeaning(before as ConfigDocument)).toBe(serializeMeaning(after as ConfigDocument));
  });

  test("has the user's section first, in any order and namespace", () => {
    const user = `<appSettingsUser>${add('shellurl', 'https://user.example')}</appSettingsUser>`;
    const settings = `<appSettings>${add('ShellUrl', 'https://b.example')}${add('HV_IsMRA', 'true')}</appSettings>`;
    for (const body of [user + settings, settings + user]) {
      const text = `<configuration xmlns="http://schemas.microsoft.com/.NetConfiguration/v2.0">${body}</configuration>`;
      expectSettings(read('Web.config', { 'Web.config': text }), [
        'client.endpoints.shell https://user.example',
        'client.multi-record true',
      ]);
    }
  });

  test('includes a location of the application itself, and that of a part is unresolved', () => {
    const location = (path: string): ConfigDocument =>
      getOnlyDocument(
        read('Web.config', {
          'Web.config': `<configuration><location${path}><appSettings>${LIVE}</appSettings></location></configuration>`,
        }),
      );
    expect(serializeMeaning(location(' path="."'))).toBe(serializeMeaning(documentWith(LIVE)));
    expect(serializeMeaning(location(''))).toBe(serializeMeaning(documentWith(LIVE)));
    expect(getSetting(location(' path="admin"'), 'document').value).toMatchObject({
      kind: 'unresolved',
      shown: 'admin',
    });
  });

  test('includes the facts of the document', () => {
    const document = documentWith(PPE + add('HealthServiceUrl', 'https://platform.healthvault.com/platform/'));
    expect(document).toMatchObject({
      file: 'Web.config',
      part: null,
      format: 'dotnet-config',
      role: 'client',
      completeness: 'complete',
      environment: 'mixed',
      digest: null,
      notExpressible: [],
    });
    expect(documentWith(PPE).environment).toBe('ppe');
    expect(documentWith(LIVE).environment).toBe('production');
    expect(documentWith(add('ShellUrl', 'https://evil-healthvault.com/')).environment).toBe('unknown');
    expect(documentWith(add('ShellUrl', '#{Shell}')).environment).toBe('unknown');
    expect(documentWith(add('HV_IsMRA', 'true')).environment).toBe('none');
    expect(documentWith(add('ShellUrl', ' ')).environment).toBe('none');
    expect(document.defaults['client.multi-instance']).toBe('true');
  });

  test('hides the folder and credentials of a user in an address', () => {
    const document = documentWith(
      add('ApplicationCertificateFilename', 'C:\\Users\\jane\\app.pfx') +
        add('ShellUrl', 'https://jane:pw@account.healthvault.com/'),
    );
    expect(
      JSON.stringify(
        document.settings.map(({ value }) =>
          'shown' in value ? value.shown : 'items' in value ? value.items.map(({ shown }) => shown) : '',
        ),
      ),
    ).not.toContain('jane');
  });
});

test('the lookup of a certificate is shown with its value', () => {
  const body =
    add('ApplicationCertificateFilename', 'C:\\Users\\jane\\app.pfx') +
    add('AppCertSubject', 'cn= Fabrikam') +
    add('HV_AppCertStore', '1');
  expect(documentWith(body).settings[0]?.value).toMatchObject({
    items: [{ shown: 'file: C:\\Users\\…\\app.pfx' }, { shown: 'subject: Fabrikam' }, { shown: 'store: CurrentUser' }],
  });
});

describe('a secret', () => {
  test.each(['', ' ', '#{Password}', '$(Password)', '${PASSWORD}', '__Password__', '%PASSWORD%'])(
    'is not %j',
    (value) => {
      expect(
        documentWith(PPE + add('ApplicationCertificatePassword', value)).settings.map(({ id }) => id),
      ).not.toContain('secret');
    },
  );

  test('is a literal beside a placeholder, or one that is overridden', () => {
    const overridden = add('HV_ApplicationCertificatePassword', 'first') + add('HV_ApplicationCertificatePassword', '');
    for (const body of [
      overridden,
      add('ApplicationCertificatePassword', 'x#{y}'),
      `${add('ApplicationCertificatePassword', 'x')}<clear/>`,
    ]) {
      expect(documentWith(PPE + body + PPE).settings.filter(({ id }) => id === 'secret')).toHaveLength(1);
    }
  });

  test('that only a transform contains belongs to its part', () => {
    const files = {
      'Web.config': config(PPE),
      'Web.Live.config': transform(
        '<add key="ApplicationCertificatePassword" value="x1y2" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>',
      ),
    };
    const [base, part] = documents('Web.config', files);
    expect(base?.settings.map(({ id }) => id)).not.toContain('secret');
    expect(part?.settings.find(({ id }) => id === 'secret')?.at.file).toBe('Web.Live.config');
  });
});

describe('an include', () => {
  const fragment = (body: string, name = 'appSettings'): string => `<${name}>${body}</${name}>`;

  test('overrides, clears and removes inline values, and its values have their place there', () => {
    const files = {
      'web/Web.config': `<configuration><appSettings file="Config\\Live.config">${PPE}${add('HV_IsMRA', 'true')}</appSettings></configuration>`,
      'web/Config/live.config': `<appSettings>\n  ${LIVE}\n  <remove key="HV_IsMRA"/>\n</appSettings>`,
    };
    const document = getOnlyDocument(read('web/Web.config', files));
    expectSettings(document, ['client.endpoints.shell https://account.healthvault.com']);
    expect(document.settings[0]?.at).toEqual({ file: 'web/Config/live.config', line: 2, column: 30 });
    expect(document.environment).toBe('production');
  });

  test('with configSource replaces the section', () => {
    const files = {
      'Web.config': '<configuration><appSettings configSource="s.config"/></configuration>',
      's.config': fragment(LIVE),
    };
    expectSettings(read('Web.config', files), ['client.endpoints.shell https://account.healthvault.com']);
  });

  const DIGEST = /^[0-9a-f]{64}$/;
  const gaps: readonly (readonly [name: string, include: string, files: Files, meaning: RegExp])[] = [
    ['missing', 'Secrets\\X.config', {}, /^dotnet-include-missing: secrets\/x.config$/],
    ['outside', '..\\..\\x.config', {}, /^dotnet-include-outside: \.\.\/\.\.\/x.config$/],
    ['absolute', 'C:\\x.config', {}, /^dotnet-include-outside: c:\/x.config$/],
    ['unreadable', 'x.config', { 'web/x.config': '<appSettings>' }, DIGEST],
    ['of another section', 'x.config', { 'web/x.config': fragment(LIVE, 'appSettingsUser') }, DIGEST],
    ['in a circle', 'x.config', { 'web/x.config': `<appSettings file="x.config">${LIVE}</appSettings>` }, DIGEST],
  ];
  test.each(gaps)('that is %s is unresolved', (_name, include, files, meaning) => {
    const document = getOnlyDocument(
      read('web/Web.config', {
        ...files,
        'web/Web.config': `<configuration>\n<appSettings file="${include}">${PPE}</appSettings></configuration>`,
      }),
    );
    const setting = getSetting(document, 'document');
    expect(setting.value).toMatchObject({
      kind: 'unresolved',
      meaning: expect.stringMatching(meaning),
      shown: expect.stringContaining('x.config'.slice(1)),
    });
    expect(setting.value.kind === 'unresolved' && setting.value.reason).toContain(
      include.includes('x') ? 'x.config' : 'X.config',
    );
  });

  test('that is unresolved is one setting with the others', () => {
    const document = getOnlyDocument(
      read('Web.config', {
        'Web.config': `<configuration><appSettingsUser file="b.config"/><appSettings file="a.config">${PPE}</appSettings></configuration>`,
      }),
    );
    expectSettings(document, [
      'client.endpoints.shell https://account.healthvault-ppe.com',
      'document ? a.config, b.config',
    ]);
    expect(findUnresolved(document)?.meaning).toBe(
      'dotnet-include-missing: a.config\ndotnet-include-missing: b.config',
    );
  });

  test('is part of its owner, in the same folder or the one above', () => {
    const owner = '<configuration><appSettings file="cfg\\S.config"/></configuration>';
    const files = { 'w/Web.config': owner, 'w/cfg/s.config': fragment(LIVE), 'w/cfg/T.config': fragment(LIVE) };
    expect(read('w/cfg/s.config', files)).toEqual({ kind: 'part-of', owners: ['w/Web.config'] });
    expect(read('w/cfg/T.config', files)).toMatchObject({ kind: 'documents', documents: [{ file: 'w/cfg/T.config' }] });
    expect(
      read('w/s.xml', {
        'w/Web.config': '<configuration><appSettings configSource="s.xml"/></configuration>',
        'w/s.xml': fragment(''),
      }),
    ).toEqual({ kind: 'part-of', owners: ['w/Web.config'] });
  });

  test('that only a transform names is part of the base of the transform', () => {
    const files = {
      'Web.config': config(PPE),
      'Web.Live.config': `<configuration ${XDT}><appSettings file="live.config" xdt:Transform="SetAttributes(file)"/></configuration>`,
      'live.config': fragment(LIVE),
    };
    expect(read('live.config', files)).toEqual({ kind: 'part-of', owners: ['Web.config'] });
    expect(documents('Web.config', files).map(({ part, environment }) => [part, environment])).toEqual([
      [null, 'ppe'],
      ['Live', 'production'],
    ]);
  });

  test('inside of an included file is part of the configuration at the top', () => {
    const files = {
      'Web.config': '<configuration><appSettings configSource="one.config"/></configuration>',
      'one.config': `<appSettings file="two.config">${PPE}</appSettings>`,
      'two.config': fragment(LIVE),
    };
    expect(read('two.config', files)).toEqual({ kind: 'part-of', owners: ['Web.config'] });
    expect(documents('Web.config', files)[0]?.environment).toBe('production');
  });

  test('with its own transforms is read separately', () => {
    const files = {
      'Web.config': '<configuration><appSettings file="s.config"/></configuration>',
      's.config': fragment(PPE),
      's.Live.config': `<appSettings ${XDT}><add key="ShellUrl" value="https://account.healthvault.com" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/></appSettings>`,
    };
    expect(documents('s.config', files).map(({ part, environment }) => [part, environment])).toEqual([
      [null, 'ppe'],
      ['Live', 'production'],
    ]);
  });
});

describe('a transform', () => {
  const SET = (value: string): string =>
    `<add key="ShellUrl" value="${value}" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>`;
  const files = {
    'site/web.config': config(PPE + add('ApplicationId', APP_ID)),
    'site/Web.Release.config': transform(SET('https://account.healthvault.com')),
    'site/Web.Debug.config': transform('<!-- nothing -->'),
    'site/Web.config.bak': config(LIVE),
  };

  test('with a difference is a part, and values have the place where they are written', () => {
    const [base, release, ...more] = documents('site/web.config', files);
    expect(more).toEqual([]);
    expect([base?.part, base?.environment, release?.part, release?.environment]).toEqual([
      null,
      'ppe',
      'Release',
      'production',
    ]);
    expect(release?.file).toBe('site/web.config');
    expect(release?.settings.map(({ id, at }) => [id, at.file])).toEqual([
      ['app-id', 'site/web.config'],
      ['client.endpoints.shell', 'site/Web.Release.config'],
    ]);
  });

  test('is part of its base, by name without case', () => {
    expect(read('site/Web.Release.config', files)).toEqual({ kind: 'part-of', owners: ['site/web.config'] });
    expect(read('site/Web.Debug.config', files)).toEqual({ kind: 'part-of', owners: ['site/web.config'] });
  });

  test('with more dots in its name belongs to the longest base', () => {
    const several = {
      'a.config': config(PPE),
      'a.exe.config': config(PPE),
      'a.exe.Live.config': transform(SET('https://x.example')),
      'a.One.Two.config': transform(SET('https://y.example')),
    };
    expect(read('a.exe.Live.config', several)).toEqual({ kind: 'part-of', owners: ['a.exe.config'] });
    expect(read('a.One.Two.config', several)).toEqual({ kind: 'part-of', owners: ['a.config'] });
    expect(listParts(documents('a.config', several))).toEqual([null, 'One.Two']);
    expect(listParts(documents('a.exe.config', several))).toEqual([null, 'Live']);
  });

  test('can be a full configuration, which is a separate document', () => {
    const several = { 'Web.config': config(PPE), 'Web.Live.config': config(LIVE) };
    expect(documents('Web.Live.config', several)).toMatchObject([
      { file: 'Web.Live.config', part: null, environment: 'production' },
    ]);
    expect(documents('Web.config', several)).toHaveLength(1);
  });

  test('with keys of HealthVault makes the base a document', () => {
    const insert = '<add key="HV_ShellUrl" value="https://account.healthvault.com" xdt:Transform="Insert"/>';
    const only = { 'Web.config': config(''), 'Web.Live.config': transform(insert) };
    expect(documents('Web.config', only).map(({ part, settings }) => [part, settings.length])).toEqual([
      [null, 0],
      ['Live', 1],
    ]);
  });

  test('without effect is reported', () => {
    const result = documents('Web.config', {
      'Web.config': config(add('HV_IsMRA', 'true')),
      'Web.Azure.config': transform(SET('https://x.example')),
    });
    expect(result[1]?.lints).toMatchObject([
      { id: 'xdt-no-effect', severity: 'advice', at: { file: 'Web.Azure.config' } },
    ]);
    const removal = '<add key="ShellUrl" xdt:Transform="RemoveAll" xdt:Locator="Match(key)"/>';
    expect(
      documents('Web.config', {
        'Web.config': config(add('HV_IsMRA', 'true')),
        'Web.Azure.config': transform(removal),
      }),
    ).toHaveLength(1);
  });

  test('with an unknown step elsewhere in the file is ignored, unless the step can affect HealthVault settings', () => {
    const elsewhere = (attributes: string): readonly ConfigDocument[] =>
      documents('Web.config', {
        'Web.config': config(PPE),
        'Web.Azure.config': `<configuration ${XDT}><system.web><x ${attributes}/></system.web></configuration>`,
      });
    expect(elsewhere('xdt:Transform="Encrypt"')).toHaveLength(1);
    expect(elsewhere('xdt:Transform="Remove" xdt:Locator="XPath(//appSettings/following::*)"')).toHaveLength(2);
  });

  test('that cannot be read makes its part unresolved', () => {
    const [, part] = documents('Web.config', {
      'Web.config': config(PPE),
      'Web.Live.config': `<configuration ${XDT}><appSettings>`,
    });
    expect(part).toMatchObject({ part: 'Live', environment: 'ppe' });
    expect(getSetting(part as ConfigDocument, 'document').at.file).toBe('Web.Live.config');
    expect(
      read('Web.Live.config', { 'Web.config': config(PPE), 'Web.Live.config': `<configuration ${XDT}>` }).kind,
    ).toBe('unreadable');
  });

  test('is a configuration if it declares the namespace without using it', () => {
    const text = config(PPE).replace('<configuration>', `<configuration ${XDT}>`);
    expect(documents('Web.config', { 'Web.config': text })).toHaveLength(1);
    expect(documents('Web.Live.config', { 'Web.Live.config': text })).toHaveLength(1);
  });
});

describe('advice', () => {
  const cases: readonly (readonly [name: string, body: string, ids: readonly string[]])[] = [
    [
      'redirect override in production',
      LIVE + add('NonProductionActionUrlRedirectOverride', 'Redirect'),
      ['dotnet-redirect-override'],
    ],
    ['redirect override in PPE', PPE + add('NonProductionActionUrlRedirectOverride', 'Redirect'), []],
    ['no SSL in production', LIVE + add('HV_SSLForSecure', 'False'), ['dotnet-ssl-off']],
    ['no SSL in PPE', PPE + add('HV_SSLForSecure', 'false'), []],
    ['the default of SSL', LIVE + add('HV_SSLForSecure', 'true'), []],
    ['targets without the statements', LIVE + add('WCPage_ActionHome', 'Home'), ['dotnet-statement-targets']],
    [
      'targets with the statements',
      LIVE +
        add('WCPage_ActionHome', 'Home') +
        add('HV_ActionPrivacy', 'P') +
        add('WCPage_ActionServiceAgreement', 'S'),
      [],
    ],
    ['targets without the statements in PPE', PPE + add('WCPage_ActionHome', 'Home'), []],
    ['no targets at all', LIVE, []],
    ['an endpoint without https', add('ShellUrl', 'HTTP://account.healthvault.com'), ['dotnet-endpoint-not-https']],
  ];
  test.each(cases)('is given for %s', (_name, body, ids) => {
    const { lints } = documentWith(body);
    expect(lints.map(({ id, severity }) => `${id} ${severity}`)).toEqual(ids.map((id) => `${id} advice`));
  });
});

describe('encodings and places', () => {
  const text = `<?xml version="1.0"?>\r\n<configuration>\r\n  <appSettings>\r\n    ${add('HV_ActionHome', 'Früh')}\r\n  </appSettings>\r\n</configuration>`;
  const utf16 = (littleEndian: boolean): Uint8Array => {
    const bytes = new DataView(new ArrayBuffer(2 * (text.length + 1)));
    for (const [index, unit] of [0xfeff, ...Array.from(text, (letter) => letter.charCodeAt(0))].entries())
      bytes.setUint16(2 * index, unit, littleEndian);
    return new Uint8Array(bytes.buffer);
  };
  test.each([
    ['UTF-8', text],
    ['UTF-8 with a byte order mark', `\ufeff${text}`],
    ['UTF-16, little-endian', utf16(true)],
    ['UTF-16, big-endian', utf16(false)],
    [
      'Latin-1, declared',
      Uint8Array.from(text.replace('"1.0"', '"1.0" encoding="iso-8859-1"'), (letter) => letter.charCodeAt(0)),
    ],
  ])('are right with %s', (_name, content) => {
    const [setting] = getOnlyDocument(read('Web.config', { 'Web.config': content })).settings;
    expect(setting).toEqual({
      id: 'client.action-targets.Home',
      value: { kind: 'text', meaning: 'Früh', shown: 'Früh' },
      at: { file: 'Web.config', line: 4, column: 37 },
    });
  });
});

describe('a configuration', () => {
  const KEYS = [
    'ApplicationId',
    'ShellUrl',
    'HV_IsMRA',
    'WCPage_ActionHome',
    'SupportedTypeVersions',
    'AppCertSubject',
    'HV_CookiePath',
    'webpages:Version',
    'HV_New',
  ];
  const entries = fc.uniqueArray(
    fc.record({
      key: fc.constantFrom(...KEYS),
      value: fc.constantFrom('a', 'true', APP_ID, 'b, c', 'https://h.example/x'),
    }),
    { selector: ({ key }) => key, minLength: 2 },
  );

  test('does not change its meaning with order, formatting and the case of keys', () => {
    const layouts = fc.array(
      fc.record({
        upper: fc.boolean(),
        space: fc.constantFrom('', ' ', '\r\n\t', '<!-- add -->'),
        swapped: fc.boolean(),
        rank: fc.integer(),
      }),
      { minLength: KEYS.length, maxLength: KEYS.length },
    );
    fc.assert(
      fc.property(entries, layouts, (list, layout) => {
        const plain = list.map(({ key, value }) => add(key, value)).join('');
        const other = list
          .map((entry, index) => ({
            ...entry,
            ...(layout[index] ?? { upper: false, space: '', swapped: false, rank: 0 }),
          }))
          .sort((one, two) => one.rank - two.rank)
          .map(({ key, value, upper, space, swapped }) => {
            const attributes = [`key='${upper ? key.toUpperCase() : key}'`, `value='${value}'`];
            return `${space}<add ${(swapped ? attributes.reverse() : attributes).join('\n ')}></add>`;
          })
          .join('');
        const [one, two] = [plain, other].map((body) => read('Web.config', { 'Web.config': config(body) }));
        expect(two?.kind).toBe(one?.kind);
        if (one?.kind === 'documents' && two?.kind === 'documents')
          expect(serializeMeaning(getOnlyDocument(two))).toBe(serializeMeaning(getOnlyDocument(one)));
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test('has the same meaning when a transform sets the values', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom('q', 'false', 'https://other.example'), (list, value) => {
        fc.pre(list.some(({ key }) => key !== 'webpages:Version'));
        const base = config(add('HV_Marker', '1') + list.map(({ key }) => add(key, 'old')).join(''));
        const steps = list
          .map(
            ({ key }) => `<add key="${key}" value="${value}" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>`,
          )
          .join('');
        const direct = config(add('HV_Marker', '1') + list.map(({ key }) => add(key, value)).join(''));
        const [, part] = documents('Web.config', { 'Web.config': base, 'Web.X.config': transform(steps) });
        expect(serializeMeaning(part as ConfigDocument)).toBe(
          serializeMeaning(getOnlyDocument(read('Web.config', { 'Web.config': direct }))),
        );
      }),
      { seed: 13 },
    );
  });
});

test('a large transform of other settings makes no part', () => {
  const many = Array.from({ length: 3_000 }, (_unused, index) => add(`k${index}`, 'v')).join('');
  const steps = Array.from(
    { length: 1_000 },
    (_unused, index) => `<add key="k${index}" value="w" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>`,
  ).join('');
  const [base, ...parts] = documents('Web.config', {
    'Web.config': config(many + PPE),
    'Web.X.config': transform(steps),
  });
  expect([base?.settings.length, parts.length]).toEqual([1, 0]);
});

const CORPUS = process.env.GO_LIVE_CORPUS;
const withCorpus = CORPUS !== undefined && existsSync(CORPUS) ? test : test.skip;
// biome-ignore lint/suspicious/noConsole: a suite that is skipped must say so.
if (withCorpus === test.skip) console.warn('GO_LIVE_CORPUS is not set: public .NET configurations are not read.');

describe('public files', () => {
  const file = (path: string): Uint8Array => readFileSync(join(CORPUS ?? '', path));
  const only = (path: string): ConfigDocument => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return getOnlyDocument(read(name, { [name]: file(path) }));
  };

  withCorpus('Weight Tracker: the user’s section, a certificate file', () => {
    expectSettings(only('dotnet-framework/weighttracker/website/Web.Config'), [
      `app-id ${APP_ID}`,
      'client.action-targets.AppAuthSuccess default.aspx',
      'client.action-targets.Home default.aspx',
      'client.action-targets.SignOut SignedOut.aspx',
      /^client\.certificate \{file: c:\/users\/.*\.pfx\}$/,
      'client.endpoints.platform https://platform.healthvault-ppe.com/platform',
      'client.endpoints.shell https://account.healthvault-ppe.com',
      'client.runtime.NonProductionActionUrlRedirectOverride Redirect.aspx',
      'client.runtime.SSLForSecure false',
    ]);
  });

  withCorpus('the client sample: the id of the user settings is not read', () => {
    expectSettings(only('dotnet-framework/hvclientsample/app.config'), [
      'app-id 136d030c-4a10-4e7d-a680-8c3d8b4ffe88',
      'client.endpoints.platform https://platform.healthvault-ppe.com/platform',
      'client.endpoints.shell https://account.healthvault-ppe.com',
    ]);
  });

  withCorpus('the proxy: transforms that hold their examples in comments say what the base says', () => {
    const files = Object.fromEntries(
      ['Web.config', 'Web.Debug.config', 'Web.Release.config'].map((name) => [
        name,
        file(`dotnet-framework/healthvaultproxy/${name}`),
      ]),
    );
    const [base, release, ...more] = documents('Web.config', files);
    expect([base?.part, base?.environment, release?.part, more]).toEqual([null, 'ppe', 'Release', []]);
    expect(release?.settings).toEqual(base?.settings);
    expect(read('Web.Debug.config', files)).toEqual({ kind: 'part-of', owners: ['Web.config'] });
  });

  withCorpus('both samples of the sandbox say the same in either family, sites of the sample aside', () => {
    expect(only('dotnet-framework/provider-portal/Web.config').environment).toBe('ppe');
    const rejected = getSetting(only('dotnet-standard/sandboxweb/Web.config'), 'client.action-targets.AppAuthReject');
    expect(rejected.value).toMatchObject({ meaning: 'Home' });
  });

  withCorpus('a trailing slash is no change', () => {
    const [base, head] = ['base', 'head'].map((side) => only(`dotnet-standard/pair-trailing-slash/${side}/Web.config`));
    expect(serializeMeaning(head as ConfigDocument)).toBe(serializeMeaning(base as ConfigDocument));
    expect(head?.settings.length).toBe(8);
  });
});
