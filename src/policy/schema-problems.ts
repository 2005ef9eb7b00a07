/** Puts what the JSON Schema objects to into sentences with places. */
import type { YamlNode } from '../syntax/yaml/yaml.ts';
import { allowedKeys, patternTitles, type SchemaError, validatePolicy } from './policy-schema.generated.mjs';
import { type Path, type ProblemList, shown } from './problems.ts';

/** Notes everything in the data that the schema does not allow. True when there is nothing. */
export function checkSchema(data: unknown, problems: ProblemList): boolean {
  if (validatePolicy(data)) return true;
  const errors = validatePolicy.errors as readonly SchemaError[];
  let keyPattern: unknown;
  // Branches of the schema may each object to the type of one value; the first names all that is allowed.
  const mistyped = new Set<string>();
  for (const error of errors) {
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const node = problems.nodeAt(path);
    if (error.keyword === 'pattern' && node.kind === 'map') {
      // The objection to a key's form comes first as an objection to the map; the key itself is named by the next error.
      keyPattern = error.params.pattern;
      continue;
    }
    if (error.keyword === 'type' && mistyped.size === mistyped.add(error.instancePath).size) continue;
    report(error, path, node, keyPattern, problems);
  }
  return false;
}

function report(error: SchemaError, path: Path, node: YamlNode, keyPattern: unknown, problems: ProblemList): void {
  const { params } = error;
  const formOf = (pattern: unknown): string => patternTitles[String(pattern)] ?? error.keyword;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = keysAt(path);
      problems.add(
        'policy-unknown-key',
        [...path, key],
        { expected: known.join(', ') },
        { key: true, found: key, known },
      );
      return;
    }
    case 'propertyNames': {
      const key = String(params.propertyName);
      problems.add('policy-wrong-form', [...path, key], { expected: formOf(keyPattern) }, { key: true, found: key });
      return;
    }
    case 'required': {
      const what = path.length === 0 ? 'A policy without extends' : path.slice(-2).join(' ');
      problems.add('policy-missing-key', path, { what, expected: String(params.missingProperty) }, { key: true });
      return;
    }
    case 'type':
      problems.add('policy-wrong-type', path, { found: describe(node), expected: typesInWords(params.type) });
      return;
    case 'enum': {
      const known = params.allowedValues as readonly string[];
      const values = { found: describe(node), expected: known.join(', ') };
      problems.add('policy-wrong-value', path, values, node.kind === 'scalar' ? { found: node.text, known } : {});
      return;
    }
    case 'minimum':
    case 'maximum': {
      const expected = `${error.keyword === 'minimum' ? 'at least' : 'at most'} ${String(params.limit)}`;
      problems.add('policy-out-of-range', path, { found: describe(node), expected });
      return;
    }
    case 'minItems':
    case 'minProperties':
      problems.add('policy-empty', path);
      return;
    case 'if':
      return;
    default:
      problems.add('policy-wrong-form', path, { found: describe(node), expected: formOf(params.pattern) });
  }
}

/** The keys that the map at a path may have, found by its path with `*` for keys and indexes that are free. */
function keysAt(path: Path): readonly string[] {
  const fits = (pattern: string): boolean => {
    const parts = pattern.split('/').slice(1);
    return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
  };
  return Object.entries(allowedKeys).flatMap(([pattern, keys]) => (fits(pattern) ? keys : []));
}

function describe(node: YamlNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return shown(node.text);
  return `the ${typeof node.value === 'number' ? 'number' : 'truth value'} ${shown(node.text).slice(1, -1)}`;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function typesInWords(types: unknown): string {
  const names = (Array.isArray(types) ? types : [types]).map((type) => TYPES[String(type)] ?? String(type));
  return names.join(' or ');
}
