/** The fixtures against the platform's own schemas (folder in GO_LIVE_XSD), so that the reader is tested on the truth. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { addBody, ELEMENTS, updateBody } from '../../support/platform-fixture.ts';

const folder = process.env.GO_LIVE_XSD ?? '';
const there = folder !== '' && existsSync(folder);
// biome-ignore lint/suspicious/noConsole: a skipped test says so aloud
if (!there) console.warn('GO_LIVE_XSD names no folder: the fixtures are not checked against the platform schemas.');
const checked = there ? test : test.skip;

async function errorsOf(method: string, xml: string): Promise<readonly string[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.xsd'))
    .map((fileName) => ({ fileName, contents: readFileSync(join(folder, fileName), 'utf8') }));
  const schema = files.filter(({ fileName }) => fileName === `method-${method}.xsd`);
  const preload = files.filter(({ fileName }) => fileName !== `method-${method}.xsd`);
  const result = await validateXML({ xml: [{ fileName: 'app.xml', contents: xml }], schema, preload });
  return result.errors.map(({ message }) => message);
}

describe('requests from the published schema are read', () => {
  checked('AddApplication with every element', async () => {
    expect(await errorsOf('addapplication', addBody())).toEqual([]);
  });

  checked('UpdateApplication with every element, and with none', async () => {
    expect(await errorsOf('updateapplication', updateBody(ELEMENTS))).toEqual([]);
    expect(await errorsOf('updateapplication', updateBody({}))).toEqual([]);
  });

  checked('what the reader calls missing the schema refuses too', async () => {
    for (const name of [
      'name',
      'public-keys',
      'person-offline-base-auth',
      'description',
      'auth-reason',
      'large-logo',
    ]) {
      expect(await errorsOf('addapplication', addBody({ [name]: null }))).not.toEqual([]);
    }
  });
});
