import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { RunId } from '../../src/domain/ids.ts';
import { loadEncoder } from '../../src/encoders/index.ts';
import { createTrainHandler } from '../../src/jobs/handlers/train.ts';
import { RunExecutionsService } from '../../src/services/run-execution.ts';
import { RunsService } from '../../src/services/runs.ts';
import { SnapshotsService } from '../../src/services/snapshots.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { checkpointsOf } from '../../src/store/checkpoints.ts';
import { insertDataset } from '../services/run-fixtures.ts';
import { testDatabase } from '../support/database.ts';
import { openQueue, REAL_CHILD_ENTRY, tempDir, worker } from './harness.ts';
import { childrenOf, killAll, until } from './processes.ts';

test('the real trainer, killed in the middle, ends with the curve of an undisturbed run and an encoder that encodes', async (t) => {
  const db = await testDatabase(t);
  const queue = await openQueue(t, db);
  const dataDir = await tempDir(t);
  const artifacts = new ArtifactStore(dataDir);
  const executions = new RunExecutionsService({ db, artifacts, snapshots: new SnapshotsService({ db, artifacts }) });
  const runs = new RunsService({ db, enqueue: queue.enqueue });
  worker(t, {
    db,
    queue,
    workRoot: path.join(dataDir, 'work'),
    handlers: { train: createTrainHandler({ executions }) },
    childEntry: REAL_CHILD_ENTRY,
  });
  const datasetId = await insertDataset(db, 400);
  const config = {
    backend: 'wasm',
    batchSize: 8,
    epochs: 2,
    checkpointEvery: 10,
    encoder: { dimensions: 16, vocabularySize: 256 },
  } as const;
  const curve = async (id: RunId) => {
    const losses: number[][] = [];
    for await (const { body } of runs.follow(id)) if (body.kind === 'step') losses.push([body.step, body.loss]);
    return losses;
  };

  const disturbed = await runs.start({ datasetId, config });
  await until(async () => (await checkpointsOf(db.pool, disturbed.id)).length > 0);
  killAll(childrenOf(process.pid));
  const killed = await curve(disturbed.id);
  const undisturbed = await runs.start({ datasetId, config });
  assert.deepEqual(killed, await curve(undisturbed.id));
  const { events } = await runs.eventsAfter(disturbed.id, 0);
  assert.ok(events.some(({ body }) => body.kind === 'log' && body.message.startsWith('going on from the checkpoint')));

  const [one, other] = [await runs.get(disturbed.id), await runs.get(undisturbed.id)];
  assert.deepEqual([one.status, one.backend, one.step], ['SUCCEEDED', 'wasm', one.totalSteps]);
  assert.equal(one.datasetHash, other.datasetHash);
  assert.deepEqual(one.best, other.best);
  assert.notEqual(one.baseline, null);
  const { rows } = await db.pool.query('SELECT id, sha256 FROM "Encoder" ORDER BY version');
  assert.equal(rows.length, 2);
  const encoder = await loadEncoder(artifacts.path('encoder', rows[0].sha256));
  assert.equal(encoder.encode(['17']).length, 16);

  const paradigm = { name: 'in-batch-negatives', guideEncoderId: rows[0].id, guideMargin: 1 } as const;
  const guided = await runs.start({ datasetId, config: { ...config, paradigm } });
  assert.notDeepEqual(await curve(guided.id), killed, 'the guide hid nothing');
  assert.equal((await runs.get(guided.id)).status, 'SUCCEEDED');
});
