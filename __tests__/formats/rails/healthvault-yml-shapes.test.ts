import { healthvaultYml } from '../../../src/formats/rails/healthvault-yml.ts';
import { expectSettings, listSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const OTHER = '05a059c9-c309-46af-9b86-b06d42510550';
const read = (text: string) => readWith(healthvaultYml, 'config/healthvault.yml', text);
const parts = (text: string): readonly string[] => {
  const result = read(text);
  if (result.kind !== 'documents') return [result.kind];
  return result.documents.map(
    (document) => `${document.part} (${document.environment}): ${listSettings(document, 'column').join(', ')}`,
  );
};

test('all kinds of keys are read at their places', () => {
  const document = getOnlyDocument(
    read(`app_id: ${ID}
cert_file: certs/app.pem
cert_pass: hunter2
shell_url: https://u:hunter1@account.healthvault-ppe.com/
hv_url: https://platform.healthvault-ppe.com/platform/wildcat.ashx
logger:
timeout: 5
proxy: https://u:hunter3@proxy.example
is_mra: true
redirect: <%= page %>
pool: <%= size %>
api_token: <%= ENV["TOKEN"] %>
old_token: <%= "hunter4" %>
`),
  );
  expectSettings(document, [
    `1:9 app-id ${ID}`,
    '2:12 client.certificate certs/app.pem',
    '4:12 secret shell_url',
    '4:12 client.endpoints.shell https://account.healthvault-ppe.com',
    '5:9 client.endpoints.platform https://platform.healthvault-ppe.com/platform',
    '3:12 secret cert_pass',
    '9:9 client.multi-record true',
    '13:12 secret old_token',
    '8:8 secret proxy',
    '8:8 client.runtime.proxy https://proxy.example',
    '7:10 client.runtime.timeout 5',
    '11:7 document ? pool = <%= size %>, redirect = <%= page %>',
  ]);
  expect(JSON.stringify(document)).not.toMatch(/hunter\d/);
});

test('a value that Ruby fetches for a key inside of a map is compared, unless it is a password', () => {
  const meaning = (key: string, variable: string) =>
    getSetting(getOnlyDocument(read(`app_id: ${ID}\nis_mra:\n  ${key}: <%= ENV["${variable}"] %>\n`)), 'document')
      .value;
  expect(meaning('flag', 'A')).not.toEqual(meaning('flag', 'B'));
  expect(meaning('password', 'A')).toEqual(meaning('password', 'B'));
});

test('the document has the role of a client', () => {
  expect(getOnlyDocument(read('timeout: 5'))).toEqual({
    file: 'config/healthvault.yml',
    part: null,
    format: 'healthvault-yml',
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [
      {
        id: 'client.runtime.timeout',
        value: { kind: 'text', meaning: '5', shown: '5' },
        at: { file: 'config/healthvault.yml', line: 1, column: 10 },
      },
    ],
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: null,
  });
  expect(healthvaultYml.id).toBe('healthvault-yml');
});

describe('settings are found', () => {
  test.each([
    ['as symbols', `:app_id: ${ID}`],
    ['in upper case', `App_Id: ${ID}`],
    ['in another spelling', `applicationId: ${ID}`],
    ['below the bare name', `healthvault:\n  app_id: ${ID}`],
    ['below the bare name as a symbol', `:Health_Vault:\n  healthvault:\n    app_id: ${ID}`],
  ])('%s', (_, text) => {
    expect(getSetting(getOnlyDocument(read(text)), 'app-id').value).toMatchObject({ kind: 'text', meaning: ID });
  });

  test('in environments, below the bare name or not', () => {
    expect(parts(`:live:\n  healthvault:\n    app_id: ${ID}\ntest:\n  timeout: 5\nempty: {}`)).toEqual([
      `live (none): 3:13 app-id ${ID}`,
      'test (none): 5:12 client.runtime.timeout 5',
      'empty (none): ',
    ]);
  });

  test('in environments with names like those of other things', () => {
    for (const name of ['myhealthvault', 'healthvaults', 'is-mra'])
      expect(parts(`${name}:\n  timeout: 5`)).toEqual([`${name} (none): 2:12 client.runtime.timeout 5`]);
    expect(parts('note: x\ntest:\n  timeout: 5')).toEqual([
      'null (none): 1:7 client.runtime.note x',
      'test (none): 3:12 client.runtime.timeout 5',
    ]);
  });

  test('with names that contain spaces or are similar to other ones', () => {
    expect(parts('" :cert_file ": x')).toEqual(['null (none): 1:17 client.certificate x']);
    expect(parts('healthvault: x\nhv:timeout: 5')).toEqual([
      'null (none): 1:14 client.runtime.healthvault x, 2:13 client.runtime.hv:timeout 5',
    ]);
  });

  test('in environments of environments, which are unresolved', () => {
    expect(parts(`live:\n  eu:\n    app_id: ${ID}\n    cert_pass: hunter2`)).toEqual([
      expect.stringMatching(/^live \(none\): 4:16 secret eu.cert_pass, 3:5 document \? eu = \{\.\.\.\} \(\w{12}\)$/),
    ]);
  });

  test('beside environments, which inherit them, before the default', () => {
    const text = `app_id: ${ID}
hv_url: https://platform.healthvault.com
note: x
:defaults:
  hv_url: https://platform.healthvault-ppe.com
test:
  :app_id: ${OTHER}
live:
  logger: info
`;
    expect(parts(text)).toEqual([
      `null (mixed): 1:9 app-id ${ID}, 2:9 client.endpoints.platform https://platform.healthvault.com, 3:7 client.runtime.note x`,
      `defaults (ppe): 5:11 client.endpoints.platform https://platform.healthvault-ppe.com, 1:9 app-id ${ID}`,
      `test (ppe): 7:12 app-id ${OTHER}, 5:11 client.endpoints.platform https://platform.healthvault-ppe.com`,
      `live (ppe): 9:11 client.runtime.logger info, 5:11 client.endpoints.platform https://platform.healthvault-ppe.com, 1:9 app-id ${ID}`,
    ]);
  });

  test('in environments only if a map contains such keys', () => {
    expect(
      parts(`app_id: ${ID}\nproxy:\n  host: x\n  password: hunter2\nlive:\n  cert_pass: hunter3\n  note: x`),
    ).toEqual([
      expect.stringMatching(
        /^null \(none\): 1:9 app-id \S+, 4:13 secret proxy.password, 3:3 document \? proxy = \{\.\.\.\} \(\w{12}\)$/,
      ),
      `live (none): 1:9 app-id ${ID}, 6:14 secret cert_pass, 7:9 client.runtime.note x`,
    ]);
  });

  test('in an environment that Ruby inserts', () => {
    expect(parts(`test:\n  app_id: ${ID}\nlive: <%= a %>\nnote: x\nnothing:`)).toEqual([
      'null (none): 4:7 client.runtime.note x, 3:7 document ? live = <%= a %>',
      `test (none): 2:11 app-id ${ID}`,
    ]);
    expect(parts('note: <%= a %>')).toEqual(['null (none): 1:7 document ? note = <%= a %>']);
  });

  test('with an empty application id as a placeholder, and without other empty keys', () => {
    expect(parts('app_id:\nshell_url: ~\nhv_url: ""')).toEqual(['null (none): 1:1 app-id placeholder']);
    expect(parts('note:')).toEqual(['not-configuration']);
  });
});

describe('a list or map', () => {
  const meaningOf = (text: string): unknown => {
    const { value } = getSetting(getOnlyDocument(read(text)), 'document');
    return 'meaning' in value ? value.meaning : null;
  };
  const one = meaningOf('app_id: x\nproxy: {a: [1, 2], b: <%= y %>, token: <%= ENV["X"] %>}');

  test.each([
    ['keys in another order, with symbols', '{b: <%= y %>, token: <%= ENV["X"] %>, ":a": [1, 2]}', true],
    ['keys in another order, with another symbol', '{a: [1, 2], token: <%= ENV["X"] %>, ":b": <%= y %>}', true],
    ['a list in another order', '{a: [2, 1], b: <%= y %>, token: <%= ENV["X"] %>}', false],
    ['another text', '{a: [1, 2], b: <%= z %>, token: <%= ENV["X"] %>}', false],
    ['another key', '{c: [1, 2], b: <%= y %>, token: <%= ENV["X"] %>}', false],
    ['another path to a password', '{a: [1, 2], b: <%= y %>, token: <%= ENV["Z"] %>}', true],
  ])('with %s is equal is %s', (_, proxy, equal) => {
    expect(meaningOf(`app_id: x\nproxy: ${proxy}`) === one).toBe(equal);
  });

  test('in place of a value is unresolved, and its passwords are secrets', () => {
    expectSettings(getOnlyDocument(read('app_id: {secret: hunter2}\nlogger: [x]')), [
      '1:18 secret app_id.secret',
      /^1:9 app-id \? \{\.\.\.\} \(\w{12}\)$/,
      /^2:9 client.runtime.logger \? \{\.\.\.\} \(\w{12}\)$/,
    ]);
    expectSettings(getOnlyDocument(read('app_id: x\nproxy: {pin: <%= ENV["X"] %>}')), [
      '1:9 app-id placeholder',
      /^2:8 document \? proxy = /,
    ]);
    expectSettings(getOnlyDocument(read('cert_pass: [hunter2, <%= ENV["X"] %>, {a: hunter3}]')), [
      '1:13 secret cert_pass.0',
      '1:43 secret cert_pass.2.a',
    ]);
  });
});

test.each([
  ['a list', 'a: [{"<%= k %>": x}]', 'erb-key'],
  ['depth', 'a: {b: {"<%= k %>": x}}', 'erb-key'],
  ['one value', 'x', 'healthvault-yml-shape'],
  ['a list at the top', '[x]', 'healthvault-yml-shape'],
])('a file is unreadable with a key or a form in %s', (_, text, id) => {
  const result = read(text);
  expect(result).toMatchObject({ kind: 'unreadable', problem: { id } });
});

test('the form, and the Ruby code that is not supported, are named', () => {
  const messageOf = (text: string): string => {
    const result = read(text);
    return result.kind === 'unreadable' ? result.problem.message : '';
  };
  expect(messageOf('x')).toBe('Found one value, expected a map from environments to settings.');
  expect(messageOf('<%= k %>: x')).toBe('A key contains Ruby code, expected plain text.');
  expect(messageOf('[x]')).toBe('Found a list, expected a map from environments to settings.');
});

describe('Ruby code', () => {
  const settings = (text: string) => getOnlyDocument(read(`app_id: ${ID}\n${text}`)).settings.map(({ id }) => id);
  const withRuby = (text: string) => settings(text).includes('document');

  test.each([
    '# <%= "x\\n app_id: y" %>',
    "<% require_relative '../x' %>",
    'shell_url: https://x # <%= key %>',
    'note: <%= 10.chr %>',
    'note: <%= "#{x}" %>',
    'note: <%= `cat x` %>',
    'cert_pass: <%= compute %>',
  ])('like %j can write any line', (text) => expect(withRuby(text)).toBe(true));

  test.each([
    '# <%# note %>',
    '# plain',
    'note: <%= ENV["A"] %>',
    "note: <%= Rails.root.join('a', 'b').to_s %>",
    'note: <%= Rails.application.credentials.anything %>',
    'cert_pass: <%= ENV.fetch("A") %>',
  ])('like %j writes one value or none', (text) => expect(withRuby(text)).toBe(false));

  test.each([
    ['logger: <%= page %>', 'client.runtime.logger'],
    ['cert_file: <%= page %>', 'client.certificate'],
  ])('like %s makes the value computed', (text, id) => {
    expect(getSetting(getOnlyDocument(read(`app_id: ${ID}\n${text}`)), id).value.kind).toBe('unresolved');
  });
});

test('a merge after a key overrides it, as in Psych', () => {
  const other = '1b2c3d4e-1473-471d-940f-2699cb7198aa';
  const text = (lines: string) => `default: &d\n  app_id: ${other}\nproduction:\n${lines}`;
  const idOf = (lines: string) => {
    const result = read(text(lines));
    const documents = result.kind === 'documents' ? result.documents : [];
    return documents.find(({ part }) => part === 'production')?.settings.find(({ id }) => id === 'app-id')?.value;
  };
  expect(idOf(`  app_id: ${ID}\n  <<: *d\n`)).toMatchObject({ meaning: other });
  expect(idOf(`  <<: *d\n  app_id: ${ID}\n`)).toMatchObject({ meaning: ID });
});

test('a symbol and a text with one name are two keys', () => {
  const { settings } = getOnlyDocument(read(`app_id: ${ID}\n:app_id: 1b2c3d4e-1473-471d-940f-2699cb7198aa\n`));
  expect(settings.map(({ id }) => id)).toEqual(['app-id', 'document']);
});
