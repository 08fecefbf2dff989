import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeRecords, NEGATIVES_FILE, NegativesWriter, readNegatives } from '../../data/negatives-file.ts';
import { openSnapshot, type Snapshot } from '../../data/snapshot.ts';
import type { MiningReport, MiningSpec } from '../../domain/mining.ts';
import { type Content, type Encoder, loadEncoder } from '../../encoders/index.ts';
import { ReportBuilder } from '../../mining/report.ts';
import { windowOf } from '../../mining/settings.ts';
import { VectorIndex } from '../../search-index/vector-index.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import { type Mined, mineQueries } from './mine-queries.ts';
import { denseScorer } from './mining-scorer.ts';
import { bothSource, denseSource, lexicalSource, type MiningSource } from './mining-source.ts';
import { type MiningTask, miningTask } from './mining-task.ts';
import type { QuerySide } from './training-data.ts';
import type { Work } from './work.ts';

export interface MineSpec {
  readonly snapshotPath: string;
  readonly mining: MiningSpec;
  readonly positives: 'relevance' | 'label';
  /** Where candidates come from. `encoder` and `both` want encoder and index. */
  readonly source: 'encoder' | 'lexical' | 'both';
  readonly encoderDir: string | null;
  readonly indexDir: string | null;
  /** A second encoder whose word counts too. */
  readonly judgeDir: string | null;
  /** What images and vectors are encoded on. Default `auto`. */
  readonly backend?: BackendChoice;
  /** Pairs of query and item id that somebody has marked as false negatives, one after another. */
  readonly marked: readonly number[];
  /** Parts that an earlier attempt has left, in order. */
  readonly parts: readonly string[];
}

/** A part is done and lies in `dir`; whoever gets this may take it away. */
export interface MineEvent {
  readonly kind: 'part';
  readonly dir: string;
  /** Queries mined by now, and in all. */
  readonly done: number;
  readonly total: number;
}

export interface MineResult {
  /** Holds NEGATIVES_FILE. */
  readonly dir: string;
  readonly report: MiningReport;
  readonly datasetHash: string;
  /** Records in the file. */
  readonly candidates: number;
}

/** Queries of a part: at a few hundred a second, some seconds are lost when a mining is killed. */
const PART_QUERIES = 1_024;
const PART_FILE = 'part.json';

/**
 * Mines hard negatives for the TRAIN queries (or the labelled items) of a snapshot. Streams: what is held is the source, two numbers a
 * kept negative, and one block of queries. Parts are given out as they are done, and a later attempt goes on behind them.
 * @throws QuartetError BAD_INPUT when the window can't be filled, CORRUPT_ARTIFACT
 */
export const work: Work<MineSpec, MineEvent, MineResult> = async (spec, { emit, signal, workDir, logger }) => {
  const snapshot = await openSnapshot(spec.snapshotPath);
  const index = spec.indexDir === null ? null : await VectorIndex.load(spec.indexDir);
  try {
    const { items } = snapshot;
    const window = windowOf(spec.mining, items.count);
    const task = miningTask(snapshot, spec.positives, spec.marked);
    // Texts need no tensors: their encoder is a table.
    const tensors = snapshot.kind === 'TEXT' ? undefined : await loadTensors(spec.backend ?? 'auto', logger);
    const { side } = task;
    const encoder = spec.encoderDir === null ? null : await loadEncoder(spec.encoderDir, tensors);
    const source = sourceOf(spec, { snapshot, side, encoder, index });
    const judge =
      spec.judgeDir === null
        ? null
        : denseScorer({ snapshot, side, encoder: await loadEncoder(spec.judgeDir, tensors), index: null });

    const dir = join(workDir, 'negatives');
    await mkdir(dir, { recursive: true });
    const whole = new NegativesWriter(join(dir, NEGATIVES_FILE));
    const report = new ReportBuilder(spec.mining.perQuery);
    let done = 0;
    for (const part of spec.parts) {
      const { queries, state } = JSON.parse(await readFile(join(part, PART_FILE), 'utf8'));
      report.absorb(state);
      for await (const record of readNegatives(join(part, NEGATIVES_FILE))) await whole.add(record);
      done += queries;
    }
    const total = task.queryRows.length;
    const parts = new PartWriter(workDir, spec.mining.perQuery);
    for await (const mined of mineQueries({ task, spec: spec.mining, window, source, judge }, done)) {
      signal.throwIfAborted();
      const part = await parts.open();
      part.report.take(mined);
      const records = recordsOf(mined, task, items.ids);
      await whole.append(records);
      await part.writer.append(records);
      done += 1;
      if (parts.queries % 64 === 0) await nextTurn();
      if (parts.queries < PART_QUERIES && done < total) continue;
      const { dir: partDir, state } = await parts.close();
      report.absorb(state);
      await emit({ kind: 'part', dir: partDir, done, total });
    }
    await whole.finish();
    return { dir, report: report.report(), datasetHash: snapshot.hash, candidates: whole.count };
  } finally {
    await index?.release();
    snapshot.close();
  }
};

interface Sources {
  readonly snapshot: Snapshot;
  readonly side: QuerySide;
  readonly encoder: Encoder<Content> | null;
  readonly index: VectorIndex | null;
}

function sourceOf({ source }: MineSpec, { snapshot, side, encoder, index }: Sources): MiningSource {
  if (source === 'lexical') return lexicalSource(snapshot, side);
  if (encoder === null || index === null) throw new Error(`mining by ${source} wants encoder and index`);
  const parts = { snapshot, side, encoder, index };
  return source === 'both' ? bothSource(parts) : denseSource(parts);
}

/** Feeds a report with what was mined. */
class TakingReport extends ReportBuilder {
  take({ found }: Mined): void {
    if (found === null) this.skip();
    else this.add(found.query, found.selection);
  }
}

interface OpenPart {
  readonly dir: string;
  readonly writer: NegativesWriter;
  readonly report: TakingReport;
}

/** Parts one after another, each in a folder of its own. */
class PartWriter {
  readonly #workDir: string;
  readonly #perQuery: number;
  #number = 0;
  #open: OpenPart | null = null;
  queries = 0;

  constructor(workDir: string, perQuery: number) {
    this.#workDir = workDir;
    this.#perQuery = perQuery;
  }

  async open(): Promise<OpenPart> {
    this.queries += 1;
    if (this.#open !== null) return this.#open;
    const dir = join(this.#workDir, `part-${this.#number++}`);
    await mkdir(dir, { recursive: true });
    this.#open = {
      dir,
      writer: new NegativesWriter(join(dir, NEGATIVES_FILE)),
      report: new TakingReport(this.#perQuery),
    };
    return this.#open;
  }

  async close(): Promise<{ dir: string; state: ReturnType<ReportBuilder['state']> }> {
    const { dir, writer, report } = this.#open as OpenPart;
    await writer.finish();
    const state = report.state();
    await writeFile(join(dir, PART_FILE), JSON.stringify({ queries: this.queries, state }));
    this.#open = null;
    this.queries = 0;
    return { dir, state };
  }
}

function recordsOf({ queryRow, found }: Mined, task: MiningTask, ids: Int32Array): Uint8Array {
  if (found === null) return new Uint8Array(0);
  const { rows, scores, positiveScore } = found.query;
  return encodeRecords({ queryId: task.id(queryRow), rows, ids, scores, positiveScore, fates: found.selection.fates });
}
