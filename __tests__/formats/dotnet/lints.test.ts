/** Advice on a .NET configuration, with all that it says. */
import type { Lint } from '../../../src/model/document.ts';
import { config, documents, LIVE, add as onLine, transform } from './dotnet-support.ts';

const add = (key: string, value: string): string => `\n${onLine(key, value)}`;

function lintsOf(body: string, step?: string): readonly Lint[] {
  const files = step === undefined ? {} : { 'Web.Azure.config': transform(`\n${step}`) };
  return documents('Web.config', { 'Web.config': config(LIVE + body), ...files }).at(-1)?.lints ?? [];
}

test.each<[title: string, body: string, lint: Lint]>([
  [
    'a redirect that production does not follow',
    add('NonProductionActionUrlRedirectOverride', 'R'),
    {
      id: 'dotnet-redirect-override',
      severity: 'advice',
      message:
        'NonProductionActionUrlRedirectOverride has no effect in production, where redirects go only to the registered action URL. Remove it.',
      source: 'AURL',
      at: { file: 'Web.config', line: 2, column: 58 },
    },
  ],
  [
    'pages without encryption',
    add('HV_SSLForSecure', 'False'),
    {
      id: 'dotnet-ssl-off',
      severity: 'advice',
      message: 'HV_SSLForSecure is off outside pre-production, so pages and cookies are not encrypted. Remove the key.',
      source: 'NETFX',
      at: { file: 'Web.config', line: 2, column: 35 },
    },
  ],
  [
    'an endpoint without encryption',
    add('RestHealthServiceUrl', ' http://data.microsofthealth.net'),
    {
      id: 'dotnet-endpoint-not-https',
      severity: 'advice',
      message: 'RestHealthServiceUrl is not an https address. Use https.',
      source: 'INST',
      at: { file: 'Web.config', line: 2, column: 40 },
    },
  ],
  [
    'pages that every application must have',
    add('WCPage_ActionHelp', 'H'),
    {
      id: 'dotnet-statement-targets',
      severity: 'advice',
      message:
        'There is no action target for Privacy, ServiceAgreement. Serve both statements, also to users who are not signed in, or store both in the Application Configuration Center.',
      source: 'R42',
      at: { file: 'Web.config', line: 2, column: 37 },
    },
  ],
])('advice is given for %s', (_title, body, lint) => expect(lintsOf(body)).toEqual([lint]));

test('spaces around a value are ignored', () => {
  expect(lintsOf(add('HV_SSLForSecure', ' false ')).map(({ id }) => id)).toEqual(['dotnet-ssl-off']);
});

test.each([
  ['an empty redirect', add('NonProductionActionUrlRedirectOverride', ' ')],
  ['another switch that is off', add('HV_IsMRA', 'false') + add('HV_UseAspSession', 'false')],
  [
    'an address that contains another one',
    add('RestHealthServiceUrl', 'https://data.microsofthealth.net/?http://a.example'),
  ],
  ['an address with another scheme', add('RestHealthServiceUrl', 'xhttp://data.microsofthealth.net')],
  ['a page with an unencrypted address', add('HV_CookieDomain', 'http://a.example')],
  ['an empty page', add('WCPage_ActionHelp', '')],
])('no advice is given for %s', (_title, body) => expect(lintsOf(body)).toEqual([]));

test('only the missing page is named', () => {
  const [lint] = lintsOf(add('HV_ActionPrivacy', 'P'));
  expect(lint?.message).toMatch(/^There is no action target for ServiceAgreement\. /);
});

describe('a step without a match', () => {
  const step = (transform: string, key = 'ApplicationId') =>
    `<add key="${key}" value="a" xdt:Transform="${transform}" xdt:Locator="Match(key)"/>`;

  test('is reported with its purpose', () => {
    expect(lintsOf('', step('SetAttributes(value)'))).toEqual([
      {
        id: 'xdt-no-effect',
        severity: 'advice',
        message:
          'SetAttributes(value) matches no element of Web.config, so the build does not apply its setting ApplicationId. Correct the locator.',
        source: 'XDT',
        at: { file: 'Web.Azure.config', line: 2, column: 36 },
      },
    ]);
    expect(lintsOf('', step('RemoveAttributes(value)'))).toHaveLength(1);
  });

  test.each([
    ['a step that removes', step('Remove')],
    ['a step that removes, with spaces', step(' RemoveAll ')],
    ['a step for other software', step('Replace', 'Theme')],
    ['a step without a key', `<add value="a" xdt:Transform="Replace" xdt:Locator="Condition(@key='ApplicationId')"/>`],
  ])('%s is not reported', (_title, text) => expect(lintsOf('', text)).toEqual([]));
});
