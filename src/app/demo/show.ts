import { throwUnlessDone } from '../client/follow-job.ts';
import { type DatasetFields, type EncoderFields, type RunFields, START_TRAINING } from '../client/operations.ts';
import { measure } from '../commands/evaluate.ts';
import { importSources } from '../commands/import-run.ts';
import { buildIndex } from '../commands/index-dataset.ts';
import { follow } from '../commands/train.ts';
import type { Session } from '../session.ts';
import { digits, seconds, thousands } from '../terminal/output.ts';
import type { DemoCorpus } from './corpus.ts';
import { ask, heldOut } from './questions.ts';

/** Pairs trained on in all, so that a large file takes minutes and not hours. */
const MOST_PAIRS = 300_000;
/** An encoder that has learned a vocabulary and nothing else: one step at the lowest learning rate there is. */
const UNTRAINED = { maxSteps: 1, learningRate: 1e-7, epochs: 1 } as const;

/** Imports, trains, measures, indexes, asks, and says so. */
export async function show(session: Session, corpus: DemoCorpus): Promise<void> {
  const say = (text: string) => session.output.result(text, null);
  say(`Quartet learns to search ${corpus.origin}.\n`);

  const { dataset } = await importSources(session, corpus.datasetName, corpus.sources, corpus.input);
  const { id, name, queryCount, itemCount } = dataset;
  say(`Imported   ${thousands(queryCount)} queries and ${thousands(itemCount)} items into dataset "${name}".`);

  const test = await heldOut(session.connection, name);
  const untrained = await train(session, dataset, UNTRAINED);
  const before = await measure(session, { datasetId: id, encoderId: untrained.encoder.id, split: test.split });

  const started = Date.now();
  const epochs = Math.max(1, Math.min(corpus.epochs, Math.round(MOST_PAIRS / queryCount)));
  const { encoder, step, backend } = await train(session, dataset, { epochs });
  const time = seconds(Date.now() - started);
  say(
    `Trained    text-static with in-batch negatives: ${epochs} epochs, ${step} steps, ${time}, on ${backend?.toLowerCase()}.`,
  );

  const after = await measure(session, { datasetId: id, encoderId: encoder.id, split: test.split });
  const on = `on ${thousands(after.metrics?.queries ?? 0)} ${test.split === 'TRAIN' ? 'training queries' : 'queries it never saw'}`;
  say(
    `Measured   nDCG@10 ${digits(before.metrics?.ndcgAt10)} before, ${digits(after.metrics?.ndcgAt10)} after, ${on}.`,
  );

  const index = await buildIndex(session, { datasetId: id, encoderId: encoder.id });
  say(`Indexed    ${thousands(index.count)} items in HNSW.\n`);

  for (const question of corpus.questions ?? test.questions) say(await ask(session, name, question));
  say(corpus.questions === null ? '(* is a known answer)\n' : '');
}

async function train(
  session: Session,
  { id }: DatasetFields,
  settings: Readonly<Record<string, unknown>>,
): Promise<RunFields & { readonly encoder: EncoderFields }> {
  const input = { datasetId: id, ...settings };
  const { run } = await session.connection.mutate<{ run: RunFields }>('startTraining', START_TRAINING, input);
  const done = throwUnlessDone(await follow(session, run.id));
  if (done.encoder === null) throw new Error('a run succeeded without an encoder');
  return { ...done, encoder: done.encoder };
}
