import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, RefinementId, RunId } from '../domain/ids.ts';
import { REFINEMENT_ROUNDS, type RefinementRound } from '../domain/refinement.ts';
import { type MiningInput, resolveMining, windowOf } from '../mining/settings.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { dropParts } from '../store/hard-negatives.ts';
import { itemCountOf } from '../store/indexes.ts';
import { cancelRow } from '../store/job-rows.ts';
import {
  findRefinements,
  insertRefinement,
  listRefinements,
  type RefinementRow,
  refinementsOfRuns,
} from '../store/refinements.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../training/defaults.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { cancelJob } from './job-cancellation.ts';
import { type PageOf, readPage } from './pages.ts';
import { unusedBecause } from './run-negatives.ts';
import { assertTrainable, cancelUnfinishedRun } from './runs.ts';

export type { RefinementRow };

export interface StartRefinement {
  readonly datasetId: DatasetId;
  readonly config?: TrainingConfigInput | undefined;
  readonly mining?: MiningInput | undefined;
  readonly rounds?: number | null | undefined;
  /** Train once, and mine on the way instead of between trainings. Default false. */
  readonly asynchronous?: boolean | null | undefined;
}

/** A refinement, and the round of it that a run trains. */
export interface RoundOfRun {
  readonly runId: RunId;
  readonly refinement: RefinementRow;
  readonly round: RefinementRound;
}

/** Refinements as their callers see them. How one goes on is in `refinement-executions.ts`. */
export class RefinementsService {
  readonly #deps: { readonly db: Database; readonly enqueue: Enqueue };

  constructor(deps: { readonly db: Database; readonly enqueue: Enqueue }) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Queues a refinement: train, then for each round index, mine, train again with what was mined, and compare. Or, asynchronous: train
   * once, mining on the way.
   * @param within the caller's transaction
   * @throws QuartetError BAD_INPUT naming the bound, the window that can't be filled, or a loss that takes no given negatives;
   * NOT_FOUND; NOT_READY without a pair to train on
   */
  async start(input: StartRefinement, within?: Statements): Promise<RefinementId> {
    const { db, enqueue } = this.#deps;
    const { datasetId } = input;
    const rounds = requireRounds(input.rounds);
    const mining = resolveMining(input.mining);
    const asynchronous = input.asynchronous ?? false;
    const refresh = asynchronous ? { times: rounds, mining } : null;
    const config = resolveTrainingConfig({ ...input.config, refresh }, ['config']);
    if (config.paradigm.name === 'memory-bank' && config.paradigm.loss === 'full-softmax') {
      throw new QuartetError(
        'BAD_INPUT',
        'full-softmax looks at every item, so mined negatives would add nothing; take nce or sampled-info-nce',
        { field: ['config', 'paradigm', 'loss'] },
      );
    }
    if (config.positives === 'augmentation') {
      throw new QuartetError(
        'BAD_INPUT',
        'two views of an item have no queries to mine for; take positives by relevance or label',
        {
          field: ['config', 'positives'],
        },
      );
    }
    if (config.hardNegativeSetId !== null) {
      throw new QuartetError('BAD_INPUT', 'a refinement mines its own negatives; leave hardNegativeSetId out', {
        field: ['config', 'hardNegativeSetId'],
      });
    }
    const unused = asynchronous ? unusedBecause(config.paradigm) : null;
    if (unused !== null) {
      throw new QuartetError('BAD_INPUT', `mined negatives would not be used: ${unused}`, {
        field: ['config', 'paradigm'],
      });
    }
    await assertTrainable(db.pool, datasetId, config.positives);
    windowOf(mining, (await itemCountOf(db.pool, datasetId)) ?? 0);
    const write = async (tx: Statements) => {
      const id = newUuid() as RefinementId;
      await insertRefinement(tx, { id, datasetId, config, mining, rounds, asynchronous });
      await enqueue('refine', id, tx);
      return id;
    };
    return within === undefined ? await db.transaction(write) : await write(within);
  }

  /** Ends a refinement that is not finished, with what it waits for: its training, index or mining. What it has made stays. Once more changes nothing. @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise */
  async cancel(id: RefinementId): Promise<void> {
    const also = async (tx: Statements) => {
      const [{ done = [], indexId = null } = {}] = await findRefinements(tx, [id]);
      for (const round of done) {
        if (round.indexId !== null) await cancelRow(tx, 'IndexVersion', round.indexId);
        if (round.setId !== null) {
          await cancelRow(tx, 'HardNegativeSet', round.setId);
          await dropParts(tx, round.setId);
        }
        if (round.runId !== null) await cancelUnfinishedRun(tx, round.runId);
      }
      if (indexId !== null) await cancelRow(tx, 'IndexVersion', indexId);
    };
    await cancelJob(this.#deps.db, 'Refinement', id, {
      called: `refinement ${id}`,
      field: ['input', 'refinementId'],
      also,
    });
  }

  /** Many at once, in no order; ids that are not there are left out. */
  async getMany(ids: readonly RefinementId[]): Promise<readonly RefinementRow[]> {
    return await findRefinements(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** Which round of which refinement these runs train; those of none are left out. */
  async roundsOf(runIds: readonly RunId[]): Promise<readonly RoundOfRun[]> {
    const found = await refinementsOfRuns(this.#deps.db.pool, runIds.filter(isUuid));
    return found.flatMap(({ runId, ...refinement }) =>
      refinement.done.filter((round) => round.runId === runId).map((round) => ({ runId, refinement, round })),
    );
  }

  /** Newest first. */
  async list(
    datasetId: DatasetId,
    page: PageOf<RefinementId>,
  ): Promise<{ rows: readonly RefinementRow[]; hasNextPage: boolean }> {
    return await readPage(page, (of) => listRefinements(this.#deps.db.pool, datasetId, of));
  }
}

function requireRounds(rounds: number | null | undefined): number {
  const { default: standard, minimum, maximum } = REFINEMENT_ROUNDS;
  if (rounds === null || rounds === undefined) return standard;
  if (Number.isInteger(rounds) && rounds >= minimum && rounds <= maximum) return rounds;
  const message = `rounds must be a whole number from ${minimum} to ${maximum} (default ${standard}), got ${rounds}`;
  throw new QuartetError('BAD_INPUT', message, { field: ['input', 'rounds'] });
}
