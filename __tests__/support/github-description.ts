/**
 * GitHub's own words on its API, as the check of the embedded GitHub: every REST exchange is checked against the OpenAPI
 * description beside this file, every GraphQL query against GitHub's schema.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql';
import type { Exchange } from '../../src/embedded-github/github.ts';

type Schema = { [key: string]: unknown };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<
    string,
    { readonly content?: Record<string, { readonly schema?: Schema }> } | { readonly $ref: string }
  >;
}

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
}

/**
 * Where GitHub's description is wrong about GitHub, or silent on answers that its server gives. Each entry: operation,
 * status, why. Only the body's check is left out.
 */
const UNDESCRIBED: readonly { readonly operation: string; readonly status: number; readonly why: string }[] = [
  { operation: '*', status: 304, why: 'conditional requests work on every read; few operations say so' },
  { operation: '*', status: 401, why: 'a wrong token is described nowhere' },
  { operation: '*', status: 403, why: 'a missing permission and the rate limits are rarely described' },
  { operation: '*', status: 404, why: 'GitHub hides what a token may not see; few operations say so' },
  {
    operation: 'POST /repos/{owner}/{repo}/statuses/{sha}',
    status: 422,
    why: 'an unknown commit or too long a description',
  },
  {
    operation: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
    status: 422,
    why: 'somebody without access, described without a body',
  },
  {
    operation: 'GET /repos/{owner}/{repo}/contents/{path}',
    status: 200,
    why: 'with the raw media type the answer is the file itself',
  },
];

/** Schemas that are stricter than what GitHub sends, and what makes them true. */
const LOOSENED: readonly {
  readonly schema: string;
  readonly why: string;
  readonly loosen: (schema: Schema) => void;
}[] = [
  {
    schema: 'pull-request-simple',
    why: 'a label without a description has null there, as `pull-request` and `label` say',
    loosen: (schema) => {
      const { labels } = schema.properties as { labels: { items: { properties: { description: Schema } } } };
      labels.items.properties.description.nullable = true;
    },
  },
];

const description = JSON.parse(
  readFileSync(new URL('./openapi/github-operations.json', import.meta.url), 'utf8'),
) as Description & {
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly responses: Schema;
    readonly parameters: Schema;
  };
};

for (const { schema, loosen } of LOOSENED) loosen(description.components.schemas[schema] ?? {});

// Each test file compiles the schemas again, so what would make them faster afterwards takes more time than it saves.
const ajv = new Ajv({
  strict: false,
  allErrors: false,
  logger: false,
  validateSchema: false,
  inlineRefs: false,
  code: { optimize: false },
});
const addFormats = addFormatsModule as unknown as (to: Ajv) => void;
addFormats(ajv);
ajv.addSchema({ $id: 'github', components: toJsonSchema(description.components) as Schema });

const validators = new Map<string, ValidateFunction>();

interface Known {
  readonly id: string;
  readonly pattern: RegExp;
  readonly operation: Operation;
}

const known: readonly Known[] = Object.entries(description.paths)
  // GitHub describes the comparison twice; the second path is the same operation under other names.
  .filter(([path]) => !path.includes('{base}...{head}'))
  .flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: `${method.toUpperCase()} ${path}`,
      pattern: new RegExp(
        `^${method.toUpperCase()} ${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, (_, name: string) => (name === 'path' || name === 'ref' ? '.*' : '[^/]+'))}$`,
      ),
      operation,
    })),
  )
  // The longest path wins: `commits/{ref}` must not take `commits/{ref}/statuses`.
  .sort((a, b) => b.id.split('/').length - a.id.split('/').length);

/** All operations in the description, as `GET /repos/{owner}/{repo}`. */
export const describedOperations: readonly string[] = known.map(({ id }) => id);

/** What is wrong with an exchange, in sentences; empty when GitHub's description agrees. */
export function findExchangeProblems({ request, answer, injected }: Exchange): readonly string[] {
  const url = new URL(request.path, 'http://127.0.0.1');
  if (url.pathname === '/graphql') return findGraphQlProblems(request.body);
  // A path whose root folder is asked for ends without a slash.
  const name = `${request.method} ${url.pathname.replace(/\/contents$/, '/contents/')}`;
  const found = known.find(({ pattern }) => pattern.test(name));
  if (found === undefined) return [`${name}: no such operation in GitHub's description`];
  const problems = [...queryProblems(found, url), ...findBodyProblems(found, request.body)];
  if (!injected) problems.push(...answerProblems(found, answer));
  return problems.map((problem) => `${found.id}: ${problem}`);
}

/** The operation that a request is, or null. */
export function findOperation(method: string, path: string): string | null {
  const url = new URL(path, 'http://127.0.0.1');
  return known.find(({ pattern }) => pattern.test(`${method} ${url.pathname}`))?.id ?? null;
}

function queryProblems({ operation }: Known, url: URL): readonly string[] {
  const parameters = (operation.parameters ?? []).map((one) =>
    '$ref' in one ? (followReference(one.$ref) as Parameter) : one,
  );
  return [...url.searchParams].flatMap(([name, value]) => {
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name);
    if (parameter === undefined) return [`query parameter ${name} is not described`];
    const type = parameter.schema?.type;
    const read: unknown = type === 'integer' ? Number(value) : type === 'boolean' ? value === 'true' : value;
    const problem =
      parameter.schema === undefined
        ? null
        : findSchemaProblem(`parameter ${name} ${JSON.stringify(parameter.schema)}`, parameter.schema, read);
    return problem === null ? [] : [`query parameter ${name}: ${problem}`];
  });
}

function findBodyProblems({ id, operation }: Known, body: unknown): readonly string[] {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return body === null ? [] : ['a body where none is described'];
  if (body === null) return operation.requestBody?.required === true ? ['the body is missing'] : [];
  const problem = findSchemaProblem(`${id} body`, schema, body);
  const undescribed = listUndescribedFields(schema, body);
  return [
    ...(problem === null ? [] : [`body: ${problem}`]),
    ...undescribed.map((field) => `body: ${field} is not described`),
  ];
}

function listUndescribedFields(schema: Schema, body: unknown): readonly string[] {
  const properties = schema.properties as Schema | undefined;
  if (properties === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  return Object.keys(body).filter((field) => !Object.hasOwn(properties, field));
}

function answerProblems({ id, operation }: Known, answer: Exchange['answer']): readonly string[] {
  if (
    UNDESCRIBED.some(
      (one) =>
        (one.operation === '*' || one.operation === id) &&
        one.status === answer.status &&
        (answer.status !== 200 || answer.body instanceof Uint8Array),
    )
  )
    return [];
  const described = operation.responses[String(answer.status)];
  if (described === undefined) return [`status ${answer.status} is not described`];
  const response =
    '$ref' in described ? (followReference(described.$ref) as Exclude<typeof described, { $ref: string }>) : described;
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined) return answer.body === null ? [] : ['an answer where none is described'];
  const problem = findSchemaProblem(`${id} ${answer.status}`, schema, answer.body);
  return problem === null ? [] : [`answer ${answer.status}: ${problem}`];
}

function findSchemaProblem(key: string, schema: Schema, value: unknown): string | null {
  let check = validators.get(key);
  if (check === undefined) {
    check = ajv.compile(toJsonSchema(schema) as Schema);
    validators.set(key, check);
  }
  if (check(value)) return null;
  return ajv.errorsText(check.errors, { dataVar: 'it', separator: '; ' }).slice(0, 400);
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a second choice, references point into the one known document. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example: _, ...rest } = value as Schema;
  const copy: Schema = {};
  for (const [key, part] of Object.entries(rest)) {
    copy[key] = key === '$ref' && typeof part === 'string' ? part.replace('#/', 'github#/') : toJsonSchema(part);
  }
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}

function followReference(reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Schema)[key], description);
}

/** As a file, because the package also reads the same schema as JSON when it is imported, which takes longer than to use it. */
const GRAPHQL_SCHEMA = new URL('../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);
let schema: GraphQLSchema | null = null;

/** GitHub's own GraphQL schema. */
export function readGitHubSchema(): GraphQLSchema {
  // GitHub's own text defines two fields twice, so it is taken as it is.
  const asItIs = { assumeValid: true, assumeValidSDL: true, noLocation: true };
  schema ??= buildSchema(readFileSync(GRAPHQL_SCHEMA, 'utf8'), asItIs);
  return schema;
}

const problemsByQuery = new Map<string, readonly string[]>();

/** What GitHub's schema has against a GraphQL request's body. The same query is validated once. */
export function findGraphQlProblems(body: unknown): readonly string[] {
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : null;
  if (typeof query !== 'string') return ['GraphQL: no query'];
  const problems = problemsByQuery.get(query) ?? validateQuery(query);
  problemsByQuery.set(query, problems);
  return problems;
}

function validateQuery(query: string): readonly string[] {
  try {
    return validate(readGitHubSchema(), parse(query)).map((error) => `GraphQL: ${error.message}`);
  } catch (error) {
    return [`GraphQL: ${error instanceof Error ? error.message : String(error)}`];
  }
}
