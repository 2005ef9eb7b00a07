/** The readers, in the order in which they are asked. Adding a format is adding its file and one line here. */

import { propertyList } from './apple/property-list.ts';
import { certificate } from './certificates/certificate.ts';
import { keyStore } from './certificates/key-store.ts';
import { djangoSettings } from './django/settings.ts';
import { clientSettings } from './dotnet/client-settings.ts';
import { dotnetConfig } from './dotnet/config.ts';
import type { Format } from './format.ts';
import { governance } from './governance/governance.ts';
import { javaProperties } from './java/hv-properties.ts';
import { mavenPom } from './java/maven.ts';
import { spring } from './java/spring.ts';
import { applicationManifest } from './manifest/manifest.ts';
import { phpValues } from './php/php-values.ts';
import { platformXml } from './platform-xml/platform-xml.ts';
import { healthvaultYml } from './rails/healthvault-yml.ts';
import { sourceCode } from './source-code.ts';

/**
 * All formats but `plain`, which is loaded only if a policy declares documents. Of the formats that match a path, the
 * first that does not return `not-configuration` is used.
 */
export const formats: readonly Format[] = [
  governance,
  applicationManifest,
  platformXml,
  clientSettings,
  dotnetConfig,
  javaProperties,
  spring,
  healthvaultYml,
  djangoSettings,
  phpValues,
  propertyList,
  certificate,
  keyStore,
  mavenPom,
  sourceCode,
];
