import type { Row } from '../../data/table-writers.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { DatasetId } from '../../domain/ids.ts';
import { datasetBytes } from '../../store/dataset-bytes.ts';
import { type DatasetRow, findDatasets } from '../../store/datasets.ts';
import { type ExportedItem, itemsAfter, pairsAfter } from '../../store/exports.ts';
import { datasetNotFound } from '../datasets.ts';
import type { Statements } from '../enqueue.ts';
import { BATCH, type ExportSource, NUMBER_BYTES, type SourceDeps, STRING } from './source.ts';

const ITEM_COLUMNS = [
  ...['id', 'text', 'image'].map(STRING),
  { name: 'vector', type: 'FLOATS' } as const,
  STRING('label'),
  { name: 'metadata', type: 'JSON' } as const,
];
const PAIR_COLUMNS = [
  ...['queryId', 'query', 'itemId', 'positive'].map(STRING),
  { name: 'grade', type: 'INT32' } as const,
  STRING('split'),
];

/** Bytes of JSON for a byte of content: base64 of images, four bytes of each number of a vector. */
const AS_TEXT = { TEXT: 1, IMAGE: 4 / 3, VECTOR: NUMBER_BYTES / 4 } as const;

/** Items or judgements of a dataset. @throws QuartetError NOT_FOUND, BAD_INPUT for pairs of what has no texts */
export async function datasetSource(
  { tx }: SourceDeps,
  id: DatasetId,
  content: 'items' | 'pairs',
): Promise<ExportSource> {
  const [dataset] = await findDatasets(tx, [id]);
  if (dataset === undefined) throw datasetNotFound(id);
  const { name, revision, kind } = dataset;
  if (content === 'pairs' && kind !== 'TEXT') {
    const message = `dataset ${id} holds no texts; of images and vectors only items can be exported`;
    throw new QuartetError('BAD_INPUT', message);
  }
  const common = { version: String(revision), name, bytes: () => bytesOf(tx, dataset, content) };
  return content === 'items'
    ? { ...common, columns: ITEM_COLUMNS, rows: () => items(tx, dataset) }
    : { ...common, columns: PAIR_COLUMNS, rows: () => pairs(tx, id) };
}

async function bytesOf(tx: Statements, dataset: DatasetRow, content: 'items' | 'pairs'): Promise<number> {
  const { itemCount, queryCount, relevanceCount, kind } = dataset;
  const { items, attributes, queries } = await datasetBytes(tx, dataset);
  if (content === 'items') return items * AS_TEXT[kind] + attributes;
  const each = items / Math.max(1, itemCount) + queries / Math.max(1, queryCount);
  return relevanceCount * each;
}

async function* items(tx: Statements, { id, kind }: DatasetRow): AsyncGenerator<Row[]> {
  for (let after = 0; ; ) {
    const found = await itemsAfter(tx, id, after, BATCH);
    if (found.length === 0) return;
    yield found.map((item) => itemRow(item, kind));
    after = found.at(-1)?.id ?? after;
  }
}

async function* pairs(tx: Statements, id: DatasetId): AsyncGenerator<Row[]> {
  for (let after: [number, number] = [0, 0]; ; ) {
    const found = await pairsAfter(tx, id, after, BATCH);
    const last = found.at(-1);
    if (last === undefined) return;
    yield found.map(({ queryRow: _query, itemRow: _item, ...row }) => row);
    after = [last.queryRow, last.itemRow];
  }
}

function itemRow({ externalId, content, data, label, metadata }: ExportedItem, kind: DatasetRow['kind']): Row {
  return {
    id: externalId,
    text: kind === 'TEXT' ? content : null,
    image: kind === 'IMAGE' ? (data as Buffer).toString('base64') : null,
    vector: kind === 'VECTOR' ? new Float32Array(Uint8Array.from(data as Buffer).buffer) : null,
    label,
    metadata: JSON.stringify(metadata),
  };
}
