/** The readers, in the order in which they are asked. Adding a format is adding its file and one line here. */
import { applicationManifest } from './application-manifest.ts';
import { certificate } from './certificate.ts';
import { clientSettings } from './client-settings.ts';
import { djangoSettings } from './django-settings.ts';
import { dotnetConfig } from './dotnet-config.ts';
import type { Format } from './format.ts';
import { governance } from './governance.ts';
import { healthvaultYml } from './healthvault-yml.ts';
import { javaProperties } from './java-properties.ts';
import { keyStore } from './key-store.ts';
import { mavenPom } from './maven.ts';
import { phpValues } from './php-values.ts';
import { plain } from './plain.ts';
import { platformXml } from './platform-xml.ts';
import { propertyList } from './property-list.ts';
import { sourceCode } from './source-code.ts';
import { spring } from './spring.ts';

/** All formats; of those that claim a path, the first that does not answer `not-configuration` wins. */
export const formats: readonly Format[] = [
  governance,
  plain,
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
