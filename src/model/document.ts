/** A configuration document: the result of one format's reader for a file, in the vocabulary that all formats share. */
import type { Place, Position } from './source.ts';

/** The environment that an application connects to, by the exact host names of its endpoints (see `environment.ts`). */
export type Environment = 'production' | 'ppe' | 'mixed' | 'unknown' | 'none';

/**
 * The role of a document.
 * `registered`: the application's whole registered configuration (manifest, GetApplicationInfo dump).
 * `provisioning`: an AddApplication body.
 * `provisioning-patch`: an UpdateApplication body, in which omitted means unchanged.
 * `client`: SDK configuration in the source tree.
 * `certificate`, `key-store`: such files.
 * `source-code`: program source that names the SDK's configuration. Its content is not read.
 * `governance`: policy, the gate's workflow, CODEOWNERS.
 * `unrecognized`: a file that no reader claims. Only its changed lines are known.
 * `workflow`: a file that the policy names as a part of sign-up or consent. Its content is not read.
 */
export type DocumentRole =
  | 'registered'
  | 'provisioning'
  | 'provisioning-patch'
  | 'client'
  | 'certificate'
  | 'key-store'
  | 'source-code'
  | 'unrecognized'
  | 'governance'
  | 'workflow';

/** One permission on health data. `All` of the platform is these four. */
export type Permission = 'Read' | 'Create' | 'Update' | 'Delete';
export type Channel = 'online' | 'offline';
export type Requirement = 'required' | 'optional';

/** A span of time in which data is covered: ISO 8601 instants, null is open-ended. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** A target-set or exception-set of a rule. No types: all types. No dates: all dates. Type ids are lower-case GUIDs. */
export interface AccessSet {
  readonly types: readonly string[];
  readonly dates: readonly DateRange[];
}

/** One authorization rule as written, normalized. No targets: everything. */
export interface AccessRule {
  readonly name: string | null;
  readonly requirement: Requirement;
  readonly permissions: readonly Permission[];
  readonly targets: readonly AccessSet[];
  readonly exceptions: readonly AccessSet[];
  /** Why strings by culture; '' is the default culture. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Bit mask: 1 DisplayFirstTime, 2 CheckedFirstTime, 4 CheckedByDefault. */
  readonly displayFlags: number;
  readonly at: Place;
  /** Position of each type id as written, for exact lines; falls back to `at`. */
  readonly typePlaces: Readonly<Record<string, Place>>;
}

/** One element of a set-like setting. `meaning` is the normalized form for comparison, `shown` the readable form. */
export interface SetItem {
  readonly meaning: string;
  readonly shown: string;
  readonly at: Place;
}

/**
 * The value of a setting. `meaning` is compared, `shown` may be printed.
 * `content`: a file or blob, compared by digest.
 * `secret`: never shown, `meaning` is a digest of it.
 * `unresolved`: a placeholder or a value that the reader does not understand. `meaning` is the raw text or its digest, so that
 * an untouched one is not a change.
 */
export type SettingValue =
  | { readonly kind: 'text'; readonly meaning: string; readonly shown: string }
  /** `grants`: the elements are rights, so one more widens. `isStated`: empty, and not certainly the same as absent. */
  | { readonly kind: 'set'; readonly items: readonly SetItem[]; readonly grants?: boolean; readonly isStated?: boolean }
  | { readonly kind: 'content'; readonly meaning: string; readonly shown: string }
  | { readonly kind: 'access'; readonly rules: readonly AccessRule[] }
  | { readonly kind: 'secret'; readonly meaning: string; readonly what: string }
  | { readonly kind: 'unresolved'; readonly meaning: string; readonly shown: string; readonly reason: string };

/** One setting of a document. `id` is of the list in `docs/formats.md`, without the culture. */
export interface Setting {
  readonly id: string;
  /** BCP 47 tag of a localized setting; absent for the default. The report writes `id@culture`. */
  readonly culture?: string;
  readonly value: SettingValue;
  readonly at: Place;
}

/** A limit of the platform that a document exceeds or nearly reaches. `refused`: the platform would reject it. */
export interface Lint {
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;
  readonly severity: 'advice' | 'refused';
  readonly message: string;
  /** R-number or document tag. */
  readonly source: string;
  readonly at: Place;
}

/** The result of a reader for one file. */
export interface ConfigDocument {
  /** The main file of the document: for base plus transform, the base. */
  readonly file: string;
  /** The name of the configuration within the file (a transform's name, a Rails environment); null for the only one. */
  readonly part: string | null;
  readonly format: string;
  /** The index of the policy's declared document; absent for a built-in reader's. */
  readonly declaration?: number;
  /** The same for all files of one declared document; absent: the file is a document by itself. */
  readonly whole?: string;
  readonly role: DocumentRole;
  /** Omitted settings of a patch are unchanged, those of a complete document are empty or at their default. */
  readonly completeness: 'complete' | 'patch';
  readonly environment: Environment;
  readonly settings: readonly Setting[];
  /** The meaning of an absent setting: id -> meaning shown as "(default)". Absent from the map: empty. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Settings that this format cannot contain (public keys in a dump), so their absence is not a change. */
  readonly notExpressible: readonly string[];
  readonly lints: readonly Lint[];
  /**
   * SHA-256 of the content that no setting contains: set for opaque documents (source code, key stores), null if the settings
   * contain everything.
   */
  readonly digest: string | null;
}

/** Why a file could not be read as configuration. */
export interface ParseProblem {
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;
  readonly message: string;
  readonly at: Position | null;
}

/**
 * A reader's answer. `not-configuration`: the content is not HealthVault configuration. `part-of`: it is part of other files'
 * meaning (a transform, an include, a pom, a logo): evaluate those instead, at this side.
 */
export type ReadResult =
  /**
   * `files`: the other files with included text, which is searched for private keys as well. `owners`: the other parts of the
   * document, which are compared on their own.
   */
  | {
      readonly kind: 'documents';
      readonly documents: readonly ConfigDocument[];
      readonly files?: readonly string[];
      readonly owners?: readonly string[];
    }
  | { readonly kind: 'unreadable'; readonly problem: ParseProblem }
  | { readonly kind: 'part-of'; readonly owners: readonly string[] }
  | { readonly kind: 'not-configuration' };
