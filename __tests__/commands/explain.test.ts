import { explain } from '../../src/commands/explain.ts';
import { run } from './support.ts';

test.each([
  [
    'certificate-changed',
    [
      'certificate-changed: certificate (Production certificates)',
      'label: go-live/certificate-approved',
      'lead time: 2 to 3 business days',
      'when: ',
    ],
  ],
  ['secret-found', ['label: none', 'lead time: none published']],
  ['open-query-added', ['extra-review', 'not published']],
  ['secret', ['secret: Secret in the repository', 'label: no label approves it', 'lead time: none published']],
  ['none', ['label: not needed', 'required-rule-display-changed: none']],
  ['new-application', ['lead time: 2 to 4 weeks', 'application-replaced: new-application']],
  ['rotate-key', ['rotate-key: Replace the key', 'who: author', 'R47: ']],
  ['confirm-walkthrough', ['(optional)', 'who: ']],
  ['R3', ['(OLD)', 'rules: ', 'steps: await-push']],
  ['r3', ['R3: When the configuration changes']],
  ['app-id', ['app-id: ', 'ACC) tab: Home', 'Platform XML element: id', 'Rules for this setting:']],
  [
    'client.runtime.anything',
    ['Runtime setting anything', 'Not in the Application Configuration Center', 'runtime-setting-changed: deployment'],
  ],
  ['name@de-DE', ['name', 'text-changed: configuration']],
])('%s is explained', async (term, expected) => {
  const { exit, out } = await run(explain, {}, [term]);
  expect(exit).toBe(0);
  for (const part of expected) expect(out).toContain(part);
});

test.each([
  ['WCPage_ActionPrivacy', 'client.action-targets.privacy'],
  ['ApplicationId', 'app-id: Application id'],
  ['HV_APPID', 'app-id: Application id'],
  ['app.isMultiInstanceAware', 'client.multi-instance'],
  ['keystore.keyname', 'client.certificate'],
  ['hv_url', 'client.endpoints.platform'],
  ['masterAppID', 'app-id: Application id'],
  ['signInRetryMessage', 'client.runtime.signInRetryMessage'],
  ['HEALTH_VAULT_SHELL_URL', 'client.endpoints.shell'],
  ['restUrl', 'client.endpoints.rest'],
  ['go-live/configuration-approved', 'configuration: Configuration'],
  ['GO-LIVE/Configuration-Approved', 'label of the policy'],
  ['no-base', 'troubleshooting.md#no-base'],
  ['R8', 'lead times of: '],
  ['request-review', 'who: author'],
])('%s is recognized as users see and type it', async (term, expected) => {
  expect(await run(explain, {}, [term])).toMatchObject({ exit: 0, out: expect.stringContaining(expected) });
});

test('without a term every rule and setting is listed', async () => {
  const { exit, out } = await run(explain);
  expect(exit).toBe(0);
  expect(out).toMatch(/^Rules, in the order in which they apply:\n {2}secret-found +secret\n/);
  expect(out).toMatch(/\nSettings:\n/);
  expect(out).toMatch(/\n {2}action-url +\S/);
});

test.each([
  [['ation-url'], 'unknown-term', 'Did you mean action-url?'],
  [['zzzzzzzzzzzz'], 'unknown-term', 'Run go-live-gate explain for the list.'],
  [['secret', 'none'], 'wrong-option', 'Name one'],
])('%j is wrong use with %s', async (operands, id, message) => {
  expect(await run(explain, {}, operands)).toMatchObject({ exit: 2, id, message: expect.stringContaining(message) });
});

describe('explain for another policy', () => {
  const values = { policy: 'browser-extension' };

  test('lists its settings and where they are read', async () => {
    const { out } = await run(explain, values);
    expect(out).toMatch(/\n {2}permissions +\S*permissions\S* in \*\*\/manifest\.\{json,jsonc,json5\}/);
    expect(out).not.toContain('Patient Connect');
  });

  test.each([
    ['permissions', ['  read from ', 'Rules for this setting:', 'permission-added: user-consent']],
    ['manifest.icons', ['  read from ', 'package-details-changed: package']],
    ['permission-added', ['permission-added: user-consent (Users are asked again)']],
  ])('explains %s', async (term, expected) => {
    const { exit, out } = await run(explain, values, [term]);
    expect(exit).toBe(0);
    for (const part of expected) expect(out).toContain(part);
    expect(out).not.toContain('Application Configuration Center');
  });

  test('names a file that does not exist', async () => {
    expect(await run(explain, { policy: 'nowhere.yml' }, ['secret'])).toMatchObject({
      exit: 2,
      id: 'policy-not-found',
    });
  });
});
