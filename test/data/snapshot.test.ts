import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openSnapshot } from '../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../src/data/snapshot-writer.ts';

const SPLITS = ['TRAIN', 'VALIDATION', 'TEST'] as const;
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => value.isWellFormed());

function scratch(t: { after(fn: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'quartet-snapshot-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

async function small(path: string, firstId = 1): Promise<string> {
  const writer = await SnapshotWriter.create(path);
  writer.addItem(firstId, 'apple', 'fruit');
  writer.addItem(firstId + 4, Buffer.from('größe'), null);
  writer.addItem(firstId + 5, 'x'.repeat(700_000), 'fruit');
  writer.addQuery(firstId + 1, 'what is red?', 'TRAIN');
  writer.addQuery(firstId + 2, '', 'TEST');
  writer.addRelevanceById(firstId + 1, firstId + 4, 2);
  writer.addRelevanceById(firstId + 2, firstId, 0);
  return (await writer.finish()).hash;
}

test('a snapshot gives back what was written, texts in any order', async (t) => {
  const directory = scratch(t);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text, label: fc.option(fc.constantFrom('a', 'b', 'ü')) }), { maxLength: 30 }),
      fc.array(fc.record({ text, split: fc.constantFrom(...SPLITS) }), { maxLength: 10 }),
      fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(29), fc.nat(255)), { selector: ([q, i]) => `${q} ${i}` }),
      async (items, queries, judged) => {
        const path = join(directory, `${number++}.qds`);
        const judgements = judged
          .filter(([query, item]) => query < queries.length && item < items.length)
          .sort(([q1, i1], [q2, i2]) => q1 - q2 || i1 - i2);
        const writer = await SnapshotWriter.create(path);
        for (const [row, item] of items.entries()) writer.addItem(row * 3 + 1, item.text, item.label);
        await writer.flush();
        for (const [row, query] of queries.entries()) writer.addQuery(row * 2 + 7, query.text, query.split);
        for (const [query, item, grade] of judgements) writer.addRelevance(query, item, grade);
        const { hash } = await writer.finish();
        const snapshot = await openSnapshot(path);
        assert.equal(snapshot.hash, hash);
        assert.deepEqual(
          [...snapshot.items.ids],
          items.map((_, row) => row * 3 + 1),
        );
        for (let row = items.length - 1; row >= 0; row--) {
          assert.equal(snapshot.items.text(row), items[row]?.text);
          assert.equal(snapshot.items.label(row), items[row]?.label);
        }
        const read = Array.from({ length: snapshot.queries.count }, (_, row) => ({
          text: snapshot.queries.text(row),
          split: SPLITS[snapshot.queries.splits[row] as number],
        }));
        assert.deepEqual(
          read,
          queries.map((query) => ({ ...query })),
        );
        const { queryRows, itemRows, grades } = snapshot.relevance;
        assert.deepEqual(
          [...queryRows].map((query, index) => [query, itemRows[index], grades[index]]),
          judgements,
        );
        snapshot.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('the hash depends on the content and not on database ids', async (t) => {
  const directory = scratch(t);
  const first = await small(join(directory, 'a'));
  assert.equal(await small(join(directory, 'b')), first);
  assert.deepEqual(readFileSync(join(directory, 'a')), readFileSync(join(directory, 'b')));
  assert.equal(await small(join(directory, 'c'), 100), first);
  const writer = await SnapshotWriter.create(join(directory, 'd'));
  writer.addItem(1, 'apple', 'fruit');
  assert.notEqual((await writer.finish()).hash, first);
});

test('a flipped bit anywhere and a truncation at any length are CORRUPT_ARTIFACT', async (t) => {
  const path = join(scratch(t), 'snapshot.qds');
  const writer = await SnapshotWriter.create(path);
  writer.addItem(1, 'apple', 'fruit');
  writer.addQuery(1, 'red?', 'TRAIN');
  writer.addRelevance(0, 0, 1);
  await writer.finish();
  const good = readFileSync(path);
  for (let at = 0; at < good.length; at += 3) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] as number) ^ (1 << (at % 8));
    writeFileSync(path, bad);
    await assert.rejects(openSnapshot(path), { code: 'CORRUPT_ARTIFACT' }, `byte ${at}`);
  }
  for (const length of [0, 5, 60, good.length - 60, good.length - 1]) {
    writeFileSync(path, good);
    truncateSync(path, length);
    await assert.rejects(openSnapshot(path), { code: 'CORRUPT_ARTIFACT' }, `length ${length}`);
  }
  await assert.rejects(openSnapshot(`${path}.none`), { code: 'CORRUPT_ARTIFACT' });
});

test('the writer refuses ids and judgements out of order', async (t) => {
  const writer = await SnapshotWriter.create(join(scratch(t), 'snapshot.qds'));
  writer.addItem(5, 'a');
  assert.throws(() => writer.addItem(5, 'b'), RangeError);
  writer.addQuery(1, 'q', 'TRAIN');
  assert.throws(() => writer.addItem(6, 'late'), /items come before/);
  assert.throws(() => writer.addRelevanceById(1, 4, 1), RangeError);
  writer.addRelevance(0, 0, 1);
  assert.throws(() => writer.addRelevance(0, 0, 1), /out of order/);
  await writer.abort();
});

test('texts have the hash and the bytes that they had before there were other contents', async (t) => {
  const path = join(scratch(t), 'small.qds');
  assert.equal(await small(path), '9cd366f82af36b2e2be389620e6361b82a230efeb9b3ac3bbb580700d5c03a55');
  assert.equal(readFileSync(path).length, 701_909);
});

test('the same bytes as another kind of content have another hash', async (t) => {
  const directory = scratch(t);
  const hashes = new Set<string>();
  for (const kind of ['TEXT', 'IMAGE', 'VECTOR'] as const) {
    const writer = await SnapshotWriter.create(join(directory, kind), kind);
    writer.addItem(1, Buffer.from([1, 2, 3, 4]));
    hashes.add((await writer.finish()).hash);
  }
  assert.equal(hashes.size, 3);
});
