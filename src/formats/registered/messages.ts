/** Values of a registered configuration that the platform rejects or advises against. */
import { defineMessage } from '../../model/messages.ts';

export const messages = {
  limitTextLength: defineMessage(
    'limit-text-length',
    ({ setting, length, limit }: { setting: string; length: number; limit: number }) =>
      `${setting} has ${length} characters, and the platform accepts at most ${limit}. Shorten it.`,
    'Shorten the text.',
  ),
  limitDescription: defineMessage(
    'limit-description',
    ({ length, limit }: { length: number; limit: number }) =>
      `The description has ${length} characters, and at most ${limit} are recommended. Shorten it.`,
    'Shorten the description, because HealthVault cuts off longer ones.',
  ),
  limitReasonMissing: defineMessage(
    'limit-reason-missing',
    ({ name }: { name: string }) =>
      `The rule ${name} has no reason, which the configuration center requires. Write why the application needs access.`,
    'Write in one sentence why the application needs access. Users see it on the consent page.',
  ),
  limitReasonLong: defineMessage(
    'limit-reason-long',
    ({ name, length, limit }: { name: string; length: number; limit: number }) =>
      `The reason of the rule ${name} has ${length} characters, and at most ${limit} are recommended. Shorten it.`,
    'Shorten the reason, because users do not read long ones.',
  ),
  limitReasonLength: defineMessage(
    'limit-reason-length',
    ({ name, length, limit }: { name: string; length: number; limit: number }) =>
      `The reason of the rule ${name} has ${length} characters, and the platform accepts at most ${limit}. Shorten it.`,
    'Shorten the reason.',
  ),
  limitRuleName: defineMessage(
    'limit-rule-name',
    ({ length, limit }: { length: number; limit: number }) =>
      `The name of the rule has ${length} characters, and the platform accepts at most ${limit}. Shorten it.`,
    'Shorten the name of the rule.',
  ),
  limitPermissionMissing: defineMessage(
    'limit-permission-missing',
    ({ name }: { name: string }) =>
      `The rule ${name} has no permission, and the platform requires at least one. Add one.`,
    'Add at least one permission to the rule.',
  ),
  limitDisplayFlags: defineMessage(
    'limit-display-flags',
    ({ name }: { name: string }) =>
      `The display flags of the rule ${name} have no effect, because the rule is required. Remove them, or make the rule optional.`,
    'Remove the display flags, or make the rule optional.',
  ),
  limitTypeUnknown: defineMessage(
    'limit-type-unknown',
    ({ type }: { type: string }) =>
      `The data type ${type} is not in the published list. Check the id, or confirm that the type is newer or custom.`,
    'Check the GUID. A newer or custom type is not in the published list.',
  ),
  limitLogoLength: defineMessage(
    'limit-logo-length',
    ({ setting, length, limit }: { setting: string; length: number; limit: number }) =>
      `${setting} has ${length} base64 characters, and the platform accepts at most ${limit}. Use a smaller image.`,
    'Use a smaller image.',
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
    }) =>
      `${setting} is ${width} x ${height} px, and HealthVault shows at most ${maxWidth} x ${maxHeight} px. Save it in this size.`,
    'Save the logo in the size in the message.',
  ),
  limitActionUrl: defineMessage(
    'limit-action-url',
    'The action URL is not an https address, and production redirects only to https. Change it.',
    'Change the action URL to an `https` address.',
  ),
  limitStatementsMissing: defineMessage(
    'limit-statements-missing',
    'There is no action URL, and no privacy statement or no terms of use, so the platform rejects the request (INVALID_XML). Add an action URL, or both statements.',
    'Add an action URL, or both a privacy statement and terms of use.',
  ),
  limitAttributes: defineMessage(
    'limit-attributes',
    ({ count, limit }: { count: number; limit: number }) =>
      `There are ${count} application attributes, and the platform accepts at most ${limit}. Remove some.`,
    'Remove application attributes.',
  ),
  limitHippa: defineMessage(
    'limit-hippa',
    'The attribute is spelled hippa, and the SDK writes hipaa. The platform accepts both. Use hipaa.',
    'Use `hipaa`, the usual spelling. The platform also accepts `hippa`.',
  ),
  limitSourceLength: defineMessage(
    'limit-source-length',
    ({ length, limit }: { length: number; limit: number }) =>
      `A Meaningful Use source has ${length} characters, and the platform accepts at most ${limit}. Shorten it.`,
    'Shorten the Meaningful Use source.',
  ),
  limitIpPrefixes: defineMessage(
    'limit-ip-prefixes',
    ({ length, limit }: { length: number; limit: number }) =>
      `The IP prefixes have ${length} characters together, and the platform accepts at most ${limit}. Combine prefixes.`,
    'Combine IP prefixes.',
  ),
  limitPublicKey: defineMessage(
    'limit-public-key',
    ({ length }: { length: number }) =>
      `A public key has ${length} characters and is not a certificate of 512 to 4096 hexadecimal digits, so the platform rejects it. Export it again.`,
    'Export the certificate again, in hexadecimal digits.',
  ),
  limitKeySize: defineMessage(
    'limit-key-size',
    ({ bits }: { bits: number }) =>
      `The key of the certificate has ${bits} bits, and 2048 are recommended. Use a longer key for the next certificate.`,
    'Use a key of 2048 bits for the next certificate.',
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
