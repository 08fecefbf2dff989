import { CONTENTS_OF, type DatasetKind } from './contents.ts';
import { QuartetError } from './errors.ts';
import type { EncoderKind } from './training.ts';

/** What each kind of encoder reads. */
export const READ_BY = {
  'text-static': 'TEXT',
  'vector-mlp': 'VECTOR',
  'image-conv': 'IMAGE',
} as const satisfies Record<EncoderKind, DatasetKind>;

/** The encoder for a dataset where none is asked for. */
export const ENCODER_FOR = {
  TEXT: 'text-static',
  VECTOR: 'vector-mlp',
  IMAGE: 'image-conv',
} as const satisfies Record<DatasetKind, EncoderKind>;

/** @throws QuartetError BAD_INPUT naming what to take instead, when the encoder does not read what the dataset holds */
export function assertReads(encoder: EncoderKind, kind: DatasetKind, field: readonly string[]): void {
  const reads = READ_BY[encoder];
  if (reads === kind) return;
  const remedy = `take ${ENCODER_FOR[kind]}, or a dataset of kind ${reads}`;
  throw new QuartetError(
    'BAD_INPUT',
    `${encoder} reads ${CONTENTS_OF[reads]}, this dataset holds ${CONTENTS_OF[kind]}; ${remedy}`,
    { field },
  );
}
