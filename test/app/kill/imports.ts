import assert from 'node:assert/strict';
import type { Corpus } from './corpus.ts';
import type { JobKind } from './job-kind.ts';
import type { PatientClient } from './patient-client.ts';
import type { ServedApp } from './served-app.ts';

const COUNTS = 'rowsRead rowsSkipped itemsAdded queriesAdded relevanceAdded';

/** Imports one file, each time into a dataset of its own. */
export class Imports implements JobKind {
  readonly name = 'import';
  readonly table = 'Import';
  readonly corpus: Corpus;
  readonly #app: ServedApp;
  readonly #client: PatientClient;
  #count = 0;

  constructor(app: ServedApp, client: PatientClient, corpus: Corpus) {
    this.#app = app;
    this.#client = client;
    this.corpus = corpus;
  }

  async begin(): Promise<string> {
    const name = `corpus of ${this.corpus.rows}, ${++this.#count}`;
    const { dataset } = await this.#client.mutate('createDataset', 'dataset { id }', { name });
    const uploadId = await this.#client.upload('pairs.jsonl', this.corpus.jsonl);
    const begun = await this.#client.mutate('importDataset', 'import { id }', {
      datasetId: dataset.id,
      uploadIds: [uploadId],
      columns: { query: 'question', positive: 'answer', split: 'split' },
    });
    return begun.import.id;
  }

  async check(id: string): Promise<void> {
    const { corpus } = this;
    const document = `query ($id: ID!) { import(id: $id) {
      status error { message } ${COUNTS} reportUrl dataset { name itemCount queryCount relevanceCount }
    } }`;
    const { dataset, reportUrl, ...imported } = (await this.#client.query(document, { id })).import;
    const counts = [corpus.answers.length, corpus.questions, corpus.judgements.length];
    assert.deepEqual(imported, {
      status: 'SUCCEEDED',
      error: null,
      rowsRead: corpus.rows,
      rowsSkipped: corpus.badRows,
      itemsAdded: counts[0],
      queriesAdded: counts[1],
      relevanceAdded: counts[2],
    });
    assert.deepEqual([dataset.itemCount, dataset.queryCount, dataset.relevanceCount], counts);
    const items = await this.#app.rows(
      `SELECT content AS text FROM "Item" i JOIN "Dataset" d ON d.id = i."datasetId" WHERE d.name = $1`,
      [dataset.name],
    );
    assertSame(items, corpus.answers, `items of ${dataset.name}`);
    const judgements = await this.#app.rows(
      `SELECT concat_ws(' ', q.split, q.content, i.content) AS text FROM "Relevance" r JOIN "Query" q ON q.id = r."queryId"
       JOIN "Item" i ON i.id = r."itemId" JOIN "Dataset" d ON d.id = r."datasetId" WHERE d.name = $1`,
      [dataset.name],
    );
    assertSame(judgements, corpus.judgements, `judgements of ${dataset.name}`);
    const report = await this.#client.download(reportUrl);
    assert.equal(report.trimEnd().split('\n').length, corpus.badRows, `report of ${dataset.name}`);
  }
}

/** Compares as sets, and tells in short how they differ. */
function assertSame(
  rows: readonly Readonly<Record<string, string>>[],
  expected: readonly string[],
  what: string,
): void {
  const found = rows.map(({ text }) => text as string);
  const distinct = new Set(found);
  const wanted = new Set(expected);
  const difference = {
    twice: found.length - distinct.size,
    missing: expected.filter((text) => !distinct.has(text)).length,
    unknown: found.filter((text) => !wanted.has(text)).length,
  };
  assert.deepEqual(difference, { twice: 0, missing: 0, unknown: 0 }, what);
}
