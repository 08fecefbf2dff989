import { QuartetError } from '../../domain/errors.ts';
import type { Namespace } from '../../domain/ids.ts';
import type { AliasTarget } from '../../services/aliases.ts';
import type { SearchStrategy as DomainSearchStrategy } from '../../services/search.ts';
import type { Context } from '../context.ts';
import { filterOf } from '../filters.ts';
import type {
  AliasTargetInput,
  Resolvers,
  SearchQueryInput,
  SearchStrategy,
  SearchTargetInput,
} from '../generated/resolvers.ts';
import { rowId } from '../global-ids.ts';
import { imageOf, MOST_IMAGE_BYTES } from '../images.ts';
import { parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

const strategies: Readonly<Record<DomainSearchStrategy, SearchStrategy>> = {
  hnsw: 'HNSW',
  exact: 'EXACT',
  'hnsw-filtered': 'HNSW_FILTERED',
  'hnsw-widened': 'HNSW_WIDENED',
};

export const searchResolvers = {
  SearchResult: {
    strategy: ({ strategy }) => strategies[strategy],
    index: ({ indexId }, _args, context) => parent(context, 'IndexVersion', indexId),
  },
  SearchHit: {},
  Query: {
    async search(_root, { input }, context) {
      const { services, principal } = context;
      const { k, ef } = input;
      try {
        const filter = input.filter ? filterOf(input.filter) : null;
        return await services.search.search({
          ...targetOf(input.target, principal.namespace),
          ...(await queryOf(input.query, context)),
          k,
          ef,
          filter,
        } as never);
      } catch (error) {
        throw relocated(error);
      }
    },
  },
} satisfies Pick<Resolvers, 'SearchResult' | 'SearchHit'> & RootFields;

function targetOf({ indexId, datasetId, datasetName, alias }: SearchTargetInput, namespace: Namespace): object {
  if (alias) return { alias: aliasTargetOf(alias, namespace) };
  if (indexId) return { indexId: rowId('IndexVersion', indexId, ['input', 'target', 'indexId']) };
  if (datasetId) return { datasetId: rowId('Dataset', datasetId, ['input', 'target', 'datasetId']) };
  return { namespace, datasetName };
}

function aliasTargetOf({ name, datasetId, datasetName }: AliasTargetInput, namespace: Namespace): AliasTarget {
  const field = ['input', 'target', 'alias'];
  if ((typeof datasetId === 'string') === (typeof datasetName === 'string')) {
    throw new QuartetError('BAD_INPUT', 'Give exactly one of datasetId and datasetName.', { field });
  }
  if (typeof datasetName === 'string') return { name, dataset: { namespace, name: datasetName } };
  return { name, dataset: { id: rowId('Dataset', datasetId as string, [...field, 'datasetId']) } };
}

async function queryOf(query: SearchQueryInput, context: Context): Promise<object> {
  const { text, itemId, vector, image, imageUploadId, storedVector } = query;
  if (image) return { image: imageOf(image, ['input', 'query', 'image']) };
  if (storedVector) return { storedVector };
  if (imageUploadId) {
    const field = ['input', 'query', 'imageUploadId'];
    const { id } = await required(context, 'Upload', imageUploadId, field);
    return { image: await context.services.uploads.readSmall(id, MOST_IMAGE_BYTES) };
  }
  if (itemId) return { itemId: rowId('Item', itemId, ['input', 'query', 'itemId']) };
  return vector ? { vector } : { text };
}

const places: Readonly<Record<string, string>> = {
  indexId: 'target',
  datasetId: 'target',
  datasetName: 'target',
  alias: 'target',
  text: 'query',
  itemId: 'query',
  vector: 'query',
  image: 'query',
  storedVector: 'query',
};

/** The service knows one flat request; the input has it in two groups. */
function relocated(error: unknown): unknown {
  if (!(error instanceof QuartetError)) return error;
  const [input, name, ...rest] = error.field ?? [];
  const place = name === undefined ? undefined : places[name];
  if (input !== 'input' || name === undefined || place === undefined) return error;
  return new QuartetError(error.code, error.message, { field: ['input', place, name, ...rest], cause: error });
}
