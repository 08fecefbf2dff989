import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  encodeBlock,
  NEGATIVES_FILE,
  NegativesWriter,
  type QueryRecords,
  readBlocks,
} from '../../data/negatives-file.ts';
import type { MiningReport } from '../../domain/mining.ts';
import { ReportBuilder, type ReportCounts } from '../../mining/report.ts';
import { type Mined, type MiningParts, mineQueries } from './mine-queries.ts';

/** A part is done and lies in `dir`; whoever gets this may take it away. */
export interface MineEvent {
  readonly kind: 'part';
  readonly dir: string;
  /** Queries mined by now, and in all. */
  readonly done: number;
  readonly total: number;
}

export interface MinedInParts {
  /** Holds NEGATIVES_FILE. */
  readonly dir: string;
  readonly report: MiningReport;
  /** Records in the file. */
  readonly candidates: number;
}

/** Queries of a part, two blocks: what is mined anew when a mining is killed takes a second or two. */
export const PART_QUERIES = 1_024;
const PART_FILE = 'part.json';

/** What stands beside the records of a part. */
interface PartCard {
  /** Queries mined at its end, in all. */
  readonly done: number;
  /** Counted up to its end. */
  readonly counts: ReportCounts;
}

export interface InParts {
  /** Folders of the parts that an earlier attempt has left, in order. */
  readonly left: readonly string[];
  readonly workDir: string;
  readonly signal: AbortSignal;
  emit(event: MineEvent): Promise<void>;
}

/**
 * Mines, writes the records down and counts them. What it holds is the source, a few blocks of queries, and two numbers for each kept
 * negative. Parts are given out as they are done, and a later attempt goes on behind them.
 * @param mining.ids of items, by row
 */
export async function mineInParts(
  mining: MiningParts & { readonly ids: Int32Array },
  { left, workDir, signal, emit }: InParts,
): Promise<MinedInParts> {
  const { task, ids } = mining;
  const total = task.queryRows.length;
  const dir = await freshDir(workDir, 'negatives');
  const whole = await NegativesWriter.create(join(dir, NEGATIVES_FILE));
  const parts = new PartWriter(workDir);
  try {
    const report = new ReportBuilder(mining.spec.perQuery);
    let done = 0;
    for (const part of left) {
      for await (const { bytes, block } of readBlocks(join(part, NEGATIVES_FILE))) {
        await whole.append(bytes);
        report.restoreKept(block);
      }
    }
    const last = left.at(-1);
    if (last !== undefined) {
      const card: PartCard = JSON.parse(await readFile(join(last, PART_FILE), 'utf8'));
      report.restoreCounts(card.counts);
      done = card.done;
    }
    for await (const block of mineQueries(mining, done)) {
      signal.throwIfAborted();
      for (const { found } of block) {
        if (found === null) report.skip();
        else report.add(found.query, found.selection);
      }
      const bytes = encodeBlock(recordsOf(block, task.id), ids);
      await Promise.all([whole.append(bytes), parts.append(bytes, block.length)]);
      done += block.length;
      if (parts.queries < PART_QUERIES && done < total) continue;
      await emit({ kind: 'part', dir: await parts.close({ done, counts: report.counts() }), done, total });
    }
    return { dir, report: report.report(), candidates: whole.count };
  } finally {
    await parts.abandon();
    await whole.close();
  }
}

function recordsOf(block: readonly Mined[], id: (queryRow: number) => number): QueryRecords[] {
  const records: QueryRecords[] = [];
  for (const { queryRow, found } of block) {
    if (found === null) continue;
    const { rows, scores, positiveScore } = found.query;
    records.push({ queryId: id(queryRow), rows, scores, positiveScore, fates: found.selection.fates });
  }
  return records;
}

interface OpenPart {
  readonly dir: string;
  readonly writer: NegativesWriter;
}

/** Parts one after another, each in a folder of its own. */
class PartWriter {
  readonly #workDir: string;
  #number = 0;
  #open: OpenPart | null = null;
  /** Of the part that is open. */
  queries = 0;

  constructor(workDir: string) {
    this.#workDir = workDir;
  }

  async append(block: Uint8Array, queries: number): Promise<void> {
    if (this.#open === null) {
      const dir = await freshDir(this.#workDir, `part-${this.#number++}`);
      this.#open = { dir, writer: await NegativesWriter.create(join(dir, NEGATIVES_FILE)) };
    }
    this.queries += queries;
    await this.#open.writer.append(block);
  }

  /** @returns the folder of the part */
  async close(card: PartCard): Promise<string> {
    const { dir, writer } = this.#open as OpenPart;
    this.#open = null;
    this.queries = 0;
    await writer.close();
    await writeFile(join(dir, PART_FILE), JSON.stringify(card));
    return dir;
  }

  /** Closes what is open, after an error. */
  async abandon(): Promise<void> {
    await this.#open?.writer.close();
  }
}

async function freshDir(workDir: string, name: string): Promise<string> {
  const dir = join(workDir, name);
  await mkdir(dir, { recursive: true });
  return dir;
}
