import DataLoader from 'dataloader';
import { QuartetError } from '../domain/errors.ts';
import type {
  AliasId,
  DatasetId,
  EncoderId,
  EvaluationId,
  ImportId,
  IndexId,
  ItemId,
  PromotionId,
  QueryId,
  RunId,
  UploadId,
} from '../domain/ids.ts';
import type { Services } from './services.ts';

/**
 * One set for each request: rows asked for in one tick are fetched by one statement, and a row asked for twice is fetched
 * once. Every loader of a row gives null for an id that nothing has.
 */
export function createLoaders(services: LoadedServices) {
  const { datasets, uploads, imports, runs, encoders, indexes, aliases, evaluations } = services;
  return {
    Dataset: rows((ids: readonly DatasetId[]) => datasets.getMany(ids)),
    Item: rows((ids: readonly ItemId[]) => datasets.getItems(ids)),
    DatasetQuery: rows((ids: readonly QueryId[]) => datasets.getQueries(ids)),
    Upload: rows((ids: readonly UploadId[]) => uploads.getMany(ids)),
    Import: rows((ids: readonly ImportId[]) => imports.getMany(ids)),
    TrainingRun: rows((ids: readonly RunId[]) => runs.getMany(ids)),
    Encoder: rows((ids: readonly EncoderId[]) => encoders.getMany(ids)),
    Evaluation: oneByOne((id: EvaluationId) => evaluations.get(id)),
    IndexVersion: rows((ids: readonly IndexId[]) => indexes.getMany(ids)),
    IndexAlias: rows((ids: readonly AliasId[]) => aliases.getMany(ids)),
    Promotion: rows((ids: readonly PromotionId[]) => aliases.getPromotions(ids)),
    encoderOfRun: rows(
      (ids: readonly RunId[]) => encoders.ofRuns(ids),
      ({ runId }) => runId,
    ),
    judgements: new DataLoader(async (ids: readonly QueryId[]) => {
      const byQuery = Map.groupBy(await datasets.judgements(ids), ({ queryId }) => queryId);
      return ids.map((id) => byQuery.get(id) ?? []);
    }),
  };
}
export type Loaders = ReturnType<typeof createLoaders>;
type LoadedServices = Pick<
  Services,
  'datasets' | 'uploads' | 'imports' | 'runs' | 'encoders' | 'indexes' | 'aliases' | 'evaluations'
>;

/** @param fetchRows gives the rows there are, in any order */
function rows<Id extends string | number, Row>(
  fetchRows: (ids: readonly Id[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Id | null = (row) => (row as { readonly id: Id }).id,
): DataLoader<Id, Row | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await fetchRows(ids)).map((row) => [keyOf(row), row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** For a noun that is asked for one at a time. */
function oneByOne<Id extends string, Row>(fetchRow: (id: Id) => Promise<Row>): DataLoader<Id, Row | null> {
  return new DataLoader((ids) =>
    Promise.all(
      ids.map((id) =>
        fetchRow(id).catch((error: unknown) => {
          if (error instanceof QuartetError && error.code === 'NOT_FOUND') return null;
          throw error;
        }),
      ),
    ),
  );
}
