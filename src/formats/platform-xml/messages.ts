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
      `The file contains elements or attributes that are not in a published schema: ${list}. Remove them, or ask a reviewer to classify the change.`,
    'Remove the elements or attributes, or ask a reviewer to classify the change.',
  ),
  accessUnexpected: defineMessage(
    'access-stranger',
    ({ what, line }: ItemAt) =>
      `${what} in line ${line} is not part of an authorization rule, so the gate cannot evaluate the rules. Remove it.`,
    'Remove the element or attribute from the authorization rule.',
  ),
  accessPermission: defineMessage(
    'access-permission',
    ({ value, line }: ValueAt) =>
      `"${value}" in line ${line} is not a valid permission. Write All, Read, Create, Update or Delete, in this case.`,
    'Write `All`, `Read`, `Create`, `Update` or `Delete`, in exactly this upper and lower case.',
  ),
  accessDisplayFlags: defineMessage(
    'access-display-flags',
    ({ value, line }: ValueAt) =>
      `"${value}" in line ${line} is not a valid number of display flags. Use a number from the schema.`,
    'Write a number from the schema.',
  ),
  accessTypeId: defineMessage(
    'access-type-id',
    ({ value, line }: ValueAt) => `"${value}" in line ${line} is not the GUID of a data type. Write the GUID.`,
    'Write the GUID of the data type.',
  ),
  accessDate: defineMessage(
    'access-date',
    ({ value, line }: ValueAt) =>
      `"${value}" in line ${line} is not a valid date and time. Use a form like 2010-01-31T00:00:00.`,
    'Write a date and time of XML Schema, such as `2010-01-31T00:00:00`.',
  ),
  valueBoolean: defineMessage(
    'value-boolean',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} does not contain true, false, 1 or 0. Write one of them.`,
    'Write `true`, `false`, `1` or `0`.',
  ),
  valueBase64: defineMessage(
    'value-base64',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} is not valid base64. Encode the file again.`,
    'Encode the file again.',
  ),
  valueHex: defineMessage(
    'value-hex',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} is not a certificate in hexadecimal digits. Export it again.`,
    'Export the certificate again, in hexadecimal digits.',
  ),
  valueIpPrefix: defineMessage(
    'value-ip-prefix',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} is not a valid list of IPv4 prefixes. Write prefixes such as 192.0.2.0/24, separated by commas.`,
    'Write IPv4 prefixes separated by commas: `192.0.2.0/24, 198.51.100.7`.',
  ),
  valuePersistentTokens: defineMessage(
    'value-persistent-tokens',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} lacks <enabled> or a valid <token-ttl-seconds>. Write true or false, and a positive whole number.`,
    'Write `<enabled>` and a positive whole number as `<token-ttl-seconds>`.',
  ),
  valueVocabulary: defineMessage(
    'value-vocabulary',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} has no vocabulary family, or an empty name. Add it.`,
    'Write the family of each vocabulary, and no empty names.',
  ),
  valueLocation: defineMessage(
    'value-location',
    ({ element, line }: ElementAt) => `<${element}> in line ${line} has no country. Add it.`,
    'Write the country of each location.',
  ),
  valueAllLocations: defineMessage(
    'value-all-locations',
    ({ element, line }: ElementAt) =>
      `<${element}> in line ${line} has a value other than true, which is its only valid value. List the locations instead.`,
    'Write `true`, or list the locations instead.',
  ),
  limitAccessValue: defineMessage(
    'limit-access-value',
    ({ reason }: { reason: string }) => reason,
    'Correct the value in the authorization rules that the message names.',
  ),
  limitBoolean: defineMessage(
    'limit-boolean',
    ({ what }: { what: string }) => `${what} is not true, false, 1 or 0, so it counts as false. Write true or false.`,
    'Write `true` or `false`.',
  ),
  limitElementMissing: defineMessage(
    'limit-element-missing',
    ({ element }: { element: string }) => `<${element}> is missing, so the platform rejects the request. Add it.`,
    'Add the element.',
  ),
};

/** Names and values as they are shown. */
export const words = {
  unreadableRules: '(rules that cannot be read)',
  unreadableElement: ({ element }: { element: string }) => `(<${element}> that cannot be read)`,
  inLine: ({ what, line }: ItemAt) => `${what} in line ${line}`,
  more: ({ count }: { count: number }) => `${count} more`,
};
