import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sha256File } from '../platform/hash.ts';
import { nextTurn } from '../platform/turns.ts';
import { exactNearestAmong, exactNearestInTurns } from './exact.ts';
import type { RowSet } from './filter/row-set.ts';
import type { GraphEngine } from './graph.ts';
import { HnswIndex, type HnswQuery } from './hnsw.ts';
import { requireMemory } from './hnsw-native.ts';
import {
  corruptIndex,
  GRAPH_FILE,
  IDS_FILE,
  type IndexCard,
  type IndexFile,
  readCard,
  VECTORS_FILE,
} from './index-card.ts';
import { readItemIds } from './item-ids.ts';
import { Nearest, type Neighbours } from './nearest.ts';
import { planSearch, type SearchPlan, type SearchStrategy } from './planner.ts';
import { candidatesFor } from './rescore.ts';
import { VectorFile } from './vector-file.ts';

export type { SearchStrategy };

export interface IndexAnswer extends Neighbours {
  readonly strategy: SearchStrategy;
}

/** Multiply-adds of the addon between two turns of the event loop: some milliseconds. */
const SCAN_PER_TURN = 16_000_000;
const CHUNK_BYTES = 1 << 20;

/**
 * An index artifact in memory, immutable: safe to search from anywhere in this thread. The graph is loaded at once. Of float32
 * storage the plain vectors are loaded where an exact search needs them; of int8 storage they stay on disk, and whatever the
 * graph finds is scored anew from there.
 */
export class VectorIndex {
  readonly card: IndexCard;
  readonly #dir: string;
  readonly #present: () => Promise<unknown>;
  readonly #hnsw: HnswIndex;
  readonly #ids: Int32Array;
  /** Of int8 storage. */
  readonly #file: VectorFile | null;
  #vectors: Promise<Float32Array> | null = null;

  private constructor(
    dir: string,
    card: IndexCard,
    parts: {
      hnsw: HnswIndex;
      ids: Int32Array;
      file: VectorFile | null;
      present?: (() => Promise<unknown>) | undefined;
    },
  ) {
    this.#dir = dir;
    this.#present = parts.present ?? (async () => {});
    this.card = card;
    this.#hnsw = parts.hnsw;
    this.#ids = parts.ids;
    this.#file = parts.file;
  }

  /**
   * Loads an artifact into a fresh object after checking version, sizes and checksums.
   * @param options.engine default: the best there is
   * @param options.present called before files are read later: they may have been put away meanwhile, and come back
   * @throws QuartetError CORRUPT_ARTIFACT, UNSUPPORTED_FORMAT, RETRY_LATER when there is not enough memory for it, or
   * BACKEND_UNAVAILABLE for int8 without the addon
   */
  static async load(
    dir: string,
    { engine, present }: { readonly engine?: GraphEngine; readonly present?: () => Promise<unknown> } = {},
  ): Promise<VectorIndex> {
    const card = await readCard(dir);
    const { count, dimensions, m, storage = 'float32' } = card;
    for (const file of [GRAPH_FILE, VECTORS_FILE, IDS_FILE] as const) await checkSize(dir, card, file);
    if (card.files[VECTORS_FILE].bytes !== count * dimensions * 4 || card.files[IDS_FILE].bytes !== count * 4) {
      throw corruptIndex(dir, `does not hold ${count} vectors of ${dimensions} dimensions`);
    }
    const ids = await readItemIds(dir, card);
    const graph = join(dir, GRAPH_FILE);
    if ((await sha256File(graph)) !== card.files[GRAPH_FILE].sha256) throw corruptIndex(graph, CHECKSUM_FLAW);
    const hnsw = await HnswIndex.load(graph, { count, dimensions, m, storage }, engine);
    try {
      const file = storage === 'int8' ? await VectorFile.open(dir, card) : null;
      return new VectorIndex(dir, card, { hnsw, ids, file, present });
    } catch (error) {
      await hnsw.release();
      throw error;
    }
  }

  get count(): number {
    return this.card.count;
  }

  get dimensions(): number {
    return this.card.dimensions;
  }

  /** Bytes in memory, about; grows once with the first exact search. */
  get bytes(): number {
    return this.#hnsw.bytes + this.#ids.byteLength + (this.#vectors === null ? 0 : this.card.files[VECTORS_FILE].bytes);
  }

  /** @returns the item's id */
  itemAt(row: number): number {
    return this.#ids[row] as number;
  }

  /** @returns the row of an item, null when it is not in this index */
  rowOf(itemId: number): number | null {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] as number) < itemId) low = middle + 1;
      else high = middle;
    }
    return this.#ids[low] === itemId ? low : null;
  }

  /** @returns shape [D] */
  vector(row: number): Float32Array {
    return this.#file?.vector(row) ?? this.#hnsw.vector(row);
  }

  /**
   * The k nearest rows, always as many as there are up to k: where the graph is no help or finds fewer, every row that may be
   * returned is compared.
   * @param query shape [D], unit norm  @param ef candidates kept by the graph; null for the index's own
   * @param allowed the rows that may be returned; null for all
   * @throws QuartetError DIMENSION_MISMATCH or BAD_INPUT for a query that is not such a vector, CORRUPT_ARTIFACT
   */
  async search(query: Float32Array, k: number, ef: number | null, allowed: RowSet | null = null): Promise<IndexAnswer> {
    const task = this.#plan(k, ef, allowed);
    if (task.plan.strategy !== 'exact') {
      const found = this.#answerOf(query, this.#hnsw.search(query, askedOf(task, allowed)), task, allowed);
      if (found !== null) return found;
    }
    return await this.searchExactly(query, k, allowed);
  }

  /** As `search`, the walk off this thread where the engine can. */
  async searchSoon(
    query: Float32Array,
    k: number,
    ef: number | null,
    allowed: RowSet | null = null,
  ): Promise<IndexAnswer> {
    const task = this.#plan(k, ef, allowed);
    if (task.plan.strategy !== 'exact') {
      const walked = await this.#hnsw.searchSoon(query, askedOf(task, allowed));
      const found = this.#answerOf(query, walked, task, allowed);
      if (found !== null) return found;
    }
    return await this.searchExactly(query, k, allowed);
  }

  /**
   * As `search` for many queries at once, on all cores.
   * @param queries shape [Q, D], unit norms @returns an answer for each, in order
   */
  async searchMany(
    queries: Float32Array,
    k: number,
    ef: number | null,
    allowed: RowSet | null = null,
  ): Promise<IndexAnswer[]> {
    const task = this.#plan(k, ef, allowed);
    const width = this.dimensions;
    const found =
      task.plan.strategy === 'exact'
        ? Array.from({ length: queries.length / width }, () => null)
        : await this.#hnsw.searchMany(queries, askedOf(task, allowed), availableParallelism());
    const answers: IndexAnswer[] = [];
    for (const [at, neighbours] of found.entries()) {
      const query = queries.subarray(at * width, (at + 1) * width);
      const found = this.#answerOf(query, neighbours, task, allowed);
      answers.push(found ?? (await this.searchExactly(query, k, allowed)));
    }
    return answers;
  }

  /** As `search`, comparing every row that may be returned. */
  async searchExactly(query: Float32Array, k: number, allowed: RowSet | null = null): Promise<IndexAnswer> {
    // The graph's own checks of the query, whoever answers it.
    this.#hnsw.requireUnit(query);
    if (this.#file !== null) return { ...(await this.#file.nearest(query, k, allowed)), strategy: 'exact' };
    if (this.#hnsw.scans) return { ...(await this.#scan(query, k, allowed)), strategy: 'exact' };
    const rows = { vectors: await this.#loadVectors(), dimensions: this.dimensions };
    const found =
      allowed === null
        ? await exactNearestInTurns(rows, query, k)
        : await exactNearestAmong(rows, query, k, allowed.toRows());
    return { ...found, strategy: 'exact' };
  }

  #plan(k: number, ef: number | null, allowed: RowSet | null): Task {
    const { count, dimensions } = this;
    const matched = allowed === null ? null : allowed.size;
    const wanted = Math.min(k, matched ?? count);
    const depth = this.#file === null ? wanted : candidatesFor(wanted, matched ?? count);
    const plan = planSearch({ count, dimensions, matched, k: depth, ef: ef ?? this.card.efSearch });
    // A walk that has compared more than there are to compare, or meets too few of them, is given up for comparing them.
    return { plan, wanted, depth, budget: matched ?? 0 };
  }

  /** @param found by the graph, null when it gave up @returns null when it is too little */
  #answerOf(
    query: Float32Array,
    found: Neighbours | null,
    { plan, wanted, depth }: Task,
    allowed: RowSet | null,
  ): IndexAnswer | null {
    const kept = found === null ? null : keptOf(found, plan, depth, allowed);
    if (kept === null || kept.rows.length < wanted) return null;
    const best = this.#file === null ? kept : this.#file.best(query, kept.rows, wanted);
    return { ...best, strategy: plan.strategy };
  }

  /** Compares all that may be returned with the vectors in the graph, giving way to the event loop every few milliseconds. */
  async #scan(query: Float32Array, k: number, allowed: RowSet | null): Promise<Neighbours> {
    const nearest = new Nearest(Math.min(k, this.count));
    const step = Math.max(1, Math.floor(SCAN_PER_TURN / this.dimensions));
    for (let first = 0; first < this.count; first += step) {
      if (first > 0) await nextTurn();
      const { rows, scores } = this.#hnsw.scan(query, { k, allowed }, first, Math.min(first + step, this.count));
      for (let at = 0; at < rows.length; at++) nearest.offer(rows[at] as number, scores[at] as number);
    }
    return nearest.take();
  }

  /** Frees the memory. The index must not be searched afterwards. */
  async release(): Promise<void> {
    this.#vectors = null;
    await this.#file?.close();
    await this.#hnsw.release();
  }

  #loadVectors(): Promise<Float32Array> {
    if (this.#vectors === null) {
      const loading = this.#present().then(() => readVectors(this.#dir, this.card));
      this.#vectors = loading;
      // The next search tries again.
      loading.catch(() => {
        if (this.#vectors === loading) this.#vectors = null;
      });
    }
    return this.#vectors;
  }
}

/** How one search is done. */
interface Task {
  readonly plan: SearchPlan;
  /** Hits. */
  readonly wanted: number;
  /** Candidates to take from the graph for them: more where they are scored anew. */
  readonly depth: number;
  readonly budget: number;
}

function askedOf({ plan: { strategy, ef }, depth, budget }: Task, allowed: RowSet | null): HnswQuery {
  if (strategy === 'hnsw-filtered') return { k: depth, ef, allowed, budget };
  return { k: strategy === 'hnsw-widened' ? ef : depth, ef, allowed: null, budget: 0 };
}

function keptOf(found: Neighbours, { strategy }: SearchPlan, wanted: number, allowed: RowSet | null): Neighbours {
  if (strategy !== 'hnsw-widened' || allowed === null) return found;
  const kept = [...found.rows.keys()].filter((at) => allowed.has(found.rows[at] as number)).slice(0, wanted);
  return {
    rows: Int32Array.from(kept, (at) => found.rows[at] as number),
    scores: Float32Array.from(kept, (at) => found.scores[at] as number),
  };
}

const CHECKSUM_FLAW = 'does not match its checksum: truncated or changed';

async function checkSize(dir: string, card: IndexCard, file: IndexFile): Promise<void> {
  const path = join(dir, file);
  const found = await stat(path).catch((cause: unknown) => {
    throw corruptIndex(path, 'is missing', cause);
  });
  const { bytes } = card.files[file];
  if (found.size !== bytes) throw corruptIndex(path, `has ${found.size} bytes, not ${bytes}`);
}

/** @returns shape [N, D], compared with its checksum on the way in */
async function readVectors(dir: string, card: IndexCard): Promise<Float32Array> {
  const path = join(dir, VECTORS_FILE);
  const { bytes, sha256: expected } = card.files[VECTORS_FILE];
  requireMemory(bytes, 'an exact search');
  const target = new Uint8Array(bytes);
  const hash = createHash('sha256');
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw corruptIndex(path, "can't be opened", cause);
  });
  try {
    for (let done = 0; done < bytes; ) {
      const { bytesRead } = await file.read(target, done, Math.min(CHUNK_BYTES, bytes - done), done);
      if (bytesRead === 0) throw corruptIndex(path, `ends at byte ${done}`);
      hash.update(target.subarray(done, done + bytesRead));
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== expected) throw corruptIndex(path, CHECKSUM_FLAW);
  return new Float32Array(target.buffer);
}
