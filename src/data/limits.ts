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
/** How often a gzip file may hold its own size: texts come to some ten, tables that repeat themselves to a hundred. Not asked of small ones. */
export const MAX_UNPACKED_RATIO = 300;
export const UNPACKED_UNASKED_BYTES = 64 * MIB;
/** Of one page of a Parquet file, unpacked; and of all columns of one row group, which are in memory together. */
export const MAX_PARQUET_PAGE_BYTES = 512 * MIB;
export const MAX_ROW_GROUP_BYTES = 4_096 * MIB;
/** Equal values may take a bit a thousand of them in the file, and an object each in memory. */
export const MAX_ROW_GROUP_ROWS = 10_000_000;
/** In base64 it fits a line. */
export const MAX_IMAGE_BYTES = 11 * MIB;
/** Of an image once decoded: a photograph of 7,000 x 5,700. */
export const MAX_IMAGE_PIXELS = 40_000_000;
/** Numbers in a vector. */
export const MAX_VECTOR_WIDTH = 16_384;
export const EXCERPT_CHARACTERS = 200;
