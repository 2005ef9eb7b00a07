/** A change of meaning between two documents. Made by `diff/`, classified by `policy/`. */
import type { Channel, DocumentRole, Environment, Permission, Requirement } from './document.ts';
import type { Side } from './source.ts';

export type ChangeKind = 'added' | 'removed' | 'modified';
export type Effect = 'widens' | 'narrows' | 'neutral' | 'unknown';

/** One permission on one data type, as the report has it. */
export interface AccessTuple {
  readonly channel: Channel;
  readonly requirement: Requirement;
  /** Lower-case GUID, or `*` for all data. */
  readonly typeId: string;
  readonly typeName?: string;
  readonly permission: Permission;
  readonly previousRequirement?: Requirement;
}

/**
 * Facts about a change that a policy rule can require and no other field contains. The list is closed. `docs/policy.md`
 * explains each fact.
 * - `asks-for-consent`: users must consent again, or meet it at sign-up (required access widened, optional made required,
 *   offline access or all data added).
 * - `shown-first-time`: optional access that is offered at first sign-up (display flag 1).
 * - `moved-from-offline`: online access that was offline before and no longer is.
 * - `display-first-time`: display flag 1 or 2 of an optional rule changed. `display-required`: flags of a required rule.
 * - `first-application`: an application id that replaces none or a placeholder. `other-application`: another real id.
 *   `application-gone`: a real id is removed or becomes a placeholder.
 * - `instance-changed`: production endpoints of another instance (US, EU). `environment-changed`: PPE to production or back.
 * - `of-new-application`: another change in the same client document adds or replaces the application id, or the
 *   certificate belongs to an application that is new.
 * - `starts-in-production`: a setting, changed or not, of a document that connects to production now and did not before.
 * - `overridden`: a base value that a production transform overrides. `last-removed`: the set is empty now.
 * - `host-changed`: an action URL that moves to another host. `single-to-multi`: one instance before, several now.
 * - `unresolved`: one side contains a placeholder or a value that no reader understands. `unknown-host`: an endpoint with a
 *   host that is not published. `set-appeared`: the set was empty or absent before, and this is one of its first elements.
 */
export type Trait =
  | 'asks-for-consent'
  | 'shown-first-time'
  | 'moved-from-offline'
  | 'display-first-time'
  | 'display-required'
  | 'first-application'
  | 'other-application'
  | 'application-gone'
  | 'instance-changed'
  | 'environment-changed'
  | 'overridden'
  | 'host-changed'
  | 'single-to-multi'
  | 'last-removed'
  | 'set-appeared'
  | 'of-new-application'
  | 'starts-in-production'
  | 'unresolved'
  | 'unknown-host';

/** The document of a change, as far as rules need it. */
export interface ChangedDocument {
  readonly format: string;
  readonly role: DocumentRole;
  /** Environment at head, or at base if the document is removed. */
  readonly environment: Environment;
  readonly part: string | null;
  /** `first`: the base had none. `unreadable`: one side could not be read. */
  readonly state: 'first' | 'existing' | 'removed' | 'unreadable';
}

export interface Location {
  readonly side: Side;
  readonly line: number;
  readonly column: number;
}

/** One change of meaning. `before` and `after` are safe to show and whole; renderers shorten them. */
export interface Change {
  readonly file: string;
  /** Setting id; a localized one ends in `@<culture>`. */
  readonly setting: string;
  readonly kind: ChangeKind;
  readonly effect: Effect;
  readonly access?: AccessTuple;
  readonly before: string | null;
  readonly after: string | null;
  readonly location: Location | null;
  /** The place of the removed or former value, if `location` is on the head side. */
  readonly baseLocation?: { readonly file: string; readonly line: number; readonly column: number };
  readonly traits: readonly Trait[];
  readonly document: ChangedDocument;
  /** Digests of opaque content on both sides, so that an approval is bound to it. Never of a secret's value. */
  readonly content?: { readonly before: string | null; readonly after: string | null };
  /**
   * The compared value if the shown texts do not contain all of it, so that an approval is bound to it. It is only hashed, so
   * it may be long and need not be readable.
   */
  readonly meaning?: { readonly before: string | null; readonly after: string | null };
  /** The category of the found mark. It replaces the rule's. */
  readonly category?: string;
  /** Facts for the reader beyond the rule's reason (why it could not be read, a certificate's dates). */
  readonly detail?: string;
}
