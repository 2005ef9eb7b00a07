import fc from 'fast-check';
import { spring } from '../../../src/formats/java/spring.ts';
import type { ReadResult } from '../../../src/model/document.ts';
import { getOnlyDocument, getSetting, readContext, readWith, toBytes } from '../../support/read-context.ts';

const APP = '05a059c9-c309-46af-9b86-b06d42510550';

function read(text: string | Uint8Array, path = 'src/main/resources/application.yml'): ReadResult {
  return readWith(spring, path, text);
}

function parts(result: ReadResult): readonly (string | null)[] {
  return result.kind === 'documents' ? result.documents.map(({ part }) => part) : [result.kind];
}

const YAML = `server:
  port: 8083
openmhealth:
  shim:
    healthvault:
      clientId: ${APP}
      client-secret: hunter2
      timeout: 5
    fitbit:
      clientId: other
`;

it.each([
  ['application.yml', true],
  ['a/application-prod.YAML', true],
  ['application.properties', true],
  ['application-a-b.properties', true],
  ['hv-application.properties', false],
  ['argocd/applications.yml', true],
  ['app.yml', false],
  ['application.json', false],
])('claims %s (%s)', (path, claimed) => {
  expect(spring.matchesPath(path, readContext())).toBe(claimed);
});

describe('Spring settings', () => {
  it('are read below the shim, with their places', () => {
    const document = getOnlyDocument(read(YAML));
    expect(document).toMatchObject({ part: null, role: 'client', environment: 'none' });
    expect(document.settings.map(({ id, at }) => `${id} ${at.line}:${at.column}`)).toEqual([
      'app-id 6:17',
      'secret 7:22',
      'client.runtime.timeout 8:16',
    ]);
    expect(getSetting(document, 'app-id').value).toMatchObject({ meaning: APP });
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  it.each([
    ['flat keys', `openmhealth.shim.healthvault.clientId: ${APP}`],
    ['half-flat keys', `openmhealth.shim:\n  healthvault.client-id: "${APP.toUpperCase()}"`],
    ['keys at the top', `healthvault:\n  client_id: ${APP}`],
    ['keys in capitals', `HEALTHVAULT.CLIENTID: ${APP}`],
  ])('are the same with %s', (_, text) => {
    expect(getSetting(getOnlyDocument(read(text)), 'app-id').value).toMatchObject({ kind: 'text', meaning: APP });
  });

  it('are the same in properties, with the last one', () => {
    const text = `openmhealth.shim.healthvault.clientId=x\r\nopenmhealth.shim.healthvault.client-id : ${APP}\r\n`;
    const document = getOnlyDocument(read(text, 'application.properties'));
    expect(document.settings).toMatchObject([{ id: 'app-id', value: { meaning: APP }, at: { line: 2, column: 42 } }]);
  });

  it('get the environment from a HealthVault host', () => {
    const text = `healthvault:\n  clientId: ${APP}\n  url: https://platform.healthvault-ppe.com/platform\n  other: https://example.com`;
    expect(getOnlyDocument(read(text)).environment).toBe('ppe');
  });

  it.each([
    ['${HV_CLIENT}', 'unresolved'],
    [`\${HV_CLIENT:${APP}}`, 'unresolved'],
    ['', 'text'],
  ])('contain %j as it is', (id, kind) => {
    expect(getSetting(getOnlyDocument(read(`healthvault:\n  clientId: ${id}`)), 'app-id').value.kind).toBe(kind);
  });

  it.each([
    ['${SECRET}', false],
    ['${SECRET:}', false],
    ['${SECRET:hunter2}', true],
    ['hunter2', true],
    ['""', false],
  ])('contain the secret %j is %s', (secret, found) => {
    const document = getOnlyDocument(read(`healthvault:\n  clientId: x\n  clientSecret: ${secret}`));
    expect(document.settings.some(({ id }) => id === 'secret')).toBe(found);
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });
});

describe('profiles', () => {
  it('are parts by document, by file name, and by number', () => {
    const text = `${YAML}---\nspring.profiles: dev\nhealthvault: {clientId: x}\n---\na: 1\n---\nspring:\n  config.activate.on-profile: [qa, prod]\nhealthvault: {clientId: y}\n---\nhealthvault: {clientId: z}\n`;
    expect(parts(read(text))).toEqual([null, 'dev', 'qa, prod', 'document 5']);
    expect(parts(read(YAML, 'application-prod.yml'))).toEqual(['prod']);
    expect(parts(read('healthvault.a: 1\n---\nhealthvault.b: 1', 'application-prod.yml'))).toEqual([
      'prod',
      'prod (2)',
    ]);
  });

  it('are parts in properties', () => {
    const text =
      'healthvault.clientId=a\n#---\nspring.config.activate.on-profile=prod\nhealthvault.clientId=b\n!---\nx=y\n';
    expect(parts(read(text, 'application.properties'))).toEqual([null, 'prod']);
  });

  it('can share values by anchors and merge keys', () => {
    const document = getOnlyDocument(read(`x: &x {clientId: ${APP}}\nhealthvault:\n  <<: *x\n`));
    expect(getSetting(document, 'app-id').value).toMatchObject({ meaning: APP });
  });
});

describe('another application', () => {
  it.each([
    ['no key of ours', 'server:\n  port: 1'],
    ['our name in a comment', '# healthvault was here\na: 1'],
    ['our name in a value', 'a: healthvault'],
    ['another shim', 'openmhealth.shim.fitbit.clientId: healthvault'],
    ['a text that cannot be read', 'a: [b'],
    ['nothing', ''],
  ])('with %s is ignored', (_, text) => {
    expect(read(text)).toEqual({ kind: 'not-configuration' });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['YAML', 'HealthVault:\n  a: [b', 'yaml-syntax'],
    ['a key that is given twice', 'healthvault: 1\nhealthvault: 2', 'yaml-duplicate-key'],
    ['bytes', Uint8Array.from([...toBytes('healthvault: '), 0xff]), 'text-invalid-bytes'],
  ])('with %s that cannot be read but names HealthVault is unreadable', (_, text, id) => {
    expect(read(text)).toMatchObject({ kind: 'unreadable', problem: { id } });
  });

  it('with a malformed escape in properties that name HealthVault is unreadable', () => {
    const result = read('healthvault.a=\\u00', 'application.properties');
    expect(result).toMatchObject({ kind: 'unreadable', problem: { id: 'properties-escape' } });
  });
});

it('any bytes get an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom('yml', 'properties'), (bytes, ending) => {
      const all = Uint8Array.from([...toBytes('healthvault.a: 1\n'), ...bytes]);
      const result = spring.read({ path: `application.${ending}`, bytes: all }, readContext());
      expect(['documents', 'unreadable']).toContain(result.kind);
    }),
  );
});
