import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PatientClient } from './patient-client.ts';

/**
 * What goes on beside the long work: small mutations one after another, and whatever else is given. Remembers what was
 * acknowledged.
 */
export class Traffic {
  readonly #acknowledged: Readonly<Record<string, unknown>>[] = [];
  readonly #client: PatientClient;
  readonly #beside: () => Promise<void>;
  #running = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(client: PatientClient, beside: () => Promise<void>) {
    this.#client = client;
    this.#beside = beside;
  }

  start(): void {
    this.#running = true;
    this.#ended = this.#run();
    this.#ended.catch(() => {});
  }

  /** @throws what went wrong since the start */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (this.#running) {
      const name = `side ${this.#acknowledged.length}`;
      const { dataset } = await this.#client.mutate('createDataset', 'dataset { id name }', { name });
      this.#acknowledged.push(dataset);
      const content = 'x'.repeat(1 + (this.#acknowledged.length % 50) * 1_000);
      const id = await this.#client.upload('side.txt', content);
      this.#acknowledged.push({ id, complete: true, bytes: content.length });
      await this.#beside();
      await sleep(100);
    }
  }

  /** Throws unless everything acknowledged is there. */
  async check(): Promise<void> {
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Dataset { name } ... on Upload { complete bytes } } }`;
    for (let from = 0; from < this.#acknowledged.length; from += 100) {
      const expected = this.#acknowledged.slice(from, from + 100);
      const { nodes } = await this.#client.query(document, { ids: expected.map(({ id }) => id) });
      assert.deepEqual(nodes, expected);
    }
  }
}
