import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { healthvaultYml } from '../../../src/formats/rails/healthvault-yml.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';
import { buildAnyText } from '../../support/any-text.ts';
import { getOnlyDocument, getSetting, readContext, readWith, toBytes } from '../../support/read-context.ts';

const APP = '05a059c9-c309-46af-9b86-b06d42510550';
const CORPUS = process.env.GO_LIVE_CORPUS;

function read(text: string) {
  return readWith(healthvaultYml, 'config/healthvault.yml', text);
}

function documentsOf(text: string): readonly ConfigDocument[] {
  const result = read(text);
  if (result.kind !== 'documents') throw new Error(JSON.stringify(result));
  return result.documents;
}

const SAMPLE = `# settings
default: &default
  app_id: ${APP}
  cert_file: <%= Rails.root %>/config/app.pem   <%# where it is %>
  cert_pass:
  shell_url: https://account.healthvault-ppe.com
  hv_url: https://platform.healthvault-ppe.com/platform/wildcat.ashx
  logger: :rails
production:
  <<: *default
  shell_url: https://account.healthvault.com
  hv_url: "https://platform.healthvault.com/platform/"
  cert_pass: hunter2
test:
  app_id: <%= ENV['APP_ID'] %>
  cert_pass: <%= ENV.fetch('PASS') %>
`;

describe('the name of a file', () => {
  it.each([
    ['config/healthvault.yml', true],
    ['HealthVault.YAML', true],
    ['config/healthvault.yml.erb', true],
    ['x.healthvault.yml', false],
    ['healthvault.yml.bak', false],
    ['healthvault.app.yml', false],
    ['config/database.yml', false],
  ])('like %s is claimed is %s', (path, claimed) => {
    expect(healthvaultYml.matchesPath(path, readContext())).toBe(claimed);
  });
});

describe('environments', () => {
  const [shared, production, test] = documentsOf(SAMPLE);
  if (shared === undefined || production === undefined || test === undefined) throw new Error('three parts expected');

  it('are parts of the file, with the environment of their hosts', () => {
    expect([shared, production, test].map(({ part, environment, role }) => [part, environment, role])).toEqual([
      ['default', 'ppe', 'client'],
      ['production', 'production', 'client'],
      ['test', 'ppe', 'client'],
    ]);
  });

  it('inherit from the default by merge key and by custom tag, with the place of the inherited value', () => {
    expect(getSetting(production, 'app-id')).toMatchObject({ value: { meaning: APP }, at: { line: 3, column: 11 } });
    expect(getSetting(test, 'client.endpoints.platform')).toMatchObject({ at: { line: 7 } });
    expect(getSetting(production, 'client.endpoints.platform')).toMatchObject({
      value: {
        meaning: 'https://platform.healthvault.com/platform',
        shown: 'https://platform.healthvault.com/platform/',
      },
      at: { line: 12, column: 11 },
    });
  });

  it('have computed values as unresolved, and paths with Ruby as they are', () => {
    expect(getSetting(test, 'app-id').value).toEqual({
      kind: 'unresolved',
      meaning: "<%= ENV['APP_ID'] %>",
      shown: "<%= ENV['APP_ID'] %>",
      reason: 'Ruby code computes this value when the application starts. Write it out.',
    });
    expect(getSetting(shared, 'client.certificate').value).toMatchObject({
      kind: 'text',
      meaning: '<%= Rails.root %>/config/app.pem',
    });
    expect(getSetting(shared, 'client.runtime.logger').value).toMatchObject({ meaning: ':rails' });
  });

  it('never show a password', () => {
    expect(getSetting(production, 'secret')).toMatchObject({
      value: { kind: 'secret', what: 'cert_pass' },
      at: { line: 13 },
    });
    expect(JSON.stringify(documentsOf(SAMPLE))).not.toContain('hunter2');
    expect([shared, test].flatMap(({ settings }) => settings.filter(({ id }) => id === 'secret'))).toEqual([]);
  });

  it('can be missing', () => {
    const document = getOnlyDocument(read(`app_id: ${APP}\nshell_url: https://account.healthvault.co.uk`));
    expect(document).toMatchObject({ part: null, environment: 'production' });
  });
});

describe('a password', () => {
  it.each([
    ['a text', 'hunter2', true],
    ['a number', '123456', true],
    ['a text around a tag', '"abc<%= ENV[\'X\'] %>"', true],
    ['a text in a tag', '<%= "hunter2" %>', true],
    ['a fallback in a tag', '<%= ENV[\'X\'] || "hunter2" %>', true],
    ['a fallback of fetch', '<%= ENV.fetch("X", "hunter2") %>', true],
    ['nothing', '', false],
    ['an empty text', '""', false],
    ['a variable', '<%= ENV["X"] %>', false],
    ['the credentials', '<%= Rails.application.credentials.hv[:pass] %>', false],
    ['a constant', '<%= HV_CERT_PASS %>', false],
    ['a constant without spaces', '<%=HV_CERT_PASS%>', false],
    ['a part of the credentials', '<%= Rails.application.credentials[:hv].pass -%>', false],
    ['a variable without spaces', '<%=ENV["X"]%>', false],
    ['a variable with many spaces', '<%=  ENV[ "X" ]  -%>', false],
    ['a text behind a variable', '<%= ENV["X"] %>hunter2', true],
  ])('is found as %s', (_, written, found) => {
    const document = getOnlyDocument(read(`app_id: ${APP}\ncert_pass: ${written}`));
    expect(document.settings.some(({ id }) => id === 'secret')).toBe(found);
    expect(JSON.stringify(document)).not.toMatch(/hunter2|123456/);
  });
});

describe('an unsupported file', () => {
  it.each([
    ['a loop', 'a: 1\n<% %w[a b].each do |e| %>\n<%= e %>: 1\n<% end %>', 'erb-code', 2, 1],
    ['an assignment', `<% id = "${APP}" %>\napp_id: <%= id %>`, 'erb-code', 1, 1],
    ['a key that Ruby writes', '<%= Rails.env %>:\n  app_id: x', 'erb-key', 1, 1],
    ['a key inside an environment', 'default:\n  <%= key %>: x', 'erb-key', 2, 3],
    ['a tag over two lines', 'app_id: <%= ENV[\n"X"] %>', 'erb-unclosed', 1, 9],
    ['a tag that is not closed', 'app_id: <%= x', 'erb-unclosed', 1, 9],
    ['a private character', 'app_id: \ue000', 'erb-code', 1, 9],
    ['a list', '- app_id: x', 'healthvault-yml-shape', 1, 1],
    ['a text', 'app_id', 'healthvault-yml-shape', 1, 1],
    ['wrong YAML', 'a: b\n c: d', 'yaml-syntax', 2, 3],
    ['a key that is given twice', 'app_id: x\napp_id: y', 'yaml-duplicate-key', 2, 1],
  ])('with %s is unreadable', (_, text, id, line, column) => {
    expect(read(text)).toMatchObject({ kind: 'unreadable', problem: { id, at: { line, column } } });
  });

  it('with a map in place of a value has an unresolved value', () => {
    const document = getOnlyDocument(read('app_id: {a: 1}\nhv_url: [x]'));
    expect(document.settings.map(({ value }) => value.kind)).toEqual(['unresolved', 'unresolved']);
    expect(document.environment).not.toBe('production');
  });
});

it.each(['', '# nothing', '{}', 'production: {}'])('%j has no settings', (text) => {
  expect(read(text)).toEqual({ kind: 'not-configuration' });
});

it('requires and comments are ignored, and every place remains', () => {
  const text = `<% require 'socket' %>\n<%# a %>\napp_id: <%= a %><%= b %> # <%= c %>`;
  expect(getSetting(getOnlyDocument(read(text)), 'app-id')).toMatchObject({
    value: { meaning: '<%= a %><%= b %>' },
    at: { line: 3, column: 9 },
  });
});

it('any text gets an answer', () => {
  const texts = fc.string({
    unit: fc.constantFrom('<%', '%>', '=', '#', ' ', '\n', 'app_id', ': ', '- ', '{', '}', "'", '"', '&a', '*a', '<<'),
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.oneof(texts, buildAnyText()), (text) => {
      expect(['documents', 'unreadable', 'not-configuration']).toContain(
        healthvaultYml.read({ path: 'healthvault.yml', bytes: toBytes(text) }, readContext()).kind,
      );
    }),
    { numRuns: 1000 },
  );
  for (let end = 0; end <= SAMPLE.length; end += 1) expect(() => read(SAMPLE.slice(0, end))).not.toThrow();
});

const corpusFile = CORPUS === undefined ? '' : join(CORPUS, 'ruby/hdata-adapter/config/healthvault.yml');
const withCorpus = existsSync(corpusFile) ? it : it.skip;
// biome-ignore lint/suspicious/noConsole: a skipped test says so
if (!existsSync(corpusFile)) console.warn('GO_LIVE_CORPUS is not set: public healthvault.yml not read');

withCorpus('reads a public file', () => {
  const document = getOnlyDocument(read(readFileSync(corpusFile, 'utf8')));
  expect(document).toMatchObject({ part: 'default', environment: 'ppe' });
  expect(document.settings.map(({ id }) => id)).toEqual([
    'app-id',
    'client.certificate',
    'client.endpoints.shell',
    'client.endpoints.platform',
    'client.runtime.logger',
  ]);
});
