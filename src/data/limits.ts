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
export const EXCERPT_CHARACTERS = 200;
