import type { AliasesService } from '../services/aliases.ts';
import type { DatasetsService } from '../services/datasets.ts';
import type { EmbeddingMapsService } from '../services/embedding-maps.ts';
import type { EncodersService } from '../services/encoders.ts';
import type { EvaluationsService } from '../services/evaluations.ts';
import type { ExportsService } from '../services/exports.ts';
import type { HardNegativesService } from '../services/hard-negatives.ts';
import type { IdempotencyService } from '../services/idempotency.ts';
import type { ImportsService } from '../services/imports.ts';
import type { IndexRetentionService } from '../services/index-retention.ts';
import type { IndexesService } from '../services/indexes.ts';
import type { ItemsService } from '../services/items.ts';
import type { KeysService } from '../services/keys.ts';
import type { OwnershipService } from '../services/ownership.ts';
import type { RefinementsService } from '../services/refinements.ts';
import type { RunsService } from '../services/runs.ts';
import type { SearchService } from '../services/search.ts';
import type { SpendingService } from '../services/spending.ts';
import type { UploadsService } from '../services/uploads.ts';

/** What the program is and how it is, for `server` and /livez. */
export interface ServerState {
  readonly version: string;
  /** A new one for each process. */
  readonly instance: string;
  readonly startedAt: Date;
  readonly runsJobs: boolean;
  databaseReachable(): Promise<boolean>;
}

/** Everything the API is made of; wired in src/app. */
export interface Services {
  readonly datasets: DatasetsService;
  readonly uploads: UploadsService;
  readonly exports: ExportsService;
  readonly imports: ImportsService;
  readonly items: ItemsService;
  readonly runs: RunsService;
  readonly encoders: EncodersService;
  readonly indexes: IndexesService;
  readonly retention: IndexRetentionService;
  readonly maps: EmbeddingMapsService;
  readonly aliases: AliasesService;
  readonly negatives: HardNegativesService;
  readonly refinements: RefinementsService;
  readonly evaluations: EvaluationsService;
  readonly search: SearchService;
  readonly spending: SpendingService;
  readonly idempotency: IdempotencyService;
  readonly keys: KeysService;
  readonly ownership: OwnershipService;
  readonly server: ServerState;
}
