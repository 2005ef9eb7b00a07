/** What an application manifest may say: every key with its type (`docs/formats.md`, `schemas/application.schema.json`). */

import type { Alternative, Shape } from './shape.ts';
import { ALL_TYPES } from './types.ts';

/** Culture tags in their one usual spelling, so that no culture can be given twice. */
const CULTURE = /^(?:default|[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?)$/;
const INSTANT =
  /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?$/;
const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IP_PREFIX = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}(?:/(?:3[0-2]|[12]?[0-9]))?$`);

function keys(
  expected: string,
  table: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Extract<Shape, { kind: 'keys' }> {
  return { kind: 'keys', expected, keys: table, required };
}

function list(expected: string, of: Shape, least = 0): Alternative {
  return { kind: 'list', expected, of, least };
}

function text(expected: string, pattern?: RegExp): Alternative {
  return pattern === undefined ? { kind: 'text', expected } : { kind: 'text', expected, pattern };
}

function choice(...values: readonly string[]): Shape {
  return { kind: 'text', expected: values.join(', '), values };
}

function either(expected: string, ...of: readonly Alternative[]): Shape {
  return { kind: 'either', expected, of };
}

/** One text, or a map from culture to text. */
function localized(what: string): Shape {
  const expected = `${what}, or a map from "default" and cultures to such texts`;
  return either(expected, text(what), { kind: 'named', expected, names: CULTURE, of: text(what) });
}

const FLAG: Shape = { kind: 'flag', expected: 'true or false' };
const FILE = 'the path of a file';
const DATE = either(
  'a date such as 2010-01-31, a time such as 2010-01-31T12:00:00Z, or null for no limit',
  text('a date such as 2010-01-31, or a time such as 2010-01-31T12:00:00Z', INSTANT),
  { kind: 'nothing', expected: 'null' },
);
const RANGE = keys('a map with "from" and "to"', { from: DATE, to: DATE });
const TYPE: Shape = { kind: 'data-type', expected: 'the name or the GUID of a data type, or "*"', all: true };
const EXCEPTED: Shape = { kind: 'data-type', expected: 'the name or the GUID of a data type', all: false };
const METHODS = list('a list of method names', text('a method name', /^[^\s,]+$/));
const VOCABULARIES = list(
  'a list of vocabularies',
  keys(
    'a map with "family" and, unless it is the whole family, "name"',
    { family: text('a text'), name: text('a text') },
    ['family'],
  ),
);
const TEXTS = list('a list of texts', text('a text'));

const RULE = keys(
  'a rule',
  {
    name: text('a text'),
    reason: localized('a text'),
    optional: FLAG,
    display: list('a list', choice('first-time', 'checked-first-time', 'checked-by-default')),
    permissions: list('a list of at least one permission', choice('Read', 'Create', 'Update', 'Delete', 'All'), 1),
    types: either(
      'a list of at least one data type, or "*" for all data',
      { kind: 'text', expected: 'a list of data types, or "*" for all data', values: [ALL_TYPES] },
      list('a list of at least one data type, or "*" for all data', TYPE, 1),
    ),
    except: list('a list of data types', EXCEPTED),
    dates: either(
      'a map with "from" and "to", or a list of such maps',
      RANGE,
      list('a list of at least one range', RANGE, 1),
    ),
  },
  ['permissions', 'types'],
);

/** The whole manifest. */
export const MANIFEST: Shape = keys(
  'a map with the keys of an application manifest',
  {
    // For editors that complete JSON; it means nothing here.
    $schema: { kind: 'text', expected: 'the address of a schema', pattern: /^/ },
    healthvault: { kind: 'number', expected: 'the number 1, the version of the manifest', least: 1, most: 1 },
    'app-id': { kind: 'text', expected: 'the GUID of the application in quotes', pattern: /^/ },
    environment: choice('production', 'ppe'),
    type: choice('web', 'soda', 'master', 'child'),
    name: localized('a text'),
    description: localized('a text'),
    'auth-reason': localized('a text'),
    'action-url': text('an address such as https://app.example/healthvault'),
    logo: keys('a map with "large" and "small"', { large: localized(FILE), small: localized(FILE) }),
    'privacy-statement': localized(FILE),
    'terms-of-use': localized(FILE),
    'success-message': localized(FILE),
    methods: METHODS,
    rules: keys('a map with "online" and "offline"', {
      online: list('a list of rules', RULE),
      offline: list('a list of rules', RULE),
    }),
    'public-keys': list('a list of paths of certificate files', text(FILE)),
    'domain-name': text('a domain name'),
    'ip-prefixes': list('a list of IPv4 prefixes', text('an IPv4 prefix such as 192.0.2.0/24', IP_PREFIX)),
    attributes: TEXTS,
    'persistent-tokens': keys(
      'a map with "enabled" and "seconds"',
      { enabled: FLAG, seconds: { kind: 'number', expected: 'a whole number of seconds above 0', least: 1 } },
      ['enabled'],
    ),
    'restrict-users': FLAG,
    instances: either(
      '"all", or a list of instance ids',
      { kind: 'text', expected: '"all", or a list of instance ids', values: ['all'] },
      list(
        'a list of instance ids',
        either('an instance id', text('an instance id'), { kind: 'number', expected: 'an instance id', least: 0 }),
      ),
    ),
    locations: either(
      '"all", or a list of locations',
      { kind: 'text', expected: '"all", or a list of locations', values: ['all'] },
      list(
        'a list of locations',
        keys(
          'a map with "country" and perhaps "state-province"',
          { country: text('a country code'), 'state-province': text('a text') },
          ['country'],
        ),
      ),
    ),
    vocabularies: VOCABULARIES,
    organization: text('a text'),
    'meaningful-use-sources': TEXTS,
    'bulk-extraction': keys(
      'a map with "onboarded" and "permission-required"',
      { onboarded: FLAG, 'permission-required': FLAG },
      ['onboarded', 'permission-required'],
    ),
    ceilings: keys('a map with "methods", "vocabularies" and "meaningful-use-sources"', {
      methods: METHODS,
      vocabularies: VOCABULARIES,
      'meaningful-use-sources': TEXTS,
    }),
  },
  ['healthvault'],
);
