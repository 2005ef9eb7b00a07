/** Transforms that change nothing, transforms without their base, and Web Deploy's parameters. */
import type { ReadResult } from '../../../src/model/document.ts';
import { getOnlyDocument } from '../../support/read-context.ts';
import { APP, config, documents, findUnresolved, LIVE, listParts, read, transform, XDT } from './dotnet-support.ts';

describe('a transform that changes nothing', () => {
  const compilation = `<configuration ${XDT}><system.web><compilation xdt:Transform="RemoveAttributes(debug)"/></system.web></configuration>`;

  test.each([
    ['Release', true],
    ['Live-EU', true],
    ['Debug', false],
    ['PreProd', false],
    ['Azure', false],
  ])('is in %s a separate document is %j', (name, isOne) => {
    const found = documents('Web.config', { 'Web.config': config(APP + LIVE), [`Web.${name}.config`]: compilation });
    expect(listParts(found)).toEqual(isOne ? [null, name] : [null]);
    if (isOne) expect(found[1]).toEqual({ ...found[0], part: name });
  });

  test('does not make the base a document', () => {
    expect(
      read('Web.config', { 'Web.config': config('<add key="a" value="b"/>'), 'Web.Release.config': compilation }),
    ).toEqual({
      kind: 'not-configuration',
    });
  });
});

describe('a transform without steps', () => {
  const found = (body: string) =>
    documents('w/Web.config', { 'w/Web.config': config(APP), 'w/Web.Azure.config': transform(body) });

  test('that names HealthVault settings is unresolved', () => {
    expect(findUnresolved(found(`\n${APP}`)[1])).toEqual({
      kind: 'unresolved',
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
      shown: 'w/Web.Azure.config',
      reason:
        'The transform w/Web.Azure.config contains HealthVault settings without xdt:Transform, so their effect depends on the build. Add xdt:Transform.',
    });
    expect(found(APP)[1]?.settings.find(({ id }) => id === 'document')?.at).toEqual({
      file: 'w/Web.Azure.config',
      line: 1,
      column: 1,
    });
  });

  test('is bound to its content, not to its layout', () => {
    const meaning = (body: string) => findUnresolved(found(body)[1])?.meaning;
    expect(meaning(`\n ${APP}\n`)).toBe(meaning(APP));
    expect(meaning(APP.replace('05a', '06a'))).not.toBe(meaning(APP));
    expect(meaning(APP + LIVE)).not.toBe(meaning(APP));
    expect(meaning('<remove key="ApplicationId"/>')).toBeDefined();
  });

  test('without HealthVault settings is ignored', () => {
    expect(listParts(found('<add key="Theme" value="green"/>'))).toEqual([null]);
    const beside = { 'Web.config': config('<add key="a" value="b"/>'), 'Web.Azure.config': transform(APP) };
    expect(listParts(documents('Web.config', beside))).toEqual([null, 'Azure']);
  });

  test('is one as soon as it has a step anywhere', () => {
    expect(found(`${APP}<add key="x" xdt:Transform="Remove" xdt:Locator="Match(key)"/>`).map(findUnresolved)).toEqual([
      null,
    ]);
  });
});

test('a transform that cannot be fetched is bound to what is known of it', () => {
  const of = (text: string) =>
    findUnresolved(
      documents('Web.config', { 'Web.config': config(APP), 'Web.Azure.config': `<configuration ${XDT}>${text}` })[1],
    );
  expect(of('a')?.reason).toContain('The gate cannot read the transform Web.Azure.config: ');
  expect(of('a')?.meaning).not.toBe(of('b')?.meaning);
  expect(of('a')?.meaning).toBe(of('a')?.meaning);
});

describe('an unknown step', () => {
  const part = (step: string) =>
    documents('Web.config', { 'Web.config': config(APP), 'Web.Azure.config': transform(step) })[1];
  const of = (step: string) => findUnresolved(part(step));

  test('is reported with its transform', () => {
    const step = '\n<add key="ApplicationId" xdt:Other="no" xdt:Locator="Nowhere(key)" xdt:Transform="Remove"/>';
    expect(of(step)?.reason).toBe(
      'Line 2 of Web.Azure.config: Nowhere(key) is not a known locator, so the result of Remove is not known. Use Match, Condition or XPath.',
    );
    expect(part(step)?.settings.find(({ id }) => id === 'document')?.at).toEqual({
      file: 'Web.Azure.config',
      line: 2,
      column: 41,
    });
    expect(of(step.replace('xdt:Other', 'Transform'))?.reason).toContain('the result of Remove is not known');
    const without = '<add xdt:Locator="Nowhere(key)"><x xdt:Transform="Remove"/></add>';
    expect(of(without)?.reason).toContain('the result of xdt:Transform is not known');
  });

  test('is bound to its content, in any order', () => {
    const meaning = (attributes: string) => of(`<add ${attributes} xdt:Transform="Encrypt"/>`)?.meaning;
    expect(meaning('key="ShellUrl" value="a"')).toBe(meaning('value="a" key="ShellUrl"'));
    expect(meaning('key="ShellUrl" value="a"')).not.toBe(meaning('key="ShellUrl" value="b"'));
  });

  test('is one setting with the others, and each reason appears once', () => {
    const value = of(
      '<add key="ShellUrl" xdt:Transform="Zip"/><add key="HV_IsMRA" xdt:Transform="Zap"/><add key="HV_IsMRA" xdt:Transform="Zap"/>',
    );
    expect(value?.shown).toBe('Zap, Zip');
    expect(value?.reason.match(/Line 1 of Web.Azure.config: Z[ai]p is not a known transform/g)).toHaveLength(2);
    expect(value?.reason).toMatch(/one\. Line/);
  });

  test('beside readable content is compared by its digest', () => {
    const files = {
      'Web.config': config(APP, 'file="gone.inc"'),
      'Web.Azure.config': transform('<add key="ShellUrl" xdt:Transform="Zip"/>'),
    };
    const [base, part] = documents('Web.config', files).map(findUnresolved);
    expect(base?.meaning).toBe('dotnet-include-missing: gone.inc');
    expect(part).toMatchObject({ meaning: expect.stringMatching(/^[0-9a-f]{64}$/), shown: 'Zip, gone.inc' });
  });
});

describe('a transform without its base is reported when it', () => {
  const orphan = (inner: string) =>
    read('T/Web.Live.config', { 'T/Web.Live.config': `<configuration ${XDT}>${inner}</configuration>` });
  const section = (inner: string) => orphan(`<appSettings>${inner}</appSettings>`);

  test.each<[title: string, result: ReadResult, isOurs: boolean]>([
    ['names a key', section('<add key="HV_IsMRA" xdt:Transform="Remove" xdt:Locator="Match(key)"/>'), true],
    ['removes a key', section('<remove key="HV_IsMRA" xdt:Transform="Insert"/>'), true],
    [
      'names a key in its locator',
      section(`<add value="1" xdt:Transform="SetAttributes" xdt:Locator="Condition(@key='HV_IsMRA')"/>`),
      true,
    ],
    [
      'names an entry by its place',
      section(
        '<add value="1" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(/configuration/appSettings/add[1])"/>',
      ),
      true,
    ],
    [
      'names a key outside of a section',
      orphan(
        '<add value="1" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(/configuration/appSettings/add[1])"/>',
      ),
      true,
    ],
    ['removes all entries', section('<add xdt:Transform="RemoveAll"/>'), true],
    [
      'names another key',
      section('<add key="Theme" value="1" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>'),
      false,
    ],
    [
      'names another key in its locator',
      section(`<add value="1" xdt:Transform="SetAttributes" xdt:Locator="Condition(@key='Theme')"/>`),
      false,
    ],
    [
      'replaces the section with other keys',
      orphan('<appSettings xdt:Transform="Replace"><add key="Theme" value="1"/></appSettings>'),
      false,
    ],
    ['has no step in the section', orphan('<appSettings><add/></appSettings><x xdt:Transform="Remove"/>'), false],
    [
      'belongs to another section',
      orphan('<connectionStrings><add xdt:Transform="RemoveAll"/></connectionStrings>'),
      false,
    ],
  ])('%s', (_title, result, isOurs) => expect(result.kind).toBe(isOurs ? 'documents' : 'not-configuration'));

  test('with the missing base, its secrets and hosts', () => {
    const result = section(`${LIVE}<add key="HV_Password" value="a1" xdt:Transform="Insert"/>`);
    const document = getOnlyDocument(result);
    expect(document).toMatchObject({ file: 'T/Web.Live.config', part: null, environment: 'production', lints: [] });
    expect(document.settings.map(({ id }) => id)).toEqual(['document', 'secret']);
    expect(findUnresolved(document)).toMatchObject({
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
      shown: 'T/Web.Live.config',
      reason:
        'The transform changes HealthVault settings of T/Web.config, which does not exist. Commit it, or remove the transform.',
    });
  });
});

describe('a Web Deploy file', () => {
  const parameter = (name: string, value: string, inner = '') =>
    `\n<parameter name="${name}" defaultValue="${value}">${inner}</parameter>`;
  const entry = (match: string) => `<parameterEntry kind="XmlFile" scope="Web\\.config$" match="${match}"/>`;
  const deploy = (inner: string) => read('Parameters.xml', { 'Parameters.xml': `<parameters>${inner}</parameters>` });

  test.each<[title: string, inner: string, isOurs: boolean]>([
    ['a parameter by its name', parameter('ApplicationId', '1'), true],
    ['a parameter with several words in its name', parameter('Web.config HV_IsMRA', '1'), true],
    ['a parameter by its match', parameter('id', '1', entry(`//add[@key='ApplicationId']/@value`)), true],
    ['one of several places', parameter('id', '1', entry('//a') + entry(`//add[@key='ShellUrl']/@value`)), true],
    ['a value for a parameter', '<setParameter name="ShellUrl" value="https://a.example"/>', true],
    ['parameters of other software', parameter('IIS Web Application Name', 'Default Web Site/a', entry('//a')), false],
    ['parameters without a name', `<parameter value="1"><parameterEntry kind="XmlFile"/></parameter>`, false],
    ['other elements', '<other name="ApplicationId" value="1"/>', false],
    ['nothing', '', false],
  ])('is reported for %s', (_title, inner, isOurs) =>
    expect(deploy(inner).kind).toBe(isOurs ? 'documents' : 'not-configuration'),
  );

  test('is reported with its secrets and hosts only, and bound to all of it', () => {
    const inner = (id: string) =>
      `<setParameter name="ApplicationId" value="${id}"/>${parameter('password', 'hunter2', entry(`//add[@key='ApplicationCertificatePassword']/@value`))}<setParameter name="ShellUrl" value="https://account.healthvault-ppe.com"/>`;
    const document = getOnlyDocument(deploy(inner('1')));
    expect(document).toMatchObject({
      file: 'Parameters.xml',
      format: 'dotnet-config',
      role: 'client',
      environment: 'ppe',
    });
    expect(document.settings.map(({ id }) => id)).toEqual(['document', 'secret']);
    expect(document.settings[1]?.at).toEqual({ file: 'Parameters.xml', line: 2, column: 42 });
    expect(findUnresolved(document)).toMatchObject({
      shown: 'Parameters.xml',
      reason:
        'Web Deploy writes these values into a configuration at deployment. Commit the values in that configuration.',
    });
    expect(findUnresolved(getOnlyDocument(deploy(inner('2'))))?.meaning).not.toBe(findUnresolved(document)?.meaning);
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test('has values before defaults, and a parameter without either counts', () => {
    const secret = (attributes: string) =>
      getOnlyDocument(deploy(`\n<parameter name="HV_Password" ${attributes}/>`)).settings.flatMap(({ id, at }) =>
        id === 'secret' ? [at.column] : [],
      );
    expect(secret('defaultValue="a1" value="b2"')).toEqual([56]);
    expect(secret('defaultValue="a1"')).toEqual([45]);
    expect(secret('')).toEqual([]);
  });

  test('is recognized by its root', () => {
    const text = `<other>${parameter('ApplicationId', '1')}</other>`;
    expect(read('Parameters.xml', { 'Parameters.xml': text }).kind).toBe('not-configuration');
  });

  test('is not a configuration file', () => {
    expect(
      read('Parameters.config', { 'Parameters.config': `<parameters>${parameter('ApplicationId', '1')}</parameters>` })
        .kind,
    ).toBe('not-configuration');
  });
});
