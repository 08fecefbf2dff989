import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  encodeBlock,
  findNegatives,
  type NegativeRecord,
  NegativesWriter,
  readBlocks,
} from '../../src/data/negatives-file.ts';
import { CANDIDATE_FATES, type CandidateFate } from '../../src/domain/mining.ts';
import { createRandom } from '../../src/platform/random.ts';

async function fileIn(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-negatives-'));
  t.after(() => rm(dir, { recursive: true }));
  return join(dir, 'negatives.bin');
}

/** Queries with none, some and many candidates, in blocks of several and of one. */
const random = createRandom(1);
const IDS = Int32Array.from({ length: 900 }, () => random.int(2 ** 31));
const queries = [3, 0, 500, 1, 97, 2].map((count, q) => ({
  queryId: 100 + q,
  rows: Int32Array.from({ length: count }, () => random.int(IDS.length)),
  scores: Float32Array.from({ length: count }, () => random.normal()),
  positiveScore: Math.fround(random.normal()),
  fates: Uint8Array.from({ length: count }, () => random.int(CANDIDATE_FATES.length)),
}));
const blocks = [queries.slice(0, 3), [], queries.slice(3, 4), queries.slice(4)];
const expected: NegativeRecord[] = queries.flatMap(({ queryId, rows, scores, positiveScore, fates }) =>
  Array.from(rows, (row, i) => ({
    queryId,
    itemId: IDS[row] as number,
    rank: i + 1,
    score: scores[i] as number,
    positiveScore,
    fate: CANDIDATE_FATES[fates[i] as number] as CandidateFate,
  })),
);

async function written(t: TestContext): Promise<string> {
  const path = await fileIn(t);
  const writer = await NegativesWriter.create(path);
  for (const block of blocks) await writer.append(encodeBlock(block, IDS));
  await writer.close();
  assert.equal(writer.count, expected.length);
  return path;
}

test('what is written block by block is read record by record, as a whole and by pages', async (t) => {
  const path = await written(t);
  const all = await findNegatives(path, { first: 0, limit: 10_000, fate: null });
  assert.deepEqual(
    all,
    expected.map((record, position) => ({ position, record })),
  );
  for (const [first, limit] of [
    [0, 1],
    [2, 3],
    [498, 10],
    [503, 1],
    [504, 200],
    [602, 1],
    [603, 5],
  ] as const) {
    const page = await findNegatives(path, { first, limit, fate: null });
    assert.deepEqual(page, all.slice(first, first + limit), `from ${first}`);
    const kept = await findNegatives(path, { first, limit, fate: 'kept' });
    const ofFate = all.filter(({ position, record }) => position >= first && record.fate === 'kept');
    assert.deepEqual(kept, ofFate.slice(0, limit), `kept from ${first}`);
  }
});

test('blocks are handed on byte by byte, so that one file continues another', async (t) => {
  const [path, copy] = [await written(t), await fileIn(t)];
  const writer = await NegativesWriter.create(copy);
  const counts: number[] = [];
  for await (const { bytes, block } of readBlocks(path)) {
    await writer.append(bytes);
    counts.push(block.queryIds.length);
  }
  await writer.close();
  assert.deepEqual(counts, [3, 1, 2]);
  const whole = { first: 0, limit: 10_000, fate: null } as const;
  assert.deepEqual(await findNegatives(copy, whole), await findNegatives(path, whole));
});

test('a file that ends within a block, or begins with none, is refused', async (t) => {
  const path = await written(t);
  await truncate(path, 1_000);
  const refused = { code: 'CORRUPT_ARTIFACT', message: /middle of a block; mine again/ };
  await assert.rejects(findNegatives(path, { first: 0, limit: 1, fate: null }), refused);
  await truncate(path, 10);
  await assert.rejects(Array.fromAsync(readBlocks(path)), refused);
  await writeFile(path, Buffer.alloc(48));
  await assert.rejects(Array.fromAsync(readBlocks(path)), { code: 'CORRUPT_ARTIFACT', message: /no block at byte 0/ });
});
