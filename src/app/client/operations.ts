import type { DatasetKind } from '../../domain/contents.ts';
import type { QualityMetric, RetrievalMetrics, RunStatus, Verdict } from '../../domain/training.ts';

/*
 * The documents that the CLI sends, each with the type of its answer. A test validates all of them against schema.graphql.
 */

export interface JobFields {
  readonly id: string;
  readonly status: RunStatus;
  readonly error: { readonly code: string; readonly message: string } | null;
}
export const JOB = 'id status error { code message }';

/** Metrics as the API sends them. */
export type FollowedMetrics = Omit<RetrievalMetrics, 'recallAt'> &
  Readonly<Record<Extract<QualityMetric, `recallAt${number}`>, number>>;

const RECALLS = [1, 5, 10, 50, 100].map((k) => `recallAt${k}: recallAt(k: ${k})`).join(' ');
export const METRICS = `queries corpus accuracyAt1 ${RECALLS} mrrAt10 ndcgAt10 mapAt100 knnAccuracy`;

export interface DatasetFields {
  readonly id: string;
  readonly name: string;
  readonly kind: DatasetKind;
  readonly revision: number;
  readonly itemCount: number;
  readonly queryCount: number;
  readonly relevanceCount: number;
}
const DATASET_FIELDS = 'id name kind revision itemCount queryCount relevanceCount';
export const DATASET = `query Dataset($name: String!) { dataset(name: $name) { ${DATASET_FIELDS} } }`;
export const DATASET_NAMES = 'query DatasetNames { datasets(first: 100) { nodes { name } pageInfo { hasNextPage } } }';
export const CREATE_DATASET = `mutation CreateDataset($input: CreateDatasetInput!) {
  createDataset(input: $input) { dataset { ${DATASET_FIELDS} } userErrors { field message code } }
}`;
export const DELETE_DATASET = `mutation DeleteDataset($input: DeleteDatasetInput!) {
  deleteDataset(input: $input) { deletedDatasetId userErrors { field message code } }
}`;

export interface UploadFields {
  readonly id: string;
  /** Null once all bytes have come. */
  readonly url: string | null;
  readonly expiresAt: string;
}
export const CREATE_UPLOAD = `mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) { upload { id url expiresAt } userErrors { field message code } }
}`;

export interface ImportFields extends JobFields {
  readonly rowsRead: number;
  readonly rowsSkipped: number;
  readonly itemsAdded: number;
  readonly itemsUpdated: number;
  readonly queriesAdded: number;
  readonly relevanceAdded: number;
  readonly reportUrl: string | null;
}
const IMPORT_FIELDS = `${JOB} rowsRead rowsSkipped itemsAdded itemsUpdated queriesAdded relevanceAdded reportUrl`;
export const IMPORT_DATASET = `mutation ImportDataset($input: ImportDatasetInput!) {
  importDataset(input: $input) { import { ${IMPORT_FIELDS} } userErrors { field message code } }
}`;
export const IMPORT = `query Import($id: ID!) { import(id: $id) { ${IMPORT_FIELDS} } }`;
export const CANCEL_IMPORT = `mutation CancelImport($input: CancelImportInput!) {
  cancelImport(input: $input) { import { ${IMPORT_FIELDS} } userErrors { field message code } }
}`;

export interface EncoderFields {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly dimensions: number;
}
const ENCODER_FIELDS = 'id name version dimensions';
export const ENCODERS = `query Encoders($after: String) {
  encoders(first: 100, after: $after) { nodes { ${ENCODER_FIELDS} } pageInfo { hasNextPage endCursor } }
}`;
export const TRAINED_ENCODER = `query TrainedEncoder($datasetId: ID!) {
  runs(datasetId: $datasetId, status: SUCCEEDED, first: 1) { nodes { encoder { ${ENCODER_FIELDS} } } }
}`;

/** The verdict as the API sends it: `BETTER`, by `NDCG_AT_10`. */
export type FollowedVerdict = Omit<Verdict, 'outcome' | 'metric'> & {
  readonly outcome: 'BETTER' | 'SAME' | 'WORSE';
  readonly metric: string;
};
const VERDICT = 'outcome metric baseline best difference low high queries';

export interface RunFields extends JobFields {
  readonly step: number;
  readonly totalSteps: number | null;
  readonly backend: string | null;
  /** What it is judged by, as the API names it: `NDCG_AT_10`. */
  readonly config: { readonly metric: string };
  readonly baseline: FollowedMetrics | null;
  readonly best: FollowedMetrics | null;
  readonly verdict: FollowedVerdict | null;
  readonly encoder: EncoderFields | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}
const RUN_FIELDS = `${JOB} step totalSteps backend config { metric } baseline { ${METRICS} } best { ${METRICS} } verdict { ${VERDICT} } encoder { ${ENCODER_FIELDS} } startedAt finishedAt`;
export const START_TRAINING = `mutation StartTraining($input: StartTrainingInput!) {
  startTraining(input: $input) { run { ${RUN_FIELDS} } userErrors { field message code } }
}`;
export const RUN = `query Run($id: ID!) { run(id: $id) { ${RUN_FIELDS} } }`;
export const PAUSE_RUN = `mutation PauseRun($input: PauseRunInput!) {
  pauseRun(input: $input) { run { ${RUN_FIELDS} } userErrors { field message code } }
}`;
export const RESUME_RUN = `mutation ResumeRun($input: ResumeRunInput!) {
  resumeRun(input: $input) { run { ${RUN_FIELDS} } userErrors { field message code } }
}`;
export const CANCEL_RUN = `mutation CancelRun($input: CancelRunInput!) {
  cancelRun(input: $input) { run { ${RUN_FIELDS} } userErrors { field message code } }
}`;

export interface ComparedRunFields {
  readonly run: RunFields;
  readonly curve: readonly { readonly step: number; readonly loss: number | null; readonly quality: number }[];
  readonly seconds: number | null;
  readonly pairsPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
  readonly negativesPerQuery: number;
  readonly encodings: number;
}
export const COMPARE_RUNS = `query CompareRuns($ids: [ID!]!) {
  compareRuns(ids: $ids) {
    runs {
      run { ${RUN_FIELDS} } curve { step loss quality }
      seconds pairsPerSecond peakMemoryBytes negativesPerQuery encodings
    }
  }
}`;

export interface IndexFields extends JobFields {
  readonly count: number;
  readonly built: number;
  readonly bytes: number | null;
  readonly tuning: {
    readonly targetRecall: number;
    readonly reached: boolean;
    readonly trials: readonly {
      readonly m: number;
      readonly efConstruction: number;
      readonly efSearch: number;
      readonly count: number;
      readonly recallAt10: number;
      readonly searchMs: number;
    }[];
  } | null;
  readonly encoder: EncoderFields;
}
const INDEX_FIELDS = `${JOB} count built bytes
  tuning { targetRecall reached trials { m efConstruction efSearch count recallAt10 searchMs } } encoder { ${ENCODER_FIELDS} }`;
export const BUILD_INDEX = `mutation BuildIndex($input: BuildIndexInput!) {
  buildIndex(input: $input) { index { ${INDEX_FIELDS} } userErrors { field message code } }
}`;
export interface RetiredFields {
  readonly deletedIndexIds: readonly string[];
  readonly freedBytes: number;
}
export const RETIRE_INDEXES = `mutation RetireIndexes($input: RetireIndexesInput!) {
  retireIndexes(input: $input) { deletedIndexIds freedBytes userErrors { field message code } }
}`;
export const INDEX = `query Index($id: ID!) { index(id: $id) { ${INDEX_FIELDS} } }`;

export const SET_RETENTION = `mutation SetRetention($input: SetRetentionInput!) {
  setRetention(input: $input) { dataset { id name retention { keepVersions keepDays } } userErrors { field message code } }
}`;
export const CANCEL_INDEX = `mutation CancelIndex($input: CancelIndexInput!) {
  cancelIndex(input: $input) { index { ${INDEX_FIELDS} } userErrors { field message code } }
}`;

export interface MapFields extends JobFields {
  readonly method: string;
  readonly progress: number;
  readonly count: number;
  readonly items: number | null;
  readonly explainedVariance: readonly [number, number] | null;
  readonly trustworthiness: number | null;
}
const MAP_FIELDS = `${JOB} method progress count items explainedVariance trustworthiness`;
export const MAP_INDEX = `mutation MapIndex($input: MapIndexInput!) {
  mapIndex(input: $input) { map { ${MAP_FIELDS} } userErrors { field message code } }
}`;
export const CANCEL_MAP = `mutation CancelMap($input: CancelMapInput!) {
  cancelMap(input: $input) { map { ${MAP_FIELDS} } userErrors { field message code } }
}`;
export const MAP = `query Map($id: ID!) { embeddingMap(id: $id) { ${MAP_FIELDS} } }`;
export interface MapPointsPage {
  readonly embeddingMap: {
    readonly points: {
      readonly nodes: readonly {
        readonly itemId: string;
        readonly x: number;
        readonly y: number;
        readonly label: string | null;
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}
export const MAP_POINTS = `query MapPoints($id: ID!, $after: String) {
  embeddingMap(id: $id) { points(first: 5000, after: $after) { nodes { itemId x y label } pageInfo { hasNextPage endCursor } } }
}`;

export interface NegativeSetFields extends JobFields {
  readonly source: string;
  readonly queriesDone: number;
  readonly queriesTotal: number | null;
  readonly candidates: number;
  readonly report: {
    readonly queries: number;
    readonly queriesWithoutPositives: number;
    readonly queriesWithTooFew: number;
    readonly queriesWithNone: number;
    readonly fates: readonly { readonly fate: string; readonly count: number }[];
    readonly positiveScores: ScoreQuantileFields | null;
    readonly negativeScores: ScoreQuantileFields | null;
    readonly differences: ScoreQuantileFields | null;
    readonly meanRank: number | null;
    readonly falseNegatives: { readonly tested: number; readonly passed: number; readonly rate: number } | null;
  } | null;
}
export interface ScoreQuantileFields {
  readonly q05: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly q95: number;
}
const QUANTILES = '{ q05 q25 median q75 q95 }';
const NEGATIVE_SET_FIELDS = `${JOB} source queriesDone queriesTotal candidates report {
  queries queriesWithoutPositives queriesWithTooFew queriesWithNone fates { fate count } positiveScores ${QUANTILES}
  negativeScores ${QUANTILES} differences ${QUANTILES} meanRank falseNegatives { tested passed rate }
}`;
export const MINE_HARD_NEGATIVES = `mutation MineHardNegatives($input: MineHardNegativesInput!) {
  mineHardNegatives(input: $input) { set { ${NEGATIVE_SET_FIELDS} } userErrors { field message code } }
}`;
export const HARD_NEGATIVE_SET = `query HardNegativeSet($id: ID!) { hardNegativeSet(id: $id) { ${NEGATIVE_SET_FIELDS} } }`;
export const CANCEL_MINING = `mutation CancelMining($input: CancelMiningInput!) {
  cancelMining(input: $input) { set { ${NEGATIVE_SET_FIELDS} } userErrors { field message code } }
}`;

export interface RefinementFields extends JobFields {
  readonly asynchronous: boolean;
  readonly rounds: readonly {
    readonly round: number;
    readonly hardNegativeSet: { readonly id: string } | null;
    readonly run: {
      readonly id: string;
      readonly best: FollowedMetrics | null;
      readonly refreshes: readonly { readonly hardNegativeSet: { readonly id: string } | null }[];
    } | null;
    readonly encoder: EncoderFields | null;
    readonly verdict: FollowedVerdict | null;
    readonly taken: boolean | null;
  }[];
  readonly encoder: EncoderFields | null;
  readonly index: { readonly id: string } | null;
}
const REFINEMENT_FIELDS = `${JOB} asynchronous encoder { ${ENCODER_FIELDS} } index { id } rounds {
  round minedWith { id } hardNegativeSet { id } run { id best { ${METRICS} } refreshes { minedAt takenAt hardNegativeSet { id } } } encoder { ${ENCODER_FIELDS} } verdict { ${VERDICT} } taken
}`;
export const START_REFINEMENT = `mutation StartRefinement($input: StartRefinementInput!) {
  startRefinement(input: $input) { refinement { ${REFINEMENT_FIELDS} } userErrors { field message code } }
}`;
export const CANCEL_REFINEMENT = `mutation CancelRefinement($input: CancelRefinementInput!) {
  cancelRefinement(input: $input) { refinement { ${REFINEMENT_FIELDS} } userErrors { field message code } }
}`;
export const REFINEMENT = `query Refinement($id: ID!) { refinement(id: $id) { ${REFINEMENT_FIELDS} } }`;

export interface PromotionFields extends JobFields {
  readonly alias: { readonly id: string; readonly name: string };
  readonly basis: string;
  readonly moved: boolean | null;
  readonly verdict: FollowedVerdict | null;
}
const PROMOTION_FIELDS = `${JOB} alias { id name } basis moved verdict { ${VERDICT} }`;
export const PROMOTE_INDEX = `mutation PromoteIndex($input: PromoteIndexInput!) {
  promoteIndex(input: $input) { promotion { ${PROMOTION_FIELDS} } userErrors { field message code } }
}`;
export const PROMOTION = `query Promotion($id: ID!) { promotion(id: $id) { ${PROMOTION_FIELDS} } }`;
export const ROLLBACK_ALIAS = `mutation RollbackAlias($input: RollbackAliasInput!) {
  rollbackAlias(input: $input) { promotion { ${PROMOTION_FIELDS} index { id } } userErrors { field message code } }
}`;
export const ALIASES = `query Aliases($name: String!) {
  dataset(name: $name) { aliases(first: 100) { nodes { id name current { id } } } }
}`;
export const NEWEST_INDEX = `query NewestIndex($name: String!) {
  dataset(name: $name) { indexes(status: SUCCEEDED, first: 1) { nodes { id } } }
}`;

export interface EvaluationFields extends JobFields {
  readonly split: string;
  readonly metrics: FollowedMetrics | null;
}
const EVALUATION_FIELDS = `${JOB} split metrics { ${METRICS} }`;
export const EVALUATE = `mutation Evaluate($input: EvaluateInput!) {
  evaluate(input: $input) { evaluation { ${EVALUATION_FIELDS} } userErrors { field message code } }
}`;
export const CANCEL_EVALUATION = `mutation CancelEvaluation($input: CancelEvaluationInput!) {
  cancelEvaluation(input: $input) { evaluation { ${EVALUATION_FIELDS} } userErrors { field message code } }
}`;
export const EVALUATION = `query Evaluation($id: ID!) { evaluation(id: $id) { ${EVALUATION_FIELDS} } }`;

export interface SearchFields {
  readonly hits: readonly {
    readonly rank: number;
    readonly score: number;
    readonly item: {
      readonly id: string;
      readonly externalId: string | null;
      readonly text: string;
      readonly label: string | null;
      readonly metadata: Readonly<Record<string, unknown>>;
    };
  }[];
  readonly strategy: string;
  readonly matched: number;
  readonly candidates: number;
  readonly exhausted: boolean;
  readonly tookMs: number;
}
export const SEARCH = `query Search($input: SearchInput!) {
  search(input: $input) {
    hits { rank score item { id externalId text label metadata } group } strategy candidates matched exhausted pending cursor tookMs
  }
}`;
export interface ComparisonFields {
  readonly overlap: number;
  readonly items: readonly {
    readonly firstRank: number | null;
    readonly secondRank: number | null;
    readonly item: { readonly text: string };
  }[];
}
export const COMPARE_SEARCH = `query CompareSearch($input: CompareSearchInput!) {
  compareSearch(input: $input) { overlap items { firstRank secondRank item { id externalId text label } } }
}`;

export interface ApiKeyFields {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}
const API_KEY_FIELDS = 'id namespace name prefix scopes createdAt expiresAt lastUsedAt revokedAt';
export const API_KEYS = `query ApiKeys($namespace: String, $after: String) {
  apiKeys(namespace: $namespace, first: 100, after: $after) { nodes { ${API_KEY_FIELDS} } pageInfo { hasNextPage endCursor } }
}`;
export const CREATE_API_KEY = `mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { apiKey { ${API_KEY_FIELDS} } secret userErrors { field message code } }
}`;
export const REVOKE_API_KEY = `mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) { apiKey { ${API_KEY_FIELDS} } userErrors { field message code } }
}`;

export const EXPORT_DATASET = `query ExportDataset($name: String!, $content: ExportContent!, $format: ExportFormat!) {
  dataset(name: $name) { exportUrl(content: $content, format: $format) }
}`;
export const EXPORT_NEGATIVES = `query ExportNegatives($id: ID!, $format: ExportFormat!) {
  hardNegativeSet(id: $id) { status exportUrl(format: $format) }
}`;
export const EXPORT_EMBEDDINGS = `query ExportEmbeddings($id: ID!, $format: ExportFormat!) {
  index(id: $id) { status exportUrl(format: $format) }
}`;
export const NEGATIVE_SETS = `query NegativeSets($name: String!) {
  dataset(name: $name) { hardNegativeSets(first: 100) { nodes { id status } } }
}`;
export const BUILT_INDEXES = `query BuiltIndexes($name: String!) {
  dataset(name: $name) { indexes(status: SUCCEEDED, first: 100) { nodes { id encoder { id } } } }
}`;

export const SERVER = 'query Server { server { version startedAt databaseReachable runsJobs } }';
