import { payload } from '../errors.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

export const evaluationResolvers = {
  Evaluation: {
    id: ({ id }) => toGlobalId('Evaluation', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    encoder: ({ encoderId }, _args, context) => parent(context, 'Encoder', encoderId),
    error: jobError,
  },
  Query: {
    evaluation: (_root, { id }, context) => optional(context, 'Evaluation', id),
  },
  Mutation: {
    evaluate: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const dataset = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const encoder = input.encoderId
          ? await required(context, 'Encoder', input.encoderId, ['input', 'encoderId'])
          : null;
        const asked = { datasetId: dataset.id, encoderId: encoder?.id, split: input.split };
        const id = await services.idempotency.create(
          idempotent('evaluate', input),
          async (tx) => (await services.evaluations.evaluate(asked, tx)).id,
        );
        return { evaluation: await made(context, 'Evaluation', id) };
      }),
    cancelEvaluation: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'Evaluation', input.evaluationId, ['input', 'evaluationId']);
        await services.evaluations.cancel(id);
        return { evaluation: await loaders.Evaluation.clear(id).load(id) };
      }),
  },
} satisfies Pick<Resolvers, 'Evaluation'> & RootFields;
