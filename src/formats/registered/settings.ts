/**
 * Every setting of a registered configuration, with its elements in the platform's XML and its key in a manifest.
 * Another setting is one row here. Another kind of value needs a reader in `platform-xml` and one in `manifest`.
 */
import type { Lint, Setting } from '../../model/document.ts';

/** How a value is written and compared. */
export type RegisteredKind =
  | 'access-rules'
  | 'address'
  | 'application-id'
  | 'application-type'
  | 'attributes'
  | 'bulk-extraction'
  | 'flag'
  | 'instances'
  | 'ip-prefixes'
  | 'localized-text'
  | 'locations'
  | 'logo'
  | 'methods'
  | 'organization'
  | 'persistent-tokens'
  | 'public-keys'
  | 'sources'
  | 'statement'
  | 'text'
  | 'token'
  | 'vocabularies';

export interface RegisteredSetting {
  readonly id: string;
  readonly kind: RegisteredKind;
  /** Whether it limits child applications, so that an empty list has a meaning too. */
  readonly isCeiling?: boolean;
  /** Names of its elements in requests and answers. */
  readonly elements: readonly string[];
  /** The key in a manifest, within a map as `map.key`. Absent if it equals the id, null if there is none. */
  readonly key?: string | null;
}

export const REGISTERED_SETTINGS: readonly RegisteredSetting[] = [
  { id: 'app-id', kind: 'application-id', elements: ['id'] },
  { id: 'app-id.master', kind: 'application-id', elements: ['master-app-id', 'parent-id'], key: null },
  { id: 'app-type', kind: 'application-type', elements: ['app-type'], key: 'type' },
  { id: 'client-token', kind: 'token', elements: ['client-service-token'], key: null },
  { id: 'name', kind: 'localized-text', elements: ['name'] },
  { id: 'description', kind: 'localized-text', elements: ['description'] },
  { id: 'auth-reason', kind: 'localized-text', elements: ['auth-reason'] },
  { id: 'organization', kind: 'organization', elements: ['organizations'] },
  { id: 'domain-name', kind: 'text', elements: ['domain-name'] },
  { id: 'action-url', kind: 'address', elements: ['action-url'] },
  { id: 'logo.large', kind: 'logo', elements: ['large-logo'] },
  { id: 'logo.small', kind: 'logo', elements: ['small-logo'] },
  { id: 'privacy-statement', kind: 'statement', elements: ['privacy-statement'] },
  { id: 'terms-of-use', kind: 'statement', elements: ['terms-of-use'] },
  { id: 'success-message', kind: 'statement', elements: ['dtc-success-message'] },
  {
    id: 'access.online',
    kind: 'access-rules',
    elements: ['person-online-base-auth', 'person-online-base-auth-xml'],
    key: 'rules.online',
  },
  {
    id: 'access.offline',
    kind: 'access-rules',
    elements: ['person-offline-base-auth', 'person-offline-base-auth-xml'],
    key: 'rules.offline',
  },
  { id: 'public-keys', kind: 'public-keys', elements: ['public-keys'] },
  { id: 'persistent-tokens', kind: 'persistent-tokens', elements: ['persistent-tokens'] },
  { id: 'restrict-users', kind: 'flag', elements: ['restrict-app-users'] },
  { id: 'bulk-extraction', kind: 'bulk-extraction', elements: ['bulk-extraction-settings'] },
  { id: 'attributes', kind: 'attributes', elements: ['app-attributes'] },
  { id: 'ip-prefixes', kind: 'ip-prefixes', elements: ['valid-ip-prefixes'] },
  { id: 'instances', kind: 'instances', elements: ['supported-instances'] },
  { id: 'locations', kind: 'locations', elements: ['supported-record-locations'] },
  { id: 'methods', kind: 'methods', elements: ['methods'] },
  { id: 'vocabularies', kind: 'vocabularies', elements: ['vocabulary-authorizations'] },
  { id: 'meaningful-use-sources', kind: 'sources', elements: ['meaningful-use-sources'] },
  { id: 'ceilings.methods', kind: 'methods', isCeiling: true, elements: ['child-method-mask-ceiling'] },
  {
    id: 'ceilings.vocabularies',
    kind: 'vocabularies',
    isCeiling: true,
    elements: ['child-vocabulary-authorizations-ceiling', 'child-authorized-vocabularies-ceiling'],
  },
  {
    id: 'ceilings.meaningful-use-sources',
    kind: 'sources',
    isCeiling: true,
    elements: ['meaningful-use-sources-ceiling'],
  },
];

/** The setting of an element or key, and its problems with the platform's limits. */
export interface RegisteredContent {
  readonly settings: readonly Setting[];
  readonly lints: readonly Lint[];
}

/** Several contents as one, in order. */
export function joinContents(contents: readonly RegisteredContent[]): RegisteredContent {
  return {
    settings: contents.flatMap(({ settings }) => settings),
    lints: contents.flatMap(({ lints }) => lints),
  };
}
