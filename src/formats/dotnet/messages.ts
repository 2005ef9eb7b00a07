/** Problems and advice for .NET and iOS configuration. */
import { defineMessage } from '../../model/messages.ts';

/** The values in a sentence about a step of a transform. */
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
    'The file contains HealthVault settings, but is not XML. Fix it.',
    'Fix the XML. If the file is not configuration, rename it.',
  ),
  includeMissing: defineMessage(
    'dotnet-include-missing',
    ({ include }: { include: string }) =>
      `The settings continue in ${include}, which is not in the repository at this revision. Commit it.`,
    'Commit the file that `configSource` or `file` names, or ask a reviewer to classify the change.',
  ),
  includeOutside: defineMessage(
    'dotnet-include-outside',
    ({ include }: { include: string }) =>
      `The settings continue in ${include}, which is outside the repository. Move it into the repository.`,
    'Move the included file into the repository.',
  ),
  includeUnreadable: defineMessage(
    'dotnet-include-unreadable',
    ({ include, detail }: { include: string; detail: string }) =>
      `The settings continue in ${include}, which the gate cannot read: ${detail}`,
    'The message contains the reason. Fix the included file.',
  ),
  includeRoot: defineMessage(
    'dotnet-include-root',
    ({ include, section }: { include: string; section: string }) =>
      `The settings continue in ${include}, whose root element is not <${section}>, so .NET does not load it. Fix the root element.`,
    'Write the section as the root element of the included file.',
  ),
  includeChain: defineMessage(
    'dotnet-include-chain',
    ({ include }: { include: string }) =>
      `The settings continue in ${include}, which is included too deep or in a circle. Include it once.`,
    'Include the section once.',
  ),
  sectionNotFollowed: defineMessage(
    'dotnet-section-not-followed',
    ({ section, what }: { section: string; what: string }) =>
      `The section <${section}> contains ${what}, so its settings are not known. Commit plain entries.`,
    'The section is encrypted, set by a configuration builder, or contains an element that .NET rejects. Commit plain entries, or ask a reviewer to classify the change.',
  ),
  inheritedRemoved: defineMessage(
    'dotnet-inherited-removed',
    ({ what }: { what: string }) =>
      `${what} removes settings of a configuration in a folder above, so the effective value is not known. Set the value here.`,
    'Set the value in this file in place of `<remove>` or `<clear>`, or ask a reviewer to confirm the effective value.',
  ),
  locationSettings: defineMessage(
    'dotnet-location-settings',
    ({ path }: { path: string }) =>
      `The settings under <location path="${path}"> apply only to a part of the site, but the SDK reads one set of settings. Move them out.`,
    'Move the settings out of `<location>`.',
  ),
  placeholder: defineMessage(
    'dotnet-placeholder',
    ({ key }: { key: string }) =>
      `A build or deployment sets ${key}, so its value is not known. Commit the production value.`,
    'Commit the production value, or ask a reviewer to confirm it.',
  ),
  notBoolean: defineMessage(
    'dotnet-not-boolean',
    ({ key }: { key: string }) => `${key} is not true or false. Write one of them.`,
    'Write `true` or `false`.',
  ),
  twoFamilies: defineMessage(
    'dotnet-two-families',
    ({ first, second }: { first: string; second: string }) =>
      `${first} and ${second} are the same setting with different values, and the SDK of the application determines which one counts. Remove one.`,
    'Keep the plain key or the key with `HV_`, whichever the SDK of the application reads.',
  ),
  transformUnreadable: defineMessage(
    'dotnet-transform-unreadable',
    ({ transform, detail }: { transform: string; detail: string }) =>
      `The gate cannot read the transform ${transform}: ${detail}`,
    'The message contains the reason. Fix the transform.',
  ),
  transformWithoutBase: defineMessage(
    'dotnet-transform-without-base',
    ({ base }: { base: string }) =>
      `The transform changes HealthVault settings of ${base}, which does not exist. Commit it, or remove the transform.`,
    'Commit the `Web.config` or `App.config` that the transform changes, or remove the transform.',
  ),
  transformWithoutSteps: defineMessage(
    'dotnet-transform-without-steps',
    ({ transform }: { transform: string }) =>
      `The transform ${transform} contains HealthVault settings without xdt:Transform, so their effect depends on the build. Add xdt:Transform.`,
    'Add `xdt:Transform` to the elements. If the file is a whole configuration, remove the declaration of the namespace.',
  ),
  webDeploy: defineMessage(
    'dotnet-web-deploy',
    'Web Deploy writes these values into a configuration at deployment. Commit the values in that configuration.',
    'Commit the values in the configuration that Web Deploy changes, or ask a reviewer to classify the change.',
  ),
  xdtTransform: defineMessage(
    'xdt-transform',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: ${named} is not a known transform, so its result is not known. Use a documented one.`,
    'Use one of the documented transforms.',
  ),
  xdtLocator: defineMessage(
    'xdt-locator',
    ({ line, file, named, transform }: XdtValues) =>
      `Line ${line} of ${file}: ${named} is not a known locator, so the result of ${transform} is not known. Use Match, Condition or XPath.`,
    'Use `Match`, `Condition` or `XPath`.',
  ),
  xdtArguments: defineMessage(
    'xdt-arguments',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the transform ${named} has wrong or missing arguments, so the build fails. Correct them.`,
    'Correct the arguments of the transform. The build fails at the same line.',
  ),
  xdtMatchAttribute: defineMessage(
    'xdt-match-attribute',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the locator ${named} names an attribute that the element does not have, so the build fails. Add it.`,
    'Add the attribute that `Match` names to the element.',
  ),
  xdtNoParent: defineMessage(
    'xdt-no-parent',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the base has no parent element for the result of ${named}, so the build fails. Add it.`,
    'Add the parent element to the base.',
  ),
  xdtNoSibling: defineMessage(
    'xdt-no-sibling',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the transform ${named} names an element that the base does not contain, so the build fails. Correct it.`,
    'Correct the path in `InsertBefore` or `InsertAfter`.',
  ),
  xdtRelativePath: defineMessage(
    'xdt-relative-path',
    ({ line, file, named }: XdtValues) =>
      `Line ${line} of ${file}: the locator ${named} is relative, and the gate evaluated it from the root. Write the path from the root, because documentation and build differ here.`,
    'Write the XPath from the root (`/configuration/...`).',
  ),
  xdtTooMuchWork: defineMessage(
    'xdt-too-much-work',
    ({ line, file }: XdtValues) =>
      `Line ${line} of ${file}: the transform compares too many elements, so the gate stopped. Write a narrower XPath.`,
    'Write an XPath that matches fewer elements.',
  ),
  xdtNoRoot: defineMessage(
    'xdt-no-root',
    (_values: XdtValues) => 'The transform removes the root element. Keep it.',
    'Remove the step that removes the root element.',
  ),
  redirectOverride: defineMessage(
    'dotnet-redirect-override',
    ({ key }: { key: string }) =>
      `${key} has no effect in production, where redirects go only to the registered action URL. Remove it.`,
    'Remove the key from the production configuration. It has an effect only in pre-production.',
  ),
  sslOff: defineMessage(
    'dotnet-ssl-off',
    ({ key }: { key: string }) =>
      `${key} is off outside pre-production, so pages and cookies are not encrypted. Remove the key.`,
    'Remove the key, so that pages and cookies are encrypted.',
  ),
  statementTargets: defineMessage(
    'dotnet-statement-targets',
    ({ targets }: { targets: string }) =>
      `There is no action target for ${targets}. Serve both statements, also to users who are not signed in, or store both in the Application Configuration Center.`,
    'Add an action target for the privacy statement and one for the service agreement, or store both in the Application Configuration Center.',
  ),
  endpointNotHttps: defineMessage(
    'dotnet-endpoint-not-https',
    ({ key }: { key: string }) => `${key} is not an https address. Use https.`,
    'Use the `https` address of the platform or shell.',
  ),
  xdtNoEffect: defineMessage(
    'xdt-no-effect',
    ({ transform, base, key }: { transform: string; base: string; key: string }) =>
      `${transform} matches no element of ${base}, so the build does not apply its setting ${key}. Correct the locator.`,
    'Correct the locator, or remove the setting from the transform.',
  ),
  clientSettingsOrder: defineMessage(
    'client-settings-order',
    'The elements are not in the order in which the iOS library reads them, so its version determines which settings it reads. Reorder them.',
    'Write the elements in the order of the library: `masterAppID`, `appName`, `environment` (`name`, `friendlyName`, `serviceUrl`, `shellUrl`), then the others. The library stops at the first unexpected element.',
  ),
  clientSettingsRoot: defineMessage(
    'client-settings-root',
    'The file mentions HealthVault, but does not contain exactly one <clientSettings>. Keep one.',
    'Keep one `<clientSettings>` as the root of the file.',
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
