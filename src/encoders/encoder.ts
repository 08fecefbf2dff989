import type { ImageShape } from '../domain/contents.ts';
import type { Tensor2D } from '../tensor/backend.ts';
import type { ContentKind } from './content.ts';

/*
 * Shapes: B batch, D embedding dimensions.
 * An encoder is an inference object that needs no tensor backend; a trainable encoder adds forward/backward. Backward is
 * explicit (no tape) so that sparse tables stay outside the tensor library and a loss only has to give dL/dEmbedding.
 */

/** Which of its towers an encoder embeds with, where it has two. */
export type Side = 'query' | 'item';

/** A saved encoder, ready to embed. Needs no tensor backend. */
export interface Encoder<Input = string> {
  readonly kind: string;
  /** What its inputs are. */
  readonly reads: ContentKind;
  /** Of the images that it reads, if it does: they are decoded to this shape. */
  readonly imageShape?: ImageShape;
  /** Numbers in the vectors that it reads, if it does. */
  readonly inputWidth?: number;
  /** D */
  readonly dimensions: number;
  /**
   * @param side what the inputs are, where queries and items have towers of their own. Default item
   * @returns shape [B, D], row-major, every row of unit L2 norm (a text without a known token gets a fixed fallback vector, never NaN).
   */
  encode(inputs: readonly Input[], side?: Side): Float32Array;
}

/** Named arrays of a checkpoint or a safetensors file. */
export type NamedArrays = Readonly<Record<string, Float32Array | Int32Array | Uint32Array | Uint8Array>>;

export interface Forward {
  /** shape [B, D], unit rows. Owned by this object. */
  readonly embeddings: Tensor2D;
  /** Accumulates dL/dparameters from dL/dEmbeddings, shape [B, D]. May be called once. */
  backward(gradient: Tensor2D): void;
  dispose(): void;
}

/**
 * A copy of an encoder's weights that follows them slowly and that no gradient reaches (MoCo, 1911.05722, eq. 2). It starts equal
 * to the weights.
 */
export interface MomentumTower<Prepared = unknown> {
  /** v <- m v + (1 - m) w, with the encoder's present weights w. @param m 0 to 1 */
  update(m: number): void;
  /** Inference with the copy's weights. @returns shape [B, D], unit rows */
  encodePrepared(batch: readonly Prepared[]): Float32Array;
  /** All that a bit-exact resume needs beside the encoder's own state. Views, not copies. */
  state(): NamedArrays;
  restore(state: NamedArrays): void;
  dispose(): void;
}

/** `Prepared` is the input after everything that does not depend on weights (token ids), computed once per run, not per step. */
export interface TrainableEncoder<Prepared = unknown> {
  readonly dimensions: number;
  forward(batch: readonly Prepared[]): Forward;
  /** Inference with the present weights. @returns shape [B, D] */
  encodePrepared(batch: readonly Prepared[]): Float32Array;
  /** L2 norm of the gradients accumulated so far, which stay. */
  gradientNorm(): number;
  /**
   * One optimizer step down the accumulated gradients, which are then cleared.
   * @param scale multiplies the gradients first, default 1: to clip them by a norm over more than this encoder
   * @returns the L2 norm of the gradients before scaling
   */
  applyGradients(learningRate: number, scale?: number): number;
  /** A copy that follows this encoder from now on; the caller disposes it. */
  momentumCopy(): MomentumTower<Prepared>;
  /** Weights and optimizer state, all that a bit-exact resume needs. Views, not copies: write them before the next step. */
  state(): NamedArrays;
  restore(state: NamedArrays): void;
  dispose(): void;
}
