/** What cannot be read, determined or recommended in .NET and iOS configuration: the sentences, and what to do. */
import { defineMessage } from '../../model/messages.ts';

/** What the sentence about a step of a transform names. */
export interface XdtValues {
  readonly file: string;
  readonly line: number;
  /** The transform or locator as written. */
  readonly named: string;
  readonly transform: string;
}

/** Errors, findings and reasons. */
export const messages = {
  notXml: defineMessage(
    'dotnet-not-xml',
    'The file names HealthVault settings but is not XML.',
    'The file names HealthVault settings but is not XML. Fix it, or rename it if it is something else.',
  ),
  includeMissing: defineMessage(
    'dotnet-include-missing',
    ({ include }: { include: string }) =>
      `The settings continue in ${include}, which is not in the repository at this revision.`,
    '`configSource` or `file` names a file that the repository does not have. Commit it, or have a person classify the change.',
  ),
  includeOutside: defineMessage(
    'dotnet-include-outside',
    ({ include }: { include: string }) => `The settings continue in ${include}, which lies outside the repository.`,
    'The included file lies outside the repository. Keep it inside.',
  ),
  includeUnreadable: defineMessage(
    'dotnet-include-unreadable',
    ({ include, detail }: { include: string; detail: string }) =>
      `The settings continue in ${include}, which cannot be read: ${detail}`,
    'The included file cannot be read; the message says why.',
  ),
  includeRoot: defineMessage(
    'dotnet-include-root',
    ({ include, section }: { include: string; section: string }) =>
      `The settings continue in ${include}, whose root element is not <${section}>; .NET refuses to load it.`,
    'The included file must have the section as its root element.',
  ),
  includeChain: defineMessage(
    'dotnet-include-chain',
    ({ include }: { include: string }) =>
      `The settings continue in ${include}, which is included too deep or in a circle.`,
    'Includes in a circle or too deep. Include the section once.',
  ),
  sectionNotFollowed: defineMessage(
    'dotnet-section-not-followed',
    ({ section, what }: { section: string; what: string }) =>
      `The section <${section}> contains more than entries and includes (${what}), so its settings are not known.`,
    'The section is encrypted, filled in by a configuration builder, or holds an element that .NET refuses. Commit plain entries, or have a person classify the change.',
  ),
  inheritedRemoved: defineMessage(
    'dotnet-inherited-removed',
    ({ what }: { what: string }) =>
      `${what} removes what a configuration above this one may set, so the effective value is not known.`,
    '`<remove>` or `<clear>` takes away what a configuration in a folder above sets. Set the value here, or have a person say what holds then.',
  ),
  locationSettings: defineMessage(
    'dotnet-location-settings',
    ({ path }: { path: string }) =>
      `The settings under <location path="${path}"> hold for a part of the site only, and the SDK reads one set of settings.`,
    'Settings under `<location>` hold for a part of the site only, and the SDK reads one set. Move them out.',
  ),
  placeholder: defineMessage(
    'dotnet-placeholder',
    ({ key }: { key: string }) => `${key} is filled in when the application is built or deployed.`,
    'A token is replaced at build or deployment. Commit the production value, or have a person confirm it.',
  ),
  notBoolean: defineMessage(
    'dotnet-not-boolean',
    ({ key }: { key: string }) => `${key} is neither true nor false.`,
    'Write `true` or `false`.',
  ),
  twoFamilies: defineMessage(
    'dotnet-two-families',
    ({ first, second }: { first: string; second: string }) =>
      `${first} and ${second} set the same thing to different values; which of them counts depends on the SDK that the application uses.`,
    'A plain key and the same key with `HV_` disagree. Keep the family of the SDK that the application uses.',
  ),
  transformUnreadable: defineMessage(
    'dotnet-transform-unreadable',
    ({ transform, detail }: { transform: string; detail: string }) =>
      `The transform ${transform} cannot be read: ${detail}`,
    'A transform beside the file cannot be read; the message says why.',
  ),
  transformWithoutBase: defineMessage(
    'dotnet-transform-without-base',
    ({ base }: { base: string }) => `The transform changes HealthVault settings of ${base}, which is not there.`,
    'A transform without its `Web.config` or `App.config`. Commit the base, or remove the transform.',
  ),
  transformWithoutSteps: defineMessage(
    'dotnet-transform-without-steps',
    ({ transform }: { transform: string }) =>
      `The transform ${transform} names HealthVault settings and changes none: where the build applies it, they have no effect; where it takes the place of the file, they are all there is.`,
    'The file declares the namespace of transforms and uses none of them. Add `xdt:Transform` to its elements, or take the declaration out if it is a whole configuration.',
  ),
  webDeploy: defineMessage(
    'dotnet-web-deploy',
    'Web Deploy puts these values into a configuration when it is deployed.',
    "Web Deploy's parameters go into a configuration when it is deployed. Commit the values there, or have a person classify the change.",
  ),
  xdtTransform: defineMessage(
    'xdt-transform',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the transform ${named} is not known, so its result is not known.`,
    "The transform's name is not known. Use one of the documented transforms.",
  ),
  xdtLocator: defineMessage(
    'xdt-locator',
    ({ line, file, named, transform }: XdtValues) =>
      `Line ${line} of ${file}: the locator ${named} is not understood, so the result of ${transform} is not known.`,
    "The locator's name is not understood. Use `Match`, `Condition` or `XPath`.",
  ),
  xdtArguments: defineMessage(
    'xdt-arguments',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the transform ${named} has arguments that it does not take, or lacks some; the build fails there.`,
    "The transform's arguments do not fit it; the build fails at the same place.",
  ),
  xdtMatchAttribute: defineMessage(
    'xdt-match-attribute',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the locator ${named} asks for an attribute that the element does not have; the build fails there.`,
    '`Match` names an attribute that the element does not have. Add it.',
  ),
  xdtNoParent: defineMessage(
    'xdt-no-parent',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: there is no element to put the result of ${named} into; the build fails there.`,
    'The transform has no element to work in. Add the parent to the base.',
  ),
  xdtNoSibling: defineMessage(
    'xdt-no-sibling',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the transform ${named} names a neighbour that is not there; the build fails there.`,
    '`InsertBefore` or `InsertAfter` names a neighbour that is not there.',
  ),
  xdtRelativePath: defineMessage(
    'xdt-relative-path',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the locator ${named} is relative; documentation and tool differ in where it starts. It was taken from the root.`,
    'Write the XPath from the root (`/configuration/...`).',
  ),
  xdtTooMuchWork: defineMessage(
    'xdt-too-much-work',
    ({ line, file }: XdtValues) =>
      `Line ${line} of ${file}: the transform looks at too many elements to be followed to its end.`,
    "The transform's XPath looks at too many elements. Write a narrower one.",
  ),
  xdtNoRoot: defineMessage(
    'xdt-no-root',
    (_values: XdtValues) => 'The transform removes the root element.',
    'The transform removes the root element: nothing would be left.',
  ),
  redirectOverride: defineMessage(
    'dotnet-redirect-override',
    ({ key }: { key: string }) =>
      `${key} has no effect in production, where redirects go to the registered action URL only.`,
    'The key works in pre-production only. Remove it from production configuration.',
  ),
  sslOff: defineMessage(
    'dotnet-ssl-off',
    ({ key }: { key: string }) =>
      `${key} is off outside the pre-production environment: pages and cookies go out unencrypted.`,
    'Pages and cookies would go out unencrypted. Remove the key.',
  ),
  statementTargets: defineMessage(
    'dotnet-statement-targets',
    ({ targets }: { targets: string }) =>
      `No action target for ${targets}: production applications must serve both, signed out too, unless both statements are stored in the Application Configuration Center.`,
    'Serve the privacy statement and the service agreement by an action target each, or store both in the Application Configuration Center.',
  ),
  endpointNotHttps: defineMessage(
    'dotnet-endpoint-not-https',
    ({ key }: { key: string }) => `${key} is not an https address.`,
    'Use the `https` address of the platform or shell.',
  ),
  xdtNoEffect: defineMessage(
    'xdt-no-effect',
    ({ transform, base, key }: { transform: string; base: string; key: string }) =>
      `${transform} finds nothing to change in ${base}: the setting ${key} of this transform is not applied.`,
    'The transform finds nothing to change, so its setting is not applied. Fix the locator, or remove the line.',
  ),
  clientSettingsOrder: defineMessage(
    'client-settings-order',
    'The iOS library reads the elements in a fixed order and with exact names; the first one that it does not expect ends the reading. Which settings it reads here depends on its version.',
    'Write the elements in the order of the library: `masterAppID`, `appName`, `environment` (`name`, `friendlyName`, `serviceUrl`, `shellUrl`), and then the others.',
  ),
  clientSettingsRoot: defineMessage(
    'client-settings-root',
    'The file names HealthVault, but does not hold exactly one <clientSettings>.',
    'The iOS library reads one `<clientSettings>`, which is the root of its file. Keep one in each file.',
  ),
};

/** Names of secrets. */
export const words = {
  certificatePassword: (key: string) => `password of the application's certificate (${key})`,
  cookieKey: (key: string) => `key that encrypts the application's cookies (${key})`,
  secretSetting: (key: string) => `secret in the setting ${key}`,
  addressPassword: (key: string) => `password in the address of ${key}`,
  unnamed: 'without a name',
  otherOrder: '(elements in another order)',
};
