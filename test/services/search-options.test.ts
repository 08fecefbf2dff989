import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ItemId } from '../../src/domain/ids.ts';
import { ItemsService } from '../../src/services/items.ts';
import type { SearchRequest } from '../../src/services/search.ts';
import { searchBatch } from '../../src/services/search-batches.ts';
import { compareSearch } from '../../src/services/search-comparisons.ts';
import { naiveNearest } from './live-fixtures.ts';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from './search-fixtures.ts';

/** An index of 5,000 items, large enough for the graph, with a tail beside it. */
async function setUp(t: TestContext, count = 5_000) {
  const house = await openHouse(t);
  const texts = sentences(count);
  const dataset = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { id: indexId } = await buildNow(house, { datasetId: dataset.id, encoderId });
  const items = new ItemsService({ db: house.db });
  const { itemIds } = await items.upsert(dataset.id, [
    { text: 'kidney pain tests after a transplant', label: 'new', metadata: { n: 1, source: 'tail' } },
    { text: 'outlook of bone cancer for a child', label: 'new', metadata: { n: 2, source: 'tail' } },
  ]);
  const ask = { datasetId: dataset.id, encoderId: encoderId as never, k: 200 };
  return { ...house, house, texts, dataset, encoderId, indexId, tailIds: itemIds, ask };
}
const idsOf = (hits: readonly { item: { id: ItemId } }[]) => hits.map(({ item }) => item.id);

test('every option gives what sorting and picking by hand gives', async (t) => {
  const { search, house, indexId, texts, dataset, encoderId, tailIds, ask } = await setUp(t);
  const text = 'tests of kidney pain';
  const truth = await naiveNearest(house, { ...ask, text });

  await t.test('exact', async () => {
    const { hits, strategy } = await search.search({ indexId, text, k: 50, exact: true });
    assert.equal(strategy, 'exact');
    for (const [at, { score }] of hits.entries()) assert.ok(Math.abs(score - (truth[at]?.score ?? 0)) < 1e-5);
    assert.equal((await search.search({ indexId, text, k: 10 })).strategy, 'hnsw');
  });

  await t.test('minScore', async () => {
    const minScore = (truth[7]?.score as number) - 1e-4;
    const expected = truth.filter(({ score }) => score >= minScore).length;
    const { hits, exhausted } = await search.search({ indexId, text, k: 100, minScore, exact: true });
    assert.ok(hits.every(({ score }) => score >= minScore));
    assert.deepEqual([hits.length, exhausted], [expected, true]);
    const none = await search.search({ indexId, text, minScore: 1 });
    assert.ok(none.hits.length <= 1);
  });

  await t.test('cursor', async () => {
    const all: ItemId[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page++) {
      const found = await search.search({ indexId, text, k: 7, after, exact: page % 2 === 0 });
      assert.deepEqual(
        found.hits.map(({ rank }) => rank),
        Array.from({ length: 7 }, (_, at) => 7 * page + at + 1),
      );
      all.push(...idsOf(found.hits));
      after = found.cursor;
    }
    assert.equal(new Set(all).size, 70);
    const scores = new Map(truth.map(({ id, score }) => [id, score]));
    for (const id of all) assert.ok((scores.get(id) ?? 0) >= (truth[69]?.score ?? 1) - 1e-5);
    const whole = await search.search({ indexId, text, k: 1_000, minScore: truth[99]?.score as number, exact: true });
    const rest = await search.search({ indexId, text, k: 5, after: whole.cursor, exact: true });
    assert.equal(idsOf(rest.hits).filter((id) => idsOf(whole.hits).includes(id)).length, 0);
  });

  await t.test('groupBy', async () => {
    const { hits } = await search.search({
      indexId,
      text,
      k: 9,
      groupBy: { field: 'label', perGroup: 2 },
      exact: true,
    });
    const counts = new Map<unknown, number>();
    const labels = new Map<number, string>(
      texts.map((text, at) => [dataset.itemIds[at] as number, text.split(' ')[0] as string]),
    );
    for (const id of tailIds) labels.set(id, 'new');
    const everyone = await naiveNearest(house, { ...ask, text, k: 6_000 });
    const expected = everyone.filter(({ id }) => {
      const label = labels.get(id);
      counts.set(label, (counts.get(label) ?? 0) + 1);
      return (counts.get(label) as number) <= 2;
    });
    assert.equal(hits.length, 9);
    for (const [at, { score, group, item }] of hits.entries()) {
      assert.equal(group, item.label);
      assert.ok(Math.abs(score - (expected[at]?.score ?? 0)) < 1e-5);
    }
    const bySource = await search.search({ indexId, text, k: 2, groupBy: { field: 'metadata.source', perGroup: 1 } });
    assert.deepEqual(new Set(bySource.hits.map(({ group }) => group)), new Set([null, 'tail']));
  });

  await t.test('diversity', async () => {
    const near = await search.search({ indexId, text, k: 10, diversity: { lambda: 1 }, exact: true });
    assert.deepEqual(
      near.hits.map(({ score }) => score.toFixed(4)),
      truth.slice(0, 10).map(({ score }) => score.toFixed(4)),
    );
    const far = await search.search({ indexId, text, k: 10, diversity: { lambda: 0.2 }, exact: true });
    assert.equal(far.hits[0]?.item.id, near.hits[0]?.item.id);
    assert.ok(new Set(far.hits.map(({ item }) => item.content)).size === 10);
    assert.ok((far.hits.at(-1)?.score ?? 1) < (near.hits.at(-1)?.score ?? 0));
  });

  await t.test('examples', async () => {
    const { hits } = await search.search({
      indexId,
      k: 20,
      exact: true,
      examples: {
        positive: [{ text }, { itemId: tailIds[0] as ItemId }],
        negative: [{ text: 'outlook of bone cancer' }],
      },
    });
    assert.ok(!idsOf(hits).includes(tailIds[0] as ItemId));
    const embed = async (of: string) => (await house.encoders.embed(encoderId, [of])).vectors;
    const parts = [
      await embed(text),
      await embed('kidney pain tests after a transplant'),
      await embed('outlook of bone cancer'),
    ];
    const [a, b, c] = parts as [Float32Array, Float32Array, Float32Array];
    const vector = a.map((value, at) => value + (b[at] as number) - (c[at] as number));
    const { hits: byVector } = await search.search({ indexId, k: 21, exact: true, vector });
    assert.deepEqual(
      hits.map(({ score }) => score.toFixed(4)),
      byVector
        .filter(({ item }) => item.id !== tailIds[0])
        .slice(0, 20)
        .map(({ score }) => score.toFixed(4)),
    );
    const same = { positive: [{ text }], negative: [{ text }, { text }] };
    await search.search({ indexId, examples: same });
    const cancel = { positive: [{ vector: a }, { vector: a.map((value) => -value) }], negative: [] };
    await assert.rejects(search.search({ indexId, examples: cancel }), { code: 'BAD_INPUT', message: /cancel/ });
  });

  await t.test('hybrid', async () => {
    const rare = 'transplant';
    const { hits } = await search.search({
      indexId,
      text: rare,
      k: 5,
      hybrid: { fusion: { kind: 'weighted', weight: 0 } },
    });
    const [first] = hits;
    assert.deepEqual([first?.item.id, first?.lexicalRank, first?.source], [tailIds[0], 1, 'tail']);
    assert.ok((first?.lexicalScore ?? 0) > 0);
    const rrf = await search.search({ indexId, text, k: 10, hybrid: { fusion: { kind: 'rrf', k: 60 } } });
    for (const [at, hit] of rrf.hits.entries()) {
      const parts = [hit.vectorRank, hit.lexicalRank].map((rank) => (rank === null ? 0 : 1 / (60 + rank)));
      assert.ok(Math.abs(hit.rankedBy - (parts[0] as number) - (parts[1] as number)) < 1e-12);
      assert.ok(at === 0 || hit.rankedBy <= (rrf.hits[at - 1]?.rankedBy ?? 0));
    }
    const filter = { attribute: 'label', test: { kind: 'in', values: ['new'] } } as const;
    const filtered = await search.search({ indexId, text, filter, hybrid: { fusion: { kind: 'rrf', k: 60 } } });
    assert.deepEqual(new Set(idsOf(filtered.hits)), new Set(tailIds));
    const vector = (await house.encoders.embed(encoderId, [text])).vectors;
    const wordless = { indexId, vector, hybrid: { fusion: { kind: 'rrf', k: 60 } } } as const;
    await assert.rejects(search.search(wordless), { code: 'BAD_INPUT', message: /hybrid.text/ });
    const items = new ItemsService({ db: house.db });
    await items.delete(dataset.id, { itemIds: [tailIds[0] as ItemId] });
    const later = await search.search({
      indexId,
      text: rare,
      k: 5,
      hybrid: { fusion: { kind: 'weighted', weight: 0 } },
    });
    assert.ok(!idsOf(later.hits).includes(tailIds[0] as ItemId));
  });

  await t.test('batch', async () => {
    const queries = texts.slice(0, 300).map((text) => ({ text }));
    const { results } = await searchBatch(search, { datasetId: dataset.id }, queries, { k: 3 });
    for (const [at, { hits }] of results.entries()) assert.equal(hits[0]?.item.content, texts[at]);
    const bad = [...queries.slice(0, 5), { text: ' ' }];
    await assert.rejects(searchBatch(search, { indexId }, bad, {}), { field: ['input', 'queries', '5', 'text'] });
    const many = Array.from({ length: 1_001 }, () => ({ text }));
    await assert.rejects(searchBatch(search, { indexId }, many, {}), { code: 'BAD_INPUT', message: /got 1001/ });
  });

  await t.test('the monitor repeats a share of searches exactly', async () => {
    for (let round = 0; round < 3; round++) await search.search({ indexId, text, k: 10 });
    await search.close();
    const { samples, recall } = search.monitoredRecall(indexId) ?? assert.fail('nothing was sampled');
    assert.ok(samples >= 1 && recall > 0.5 && recall <= 1);
  });
});

test('options out of bounds are refused by name', async (t) => {
  const { search, indexId } = await setUp(t, 40);
  const { cursor } = await search.search({ indexId, text: 'kidney', k: 3 });
  const refused: [Partial<SearchRequest>, RegExp][] = [
    [{ minScore: 1.1 }, /minScore must be from -1 to 1, got 1.1/],
    [{ minScore: Number.NaN }, /got NaN/],
    [{ groupBy: { field: 'label', perGroup: 0 } }, /perGroup .*got 0/],
    [{ diversity: { lambda: 2 } }, /lambda must be from 0 to 1, got 2/],
    [{ hybrid: { fusion: { kind: 'rrf', k: -1 } } }, /rankConstant .*got -1/],
    [{ hybrid: { fusion: { kind: 'weighted', weight: 7 } } }, /weight .*got 7/],
    [{ after: 'nonsense' }, /no cursor/],
    [{ after: Buffer.from('["x",1,1,[]]').toString('base64url') }, /no cursor/],
    [{ after: cursor, diversity: { lambda: 1 } }, /after can not go with/],
  ];
  for (const [options, message] of refused) {
    await assert.rejects(search.search({ indexId, text: 'kidney', ...options } as SearchRequest), {
      code: 'BAD_INPUT',
      message,
    });
  }
});

test('two encoders are asked side by side, and a cursor stays in the index that gave it', async (t) => {
  const { search, house, dataset, indexId, texts } = await setUp(t, 120);
  const otherId = await addEncoder(house, texts, { version: 2, seed: 9 });
  const { cursor } = await search.search({ datasetId: dataset.id, text: 'kidney pain', k: 3 });
  const { id: otherIndex } = await buildNow(house, { datasetId: dataset.id, encoderId: otherId });
  const { first, second, overlap, items } = await compareSearch(
    search,
    [{ indexId }, { datasetId: dataset.id }],
    { text: texts[5] as string },
    { k: 8 },
  );
  assert.deepEqual([first.indexId, second.indexId], [indexId, otherIndex]);
  const common = idsOf(first.hits).filter((id) => idsOf(second.hits).includes(id));
  assert.equal(overlap, common.length / 8);
  assert.equal(items.length, 16 - common.length);
  for (const { item, firstRank, secondRank } of items) {
    assert.equal(idsOf(first.hits).indexOf(item.id), (firstRank ?? 0) - 1);
    assert.equal(idsOf(second.hits).indexOf(item.id), (secondRank ?? 0) - 1);
  }
  assert.deepEqual([items[0]?.firstRank, items[0]?.secondRank], [1, 1]);
  assert.equal(
    (await search.search({ datasetId: dataset.id, text: 'kidney pain', k: 3, after: cursor })).indexId,
    indexId,
  );
});
