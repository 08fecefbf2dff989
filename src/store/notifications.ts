import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Statements } from './statements.ts';

/** Called with the payload; with an empty one after the connection was lost: something may have been missed, so catch up. */
export type OnNotification = (payload: string) => void;

/** Tells every process that listens to the channel, when (and only if) the transaction commits. Payload: under 8,000 bytes. */
export async function notify(tx: Statements, channel: string, payload: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [channel, payload]);
}

/**
 * One connection for all channels of this process. States: idle (nobody listens, no connection), connected, reconnecting
 * (tries until it succeeds, then calls every callback once with an empty payload), closed.
 */
export class NotificationListener {
  readonly #url: string;
  readonly #logger: Logger;
  readonly #channels = new Map<string, Set<OnNotification>>();
  #client: pg.Client | undefined;
  #connecting: Promise<pg.Client> | undefined;
  #closed = false;
  #lastStatement: Promise<unknown> = Promise.resolve();

  constructor(url: string, logger: Logger) {
    this.#url = url;
    this.#logger = logger;
  }

  /** Resolves when notifications sent from now on will arrive. @returns a function that ends it */
  async listen(channel: string, callback: OnNotification): Promise<() => Promise<void>> {
    const callbacks = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, callbacks);
    // A function of its own, so that one callback given twice is called twice and ended one by one.
    const own: OnNotification = (payload) => callback(payload);
    callbacks.add(own);
    const client = await this.#connected();
    await this.#inTurn(() => client.query(`LISTEN ${pg.escapeIdentifier(channel)}`));
    return async () => {
      callbacks.delete(own);
      if (callbacks.size > 0 || this.#channels.get(channel) !== callbacks) return;
      this.#channels.delete(channel);
      await this.#inTurn(async () => {
        // Somebody may have begun to listen to it again meanwhile.
        if (!this.#channels.has(channel)) await this.#client?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`);
      }).catch(() => {});
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#channels.clear();
    await this.#connecting?.catch(() => {});
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  /** One statement after another: a client does not take two at once. */
  #inTurn<T>(statement: () => Promise<T>): Promise<T> {
    const result = this.#lastStatement.then(statement);
    this.#lastStatement = result.catch(() => {});
    return result;
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 10 * SECOND,
      keepAlive: true,
      application_name: 'quartet listener',
    });
    client.on('error', (error) => this.#logger.debug({ error }, 'the connection for notifications was lost'));
    client.on('notification', ({ channel, payload }) => this.#call(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of this.#channels.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    client.once('end', () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      if (!this.#closed) this.#reconnect();
    });
    this.#client = client;
    return client;
  }

  async #reconnect(): Promise<void> {
    for (let pause = 50; !this.#closed; pause = Math.min(SECOND, pause * 2)) {
      try {
        await this.#connected();
        for (const channel of this.#channels.keys()) this.#call(channel, '');
        return;
      } catch {
        await sleep(pause, undefined, { ref: false });
      }
    }
  }

  #call(channel: string, payload: string): void {
    for (const callback of this.#channels.get(channel) ?? []) {
      try {
        callback(payload);
      } catch (error) {
        this.#logger.error({ error, channel }, 'a listener failed');
      }
    }
  }
}
