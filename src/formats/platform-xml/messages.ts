/** The platform's XML: values and elements that cannot be read. */
import { defineMessage } from '../../model/messages.ts';

interface ElementAt {
  readonly element: string;
  readonly line: number;
}

interface ValueAt {
  readonly value: string;
  readonly line: number;
}

interface ItemAt {
  readonly what: string;
  readonly line: number;
}

export const messages = {
  documentUnexpected: defineMessage(
    'document-strangers',
    ({ list }: { list: string }) =>
      `The file holds what no published schema knows here: ${list}. Take it out, or have a person evaluate what it means.`,
    'Elements or attributes that no published schema knows. Take them out, or have a person evaluate them.',
  ),
  accessUnexpected: defineMessage(
    'access-stranger',
    ({ what, line }: ItemAt) =>
      `${what} in line ${line} is not a part of an authorization rule, so the rules cannot be evaluated.`,
    'Something inside an authorization rule is not a part of one. Take it out.',
  ),
  accessPermission: defineMessage(
    'access-permission',
    ({ value, line }: ValueAt) =>
      `"${value}" in line ${line} is not a permission. Write All, Read, Create, Update or Delete, in this very case.`,
    'Write `All`, `Read`, `Create`, `Update` or `Delete`, in this very case.',
  ),
  accessDisplayFlags: defineMessage(
    'access-display-flags',
    ({ value, line }: ValueAt) => `"${value}" in line ${line} is not a number of display flags.`,
    'Display flags are a number from the schema.',
  ),
  accessTypeId: defineMessage(
    'access-type-id',
    ({ value, line }: ValueAt) => `"${value}" in line ${line} is not a data type's GUID.`,
    'A data type is named by its GUID here.',
  ),
  accessDate: defineMessage(
    'access-date',
    ({ value, line }: ValueAt) => `"${value}" in line ${line} is not a date and time.`,
    'Write a date and time as XML Schema does: `2010-01-31T00:00:00`.',
  ),
  valueBoolean: defineMessage(
    'value-boolean',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} holds no true, false, 1 or 0 where one belongs.`,
    'Write `true`, `false`, `1` or `0`.',
  ),
  valueBase64: defineMessage(
    'value-base64',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} is not base64.`,
    'The content is not base64. Encode the file again.',
  ),
  valueHex: defineMessage(
    'value-hex',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} is not a certificate in hexadecimal digits.`,
    'The certificate is not in hexadecimal digits. Export it again.',
  ),
  valueIpPrefix: defineMessage(
    'value-ip-prefix',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} is not a comma-separated list of IPv4 prefixes such as 192.0.2.0/24.`,
    'Write IPv4 prefixes separated by commas: `192.0.2.0/24, 198.51.100.7`.',
  ),
  valuePersistentTokens: defineMessage(
    'value-persistent-tokens',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} needs <enabled> with true or false, and a positive whole number as <token-ttl-seconds>.`,
    'Write `<enabled>` and a positive whole number as `<token-ttl-seconds>`.',
  ),
  valueVocabulary: defineMessage(
    'value-vocabulary',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} names no vocabulary family, or an empty name.`,
    'Every vocabulary names its family, and no name is empty.',
  ),
  valueLocation: defineMessage(
    'value-location',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} names no country.`,
    'Every location names its country.',
  ),
  valueAllLocations: defineMessage(
    'value-all-locations',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} can only be true.`,
    'The element can only be `true`; list the locations instead.',
  ),
  limitAccessValue: defineMessage(
    'limit-access-value',
    ({ reason }: { reason: string }) => reason,
    'A value in the authorization rules is not what the schema allows; the message says which.',
  ),
  limitBoolean: defineMessage(
    'limit-boolean',
    ({ what }: { what: string }) => `${what} is not true, false, 1 or 0; it counts as false.`,
    'The value counts as false. Write `true` or `false`.',
  ),
  limitElementMissing: defineMessage(
    'limit-element-missing',
    ({ element }: { element: string }) => `<${element}> is missing; the platform refuses the request without it.`,
    'The platform refuses the request without this element. Add it.',
  ),
};

/** Names and values as they are shown. */
export const words = {
  unreadableRules: '(rules that cannot be read)',
  unreadableElement: ({ element }: { element: string }) => `(<${element}> that cannot be read)`,
  inLine: ({ what, line }: ItemAt) => `${what} in line ${line}`,
  more: ({ count }: { count: number }) => `${count} more`,
};
