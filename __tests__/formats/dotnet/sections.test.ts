/** What a section contains in addition to entries: what it takes away, what is encrypted or put in from elsewhere, parts of a site. */
import type { ConfigDocument } from '../../../src/model/document.ts';
import { APP, config, type Files, findUnresolved, MRA, read, THEME, XDT } from './dotnet-support.ts';

function first(path: string, files: Files): ConfigDocument | undefined {
  const result = read(path, files);
  return result.kind === 'documents' ? result.documents[0] : undefined;
}

/** The ids of a document's settings, `document` with what is shown of it; null where the file is not HealthVault's. */
function listIds(path: string, files: Files): readonly string[] | null {
  const ids = first(path, files)?.settings.map(({ id, value }) =>
    value.kind === 'unresolved' ? `${id}: ${value.shown}` : id,
  );
  return ids ?? null;
}

/** The compared text of a document's gaps. */
function meaning(path: string, files: Files): string {
  const unresolved = findUnresolved(first(path, files));
  if (unresolved === null) throw new Error('all of it is resolved');
  return unresolved.meaning;
}

describe('a removed key', () => {
  test.each<[title: string, body: string, expected: readonly string[] | null]>([
    ['from a configuration above', `${THEME}<remove key="WCPage_IsMRA"/>`, ['document: <remove key="WCPage_IsMRA">']],
    ['in any case', '<remove key="HV_ISMRA"/>', ['document: <remove key="HV_ISMRA">']],
    [
      'several',
      '<remove key="ShellUrl"/><remove key="HV_IsMRA"/>',
      ['document: <remove key="HV_IsMRA">, <remove key="ShellUrl">'],
    ],
    ['from this configuration', `${APP}${MRA}<remove key="wcpage_ismra"/>`, ['app-id']],
    ['that is set again', `<remove key="WCPage_IsMRA"/>${MRA}`, ['client.multi-record']],
    [
      'that is set again in another case',
      '<remove key="HV_IsMRA"/><add key="hv_ismra" value="true"/>',
      ['client.multi-record'],
    ],
    ['of other software', `${APP}<remove key="Theme"/>`, ['app-id']],
    ['of other software alone', '<remove key="Theme"/>', null],
    ['with a name that other software uses too', '<remove key="HashAlgorithmName"/>', null],
    ['without a name', `${APP}<remove/>`, ['app-id', 'document: <remove>']],
  ])('%s is reported', (_title, body, expected) =>
    expect(listIds('App.config', { 'App.config': config(body) })).toEqual(expected),
  );

  test("in the user's section is reported when the other section sets it", () => {
    const text = `<configuration><appSettingsUser><remove key="ApplicationId"/></appSettingsUser><appSettings>${APP}</appSettings></configuration>`;
    expect(listIds('App.config', { 'App.config': text })).toEqual(['app-id']);
  });

  test('is reported with its place and the reason', () => {
    const document = first('App.config', { 'App.config': config('\n<remove key="WCPage_IsMRA"/>') });
    expect(document?.settings).toEqual([
      {
        id: 'document',
        at: { file: 'App.config', line: 2, column: 1 },
        value: {
          kind: 'unresolved',
          meaning: 'removed from above: <remove key="wcpage_ismra">',
          shown: '<remove key="WCPage_IsMRA">',
          reason:
            '<remove key="WCPage_IsMRA"> removes settings of a configuration in a folder above, so the effective value is not known. Set the value here.',
        },
      },
    ]);
  });
});

describe('a sub-folder that clears inherited settings', () => {
  const below = config(`<clear/>${THEME}`);
  const GAP = ['document: <clear>'];
  test.each<[title: string, path: string, files: Files, expected: readonly string[] | null]>([
    ['from HealthVault', 'web/a/Web.config', { 'web/Web.config': config(APP) }, GAP],
    ['some folders above', 'web/a/b/c/web.config', { 'web/WEB.CONFIG': config(APP) }, GAP],
    ['at the root', 'a/Web.config', { 'Web.config': config(APP) }, GAP],
    [
      'above a folder of other software',
      'a/b/Web.config',
      { 'Web.config': config(APP), 'a/Web.config': config(THEME) },
      GAP,
    ],
    [
      'from an include of the folder above',
      'a/Web.config',
      { 'Web.config': config('', 'file="s.inc"'), 's.inc': `<appSettings>${APP}</appSettings>` },
      GAP,
    ],
    ['encrypted', 'a/Web.config', { 'Web.config': config('<EncryptedData/>', 'configProtectionProvider="Rsa"') }, GAP],
    ['from other software', 'a/Web.config', { 'Web.config': config(THEME) }, null],
    ['from an unreadable configuration', 'a/Web.config', { 'Web.config': '<configuration>' }, null],
    ['beside another configuration', 'a/Web.config', { 'b/Web.config': config(APP) }, null],
    ['without inherited settings', 'a/App.config', { 'App.config': config(APP), 'Web.config': config(APP) }, null],
    ['without a folder above', 'Web.config', {}, null],
    ['in a file with a similar name to the site’s', 'a/web.config.old.config', { 'Web.config': config(APP) }, null],
    ['in another such file', 'a/Myweb.config', { 'Web.config': config(APP) }, null],
  ])('%s is reported', (_title, path, files, expected) =>
    expect(listIds(path, { ...files, [path]: below })).toEqual(expected),
  );

  test('is compared with its content when it clears nothing', () => {
    expect(listIds('a/Web.config', { 'Web.config': config(APP), 'a/Web.config': config(MRA) })).toEqual([
      'client.multi-record',
    ]);
    expect(listIds('a/Web.config', { 'Web.config': config(APP), 'a/Web.config': config(THEME) })).toBeNull();
  });

  test('can have its own settings', () => {
    const files = { 'Web.config': config(APP), 'a/Web.config': config(`\n<clear/>\n<clear/>${APP}`) };
    expect(listIds('a/Web.config', files)).toEqual(['app-id', ...GAP]);
    expect(first('a/Web.config', files)?.settings[1]?.at.line).toBe(2);
  });
});

describe('content that is not in the file', () => {
  const encrypted = (value: string, attributes = ''): string =>
    config(
      `<EncryptedData ${attributes}><CipherData><CipherValue>${value}</CipherValue></CipherData></EncryptedData>`,
      'configProtectionProvider="Rsa"',
    );

  test.each<[title: string, text: string, expected: readonly string[] | null]>([
    ['encrypted settings of any software', encrypted('AAAA'), ['document: configProtectionProvider, <EncryptedData>']],
    [
      'encrypted settings of the user’s section',
      encrypted('AAAA').replaceAll('appSettings', 'appSettingsUser'),
      ['document: configProtectionProvider, <EncryptedData>'],
    ],
    ['a builder', config(APP, 'configBuilders="Environment"'), ['app-id', 'document: configBuilders']],
    ['a builder of other software', config(THEME, 'configBuilders="Environment"'), null],
    ['an element that .NET refuses', config(`${APP}<set key="a"/><set/>`), ['app-id', 'document: <set>']],
    ['an element that .NET refuses, with a key', config(`${APP}<set key="a"/>`), ['app-id', 'document: <set>']],
    ['attributes with similar names', config(APP, 'files="a" profile="b"'), ['app-id', 'document: files, profile']],
    [
      'an entry of two tags',
      config(`${APP}<add key="HV_IsMRA" value="true">\n</add>`),
      ['app-id', 'client.multi-record'],
    ],
    ['an entry without value', config(`${APP}<add key="HV_IsMRA"/>`), ['app-id']],
    ['an entry without key', config(`${APP}<add value="a"/>`), ['app-id', 'document: <add>']],
    ['an entry with a text', config(`${APP}<add key="a">b</add>`), ['app-id', 'document: <add>']],
    ['an entry with an element', config(`${APP}<add key="a"><b/></add>`), ['app-id', 'document: <add>']],
    [
      'locks, empty includes and namespaces',
      config(
        APP,
        'file="" configSource=" " lockItem="true" lockAttributes="file" xmlns="urn:a" xmlns:a="urn:b" a:b="c"',
      ),
      ['app-id'],
    ],
    [
      'encrypted connections',
      `<configuration><connectionStrings configProtectionProvider="Rsa"/></configuration>`,
      null,
    ],
  ])('is reported for %s', (_title, text, expected) =>
    expect(listIds('Web.config', { 'Web.config': text })).toEqual(expected),
  );

  test('is reported with the name of the section, at its start', () => {
    const document = first('Web.config', { 'Web.config': config(`${APP}\n <set/>`) });
    const setting = document?.settings.find(({ id }) => id === 'document');
    expect(setting).toMatchObject({
      at: { file: 'Web.config', line: 2, column: 2 },
      value: {
        reason: 'The section <appSettings> contains <set>, so its settings are not known. Commit plain entries.',
      },
    });
  });

  test('is bound to all of it, not to its layout or to entries beside it', () => {
    const of = (text: string): string => meaning('Web.config', { 'Web.config': text });
    const one = of(encrypted('AAAA', 'a="1" b="2"'));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(of(encrypted('\n AAAA\n', 'b="2"\n a="1"').replaceAll('><', '>\n <'))).toBe(one);
    expect(of(encrypted('AAAB', 'a="1" b="2"'))).not.toBe(one);
    const wrapped = of(encrypted('AA AA', 'a="1" b="2"'));
    expect(of(encrypted('AA\n  AA', 'a="1" b="2"'))).toBe(wrapped);
    expect(of(encrypted('AA BB', 'a="1" b="2"'))).not.toBe(wrapped);
    expect(wrapped).not.toBe(one);
    expect(of(encrypted('AAAA', 'a="1" b="3"'))).not.toBe(one);
    expect(of(encrypted('AAAA', 'a="1" b="2"').replace('"Rsa"', '"Dpapi"'))).not.toBe(one);

    const builder = of(config(APP, 'configBuilders="Environment"'));
    expect(of(config(APP + THEME, 'configBuilders="Environment"'))).toBe(builder);
    const builders = (mode: string): string =>
      of(
        config(
          APP,
          'configBuilders="A"',
          `<configBuilders><builders><add name="A" mode="${mode}"/></builders></configBuilders>`,
        ),
      );
    expect(builders('Greedy')).not.toBe(builders('Strict'));
    const unused = (mode: string): string =>
      of(
        config(
          `${APP}<set/>`,
          '',
          `<configBuilders><builders><add name="A" mode="${mode}"/></builders></configBuilders>`,
        ),
      );
    expect(unused('Greedy')).toBe(unused('Strict'));
  });

  test('in an included file belongs to its owner', () => {
    const files = {
      'Web.config': config('', 'configSource="s.inc"'),
      's.inc': '<appSettings configProtectionProvider="Rsa"><EncryptedData/></appSettings>',
    };
    expect(listIds('Web.config', files)).toEqual(['document: configProtectionProvider, <EncryptedData>']);
  });

  test('in a transform belongs to its part', () => {
    const files = {
      'Web.config': config(APP),
      'Web.Azure.config': `<configuration ${XDT}><appSettings configBuilders="A" xdt:Transform="SetAttributes"/></configuration>`,
    };
    const result = read('Web.config', files);
    expect(result.kind === 'documents' && result.documents.map(({ settings }) => settings.map(({ id }) => id))).toEqual(
      [['app-id'], ['app-id', 'document']],
    );
  });
});

describe('an include that cannot be followed', () => {
  test.each<[title: string, include: string, one: string, other: string]>([
    ['a file that is not XML', 'file="s.inc"', '<appSettings>', '<appSettings >'],
    ['another section', 'file="s.inc"', `<appSettingsUser>${APP}</appSettingsUser>`, '<appSettingsUser/>'],
    [
      'an include in a circle',
      'file="s.inc"',
      `<appSettings file="s.inc">${APP}</appSettings>`,
      '<appSettings file="s.inc"/>',
    ],
  ])('for %s is bound to its content', (_title, include, one, other) => {
    const of = (text: string): string => meaning('Web.config', { 'Web.config': config(APP, include), 's.inc': text });
    expect(of(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(of(one)).toBe(of(one));
    expect(of(one)).not.toBe(of(other));
  });

  test('is the fifth in a chain, and four are followed', () => {
    const files: Record<string, string> = { 'Web.config': config('', 'file="1.inc"') };
    for (const depth of [1, 2, 3, 4]) files[`${depth}.inc`] = `<appSettings file="${depth + 1}.inc"/>`;
    files['4.inc'] = `<appSettings>${APP}</appSettings>`;
    expect(listIds('Web.config', files)).toEqual(['app-id']);
    files['4.inc'] = `<appSettings file="5.inc">${MRA}</appSettings>`;
    files['5.inc'] = `<appSettings>${APP}</appSettings>`;
    expect(listIds('Web.config', files)).toEqual(['client.multi-record', 'document: 5.inc']);
  });

  test('is found with spaces around the name', () => {
    const of = (include: string) => meaning('Web.config', { 'Web.config': config(APP, `file="${include}"`) });
    expect(of(' Cfg\\S.inc ')).toBe('dotnet-include-missing: cfg/s.inc');
  });

  test('is reported with the reason', () => {
    const files = { 'Web.config': config(APP, 'file="s.inc"'), 's.inc': '<appSettings' };
    const setting = first('Web.config', files)?.settings.find(({ id }) => id === 'document');
    expect(setting?.value).toMatchObject({
      reason: expect.stringMatching(/^The settings continue in s.inc, which the gate cannot read: \S/),
    });
  });

  test('never is a file whose name only differs in case', () => {
    const files = {
      'w/Web.config': config('', 'file="CFG\\S.inc"'),
      'w/CFG/s.INC': `<appSettings>${APP}</appSettings>`,
    };
    expect(listIds('w/Web.config', files)).toEqual(['app-id']);
  });
});

describe('a part of the site', () => {
  const site = (inner: string, above = APP): string =>
    `<configuration><appSettings>${above}</appSettings><location path="admin">${inner}</location></configuration>`;
  const GAP = ['app-id', 'document: admin'];

  test.each<[title: string, inner: string, above: string, expected: readonly string[] | null]>([
    ['that sets a key', `<appSettings>${MRA}</appSettings>`, APP, GAP],
    ['that removes a key', '<appSettings><remove key="WCPage_IsMRA"/></appSettings>', APP, GAP],
    ['that clears all', '<appSettings><clear/></appSettings>', APP, GAP],
    ['that includes a missing file', '<appSettings file="x.inc"/>', APP, GAP],
    ['that is encrypted', '<appSettings configProtectionProvider="Rsa"/>', THEME, ['document: admin']],
    ['of the user’s section', `<appSettingsUser>${MRA}</appSettingsUser>`, THEME, ['document: admin']],
    ['that sets a key of other software', `<appSettings>${THEME}</appSettings>`, APP, ['app-id']],
    ['that removes a key of other software', '<appSettings><remove key="Theme"/></appSettings>', APP, ['app-id']],
    ['without settings', '<appSettings/>', APP, ['app-id']],
    ['with settings elsewhere', `<other>${MRA}</other>`, APP, ['app-id']],
    ['of other software that clears all', '<appSettings><clear/></appSettings>', THEME, null],
    ['of other software that includes a file', '<appSettings file="x.inc"/>', THEME, null],
  ])('%s is reported', (_title, inner, above, expected) => {
    expect(listIds('Web.config', { 'Web.config': site(inner, above) })).toEqual(expected);
  });

  test('is reported with its path', () => {
    const text = site(`<appSettings>${MRA}</appSettings>`).replace('<location', '\n<location');
    const setting = first('Web.config', { 'Web.config': text })?.settings[1];
    expect(setting?.at).toEqual({ file: 'Web.config', line: 2, column: 1 });
    expect(setting?.value).toEqual({
      kind: 'unresolved',
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
      shown: 'admin',
      reason:
        'The settings under <location path="admin"> apply only to a part of the site, but the SDK reads one set of settings. Move them out.',
    });
  });

  test('is not one if the path is the application, or is not a location', () => {
    const inner = `<appSettings>${MRA}</appSettings>`;
    const of = (text: string) => listIds('Web.config', { 'Web.config': text });
    expect(of(site(inner).replace('"admin"', '" . "'))).toEqual(['app-id', 'client.multi-record']);
    expect(of(site(inner).replaceAll('location', 'group'))).toEqual(['app-id']);
    expect(of(site(inner).replaceAll('location', 'group').replace(' path="admin"', ''))).toEqual(['app-id']);
  });

  test('that includes a HealthVault file is claimed and bound to it', () => {
    const text = site('<appSettings file="s.inc"/>', THEME);
    const of = (key: string): string =>
      meaning('Web.config', {
        'Web.config': text,
        's.inc': `<appSettings><add key="${key}" value="1"/></appSettings>`,
      });
    expect(of('HV_IsMRA')).not.toBe(of('HV_MultiInstanceAware'));
    expect(listIds('Web.config', { 'Web.config': text, 's.inc': `<appSettings>${THEME}</appSettings>` })).toBeNull();
  });

  test('is bound to its content, in any order', () => {
    const of = (inner: string): string =>
      meaning('Web.config', { 'Web.config': site(`<appSettings>${inner}</appSettings>`) });
    const url = '<add key="ShellUrl" value="https://a.example"/>';
    expect(of(MRA + url)).toBe(of(url + MRA));
    const says = [
      MRA,
      MRA.replace('true', 'false'),
      `${MRA}<clear/>`,
      `<clear/>${MRA}`,
      `${MRA}<remove key="ShellUrl"/>`,
      `${MRA}<set/>`,
    ];
    expect(new Set(says.map(of)).size).toBe(says.length);
    expect(of(`${MRA}<remove key="ShellUrl"/><remove key="HV_IsMRA"/>`)).toBe(
      of(`${MRA}<remove key="HV_IsMRA"/><remove key="ShellUrl"/>`),
    );
    expect(of(MRA.replace('WCPage_IsMRA', 'wcpage_ISMRA'))).toBe(of(MRA));
    expect(of(`${MRA}<set a="1"/>`)).not.toBe(of(`${MRA}<set a="2"/>`));
    const secret = (value: string): string => `${MRA}<add key="HV_Password" value="${value}"/>`;
    expect(of(secret('one'))).toBe(of(secret('two')));
  });

  test('is searched for secrets like any other', () => {
    const text = site('<appSettings file="s.inc"><add key="HV_Password" value="a1"/></appSettings>');
    const document = first('Web.config', {
      'Web.config': text,
      's.inc': '<appSettings><add key="ApplicationCertificatePassword" value="b2"/></appSettings>',
    });
    expect(document?.settings.filter(({ id }) => id === 'secret').map(({ at }) => at.file)).toEqual([
      'Web.config',
      's.inc',
    ]);
  });
});

test('included files are listed', () => {
  const transform = `<configuration ${XDT}><appSettings file="live.inc" xdt:Transform="SetAttributes"/></configuration>`;
  const files = {
    'Web.config': config(APP, 'file="s.inc"'),
    's.inc': '<appSettings file="t.inc"/>',
    't.inc': '<appSettings/>',
    'Web.Live.config': transform,
    'live.inc': '<appSettings/>',
    'Web.Broken.config': '<xdt:',
    'other.inc': '<appSettings/>',
  };
  const result = read('Web.config', files);
  expect(result.kind === 'documents' && result.files).toEqual([
    'Web.Broken.config',
    'Web.Live.config',
    'live.inc',
    's.inc',
    't.inc',
  ]);
});
