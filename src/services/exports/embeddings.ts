import type { Row } from '../../data/table-writers.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { IndexId } from '../../domain/ids.ts';
import { readCard } from '../../search-index/index-card.ts';
import { readIndexRows } from '../../search-index/index-rows.ts';
import { exportedIndex, itemsAsIndexed } from '../../store/exports.ts';
import { type ExportSource, NUMBER_BYTES, type SourceDeps, STRING } from './source.ts';

const COLUMNS = [
  ...['id', 'text', 'label'].map(STRING),
  { name: 'metadata', type: 'JSON' } as const,
  { name: 'vector', type: 'FLOATS' } as const,
];
/** Numbers written at a time: as text they take some milliseconds. */
const NUMBERS = 16_384;

/**
 * The vectors that an index version searches with, as its files hold them, of the items that are still as they were then. What came or
 * changed since comes with the next rebuild.
 * @throws QuartetError NOT_FOUND, NOT_READY, CORRUPT_ARTIFACT
 */
export async function embeddingsSource(deps: SourceDeps, id: IndexId): Promise<ExportSource> {
  const { tx, artifacts, globalId } = deps;
  const index = await exportedIndex(tx, id);
  if (index === null) throw new QuartetError('NOT_FOUND', `there is no index ${id}`);
  const { name, revision, sha256 } = index;
  if (sha256 === null) throw new QuartetError('NOT_READY', `index ${id} is not built yet; wait until it is SUCCEEDED`);
  const dir = await artifacts.use('index', sha256);
  const bytes = async () => {
    const { count, dimensions } = await readCard(dir);
    return count * dimensions * NUMBER_BYTES;
  };
  async function* rows(): AsyncGenerator<Row[]> {
    for await (const { ids, vectors } of readIndexRows(dir, NUMBERS)) {
      const items = await itemsAsIndexed(tx, id, ids);
      yield ids.flatMap((itemId, n) => {
        const item = items.get(itemId);
        if (item === undefined) return [];
        return {
          id: item.externalId ?? globalId('Item', itemId),
          text: item.content || null,
          label: item.label,
          metadata: JSON.stringify(item.metadata),
          vector: vectors[n] as Float32Array,
        };
      });
    }
  }
  return { version: `${sha256.slice(0, 16)}-${revision}`, name, columns: COLUMNS, bytes, rows };
}
