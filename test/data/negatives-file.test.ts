import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  encodeRecords,
  type NegativeRecord,
  NegativesWriter,
  RECORD_BYTES,
  readNegatives,
  readNegativesPage,
} from '../../src/data/negatives-file.ts';
import { CANDIDATE_FATES, type CandidateFate } from '../../src/domain/mining.ts';
import { createRandom } from '../../src/platform/random.ts';

async function fileIn(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-negatives-'));
  t.after(() => rm(dir, { recursive: true }));
  return join(dir, 'negatives.bin');
}

/** Queries with none, some, and more candidates than the writer holds at a time. */
const random = createRandom(1);
const IDS = Int32Array.from({ length: 900 }, () => random.int(2 ** 31));
const queries = [3, 0, 5_000, 1, 4_097].map((count, q) => ({
  queryId: 100 + q,
  rows: Int32Array.from({ length: count }, () => random.int(IDS.length)),
  ids: IDS,
  scores: Float32Array.from({ length: count }, () => random.normal()),
  positiveScore: Math.fround(random.normal()),
  fates: Uint8Array.from({ length: count }, () => random.int(CANDIDATE_FATES.length)),
}));
const expected: NegativeRecord[] = queries.flatMap(({ queryId, rows, ids, scores, positiveScore, fates }) =>
  Array.from(rows, (row, i) => ({
    queryId,
    itemId: ids[row] as number,
    rank: i + 1,
    score: scores[i] as number,
    positiveScore,
    fate: CANDIDATE_FATES[fates[i] as number] as CandidateFate,
  })),
);

test('what is written query by query is read record by record, as a whole and by pages', async (t) => {
  const [path, alone] = [await fileIn(t), await fileIn(t)];
  const writer = new NegativesWriter(path);
  for (const query of queries) await writer.append(encodeRecords(query));
  await writer.finish();
  assert.equal(writer.count, expected.length);
  assert.deepEqual(await Array.fromAsync(readNegatives(path)), expected);
  assert.deepEqual(await readNegativesPage(path, 5_000, 7), expected.slice(5_000, 5_007));
  const one = new NegativesWriter(alone);
  for (const record of expected) await one.add(record);
  await one.finish();
  assert.deepEqual(await Array.fromAsync(readNegatives(alone)), expected, 'one by one it is the same');
});

test('a file that ends within a record is refused', async (t) => {
  const path = await fileIn(t);
  const writer = new NegativesWriter(path);
  await writer.append(encodeRecords(queries[0] as (typeof queries)[number]));
  await writer.finish();
  await truncate(path, 2 * RECORD_BYTES + 5);
  await assert.rejects(Array.fromAsync(readNegatives(path)), {
    code: 'CORRUPT_ARTIFACT',
    message: /middle of a record/,
  });
});
