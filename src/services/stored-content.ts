import type { DatasetKind } from '../domain/contents.ts';
import type { StoredContent } from './encoders.ts';

/** A row's bytes as what they are. @param kind of the dataset, not TEXT */
export function storedContent(kind: DatasetKind, data: Uint8Array): StoredContent {
  if (kind === 'IMAGE') return { image: data };
  // Copied, because a view of floats must begin at a multiple of four bytes.
  return { vector: new Float32Array(Uint8Array.from(data).buffer) };
}
