/** Finds the places in a tree that a precompiled JSON Schema does not allow, with the reasons. */
import type { Position } from '../model/source.ts';
import { keyPositionAt, nodeAt, type TreePath, type YamlNode } from './yaml/yaml.ts';

/** An error as the compiled validator reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The output of `scripts/generate-validators.ts` for a schema. */
export interface CompiledSchema {
  readonly validate: ((data: unknown) => boolean) & { readonly errors?: readonly SchemaError[] | null };
  /** The allowed keys of the map at a path. `*` in a path stands for any key of a map and any index of a list. */
  readonly allowedKeys: Readonly<Record<string, readonly string[]>>;
  /** Patterns in words. */
  readonly patternTitles: Readonly<Record<string, string>>;
}

/** One value or key that the schema does not allow. */
export interface SchemaProblem {
  readonly kind:
    | 'unknown-key'
    | 'wrong-key'
    | 'missing-key'
    | 'wrong-type'
    | 'wrong-value'
    | 'wrong-form'
    | 'out-of-range'
    | 'empty';
  /** Path of the value or key, or of the map if one of its keys is missing. */
  readonly path: TreePath;
  readonly at: Position;
  /** The value or the key, in words. */
  readonly found: string;
  /** The value or the key as it is written, or null for a map or a list. */
  readonly word: string | null;
  /** The allowed values in words, or the name of a missing key. */
  readonly expected: string;
  /** The allowed words, if the schema lists them. */
  readonly known: readonly string[];
}

/** Further problems are skipped, because each is located and compared with the words that it may have meant. */
const MAX_PROBLEMS = 200;

/** The values and keys that the schema does not allow, or only the first if it was compiled to stop there. */
export function findSchemaProblems(schema: CompiledSchema, root: YamlNode, data: unknown): readonly SchemaProblem[] {
  if (schema.validate(data)) return [];
  const problems: SchemaProblem[] = [];
  let keyPattern: unknown;
  // Branches of the schema may each reject the type of one value. The first error names all allowed types.
  const mistyped = new Set<string>();
  for (const error of schema.validate.errors ?? []) {
    if (problems.length >= MAX_PROBLEMS) break;
    const path = parseInstancePath(error.instancePath);
    const node = nodeAt(root, path);
    if (error.keyword === 'if' || (error.keyword === 'type' && mistyped.has(error.instancePath))) continue;
    if (error.keyword === 'type') mistyped.add(error.instancePath);
    // The first error for a malformed key is about the map. The next error names the key itself.
    if (error.keyword === 'pattern' && node.kind === 'map') keyPattern = error.params.pattern;
    else problems.push(buildProblem({ schema, root, path, node, error, keyPattern }));
  }
  return problems;
}

function parseInstancePath(path: string): readonly string[] {
  const steps = path.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

interface FailedCheck {
  readonly schema: CompiledSchema;
  readonly root: YamlNode;
  readonly path: TreePath;
  readonly node: YamlNode;
  readonly error: SchemaError;
  readonly keyPattern: unknown;
}

function buildProblem({ schema, root, path, node, error, keyPattern }: FailedCheck): SchemaProblem {
  const { keyword, params } = error;
  const value = {
    path,
    at: node.at,
    found: describeNode(node),
    word: node.kind === 'scalar' ? node.text : null,
    known: [],
  };
  const listKeyedErrors = (written: unknown) => {
    const word = String(written);
    const keyPath = [...path, word];
    return { path: keyPath, at: keyPositionAt(root, keyPath), found: quoteExcerpt(word), word, known: [] };
  };
  const describePattern = (pattern: unknown): string => schema.patternTitles[String(pattern)] ?? keyword;
  switch (keyword) {
    case 'additionalProperties': {
      const known = findAllowedKeys(schema, path);
      return { kind: 'unknown-key', ...listKeyedErrors(params.additionalProperty), expected: known.join(', '), known };
    }
    case 'propertyNames':
      return { kind: 'wrong-key', ...listKeyedErrors(params.propertyName), expected: describePattern(keyPattern) };
    case 'required':
      return { kind: 'missing-key', ...value, at: keyPositionAt(root, path), expected: String(params.missingProperty) };
    case 'type':
      return { kind: 'wrong-type', ...value, expected: describeTypes(params.type) };
    case 'enum': {
      const allowed = params.allowedValues as readonly unknown[];
      const known = allowed.filter((one) => typeof one === 'string');
      return { kind: 'wrong-value', ...value, expected: allowed.join(', '), known };
    }
    case 'minimum':
    case 'maximum': {
      const expected = `${keyword === 'minimum' ? 'at least' : 'at most'} ${String(params.limit)}`;
      return { kind: 'out-of-range', ...value, expected };
    }
    case 'minItems':
    case 'minProperties':
      return { kind: 'empty', ...value, expected: 'at least one entry' };
    default:
      return { kind: 'wrong-form', ...value, expected: describePattern(params.pattern) };
  }
}

function findAllowedKeys({ allowedKeys }: CompiledSchema, path: TreePath): readonly string[] {
  const fits = (pattern: string): boolean => {
    const parts = pattern.split('/').slice(1);
    return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
  };
  return Object.entries(allowedKeys).flatMap(([pattern, keys]) => (fits(pattern) ? keys : []));
}

/** Longer lists are left out if one entry is likely meant, because that entry is more helpful. */
const MAX_LISTED_WITH_SUGGESTION = 10;

/** The sentence that lists the allowed values. Empty if it is long and `meant` is known. Begins with a space. */
export function listAllowed(known: readonly string[], meant: string | null): string {
  return meant !== null && known.length > MAX_LISTED_WITH_SUGGESTION ? '' : ` Expected one of: ${known.join(', ')}.`;
}

/** Longest excerpt of a file in a message. */
const MAX_EXCERPT_CHARS = 60;

/** A word from a file as a message shows it: quoted, on one line, shortened. */
export function quoteExcerpt(word: string): string {
  const line = word.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
  return `"${line.length > MAX_EXCERPT_CHARS ? `${line.slice(0, MAX_EXCERPT_CHARS)}...` : line}"`;
}

function describeNode(node: YamlNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return quoteExcerpt(node.text);
  return `the ${typeof node.value === 'number' ? 'number' : 'truth value'} ${quoteExcerpt(node.text).slice(1, -1)}`;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

function describeTypes(types: unknown): string {
  const names = (Array.isArray(types) ? types : [types]).map((type) => TYPES[String(type)] ?? String(type));
  return names.join(' or ');
}
