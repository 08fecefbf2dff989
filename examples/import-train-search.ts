/*
 * Imports a small help desk, trains an encoder on it, builds an index and searches, with nothing but the client package.
 *
 *   quartet serve &
 *   node examples/import-train-search.ts "my password is gone"
 *
 * QUARTET_URL and QUARTET_API_KEY name another server and a key for it.
 */
import { readFile } from 'node:fs/promises';
import {
  BuildIndexDocument,
  CreateDatasetDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  QuartetClient,
  RunDocument,
  SearchDocument,
  StartTrainingDocument,
  untilFinished,
} from 'quartet/client';

const text = process.argv[2] ?? 'my password is gone';
const name = process.argv[3] ?? `help desk ${new Date().toISOString()}`;
const apiKey = process.env.QUARTET_API_KEY;
const quartet = new QuartetClient({
  url: process.env.QUARTET_URL ?? 'http://127.0.0.1:4000',
  ...(apiKey === undefined ? {} : { apiKey }),
});

// Import: a file goes up, a worker reads it.
const { dataset } = await quartet.mutate(CreateDatasetDocument, { name });
const upload = await quartet.upload('faq.jsonl', await readFile(new URL('faq.jsonl', import.meta.url), 'utf8'));
const { import: begun } = await quartet.mutate(ImportDatasetDocument, {
  datasetId: dataset.id,
  uploadIds: [upload],
  columns: { query: 'question', positive: 'answer', id: 'id', split: 'split' },
});
const imported = await untilFinished(async () => (await quartet.query(ImportDocument, { id: begun.id })).import);
console.log(`${imported.itemsAdded} answers, ${imported.queriesAdded} questions`);

// Train: the events come as they happen, and go on after a lost connection.
const { run } = await quartet.mutate(StartTrainingDocument, {
  datasetId: dataset.id,
  encoder: { textStatic: { dimensions: 64, vocabularySize: 2_000 } },
  batchSize: 16,
  epochs: 10,
});
for await (const event of quartet.runEvents(run.id)) {
  if (event.__typename === 'RunStepEvent' && event.step % 20 === 0) {
    console.log(`step ${event.step}, loss ${event.loss.toFixed(3)}`);
  }
}
const { run: trained } = await quartet.query(RunDocument, { id: run.id });
if (!trained?.encoder) throw new Error(`the run is ${trained?.status}: ${trained?.error?.message}`);
console.log(`nDCG@10 ${trained.baseline?.ndcgAt10.toFixed(2)} before, ${trained.best?.ndcgAt10.toFixed(2)} after`);

// Index, then search.
const { index } = await quartet.mutate(BuildIndexDocument, { datasetId: dataset.id, encoderId: trained.encoder.id });
await untilFinished(async () => (await quartet.query(IndexDocument, { id: index.id })).index);
const { search } = await quartet.query(SearchDocument, {
  input: { target: { datasetId: dataset.id }, query: { text }, k: 3 },
});
for (const { rank, score, item } of search.hits) console.log(`${rank}. ${score.toFixed(3)}  ${item.text}`);
