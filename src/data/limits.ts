const MIB = 1 << 20;

/** Bounds of one row. What lies beyond is a bad row, never a crash or an error of PostgreSQL. */
export const MAX_LINE_BYTES = 16 * MIB;
export const MAX_TEXT_BYTES = 1 * MIB;
export const MAX_METADATA_BYTES = 1 * MIB;
/** An external id is in a B-tree index, whose entries end at a third of an 8 KiB page. */
export const MAX_ID_BYTES = 1024;
export const MAX_LABEL_BYTES = 1024;
export const MAX_METADATA_DEPTH = 64;
export const MAX_GRADE = 255;
/** In base64 it fits a line. */
export const MAX_IMAGE_BYTES = 11 * MIB;
/** Of an image once decoded: a photograph of 7,000 x 5,700. */
export const MAX_IMAGE_PIXELS = 40_000_000;
/** Numbers in a vector. */
export const MAX_VECTOR_WIDTH = 16_384;
export const EXCERPT_CHARACTERS = 200;
