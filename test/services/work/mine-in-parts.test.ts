import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { NEGATIVES_FILE } from '../../../src/data/negatives-file.ts';
import { resolveMining } from '../../../src/mining/settings.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { mineInParts, PART_QUERIES } from '../../../src/services/work/mine-in-parts.ts';
import { BLOCK_QUERIES } from '../../../src/services/work/mine-queries.ts';
import type { MiningTask } from '../../../src/services/work/mining-task.ts';

const ITEMS = 300;
const WINDOW = 12;
/** Not a whole number of blocks, nor of parts. */
const QUERIES = 2 * PART_QUERIES + BLOCK_QUERIES + 40;

/** Every seventh query has no positive; the others have one or two. Candidates and scores are drawn by the query. */
const task = {
  queryRows: Int32Array.from({ length: QUERIES }, (_, row) => row),
  side: 'queries',
  id: (row) => row + 1,
  positivesOf: (row) => (row % 7 === 3 ? new Int32Array(0) : Int32Array.of(row % ITEMS, (row * 31 + 1) % ITEMS)),
  selfOf: () => -1,
  textClasses: new Int32Array(ITEMS).fill(-1),
  equalsOf: () => null,
  paired: Uint8Array.from({ length: ITEMS }, (_, row) => (row % 5 === 0 ? 0 : 1)),
  labels: Int32Array.from({ length: ITEMS }, (_, row) => (row % 3 === 0 ? row % 9 : -1)),
  markedOf: (row) => [(row * 17) % ITEMS],
} satisfies MiningTask;
const spec = resolveMining({ strategy: 'random', perQuery: 3, relativeMargin: 0.1 });
const ids = Int32Array.from({ length: ITEMS }, (_, row) => 2 * row + 1);
const scoreOf = (query: number, item: number) => Math.fround(createRandom(query * ITEMS + item).next());

/** @param killedAt number of the block whose retrieval fails; null: none */
async function mineNow(t: TestContext, left: readonly string[], killedAt: number | null) {
  const workDir = await mkdtemp(join(tmpdir(), 'quartet-parts-'));
  t.after(() => rm(workDir, { recursive: true }));
  const parts: string[] = [...left];
  const retrieved: number[] = [];
  const source = {
    async retrieve(rows: Int32Array) {
      const first = rows[0] as number;
      retrieved.push(first);
      if (killedAt !== null && first === killedAt * BLOCK_QUERIES) throw new Error('killed');
      const of = Array.from(rows, (query) => {
        const chosen = Array.from({ length: WINDOW }, (_, i) => (query * 13 + i * 23) % ITEMS);
        chosen.sort((a, b) => scoreOf(query, b) - scoreOf(query, a));
        return { rows: chosen, scores: chosen.map((item) => scoreOf(query, item)) };
      });
      const scoresOf = async (queries: Int32Array, items: Int32Array) =>
        Float32Array.from(items, (item, at) => scoreOf(rows[queries[at] as number] as number, item));
      return { of, scoresOf };
    },
  };
  const mining = { task, spec, window: WINDOW, source, judge: null, ids };
  const emit = async ({ dir }: { dir: string }) => {
    const kept = join(workDir, `kept-${parts.length}`);
    await rename(dir, kept);
    parts.push(kept);
  };
  const mined = await mineInParts(mining, { left, workDir, signal: new AbortController().signal, emit }).catch(
    (error: Error) => error,
  );
  return { mined, parts, retrieved };
}

test('a mining that is killed at any block goes on to the file and report of an uninterrupted one', async (t) => {
  const whole = await mineNow(t, [], null);
  assert.ok(!(whole.mined instanceof Error) && whole.parts.length === 3);
  const bytes = await readFile(join(whole.mined.dir, NEGATIVES_FILE));
  const { report, candidates } = whole.mined;
  assert.deepEqual(
    [report.queries + report.queriesWithoutPositives, candidates],
    [QUERIES, WINDOW * report.queries],
    'all are counted',
  );
  for (const fate of ['kept', 'positive', 'equal-label', 'marked', 'unpaired', 'not-chosen'] as const) {
    assert.ok(report.fates[fate] > 0, fate);
  }
  const blocks = Math.ceil(QUERIES / BLOCK_QUERIES);
  for (let block = 0; block < blocks; block++) {
    const killed = await mineNow(t, [], block);
    assert.match((killed.mined as Error).message, /killed/);
    assert.equal(killed.parts.length, Math.floor((block * BLOCK_QUERIES) / PART_QUERIES), 'whole parts are given out');
    const resumed = await mineNow(t, killed.parts, null);
    assert.ok(!(resumed.mined instanceof Error));
    assert.equal(resumed.retrieved[0], killed.parts.length * PART_QUERIES, 'what is kept is not mined again');
    assert.ok(bytes.equals(await readFile(join(resumed.mined.dir, NEGATIVES_FILE))), `killed at block ${block}`);
    assert.deepEqual({ ...resumed.mined, dir: '' }, { ...whole.mined, dir: '' });
  }
  const again = await mineNow(t, whole.parts, null);
  assert.ok(!(again.mined instanceof Error));
  assert.deepEqual([again.retrieved, again.parts.length], [[], 3], 'killed after the last part: nothing is mined');
  assert.deepEqual({ ...again.mined, dir: '' }, { ...whole.mined, dir: '' });
});
