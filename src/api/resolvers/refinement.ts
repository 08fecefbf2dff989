import { QuartetError } from '../../domain/errors.ts';
import type { DatasetId, RefinementId } from '../../domain/ids.ts';
import { type ConnectionModel, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { RefinementModel } from '../models.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';
import { toInputField, toTrainingConfig } from './training-config.ts';

export const refinementResolvers = {
  Refinement: {
    id: ({ id }) => toGlobalId('Refinement', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    roundsWanted: ({ rounds }) => rounds,
    rounds: ({ done }) => done,
    mining: ({ mining }) => mining,
    encoder: ({ encoderId }, _args, { loaders }) => (encoderId === null ? null : loaders.Encoder.load(encoderId)),
    index: ({ indexId, status }, _args, { loaders }) =>
      indexId === null || status !== 'SUCCEEDED' ? null : loaders.IndexVersion.load(indexId),
    error: jobError,
  },
  RefinementRound: {
    minedWith: ({ indexId }, _args, { loaders }) => (indexId === null ? null : loaders.IndexVersion.load(indexId)),
    hardNegativeSet: ({ setId }, _args, { loaders }) => (setId === null ? null : loaders.HardNegativeSet.load(setId)),
    run: ({ runId }, _args, { loaders }) => (runId === null ? null : loaders.TrainingRun.load(runId)),
    encoder: ({ encoderId }, _args, { loaders }) => (encoderId === null ? null : loaders.Encoder.load(encoderId)),
  },
  Query: {
    refinement: (_root, { id }, context) => optional(context, 'Refinement', id),
  },
  Mutation: {
    startRefinement: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const { training, mining } = input;
        const field = ['input', 'training', 'datasetId'];
        const { id: datasetId } = await required(context, 'Dataset', training.datasetId, field);
        const { strategy, corpus, ...numbers } = mining ?? {};
        const asked = {
          datasetId,
          config: toTrainingConfig(training),
          rounds: input.rounds,
          asynchronous: input.asynchronous,
          mining: {
            ...numbers,
            strategy: strategy?.toLowerCase() as 'top' | undefined,
            corpus: corpus?.toLowerCase() as 'all' | undefined,
          },
        };
        const id = await services.idempotency
          .create(idempotent('startRefinement', input), (tx) => services.refinements.start(asked, tx))
          .catch((error: unknown) => {
            throw relocated(error, training);
          });
        return { refinement: await made(context, 'Refinement', id) };
      }),
    cancelRefinement: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'Refinement', input.refinementId, ['input', 'refinementId']);
        await services.refinements.cancel(id);
        return { refinement: await loaders.Refinement.clear(id).load(id) };
      }),
  },
} satisfies Pick<Resolvers, 'Refinement' | 'RefinementRound'> & RootFields;

/** Services name their own arguments; here the config is in `training`, the bounds of a mining in `mining`. */
function relocated(error: unknown, training: Parameters<typeof toInputField>[1]): unknown {
  if (!(error instanceof QuartetError) || error.field === undefined) return error;
  const [first, ...rest] = error.field;
  if (first === 'config') {
    const field = ['input', 'training', ...toInputField(error.field, training).slice(1)];
    const message = error.message.replace(error.field.join('.'), field.slice(1).join('.'));
    return new QuartetError(error.code, message, { field, cause: error });
  }
  if (first !== 'input' || ['rounds', 'datasetId', 'idempotencyKey'].includes(rest[0] ?? '')) return error;
  return new QuartetError(error.code, error.message, { field: ['input', 'mining', ...rest], cause: error });
}

export function refinementConnection(
  { services }: Context,
  page: PageArguments,
  datasetId: DatasetId,
): Promise<ConnectionModel<RefinementModel>> {
  return toConnection<RefinementModel, RefinementId>(
    page,
    uuidKey(),
    ({ id }) => id,
    (of) => services.refinements.list(datasetId, of),
  );
}
