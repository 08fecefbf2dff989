import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { GraphQLError } from 'graphql';
import { QuartetError } from '../domain/errors.ts';
import { OPERATOR, type Principal } from '../domain/principal.ts';
import type { Logger } from '../platform/logger.ts';
import type { KeysService } from '../services/keys.ts';
import { httpError } from './errors.ts';
import { sendJson, takeRest } from './reply.ts';

export interface AuthenticationOptions {
  readonly keys: Pick<KeysService, 'authenticate'>;
  /** False lets in whoever has no key, as the operator. Only for a server that listens on a loopback address. */
  readonly required: boolean;
  /** Key of the data directory, for commands on the same machine. */
  readonly localKey?: string | undefined;
}

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Tells who asks. */
export class Authentication {
  readonly #options: AuthenticationOptions;

  constructor(options: AuthenticationOptions) {
    this.#options = Object.freeze({ ...options });
  }

  /**
   * @param authorization value of the header: `Bearer qk_…`
   * @param host value of the Host header
   * @throws QuartetError UNAUTHENTICATED, also for a key that has expired or was revoked
   */
  async authenticate(authorization: unknown, host: string | undefined): Promise<Principal> {
    const { required, keys, localKey } = this.#options;
    if (authorization === undefined || authorization === null) {
      if (required) throw unauthenticated('Send a key: `Authorization: Bearer qk_…`.');
      // A page of the web can give its own name this machine's address, and would then be let in like its owner.
      if (host === undefined || LOOPBACK_HOST.test(host)) return OPERATOR;
      throw unauthenticated('A server without keys is reached as localhost or 127.0.0.1 only.');
    }
    const secret = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
    if (secret === undefined) throw unauthenticated('`Authorization` has another form than `Bearer qk_…`.');
    if (localKey !== undefined && isSame(secret, localKey)) return OPERATOR;
    const who = await keys.authenticate(secret);
    if (who !== null) return who;
    throw unauthenticated('No such key, or it has expired or was revoked; ask for a new one.');
  }

  /**
   * Lets nothing past without a right key, before a body is read; `principalOf` tells the rest who it is. The page that a
   * browser shows at the address has nothing in it and needs none.
   */
  middleware(logger: Logger): RequestHandler {
    return async (request, response, next) => {
      if (request.method === 'GET' && request.query.query === undefined) return next();
      response.locals.principal = await this.admit(request, response, logger);
      if (response.locals.principal !== undefined) next();
    };
  }

  /** Who sent a request; undefined for nobody that is known, which is answered then. */
  async admit(request: IncomingMessage, response: ServerResponse, logger: Logger): Promise<Principal | undefined> {
    try {
      const { authorization, host } = request.headers;
      return await this.authenticate(authorization, host);
    } catch (error) {
      const { status, headers: more, body } = httpError(error, logger);
      sendJson(
        response,
        status,
        { errors: [{ message: body.message, extensions: { code: body.code } }] },
        {
          ...more,
          ...(status === 401 ? { 'www-authenticate': 'Bearer realm="quartet"' } : {}),
        },
      );
      takeRest(request);
      return undefined;
    }
  }
}

/** @throws GraphQLError UNAUTHENTICATED, HTTP status 401, for a request that the middleware has let by without a key */
export function principalOf({ locals }: Response): Principal {
  if (locals.principal === undefined) {
    const originalError = unauthenticated('Send a key: `Authorization: Bearer qk_…`.');
    throw new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 401 } } });
  }
  return locals.principal as Principal;
}

/** Of a WebSocket: browsers can't set headers there, so the connection's first message has it too. */
export function authorizationOf(
  request: IncomingMessage,
  connectionParams: Readonly<Record<string, unknown>> | null | undefined,
): unknown {
  const [, given] =
    Object.entries(connectionParams ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return given ?? request.headers.authorization;
}

function unauthenticated(message: string): QuartetError {
  return new QuartetError('UNAUTHENTICATED', message);
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
