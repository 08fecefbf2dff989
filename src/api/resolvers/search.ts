import { QuartetError } from '../../domain/errors.ts';
import type { Namespace } from '../../domain/ids.ts';
import type { AliasTarget } from '../../services/aliases.ts';
import { measureIndexRecall } from '../../services/index-recall.ts';
import {
  type Attribute,
  type SearchStrategy as DomainSearchStrategy,
  matchedTerms,
  type SearchOptions,
  type SearchPart,
  type SearchQuery,
  type SearchRequest,
  type SearchTarget,
} from '../../services/search.ts';
import { searchBatch } from '../../services/search-batches.ts';
import { compareSearch } from '../../services/search-comparisons.ts';
import { parseCursor } from '../../services/search-cursor.ts';
import type { Context } from '../context.ts';
import { filterOf } from '../filters.ts';
import type {
  AliasTargetInput,
  Resolvers,
  SearchInput,
  SearchQueryInput,
  SearchStrategy,
  SearchTargetInput,
} from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
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
  SearchHit: { explain: (hit) => hit },
  HitExplanation: {
    vectorScore: ({ score }) => score,
    matchedTerms,
    fromTail: ({ source }) => source === 'tail',
    itemRevision: ({ item }) => item.revision,
  },
  SearchBatchResult: {},
  SearchComparison: {},
  ComparedHit: {},
  RecallMeasurement: { strategy: ({ strategy }) => strategies[strategy] },
  Query: {
    measureRecall: async (_root, { indexId, sample, k, ef }, context) => {
      const { id } = await required(context, 'IndexVersion', indexId, ['indexId']);
      return await measureIndexRecall(context.services.indexes, id, { sample, k, ef });
    },
    search: (_root, { input }, context) =>
      located(async () => {
        if (input.after) await requireOwnCursor(context, input.after);
        return await context.services.search.search({
          ...targetOf(input.target, context.principal.namespace),
          ...(await queryOf(input.query, context)),
          ...optionsOf(input),
          after: input.after,
        } as SearchRequest);
      }),
    searchBatch: (_root, { input }, context) =>
      located(async () => {
        const { services, principal } = context;
        const queries = await Promise.all(input.queries.map((query) => queryOf(query, context)));
        return await searchBatch(
          services.search,
          targetOf(input.target, principal.namespace),
          queries,
          optionsOf(input),
        );
      }),
    compareSearch: (_root, { input }, context) =>
      located(async () => {
        const { namespace } = context.principal;
        const targets = [
          targetOf(input.first, namespace, 'first'),
          targetOf(input.second, namespace, 'second'),
        ] as const;
        return await compareSearch(
          context.services.search,
          targets,
          await queryOf(input.query, context),
          optionsOf(input),
        );
      }),
  },
} satisfies Pick<
  Resolvers,
  | 'SearchResult'
  | 'SearchHit'
  | 'HitExplanation'
  | 'SearchBatchResult'
  | 'SearchComparison'
  | 'ComparedHit'
  | 'RecallMeasurement'
> &
  RootFields;

const isGiven = (text: string | null | undefined): text is string => typeof text === 'string';

type OptionsInput = Pick<
  SearchInput,
  'k' | 'ef' | 'filter' | 'minScore' | 'exact' | 'groupBy' | 'diversity' | 'hybrid'
>;

function optionsOf({ k, ef, filter, minScore, exact, groupBy, diversity, hybrid }: OptionsInput): SearchOptions {
  return {
    k,
    ef,
    minScore,
    exact,
    diversity,
    filter: filter ? filterOf(filter) : null,
    groupBy: groupBy ? { field: attributeOf(groupBy.field), perGroup: groupBy.perGroup } : null,
    hybrid: hybrid
      ? {
          text: hybrid.text,
          fusion:
            hybrid.fusion === 'RRF'
              ? { kind: 'rrf', k: hybrid.rankConstant }
              : { kind: 'weighted', weight: hybrid.weight },
        }
      : null,
  };
}

/**
 * A cursor names an index though it is no id, so nobody has asked yet whose it is.
 * @throws QuartetError NOT_FOUND for an index that is gone, or of another namespace
 */
async function requireOwnCursor(context: Context, after: string): Promise<void> {
  const { indexId } = parseCursor(after);
  await required(context, 'IndexVersion', toGlobalId('IndexVersion', indexId), ['input', 'after']);
}

function attributeOf(field: string): Attribute {
  if (field === 'label' || /^metadata\../.test(field)) return field as Attribute;
  throw new QuartetError('BAD_INPUT', `groupBy.field is ${JSON.stringify(field)}; it is label or metadata.KEY`, {
    field: ['input', 'groupBy', 'field'],
  });
}

async function located<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw relocated(error);
  }
}

function targetOf(
  { indexId, datasetId, datasetName, alias }: SearchTargetInput,
  namespace: Namespace,
  place = 'target',
): SearchTarget {
  // An id or a text may be empty, which is another mistake than none.
  if (alias) return { alias: aliasTargetOf(alias, namespace, place) };
  if (isGiven(indexId)) return { indexId: rowId('IndexVersion', indexId, ['input', place, 'indexId']) };
  if (isGiven(datasetId)) return { datasetId: rowId('Dataset', datasetId, ['input', place, 'datasetId']) };
  return { namespace, datasetName: datasetName as string };
}

function aliasTargetOf(
  { name, datasetId, datasetName }: AliasTargetInput,
  namespace: Namespace,
  place: string,
): AliasTarget {
  const field = ['input', place, 'alias'];
  if ((typeof datasetId === 'string') === (typeof datasetName === 'string')) {
    throw new QuartetError('BAD_INPUT', 'Give exactly one of datasetId and datasetName.', { field });
  }
  if (typeof datasetName === 'string') return { name, dataset: { namespace, name: datasetName } };
  return { name, dataset: { id: rowId('Dataset', datasetId as string, [...field, 'datasetId']) } };
}

async function queryOf({ examples, ...query }: SearchQueryInput, context: Context): Promise<SearchQuery> {
  if (examples) {
    return { examples: { positive: examples.positive.map(partOf), negative: examples.negative.map(partOf) } };
  }
  const { image, imageUploadId, storedVector, ...part } = query;
  if (isGiven(image)) return { image: imageOf(image, ['input', 'query', 'image']) };
  if (storedVector) return { storedVector };
  if (isGiven(imageUploadId)) {
    const field = ['input', 'query', 'imageUploadId'];
    const { id } = await required(context, 'Upload', imageUploadId, field);
    return { image: await context.services.uploads.readSmall(id, MOST_IMAGE_BYTES) };
  }
  return partOf(part);
}

function partOf({ text, itemId, vector }: Pick<SearchQueryInput, 'text' | 'itemId' | 'vector'>): SearchPart {
  if (isGiven(itemId)) return { itemId: rowId('Item', itemId, ['input', 'query', 'itemId']) };
  return vector ? { vector } : { text: text as string };
}

const places: Readonly<Record<string, string>> = {
  indexId: 'target',
  datasetId: 'target',
  datasetName: 'target',
  alias: 'target',
  text: 'query',
  itemId: 'query',
  vector: 'query',
  examples: 'query',
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
