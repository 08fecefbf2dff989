import { assertReads } from '../domain/encoder-contents.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId, EvaluationId } from '../domain/ids.ts';
import type { EncoderKind, Split } from '../domain/training.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import {
  type EvaluationFilter,
  type EvaluationRow,
  evaluability,
  findEvaluation,
  findEvaluations,
  insertEvaluation,
  listEvaluations,
} from '../store/evaluations.ts';
import type { EncodersService } from './encoders.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { cancelJob } from './job-cancellation.ts';
import { type PageOf, readPage } from './pages.ts';

export type { EvaluationFilter, EvaluationRow };

export interface EvaluationsDeps {
  readonly db: Database;
  readonly encoders: EncodersService;
  readonly enqueue: Enqueue;
}

export interface Evaluate {
  readonly datasetId: DatasetId;
  /** Default: the encoder trained last on the dataset. */
  readonly encoderId?: EncoderId | null | undefined;
  readonly split: Split;
}

/** Evaluations as their callers see them. How one is made is in `evaluation-executions.ts`. */
export class EvaluationsService {
  readonly #deps: EvaluationsDeps;

  constructor(deps: EvaluationsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Queues a measurement of an encoder against a dataset's judgements, or by labels where it has no judgement at all.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError NOT_FOUND for dataset or encoder, NOT_READY when no query of the split has a relevant item and
   *   no item a label; BAD_INPUT for an encoder that does not read what the dataset holds
   */
  async evaluate({ datasetId, encoderId, split }: Evaluate, within?: Statements): Promise<EvaluationRow> {
    const { db, encoders, enqueue } = this.#deps;
    const { kind, hasJudgements, hasLabels } = isUuid(datasetId)
      ? await evaluability(db.pool, datasetId, split)
      : { kind: null, hasJudgements: false, hasLabels: false };
    const field = ['input', 'datasetId'];
    if (kind === null) {
      throw new QuartetError(
        'NOT_FOUND',
        `there is no dataset ${datasetId}; list the datasets to see which there are`,
        { field },
      );
    }
    const encoder = await encoders.choose(datasetId, encoderId);
    assertReads(encoder.kind as EncoderKind, kind, ['input', 'encoderId']);
    if (!hasJudgements && !hasLabels) {
      const remedy = 'import pairs into it with this split, name another one, or import labels';
      throw new QuartetError(
        'NOT_READY',
        `dataset ${datasetId} has no ${split} query with a relevant item, and no item with a label; ${remedy}`,
        { field },
      );
    }
    const write = async (tx: Statements) => {
      const id = newUuid() as EvaluationId;
      const evaluation = await insertEvaluation(tx, { id, datasetId, encoderId: encoder.id, split });
      await enqueue('evaluate', id, tx);
      return evaluation;
    };
    return within === undefined ? await db.transaction(write) : await write(within);
  }

  /** Ends an evaluation that is not finished. Once more changes nothing. @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise */
  async cancel(id: EvaluationId): Promise<void> {
    await cancelJob(this.#deps.db, 'Evaluation', id, { called: `evaluation ${id}`, field: ['input', 'evaluationId'] });
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: EvaluationId): Promise<EvaluationRow> {
    const row = isUuid(id) ? await findEvaluation(this.#deps.db.pool, id) : null;
    if (row !== null) return row;
    throw new QuartetError('NOT_FOUND', `there is no evaluation ${id}; list the evaluations to see which there are`, {
      field: ['id'],
    });
  }

  /** Many at once, in no order; ids that are not there are left out. */
  getMany(ids: readonly EvaluationId[]): Promise<EvaluationRow[]> {
    return findEvaluations(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** Newest first. */
  async list(
    filter: EvaluationFilter,
    page: PageOf<EvaluationId>,
  ): Promise<{ evaluations: readonly EvaluationRow[]; hasNextPage: boolean }> {
    const { rows, hasNextPage } = await readPage(page, (of) => listEvaluations(this.#deps.db.pool, filter, of));
    return { evaluations: rows, hasNextPage };
  }
}
