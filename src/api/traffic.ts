import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../platform/clock.ts';

/** Without a request for so long, all clients are taken to know that we stop. */
const QUIET_MS = 100;
/** A client that pays no heed does not keep us. */
const LONGEST = 2 * SECOND;

export interface Traffic {
  /** Called with each response that begins. */
  seen(response: ServerResponse): void;
  /** Takes no more connections, and waits until the open ones were told to go elsewhere. */
  drain(): Promise<void>;
}

/**
 * Lets clients go without a dropped answer: while the server drains, each answer closes its connection, so that the next
 * request goes to another server. Were connections closed at once, a request that is just on its way would be lost.
 */
export function watchTraffic(server: Server): Traffic {
  let last = Number.NEGATIVE_INFINITY;
  let draining = false;
  return {
    seen(response) {
      last = performance.now();
      // Not when the request begins: the server may start to drain while it runs.
      const { writeHead } = response;
      response.writeHead = ((...head: Parameters<typeof writeHead>) => {
        if (draining && !response.headersSent) response.setHeader('connection', 'close');
        return writeHead.apply(response, head);
      }) as typeof writeHead;
    },
    async drain() {
      draining = true;
      // Only the listening: as an HTTP server it would close idle connections too, with what is just coming in over them.
      NetServer.prototype.close.call(server);
      const deadline = performance.now() + LONGEST;
      while (performance.now() < deadline && performance.now() - last < QUIET_MS) await sleep(QUIET_MS / 4);
    },
  };
}
