/** A plain document of any product shows no password either. */

import { plain } from '../../../src/formats/plain/plain.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { PlainDocument } from '../../../src/model/policy.ts';
import { getOnlyDocument, readContext, toBytes } from '../../support/read-context.ts';

const DOCUMENT: PlainDocument = {
  files: ['app.yml'],
  format: 'yaml',
  requires: [],
  settings: {
    login: { pointer: '/db/password', type: 'text' },
    deep: { pointer: '/db/main/0/password', type: 'text' },
    stored: { pointer: '/db/api-key', type: 'content' },
    pins: { pointer: '/pin', type: 'set' },
    every: { pointer: '/users/*/token', type: 'any' },
    'other.*': { pointer: '/other/*', type: 'any' },
  },
};

function valuesOf(text: string): Readonly<Record<string, string>> {
  const context = { ...readContext(), plainDocuments: [DOCUMENT] };
  const { settings } = getOnlyDocument(plain.read({ path: 'app.yml', bytes: toBytes(text) }, context));
  return Object.fromEntries(
    settings.map(({ id, value }) => {
      const digest = 'meaning' in value && value.meaning === computeSha256(toBytes('hunter2'));
      return [id, `${value.kind}${value.kind === 'secret' ? ` ${value.what}${digest ? '' : ' (another)'}` : ''}`];
    }),
  );
}

test.each<[text: string, values: Readonly<Record<string, string>>]>([
  ['db: {password: hunter2}', { login: 'secret password' }],
  ['db: {password: 1234}', { login: 'secret password (another)' }],
  ['db: {password: "${PW}"}', { login: 'text' }],
  ['db: {password: ""}', { login: 'text' }],
  ['db: {password: null}', { login: 'text' }],
  ['db: {password: true}', { login: 'text' }],
  ['db: {password: [hunter2]}', { login: 'unresolved', secret: 'secret password' }],
  ['db: {main: [{password: hunter2}]}', { deep: 'secret password' }],
  ['db: {api-key: hunter2}', { stored: 'content', secret: 'secret api-key' }],
  ['pin: [1, 2]', { pins: 'content', secret: 'secret pin (another)' }],
  ['users: [{token: hunter2}]', { every: 'content', secret: 'secret token' }],
  ['unread: {deep: {password: hunter2}}', { secret: 'secret password' }],
  [
    'other: {name: hunter2, cert_pass: hunter2, secret: {a: hunter2}}',
    { 'other.name': 'text', 'other.cert_pass': 'secret cert_pass', 'other.secret': 'content' },
  ],
])('the secrets in %s are found', (text, values) => expect(valuesOf(text)).toEqual(values));
