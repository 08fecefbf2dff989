import type { EncoderSpec, ParadigmSpec, TrainingConfig } from '../domain/training.ts';
import type { DatasetBytes } from '../store/dataset-bytes.ts';
import type { DatasetRow } from '../store/datasets.ts';

/** What a run trains on, as far as its files go by it. */
export interface TrainedOn extends Pick<DatasetRow, 'itemCount' | 'queryCount' | 'relevanceCount' | 'dimensions'> {
  readonly bytes: DatasetBytes;
}

const FLOAT = 4;
/** Of an item or query in a snapshot, and of a judgement: ids, places and grades. */
const ROW = 12;
/** Bytes of text for each row of a learned vocabulary, at least: a piece that comes twice and is worth having. */
const TEXT_OF_A_PIECE = 16;

/**
 * Bytes that a run will have on disk at least: the data as it was when it began, the checkpoints that it keeps and the one that it
 * writes beside them, and the encoder.
 */
export function trainingBytes(config: TrainingConfig, data: TrainedOn): number {
  const { itemCount, queryCount, relevanceCount, bytes } = data;
  const snapshot = bytes.items + bytes.queries + ROW * (itemCount + queryCount + relevanceCount);
  const towers = config.towers === 'separate' ? 2 : 1;
  const encoder = FLOAT * towers * weightsOf(config.encoder, data);
  const moments = config.optimizer.name === 'adamw' ? 2 : 1;
  const follows = config.paradigm.name === 'momentum-encoder' ? 1 : 0;
  const checkpoint = encoder * (1 + moments + follows) + FLOAT * remembered(config.paradigm, config.encoder, itemCount);
  return snapshot + encoder + checkpoint * (config.keepCheckpoints + 1);
}

function weightsOf(encoder: EncoderSpec, { bytes, dimensions }: TrainedOn): number {
  switch (encoder.kind) {
    case 'text-static':
      return Math.min(encoder.vocabularySize, (bytes.items + bytes.queries) / TEXT_OF_A_PIECE) * encoder.dimensions;
    case 'vector-mlp':
      return encoder.hidden * ((dimensions ?? 0) + (encoder.dimensions ?? dimensions ?? 0));
    case 'image-conv':
      // Three stages of two blocks' worth of 3 x 3 kernels, each stage with twice the channels of the one before.
      return 2 * 9 * encoder.filters ** 2 * (1 + 4 + 16) + 4 * encoder.filters * encoder.dimensions;
  }
}

/** Numbers of a bank or a queue. */
function remembered(paradigm: ParadigmSpec, encoder: EncoderSpec, items: number): number {
  const width = encoder.dimensions ?? 0;
  if (paradigm.name === 'memory-bank') return items * width;
  if (paradigm.name !== 'momentum-encoder' || paradigm.negativesFrom === 'batch') return 0;
  return Math.min(paradigm.queueSize, items) * width * (paradigm.symmetric ? 2 : 1);
}
