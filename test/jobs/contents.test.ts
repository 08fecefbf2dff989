import assert from 'node:assert/strict';
import path from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import sharp from 'sharp';
import type { DatasetKind } from '../../src/domain/contents.ts';
import type { DatasetId, RunId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { createBuildIndexHandler } from '../../src/jobs/handlers/build-index.ts';
import { createEvaluateHandler } from '../../src/jobs/handlers/evaluate.ts';
import { createImportHandler } from '../../src/jobs/handlers/import.ts';
import { createMineHandler } from '../../src/jobs/handlers/mine.ts';
import { createTrainHandler } from '../../src/jobs/handlers/train.ts';
import { DatasetsService } from '../../src/services/datasets.ts';
import { EncodersService } from '../../src/services/encoders.ts';
import { EvaluationExecutionsService } from '../../src/services/evaluation-executions.ts';
import { EvaluationsService } from '../../src/services/evaluations.ts';
import { HardNegativesService } from '../../src/services/hard-negatives.ts';
import { ImportExecutionsService } from '../../src/services/import-executions.ts';
import { ImportsService } from '../../src/services/imports.ts';
import { IndexBuildsService } from '../../src/services/index-builds.ts';
import { IndexesService } from '../../src/services/indexes.ts';
import { ItemsService } from '../../src/services/items.ts';
import { MiningExecutionsService } from '../../src/services/mining-executions.ts';
import { RunExecutionsService } from '../../src/services/run-execution.ts';
import { RunsService } from '../../src/services/runs.ts';
import { SearchService } from '../../src/services/search.ts';
import { SnapshotsService } from '../../src/services/snapshots.ts';
import { UploadsService } from '../../src/services/uploads.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { testDatabase } from '../support/database.ts';
import { openQueue, REAL_CHILD_ENTRY, tempDir, worker } from './harness.ts';
import { until } from './processes.ts';

const COUNT = 60;
const SIZE = { width: 32, height: 32, channels: 3 } as const;
const ENDED = ['SUCCEEDED', 'FAILED'];

/** Three classes of 32 x 32 images: each lights one colour, at a brightness of its own. */
const cifar = Buffer.concat(
  Array.from({ length: COUNT }, (_, i) =>
    Buffer.concat([
      Buffer.from([i % 3]),
      ...[0, 1, 2].map((plane) => Buffer.alloc(1024, plane === i % 3 ? 100 + i : i)),
    ]),
  ),
);

/** The same as vectors of 12 numbers. */
const vectors = Array.from({ length: COUNT }, (_, i) => {
  const vector = Array.from({ length: 12 }, (_, d) => (d % 3 === i % 3 ? 1 : 0) + Math.sin(i * 13 + d) / 4);
  return JSON.stringify({ vector, label: `class ${i % 3}` });
}).join('\n');

for (const [kind, fileName, content] of [
  ['IMAGE', 'train.bin', cifar],
  ['VECTOR', 'train.jsonl', Buffer.from(vectors)],
] as const satisfies readonly (readonly [DatasetKind, string, Buffer])[]) {
  test(`a dataset of kind ${kind} is imported, trained on, indexed, measured and mined by real jobs`, async (t) => {
    const db = await testDatabase(t);
    const queue = await openQueue(t, db);
    const dataDir = await tempDir(t);
    const { enqueue } = queue;
    const artifacts = new ArtifactStore(dataDir);
    const snapshots = new SnapshotsService({ db, artifacts });
    const uploads = new UploadsService({ db, dataDir });
    const encoders = new EncodersService({ db, artifacts });
    const runs = new RunsService({ db, enqueue });
    const imports = new ImportsService({ db, artifacts, enqueue });
    const indexes = new IndexesService({ db, artifacts, encoders, enqueue });
    const evaluations = new EvaluationsService({ db, encoders, enqueue });
    const deps = { db, artifacts, snapshots, uploads };
    const backend = 'wasm';
    worker(t, {
      db,
      queue,
      workRoot: path.join(dataDir, 'work'),
      childEntry: REAL_CHILD_ENTRY,
      handlers: {
        import: createImportHandler(new ImportExecutionsService(deps)),
        train: createTrainHandler({ executions: new RunExecutionsService(deps) }),
        'build-index': createBuildIndexHandler({ builds: new IndexBuildsService(deps), backend }),
        mine: createMineHandler({ executions: new MiningExecutionsService(deps), backend }),
        evaluate: createEvaluateHandler({ executions: new EvaluationExecutionsService(deps), backend }),
      },
    });
    t.after(async () => {
      await indexes.close();
      await encoders.close();
    });

    const { id } = await new DatasetsService({ db }).create({ namespace: DEFAULT_NAMESPACE, name: kind, kind });
    const datasetId = id as DatasetId;
    const { id: uploadId, token } = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName });
    await uploads.receive(uploadId, token, Readable.from([content]));
    const { id: importId } = await imports.start({ datasetId, uploadIds: [uploadId] });
    await until(async () => ENDED.includes((await imports.get(importId)).status), 90_000);
    const imported = await imports.get(importId);
    assert.deepEqual([imported.itemsAdded, imported.errorMessage], [COUNT, null]);

    await assert.rejects(runs.start({ datasetId, config: { encoder: { kind: 'text-static' } } }), {
      code: 'BAD_INPUT',
      message: /text-static reads texts, this dataset holds (images|vectors); take (image-conv|vector-mlp)/,
    });
    const small = kind === 'IMAGE' ? { dimensions: 8, filters: 8, size: 8 } : { hidden: 8 };
    const config = { backend, batchSize: 16, maxSteps: 3, validationFraction: 0.2, encoder: small } as const;
    const run = await runs.start({ datasetId, config: { ...config, positives: 'label' } });
    const ended = async (runId: RunId) => ENDED.includes((await runs.get(runId)).status);
    await until(() => ended(run.id), 120_000);
    const trained = await runs.get(run.id);
    assert.deepEqual([trained.status, trained.errorMessage], ['SUCCEEDED', null]);
    assert.equal(typeof trained.best?.knnAccuracy, 'number');

    const { id: indexId } = await indexes.build({ datasetId });
    await until(async () => ENDED.includes((await indexes.get(indexId)).status), 90_000);
    const index = await indexes.get(indexId);
    assert.deepEqual([index.status, index.count, index.errorMessage], ['SUCCEEDED', COUNT, null]);

    const evaluation = await evaluations.evaluate({ datasetId, split: 'TEST' });
    await until(async () => ENDED.includes((await evaluations.get(evaluation.id)).status), 90_000);
    const { metrics } = await evaluations.get(evaluation.id);
    // On the items that the run held out, with the state that it kept.
    assert.deepEqual(metrics?.knnAccuracy, trained.best?.knnAccuracy);

    const search = new SearchService({ db, indexes, encoders });
    const { rows } = await db.pool.query('SELECT id, data FROM "Item" ORDER BY id LIMIT 1');
    const [{ id: itemId, data }] = rows;
    const asStored =
      kind === 'IMAGE' ? { image: data } : { storedVector: new Float32Array(Uint8Array.from(data).buffer) };
    const { hits } = await search.search({ datasetId, ...asStored, k: 3 });
    assert.deepEqual(
      [hits[0]?.item.id, hits[0]?.score.toFixed(4)],
      [itemId, '1.0000'],
      'an item finds itself by what it is',
    );
    const like = await search.search({ datasetId, itemId, k: 3 });
    assert.deepEqual(
      like.hits.slice(0, 2).map(({ item }) => item.id),
      hits.slice(1).map(({ item }) => item.id),
    );
    await assert.rejects(search.search({ datasetId, text: 'red' }), {
      code: 'BAD_INPUT',
      message: /reads (image|vector)s/,
    });

    // Single items, as they are.
    const items = new ItemsService({ db });
    const own = async (n: number) =>
      kind === 'IMAGE'
        ? {
            image: await sharp({ create: { ...SIZE, background: { r: 40 * n, g: 90, b: 200 } } })
              .png()
              .toBuffer(),
          }
        : { vector: Float32Array.from({ length: 12 }, (_, i) => Math.sin(n + i * i)) };
    const searched = async (n: number) => {
      const { image, vector } = (await own(n)) as { image?: Buffer; vector?: Float32Array };
      const { hits: found } = await search.search({
        datasetId,
        k: 1,
        ...(image ? { image } : { storedVector: vector }),
      } as never);
      return [found[0]?.item.id, found[0]?.item.externalId, found[0]?.score.toFixed(4)];
    };
    const first = await items.upsert(datasetId, [{ ...(await own(1)), externalId: 'single', label: 'new' }]);
    assert.deepEqual([first.added, first.updated], [1, 0]);
    assert.deepEqual(await searched(1), [first.itemIds[0], 'single', '1.0000']);
    const second = await items.upsert(datasetId, [{ ...(await own(4)), externalId: 'single' }]);
    assert.deepEqual([second.itemIds, second.added, second.updated], [first.itemIds, 0, 1]);
    assert.deepEqual(await searched(4), [first.itemIds[0], 'single', '1.0000']);
    const same = await items.upsert(datasetId, [await own(4)]);
    assert.deepEqual([same.itemIds, same.added, same.updated], [first.itemIds, 0, 0]);
    const refused = (item: object, code: string, message: RegExp) =>
      assert.rejects(items.upsert(datasetId, [item]), { code, message });
    await refused(
      { text: 'red' },
      'BAD_INPUT',
      /items of this dataset are (images|vectors): give `(image|vector)`.* got text/,
    );
    await refused({}, 'BAD_INPUT', /got nothing/);
    await refused({ ...(await own(1)), text: 'red' }, 'BAD_INPUT', /got text and (image|vector)/);
    if (kind === 'IMAGE') await refused({ image: Buffer.from('no image') }, 'BAD_INPUT', /items.0.image is no JPEG/);
    else await refused({ vector: new Float32Array(3).fill(1) }, 'DIMENSION_MISMATCH', /has 3 numbers, .* have 12/);
    if (kind === 'VECTOR') await refused({ vector: new Float32Array(12) }, 'BAD_INPUT', /items.0.vector is zero/);
    await items.delete(datasetId, { externalIds: ['single'] });
    assert.notEqual((await searched(4))[0], first.itemIds[0]);

    // Another import comes after the index was built.
    const more =
      kind === 'IMAGE'
        ? Buffer.concat([Buffer.of(0), Buffer.alloc(3072, 255)])
        : '{"vector": [9,8,7,6,5,4,3,2,1,0,1,2]}';
    const late = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName });
    await uploads.receive(late.id, late.token, Readable.from([Buffer.from(more as string)]));
    const { id: lateId } = await imports.start({ datasetId, uploadIds: [late.id] });
    await until(async () => ENDED.includes((await imports.get(lateId)).status), 90_000);
    const { rows: newest } = await db.pool.query('SELECT id FROM "Item" ORDER BY id DESC LIMIT 1');
    const all = await search.search({ datasetId, itemId, k: COUNT });
    assert.ok(
      all.hits.some(({ item }) => item.id === newest[0].id),
      'what was imported last is found',
    );

    // Mining: what came after the index was built is a query where it has a label, and encoded for that.
    const negatives = new HardNegativesService({ db, artifacts, encoders, enqueue });
    const settings = { rangeMax: COUNT, relativeMargin: null, perQuery: 5 };
    for (const source of ['LEXICAL', 'BOTH'] as const) {
      await assert.rejects(negatives.mine({ datasetId, source, positives: 'label', settings }), {
        code: 'BAD_INPUT',
        message: new RegExp(`holds ${kind} items, which have no words`),
      });
    }
    const setId = await negatives.mine({ datasetId, positives: 'label', settings });
    await until(async () => ENDED.includes((await negatives.get(setId)).status), 90_000);
    const set = await negatives.get(setId);
    assert.deepEqual([set.status, set.errorMessage, set.source], ['SUCCEEDED', null, 'ENCODER']);
    assert.equal(set.queriesDone, kind === 'IMAGE' ? COUNT + 1 : COUNT);
    assert.equal(set.report?.fates.kept, 5 * set.queriesDone);
    const { rows: labelled } = await db.pool.query('SELECT id, label FROM "Item"');
    const labels = new Map(labelled.map((row) => [row.id, row.label]));
    const mined = (await negatives.rows(set, null, { first: 100 })).rows.filter(({ queryId }) => queryId === itemId);
    assert.deepEqual(
      mined.map((row) => row.itemId),
      (await search.search({ indexId, ...asStored, k: COUNT + 1, exact: true })).hits
        .map(({ item }) => item.id)
        .filter((found) => found !== newest[0].id),
      'candidates are what a search finds',
    );
    for (const { itemId: found, fate } of mined) {
      if (fate === 'kept') assert.notEqual(labels.get(found), labels.get(itemId));
      if (labels.get(found) === labels.get(itemId)) assert.equal(fate, 'positive');
    }
    const again = await runs.start({ datasetId, config: { ...config, positives: 'label', hardNegativeSetId: setId } });
    await until(() => ended(again.id), 120_000);
    assert.deepEqual([(await runs.get(again.id)).status, (await runs.get(again.id)).errorMessage], ['SUCCEEDED', null]);
  });
}
