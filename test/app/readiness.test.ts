import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { watchReadiness } from '../../src/app/readiness.ts';
import type { IndexId } from '../../src/domain/ids.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from '../services/search-fixtures.ts';

test('a stop waits for the index that is being loaded, and begins to load no other', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(20);
  const encoderId = await addEncoder(house, texts);
  for (const _ of [1, 2]) {
    const { id: datasetId } = await addDataset(house.db, texts);
    await buildNow(house, { datasetId, encoderId });
  }
  const logged: string[] = [];
  const logger = createLogger({ level: 'warn', json: true, write: (line) => logged.push(line) });
  const loading = new EventTarget();
  const begun = once(loading, 'begun');
  const held = once(loading, 'let go');
  const loads: IndexId[] = [];
  // Real, but for the moment at which it ends.
  const load = async (id: IndexId) => {
    loads.push(id);
    loading.dispatchEvent(new Event('begun'));
    await held;
    await house.indexes.load(id);
    loads.push(id);
  };
  const readiness = watchReadiness({ db: house.db, services: { indexes: { load } } as never }, logger);
  await begun;
  const stopping = readiness.stop();
  loading.dispatchEvent(new Event('let go'));
  await stopping;

  assert.deepEqual([loads.length, new Set(loads).size], [2, 1]);
  assert.deepEqual(logged, []);
});
