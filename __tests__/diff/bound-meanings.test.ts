/** What an approval is bound to beside the shown texts: the same for the same meaning, whichever order it is written in. */
import { diffDocuments } from '../../src/diff/documents.ts';
import type { AccessRule, Setting } from '../../src/model/document.ts';
import { access, document, of, on, PRESSURE, set, text, WEIGHT } from './support/documents.ts';

const meanings = (base: readonly Setting[], head: readonly Setting[]) =>
  diffDocuments(document(base), document(head)).map(({ meaning }) => meaning);
const unread = (id: string) => of(id, { kind: 'unresolved', meaning: 'x', shown: 'x', reason: 'Not read.' });

test('a list beside an unread value or all values has the right direction', () => {
  for (const other of [unread('instances'), set('instances', ['all'])]) {
    const list = (...elements: readonly string[]) => meanings([other], [set('instances', elements)]);
    expect(list('1', '2')).toHaveLength(1);
    expect(list('2', '1')).toEqual(list('1', '2'));
    expect(list('1', '3')).not.toEqual(list('1', '2'));
    expect(list('1,2', '3')).not.toEqual(list('1', '2,3'));
    expect(meanings([set('instances', ['2', '1'])], [other])).toEqual(
      meanings([set('instances', ['1', '2'])], [other]),
    );
    expect(meanings([set('instances', ['3', '1'])], [other])).not.toEqual(
      meanings([set('instances', ['1', '2'])], [other]),
    );
  }
});

test('exceptions and their dates are bound', () => {
  const online = (...exceptions: AccessRule['exceptions']) => [access('online', [on([], { exceptions })])];
  const since = (type: string, from: string) => ({ types: [type], dates: [{ from, to: null }] });
  const [weight, pressure] = [since(WEIGHT, '2010-01-01'), since(PRESSURE, '2011-01-01')];
  const toAll = (...exceptions: AccessRule['exceptions']) => meanings(online(), online(...exceptions));
  expect(toAll(weight, pressure)).toHaveLength(1);
  expect(toAll(pressure, weight)).toEqual(toAll(weight, pressure));
  expect(toAll(since(WEIGHT, '2011-01-01'), since(PRESSURE, '2010-01-01'))).not.toEqual(toAll(weight, pressure));
});

describe('an endpoint is in another instance', () => {
  const [us, eu] = ['account.healthvault.com', 'account.healthvault.co.uk'];
  const client = (hosts: Readonly<Record<string, string>>) =>
    document(
      Object.entries(hosts).map(([id, host]) => text(id, `https://${host}`)),
      { role: 'client', format: 'dotnet-config' },
    );
  const traits = (base: Readonly<Record<string, string>> | null, head: Readonly<Record<string, string>>) =>
    diffDocuments(base === null ? null : client(base), client(head)).find(
      ({ setting }) => setting === 'client.endpoints.shell',
    )?.traits;
  const [platform, rest, shell] = ['client.endpoints.platform', 'client.endpoints.rest', 'client.endpoints.shell'];

  test('than itself before, with any others', () =>
    expect(traits({ [platform]: eu, [shell]: us }, { [platform]: eu, [shell]: eu })).toEqual(['instance-changed']));

  test('than all others, when it is new', () => {
    expect(traits({ [platform]: us, [rest]: eu }, { [platform]: us, [rest]: eu, [shell]: eu })).toEqual([]);
    expect(traits({ [platform]: us, [rest]: us }, { [platform]: us, [rest]: us, [shell]: eu })).toEqual([
      'instance-changed',
    ]);
  });

  test('than the others, not than addresses of another kind', () =>
    expect(traits({ [platform]: us, 'client.action-targets.Home': eu }, { [platform]: us, [shell]: eu })).toEqual([
      'instance-changed',
    ]));

  test('never in a first document', () => expect(traits(null, { [shell]: eu })).toEqual(['starts-in-production']));
});
