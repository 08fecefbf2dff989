import type { MiningReport } from '../domain/mining.ts';
import type { RefinementRound } from '../domain/refinement.ts';
import type {
  EncoderSpec,
  OptimizerSpec,
  ParadigmSpec,
  RetrievalMetrics,
  RunEventBody,
  TrainingConfig,
  Verdict,
} from '../domain/training.ts';
import type { AliasRow, PromotionRow } from '../services/aliases.ts';
import type { DatasetRow, ItemRow, JudgementRow, QueryRow } from '../services/datasets.ts';
import type { MapPoint, MapRow } from '../services/embedding-maps.ts';
import type { EncoderRow } from '../services/encoders.ts';
import type { EvaluationRow } from '../services/evaluations.ts';
import type { HardNegative, NegativeSetRow } from '../services/hard-negatives.ts';
import type { ImportRow } from '../services/imports.ts';
import type { RecallMeasurement } from '../services/index-recall.ts';
import type { IndexDistance, IndexEstimate, IndexRebuildRow, IndexRow } from '../services/indexes.ts';
import type { ApiKeyRow } from '../services/keys.ts';
import type { RefinementRow } from '../services/refinements.ts';
import type { NegativeRefresh } from '../services/refreshes-of-runs.ts';
import type { ComparedRun, Run, RunEvent } from '../services/runs.ts';
import type { MonitoredRecall, SearchHit, SearchResult } from '../services/search.ts';
import type { SearchBatch } from '../services/search-batches.ts';
import type { ComparedHit, SearchComparison } from '../services/search-comparisons.ts';
import type { UploadRow } from '../services/uploads.ts';

/*
 * What the resolvers of each type of schema.graphql get as their parent: records of the services as they are. Named
 * `<Type>Model` for scripts/codegen.mjs.
 */
type EventOf<Kind extends RunEventBody['kind']> = RunEvent & { readonly body: Extract<RunEventBody, { kind: Kind }> };

export type DatasetModel = DatasetRow;
export type ItemModel = ItemRow;
export type DatasetQueryModel = QueryRow;
export type JudgementModel = JudgementRow;
export type UploadModel = UploadRow;
export type ImportModel = ImportRow;

export type TrainingRunModel = Run;
export type ComparedRunModel = ComparedRun;
export type TrainingConfigModel = TrainingConfig;
export type EncoderConfigModel = EncoderSpec;
export type TextStaticConfigModel = Extract<EncoderSpec, { kind: 'text-static' }>;
export type VectorMlpConfigModel = Extract<EncoderSpec, { kind: 'vector-mlp' }>;
export type ImageConvConfigModel = Extract<EncoderSpec, { kind: 'image-conv' }>;
export type ParadigmConfigModel = ParadigmSpec;
export type InBatchNegativesConfigModel = Extract<ParadigmSpec, { name: 'in-batch-negatives' }>;
export type EndToEndConfigModel = Extract<ParadigmSpec, { name: 'end-to-end' }>;
export type MemoryBankConfigModel = Extract<ParadigmSpec, { name: 'memory-bank' }>;
export type MomentumEncoderConfigModel = Extract<ParadigmSpec, { name: 'momentum-encoder' }>;
export type OptimizerConfigModel = OptimizerSpec;
export type AdamWConfigModel = Extract<OptimizerSpec, { name: 'adamw' }>;
export type SgdConfigModel = Extract<OptimizerSpec, { name: 'sgd' }>;
export type RetrievalMetricsModel = RetrievalMetrics;
export type RunEventModel = RunEvent;
export type RunStatusEventModel = EventOf<'status'>;
export type RunStepEventModel = EventOf<'step'>;
export type RunEvaluationEventModel = EventOf<'evaluation'>;
export type RunCheckpointEventModel = EventOf<'checkpoint'>;
export type RunLogEventModel = EventOf<'log'>;
export type RunDiagnosticsEventModel = EventOf<'diagnostics'>;
export type RunVerdictEventModel = EventOf<'verdict'>;
export type VerdictModel = Verdict;

export type ApiKeyModel = ApiKeyRow;

export type EncoderModel = EncoderRow;
/** Rows of all vectors, one after another. */
export interface EmbedResultModel {
  readonly encoder: EncoderRow;
  readonly vectors: Float32Array;
  readonly dimensions: number;
}
export type EvaluationModel = EvaluationRow;
export type IndexVersionModel = IndexRow;
export type EmbeddingMapModel = MapRow;
export type MapPointModel = MapPoint;
export type HardNegativeSetModel = NegativeSetRow;
export type HardNegativeModel = HardNegative;
export type MiningReportModel = MiningReport;
export type NegativeRefreshModel = NegativeRefresh;
export type RefinementModel = RefinementRow;
export type RefinementRoundModel = RefinementRound;
export type IndexAliasModel = AliasRow;
export type PromotionModel = PromotionRow;
export type IndexLiveStateModel = IndexDistance & {
  readonly recall: MonitoredRecall | null;
  readonly rebuild: IndexRebuildRow | null;
  /** Entries of the files. */
  readonly count: number;
};
export type IndexEstimateModel = IndexEstimate;
export type IndexRebuildModel = IndexRebuildRow;
export type SearchResultModel = SearchResult;
export type RecallMeasurementModel = RecallMeasurement;
export type SearchHitModel = SearchHit;
export type HitExplanationModel = SearchHit;
export type SearchBatchResultModel = SearchBatch;
export type SearchComparisonModel = SearchComparison;
export type ComparedHitModel = ComparedHit;
