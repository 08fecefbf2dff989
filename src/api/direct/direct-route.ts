import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../domain/limits.ts';
import type { Principal } from '../../domain/principal.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Authentication } from '../authentication.ts';
import type { Context } from '../context.ts';
import { formatError } from '../errors.ts';
import type { CostLimits } from '../limits/cost-limits.ts';
import type { Answerer, Middleware } from '../reply.ts';
import { answerError } from '../request-errors.ts';
import type { PlannedRequest } from './plan.ts';
import type { PreparedOperations } from './prepared-operations.ts';
import { sendAnswer } from './send-json.ts';

export interface DirectRouteOptions {
  readonly operations: PreparedOperations;
  readonly authentication: Authentication;
  readonly costs: CostLimits;
  readonly limits: Pick<Limits, 'bodyBytes'>;
  readonly logger: Logger;
  /** Lets so many in at a time. */
  readonly admission: Middleware;
  readonly cors: Middleware;
  readonly contextOf: (principal: Principal, request: IncomingMessage) => Context;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the ordinary way reads too. */
interface ReadMessage extends IncomingMessage {
  body?: unknown;
  baseUrl?: string;
}

const JSON_BODY = /^application\/json(?: *; *charset="?utf-8"?)?$/i;
const TAKES_JSON = new Set([
  undefined,
  '*/*',
  'application/json',
  'application/json, */*',
  'application/json, text/plain, */*',
]);

/**
 * Answers queries that are known (prepared-operations.ts) without what a web framework and Apollo Server do around each: one parse
 * of the body, one string as the answer. Whatever is not such a request goes the ordinary way, with its body if that was read; so
 * there alone is told what is wrong with a request. Who asks, how much at a time and what it costs are asked here as there, by the
 * same parts.
 */
export function directRoute(options: DirectRouteOptions, ordinary: Answerer): Answerer {
  return (request, response) => {
    if (!isTaken(request, options.limits)) return ordinary(request, response);
    if (request.headers.origin === undefined) take(options, request, response, ordinary);
    else options.cors(request, response, () => take(options, request, response, ordinary));
  };
}

function isTaken({ method, url, headers }: IncomingMessage, { bodyBytes }: Pick<Limits, 'bodyBytes'>): boolean {
  if (method !== 'POST' || url !== '/graphql') return false;
  const bytes = Number(headers['content-length']);
  return (
    bytes > 0 &&
    bytes <= bodyBytes &&
    headers['content-encoding'] === undefined &&
    JSON_BODY.test(headers['content-type'] ?? '') &&
    TAKES_JSON.has(headers.accept)
  );
}

async function take(
  options: DirectRouteOptions,
  request: ReadMessage,
  response: ServerResponse,
  ordinary: Answerer,
): Promise<void> {
  const { authentication, operations, logger, admission } = options;
  // Before the body is read.
  const principal = await authentication.admit(request, response, logger);
  if (principal === undefined) return;
  let body: Readonly<Record<string, unknown>>;
  try {
    const bytes = await bytesOf(request);
    // The client has left.
    if (bytes === null) return;
    body = objectOf(bytes.toString());
  } catch (error) {
    return answerError(error, response, logger);
  }
  request.body = body;
  let planned: PlannedRequest | null;
  try {
    planned = plannedOf(operations, body);
  } catch (error) {
    // Nobody waits for this function: a rejection would end the process.
    return answerError(error, response, logger);
  }
  if (planned === null) return ordinary(request, response);
  request.baseUrl = '/graphql';
  admission(request, response, () => {
    answer(options, planned, principal, request, response).catch((error) => answerError(error, response, logger));
  });
}

async function answer(
  { contextOf, costs, logger, headers }: DirectRouteOptions,
  planned: PlannedRequest,
  principal: Principal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { cost } = planned;
  try {
    costs.charge(principal, cost);
  } catch (error) {
    const { status, headers: more } = httpOf(error as GraphQLError);
    const errors = [formatted(error as GraphQLError, logger)];
    const told = { errors, extensions: costs.extensions(principal, cost) };
    return sendAnswer(response, status, told, { ...headers, ...more });
  }
  const { errors, data } = await planned.answer(contextOf(principal, request));
  if (response.destroyed) return;
  const told = {
    errors: errors?.map((error) => formatted(error, logger)),
    data,
    extensions: costs.extensions(principal, cost),
  };
  sendAnswer(response, 200, told, headers);
}

/** What Apollo Server too takes from an error. */
function httpOf({ extensions }: GraphQLError): { status: number; headers: Readonly<Record<string, string>> } {
  const { status = 500, headers = [] } = (extensions.http ?? {}) as {
    status?: number;
    headers?: Iterable<[string, string]>;
  };
  return { status, headers: Object.fromEntries(headers) };
}

/** As Apollo Server gives an error to `formatError`. */
function formatted(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const { http: _, ...extensions } = error.extensions;
  const code = extensions.code ?? 'INTERNAL_SERVER_ERROR';
  return formatError({ ...error.toJSON(), extensions: { ...extensions, code } }, error, logger);
}

function plannedOf(operations: PreparedOperations, body: Readonly<Record<string, unknown>>): PlannedRequest | null {
  const { query, variables = null, operationName = null, extensions = null } = body;
  if (typeof query !== 'string' || extensions !== null) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
  const plan = operations.planOf(query, operationName);
  try {
    return plan?.request((variables as Readonly<Record<string, unknown>> | null) ?? {}) ?? null;
  } catch (error) {
    // Variables nested so deep that reading them overflows the stack: told of on the ordinary way.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @returns null when the client left before it had sent all */
function bytesOf(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
    request.once('error', () => resolve(null));
  });
}

/** @throws Error with status 400, for what is no JSON object */
function objectOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw Object.assign(error as Error, { status: 400, expose: true });
  }
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  throw Object.assign(new Error('The body is JSON, but no object.'), { status: 400, expose: true });
}
