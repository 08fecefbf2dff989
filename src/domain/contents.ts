/** What the items and queries of a dataset are. A dataset holds one kind only. */
export const DATASET_KINDS = ['TEXT', 'IMAGE', 'VECTOR'] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];

/** In messages: `this dataset holds images`. */
export const CONTENTS_OF: Readonly<Record<DatasetKind, string>> = {
  TEXT: 'texts',
  IMAGE: 'images',
  VECTOR: 'vectors',
};

/** A decoded image: bytes by row, then column, then channel. */
export interface ImagePixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey, 3: red, green, blue */
  readonly channels: number;
  /** shape [H, W, C] */
  readonly pixels: Uint8Array;
}

/** Width, height and channels of images that go through one encoder. */
export type ImageShape = Pick<ImagePixels, 'width' | 'height' | 'channels'>;
