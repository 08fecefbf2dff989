import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, QuartetError } from '../domain/errors.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { asDatabaseFull, asDatabaseOverload, isDatabaseAway } from '../services/database-away.ts';
import type { UserErrorCode } from './generated/resolvers.ts';

/** Codes of what a caller can mend. The others are faults: top-level errors also in mutations. */
const userErrorCodes: Readonly<Partial<Record<ErrorCode, UserErrorCode>>> = {
  BAD_INPUT: 'BAD_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  NOT_READY: 'NOT_READY',
  DIMENSION_MISMATCH: 'DIMENSION_MISMATCH',
  EMPTY_INDEX: 'EMPTY_INDEX',
  UNSUPPORTED_FORMAT: 'UNSUPPORTED_FORMAT',
};

export interface UserErrorModel {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code: UserErrorCode;
}

/** Runs a mutation: what the caller did wrong becomes `userErrors`, anything else goes on as a top-level error. */
export async function payload<T extends object>(
  mutate: () => Promise<T>,
): Promise<Partial<T> & { userErrors: UserErrorModel[] }> {
  try {
    return { ...(await mutate()), userErrors: [] };
  } catch (error) {
    const code = error instanceof QuartetError ? userErrorCodes[error.code] : undefined;
    if (!(error instanceof QuartetError) || code === undefined) throw error;
    const refused: { userErrors: UserErrorModel[] } = {
      userErrors: [{ field: inputField(error.field), message: error.message, code }],
    };
    return refused as Partial<T> & { userErrors: UserErrorModel[] };
  }
}

/** Services that serve others than mutations too name their own argument: all arguments of a mutation are in its input. */
function inputField(field: readonly string[] | undefined): readonly string[] | null {
  if (field === undefined) return null;
  return field[0] === 'input' ? field : ['input', ...field];
}

/** Codes that GraphQL itself or Apollo Server gives to a malformed request; their messages name only what the client sent. */
const requestErrorCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What GraphQL's parser says, with a word misspelt. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;

/** What GraphQL's validation says when fragments use fragments so often that it gives up. */
const GIVEN_UP = 'Validation aborted.';

/**
 * The one place where an error becomes what a client sees: a code and a message of ours, or of the GraphQL library about
 * the request itself. Everything else is INTERNAL with a reference that the log repeats next to the real error.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown, logger: Logger): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const place = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  const coded = asQuartetError(cause instanceof GraphQLError ? (cause.originalError ?? cause) : cause);
  if (coded instanceof QuartetError) {
    const { code, field, retryAfterMs } = coded;
    const more = { ...(field === undefined ? {} : { field }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    return { message: coded.message, ...place, extensions: { code, ...more } };
  }
  // A variable that one of our scalars refused. GraphQL's own message would repeat the whole value.
  if (coded instanceof GraphQLError && coded.extensions.code === 'BAD_INPUT') {
    return { message: coded.message, ...place, extensions: { code: 'BAD_INPUT' } };
  }
  const code = formatted.extensions?.code;
  const tokens = code === 'GRAPHQL_PARSE_FAILED' ? TOO_MANY_TOKENS.exec(formatted.message)?.[1] : undefined;
  if (tokens !== undefined) {
    const message = `The document has more than ${tokens} tokens; send values as variables, or ask in several requests.`;
    return { message, extensions: { code: 'LIMIT_EXCEEDED' } };
  }
  if (code === 'GRAPHQL_VALIDATION_FAILED' && formatted.message === GIVEN_UP) {
    const message = 'The document is too entangled to be checked; use fewer fragments, or ask in several requests.';
    return { message, extensions: { code: 'LIMIT_EXCEEDED' } };
  }
  if (typeof code === 'string' && requestErrorCodes.has(code)) {
    return { message: formatted.message, ...place, extensions: { code } };
  }
  // Of the request as a whole: no resolver was asked, and nothing of ours was thrown.
  if (coded instanceof GraphQLError && coded.path === undefined && code === 'INTERNAL_SERVER_ERROR') {
    return { message: coded.message, ...place, extensions: { code: 'BAD_REQUEST' } };
  }
  const reference = randomUUID();
  logger.error({ err: cause, reference, path: formatted.path }, 'a request failed');
  return {
    message: `Internal error; the server's log has it as ${reference}.`,
    ...place,
    extensions: { code: 'INTERNAL' },
  };
}

/** A restart of PostgreSQL under a request, too many of them, or a full disk is nothing the log has to explain, and for the client a reason to send it again. */
function asQuartetError(error: unknown): unknown {
  if (error instanceof QuartetError) return error;
  if (!isDatabaseAway(error)) return asDatabaseOverload(error) ?? asDatabaseFull(error) ?? error;
  return new QuartetError('DATABASE_UNAVAILABLE', 'The database is away or restarting; send the request again.', {
    cause: error,
  });
}

/** What an HTTP route outside GraphQL answers for an error. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly code: string; readonly message: string };
}

export function httpError(given: unknown, logger: Logger): HttpAnswer {
  const error = asQuartetError(given);
  if (error instanceof QuartetError) {
    const { code, message, retryAfterMs } = error;
    const headers = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / SECOND)) };
    return { status: httpStatuses[code] ?? 500, headers, body: { code, message } };
  }
  const reference = randomUUID();
  logger.error({ err: error, reference }, 'a request failed');
  return {
    status: 500,
    headers: {},
    body: { code: 'INTERNAL', message: `Internal error; the server's log has it as ${reference}.` },
  };
}

const httpStatuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  NOT_READY: 409,
  UNSUPPORTED_FORMAT: 415,
  RETRY_LATER: 503,
  TIMEOUT: 504,
  LIMIT_EXCEEDED: 413,
  DATABASE_UNAVAILABLE: 503,
  DISK_FULL: 507,
};
