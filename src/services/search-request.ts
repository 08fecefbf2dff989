import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, IndexId, ItemId, Namespace } from '../domain/ids.ts';
import { type Attribute, type Filter, requireFilter } from '../search-index/filter/filter.ts';
import type { Fusion } from '../search-index/fusion.ts';
import { bounded } from '../search-index/parameters.ts';
import type { AliasTarget } from './aliases.ts';
import { parseCursor, type SearchCursor } from './search-cursor.ts';

/** Where to search: one version, the newest searchable version of a dataset, or the one that an alias points at. */
export type SearchTarget =
  | { readonly indexId: IndexId }
  | { readonly datasetId: DatasetId }
  | { readonly namespace: Namespace; readonly datasetName: string }
  | { readonly alias: AliasTarget };

/** What to search with. A vector has any length but zero; an item finds its neighbours, itself left out. */
export type SearchPart =
  | { readonly text: string }
  | { readonly itemId: ItemId }
  /** Bytes of an image file. */
  | { readonly image: Uint8Array }
  /** As the dataset holds them: the encoder makes an embedding of it. */
  | { readonly storedVector: Float32Array }
  | { readonly vector: readonly number[] | Float32Array };

export interface SearchExamples {
  /** 1 to 100. */
  readonly positive: readonly SearchPart[];
  /** 0 to 100. */
  readonly negative: readonly SearchPart[];
}

/** Several examples search with 2 mean(positive) - mean(negative), of unit length; their items are left out. */
export type SearchQuery = SearchPart | { readonly examples: SearchExamples };

export interface SearchOptions {
  /** Default 10, 1 to 1,000. */
  readonly k?: number | null | undefined;
  /** Candidates kept by the graph, 1 to 5,000, raised to k. Default: the index's own. */
  readonly ef?: number | null | undefined;
  /** Only items that pass are found. Default: all. */
  readonly filter?: Filter | null | undefined;
  /** Only items of at least this cosine similarity, -1 to 1. */
  readonly minScore?: number | null | undefined;
  /** `cursor` of a page before: goes on after it, in the very index that gave it. */
  readonly after?: string | null | undefined;
  /** Compares with every vector. Default false. */
  readonly exact?: boolean | null | undefined;
  /** At most so many hits of each value; items without a value count as one. */
  readonly groupBy?: { readonly field: Attribute; readonly perGroup: number } | null | undefined;
  /** Reranks by maximal marginal relevance; lambda 0 to 1, 1: by similarity alone. */
  readonly diversity?: { readonly lambda: number } | null | undefined;
  /** Searches by words too, and joins both rankings. */
  readonly hybrid?: { readonly text?: string | null | undefined; readonly fusion: Fusion } | null | undefined;
}

export type SearchRequest = SearchTarget & SearchQuery & SearchOptions;

/** A request that was checked. */
export interface SearchPlan {
  readonly k: number;
  readonly ef: number | null;
  readonly filter: Filter | null;
  readonly minScore: number | null;
  readonly after: SearchCursor | null;
  readonly exact: boolean;
  readonly groupBy: { readonly field: Attribute; readonly perGroup: number } | null;
  readonly diversity: { readonly lambda: number } | null;
  readonly hybrid: { readonly text: string | null; readonly fusion: Fusion } | null;
}

/** @throws QuartetError BAD_INPUT naming the option and its bound */
export function planOf(options: SearchOptions): SearchPlan {
  const { filter = null, minScore = null, after = null, groupBy = null, diversity = null, hybrid = null } = options;
  if (filter) requireFilter(filter);
  if (minScore !== null) requireWithin('minScore', minScore, -1, 1);
  if (groupBy !== null && !(Number.isInteger(groupBy.perGroup) && groupBy.perGroup >= 1 && groupBy.perGroup <= 1_000)) {
    throw refused(['groupBy', 'perGroup'], `must be a whole number from 1 to 1000, got ${groupBy.perGroup}`);
  }
  if (diversity !== null) requireWithin('diversity.lambda', diversity.lambda, 0, 1);
  if (hybrid?.fusion.kind === 'rrf') requireWithin('hybrid.rankConstant', hybrid.fusion.k, 0, 10_000);
  if (hybrid?.fusion.kind === 'weighted') requireWithin('hybrid.weight', hybrid.fusion.weight, 0, 1);
  const cursor = after === null ? null : parseCursor(after);
  const reordering = groupBy ?? diversity ?? hybrid;
  if (cursor !== null && reordering !== null) {
    throw refused(['after'], 'can not go with groupBy, diversity or hybrid, whose order depends on k; raise k instead');
  }
  return {
    k: bounded('k', options.k),
    ef: options.ef === null || options.ef === undefined ? null : bounded('efSearch', options.ef, 'ef'),
    filter,
    minScore,
    after: cursor,
    exact: options.exact ?? false,
    groupBy,
    diversity,
    hybrid: hybrid === null ? null : { text: hybrid.text ?? null, fusion: hybrid.fusion },
  };
}

function requireWithin(name: string, value: number, low: number, high: number): void {
  if (Number.isFinite(value) && value >= low && value <= high) return;
  throw refused(name.split('.'), `must be from ${low} to ${high}, got ${value}`);
}

function refused(field: readonly string[], rule: string): QuartetError {
  return new QuartetError('BAD_INPUT', `${field.join('.')} ${rule}`, { field: ['input', ...field] });
}
