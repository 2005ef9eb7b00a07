/** Runs a GraphQL query over objects of the embedded GitHub. Fields are looked up when they are asked for, and only then. */

import type { Json } from '../records.ts';
import {
  type Arguments,
  type Directive,
  parseQuery,
  type Query,
  QueryError,
  type Selection,
  type Value,
} from './parse.ts';

export type Given = Readonly<Record<string, Json>>;

/** A field is a value, or a function of its arguments. */
export type Field = Resolved | ((given: Given) => Resolved);
export type Resolved = Json | GraphObject | readonly Resolved[];

/** An object of GitHub's schema: its type, the interfaces it has, and its fields. */
export class GraphObject {
  readonly type: string;
  readonly interfaces: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;

  constructor(type: string, fields: Readonly<Record<string, Field>>, interfaces: readonly string[] = []) {
    this.type = type;
    this.fields = fields;
    this.interfaces = interfaces;
  }
}

/** An error of one field: the field becomes null, the rest is answered. */
export class FieldError extends Error {
  readonly type: string;

  constructor(
    type: 'NOT_FOUND' | 'FORBIDDEN' | 'MISSING_PAGINATION_BOUNDARIES' | 'EXCESSIVE_PAGINATION',
    message: string,
  ) {
    super(message);
    this.type = type;
  }
}

interface Run {
  readonly query: Query;
  readonly variables: Given;
  readonly errors: Json[];
}

/** Answers `{ data, errors? }`, or `{ errors }` alone for a query that cannot be run, as GitHub does with status 200. */
export function runGraphql(text: string, variables: Given, root: GraphObject): Json {
  try {
    const query = parseQuery(text);
    if (query.operation !== 'query') throw new QueryError('The embedded GitHub takes no mutations.');
    const run: Run = { query, variables: withDefaults(query, variables), errors: [] };
    const data = select(root, query.selections, run, []);
    return run.errors.length === 0 ? { data } : { data, errors: run.errors };
  } catch (error) {
    if (error instanceof QueryError)
      return { errors: [{ message: error.message, extensions: { code: 'invalidQuery' } }] };
    throw error;
  }
}

function withDefaults(query: Query, given: Given): Given {
  const all: Record<string, Json> = {};
  for (const { name, required, initial } of query.variables) {
    const value = given[name] ?? (initial === null ? null : resolveValue(initial, {}));
    if (value === null && required) throw new QueryError(`Variable $${name} was provided invalid value`);
    all[name] = value;
  }
  return all;
}

function select(
  object: GraphObject,
  selections: readonly Selection[],
  run: Run,
  path: readonly (string | number)[],
): Json {
  const result: Record<string, Json> = {};
  for (const selection of selections) {
    if (!included(selection.directives, run)) continue;
    if (selection.kind === 'field') {
      const value = field(object, selection, run, [...path, selection.alias]);
      result[selection.alias] = merge(result[selection.alias], value);
      continue;
    }
    const fragment = selection.kind === 'inline' ? selection : run.query.fragments.get(selection.name);
    if (fragment === undefined)
      throw new QueryError(`Fragment ${'name' in selection ? selection.name : ''} was used, but not defined`);
    if (fragment.on !== null && fragment.on !== object.type && !object.interfaces.includes(fragment.on)) continue;
    const part = select(object, fragment.selections, run, path) as Readonly<Record<string, Json>>;
    for (const [key, value] of Object.entries(part)) result[key] = merge(result[key], value);
  }
  return result;
}

function field(
  object: GraphObject,
  selection: Extract<Selection, { kind: 'field' }>,
  run: Run,
  path: readonly (string | number)[],
): Json {
  if (selection.name === '__typename') return object.type;
  if (!Object.hasOwn(object.fields, selection.name))
    throw new QueryError(`Field '${selection.name}' doesn't exist on type '${object.type}'`);
  const found = object.fields[selection.name] ?? null;
  try {
    const value = typeof found === 'function' ? found(argumentsOf(selection.arguments, run.variables)) : found;
    return complete(value, selection, run, path);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    run.errors.push({ type: error.type, path, message: error.message });
    return null;
  }
}

function complete(
  value: Resolved,
  selection: Extract<Selection, { kind: 'field' }>,
  run: Run,
  path: readonly (string | number)[],
): Json {
  if (isList(value)) return value.map((item, index) => complete(item, selection, run, [...path, index]));
  if (!(value instanceof GraphObject)) {
    if (selection.selections !== null && value !== null)
      throw new QueryError(`Selections can't be made on scalars (field '${selection.name}')`);
    return value as Json;
  }
  if (selection.selections === null) throw new QueryError(`Field '${selection.name}' must have selections`);
  return select(value, selection.selections, run, path);
}

function isList(value: Resolved): value is readonly Resolved[] {
  return Array.isArray(value);
}

/** The same field asked for twice holds what both asked for. */
function merge(known: Json | undefined, value: Json): Json {
  if (known === undefined || known === null || value === null || typeof known !== 'object' || typeof value !== 'object')
    return value;
  if (Array.isArray(known) && Array.isArray(value))
    return known.map((item: Json, index) => merge(item, (value[index] ?? null) as Json));
  const merged: Record<string, Json> = { ...(known as Readonly<Record<string, Json>>) };
  for (const [key, part] of Object.entries(value)) merged[key] = merge(merged[key], part as Json);
  return merged;
}

function included(directives: readonly Directive[], run: Run): boolean {
  return directives.every(({ name, arguments: given }) => {
    const asked = argumentsOf(given, run.variables).if === true;
    if (name === 'include') return asked;
    if (name === 'skip') return !asked;
    throw new QueryError(`Directive @${name} is not defined`);
  });
}

function argumentsOf(given: Arguments, variables: Given): Given {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, resolveValue(value, variables)]));
}

function resolveValue(value: Value, variables: Given): Json {
  switch (value.kind) {
    case 'literal':
      return value.value;
    case 'enum':
      return value.name;
    case 'variable':
      if (!Object.hasOwn(variables, value.name))
        throw new QueryError(`Variable $${value.name} is used but not declared`);
      return variables[value.name] ?? null;
    case 'list':
      return value.items.map((item) => resolveValue(item, variables));
    case 'object':
      return Object.fromEntries(
        Object.entries(value.fields).map(([name, item]) => [name, resolveValue(item, variables)]),
      );
  }
}
