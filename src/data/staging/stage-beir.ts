import { QuartetError } from '../../domain/errors.ts';
import type { Split } from '../../domain/training.ts';
import { MAX_ID_BYTES, MAX_METADATA_BYTES, MAX_TEXT_BYTES } from '../limits.ts';
import { readCsv } from '../readers/csv.ts';
import { readJsonl } from '../readers/jsonl.ts';
import type { Source } from '../readers/source.ts';
import { gradeOf, required, type StagedRow } from './row-mapper.ts';
import type { Staging } from './staging.ts';
import { metadataJson, textFault } from './storable.ts';

/*
 * The layout of the BEIR benchmark (Thakur et al. 2021): corpus.jsonl {_id, title, text}, queries.jsonl {_id, text} and
 * qrels/{train,dev,test}.tsv with query-id, corpus-id, score. A query belongs to each split that judges it; a query that no
 * file judges is left out, as BEIR's own loader does. Grades of 0 are kept: judged, not relevant.
 */

interface BeirFiles {
  readonly corpus: Source;
  readonly queries: Source | null;
  readonly judgements: readonly { source: Source; split: Split }[];
}

const SPLIT_OF: Readonly<Record<string, Split>> = { train: 'TRAIN', dev: 'VALIDATION', test: 'TEST' };
const NO_ROW: Omit<StagedRow, 'metadata'> = {
  itemId: null,
  text: null,
  label: null,
  queryId: null,
  query: null,
  split: null,
  grade: null,
};

/** @param files named as in the folder, e.g. `qrels/test.tsv`; the rest of the names is passed over */
export async function stageBeir(files: readonly Source[], staging: Staging): Promise<void> {
  const { corpus, queries, judgements } = beirFiles(files);
  for await (const { rows } of readJsonl(corpus)) {
    for (const raw of rows) staging.row(corpus.name, raw, (record) => document(record, staging));
  }
  if (queries === null) return;
  const judged = judgements.length > 0;
  for await (const { rows } of readJsonl(queries)) {
    for (const raw of rows) staging.row(queries.name, raw, (record) => query(record, staging, judged));
  }
  for (const { source, split } of judgements) {
    for await (const { columns, rows } of readCsv(source, '\t')) {
      const missing = ['query-id', 'corpus-id', 'score'].find((column) => !columns?.includes(column));
      if (missing !== undefined) {
        const have = columns?.map((column) => JSON.stringify(column)).join(', ');
        throw new QuartetError('BAD_INPUT', `${source.name} has no column "${missing}"; it has ${have}`);
      }
      for (const raw of rows) {
        staging.row(source.name, raw, (record) => judgement(record, staging, source.name, raw.line, split));
      }
    }
  }
}

function document(record: Record<string, unknown>, staging: Staging): string | null {
  const id = required(record, '_id', MAX_ID_BYTES);
  if ('fault' in id) return id.fault;
  const { title = '', text = '', metadata, _id, ...others } = record;
  if (typeof title !== 'string' || typeof text !== 'string') return 'column "title" or "text" is not text';
  const content = `${title} ${text}`.trim();
  const fault = textFault(content, MAX_TEXT_BYTES);
  if (fault !== null) return `column "text" ${fault}`;
  const nested = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {};
  const kept = { ...(title === '' ? {} : { title }), ...others, ...nested };
  let json: string | null = null;
  if (Object.keys(kept).length > 0) {
    const stored = metadataJson(kept, MAX_METADATA_BYTES);
    if ('fault' in stored) return `metadata ${stored.fault}`;
    json = stored.json;
  }
  staging.add({ ...NO_ROW, itemId: id.value, text: content, metadata: json });
  return null;
}

function query(record: Record<string, unknown>, staging: Staging, judged: boolean): string | null {
  const id = required(record, '_id', MAX_ID_BYTES);
  if ('fault' in id) return id.fault;
  const text = required(record, 'text', MAX_TEXT_BYTES);
  if ('fault' in text) return text.fault;
  staging.add({ ...NO_ROW, queryId: id.value, query: text.value, metadata: null }, judged);
  return null;
}

function judgement(
  record: Record<string, unknown>,
  staging: Staging,
  file: string,
  line: number,
  split: Split,
): string | null {
  const queryId = required(record, 'query-id', MAX_ID_BYTES);
  if ('fault' in queryId) return queryId.fault;
  const itemId = required(record, 'corpus-id', MAX_ID_BYTES);
  if ('fault' in itemId) return itemId.fault;
  const grade = gradeOf(record.score);
  if (typeof grade === 'string') return grade;
  staging.addJudgement(file, line, split, queryId.value, itemId.value, grade);
  return null;
}

function beirFiles(files: readonly Source[]): BeirFiles {
  const named = (pattern: RegExp) => files.filter(({ name }) => pattern.test(name));
  const [corpus] = named(/(^|\/)corpus\.jsonl(\.gz)?$/);
  const [queries] = named(/(^|\/)queries\.jsonl(\.gz)?$/);
  if (corpus === undefined) {
    const have = files.map(({ name }) => name).join(', ') || 'no file';
    throw new QuartetError('BAD_INPUT', `a BEIR folder has corpus.jsonl or corpus.jsonl.gz; here is ${have}`);
  }
  const judgements = Object.entries(SPLIT_OF).flatMap(([name, split]) =>
    named(new RegExp(`(^|/)${name}\\.tsv(\\.gz)?$`)).map((source) => ({ source, split })),
  );
  if (judgements.length > 0 && queries === undefined) {
    throw new QuartetError('BAD_INPUT', 'a BEIR folder with qrels needs queries.jsonl or queries.jsonl.gz');
  }
  return { corpus, queries: queries ?? null, judgements };
}
