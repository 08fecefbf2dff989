import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { openSnapshot } from '../../src/data/snapshot.ts';
import type { DatasetId, UploadId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { createImportHandler } from '../../src/jobs/handlers/import.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { DAY } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { DatasetsService } from '../../src/services/datasets.ts';
import { ImportExecutionsService } from '../../src/services/import-executions.ts';
import { type ImportRow, ImportsService, type StartImport } from '../../src/services/imports.ts';
import { SnapshotsService } from '../../src/services/snapshots.ts';
import { UploadsService } from '../../src/services/uploads.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { testDatabase } from '../support/database.ts';
import { handlerOf, leasesOf, openQueue, tempDir } from './harness.ts';
import { childrenOf, killAll, until } from './processes.ts';

/** Everything that an import takes, real children included. */
async function house(t: TestContext, stall?: number) {
  const db = await testDatabase(t);
  const queue = await openQueue(t, db);
  const dataDir = await tempDir(t);
  const artifacts = new ArtifactStore(dataDir);
  let now = Date.now();
  const uploads = new UploadsService({ db, dataDir, maxBytes: 2 ** 20 * 64, clock: () => now });
  const imports = new ImportsService({ db, artifacts, enqueue: queue.enqueue });
  const datasets = new DatasetsService({ db });
  const executions = new ImportExecutionsService({ db, artifacts, uploads });
  const idle = handlerOf(async () => undefined);
  const begin = (): Worker => {
    const handlers = {
      import: createImportHandler(executions, stall),
      train: idle,
      'build-index': idle,
      promote: idle,
      'rebuild-index': idle,
      'map-index': idle,
      retire: idle,
      mine: idle,
      refine: idle,
      evaluate: idle,
    };
    const deps = { db, queue, logger: silentLogger, workRoot: join(dataDir, 'work'), leases: leasesOf(db), handlers };
    const worker = startWorker(deps);
    t.after(() => worker.stop());
    return worker;
  };
  const send = async (fileName: string, content: string | Uint8Array): Promise<UploadId> => {
    const { id, token } = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName });
    await uploads.receive(id, token, Readable.from([Buffer.from(content as string)]));
    return id;
  };
  const finished = async (id: ImportRow['id']): Promise<ImportRow> => {
    await until(async () => ['SUCCEEDED', 'FAILED'].includes((await imports.get(id)).status), 90_000);
    return imports.get(id);
  };
  const run = async (start: StartImport): Promise<ImportRow> => finished((await imports.start(start)).id);
  const later = (ms: number) => {
    now += ms;
  };
  const dataset = async (name = 'd') => (await datasets.create({ namespace: DEFAULT_NAMESPACE, name })).id;
  return { db, dataDir, artifacts, uploads, imports, datasets, begin, send, finished, run, later, dataset };
}

/** A PNG. */
const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PAIRS = { query: 'q', positive: 'p', split: 's' };
const lines = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => `${JSON.stringify({ q: `query ${n}`, p: `answer ${n}`, s: 'train', n })}\n`,
  ).join('');

test('an import adds rows, reports the bad ones, and done again changes nothing', async (t) => {
  const { begin, send, run, imports, datasets, dataset, artifacts, db } = await house(t);
  begin();
  const datasetId = await dataset();
  const content = `q,p,s\r\n"ask, me",answer,train\r\nwhy,"be\r\ncause",test\r\nbad,row,never\r\n`;
  const uploadIds = [await send('pairs.csv', content)];
  const done = await run({ datasetId, uploadIds, columns: PAIRS });
  assert.equal(done.errorMessage, null);
  const { rowsRead, rowsSkipped, itemsAdded, queriesAdded, relevanceAdded } = done;
  assert.deepEqual([rowsRead, rowsSkipped, itemsAdded, queriesAdded, relevanceAdded], [3, 1, 2, 2, 2]);
  assert.deepEqual(JSON.parse(await text(await imports.report(done.id, String(done.reportSha256)))), {
    file: 'pairs.csv',
    line: 5,
    reason: 'split "never" is not train, validation or test',
    excerpt: '{"q":"bad","p":"row","s":"never"}',
  });
  assert.equal((await datasets.get(datasetId)).revision, 1);
  const { rows: items } = await datasets.items(datasetId, { first: 10 });
  assert.deepEqual(
    items.map(({ content }) => content),
    ['answer', 'be\r\ncause'],
  );
  const { rows: tests } = await datasets.queries({ datasetId, split: 'TEST' }, { first: 10 });
  const [judgement] = await datasets.judgements(tests.map(({ id }) => id));
  assert.deepEqual([tests[0]?.content, judgement?.item.content, judgement?.grade], ['why', 'be\r\ncause', 1]);

  const again = await run({ datasetId, uploadIds, columns: PAIRS });
  assert.deepEqual([again.itemsAdded, again.itemsUpdated, again.queriesAdded, again.relevanceAdded], [0, 0, 0, 0]);
  assert.equal((await datasets.get(datasetId)).revision, 1);
  assert.equal(again.reportSha256, done.reportSha256);

  const snapshots = new SnapshotsService({ db, artifacts });
  const [first, second] = [await snapshots.snapshotDataset(datasetId), await snapshots.snapshotDataset(datasetId)];
  assert.deepEqual(second, first);
  assert.deepEqual(await new SnapshotsService({ db, artifacts }).snapshotDataset(datasetId), first);
  const snapshot = await openSnapshot(first.path);
  t.after(() => snapshot.close());
  assert.equal(snapshot.hash, first.hash);
  assert.deepEqual(
    [...snapshot.items.ids],
    items.map(({ id }) => id),
  );
  assert.deepEqual([snapshot.items.text(1), snapshot.queries.text(0)], ['be\r\ncause', 'ask, me']);
  assert.deepEqual([...snapshot.queries.splits], [0, 2]);
  assert.deepEqual([...snapshot.relevance.itemRows], [0, 1]);
  await assert.rejects(snapshots.snapshotDataset(crypto.randomUUID() as DatasetId), { code: 'NOT_FOUND' });
});

test('what the caller did wrong fails the import with its reason and leaves nothing behind', async (t) => {
  const { begin, send, run, datasets, dataset, imports } = await house(t);
  begin();
  const datasetId = await dataset();
  const good = await send('good.jsonl', lines(20));
  const bad = await send('bad.jsonl', `${lines(5)}{"q":"no positive","s":"train"}\n`);
  const strict = await run({ datasetId, uploadIds: [good, bad], columns: PAIRS, strict: true });
  assert.deepEqual([strict.status, strict.errorCode], ['FAILED', 'IMPORT_FAILED']);
  assert.match(strict.errorMessage ?? '', /bad\.jsonl line 6: column "p" is empty; nothing was imported/);
  const column = await run({ datasetId, uploadIds: [good], columns: { text: 'body' } });
  assert.deepEqual(
    [column.errorCode, column.errorMessage],
    ['BAD_INPUT', 'good.jsonl has no column "body" (given as text); it has "q", "p", "s", "n"'],
  );
  const beir = [
    await send('corpus.jsonl', '{"_id":"d","text":"x"}\n'),
    await send('queries.jsonl', '{"_id":"q","text":"x"}\n'),
    await send('qrels/test.tsv', 'query-id\tcorpus-id\tscore\nq\td\t1\nq\tnone\t1\n'),
  ];
  const dangling = await run({ datasetId, uploadIds: beir, format: 'beir', strict: true });
  assert.match(dangling.errorMessage ?? '', /qrels\/test\.tsv line 3: there is no document "none"/);
  const { itemCount, queryCount, revision } = await datasets.get(datasetId);
  assert.deepEqual([itemCount, queryCount, revision], [0, 0, 0]);
  const lenient = await run({ datasetId, uploadIds: beir, format: 'beir' });
  assert.deepEqual([lenient.status, lenient.rowsSkipped, lenient.relevanceAdded], ['SUCCEEDED', 1, 1]);
  await assert.rejects(imports.report(strict.id, 'guess'), { code: 'NOT_FOUND' });
});

test('vectors of another width and damaged images end a strict import, and are reported by any other', async (t) => {
  const { begin, send, run, datasets } = await house(t);
  begin();
  const holding = async (kind: 'VECTOR' | 'IMAGE') =>
    (await datasets.create({ namespace: DEFAULT_NAMESPACE, name: kind, kind })).id;
  const rows = (...records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const vectors = await holding('VECTOR');
  const ragged = await send('ragged.jsonl', rows({ vector: [1, 2, 3] }, { vector: [1, 2] }));
  const strict = await run({ datasetId: vectors, uploadIds: [ragged], strict: true });
  assert.deepEqual([strict.status, strict.errorCode], ['FAILED', 'IMPORT_FAILED']);
  assert.match(
    strict.errorMessage ?? '',
    /^ragged\.jsonl line 2: the vector has 2 numbers, those of this dataset have 3;/,
  );
  assert.deepEqual([(await datasets.get(vectors)).dimensions, (await datasets.get(vectors)).itemCount], [null, 0]);
  const lenient = await run({ datasetId: vectors, uploadIds: [ragged] });
  assert.deepEqual([lenient.status, lenient.itemsAdded, lenient.rowsSkipped], ['SUCCEEDED', 1, 1]);
  // From now on the dataset has a width, whatever a file begins with.
  const narrow = await run({
    datasetId: vectors,
    uploadIds: [await send('narrow.jsonl', rows({ vector: [1, 2] }))],
    strict: true,
  });
  assert.match(
    narrow.errorMessage ?? '',
    /^narrow\.jsonl line 1: the vector has 2 numbers, those of this dataset have 3;/,
  );

  const images = await holding('IMAGE');
  const cut = await send('cut.jsonl', rows({ image: ONE_PIXEL.subarray(0, 50).toString('base64') }));
  const damaged = await run({ datasetId: images, uploadIds: [cut], strict: true });
  assert.deepEqual([damaged.errorCode, (await datasets.get(images)).itemCount], ['IMPORT_FAILED', 0]);
  assert.match(damaged.errorMessage ?? '', /^cut\.jsonl line 1: the image can not be decoded/);
});

test('a child killed again and again in the middle: the import ends whole and once', async (t) => {
  const { begin, send, imports, finished, datasets, dataset } = await house(t);
  const datasetId = await dataset();
  const id = (await imports.start({ datasetId, uploadIds: [await send('many.jsonl', lines(15_000))], columns: PAIRS }))
    .id;
  begin();
  let kills = 0;
  for (let kill = 0; kill < 2; kill++) {
    const over = async () => (await imports.get(id)).status === 'SUCCEEDED';
    await until(async () => childrenOf(process.pid).length > 0 || (await over()));
    await sleep(50 + 200 * kill);
    kills += killAll(childrenOf(process.pid));
    await until(() => childrenOf(process.pid).length === 0);
  }
  const done = await finished(id);
  assert.deepEqual([done.status, done.errorMessage, done.itemsAdded], ['SUCCEEDED', null, 15_000]);
  assert.equal(done.attempt, 1 + kills);
  assert.ok(kills > 0);
  const { itemCount, queryCount, relevanceCount, revision } = await datasets.get(datasetId);
  assert.deepEqual([itemCount, queryCount, relevanceCount, revision], [15_000, 15_000, 15_000, 1]);
});

test('an import whose worker stops is finished by the next; one that hangs in a damaged file fails', async (t) => {
  const { begin, send, imports, finished, dataset } = await house(t, 3000);
  const datasetId = await dataset();
  const parquet = Buffer.from(
    parquetWriteBuffer({
      columnData: [{ name: 'text', data: Array.from({ length: 100 }, (_, n) => `text ${n}`), type: 'STRING' }],
    }),
  );
  parquet[25] = (parquet[25] as number) ^ 0x55;
  const damaged = await imports.start({
    datasetId,
    uploadIds: [await send('x.parquet', parquet)],
    columns: { text: 'text' },
  });
  const first = begin();
  await until(async () => (await imports.get(damaged.id)).status === 'RUNNING');
  await first.stop();
  assert.equal((await imports.get(damaged.id)).status, 'RUNNING');
  begin();
  const done = await finished(damaged.id);
  assert.deepEqual([done.status, done.errorCode], ['FAILED', 'IMPORT_FAILED']);
  assert.match(done.errorMessage ?? '', /no row could be read for 3 s|can not be read as Parquet/);
});

test('starting an import checks dataset, uploads and columns', async (t) => {
  const { uploads, imports, send, dataset, datasets } = await house(t);
  const datasetId = await dataset();
  const upload = await send('a.csv', 'text\nx\n');
  const pending = (await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName: 'b.csv' })).id;
  const start = (changes: Partial<StartImport>) => imports.start({ datasetId, uploadIds: [upload], ...changes });
  const unknown = crypto.randomUUID();
  await assert.rejects(start({ datasetId: unknown as DatasetId }), { code: 'NOT_FOUND' });
  await assert.rejects(start({ datasetId: 'x' as DatasetId }), { code: 'NOT_FOUND' });
  await assert.rejects(start({ uploadIds: [] }), { code: 'BAD_INPUT' });
  await assert.rejects(start({ uploadIds: [upload, upload] }), { code: 'BAD_INPUT' });
  await assert.rejects(start({ uploadIds: [unknown as UploadId] }), { code: 'NOT_FOUND' });
  await assert.rejects(start({ uploadIds: [pending] }), { code: 'NOT_READY', message: /b\.csv/ });
  await assert.rejects(start({ columns: { query: 'q' } }), { code: 'BAD_INPUT' });
  await assert.rejects(start({ format: 'beir', columns: { text: 'q' } }), { code: 'BAD_INPUT' });
  await assert.rejects(start({ delimiter: 'ab' }), { code: 'BAD_INPUT' });
  assert.deepEqual((await imports.list({ datasetId }, { first: 5 })).rows, []);
  await assert.rejects(datasets.create({ namespace: DEFAULT_NAMESPACE, name: 'd' }), { code: 'CONFLICT' });
  for (const name of ['', ' x', 'a\nb', 'x'.repeat(201)])
    await assert.rejects(datasets.create({ namespace: DEFAULT_NAMESPACE, name }), { code: 'BAD_INPUT' });
  assert.equal((await datasets.byName(DEFAULT_NAMESPACE, 'd'))?.id, datasetId);
  await datasets.delete(datasetId);
  await assert.rejects(datasets.get(datasetId), { code: 'NOT_FOUND' });
});

test('an upload takes its bytes once, with its token, in time and in bounds', async (t) => {
  const { db, uploads, imports, dataDir, later, dataset, send } = await house(t);
  const { id, token } = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName: 'a.csv' });
  const bytes = (content: string) => Readable.from([Buffer.from(content)]);
  await assert.rejects(uploads.receive(id, `${token}x`, bytes('a')), { code: 'NOT_FOUND' });
  await assert.rejects(uploads.receive(crypto.randomUUID() as UploadId, token, bytes('a')), { code: 'NOT_FOUND' });
  const failing = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the sender went away');
    })(),
  );
  await assert.rejects(uploads.receive(id, token, failing), /went away/);
  const large = Readable.from(Array.from({ length: 65 }, () => Buffer.alloc(2 ** 20)));
  await assert.rejects(uploads.receive(id, token, large), { code: 'LIMIT_EXCEEDED', message: /larger than/ });
  assert.deepEqual(await readdir(join(dataDir, 'uploads')), []);
  const done = await uploads.receive(id, token, bytes('text\nx\n'));
  assert.deepEqual([done.status, done.bytes], ['COMPLETE', 7]);
  assert.deepEqual(await uploads.receive(id, token, bytes('text\nx\n')), done);
  await assert.rejects(uploads.receive(id, token, bytes('other')), { code: 'CONFLICT' });

  const needed = await send('b.csv', 'text\nx\n');
  await imports.start({ datasetId: await dataset(), uploadIds: [needed] });
  const late = await uploads.create({ namespace: DEFAULT_NAMESPACE, fileName: 'late.csv' });
  const elsewhere = join(dataDir, 'another machine/uploads');
  await mkdir(elsewhere, { recursive: true });
  for (const name of [`${id}-x`, `part-${late.id}`, `tmp-${late.id}-y`, `${needed}-z`]) {
    await writeFile(join(elsewhere, name), 'x');
  }
  later(2 * DAY);
  await assert.rejects(uploads.receive(late.id, late.token, bytes('a')), { code: 'CONFLICT', message: /expired/ });
  assert.equal(await uploads.removeExpired(), 2);
  assert.equal(existsSync(await uploads.path({ id, sha256: done.sha256 as string })), false);
  const kept = await uploads.get(needed);
  assert.equal(existsSync(await uploads.path({ id: needed, sha256: kept.sha256 as string })), true);
  // On its own disk, another machine lets go of what this one has.
  const other = new UploadsService({ db, dataDir: join(dataDir, 'another machine') });
  assert.equal(await other.removeExpired(), 0);
  assert.deepEqual(await readdir(elsewhere), [`${needed}-z`]);
});
