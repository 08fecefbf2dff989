import { QuartetError } from '../../domain/errors.ts';
import type { DatasetId, RunId } from '../../domain/ids.ts';
import type { Statements } from '../../services/enqueue.ts';
import { type ConnectionModel, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { JobStatus, PauseRunInput, Resolvers, ResumeRunInput } from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { RunEventModel, TrainingRunModel } from '../models.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';
import { paradigms, toInputField, toTrainingConfig } from './training-config.ts';

const MOST_EVENTS = 1_000;

const backends = { tensorflow: 'TENSORFLOW', wasm: 'WASM' } as const;

export const trainingRunResolvers = {
  TrainingRun: {
    id: ({ id }) => toGlobalId('TrainingRun', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    paradigm: ({ config }) => paradigms[config.paradigm.name],
    backend: ({ backend }) => (backend === null ? null : backends[backend]),
    error: jobError,
    async events({ id }, { after, first }, { services }) {
      requireSequence(after);
      if (first < 1 || first > MOST_EVENTS) {
        throw new QuartetError('BAD_INPUT', `first is ${first}; it must be from 1 to ${MOST_EVENTS}.`, {
          field: ['first'],
        });
      }
      const { events, hasNextPage } = await services.runs.eventsAfter(id, after, first);
      return { nodes: events, lastSequence: events.at(-1)?.sequence ?? after, hasNextPage };
    },
    encoder: ({ id, status }, _args, { loaders }) => (status === 'SUCCEEDED' ? loaders.encoderOfRun.load(id) : null),
    refinement: async ({ id }, _args, { loaders }) => (await loaders.roundOfRun.load(id))?.refinement ?? null,
    refinementRound: async ({ id }, _args, { loaders }) => (await loaders.roundOfRun.load(id))?.round ?? null,
    refreshes: ({ id, config }, _args, { loaders }) => (config.refresh ? loaders.refreshesOfRun.load(id) : []),
  },
  NegativeRefresh: {
    hardNegativeSet: ({ setId }, _args, { loaders }) => (setId === null ? null : loaders.HardNegativeSet.load(setId)),
  },
  Query: {
    run: (_root, { id }, context) => optional(context, 'TrainingRun', id),
    compareRuns: (_root, { ids }, { services }) =>
      services.runs.compare(ids.map((id) => rowId('TrainingRun', id, ['ids']))),
    runs: (_root, { datasetId, status, ...page }, context) =>
      runConnection(context, page, {
        datasetId: typeof datasetId === 'string' ? rowId('Dataset', datasetId, ['datasetId']) : undefined,
        status,
      }),
  },
  Mutation: {
    startTraining: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const { id: datasetId } = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const config = toTrainingConfig(input);
        const start = async (tx: Parameters<typeof services.runs.start>[1]) =>
          (await services.runs.start({ datasetId, config }, tx)).id;
        const id = await services.idempotency
          .create(idempotent('startTraining', input), start)
          .catch((error: unknown) => {
            if (!(error instanceof QuartetError) || error.field?.[0] !== 'config') throw error;
            const field = toInputField(error.field, input);
            const message = error.message.replace(error.field.join('.'), field.slice(1).join('.'));
            throw new QuartetError(error.code, message, { field, cause: error });
          });
        return { run: await made(context, 'TrainingRun', id) };
      }),
    pauseRun: (_root, { input }, context) =>
      payload(() => changed(context, 'pauseRun', input, (id, tx) => context.services.runs.pause(id, tx))),
    resumeRun: (_root, { input }, context) =>
      payload(() => changed(context, 'resumeRun', input, (id, tx) => context.services.runs.resume(id, tx))),
    cancelRun: (_root, { input }, context) =>
      payload(async () => {
        const { id } = await required(context, 'TrainingRun', input.runId, ['input', 'runId']);
        return { run: await context.services.runs.cancel(id) };
      }),
  },
  Subscription: {
    runEvents: {
      async subscribe(_root, { runId, after }, context) {
        requireSequence(after);
        const { id } = await required(context, 'TrainingRun', runId, ['runId']);
        return following(context, id, after);
      },
    },
  },
} satisfies Pick<Resolvers, 'TrainingRun' | 'NegativeRefresh'> & RootFields;

/** Changes a run once for an idempotency key. @returns the run as it is now */
async function changed(
  context: Context,
  mutation: 'pauseRun' | 'resumeRun',
  input: PauseRunInput | ResumeRunInput,
  change: (id: RunId, tx: Statements) => Promise<unknown>,
): Promise<{ run: TrainingRunModel }> {
  const { services } = context;
  const { id } = await required(context, 'TrainingRun', input.runId, ['input', 'runId']);
  await services.idempotency.create(idempotent(mutation, input), async (tx) => {
    await change(id, tx);
    return id;
  });
  return { run: await services.runs.get(id) };
}

/** The events as the subscription's source; ends at once when the subscriber leaves, also while it waits for an event. */
function following({ services }: Context, id: RunId, after: number): AsyncGenerator<{ runEvents: RunEventModel }> {
  const left = new AbortController();
  const events = services.runs.follow(id, after, left.signal);
  return {
    async next() {
      const { done, value } = await events.next();
      return done === true ? { done: true, value: undefined } : { done: false, value: { runEvents: value } };
    },
    async return() {
      left.abort();
      await events.return();
      return { done: true, value: undefined };
    },
    throw: (error) => Promise.reject(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]() {
      return this.return(undefined).then(() => {});
    },
  };
}

function requireSequence(after: number): void {
  if (after < 0)
    throw new QuartetError('BAD_INPUT', `after is ${after}; a sequence number is 0 or more.`, { field: ['after'] });
}

export function runConnection(
  { services, loaders, principal: { namespace } }: Context,
  page: PageArguments,
  { datasetId, status }: { readonly datasetId: DatasetId | undefined; readonly status: JobStatus | null | undefined },
): Promise<ConnectionModel<TrainingRunModel>> {
  const filter = { namespace, ...(datasetId === undefined ? {} : { datasetId }), ...(status ? { status } : {}) };
  return toConnection<TrainingRunModel, RunId>(
    page,
    uuidKey(),
    ({ id }) => id,
    async (of) => {
      const { runs, hasNextPage } = await services.runs.list(filter, of);
      for (const run of runs) loaders.TrainingRun.prime(run.id, run);
      return { rows: runs, hasNextPage };
    },
  );
}
