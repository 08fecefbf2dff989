import { QuartetError } from '../domain/errors.ts';
import type { EncoderKind } from '../domain/training.ts';
import { shownPath } from '../platform/shown-path.ts';
import type { Tensors } from '../tensor/backend.ts';
import { type Card, readCard } from './card.ts';
import { type Content, requireContents } from './content.ts';
import type { Encoder } from './encoder.ts';
import { loadImageConv } from './image-conv/files.ts';
import { loadTextStatic } from './text-static/files.ts';
import { hasTwoTowers, loadTwoTowers } from './two-towers.ts';
import { loadVectorMlp } from './vector-mlp/files.ts';

export type { Card, Provenance } from './card.ts';
export { type Content, type ContentKind, type ImagePixels, kindOf, requireContents } from './content.ts';
export type { Encoder, Forward, MomentumTower, NamedArrays, Side, TrainableEncoder } from './encoder.ts';
export { randomView } from './image-conv/views/random-view.ts';
export { learnModel, type TrainableModel } from './learn-model.ts';
export { saveTwoTowers } from './two-towers.ts';

/** How each kind of encoder is read from its directory. */
const LOADERS = {
  'text-static': loadTextStatic,
  'vector-mlp': loadVectorMlp,
  'image-conv': loadImageConv,
} satisfies Record<EncoderKind, (dir: string, card: Card, tensors?: Tensors) => Promise<Encoder<Content>>>;

/**
 * Reads an encoder's directory; its files are held against the hashes of its card first.
 * @param tensors what encodes many images or vectors the faster way; without them the encoder needs no tensor backend
 * @throws QuartetError CORRUPT_ARTIFACT naming the file at fault, UNSUPPORTED_FORMAT for a kind or version not known here.
 *   What it returns throws BAD_INPUT when it is asked to encode what it can't read.
 */
export async function loadEncoder(dir: string, tensors?: Tensors): Promise<Encoder<Content>> {
  const card = await readCard(dir);
  if (!Object.hasOwn(LOADERS, card.kind)) {
    throw new QuartetError(
      'UNSUPPORTED_FORMAT',
      `${shownPath(dir)} holds an encoder of the kind ${card.kind}, known here: ${Object.keys(LOADERS).join(', ')}`,
    );
  }
  if (hasTwoTowers(card)) return await loadTwoTowers(dir, (folder) => loadEncoder(folder, tensors));
  const encoder: Encoder<Content> = await LOADERS[card.kind as EncoderKind](dir, card, tensors);
  return {
    ...encoder,
    encode(inputs, side) {
      requireContents(encoder.reads, inputs);
      return encoder.encode(inputs, side);
    },
  };
}
