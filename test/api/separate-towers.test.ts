import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeImage } from '../../src/data/images/decode.ts';
import { encodePng } from '../../src/data/images/png.ts';
import { type Content, loadEncoder, type Side } from '../../src/encoders/index.ts';
import { createRandom } from '../../src/platform/random.ts';
import { ArtifactStore } from '../../src/store/artifacts.ts';
import { finished, type TestServer, testServer } from './harness.ts';

/*
 * Queries and items with weights of their own, through all of the server: each content must have gone through the right tower. The oracle
 * is the saved encoder, asked directly.
 */

const COUNT = 24;
const random = createRandom(3);
const pixels = (i: number) =>
  Uint8Array.from({ length: 8 * 8 * 3 }, (_, at) => (at % 3 === i % 3 ? 200 : random.int(200)));
const image = (i: number) => encodePng({ width: 8, height: 8, channels: 3, pixels: pixels(i) }).toString('base64');
const numbers = () => Array.from({ length: 12 }, () => Math.fround(random.normal()));

interface Kind {
  readonly kind: 'TEXT' | 'IMAGE' | 'VECTOR';
  readonly encoder: object;
  /** What the API calls a content: of an item, of a search, in a list to embed. */
  readonly names: { readonly item: string; readonly search: string; readonly embed: string };
  /** One content, as JSON has it. */
  make(i: number): string | number[];
}

const KINDS: readonly Kind[] = [
  {
    kind: 'TEXT',
    encoder: { textStatic: { dimensions: 16, vocabularySize: 512 } },
    names: { item: 'text', search: 'text', embed: 'texts' },
    make: (i) => Array.from({ length: 5 }, () => `${'abcdefgh'[i % 8]}${random.int(9)}`).join(' '),
  },
  {
    kind: 'IMAGE',
    encoder: { imageConv: { size: 8, dimensions: 8, filters: 8 } },
    names: { item: 'image', search: 'image', embed: 'images' },
    make: image,
  },
  {
    kind: 'VECTOR',
    encoder: { vectorMlp: { hidden: 16 } },
    names: { item: 'vector', search: 'storedVector', embed: 'vectors' },
    make: numbers,
  },
];

test('queries and items with weights of their own each go through theirs, in every part of the server', async (t) => {
  const server = await testServer(t, { worker: true });
  for (const kind of KINDS) await t.test(kind.kind, () => throughTheServer(server, kind));
});

async function throughTheServer(server: TestServer, { kind, encoder, names, make }: Kind): Promise<void> {
  const { createDataset } = await server.ask(
    'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } userErrors { message } } }',
    { input: { name: kind.toLowerCase(), kind } },
  );
  const datasetId = createDataset.dataset.id;
  const rows = Array.from({ length: COUNT }, (_, i) => ({
    id: `item ${i}`,
    query: make(i),
    positive: make(i),
    split: 'train',
  }));
  const uploadId = await server.upload('pairs.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  const { importDataset } = await server.ask(
    'mutation ($input: ImportDatasetInput!) { importDataset(input: $input) { import { id } userErrors { message } } }',
    { input: { datasetId, uploadIds: [uploadId] } },
  );
  const imported = await finished(server, 'import', importDataset.import.id, 'itemsAdded queriesAdded');
  assert.deepEqual([imported.error, imported.itemsAdded, imported.queriesAdded], [null, COUNT, COUNT]);
  const { startTraining } = await server.ask(
    'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } userErrors { message } } }',
    {
      input: {
        datasetId,
        encoder,
        towers: 'SEPARATE',
        batchSize: 8,
        maxSteps: 12,
        learningRate: 0.02,
        validationFraction: 0,
      },
    },
  );
  const run = await finished(server, 'run', startTraining.run.id, 'encoder { id sha256 }');
  assert.equal(run.error, null);
  const { buildIndex } = await server.ask(
    'mutation ($datasetId: ID!) { buildIndex(input: {datasetId: $datasetId}) { index { id } userErrors { message } } }',
    { datasetId },
  );
  const built = await finished(server, 'index', buildIndex.index.id, 'count');
  assert.deepEqual([built.error, built.count], [null, COUNT]);

  const oracle = await loadEncoder(new ArtifactStore(server.dataDir).path('encoder', run.encoder.sha256));
  const contentOf = async (given: string | number[]): Promise<Content> => {
    if (typeof given !== 'string') return Float32Array.from(given);
    return oracle.imageShape === undefined ? given : await decodeImage(Buffer.from(given, 'base64'), oracle.imageShape);
  };
  const embedded = async (given: string | number[], side: Side) => oracle.encode([await contentOf(given)], side);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, d) => sum + value * (b[d] as number), 0);
  const assertNear = (found: number, expected: number, what: string) =>
    assert.ok(Math.abs(found - expected) < 1e-4, `${what}: ${found} is not ${expected}`);

  // Embedding.
  const embed = async (side?: 'QUERY' | 'ITEM') => {
    const input = {
      encoderId: run.encoder.id,
      [names.embed]: [rows[0]?.query, rows[1]?.query],
      ...(side ? { side } : {}),
    };
    const answer = await server.ask('query ($input: EmbedInput!) { embed(input: $input) { dimensions vectors } }', {
      input,
    });
    return answer.embed.vectors.map((vector: number[]) => Float32Array.from(vector)) as Float32Array[];
  };
  const bySide = { query: await embed('QUERY'), item: await embed('ITEM') };
  assert.deepEqual(await embed(), bySide.query, 'queries unless said otherwise');
  for (const side of ['query', 'item'] as const) {
    for (const at of [0, 1]) {
      const expected = await embedded(rows[at]?.query as string, side);
      assertNear(dot(bySide[side][at] as Float32Array, expected), 1, `embed as ${side}`);
    }
  }
  const apart = dot(bySide.query[0] as Float32Array, bySide.item[0] as Float32Array);
  assert.ok(apart < 0.99, `the towers have grown apart: cosine ${apart}`);

  // Searching. Items as they are now, by external id.
  const items = new Map(rows.map(({ id, positive }) => [id, positive]));
  const search = async (query: object) => {
    const answer = await server.ask(
      'query ($input: SearchInput!) { search(input: $input) { hits { score item { id externalId } } candidates } }',
      { input: { target: { datasetId }, query, k: 100 } },
    );
    return answer.search.hits as { score: number; item: { id: string; externalId: string } }[];
  };
  const assertScores = async (query: object, vector: Float32Array, without: string | null, what: string) => {
    const hits = await search(query);
    assert.equal(hits.length, items.size - (without === null ? 0 : 1), what);
    for (const { score, item } of hits) {
      const expected = dot(vector, await embedded(items.get(item.externalId) as string, 'item'));
      assertNear(score, expected, `${what}, ${item.externalId}`);
    }
    return hits;
  };
  const assertAllScores = async (when: string) => {
    const asked = make(5);
    const hits = await assertScores(
      { [names.search]: asked },
      await embedded(asked, 'query'),
      null,
      `by content ${when}`,
    );
    for (const name of ['item 2', 'item 3', 'new']) {
      const hit = hits.find(({ item }) => item.externalId === name);
      if (hit === undefined) continue;
      const own = await embedded(items.get(name) as string, 'item');
      await assertScores({ itemId: hit.item.id }, own, name, `by ${name} ${when}`);
    }
  };
  await assertAllScores('as indexed');

  // What comes and what changes while it is served.
  const changed = [
    { externalId: 'new', content: make(7) },
    { externalId: 'item 3', content: make(9) },
  ];
  const { upsertItems } = await server.ask(
    'mutation ($input: UpsertItemsInput!) { upsertItems(input: $input) { added updated userErrors { message } } }',
    { input: { datasetId, items: changed.map(({ externalId, content }) => ({ externalId, [names.item]: content })) } },
  );
  assert.deepEqual(upsertItems, { added: 1, updated: 1, userErrors: [] });
  for (const { externalId, content } of changed) items.set(externalId, content);
  await assertAllScores('after changes');
}
