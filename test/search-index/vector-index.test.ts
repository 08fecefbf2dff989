import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { QuartetError } from '../../src/domain/errors.ts';
import { exactNearest } from '../../src/search-index/exact.ts';
import { RowSet } from '../../src/search-index/filter/row-set.ts';
import { CARD_FILE, encodeCard, readCard } from '../../src/search-index/index-card.ts';
import { IndexWriter } from '../../src/search-index/index-writer.ts';
import { VectorIndex } from '../../src/search-index/vector-index.ts';
import { clusteredVectors, rowOf, writeIndex } from './support/vectors.ts';

const D = 16;
const vectors = clusteredVectors(9_000, D);
const small = clusteredVectors(60, D);
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quartet-test-index-'));
  await writeIndex(join(folder, 'large'), vectors, D);
  await writeIndex(join(folder, 'small'), small, D);
});
after(() => rm(folder, { recursive: true, force: true }));

test('answers after loading as it was built, with the ids of the items', async () => {
  const index = await VectorIndex.load(join(folder, 'large'));
  const found = await index.search(rowOf(vectors, D, 70), 5, 200);
  assert.equal(found.strategy, 'hnsw');
  assert.deepEqual([...found.rows], [...exactNearest({ vectors, dimensions: D }, rowOf(vectors, D, 70), 5).rows]);
  assert.equal(index.itemAt(70), 703);
  assert.equal(index.rowOf(703), 70);
  assert.equal(index.rowOf(704), null);
  assert.deepEqual(index.vector(70), rowOf(vectors, D, 70).slice());
  await index.release();
  await assert.rejects(index.search(rowOf(vectors, D, 70), 5, 200), /after its release/);
});

test('builds the same files from the same vectors and seed', async () => {
  await writeIndex(join(folder, 'again'), small, D);
  const [first, second] = [await readCard(join(folder, 'small')), await readCard(join(folder, 'again'))];
  assert.deepEqual(first, second);
});

test('compares every row when so many are wanted that a graph would miss some', async () => {
  const index = await VectorIndex.load(join(folder, 'large'));
  const found = await index.search(rowOf(vectors, D, 1), 8_999, null);
  assert.equal(found.strategy, 'exact');
  assert.equal(new Set(found.rows).size, 8_999);
  assert.equal((await index.search(rowOf(vectors, D, 1), 1_000_000, null)).rows.length, 9_000);
  await index.release();
});

test('finds k rows even where the graph falls into pieces', async () => {
  // Copies of a few vectors link to each other only: a walk that enters among them finds nothing else.
  const dimensions = 64;
  const copies = new Float32Array(9_000 * dimensions);
  for (let row = 0; row < 9_000; row++) copies[row * dimensions + Math.floor(row / 150)] = 1;
  await writeIndex(join(folder, 'copies'), copies, dimensions, 2);
  const index = await VectorIndex.load(join(folder, 'copies'));
  for (let row = 0; row < 9_000; row += 1_500) {
    const found = await index.search(rowOf(copies, dimensions, row), 800, 1);
    assert.equal(found.strategy, 'exact');
    assert.equal(new Set(found.rows).size, 800);
    assert.equal(found.scores.filter((score) => score === 1).length, 150);
  }
  await index.release();
});

test('an index without items answers with nothing', async () => {
  await writeIndex(join(folder, 'empty'), new Float32Array(0), D);
  const index = await VectorIndex.load(join(folder, 'empty'));
  assert.equal((await index.search(rowOf(small, D, 0), 10, null)).rows.length, 0);
  await index.release();
});

test('answers the same whichever engine loaded it', async () => {
  const [ours, twin] = await Promise.all([
    VectorIndex.load(join(folder, 'large'), { engine: 'native' }),
    VectorIndex.load(join(folder, 'large'), { engine: 'hnswlib-node' }),
  ]);
  const allowed = RowSet.of(
    9_000,
    Array.from({ length: 3_000 }, (_, at) => 3 * at),
  );
  const queries = vectors.subarray(0, 20 * D);
  for (const set of [null, allowed]) {
    const together = await ours.searchMany(queries, 10, 300, set);
    for (let at = 0; at < 20; at++) {
      const query = rowOf(queries, D, at);
      const expected = await twin.search(query, 10, 300, set);
      assert.deepEqual([...(await ours.search(query, 10, 300, set)).rows], [...expected.rows]);
      assert.deepEqual([...(together[at]?.rows ?? [])], [...expected.rows]);
      const [exact, plain] = [await ours.searchExactly(query, 40, set), await twin.searchExactly(query, 40, set)];
      assert.deepEqual([...exact.rows], [...plain.rows]);
      for (const [rank, score] of exact.scores.entries()) {
        assert.ok(Math.abs(score - (plain.scores[rank] as number)) < 1e-5);
      }
    }
  }
  await Promise.all([ours.release(), twin.release()]);
});

test('refuses a flipped bit in any region of any file, and never gives an answer from it', async () => {
  const dir = join(folder, 'flipped');
  await cp(join(folder, 'small'), dir, { recursive: true });
  for (const file of await readdir(dir)) {
    const whole = await readFile(join(dir, file));
    const step = Math.max(1, Math.floor(whole.length / 60));
    // Every byte of the header, then every region.
    for (let at = 0; at < whole.length; at += at < 96 ? 1 : step) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      await writeFile(join(dir, file), changed);
      await assert.rejects(loadAndScan(dir), isCorrupt, `${file} byte ${at}`);
    }
    await writeFile(join(dir, file), whole);
  }
  await loadAndScan(dir);
});

test('refuses a truncated, lengthened, missing or exchanged file', async () => {
  const dir = join(folder, 'damaged');
  for (const file of await readdir(join(folder, 'small'))) {
    const whole = await readFile(join(folder, 'small', file));
    const damages: (() => Promise<void>)[] = [
      ...[0, 1, 50, 95, 96, 97, whole.length - 1].map(
        (bytes) => () => truncate(join(dir, file), Math.min(bytes, whole.length - 1)),
      ),
      () => writeFile(join(dir, file), Buffer.concat([whole, Buffer.alloc(1)])),
      () => rm(join(dir, file)),
      async () => writeFile(join(dir, file), await readFile(join(folder, 'large', file))),
    ];
    for (const damage of damages) {
      await cp(join(folder, 'small'), dir, { recursive: true, force: true });
      await damage();
      await assert.rejects(loadAndScan(dir), isCorrupt, file);
    }
  }
});

test('refuses another format version even when its checksums are right', async () => {
  const dir = join(folder, 'newer');
  await cp(join(folder, 'small'), dir, { recursive: true });
  const card = { ...(await readCard(dir)), version: 2 as never };
  await writeFile(join(dir, CARD_FILE), encodeCard(card));
  await assert.rejects(VectorIndex.load(dir), {
    code: 'UNSUPPORTED_FORMAT',
    message: /quartet-index 2.*reads quartet-index 1/,
  });
});

test('a graph of another shape than its card says is refused before the library reads it', async () => {
  const dir = join(folder, 'other-shape');
  for (const change of [{ m: 9 }, { dimensions: 8, count: 120 }, { dimensions: 32, count: 30 }]) {
    await cp(join(folder, 'small'), dir, { recursive: true, force: true });
    const card = { ...(await readCard(dir)), ...change };
    await writeFile(join(dir, CARD_FILE), encodeCard(card));
    await assert.rejects(VectorIndex.load(dir), isCorrupt);
  }
});

test('leaves nothing under its name until it is whole', async () => {
  const dir = join(folder, 'abandoned');
  const writer = await IndexWriter.open(dir, { dimensions: D, count: 60, m: 8 });
  await writer.append(small);
  await assert.rejects(VectorIndex.load(dir), isCorrupt);
  await writer.discard();
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('abandoned')),
    [],
  );
});

test('refuses to begin when the disk has no room', async () => {
  const shape = { dimensions: 1_024, count: 2 ** 40, m: 16 };
  await assert.rejects(IndexWriter.open(join(folder, 'huge'), shape), { code: 'DISK_FULL' });
});

test('says that the disk is full wherever in its files writing ends, and leaves nothing', async () => {
  const script = fileURLToPath(new URL('support/write-index.ts', import.meta.url));
  // A limit of file sizes in KiB, whose signal is ignored: a write beyond it falls short, and the next fails, as on a full disk.
  const written = (limit: number, dir: string) => {
    const shell = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$1" "$2"`;
    const { stdout, stderr, signal } = spawnSync('bash', ['-c', shell, process.execPath, script, dir], {
      encoding: 'utf8',
    });
    assert.equal(signal, null, stderr);
    return stdout.trim().split('\n');
  };
  const dir = join(folder, 'cut');
  // The vectors take 250 KiB, the graph 500.
  for (const [limit, outcome] of [
    [100, ['DISK_FULL']],
    [400, ['vectors', 'DISK_FULL']],
  ] as const) {
    assert.deepEqual(written(limit, dir), outcome);
    await assert.rejects(VectorIndex.load(dir), isCorrupt);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('cut')),
      [],
    );
  }
  assert.deepEqual(written(10_000, dir), ['vectors', 'whole']);
  await (await VectorIndex.load(dir)).release();
});

/** By the engine whose exact search reads the plain vectors, so that each file is used. */
async function loadAndScan(dir: string): Promise<void> {
  const index = await VectorIndex.load(dir, { engine: 'hnswlib-node' });
  try {
    await index.searchExactly(rowOf(small, D, 0), 3);
  } finally {
    await index.release();
  }
}

function isCorrupt(error: unknown): boolean {
  return error instanceof QuartetError && error.code === 'CORRUPT_ARTIFACT';
}
