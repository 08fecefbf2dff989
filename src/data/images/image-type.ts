/** Kinds of image files that are taken, by their first bytes: what else a decoder may know (SVG, PDF) is not for strangers' files. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/tiff' | 'image/avif';

const SIGNATURES: readonly [type: ImageType, at: number, bytes: string][] = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['image/avif', 4, 'ftypavif'],
];

/** @returns null for what is none of them */
export function imageType(file: Uint8Array): ImageType | null {
  const head = Buffer.from(file.subarray(0, 16)).toString('latin1');
  return SIGNATURES.find(([, at, bytes]) => head.startsWith(bytes, at))?.[0] ?? null;
}
