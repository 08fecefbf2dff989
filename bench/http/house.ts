import { join } from 'node:path';
import { openServices } from '../../src/app/compose.ts';
import type { Config } from '../../src/config/index.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { rowsOf } from '../../src/encoders/text-static/features.ts';
import { saveTextStatic } from '../../src/encoders/text-static/files.ts';
import { learnVocabulary } from '../../src/encoders/text-static/vocabulary.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { createRandom } from '../../src/platform/random.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { HnswBuilder } from '../../src/search-index/hnsw.ts';
import { IndexWriter } from '../../src/search-index/index-writer.ts';
import type { VectorIndex } from '../../src/search-index/vector-index.ts';

export interface House {
  readonly datasetId: string;
  readonly indexId: string;
  /** Of the index's files. */
  readonly indexPath: string;
}

export interface HouseTask {
  /** shape [count, dimensions] */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly m: number;
  readonly efConstruction: number;
  readonly ef: number;
}

const WORDS = 60;

/** A dataset of texts with an index whose vectors are the given ones, as if an encoder had made them. */
export async function prepareHouse(config: Config, task: HouseTask): Promise<House> {
  const { vectors, dimensions, m, efConstruction, ef } = task;
  const count = vectors.length / dimensions;
  const app = await openServices(config, silentLogger);
  try {
    const { db, artifacts } = app;
    const { id: datasetId } = await app.services.datasets.create({ name: 'bench', namespace: DEFAULT_NAMESPACE });
    const random = createRandom(1);
    const texts = Array.from({ length: count }, (_, at) => {
      const words = Array.from({ length: WORDS }, () => `word${random.int(5_000)}`);
      return `item ${at} ${words.join(' ')}`;
    });
    for (let from = 0; from < count; from += 5_000) {
      await db.pool.query(
        `INSERT INTO "Item" ("datasetId", "externalId", content, "contentHash", metadata)
         SELECT $1, 'doc-' || ($3::int + n), text, sha256(convert_to(text, 'UTF8')), jsonb_build_object('n', $3::int + n)
         FROM unnest($2::text[]) WITH ORDINALITY AS given (text, n) ORDER BY n`,
        [datasetId, texts.slice(from, from + 5_000), from],
      );
    }
    await db.pool.query('UPDATE "Dataset" SET "itemCount" = $2, revision = 1 WHERE id = $1', [datasetId, count]);
    await db.pool.query('ANALYZE "Item"');
    const { rows } = await db.pool.query('SELECT id FROM "Item" WHERE "datasetId" = $1 ORDER BY id', [datasetId]);

    const encoderDir = await artifacts.tempDir('encoder');
    const spec = { kind: 'text-static', dimensions, vocabularySize: 2_000, maxTokens: 64 } as const;
    const vocabulary = learnVocabulary(texts.slice(0, 2_000), spec);
    const table = Float32Array.from({ length: rowsOf(vocabulary) * dimensions }, () => random.normal());
    await saveTextStatic(encoderDir, vocabulary, table);
    const encoder = await artifacts.adopt('encoder', encoderDir);
    const encoderId = newUuid();
    await db.pool.query(
      `INSERT INTO "Encoder" (id, name, version, kind, dimensions, sha256, bytes, card)
       VALUES ($1, 'bench', 1, 'text-static', $2, $3, $4, '{}')`,
      [encoderId, dimensions, encoder.sha256, encoder.bytes],
    );

    const dir = join(await artifacts.tempDir('index'), 'index');
    const writer = await IndexWriter.open(dir, { dimensions, count, m });
    const graph = new HnswBuilder({ dimensions, capacity: count, m, efConstruction, seed: 100 });
    await writer.append(vectors);
    for (let row = 0; row < count; row++) graph.add(vectors.subarray(row * dimensions, (row + 1) * dimensions), row);
    const ids = Int32Array.from(rows, ({ id }) => id);
    const facts = { encoderSha256: encoder.sha256, datasetHash: 'bench', recallAt10: null };
    await writer.finish(graph, ids, { m, efConstruction, efSearch: ef, seed: 100, ...facts });
    const index = await artifacts.adopt('index', dir);
    const indexId = newUuid();
    await db.pool.query(
      `INSERT INTO "IndexVersion" (id, "datasetId", "encoderId", status, m, "efConstruction", "efSearch", count, built,
         "datasetHash", "datasetRevision", "lastItemId", sha256, bytes)
       VALUES ($1, $2, $3, 'SUCCEEDED', $4, $5, $6, $7, $7, 'bench', 1, $8, $9, $10)`,
      [indexId, datasetId, encoderId, m, efConstruction, ef, count, ids.at(-1), index.sha256, index.bytes],
    );
    return { datasetId, indexId, indexPath: index.path };
  } finally {
    await app.close();
  }
}

/** Searches a second of an index alone, one after another in this thread. @param queries shape [Q, D], asked again and again */
export async function rawRate(index: VectorIndex, queries: Float32Array, ef: number, seconds: number): Promise<number> {
  const { dimensions } = index;
  const count = queries.length / dimensions;
  const begun = performance.now();
  for (let done = 0; ; ) {
    for (let at = 0; at < count; at++, done++) {
      await index.search(queries.subarray(at * dimensions, (at + 1) * dimensions), 10, ef);
    }
    const elapsed = (performance.now() - begun) / 1_000;
    if (elapsed >= seconds) return done / elapsed;
  }
}
