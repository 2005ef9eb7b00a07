/** What the platform refuses or advises against in a registered configuration. */
import { defineMessage } from '../../model/messages.ts';

export const messages = {
  limitTextLength: defineMessage(
    'limit-text-length',
    ({ setting, length, limit }: { setting: string; length: number; limit: number }) =>
      `${setting} has ${length} characters; the platform takes at most ${limit}.`,
    'Shorten the text: the platform takes no more.',
  ),
  limitDescription: defineMessage(
    'limit-description',
    ({ length, limit }: { length: number; limit: number }) =>
      `The description has ${length} characters; at most ${limit} are advised.`,
    'Shorten the description: longer ones are cut where users read them.',
  ),
  limitReasonMissing: defineMessage(
    'limit-reason-missing',
    ({ name }: { name: string }) =>
      `The rule ${name} has no reason: users do not learn why the application asks, and the configuration center demands one.`,
    'Say in one sentence why the application asks. Users see it on the consent page.',
  ),
  limitReasonLong: defineMessage(
    'limit-reason-long',
    ({ name, length, limit }: { name: string; length: number; limit: number }) =>
      `The reason of the rule ${name} has ${length} characters; at most ${limit} are advised.`,
    'Shorten the reason; long ones are not read.',
  ),
  limitReasonLength: defineMessage(
    'limit-reason-length',
    ({ name, length, limit }: { name: string; length: number; limit: number }) =>
      `The reason of the rule ${name} has ${length} characters; the platform takes at most ${limit}.`,
    'Shorten the reason: the platform refuses longer ones.',
  ),
  limitRuleName: defineMessage(
    'limit-rule-name',
    ({ length, limit }: { length: number; limit: number }) =>
      `The rule's name has ${length} characters; the platform takes at most ${limit}.`,
    "Shorten the rule's name.",
  ),
  limitPermissionMissing: defineMessage(
    'limit-permission-missing',
    ({ name }: { name: string }) => `The rule ${name} names no permission; the platform demands at least one.`,
    'Give the rule at least one permission.',
  ),
  limitDisplayFlags: defineMessage(
    'limit-display-flags',
    ({ name }: { name: string }) =>
      `The rule ${name} is required, so its display flags have no effect: they direct optional rules only.`,
    'Display flags do nothing on a required rule. Remove them, or make the rule optional.',
  ),
  limitTypeUnknown: defineMessage(
    'limit-type-unknown',
    ({ type }: { type: string }) =>
      `The data type ${type} is not in the published list. Check the id, or that the type is newer or custom.`,
    'The data type is not in the published list. Check the GUID.',
  ),
  limitLogoLength: defineMessage(
    'limit-logo-length',
    ({ setting, length, limit }: { setting: string; length: number; limit: number }) =>
      `${setting} has ${length} base64 characters; the platform takes at most ${limit}.`,
    'The logo is too large for the platform. Save a smaller picture.',
  ),
  limitLogoSize: defineMessage(
    'limit-logo-size',
    ({
      setting,
      width,
      height,
      maxWidth,
      maxHeight,
    }: {
      setting: string;
      width: number;
      height: number;
      maxWidth: number;
      maxHeight: number;
    }) => `${setting} is ${width} x ${height} px; at most ${maxWidth} x ${maxHeight} px are shown.`,
    'The logo is shown smaller than it is. Save it at the size that the message names.',
  ),
  limitActionUrl: defineMessage(
    'limit-action-url',
    'The action URL is not https; production redirects only go to https addresses.',
    'Production redirects only go to `https` addresses. Change the action URL.',
  ),
  limitStatementsMissing: defineMessage(
    'limit-statements-missing',
    'There is no action URL, and not both a privacy statement and terms of use: the platform demands one or the other (INVALID_XML).',
    'Give an action URL, or both a privacy statement and terms of use.',
  ),
  limitAttributes: defineMessage(
    'limit-attributes',
    ({ count, limit }: { count: number; limit: number }) =>
      `There are ${count} application attributes; the platform takes at most ${limit}.`,
    'Fewer application attributes are allowed. Remove some.',
  ),
  limitHippa: defineMessage(
    'limit-hippa',
    'The attribute is spelled hippa; the SDK writes hipaa. Both are taken.',
    'A spelling of the attribute that is taken too; `hipaa` is the usual one.',
  ),
  limitSourceLength: defineMessage(
    'limit-source-length',
    ({ length, limit }: { length: number; limit: number }) =>
      `A Meaningful Use source has ${length} characters; the platform takes at most ${limit}.`,
    'Shorten the Meaningful Use source.',
  ),
  limitIpPrefixes: defineMessage(
    'limit-ip-prefixes',
    ({ length, limit }: { length: number; limit: number }) =>
      `The IP prefixes have ${length} characters together; the platform takes at most ${limit}.`,
    'The list of IP prefixes is too long. Combine prefixes.',
  ),
  limitPublicKey: defineMessage(
    'limit-public-key',
    ({ length }: { length: number }) =>
      `A public key is not a certificate of 512 to 4096 hexadecimal digits (it has ${length}); the platform refuses it.`,
    'The public key is not a certificate of the size that the platform takes. Export it again in hexadecimal.',
  ),
  limitKeySize: defineMessage(
    'limit-key-size',
    ({ bits }: { bits: number }) => `The certificate's key has ${bits} bits; 2048 are advised.`,
    "The certificate's key is short. Use 2048 bits for the next one.",
  ),
};

/** Names and values as they are shown. */
export const words = {
  nothing: '(nothing)',
  unnamed: 'without a name',
  bytes: ({ bytes }: { bytes: number }) => `${bytes} bytes`,
  image: ({ format, width, height, bytes }: { format: string; width: number; height: number; bytes: number }) =>
    `${format}, ${width} x ${height} px, ${bytes} bytes`,
  addressPassword: 'password in the action URL',
};
