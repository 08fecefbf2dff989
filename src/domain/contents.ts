/** What the items and queries of a dataset are. A dataset holds one kind only. */
export const DATASET_KINDS = ['TEXT', 'IMAGE', 'VECTOR'] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];

/** In messages: `this dataset holds images`. */
export const CONTENTS_OF: Readonly<Record<DatasetKind, string>> = {
  TEXT: 'texts',
  IMAGE: 'images',
  VECTOR: 'vectors',
};
