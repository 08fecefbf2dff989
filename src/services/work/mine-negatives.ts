import { openSnapshot, type Snapshot } from '../../data/snapshot.ts';
import type { MiningSpec } from '../../domain/mining.ts';
import { type Content, type Encoder, loadEncoder } from '../../encoders/index.ts';
import { windowOf } from '../../mining/settings.ts';
import { VectorIndex } from '../../search-index/vector-index.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import { type MinedInParts, type MineEvent, mineInParts } from './mine-in-parts.ts';
import { denseScorer } from './mining-scorer.ts';
import { bothSource, denseSource, foundBy, lexicalSource, type MiningSource } from './mining-source.ts';
import { miningTask } from './mining-task.ts';
import type { QuerySide } from './training-data.ts';
import type { Work } from './work.ts';

export type { MineEvent };

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

export interface MineResult extends MinedInParts {
  readonly datasetHash: string;
}

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
    // Items that came since the index was built have no rank in it.
    const ranked = spec.source === 'encoder' && index !== null ? foundBy(index, snapshot) : items.count;
    const window = windowOf(spec.mining, ranked);
    const task = miningTask(snapshot, spec.positives, spec.marked);
    // Texts need no tensors: their encoder is a table.
    const tensors = snapshot.kind === 'TEXT' ? undefined : await loadTensors(spec.backend ?? 'auto', logger);
    const { side } = task;
    const encoder = spec.encoderDir === null ? null : await loadEncoder(spec.encoderDir, tensors);
    const source = sourceOf(spec, { snapshot, side, encoder, index });
    const judging =
      spec.judgeDir === null
        ? null
        : denseScorer({ snapshot, side, encoder: await loadEncoder(spec.judgeDir, tensors), index: null });
    const judge = judging === null ? null : async (rows: Int32Array) => (await judging(rows)).scoresOf;

    const mining = { task, spec: spec.mining, window, source, judge, ids: items.ids };
    const mined = await mineInParts(mining, { left: spec.parts, workDir, emit, signal });
    return { ...mined, datasetHash: snapshot.hash };
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
