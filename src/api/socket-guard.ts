import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { QuartetError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import { DAY, MINUTE } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { KeysService } from '../services/keys.ts';
import { type Authentication, authorizationOf } from './authentication.ts';

/** What the protocol says to a client whose key is not right (any more): it does not try again. */
const FORBIDDEN = 4403;

interface Admitted {
  readonly authorization: unknown;
  readonly host: string | undefined;
  readonly principal: Principal;
}

/**
 * Lets WebSockets in by their key, once they have said it, and puts them out when it is revoked or expires: a subscription may
 * last for days.
 */
export class SocketGuard {
  readonly #authentication: Authentication;
  readonly #logger: Logger;
  readonly #admitted = new Map<WebSocket, Admitted>();
  readonly #timer: NodeJS.Timeout;
  readonly #unwatch: () => void;

  constructor(authentication: Authentication, keys: Pick<KeysService, 'onRevoked'>, logger: Logger) {
    this.#authentication = authentication;
    this.#logger = logger;
    this.#unwatch = keys.onRevoked(() => this.#lookAgain());
    this.#timer = setInterval(() => this.#lookAgain(), MINUTE).unref();
  }

  /** @returns false to refuse the connection */
  async admit(
    { socket, request }: { readonly socket: WebSocket; readonly request: IncomingMessage },
    connectionParams: Readonly<Record<string, unknown>> | undefined,
  ): Promise<boolean> {
    const authorization = authorizationOf(request, connectionParams);
    const { host } = request.headers;
    try {
      const principal = await this.#authentication.authenticate(authorization, host);
      this.#admitted.set(socket, { authorization, host, principal });
      const expiry = endAt(socket, principal.expiresAt);
      socket.once('close', () => {
        clearTimeout(expiry);
        this.#admitted.delete(socket);
      });
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  /** @throws QuartetError UNAUTHENTICATED */
  principalOf(socket: WebSocket): Principal {
    const admitted = this.#admitted.get(socket);
    if (admitted === undefined) throw new QuartetError('UNAUTHENTICATED', 'This connection was not let in.');
    return admitted.principal;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unwatch();
  }

  #lookAgain(): void {
    for (const [socket, { authorization, host }] of this.#admitted) {
      this.#authentication.authenticate(authorization, host).catch((error: unknown) => {
        if (isRefusal(error)) putOut(socket);
        else this.#logger.debug({ error }, 'could not look at the key of a connection again');
      });
    }
  }
}

function putOut(socket: WebSocket): void {
  socket.close(FORBIDDEN, 'Forbidden');
}

/** At the very moment; later ones than timers reach are seen when the guard looks again. */
function endAt(socket: WebSocket, expiresAt: Date | null): NodeJS.Timeout | undefined {
  const left = (expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now();
  return left > DAY ? undefined : setTimeout(putOut, left, socket).unref();
}

function isRefusal(error: unknown): boolean {
  return error instanceof QuartetError && error.code === 'UNAUTHENTICATED';
}
