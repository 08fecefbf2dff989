import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNullableType,
  isCompositeType,
  isListType,
} from 'graphql';
import { type ComplexityEstimator, type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';

/*
 * What an operation costs, told from its text and variables before it is carried out. A point is about 30 microseconds of one core:
 * an object that is looked up is one, whatever its fields; a plain search with ten hits is some forty. Only what grows with
 * an argument has a price of its own here; the rest follows from the schema.
 */

/** Candidates that a graph search keeps in that time. */
const EF_PER_POINT = 30;
/** Comparing with all vectors, whose number is not known yet: that of 50,000. */
const EXACT = 500;
/** An image that is decoded and encoded. */
const IMAGE = 100;
/** Characters of a text that is encoded. */
const CHARACTERS_PER_POINT = 500;
/** A list whose length nobody states has about so many entries. */
const USUAL_LENGTH = 10;
/** A condition of a filter beside its first, and the values of `in` that are looked up in that time. */
const CONDITION = 10;
const VALUES_PER_CONDITION = 1_000;
/** A change, in its transaction. */
const MUTATION = 50;

// biome-ignore lint/suspicious/noExplicitAny: arguments of any field, as the schema has checked them
type Args = any;
/** The price of a field by its arguments, and that of what is asked of each thing it gives. */
type Price = (args: Args, each: number) => number;

const PRICES: Readonly<Record<string, Price>> = {
  'Query.nodes': ({ ids }, each) => ids.length * (1 + each),
  'Query.compareRuns': ({ ids }, each) => ids.length * (10 + each),
  'Query.search': ({ input }, each) => searching(input, each) + furtherConditions(input.filter),
  // A filter is worked out once for all.
  'Query.searchBatch': ({ input }, each) =>
    sum(input.queries, (query) => searching(input, each, query)) + furtherConditions(input.filter),
  'Query.compareSearch': ({ input }, each) => 2 * (searching(input, each) + furtherConditions(input.filter)),
  'Query.measureRecall': ({ sample, k, ef }, each) => sample * (EXACT / 10 + finding({ k, ef })) + each,
  'Query.embed': ({ input }, each) =>
    10 + sum(input.texts, encodingText) + IMAGE * (input.images ?? []).length + 2 * (input.vectors ?? []).length + each,
  'Mutation.upsertItems': ({ input }, each) =>
    MUTATION +
    sum(input.items, ({ text, image }) => 1 + (image ? IMAGE : encodingText(text ?? ''))) +
    each * input.items.length,
  'Mutation.deleteItems': ({ input }, each) => MUTATION + input.itemIds.length + input.externalIds.length + each,
  // As many as the search itself counts: k of each.
  'SearchResult.hits': (_args, each) => 1 + each,
  'SearchBatchResult.results': (_args, each) => each,
};

/** One search, and what is asked of each of its hits. */
function searching(input: Args, each: number, query: Args = input.query): number {
  const { k, ef, exact, filter, groupBy, diversity, hybrid } = input;
  const found = finding({ k, ef }) + (exact ? EXACT : 0) + (filter ? 20 : 0) + (groupBy ? 20 : 0) + (hybrid ? 50 : 0);
  // Maximal marginal relevance compares each hit with all candidates.
  return 10 + encoding(query) + found + (diversity ? (k * k) / 30 : 0) + k * each;
}

/** Each condition may look at every value that its attribute has. Of those of one filter the first is in the price of a search. */
function furtherConditions(filter: Args): number {
  return filter ? Math.max(0, conditions(filter) - 1) * CONDITION : 0;
}

function conditions({ and, or, not, label, metadata }: Args): number {
  if (not) return conditions(not);
  // An empty list, too, has to be looked at.
  if (and ?? or) return 0.1 + sum(and ?? or, conditions);
  const values = (label ?? metadata)?.in;
  return 1 + (values?.length ?? 0) / VALUES_PER_CONDITION;
}

function finding({ k, ef }: { readonly k: number; readonly ef?: number | null }): number {
  return Math.max(k, ef ?? 0) / EF_PER_POINT;
}

function encoding({ text, image, imageUploadId, examples }: Args): number {
  if (examples) return sum([...examples.positive, ...examples.negative], encoding);
  if (image || imageUploadId) return IMAGE;
  return encodingText(text ?? '');
}

function encodingText(text: string): number {
  return 1 + text.length / CHARACTERS_PER_POINT;
}

function sum(list: readonly Args[] | null | undefined, price: (entry: Args) => number): number {
  return (list ?? []).reduce((total, entry) => total + price(entry), 0);
}

/**
 * The price of a field, from its place in the schema. Never less than nothing: a negative count, which its resolver will refuse, would
 * else pay for all that stands beside it.
 */
export function priceOfField(
  parent: Pick<GraphQLNamedType, 'name'>,
  field: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>,
): Price {
  const price = statedPrice(parent, field);
  return (args, each) => Math.max(0, price(args, each));
}

function statedPrice(
  { name: parent }: Pick<GraphQLNamedType, 'name'>,
  { name, type }: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>,
): Price {
  if (name.startsWith('__')) return () => 0;
  const own = PRICES[`${parent}.${name}`];
  if (own !== undefined) return own;
  const started = parent === 'Mutation' ? MUTATION : 0;
  if (!holdsObjects(type)) return () => started;
  // Edges and nodes of a page: as many as the page's own field counts.
  const isPage = /(Connection|Page)$/.test(parent);
  const entries = isPage ? null : isListType(getNullableType(type)) ? USUAL_LENGTH : 1;
  return ({ first }, each) => {
    if (typeof first === 'number') return started + 1 + first * each;
    return entries === null ? 1 + each : started + entries * (1 + each);
  };
}

const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }: ComplexityEstimatorArgs) =>
  priceOfField(type, field)(args, childComplexity);

function holdsObjects(type: GraphQLOutputType): boolean {
  const nullable = getNullableType(type);
  return isListType(nullable) ? holdsObjects(nullable.ofType) : isCompositeType(nullable);
}

/** @returns whole points, from 1 @throws GraphQLError for variables that do not fit the operation */
export function costOf(request: Omit<Parameters<typeof getComplexity>[0], 'estimators' | 'maxQueryNodes'>): number {
  const points = getComplexity({ ...request, estimators: [estimate], maxQueryNodes: 100_000 });
  return Math.max(1, Math.ceil(points));
}
