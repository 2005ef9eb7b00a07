/** Which HealthVault an application talks to, by exact host name. */

import type { Environment } from './document.ts';
import { parseWebAddress } from './web-address.ts';

/** A HealthVault installation. Substrings do not count: `evil-healthvault.com` is not a HealthVault host. */
export interface HostPlace {
  readonly environment: 'production' | 'ppe';
  readonly instance: 'us' | 'eu';
}

const HOSTS: Readonly<Record<string, HostPlace>> = {
  'platform.healthvault-ppe.com': { environment: 'ppe', instance: 'us' },
  'account.healthvault-ppe.com': { environment: 'ppe', instance: 'us' },
  'config.healthvault-ppe.com': { environment: 'ppe', instance: 'us' },
  'www.healthvault-ppe.com': { environment: 'ppe', instance: 'us' },
  'data.ppe.microsofthealth.net': { environment: 'ppe', instance: 'us' },
  'platform.healthvault-ppe.co.uk': { environment: 'ppe', instance: 'eu' },
  'account.healthvault-ppe.co.uk': { environment: 'ppe', instance: 'eu' },
  'data.ppe.microsofthealth.co.uk': { environment: 'ppe', instance: 'eu' },
  'platform.healthvault.com': { environment: 'production', instance: 'us' },
  'account.healthvault.com': { environment: 'production', instance: 'us' },
  'www.healthvault.com': { environment: 'production', instance: 'us' },
  'data.microsofthealth.net': { environment: 'production', instance: 'us' },
  'platform.healthvault.co.uk': { environment: 'production', instance: 'eu' },
  'account.healthvault.co.uk': { environment: 'production', instance: 'eu' },
};

/** The installation behind a host name, or null for a host that the documents do not name. */
export function findHealthVaultHost(host: string): HostPlace | null {
  const name = host.toLowerCase().replace(/\.$/, '');
  return Object.hasOwn(HOSTS, name) ? (HOSTS[name] ?? null) : null;
}

/** The host of an endpoint, which may lack its scheme (as in Django settings), or null if it has none. */
export function parseHost(endpoint: string): string | null {
  return parseEndpoint(endpoint)?.hostname || null;
}

function parseEndpoint(endpoint: string): URL | null {
  const text = endpoint.trim();
  return parseWebAddress(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
}

/** The environment of a document from all its endpoints. No endpoint: `none`. An unknown host beside others: `mixed`. */
export function determineEnvironment(endpoints: readonly string[]): Environment {
  if (endpoints.length === 0) return 'none';
  const found = new Set(
    endpoints.map((endpoint) => {
      const host = parseHost(endpoint);
      return (host === null ? null : findHealthVaultHost(host))?.environment ?? 'unknown';
    }),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : 'mixed';
}

/** An endpoint's normalized meaning: scheme and host lower case, no default port, no trailing slash, no `/wildcat.ashx`. */
export function normalizeEndpoint(endpoint: string): string {
  const url = parseEndpoint(endpoint);
  if (url === null) return endpoint.trim();
  const path = url.pathname.replace(/\/wildcat\.ashx$/i, '').replace(/(?<!\/)\/+$/, '');
  return `${url.protocol}//${url.host}${path}${url.search}${url.hash}`;
}
