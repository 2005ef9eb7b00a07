/** Puts what the JSON Schema objects to into sentences with places. */
import type { YamlNode } from '../syntax/yaml.ts';
import { allowedKeys, patternTitles, type SchemaError, validatePolicy } from './policy-schema.generated.mjs';
import { type Path, type ProblemList, shown } from './problems.ts';

/** Notes everything in the data that the schema does not allow. True when there is nothing. */
export function checkSchema(data: unknown, problems: ProblemList): boolean {
  if (validatePolicy(data)) return true;
  const errors = validatePolicy.errors ?? [];
  let keyTitle = 'an id';
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
      keyTitle = patternTitles[String(error.params.pattern)] ?? keyTitle;
      continue;
    }
    if (error.keyword === 'type' && mistyped.size === mistyped.add(error.instancePath).size) continue;
    report(error, path, node, keyTitle, problems);
  }
  return false;
}

function report(error: SchemaError, path: Path, node: YamlNode, keyTitle: string, problems: ProblemList): void {
  const { params } = error;
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
      problems.add('policy-wrong-form', [...path, key], { expected: keyTitle }, { key: true, found: key });
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
      const allowed = (Array.isArray(params.allowedValues) ? params.allowedValues : []).map(String);
      const found = node.kind === 'scalar' ? node.text : undefined;
      problems.add(
        'policy-wrong-value',
        path,
        { found: describe(node), expected: allowed.join(', ') },
        found === undefined ? {} : { found, known: allowed },
      );
      return;
    }
    case 'pattern':
      problems.add('policy-wrong-form', path, {
        found: describe(node),
        expected: patternTitles[String(params.pattern)] ?? 'another form',
      });
      return;
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
      problems.add('policy-wrong-form', path, { found: describe(node), expected: error.keyword });
  }
}

/** The keys that the map at a path may have, found by its path with `*` for keys and indexes that are free. */
function keysAt(path: Path): readonly string[] {
  const fits = (pattern: string): boolean => {
    const parts = pattern.split('/').slice(1);
    return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
  };
  const found = Object.keys(allowedKeys).filter(fits);
  // A named part is nearer than a free one: `/break-glass/approvers` before `/approvers/*`.
  found.sort((a, b) => a.split('*').length - b.split('*').length);
  return allowedKeys[found[0] ?? ''] ?? [];
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
