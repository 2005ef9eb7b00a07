/** A configuration document: what one format's reader understood of a file, in the one vocabulary that all formats share. */
import type { Place, Position } from './source.ts';

/** Where an application talks to, classified by the exact host names of its endpoints (see `environment.ts`). */
export type Environment = 'production' | 'ppe' | 'mixed' | 'unknown' | 'none';

/**
 * What kind of thing a document is.
 * `registered`: the application's whole registered configuration (manifest, GetApplicationInfo dump).
 * `provisioning`: an AddApplication body; `provisioning-patch`: an UpdateApplication body, where omitted means unchanged.
 * `client`: SDK configuration in the source tree. `certificate`, `key-store`: such files. `source-code`: program source
 * that names the SDK's configuration; nothing in it is read. `governance`: policy, the gate's workflow, CODEOWNERS.
 * `unrecognized`: a file that no reader claims, of which only changed lines are known.
 * `workflow`: a file that the policy names as a part of sign-up or consent; nothing in it is read.
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

/** One element of a set-like setting. `meaning` is the normalized form that is compared, `shown` what a person reads. */
export interface SetItem {
  readonly meaning: string;
  readonly shown: string;
  readonly at: Place;
}

/**
 * The value of a setting. `meaning` is what is compared, `shown` what may be printed.
 * `content`: a file or blob, compared by digest. `secret`: never shown, `meaning` is a digest of it.
 * `unresolved`: a placeholder or something a reader does not understand; `meaning` is the raw text's digest or text,
 * so that an untouched one is not a change.
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

/** A limit of the platform that a document passes or comes near to. `refused`: the platform would not take it. */
export interface Lint {
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;
  readonly severity: 'advice' | 'refused';
  readonly message: string;
  /** R-number or document tag. */
  readonly source: string;
  readonly at: Place;
}

/** What a reader made of one file. */
export interface ConfigDocument {
  /** The file that stands for the document: for base plus transform, the base. */
  readonly file: string;
  /** Which configuration within the file (a transform's name, a Rails environment); null for the only one. */
  readonly part: string | null;
  readonly format: string;
  /** Which of the documents that the policy declares it is; absent for a built-in reader's. */
  readonly declaration?: number;
  /** The same for all files that are parts of one declared document; absent: the file is a document by itself. */
  readonly whole?: string;
  readonly role: DocumentRole;
  /** Omitted settings of a patch are unchanged, those of a complete document are empty or at their default. */
  readonly completeness: 'complete' | 'patch';
  readonly environment: Environment;
  readonly settings: readonly Setting[];
  /** What an absent setting means here: id -> meaning shown as "(default)". Absent from the map: empty. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Settings that this format cannot contain (public keys in a dump), so their absence is not a change. */
  readonly notExpressible: readonly string[];
  readonly lints: readonly Lint[];
  /**
   * SHA-256 of what the document says as far as no setting carries it: set for opaque documents (source code, key
   * stores), null where the settings say everything.
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
 * A reader's answer. `not-configuration`: the content is not HealthVault configuration. `part-of`: it is part of other
 * files' meaning (a transform, an include, a pom, a logo): evaluate those instead, at this side.
 */
export type ReadResult =
  /**
   * `files`: the other files whose text is included, in which private keys are looked for as well. `owners`: the other parts of the
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
