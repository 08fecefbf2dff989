import type { TestContext } from 'node:test';
import { silentLogger } from '../../src/platform/logger.ts';
import { EncodersService } from '../../src/services/encoders.ts';
import { type IndexesDeps, IndexesService } from '../../src/services/indexes.ts';
import { SearchService } from '../../src/services/search.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { SearchHouse } from './search-fixtures.ts';

/** Search as another server process has it: connections, caches and indexes of its own on the same database and artifacts. */
export async function anotherServer(
  t: TestContext,
  house: SearchHouse,
  options: Partial<Pick<IndexesDeps, 'liveLimits' | 'enqueue'>> = {},
) {
  const { artifacts } = house;
  const db = await openDatabase({ dataDir: '/nonexistent', databaseUrl: house.db.url, logger: silentLogger });
  const encoders = new EncodersService({ db, artifacts });
  const enqueue = async (queue: string, id: string) => void house.jobs.push(`${queue} ${id}`);
  const indexes = new IndexesService({ db, artifacts, encoders, enqueue, ...options });
  const search = new SearchService({ db, indexes, encoders });
  // Before the database of the house is dropped.
  t.after(async () => {
    await search.close();
    await indexes.close();
    await encoders.close();
    await db.close();
  });
  return { db, encoders, indexes, search };
}

/** The k nearest of all items that the database has now, worked out one by one: the oracle of a search by text. */
export async function naiveNearest(
  { db, encoders }: Pick<SearchHouse, 'db' | 'encoders'>,
  { datasetId, encoderId, text, k }: { datasetId: string; encoderId: never; text: string; k: number },
): Promise<{ id: number; score: number }[]> {
  const { rows } = await db.pool.query('SELECT id, content FROM "Item" WHERE "datasetId" = $1', [datasetId]);
  const query = (await encoders.embed(encoderId, [text])).vectors;
  const scored: { id: number; score: number }[] = [];
  for (let from = 0; from < rows.length; from += 1_000) {
    const part = rows.slice(from, from + 1_000);
    const texts = part.map(({ content }) => content);
    const { vectors, dimensions } = await encoders.embed(encoderId, texts);
    for (const [row, { id }] of part.entries()) {
      const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
      scored.push({ id, score: vector.reduce((sum, value, at) => sum + value * (query[at] as number), 0) });
    }
  }
  return scored.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k);
}
