/** Answers GraphQL requests as GitHub does: validated against its schema, with GitHub's shape of errors. */
import { buildSchema, type DocumentNode, executeSync, GraphQLError, parse, validate } from 'graphql';
import type { Json } from '../records.ts';
import { GITHUB_SCHEMA } from './github-schema.ts';

/**
 * An object of GitHub's schema. A field is a value, or a function of its arguments that is called only when a query
 * asks for it. `__typename` is needed if the schema has an interface or a union.
 */
export type GraphQLObject = Readonly<Record<string, unknown>>;

const schema = buildSchema(GITHUB_SCHEMA);
/** Valid documents by their text, because a gate sends the same few thousands of times. */
const documents = new Map<string, DocumentNode>();

/** What GitHub says of a permission that the token lacks. */
export const NOT_ACCESSIBLE = 'Resource not accessible by integration';

/** An error in one field. The field becomes null, and the rest is answered. */
export function buildFieldError(
  type: 'NOT_FOUND' | 'FORBIDDEN' | 'UNPROCESSABLE' | 'MISSING_PAGINATION_BOUNDARIES' | 'EXCESSIVE_PAGINATION',
  message: string,
): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** Answers `{ data, errors? }`, or `{ errors }` alone for a query that cannot be run, as GitHub does with status 200. */
export function runGraphql(query: string, variables: Readonly<Record<string, Json>>, root: GraphQLObject): Json {
  const { data, errors } = execute(query, variables, root);
  return {
    ...(data === undefined ? {} : { data: data as Json }),
    ...(errors === undefined ? {} : { errors: errors.map(describeError) }),
  };
}

function execute(
  query: string,
  variableValues: Readonly<Record<string, Json>>,
  rootValue: GraphQLObject,
): { readonly data?: unknown; readonly errors?: readonly GraphQLError[] } {
  try {
    const document = documents.get(query) ?? parse(query);
    const errors = documents.has(query) ? [] : validate(schema, document);
    if (errors.length > 0) return { errors };
    documents.set(query, document);
    return executeSync({ schema, document, rootValue, variableValues });
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

function describeError({ message, path, extensions, originalError }: GraphQLError): Json {
  // The library turns every exception into an answer. One that is not GitHub's is our mistake, so it is thrown.
  if (originalError !== undefined && !(originalError instanceof GraphQLError)) throw originalError;
  const { type } = extensions;
  return { ...(typeof type === 'string' ? { type } : {}), ...(path === undefined ? {} : { path }), message };
}
