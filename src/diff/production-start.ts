/**
 * A document that starts to talk to production. Under pre-production hosts many settings change without a review, so from
 * then on every setting counts, whether or not it changes with the hosts.
 */
import type { Change } from '../model/change.ts';
import type { ConfigDocument } from '../model/document.ts';
import { findHealthVaultHost, parseHost } from '../model/environment.ts';
import { words } from './messages.ts';
import { type DocumentPair, withTrait } from './pair.ts';

/** Whether users reach the application through this document from now on, and did not through the one at base. */
export function startsInProduction({ base, head }: DocumentPair): boolean {
  if (head === null || !connectsToProduction(head)) return false;
  // A new registered document is reported as a whole, which contains more.
  if (base === null) return head.role === 'client';
  // Removing a transform leaves the untransformed document, which is compared on its own.
  const isLeftOver = base.part !== null && head.part === null;
  return !isLeftOver && base.role === head.role && !connectsToProduction(base);
}

/** A registered configuration is for production unless it states another environment. A client connects to its hosts. */
function connectsToProduction({ role, environment, settings }: ConfigDocument): boolean {
  if (role === 'registered') return environment !== 'ppe';
  if (role !== 'client') return false;
  return environment === 'production' || settings.some(({ id, value }) => isEndpoint(id) && isProduction(value));
}

function isEndpoint(id: string): boolean {
  return id.startsWith('client.endpoints.');
}

function isProduction(value: ConfigDocument['settings'][number]['value']): boolean {
  const host = value.kind === 'text' ? parseHost(value.meaning) : null;
  return host !== null && findHealthVaultHost(host)?.environment === 'production';
}

/** The changes, and every other setting of the document. `asNew` are the changes that it would have as a new document. */
export function describeProductionStart(changes: readonly Change[], asNew: readonly Change[]): readonly Change[] {
  const changed = new Set(changes.filter(({ kind }) => kind !== 'removed').map(identifySetting));
  const unchanged = asNew
    .filter((change) => !UNLISTED.has(change.setting) && !changed.has(identifySetting(change)))
    .map((change) => ({ ...change, traits: [], detail: words.listedForProduction }));
  return [...changes, ...unchanged].map((change) => withTrait(change, 'starts-in-production'));
}

/** A secret of the base is not part of this change, and the document as a whole has no value. */
const UNLISTED: ReadonlySet<string> = new Set(['secret', 'document']);

/** The same for a setting, an element of a set or a granted access, whether it is new or changed. */
function identifySetting({ setting, access, after }: Change): string {
  return JSON.stringify(access === undefined ? [setting, after] : [setting, access.typeId, access.permission]);
}
