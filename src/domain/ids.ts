/** Branded ids: bulk rows (items, queries) are integers, aggregates are UUIDs (version 7). */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export type ItemId = Brand<number, 'ItemId'>;
export type QueryId = Brand<number, 'QueryId'>;
export type DatasetId = Brand<string, 'DatasetId'>;
export type UploadId = Brand<string, 'UploadId'>;
export type ImportId = Brand<string, 'ImportId'>;
export type RunId = Brand<string, 'RunId'>;
export type EncoderId = Brand<string, 'EncoderId'>;
export type IndexId = Brand<string, 'IndexId'>;
export type MapId = Brand<string, 'MapId'>;
export type IndexRebuildId = Brand<string, 'IndexRebuildId'>;
export type EvaluationId = Brand<string, 'EvaluationId'>;
export type NegativeSetId = Brand<string, 'NegativeSetId'>;
export type RefinementId = Brand<string, 'RefinementId'>;
export type AliasId = Brand<string, 'AliasId'>;
export type PromotionId = Brand<string, 'PromotionId'>;
export type ApiKeyId = Brand<string, 'ApiKeyId'>;

/** Name of a tenant's part of the data: see principal.ts. */
export type Namespace = Brand<string, 'Namespace'>;
