import { LRUCache } from 'lru-cache';
import { QuartetError } from '../domain/errors.ts';
import type {
  AliasId,
  ApiKeyId,
  DatasetId,
  EncoderId,
  EvaluationId,
  ImportId,
  IndexId,
  ItemId,
  MapId,
  NegativeSetId,
  PromotionId,
  QueryId,
  RefinementId,
  RunId,
  UploadId,
} from '../domain/ids.ts';

/** Types that have a global id, and whether their rows are counted (bulk rows) or named by a UUID (aggregates). */
const nodeTypes = {
  Dataset: 'uuid',
  Item: 'integer',
  DatasetQuery: 'integer',
  Upload: 'uuid',
  Import: 'uuid',
  TrainingRun: 'uuid',
  Encoder: 'uuid',
  Evaluation: 'uuid',
  IndexVersion: 'uuid',
  EmbeddingMap: 'uuid',
  IndexAlias: 'uuid',
  Promotion: 'uuid',
  ApiKey: 'uuid',
  HardNegativeSet: 'uuid',
  Refinement: 'uuid',
} as const;

export type NodeType = keyof typeof nodeTypes;

/** What the services call the ids of each type. */
interface RowIds extends Record<NodeType, string | number> {
  readonly Dataset: DatasetId;
  readonly Item: ItemId;
  readonly DatasetQuery: QueryId;
  readonly Upload: UploadId;
  readonly Import: ImportId;
  readonly TrainingRun: RunId;
  readonly Encoder: EncoderId;
  readonly Evaluation: EvaluationId;
  readonly IndexVersion: IndexId;
  readonly EmbeddingMap: MapId;
  readonly IndexAlias: AliasId;
  readonly Promotion: PromotionId;
  readonly ApiKey: ApiKeyId;
  readonly HardNegativeSet: NegativeSetId;
  readonly Refinement: RefinementId;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const integerPattern = /^[1-9][0-9]{0,9}$/;
/** Bulk ids are PostgreSQL integers. */
const LARGEST_INTEGER_ID = 2_147_483_647;

/** base64url of `Type:id`: opaque to clients, readable to us. */
export function toGlobalId(type: NodeType, id: string | number): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

interface ParsedId {
  readonly type: NodeType;
  readonly id: string;
}

/** Read before: nearly every search names an index or a dataset, the same one each time. */
const parsed = new LRUCache<string, ParsedId>({ max: 5_000 });

/**
 * @returns type and row id; undefined for anything that `toGlobalId` could not have made. Only the one canonical spelling
 *   is taken, so that equal things have equal ids.
 */
export function parseGlobalId(globalId: string): ParsedId | undefined {
  if (globalId.length > 100) return undefined;
  let found = parsed.get(globalId);
  if (found !== undefined) return found;
  found = newlyParsed(globalId);
  if (found !== undefined) parsed.set(globalId, found);
  return found;
}

function newlyParsed(globalId: string): ParsedId | undefined {
  const text = Buffer.from(globalId, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  const type = text.slice(0, colon);
  const id = text.slice(colon + 1);
  if (colon < 0 || !Object.hasOwn(nodeTypes, type)) return undefined;
  const valid =
    nodeTypes[type as NodeType] === 'uuid'
      ? uuidPattern.test(id)
      : integerPattern.test(id) && Number(id) <= LARGEST_INTEGER_ID;
  if (!valid || toGlobalId(type as NodeType, id) !== globalId) return undefined;
  return { type: type as NodeType, id };
}

/**
 * Row id of a global id that must be of one type.
 * @param field path of the argument, for the error
 * @throws QuartetError BAD_INPUT naming the id and the type that was wanted
 */
export function rowId<T extends NodeType>(type: T, globalId: string, field: readonly string[]): RowIds[T] {
  const found = parseGlobalId(globalId);
  if (found?.type !== type) {
    const shown = JSON.stringify(globalId.length > 60 ? `${globalId.slice(0, 60)}…` : globalId);
    const what = found === undefined ? 'not a global id' : `the id of ${article(found.type)}`;
    throw new QuartetError('BAD_INPUT', `${field.at(-1)} ${shown} is ${what}; it must be the id of ${article(type)}.`, {
      field,
    });
  }
  return (nodeTypes[type] === 'integer' ? Number(found.id) : found.id) as RowIds[T];
}

function article(type: NodeType): string {
  return /^[AEIOU]/.test(type) ? `an ${type}` : `a ${type}`;
}
