import { assertReads } from '../domain/encoder-contents.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId } from '../domain/ids.ts';
import type { EncoderKind } from '../domain/training.ts';
import { isUuid } from '../platform/uuid.ts';
import type { VectorStorage } from '../search-index/graph.ts';
import { indexParameters } from '../search-index/parameters.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { findDatasets } from '../store/datasets.ts';
import type { EncoderRow } from '../store/encoders.ts';
import type { EncodersService } from './encoders.ts';
import { estimateIndex, type IndexEstimate } from './index-estimates.ts';
import { datasetNotFound, requireTarget } from './index-refusals.ts';
import { HEAVIEST_M } from './work/tune-graph.ts';

export interface BuildIndex {
  readonly datasetId: DatasetId;
  /** Default: the encoder trained last on the dataset. */
  readonly encoderId?: EncoderId | null | undefined;
  /** Default, minimum and maximum of these: `INDEX_BOUNDS`. */
  readonly m?: number | null | undefined;
  readonly efConstruction?: number | null | undefined;
  readonly efSearch?: number | null | undefined;
  /** Default float32. */
  readonly storage?: VectorStorage | null | undefined;
  /**
   * 0.5 to 1: m, efConstruction and efSearch are chosen by measurement, for the fastest search that finds so much of the true ten
   * nearest; they can't be given then.
   */
  readonly targetRecall?: number | null | undefined;
}

/** What is asked for, checked, with what was left to us. */
export interface PlannedIndex extends ReturnType<typeof indexParameters> {
  readonly datasetId: DatasetId;
  readonly encoder: EncoderRow;
  /** Items. */
  readonly count: number;
  readonly targetRecall: number | null;
}

export interface PlansDeps {
  readonly db: Database;
  readonly artifacts: Pick<ArtifactStore, 'freeBytes'>;
  readonly encoders: EncodersService;
}

/** Says what building an index would come to. */
export class IndexPlans {
  readonly #deps: PlansDeps;
  readonly #memoryBytes: number;

  constructor({ db, artifacts, encoders }: PlansDeps, memoryBytes: number) {
    this.#deps = { db, artifacts, encoders };
    this.#memoryBytes = memoryBytes;
  }

  /** @throws QuartetError BAD_INPUT naming the bound, NOT_FOUND for dataset or encoder, NOT_READY without items or encoder */
  async plan({ datasetId, encoderId, targetRecall = null, ...asked }: BuildIndex): Promise<PlannedIndex> {
    const { db, encoders } = this.#deps;
    const parameters = indexParameters(asked);
    requireTarget(targetRecall, asked);
    const [dataset] = isUuid(datasetId) ? await findDatasets(db.pool, [datasetId]) : [];
    if (dataset === undefined) throw datasetNotFound(datasetId);
    const count = dataset.itemCount;
    const encoder = await encoders.choose(datasetId, encoderId);
    assertReads(encoder.kind as EncoderKind, dataset.kind, ['input', 'encoderId']);
    if (count === 0) {
      throw new QuartetError('NOT_READY', `dataset ${datasetId} has no items to index yet; import some first`, {
        field: ['input', 'datasetId'],
      });
    }
    return { ...parameters, datasetId, encoder, count, targetRecall };
  }

  /** What it will take, and whether it fits. */
  async estimate({ count, encoder, m, storage, targetRecall }: PlannedIndex): Promise<IndexEstimate> {
    const disk = await this.#deps.artifacts.freeBytes();
    // Which m a recall takes is not known before it is measured: room there has to be for the most.
    const shape = { count, dimensions: encoder.dimensions, m: targetRecall === null ? m : HEAVIEST_M, storage };
    return estimateIndex(shape, { memory: this.#memoryBytes, disk });
  }
}
