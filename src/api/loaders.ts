import DataLoader from 'dataloader';
import type {
  AliasId,
  ApiKeyId,
  DatasetId,
  EncoderId,
  EvaluationId,
  ImportId,
  IndexId,
  ItemId,
  MapId,
  NegativeSetId,
  PromotionId,
  QueryId,
  RefinementId,
  RunId,
  UploadId,
} from '../domain/ids.ts';
import { isOperator, type Principal } from '../domain/principal.ts';

import type { NodeType } from './global-ids.ts';
import type { Services } from './services.ts';

/**
 * One set for each request: rows asked for in one tick are fetched by one statement, and a row asked for twice is fetched
 * once. Every loader of a row gives null for an id that nothing has, or something of another namespace.
 */
export function createLoaders(services: LoadedServices, asker: Principal) {
  const {
    datasets,
    uploads,
    imports,
    runs,
    encoders,
    indexes,
    maps,
    aliases,
    negatives,
    refinements,
    evaluations,
    keys,
    ownership,
  } = services;
  const owned = <Id extends string | number, Row>(
    type: NodeType,
    fetchRows: (ids: readonly Id[]) => Promise<readonly Row[]>,
  ) =>
    rows(async (ids: readonly Id[]) => {
      const known = await ownership.ownedBy(asker.namespace, type, ids.map(String));
      const mine = ids.filter((id) => known.has(String(id)));
      return mine.length === 0 ? [] : fetchRows(mine);
    });
  return {
    Dataset: owned('Dataset', (ids: readonly DatasetId[]) => datasets.getMany(ids)),
    Item: owned('Item', (ids: readonly ItemId[]) => datasets.getItems(ids)),
    DatasetQuery: owned('DatasetQuery', (ids: readonly QueryId[]) => datasets.getQueries(ids)),
    Upload: owned('Upload', (ids: readonly UploadId[]) => uploads.getMany(ids)),
    Import: owned('Import', (ids: readonly ImportId[]) => imports.getMany(ids)),
    TrainingRun: owned('TrainingRun', (ids: readonly RunId[]) => runs.getMany(ids)),
    Encoder: owned('Encoder', (ids: readonly EncoderId[]) => encoders.getMany(ids)),
    Evaluation: owned('Evaluation', (ids: readonly EvaluationId[]) => evaluations.getMany(ids)),
    IndexVersion: owned('IndexVersion', (ids: readonly IndexId[]) => indexes.getMany(ids)),
    EmbeddingMap: owned('EmbeddingMap', (ids: readonly MapId[]) => maps.getMany(ids)),
    IndexAlias: owned('IndexAlias', (ids: readonly AliasId[]) => aliases.getMany(ids)),
    HardNegativeSet: owned('HardNegativeSet', (ids: readonly NegativeSetId[]) => negatives.getMany(ids)),
    Refinement: owned('Refinement', (ids: readonly RefinementId[]) => refinements.getMany(ids)),
    Promotion: owned('Promotion', (ids: readonly PromotionId[]) => aliases.getPromotions(ids)),
    ApiKey: rows(async (ids: readonly ApiKeyId[]) => {
      const found = asker.scopes.has('ADMIN') ? await keys.getMany(ids) : [];
      return found.filter(({ namespace }) => isOperator(asker) || namespace === asker.namespace);
    }),
    encoderOfRun: rows(
      (ids: readonly RunId[]) => encoders.ofRuns(ids),
      ({ runId }) => runId,
    ),
    roundOfRun: rows(
      (ids: readonly RunId[]) => refinements.roundsOf(ids),
      ({ runId }) => runId,
    ),
    refreshesOfRun: new DataLoader(async (ids: readonly RunId[]) => {
      const byRun = Map.groupBy(await runs.refreshes(ids), ({ runId }) => runId);
      return ids.map((id) => byRun.get(id) ?? []);
    }),
    judgements: new DataLoader(async (ids: readonly QueryId[]) => {
      const byQuery = Map.groupBy(await datasets.judgements(ids), ({ queryId }) => queryId);
      return ids.map((id) => byQuery.get(id) ?? []);
    }),
  };
}
export type Loaders = ReturnType<typeof createLoaders>;
type LoadedServices = Pick<
  Services,
  | 'datasets'
  | 'uploads'
  | 'imports'
  | 'runs'
  | 'encoders'
  | 'indexes'
  | 'maps'
  | 'aliases'
  | 'negatives'
  | 'refinements'
  | 'evaluations'
  | 'keys'
  | 'ownership'
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
