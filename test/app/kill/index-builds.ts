import assert from 'node:assert/strict';
import type { JobKind } from './job-kind.ts';
import type { PatientClient } from './patient-client.ts';
import type { ServedApp } from './served-app.ts';

const SEARCH = `query ($input: SearchInput!) { search(input: $input) {
  hits { rank score item { id text } } candidates index { id }
} }`;

interface Built {
  readonly datasetHash: string;
  readonly recallAt10: number;
}

/** A larger graph is built on several threads, and differs a little each time. */
const ONE_GRAPH_BELOW = 5_000;

/**
 * Builds an index over one dataset with one encoder, always with the same parameters. There is only one that it can come to, where the dataset
 * is small; a larger one finds as much as the undisturbed one does.
 */
export class IndexBuilds implements JobKind {
  readonly name = 'index building';
  readonly table = 'IndexVersion';
  readonly #app: ServedApp;
  readonly #client: PatientClient;
  readonly #input: Readonly<Record<string, unknown>>;
  /** Texts of items, to be found by themselves. */
  readonly #texts: readonly string[];
  readonly #items: number;
  #undisturbed: { id: string; built: Built; answers: unknown } | undefined;

  constructor(
    app: ServedApp,
    client: PatientClient,
    { input, answers }: { readonly input: Readonly<Record<string, unknown>>; readonly answers: readonly string[] },
  ) {
    this.#app = app;
    this.#client = client;
    this.#input = input;
    this.#items = answers.length;
    this.#texts = Array.from({ length: 5 }, (_, i) => answers[Math.floor((i * answers.length) / 5)] as string);
  }

  async begin(): Promise<string> {
    return (await this.#client.mutate('buildIndex', 'index { id }', this.#input)).index.id;
  }

  async check(id: string): Promise<void> {
    const document = `query ($id: ID!) { index(id: $id) { status error { message } count built recallAt10 bytes datasetHash } }`;
    const { index } = await this.#client.query(document, { id });
    assert.deepEqual([index.status, index.error], ['SUCCEEDED', null]);
    assert.deepEqual([index.count, index.built], [this.#items, this.#items]);
    const answers = await this.#search(id);
    this.#undisturbed ??= { id, built: index, answers };
    const { built, answers: undisturbed } = this.#undisturbed;
    if (this.#items >= ONE_GRAPH_BELOW) {
      assert.equal(index.datasetHash, built.datasetHash);
      assert(index.recallAt10 > built.recallAt10 - 0.02, `recall ${index.recallAt10}, undisturbed ${built.recallAt10}`);
      return;
    }
    // The artifact's address is the hash of its files: the same graph, byte for byte.
    const files = await this.#app.rows('SELECT sha256 FROM "IndexVersion" ORDER BY id');
    assert.equal(new Set(files.map(({ sha256 }) => sha256)).size, 1);
    assert.deepEqual(index, built);
    assert.deepEqual(answers, undisturbed);
  }

  /** Asks the undisturbed index again: at any moment, its answer is the same. */
  async checkAnswers(): Promise<void> {
    const { id, answers } = this.#undisturbed as { id: string; answers: unknown };
    assert.deepEqual(await this.#search(id), answers);
  }

  async #search(indexId: string): Promise<unknown> {
    const answers = [];
    for (const text of this.#texts) {
      const input = { target: { indexId }, query: { text }, k: 5 };
      const { hits, candidates, index } = (await this.#client.query(SEARCH, { input })).search;
      assert.deepEqual([index.id, candidates, hits[0].item.text], [indexId, this.#items, text]);
      answers.push(hits);
    }
    return answers;
  }
}
