/** No document shows a private key, and every key counts as a secret: through the readers, as the gate runs them. */

import { clientSettings } from '../../../src/formats/dotnet/client-settings.ts';
import type { Format } from '../../../src/formats/format.ts';
import { applicationManifest } from '../../../src/formats/manifest/manifest.ts';
import { platformXml } from '../../../src/formats/platform-xml/platform-xml.ts';
import { healthvaultYml } from '../../../src/formats/rails/healthvault-yml.ts';
import { addEmbeddedKeys, findPrivateKeysInFile } from '../../../src/formats/secrets/embedded-keys.ts';
import { findPrivateKeys } from '../../../src/formats/secrets/key-text.ts';
import { hideShownKeys } from '../../../src/formats/secrets/shown-keys.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { ConfigDocument, SettingValue } from '../../../src/model/document.ts';
import { EMPTY_DOCUMENT } from '../../support/empty-document.ts';
import { KEY_BASE64, KEY_BODY, KEY_HEX, KEY_PEM } from '../../support/fake-keys.ts';
import { addBody, buildDump, ELEMENTS } from '../../support/platform-fixture.ts';
import { readWith, toBytes } from '../../support/read-context.ts';

const HIDDEN = '(private key, not shown)';

function documentsOf(format: Format, path: string, text: string | Uint8Array): readonly ConfigDocument[] {
  const result = readWith(format, path, text);
  if (result.kind !== 'documents') throw new Error(`no documents: ${JSON.stringify(result)}`);
  const documents = addEmbeddedKeys({ path, bytes: toBytes(text) }, result.documents);
  for (const piece of [KEY_BODY, KEY_BASE64.slice(20), KEY_HEX.slice(30)]) {
    expect(JSON.stringify(documents)).not.toContain(piece);
  }
  return documents;
}

const secretsOf = (documents: readonly ConfigDocument[]): readonly string[] =>
  documents.flatMap(({ settings }) =>
    settings.flatMap(({ id, value, at }) =>
      value.kind === 'secret' ? [`${id} ${at.line}:${at.column} ${value.what}`] : [],
    ),
  );

const valuesOf = (documents: readonly ConfigDocument[], id: string): readonly SettingValue[] =>
  documents.flatMap(({ settings }) => settings.flatMap((setting) => (setting.id === id ? [setting.value] : [])));

describe('the XML of the platform hides a key', () => {
  const info = (elements: string) =>
    `<info xmlns="urn:com.microsoft.wc.methods.UpdateApplication">\n${elements}\n</info>`;
  const rules = (rule: string) =>
    info(`<person-online-base-auth><auth><rules><rule ${rule}</rule></rules></auth></person-online-base-auth>`);

  test('and shows the text around it', () => {
    const documents = documentsOf(platformXml, 'a.xml', info(`<description>Charts. ${KEY_PEM} Free.</description>`));
    expect(valuesOf(documents, 'description')).toEqual([
      { kind: 'text', meaning: expect.stringMatching(/^hidden [0-9a-f]{64}$/), shown: `Charts. ${HIDDEN} Free.` },
    ]);
    expect(secretsOf(documents)).toEqual(['secret 2:22 private key in the text (RSA PRIVATE KEY)']);
  });

  test('and has another meaning when the text beside the key or the key changes', () => {
    const meaningOf = (text: string) =>
      valuesOf(documentsOf(platformXml, 'a.xml', info(`<name>${text}</name>`)), 'name').map(
        (value) => value.kind === 'text' && value.meaning,
      )[0];
    const texts = [`a ${KEY_HEX}`, `b ${KEY_HEX}`, `a ${KEY_HEX}00`, 'a', `a ${HIDDEN}`];
    expect(new Set(texts.map(meaningOf)).size).toBe(texts.length);
    expect(meaningOf(`a ${KEY_HEX}`)).toBe(meaningOf(`  a\n${KEY_HEX} `));
  });

  test('in elements of a set', () => {
    const documents = documentsOf(platformXml, 'a.xml', info(`<methods>GetThings,${KEY_BASE64}</methods>`));
    expect(valuesOf(documents, 'methods')).toEqual([
      {
        kind: 'set',
        items: [
          expect.objectContaining({ meaning: 'getthings', shown: 'GetThings' }),
          expect.objectContaining({ meaning: expect.stringMatching(/^hidden /), shown: HIDDEN }),
        ],
      },
    ]);
    expect(secretsOf(documents)).toEqual(['secret 2:20 private key in the text (base64)']);
  });

  test('in names and reasons of rules, in every language', () => {
    const reasons = `<reason>Because ${KEY_HEX}.</reason><reason xml:lang="de-DE">Weil ${KEY_PEM}.</reason>`;
    const documents = documentsOf(
      platformXml,
      'a.xml',
      rules(`name="${KEY_BASE64}">${reasons}<permission>Read</permission>`),
    );
    expect(valuesOf(documents, 'access.online')).toEqual([
      {
        kind: 'access',
        rules: [
          expect.objectContaining({
            name: HIDDEN,
            reasons: { '': `Because ${HIDDEN}.`, 'de-DE': `Weil ${HIDDEN}.` },
            permissions: ['Read'],
          }),
        ],
      },
    ]);
    expect(secretsOf(documents).map((secret) => secret.replace(/^.*\(/, ''))).toEqual([
      'base64)',
      'hexadecimal)',
      'RSA PRIVATE KEY)',
    ]);
  });

  test('in a rule without a name', () => {
    const documents = documentsOf(
      platformXml,
      'a.xml',
      rules(`><reason>${KEY_HEX}</reason><permission>Read</permission>`),
    );
    expect(valuesOf(documents, 'access.online')).toMatchObject([{ rules: [{ name: null }] }]);
  });

  test('in the reason for an unreadable value, and in the message with it', () => {
    const documents = documentsOf(platformXml, 'a.xml', rules(`><permission>${KEY_BASE64}</permission>`));
    const said = `"${HIDDEN}" in line 2 is not a valid permission. Write All, Read, Create, Update or Delete, in this case.`;
    expect(valuesOf(documents, 'access.online')).toMatchObject([{ kind: 'unresolved', reason: said }]);
    expect(documents.flatMap(({ lints }) => lints.map(({ message }) => message))).toContain(said);
    // The report cuts the value; the key in the file is the same one.
    expect(secretsOf(documents)).toEqual(['secret 2:58 private key in the text (base64)']);
  });

  test('in an unresolved value', () => {
    const documents = documentsOf(platformXml, 'a.xml', info(`<id>\${x}${KEY_HEX}</id>`));
    expect(valuesOf(documents, 'app-id')).toEqual([
      {
        kind: 'unresolved',
        meaning: expect.stringMatching(/^hidden /),
        shown: `\${x}${HIDDEN}`,
        reason: expect.stringContaining(`\${x}${HIDDEN},`),
      },
    ]);
  });

  test('that only shows after parsing once, at its first setting', () => {
    const entities = KEY_PEM.replaceAll('-', '&#45;');
    const documents = documentsOf(
      platformXml,
      'a.xml',
      info(`<domain-name>${entities}</domain-name><name>${entities}</name>`),
    );
    expect(secretsOf(documents)).toEqual(['secret 2:1 private key in the text (RSA PRIVATE KEY)']);
    expect(valuesOf(documents, 'domain-name')).toMatchObject([{ shown: HIDDEN }]);
  });

  test('with the same digest in every place', () => {
    const meaningsOf = (text: string) =>
      documentsOf(platformXml, 'a.xml', text).flatMap(({ settings }) =>
        settings.flatMap(({ value }) => (value.kind === 'secret' ? [value.meaning] : [])),
      );
    const plain = meaningsOf(info(`<name>${KEY_PEM}</name>`));
    expect(plain).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(meaningsOf(info(`<name>${KEY_PEM.replaceAll('-', '&#45;')}</name>`))).toEqual(plain);
    expect(meaningsOf(info(`<?key ${KEY_PEM}?>`))).toEqual(plain);
  });

  test('but shows a public key and a logo', () => {
    const result = readWith(platformXml, 'a.xml', addBody());
    if (result.kind !== 'documents') throw new Error('no documents');
    const file = { path: 'a.xml', bytes: toBytes(addBody()) };
    expect(addEmbeddedKeys(file, result.documents)).toEqual(result.documents);
  });

  test('in each of several documents', () => {
    const two = `<all>${info(`<id>${'9'.repeat(32)}</id><name>${KEY_HEX}</name>`)}${info(`<id>${'8'.repeat(32)}</id><name>${KEY_HEX}</name>`)}</all>`;
    const documents = documentsOf(platformXml, 'a.xml', two);
    expect(valuesOf(documents, 'name')).toMatchObject([{ shown: HIDDEN }, { shown: HIDDEN }]);
    expect(secretsOf(documents.slice(0, 1))).toHaveLength(2);
    expect(secretsOf(documents.slice(1))).toEqual([]);
  });

  test('in a dump in UTF-16, and in one with other bytes than declared', () => {
    const text = buildDump({ name: `<name>é ${KEY_PEM}</name>` });
    const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    const latin = new Uint8Array(Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${text}`, 'latin1'));
    for (const bytes of [wide, latin]) {
      expect(secretsOf(documentsOf(platformXml, 'a.xml', bytes))).toEqual([
        expect.stringMatching(/^secret \d+:\d+ private key in the text \(RSA PRIVATE KEY\)$/),
      ]);
    }
  });
});

describe('another format hides a key', () => {
  test('in an unknown setting of Ruby', () => {
    const text = `production:\n  app_id: 9ca84d74-1473-471d-940f-2699cb7198df\n  logger: "${KEY_PEM.replaceAll('\n', '\\n')}"\n`;
    expect(secretsOf(documentsOf(healthvaultYml, 'config/healthvault.yml', text))).toEqual([
      'secret 3:12 private key in the text (RSA PRIVATE KEY)',
    ]);
  });

  test('in an unknown setting of iOS', () => {
    const text = `<clientSettings><masterAppID>9ca84d74-1473-471d-940f-2699cb7198df</masterAppID><deviceName>${KEY_BASE64}</deviceName></clientSettings>`;
    expect(secretsOf(documentsOf(clientSettings, 'ClientSettings.xml', text))).toHaveLength(1);
  });

  test('in a manifest', () => {
    const text = `healthvault: 1\nname: |\n  ${KEY_PEM.replaceAll('\n', '\n  ')}\norganization: ${KEY_HEX}\n`;
    const documents = documentsOf(applicationManifest, 'healthvault.app.yml', text);
    expect(secretsOf(documents)).toEqual([
      'secret 3:3 private key in the text (RSA PRIVATE KEY)',
      'secret 6:15 private key in the text (hexadecimal)',
    ]);
    expect(valuesOf(documents, 'organization')).toMatchObject([{ shown: HIDDEN }]);
  });
});

describe('a document', () => {
  const at = { file: 'a.yml', line: 1, column: 1 };

  test('hides keys in ids and names of content and secrets, without changing their digests', () => {
    const { settings } = hideShownKeys(
      {
        ...EMPTY_DOCUMENT,
        settings: [
          { id: `client.runtime.${KEY_HEX}`, value: { kind: 'content', meaning: 'abc', shown: `a ${KEY_HEX}` }, at },
          { id: 'secret', value: { kind: 'secret', meaning: 'def', what: `password ${KEY_HEX}` }, at },
        ],
      },
      [],
    );
    expect(settings).toEqual([
      { id: `client.runtime.${HIDDEN}`, value: { kind: 'content', meaning: 'abc', shown: `a ${HIDDEN}` }, at },
      { id: 'secret', value: { kind: 'secret', meaning: 'def', what: `password ${HIDDEN}` }, at },
      expect.objectContaining({ id: 'secret', at }),
    ]);
  });

  test('counts a key that is not in the file beside one that is', () => {
    const value = (text: string) => ({ kind: 'text', meaning: text, shown: text }) as const;
    const document = {
      ...EMPTY_DOCUMENT,
      settings: [KEY_HEX, KEY_PEM, `${KEY_HEX}00`, KEY_HEX.slice(0, 60)].map((text) => ({
        id: 'x',
        value: value(text),
        at,
      })),
    };
    const { settings } = hideShownKeys(document, findPrivateKeys(`${KEY_HEX} ${KEY_BASE64}`));
    const secrets = settings.filter(({ id }) => id === 'secret');
    expect(secrets).toEqual([
      expect.objectContaining({ value: expect.objectContaining({ what: expect.stringContaining('RSA') }) }),
    ]);
  });

  test('hides a key in compared values only', () => {
    const value = { kind: 'text', meaning: `a ${KEY_HEX}`, shown: 'a' } as const;
    const { settings } = hideShownKeys({ ...EMPTY_DOCUMENT, settings: [{ id: 'x', value, at }] }, []);
    expect(settings).toStrictEqual([
      { id: 'x', value: { kind: 'text', meaning: expect.stringMatching(/^hidden /), shown: 'a' }, at },
    ]);
  });

  test('keeps the other facts of a set', () => {
    const value = { kind: 'set', grants: true, items: [{ meaning: 'a', shown: 'a', at }] } as const;
    const setting = { id: 'x', culture: 'de-DE', value, at };
    const document = { ...EMPTY_DOCUMENT, settings: [setting], digest: 'abc', part: 'live' };
    expect(hideShownKeys(document, [])).toEqual(document);
  });
});

test('a file without documents has no secrets', () => {
  const file = { path: 'a.yml', bytes: toBytes(KEY_PEM) };
  expect(addEmbeddedKeys(file, [])).toEqual([]);
});

test('the keys of a file without a document are found', () => {
  const found = findPrivateKeysInFile({ path: 'x/s.config', bytes: toBytes(`<a>\n  <b k="${KEY_HEX}"/>\n</a>`) });
  expect(found).toEqual([
    {
      id: 'secret',
      value: { kind: 'secret', meaning: computeSha256(toBytes(KEY_HEX)), what: expect.any(String) },
      at: { file: 'x/s.config', line: 2, column: 9 },
    },
  ]);
  expect(findPrivateKeysInFile({ path: 'x', bytes: toBytes(ELEMENTS['large-logo'] ?? '') })).toEqual([]);
});
