import type { ImagePixels } from '../domain/contents.ts';
import { QuartetError } from '../domain/errors.ts';

export type { ImagePixels };

/** What encoders read: `text` is a string, `vector` the numbers of a stored embedding, `image` its pixels. */
export interface Contents {
  readonly text: string;
  readonly vector: Float32Array;
  readonly image: ImagePixels;
}
export type ContentKind = keyof Contents;
export type Content = Contents[ContentKind];

export function kindOf(content: Content): ContentKind {
  if (typeof content === 'string') return 'text';
  return content instanceof Float32Array ? 'vector' : 'image';
}

/**
 * Passes on what an encoder can read.
 * @param encoder for the error
 * @throws QuartetError BAD_INPUT, while being iterated, at the first content of another kind
 */
export function* expectContents<Kind extends ContentKind>(
  encoder: string,
  kind: Kind,
  contents: Iterable<Content>,
): Generator<Contents[Kind]> {
  for (const content of contents) {
    const found = kindOf(content);
    if (found !== kind) {
      throw new QuartetError(
        'BAD_INPUT',
        `${encoder} reads ${kind}s, the dataset holds ${found}s: choose another encoder`,
        {
          field: ['encoder', 'kind'],
        },
      );
    }
    yield content as Contents[Kind];
  }
}

/** @throws QuartetError BAD_INPUT when one of them is no such content */
export function requireContents(kind: ContentKind, contents: readonly Content[]): void {
  const other = contents.find((content) => kindOf(content) !== kind);
  if (other === undefined) return;
  throw new QuartetError(
    'BAD_INPUT',
    `this encoder reads ${kind}s, it was given a ${kindOf(other)}: use one trained on ${kindOf(other)}s`,
  );
}
