import type { ImageShape } from '../../domain/contents.ts';
import type { ImageConvSpec } from '../../domain/training.ts';
import type { ParameterShape } from '../dense/network.ts';

/** Mean and deviation of the bytes of each channel, over the images that are learned from. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Images, all of one size; what is not known of their colours is left out. */
export type ImageInput = ImageShape & Partial<ChannelStatistics>;

/** Of the images and of the network. */
export interface ConvShape extends ImageShape, ChannelStatistics {
  /** Channels of the first stage; each further one has twice as many. */
  readonly filters: number;
  /** D */
  readonly dimensions: number;
}

/** Two convolutions of 3 x 3 and what they are added to. */
export interface Block {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly stride: number;
}

const STAGES = 3;
/** Stands for what is not known of images: bytes then become -1 to 1. */
const MIDDLE = 127.5;

export function convShape(
  { dimensions, filters }: Pick<ImageConvSpec, 'dimensions' | 'filters'>,
  { height, width, channels, mean, deviation }: ImageInput,
): ConvShape {
  const middle = new Array<number>(channels).fill(MIDDLE);
  return { height, width, channels, mean: mean ?? middle, deviation: deviation ?? middle, filters, dimensions };
}

/** One block a stage: from the second on it halves the picture and doubles the channels. */
export function convBlocks({ filters }: Pick<ConvShape, 'filters'>): readonly Block[] {
  return Array.from({ length: STAGES }, (_, stage) => ({
    name: `block${stage + 1}`,
    from: filters * 2 ** Math.max(0, stage - 1),
    to: filters * 2 ** stage,
    stride: stage === 0 ? 1 : 2,
  }));
}

/** Where shapes differ, the block's skip is a convolution of 1 x 1. */
export function hasShortcut({ from, to, stride }: Block): boolean {
  return from !== to || stride !== 1;
}

/** Channels after the last stage. */
export function lastFilters({ filters }: Pick<ConvShape, 'filters'>): number {
  return filters * 2 ** (STAGES - 1);
}

export function convParameters(shape: ConvShape): readonly ParameterShape[] {
  const { channels, filters, dimensions } = shape;
  const matrix = (name: string, ...size: number[]) => ({ name, shape: size, decays: true, centred: true });
  const bias = (name: string, size: number): ParameterShape => ({ name: `${name}.bias`, shape: [size], decays: false });
  return [
    matrix('stem', 3, 3, channels, filters),
    bias('stem', filters),
    ...convBlocks(shape).flatMap((block) => [
      matrix(`${block.name}.first`, 3, 3, block.from, block.to),
      bias(`${block.name}.first`, block.to),
      matrix(`${block.name}.second`, 3, 3, block.to, block.to),
      bias(`${block.name}.second`, block.to),
      ...(hasShortcut(block) ? [matrix(`${block.name}.shortcut`, 1, 1, block.from, block.to)] : []),
    ]),
    matrix('projection', lastFilters(shape), dimensions),
    bias('projection', dimensions),
  ];
}
