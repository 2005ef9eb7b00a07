/**
 * Real public configuration files (the folder in GO_LIVE_CORPUS) as base against edited heads: the category that the
 * update rules demand. The edits happen in memory; a replacement that finds nothing to replace fails the test.
 */

import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';
import type { Report } from '../src/model/report.ts';
import { type ChangedFile, pairRevisions, type RevisionSource } from '../src/model/source.ts';
import { reviewRevisions } from '../src/review/review.ts';
import { corpusIsThere, readCorpusFile } from './support/corpus.ts';
import { createMemoryTree } from './support/memory-tree.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;
type Edit = readonly [from: string | RegExp, to: string];

const policy = (await readBuiltInPolicies()).get('healthvault');

function sourceOf(files: Files): RevisionSource {
  const tree = createMemoryTree('base', files);
  return {
    readFiles: async (paths) => new Map(paths.map((path) => [path, tree.readFile(path)])),
    listFolders: async (paths) => new Map(paths.map((path) => [path, tree.listFolder(path)])),
    listPaths: async () => tree.listPaths(),
  };
}

function changedFilesOf(base: Files, head: Files): readonly ChangedFile[] {
  const bytesOf = (content: string | Uint8Array) => Buffer.from(content);
  return [...new Set([...Object.keys(base), ...Object.keys(head)])].sort().flatMap((path): readonly ChangedFile[] => {
    const [before, after] = [base[path], head[path]];
    if (before === undefined) return [{ path, status: 'added' }];
    if (after === undefined) return [{ path, status: 'removed' }];
    return bytesOf(before).equals(bytesOf(after)) ? [] : [{ path, status: 'modified' }];
  });
}

async function reviewOf(base: Files, head: Files): Promise<Report> {
  if (policy === undefined) throw new Error('the built-in policy is missing');
  const { report } = await reviewRevisions({
    changedFiles: changedFilesOf(base, head),
    revisions: pairRevisions(sourceOf(base), sourceOf(head)),
    policy: { policy, source: 'built-in', digest: '' },
    gateFiles: { policy: '.github/go-live.yml', workflow: null, action: null },
    pullRequest: null,
    now: '2026-11-02T18:00:00Z',
    mode: 'enforce',
    commits: { base: null, head: null },
  });
  return report;
}

/** The bytes with some text replaced, the byte order mark kept. */
function edited(bytes: Uint8Array, edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    const next = typeof from === 'string' ? text.replaceAll(from, to) : text.replace(from, to);
    if (next === text) throw new Error(`nothing to replace: ${from}`);
    return next;
  }, Buffer.from(bytes).toString('utf8'));
}

const APP = 'e5b1f0a3-86d4-4c27-b9f1-0d3a6c92e748';
const EU: Edit = ['healthvault-ppe.com', 'healthvault.co.uk'];
const US: Edit = ['healthvault-ppe.com', 'healthvault.com'];
const REST: Edit = ['data.ppe.microsofthealth.net', 'data.microsofthealth.net'];
const add = (key: string, value: string): Edit => [
  '</appSettings>',
  `<add key="${key}" value="${value}" /></appSettings>`,
];

const WEIGHT = 'dotnet-framework/weighttracker/website/Web.Config';
const PORTAL = 'dotnet-framework/provider-portal/Web.config';
const CLIENT = 'dotnet-framework/hvclientsample/app.config';
const SANDBOX = 'dotnet-standard/sandboxweb/Web.config';
const IOS = 'ios/sdkfeatures/ClientSettings.xml';
const JAVA = 'java/ui-jaxb/src/main/resources/hv-application.properties';
const MAVEN = 'java/fhh-maven-filtered/src/main/resources/hv-application.properties';
const RUBY = 'ruby/hdata-adapter/config/healthvault.yml';
const DECOY = 'ruby/hdata-adapter/config/appid.txt';

const onCorpus = corpusIsThere ? describe : describe.skip;

onCorpus('one public file, edited', () => {
  test.each<[title: string, file: string, edits: readonly Edit[], categories: readonly string[]]>([
    // ASP.NET, the old SDK
    ['PPE to production, same instance', WEIGHT, [US], ['new-application']],
    ['PPE to production of another instance', WEIGHT, [EU], ['new-application']],
    [
      'another application in a PPE file',
      WEIGHT,
      [['value="05a059c9-c309-46af-9b86-b06d42510550"', `value="${APP}"`]],
      ['deployment'],
    ],
    [
      'another application on the way to production',
      WEIGHT,
      [US, ['value="05a059c9-c309-46af-9b86-b06d42510550"', `value="${APP}"`]],
      ['new-application'],
    ],
    [
      'several records on the consent page',
      WEIGHT,
      [['</appSettings>', '<add key="WCPage_IsMRA" value="true" /></appSettings>']],
      ['signup-workflow'],
    ],
    [
      'sign-up code, in the section that wins',
      WEIGHT,
      [['</appSettingsUser>', '<add key="WCPage_IsSignupCodeRequired" value="true" /></appSettingsUser>']],
      ['signup-workflow'],
    ],
    [
      'the page after sign-in',
      WEIGHT,
      [['"WCPage_ActionAppAuthSuccess" value="default.aspx"', '"WCPage_ActionAppAuthSuccess" value="welcome.aspx"']],
      ['signup-workflow'],
    ],
    ['the page after signing out', WEIGHT, [['SignedOut.aspx', 'Bye.aspx']], ['deployment']],
    [
      'the path of the certificate file',
      WEIGHT,
      [['C:\\Users\\vaibhavb\\Documents', 'D:\\certificates']],
      ['deployment'],
    ],
    [
      'a runtime switch in appSettingsUser',
      WEIGHT,
      [['"WCPage_SSLForSecure" value="false"', '"WCPage_SSLForSecure" value="true"']],
      ['deployment'],
    ],
    [
      'a key of the sample',
      WEIGHT,
      [['"SpewUnhandledExceptions" value="true"', '"SpewUnhandledExceptions" value="false"']],
      ['none'],
    ],
    ['a comment', WEIGHT, [['when we call the SignOut() method', 'when the SignOut() method is called']], ['none']],
    [
      'the case of keys',
      WEIGHT,
      [
        ['key="ShellUrl"', 'key="shellURL"'],
        ['key="ApplicationId"', 'key="APPLICATIONID"'],
      ],
      ['none'],
    ],
    [
      'a lookalike host',
      WEIGHT,
      [['account.healthvault-ppe.com', 'account.healthvault-ppe.com.contoso.example']],
      ['unknown'],
    ],
    // ASP.NET MVC
    ['placeholder to id, PPE hosts', PORTAL, [['your application ID here', APP]], ['deployment']],
    ['placeholder to id, production hosts', PORTAL, [['your application ID here', APP], US, REST], ['new-application']],
    [
      'the people of the sample',
      PORTAL,
      [['"OfflineAuthorizedPersonIDs" value=""', '"OfflineAuthorizedPersonIDs" value="1"']],
      ['none'],
    ],
    [
      'the version of another product',
      PORTAL,
      [['"webpages:Version" value="3.0.0.0"', '"webpages:Version" value="3.2.0.0"']],
      ['none'],
    ],
    ['a binding redirect', PORTAL, [['newVersion="6.0.0.0"', 'newVersion="9.0.0.0"']], ['none']],
    [
      'the page after refused consent',
      PORTAL,
      [['"WCPage_ActionAppAuthReject" value="Home"', '"WCPage_ActionAppAuthReject" value="Refused"']],
      ['signup-workflow'],
    ],
    [
      'a key that was in a comment',
      PORTAL,
      [
        [
          '<!-- <add key="ApplicationCertificateFileName" value="absolute path to cert" />-->',
          '<add key="ApplicationCertificateFileName" value="c:\\cert.cer" />',
        ],
      ],
      ['deployment'],
    ],
    ['one instance only', PORTAL, [add('MultiInstanceAware', 'false')], ['configuration']],
    ['a password', PORTAL, [add('ApplicationCertificatePassword', 'not-a-real-password')], ['secret']],
    [
      'every key renamed for the newer SDK',
      PORTAL,
      [
        [
          /"(ApplicationId|ShellUrl|HealthServiceUrl|RestHealthServiceUrl|NonProductionActionUrlRedirectOverride)"/g,
          '"HV_$1"',
        ],
        ['"WCPage_', '"HV_'],
      ],
      ['none'],
    ],
    ['broken XML', PORTAL, [['</appSettings>', '']], ['unknown']],
    // The decoy: a second ApplicationId in userSettings
    ['the id of userSettings', CLIENT, [[/00000000-0000-0000-0000-000000000000/, APP]], ['none']],
    ['the id of appSettings', CLIENT, [['136d030c-4a10-4e7d-a680-8c3d8b4ffe88', APP]], ['deployment']],
    [
      'the id in braces and upper case',
      CLIENT,
      [['136d030c-4a10-4e7d-a680-8c3d8b4ffe88', '{136D030C-4A10-4E7D-A680-8C3D8B4FFE88}']],
      ['none'],
    ],
    ['the runtime of .NET', CLIENT, [['v4.6.2', 'v4.8']], ['none']],
    // ASP.NET, the newer SDK
    ['the newer SDK: several records', SANDBOX, [add('HV_IsMRA', 'true')], ['signup-workflow']],
    ['the newer SDK: the default, written down', SANDBOX, [add('HV_IsMRA', 'false')], ['none']],
    ['the newer SDK: to production', SANDBOX, [US, REST], ['new-application']],
    ['the newer SDK: one data type more', SANDBOX, [add('HV_SupportedTypeVersions', 'Weight')], ['configuration']],
    // iOS
    [
      'environments in the other order',
      IOS,
      [[/(<environment>[\s\S]*?<\/environment>)(\s*)(<environment>[\s\S]*?<\/environment>)/, '$3$2$1']],
      ['deployment'],
    ],
    ['the default environment to production', IOS, [US], ['new-application']],
    ['the master application id of a PPE app', IOS, [['708995a6-4fba-42de-97a8-5feb54e944e8', APP]], ['deployment']],
    [
      'the master application id beside production',
      IOS,
      [['708995a6-4fba-42de-97a8-5feb54e944e8', APP], US],
      ['new-application'],
    ],
    [
      'all instances',
      IOS,
      [['<appName>', '<isMultiInstanceAware>true</isMultiInstanceAware><appName>']],
      ['configuration'],
    ],
    ['the name of the device app', IOS, [['iOS SDKFeatures', 'iOS Features']], ['deployment']],
    // Java
    ['Java: EU PPE to EU production', JAVA, [['healthvault-ppe.co.uk', 'healthvault.co.uk']], ['new-application']],
    ['Java: EU PPE to US production', JAVA, [['healthvault-ppe.co.uk', 'healthvault.com']], ['new-application']],
    [
      'Java: the commented set',
      JAVA,
      [['#shell.url=https://account.healthvault-ppe.com', '#shell.url=https://account.healthvault.com']],
      ['none'],
    ],
    [
      'Java: the sign-in return path',
      JAVA,
      [['target.auth.redirect=/hvaction', 'target.auth.redirect=/signin']],
      ['signup-workflow'],
    ],
    [
      'Java: another password',
      JAVA,
      [['keystore.password=password', 'keystore.password=not-a-real-password']],
      ['secret'],
    ],
    [
      'Java: another spelling of the same',
      JAVA,
      [['shell.url=https://account.healthvault-ppe.co.uk', 'shell.url : https\\://account.healthvault-ppe.co.uk/']],
      ['none'],
    ],
    ['Java: a time-out', JAVA, [['transport.timeout.read=0', 'transport.timeout.read=30']], ['deployment']],
    ['Java: another application in a PPE file', JAVA, [['8ee9e225-37be-4afe-b018-d08ef48e1ab2', APP]], ['deployment']],
    // Maven placeholders without a pom
    [
      'Maven: untouched placeholders',
      MAVEN,
      [['transport.timeout.connect=0\n', '# never\ntransport.timeout.connect=0\n']],
      ['none'],
    ],
    ['Maven: another placeholder for the host', MAVEN, [['${mshv.shell.url}', '${mshv.shell.address}']], ['unknown']],
    ['Maven: an id instead of its placeholder', MAVEN, [['${mshv.shell.appid}', APP]], ['new-application']],
    [
      'Maven: a password instead of its placeholder',
      MAVEN,
      [['${mshv.keystore.password}', 'not-a-real-password']],
      ['secret'],
    ],
    // Ruby
    ['Ruby: a certificate password', RUBY, [['cert_pass: ', 'cert_pass: not-a-real-password']], ['secret']],
    ['Ruby: to production', RUBY, [US], ['new-application']],
    ['Ruby: another application in a PPE file', RUBY, [['05a059c9-c309-46af-9b86-b06d42510550', APP]], ['deployment']],
    [
      'Ruby: another application in production',
      RUBY,
      [US, ['05a059c9-c309-46af-9b86-b06d42510550', APP]],
      ['new-application'],
    ],
    ['Ruby: the logger', RUBY, [[':rails', ':file']], ['deployment']],
    // A text file that looks like configuration
    ['an add element in a text file', DECOY, [['e7a6a1c6-b31c-4876-ae2f-c68fc69fc275', APP]], []],
  ])('a real file with %s has the expected changes', async (_title, file, edits, categories) => {
    const bytes = readCorpusFile(file);
    const report = await reviewOf({ [file]: bytes }, { [file]: edited(bytes, edits) });
    expect(report.categories).toEqual(categories);
    expect(JSON.stringify(report)).not.toContain('not-a-real-password');
  });

  test.each([WEIGHT, PORTAL, CLIENT, SANDBOX, IOS, JAVA, MAVEN, RUBY])(
    '%s has the right changes when it is removed, added and unchanged',
    async (file) => {
      const bytes = readCorpusFile(file);
      expect((await reviewOf({ [file]: bytes }, {})).categories).toEqual(['unknown']);
      expect((await reviewOf({}, { [file]: bytes })).verdict).not.toBe('error');
      expect(await reviewOf({ [file]: bytes }, { [file]: bytes })).toMatchObject({ verdict: 'passed', categories: [] });
      const again = Buffer.from(Buffer.from(bytes).toString('utf8').replace(/\r?\n/g, '\r\n'));
      const rewrapped = await reviewOf({ [file]: bytes }, { [file]: again });
      expect([rewrapped.verdict, rewrapped.changes]).toEqual(['passed', []]);
    },
  );

  test.each([WEIGHT, PORTAL, CLIENT, SANDBOX, IOS])('%s has the same meaning as UTF-16', async (file) => {
    const bytes = readCorpusFile(file);
    const text = Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .replace(/encoding="utf-8"/i, 'encoding="utf-16"');
    const report = await reviewOf({ [file]: bytes }, { [file]: Buffer.from(`\ufeff${text}`, 'utf16le') });
    expect([report.verdict, report.categories]).toEqual(['passed', ['none']]);
  });
});

onCorpus('files that belong together', () => {
  test('a trailing slash is not a change in either direction', async () => {
    const side = (name: string) => ({
      'site/Web.config': readCorpusFile(`dotnet-standard/pair-trailing-slash/${name}/Web.config`),
    });
    expect((await reviewOf(side('base'), side('head'))).categories).toEqual(['none']);
    expect((await reviewOf(side('head'), side('base'))).categories).toEqual(['none']);
  });

  const proxy = (name: string) => readCorpusFile(`dotnet-framework/healthvaultproxy/${name}`);
  const proxyFiles = (): Record<string, string | Uint8Array> => ({
    'Web.config': proxy('Web.config'),
    'Web.Debug.config': proxy('Web.Debug.config'),
    'Web.Release.config': proxy('Web.Release.config'),
  });
  const transform = (rows: readonly (readonly [key: string, value: string])[]): Edit => {
    const adds = rows.map(
      ([key, value]) => `<add key="${key}" value="${value}" xdt:Transform="SetAttributes" xdt:Locator="Match(key)" />`,
    );
    return ['<system.web>', `<appSettings>${adds.join('')}</appSettings><system.web>`];
  };
  const PRODUCTION = [
    ['ApplicationId', APP],
    ['ShellUrl', 'https://account.healthvault.com/'],
    ['HealthServiceUrl', 'https://platform.healthvault.com/platform/'],
    ['RestHealthServiceUrl', 'https://data.microsofthealth.net'],
  ] as const;
  const released = (rows: readonly (readonly [key: string, value: string])[]) => ({
    ...proxyFiles(),
    'Web.Release.config': edited(proxy('Web.Release.config'), [transform(rows)]),
  });

  test('a transform with application and production hosts is a part', async () => {
    const report = await reviewOf(proxyFiles(), released(PRODUCTION));
    expect(report.categories).toEqual(['new-application']);
    expect(report.changes.find(({ setting }) => setting === 'app-id')?.file).toBe('Web.Release.config');
  });

  test('a transform with production hosts only is a part', async () => {
    const report = await reviewOf(proxyFiles(), released(PRODUCTION.slice(1)));
    expect(report.categories).toEqual(['new-application']);
  });

  test('a base value that the transform overrides does not count', async () => {
    const base = released(PRODUCTION);
    const head = {
      ...base,
      'Web.config': edited(proxy('Web.config'), [['your application ID here', '4d1a0b7c-52e9-4f3d-8c60-9b7a1e2f3c45']]),
    };
    expect((await reviewOf(base, head)).categories).toEqual(['deployment']);
  });

  test('a base value that the transform does not override counts', async () => {
    const base = released(PRODUCTION);
    const head = { ...base, 'Web.config': edited(proxy('Web.config'), [add('WCPage_IsMRA', 'true')]) };
    expect((await reviewOf(base, head)).categories).toEqual(['signup-workflow']);
  });

  test('another application in the transform is a new application', async () => {
    const base = released(PRODUCTION);
    const head = {
      ...base,
      'Web.Release.config': edited(Buffer.from(base['Web.Release.config']), [
        [APP, '4d1a0b7c-52e9-4f3d-8c60-9b7a1e2f3c45'],
      ]),
    };
    expect((await reviewOf(base, head)).categories).toEqual(['new-application']);
  });

  test('a transform of other settings and examples in its comments are ignored', async () => {
    const head = {
      ...proxyFiles(),
      'Web.Release.config': edited(proxy('Web.Release.config'), [
        ['RemoveAttributes(debug)', 'Remove'],
        ['ReleaseSQLServer', 'OtherServer'],
      ]),
    };
    expect(await reviewOf(proxyFiles(), head)).toMatchObject({ verdict: 'passed', changes: [] });
  });

  test('an unknown transform needs a person', async () => {
    const edit: Edit = [
      '<system.web>',
      '<appSettings><add key="ShellUrl" value="x" xdt:Transform="Fabricate" /></appSettings><system.web>',
    ];
    const head = { ...proxyFiles(), 'Web.Release.config': edited(proxy('Web.Release.config'), [edit]) };
    expect((await reviewOf(proxyFiles(), head)).categories).toEqual(['unknown']);
  });

  const pom = (shell: string, platform = 'https://platform.healthvault-ppe.com/platform/') => `<project><properties>
    <mshv.shell.appid>${APP}</mshv.shell.appid>
    <mshv.shell.url>${shell}</mshv.shell.url>
    <mshv.service.endpoint.url>${platform}</mshv.service.endpoint.url>
    </properties></project>`;
  const maven = (text: string) => ({
    'src/main/resources/hv-application.properties': readCorpusFile(MAVEN),
    'pom.xml': text,
  });
  test.each<[string, string, string, readonly string[]]>([
    [
      'stays within PPE',
      pom('https://account.healthvault-ppe.com'),
      pom('https://account.healthvault-ppe.co.uk'),
      ['deployment'],
    ],
    [
      'goes to production',
      pom('https://account.healthvault-ppe.com'),
      pom('https://account.healthvault.com', 'https://platform.healthvault.com/platform/'),
      ['new-application'],
    ],
    [
      'goes to another production instance',
      pom('https://account.healthvault.com', 'https://platform.healthvault.com/platform/'),
      pom('https://account.healthvault.co.uk', 'https://platform.healthvault.co.uk/platform/'),
      ['configuration'],
    ],
    [
      'loses the property',
      pom('https://account.healthvault-ppe.com'),
      '<project><properties /></project>',
      ['unknown'],
    ],
    [
      'is formatted',
      pom('https://account.healthvault-ppe.com'),
      pom('https://account.healthvault-ppe.com').replaceAll('    ', '\t'),
      ['none'],
    ],
  ])('a change to the pom alone %s', async (_title, before, after, categories) => {
    expect((await reviewOf(maven(before), maven(after))).categories).toEqual(categories);
  });
});
