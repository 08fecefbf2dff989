import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BuildIndexDocument,
  CreateApiKeyDocument,
  CreateDatasetDocument,
  DatasetDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  RunDocument,
  SearchDocument,
  StartTrainingDocument,
  untilFinished,
} from '../../src/client/index.ts';
import { Installation } from './installation.ts';
import { makeCorpus } from './kill/corpus.ts';

const VICTIMS = ['nobody', 'the worker that trains', 'the other worker', 'server 0', 'server 1'] as const;

test('two servers and two workers are one installation: whichever is killed, nothing is lost or done twice', async (t) => {
  const installation = await Installation.open(t);
  const servers = ['server 0', 'server 1'] as const;
  const workers = ['worker 0', 'worker 1'] as const;
  for (const name of servers) await installation.serve(name);
  for (const name of workers) installation.work(name);
  for (const name of servers) await installation.ready(name);
  // A key that one server makes, the other one takes.
  const operator = installation.client('server 0', await installation.firstKey());
  const { secret } = await operator.mutate(CreateApiKeyDocument, {
    name: 'team',
    scopes: ['WRITE', 'TRAIN'],
    namespace: 'team',
  });
  const [one, two] = servers.map((name) => installation.client(name, secret as string)) as [
    ReturnType<Installation['client']>,
    ReturnType<Installation['client']>,
  ];

  // What one server was told, the other one knows.
  const corpus = makeCorpus(1_200, 3);
  const { dataset } = await one.mutate(CreateDatasetDocument, { name: 'shared' });
  assert.equal((await two.query(DatasetDocument, { name: 'shared' })).dataset?.id, dataset.id);
  const uploadIds = [await two.upload('pairs.jsonl', corpus.jsonl)];
  const columns = { query: 'question', positive: 'answer', split: 'split' };
  const begun = await one.mutate(ImportDatasetDocument, { datasetId: dataset.id, uploadIds, columns });
  await untilFinished(async () => (await two.query(ImportDocument, { id: begun.import.id })).import);

  // At no time do two children work on the only job there is. A killed worker's child may outlive it by a moment.
  const twice: string[] = [];
  let suspect = '';
  const watch = setInterval(() => {
    const now = [...installation.working().values()].flat().sort();
    const found = now.length > 1 ? now.join() : '';
    if (found !== '' && found === suspect) twice.push(found);
    suspect = found;
  }, 100);
  t.after(() => clearInterval(watch));

  const train = (seed: number) =>
    one.mutate(StartTrainingDocument, {
      datasetId: dataset.id,
      encoder: { textStatic: { dimensions: 32, vocabularySize: 2_000 } },
      batchSize: 32,
      epochs: 12,
      checkpointEvery: 20,
      seed,
    });
  const kill = async (victim: (typeof VICTIMS)[number]) => {
    if (victim === 'nobody') return;
    const [training] = [...installation.working().keys()];
    assert.match(training ?? '', /^worker/);
    const name =
      victim === 'the worker that trains'
        ? (training as string)
        : victim === 'the other worker'
          ? (workers.find((worker) => worker !== training) as string)
          : victim;
    await installation.kill(name);
    if (name.startsWith('server')) await installation.serve(name);
    else installation.work(name);
  };
  const curves: unknown[] = [];
  for (const victim of VICTIMS) {
    await t.test(`a training during which ${victim} is killed`, async () => {
      const { run } = await train(7);
      // Followed at the other server than the one that began it.
      const seen: number[] = [];
      const curve: [number, number][] = [];
      let struck = false;
      for await (const event of two.runEvents(run.id)) {
        seen.push(event.sequence);
        if (event.__typename !== 'RunStepEvent') continue;
        curve.push([event.step, event.loss]);
        if (struck || event.step < 30) continue;
        struck = true;
        await kill(victim);
      }
      assert.ok(struck);
      assert.deepEqual(
        seen,
        seen.map((_, i) => i + 1),
        'every event came once',
      );
      const { run: done } = await one.query(RunDocument, { id: run.id });
      assert.deepEqual([done?.status, done?.step], ['SUCCEEDED', done?.totalSteps]);
      // Taken up once; once more only by whoever took it over.
      const { rows } = await installation.database.query('SELECT attempt FROM "TrainingRun" ORDER BY id DESC LIMIT 1');
      const attempts = victim === 'the worker that trains' ? 2 : 1;
      assert.equal(rows[0].attempt, attempts);
      // The steps after the last checkpoint are done again, by the second attempt alone, and come out the same.
      const goingBack = curve.filter(([step], i) => step <= (curve[i - 1]?.[0] ?? 0)).length;
      assert.ok(goingBack < attempts, `${goingBack} steps back in ${attempts} attempts`);
      curves.push([...new Map(curve)]);
      assert.deepEqual(curves.at(-1), curves[0], 'the same curve as undisturbed');
    });
  }
  clearInterval(watch);
  assert.deepEqual(twice, [], 'no job was worked on twice at once');
  const { rows } = await installation.database.query('SELECT count(*)::int AS encoders FROM "Encoder"');
  assert.equal(rows[0].encoders, VICTIMS.length, 'one encoder a run');

  const { index } = await one.mutate(BuildIndexDocument, { datasetId: dataset.id });
  await untilFinished(async () => (await two.query(IndexDocument, { id: index.id })).index);
  const input = { target: { datasetName: 'shared' }, query: { text: corpus.answers[5] as string }, k: 3 };
  const answers = await Promise.all(
    [one, two].map(async (client) => (await client.query(SearchDocument, { input })).search),
  );
  assert.deepEqual(answers[0]?.hits, answers[1]?.hits);
  assert.equal(answers[0]?.hits[0]?.item.text, corpus.answers[5]);
});
