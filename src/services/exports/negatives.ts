import { join } from 'node:path';
import { findNegatives, NEGATIVES_FILE } from '../../data/negatives-file.ts';
import type { Row } from '../../data/table-writers.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { NegativeSetId } from '../../domain/ids.ts';
import { contentsOf, exportedSet, type NamedContent } from '../../store/exports.ts';
import { marksOfPairs } from '../../store/false-negatives.ts';
import { BATCH, type ExportSource, type SourceDeps, STRING } from './source.ts';

const FLOAT = (name: string) => ({ name, type: 'FLOAT' }) as const;
const COLUMNS = [
  ...['queryId', 'query', 'itemId', 'negative'].map(STRING),
  { name: 'rank', type: 'INT32' } as const,
  FLOAT('score'),
  FLOAT('positiveScore'),
  STRING('fate'),
  STRING('marked'),
];

const LEAST_ROW = 150;

/** The candidates of a mined set, kept and dropped, whose query and item are still there. @throws QuartetError NOT_FOUND, NOT_READY */
export async function negativesSource(deps: SourceDeps, id: NegativeSetId): Promise<ExportSource> {
  const { tx, artifacts, globalId } = deps;
  const set = await exportedSet(tx, id);
  if (set === null) throw new QuartetError('NOT_FOUND', `there is no set of hard negatives ${id}`);
  const { datasetId, name, revision, sha256, candidates, queryIsItem, marks } = set;
  if (sha256 === null) throw new QuartetError('NOT_READY', `set ${id} is not mined yet; wait until it is SUCCEEDED`);
  await artifacts.verify('negatives', sha256);
  const path = join(artifacts.path('negatives', sha256), NEGATIVES_FILE);
  const called = (of: NamedContent, type: 'Item' | 'DatasetQuery') => of.externalId ?? globalId(type, of.id);
  // Ids, ranks, scores and fates; texts are more.
  const bytes = async () => candidates * LEAST_ROW;
  async function* rows(): AsyncGenerator<Row[]> {
    for (let first = 0; first < candidates; first += BATCH) {
      const found = await findNegatives(path, { first, limit: BATCH, fate: null });
      const records = found.map(({ record }) => record);
      if (records.length === 0) return;
      const asked = records.map(({ queryId }) => queryId);
      const queries = await contentsOf(tx, queryIsItem ? 'Item' : 'Query', datasetId, asked);
      const items = await contentsOf(
        tx,
        'Item',
        datasetId,
        records.map(({ itemId }) => itemId),
      );
      const uses = new Map(
        (await marksOfPairs(tx, datasetId, queryIsItem, records)).map((mark) => [
          `${mark.queryId} ${mark.itemId}`,
          mark.use.toLowerCase(),
        ]),
      );
      yield records.flatMap(({ queryId, itemId, rank, score, positiveScore, fate }) => {
        const [query, item] = [queries.get(queryId), items.get(itemId)];
        if (query === undefined || item === undefined) return [];
        return {
          queryId: called(query, queryIsItem ? 'Item' : 'DatasetQuery'),
          query: query.content || null,
          itemId: called(item, 'Item'),
          negative: item.content || null,
          rank,
          score,
          positiveScore,
          fate,
          marked: uses.get(`${queryId} ${itemId}`) ?? null,
        };
      });
    }
  }
  return { version: `${revision}-${marks}`, name, columns: COLUMNS, bytes, rows };
}
