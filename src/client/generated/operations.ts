// Written by scripts/codegen.mjs from schema.graphql. Not for editing.
import { typed } from '../document.ts';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** State of long work. `QUEUED` and `RUNNING` go on by themselves, `PAUSED` waits for somebody, the other three are final. */
export type JobStatus =
  /** Accepted and durable, waiting for a worker. */
  | 'QUEUED'
  /** A worker is at it. If that worker dies, another one goes on from the last saved state. */
  | 'RUNNING'
  /** Stopped where it can go on, until somebody resumes it. Only training runs pause. */
  | 'PAUSED'
  /** Done; the result is there. */
  | 'SUCCEEDED'
  /** Ended by an error, see `error`. */
  | 'FAILED'
  /** Ended because it was asked to. */
  | 'CANCELLED';

/** Which part of the queries a query belongs to. */
export type Split =
  /** Trained on. */
  | 'TRAIN'
  /** Watched while training, to keep the best state; taken from TRAIN when a dataset has none. */
  | 'VALIDATION'
  /** Never seen in training; measures the result. */
  | 'TEST';

/** What the items of a dataset are. */
export type DatasetKind =
  /** Items and queries are texts. */
  | 'TEXT'
  /** Items and queries are images. */
  | 'IMAGE'
  /** Items and queries are embeddings that were made elsewhere. */
  | 'VECTOR';

/** Stable codes of why long work failed. */
export type JobErrorCode =
  /** A file can't be imported as it was asked for; the message names file, line and column. */
  | 'IMPORT_FAILED'
  /** The training can't go on with these data and settings. */
  | 'TRAINING_FAILED'
  /** The loss became no number, or grew without end; a lower learning rate may help. */
  | 'TRAINING_DIVERGED'
  /** The data or settings don't fit, which showed only when the work had begun. */
  | 'BAD_INPUT'
  /** Something that the work needs was deleted since it was asked for. */
  | 'NOT_FOUND'
  /** Something that the work needs has changed since it was asked for. */
  | 'CONFLICT'
  /** Something that the work needs is not finished, or failed itself. */
  | 'NOT_READY'
  /** Vectors have another number of dimensions than the encoder or the index. */
  | 'DIMENSION_MISMATCH'
  /** There is nothing to work on. */
  | 'EMPTY_INDEX'
  /** A file is none of the formats that can be read. */
  | 'UNSUPPORTED_FORMAT'
  /** It would take more than this installation gives. */
  | 'LIMIT_EXCEEDED'
  /** The disk of the worker is full. */
  | 'DISK_FULL'
  /** Stored files are not what they were when they were written. */
  | 'CORRUPT_ARTIFACT'
  /** The tensor library that was asked for can't be loaded on the worker. */
  | 'BACKEND_UNAVAILABLE'
  /** Anything else, e.g. a process that ended without a word; the worker's log has more. */
  | 'JOB_FAILED';

/**
 * Stable codes of what a caller can mend. In queries, where there are no user errors, they stand in `extensions.code` of a
 * top-level error. Faults are always top-level: `INTERNAL`, `DATABASE_UNAVAILABLE`, `DISK_FULL`, `CORRUPT_ARTIFACT`,
 * `BACKEND_UNAVAILABLE`, `TIMEOUT` and `LIMIT_EXCEEDED` (ask for less at a time), `RETRY_LATER` (the same may succeed in `extensions.retryAfterMs`); so is what the key of the request is refused for: `UNAUTHENTICATED`, `FORBIDDEN`.
 */
export type UserErrorCode =
  /** A value is malformed or outside its bounds; the message names the bound. */
  | 'BAD_INPUT'
  /** Nothing has this id or name. */
  | 'NOT_FOUND'
  /** It exists already, is in use, or an idempotency key came again with other input. */
  | 'CONFLICT'
  /** It needs something that is not finished yet, e.g. an index that is still being built. */
  | 'NOT_READY'
  /** A vector has another number of dimensions than the index. */
  | 'DIMENSION_MISMATCH'
  /** The index holds nothing. */
  | 'EMPTY_INDEX'
  /** The file is none of the formats that can be read. */
  | 'UNSUPPORTED_FORMAT';

/** Kinds of files that can be imported, each also gzipped. */
export type ImportFormat =
  /** One JSON object a line. */
  | 'JSONL'
  /** Comma separated, first line holds the column names; quotes, BOM and CRLF are understood. */
  | 'CSV'
  /** Tab separated, else as CSV. */
  | 'TSV'
  /** Apache Parquet. */
  | 'PARQUET'
  /** A BEIR folder: `corpus.jsonl`, `queries.jsonl` and `qrels/{train,dev,test}.tsv`, one upload each with these file names. */
  | 'BEIR'
  /** Images as MNIST has them: a file of images, and one of labels if there is one; a `.json` file with a list of class names may come with them. */
  | 'IDX'
  /** Images as CIFAR-10's binary version has them: one byte of label, then 3,072 of pixels; a `.json` file as with `IDX`. */
  | 'CIFAR';

/** Sort of encoder. */
export type EncoderKind =
  /** Token table learned from the dataset with subword back-off; embeds a text in well under a millisecond. */
  | 'TEXT_STATIC'
  /** Residual layer on stored embeddings; untrained it changes nothing. */
  | 'VECTOR_MLP'
  /** Small residual network without batch normalisation, for images of one size. */
  | 'IMAGE_CONV';

/** Way of training: where the negatives come from. */
export type Paradigm =
  /** The other pairs of the batch are the negatives. */
  | 'IN_BATCH_NEGATIVES'
  /** Each query has negatives of its own, encoded in the same step. */
  | 'END_TO_END'
  /** Negatives are stored embeddings of all items, renewed when an item is trained on. */
  | 'MEMORY_BANK'
  /** Negatives are keys of earlier steps, made by a slowly moving copy of the encoder. */
  | 'MOMENTUM_ENCODER';

/** Where end-to-end training takes its negatives from. */
export type NegativeSource =
  /** Drawn from all items that are no positives of the query. */
  | 'UNIFORM'
  /** Those given for the query (judged irrelevant, or mined), filled up by drawn ones. */
  | 'GIVEN';

/** Loss of training with a memory bank. */
export type MemoryBankLoss =
  /** Noise-contrastive estimation, its normalising constant taken from the first batch. */
  | 'NCE'
  /** Softmax over the positive and the drawn rows. */
  | 'SAMPLED_INFO_NCE'
  /** Softmax over all rows but other positives of the query. */
  | 'FULL_SOFTMAX';

/** Where momentum-encoder training takes its negatives from. */
export type MomentumNegativeSource =
  /** A queue of keys of earlier steps (MoCo). */
  | 'QUEUE'
  /** The other keys of the batch, without a queue (MoCo v3). */
  | 'BATCH';

/** What a memory bank holds at first. */
export type BankInitialisation =
  /** Every item as the untrained encoder embeds it. */
  | 'ENCODED'
  /** Unit vectors drawn at random; an item in no training pair keeps its own for ever. */
  | 'RANDOM';

/** Tensor library that trains. */
export type BackendChoice =
  /** The fastest that this machine has. */
  | 'AUTO'
  /** Native TensorFlow. */
  | 'TENSORFLOW'
  /** WebAssembly; runs everywhere, slower. */
  | 'WASM';

/** Tensor library that trains or has trained. */
export type Backend =
  /** Native TensorFlow. */
  | 'TENSORFLOW'
  /** WebAssembly. */
  | 'WASM';

/** How the learning rate goes on after warm-up. */
export type LearningRateSchedule =
  /** Half a cosine down to zero. */
  | 'COSINE'
  /** A straight line down to zero. */
  | 'LINEAR'
  /** Stays. */
  | 'CONSTANT';

/** Whether queries and items go through the same weights. */
export type Towers =
  /** Both sides through one encoder. */
  | 'SHARED'
  /** Each side through weights of its own, which begin equal: for sides that are unlike, and enough pairs to learn both. */
  | 'SEPARATE';

/** What an input is to an encoder whose queries and items have weights of their own. */
export type EncoderSide =
  /** Something to look for. */
  | 'QUERY'
  /** Something to be found, as an index holds it. */
  | 'ITEM';

/** What belongs together. */
export type Positives =
  /** A query and each item judged relevant to it. */
  | 'RELEVANCE'
  /** Items of one label. With `imageConv` they are shown as views, as by AUGMENTATION, and an item is near enough to its label when it is near any of it in the batch, itself in another view included (supervised contrastive learning, 2004.11362, eq. 3); else it is to be near each (eq. 2). */
  | 'LABEL'
  /** Two views of one item: of a text without some of its tokens, of a vector without some of its numbers, of an image cropped, flipped, recoloured, greyed or blurred; others each time. */
  | 'AUGMENTATION';

/** Figure of a ranking that a run is judged by; higher is better. */
export type QualityMetric =
  /** Normalised discounted cumulative gain of the first ten. */
  | 'NDCG_AT_10'
  /** Reciprocal rank of the first relevant hit among ten. */
  | 'MRR_AT_10'
  /** Mean average precision over the first hundred. */
  | 'MAP_AT_100'
  /** Share of queries whose first hit is relevant. */
  | 'ACCURACY_AT_1'
  /** Share of a query's relevant items that is its first hit. */
  | 'RECALL_AT_1'
  /** Share of a query's relevant items found among the first 5. */
  | 'RECALL_AT_5'
  /** Share of a query's relevant items found among the first 10. */
  | 'RECALL_AT_10'
  /** Share of a query's relevant items found among the first 50. */
  | 'RECALL_AT_50'
  /** Share of a query's relevant items found among the first 100. */
  | 'RECALL_AT_100'
  /** Share of items whose 20 nearest vote for their label; not with positives by RELEVANCE. */
  | 'KNN_ACCURACY';

/** What came of a comparison. */
export type Outcome =
  /** Higher, and not by chance. */
  | 'BETTER'
  /** No difference that chance would not make. */
  | 'SAME'
  /** Lower, and not by chance. */
  | 'WORSE';

/** Weight of a remark. */
export type LogLevel =
  /** Good to know. */
  | 'INFO'
  /** Should be looked at. */
  | 'WARN';

/** How vectors become points of a plane. */
export type MapMethod =
  /** Principal components: the two directions of most variance. Distances mean something, clusters may lie on top of each other. */
  | 'PCA'
  /** UMAP (McInnes, Healy and Melville, 2018), begun at the principal components: neighbours stay neighbours, distances between clusters mean little. */
  | 'UMAP';

/** How the vectors of an index lie in memory. */
export type VectorStorage =
  /** Four bytes a value. */
  | 'FLOAT32'
  /** One byte a value, a quarter of the memory. What is found with it is scored anew from float32 on disk. */
  | 'INT8';

/** What decides whether an alias moves. */
export type PromotionBasis =
  /** The alias is new: there is nothing to compare with. */
  | 'FIRST'
  /** The same encoder made the vectors of both indexes. */
  | 'SAME_ENCODER'
  /** It moves when the interval of the difference on the validation split lies above zero. */
  | 'MEASURED'
  /** Somebody gave a reason to move it whatever the figures. */
  | 'OVERRIDE'
  /** Back to the version before. */
  | 'ROLLBACK';

/** How a search was answered. */
export type SearchStrategy =
  /** By walking the graph: fast, finds nearly all. */
  | 'HNSW'
  /** By comparing with every vector that may be returned: finds all. */
  | 'EXACT'
  /** By walking the graph over all items, keeping only those that pass the filter. */
  | 'HNSW_FILTERED'
  /** By walking the graph with more candidates and dropping those that do not pass the filter: where nearly all do. */
  | 'HNSW_WIDENED';

/** What a key may do. `READ` is part of `WRITE` and of `TRAIN`; `ADMIN` has all. */
export type Scope =
  /** Ask and watch: all queries and subscriptions, but `estimateIndex` (TRAIN) and `apiKeys` (ADMIN). */
  | 'READ'
  /** Change data: datasets, uploads, imports, single items, marks of false negatives. */
  | 'WRITE'
  /** Let the server work, and decide what is searched: training, mining, evaluations, indexes and their aliases. */
  | 'TRAIN'
  /** Make, list and revoke keys of its namespace; with the namespace `default`, of all namespaces. */
  | 'ADMIN';

/** Where candidates for hard negatives come from. */
export type MiningSource =
  /** The nearest of an index, scored by cosine similarity. */
  | 'ENCODER'
  /** Those that share the most telling words (BM25), scored so: for a start without an encoder. */
  | 'LEXICAL'
  /** Both, their ranks fused, scored by cosine similarity. */
  | 'BOTH';

/** Which items may become hard negatives. */
export type MiningCorpus =
  /** Those that some query is trained towards. */
  | 'PAIRED'
  /** Every item. One that only ever appears as a negative is pushed away also from questions that nobody has asked yet and that it answers. */
  | 'ALL';

/** Which of the candidates that passed all filters become negatives. */
export type MiningStrategy =
  /** The nearest. */
  | 'TOP'
  /** Random ones. */
  | 'RANDOM'
  /** Some at even steps from the nearest to the farthest. */
  | 'SPREAD';

/** What became of a candidate: kept, or the first filter of this order that dropped it. */
export type CandidateFate =
  /** It is a hard negative. */
  | 'KEPT'
  /** Known to be relevant, or the query itself. */
  | 'POSITIVE'
  /** It reads the same as a positive, or as the query. */
  | 'EQUAL_TEXT'
  /** It has the label of a positive. */
  | 'EQUAL_LABEL'
  /** Somebody has marked it as a false negative. */
  | 'MARKED'
  /** No query is trained towards it, and `corpus` is PAIRED. */
  | 'UNPAIRED'
  /** Among the first `rangeMin` ranks. */
  | 'RANGE_MIN'
  /** Above `maxScore`. */
  | 'MAX_SCORE'
  /** Below `minScore`. */
  | 'MIN_SCORE'
  /** Nearer to the positive's score than `absoluteMargin`. */
  | 'ABSOLUTE_MARGIN'
  /** Nearer to the positive's score than `relativeMargin`. */
  | 'RELATIVE_MARGIN'
  /** The judge finds it nearly as near as the positive. */
  | 'JUDGE'
  /** It passed, but others were taken. */
  | 'NOT_CHOSEN';

/** What is to be made of a false negative. */
export type FalseNegativeUse =
  /** The item is judged relevant to the query, with grade 1. */
  | 'POSITIVE'
  /** No mining and no training takes it for a negative of the query again. */
  | 'EXCLUDED';

/** A key to create. */
export type CreateApiKeyInput = {
  /** What it is for, 1 to 100 characters, e.g. `"search page"`. */
  readonly name: string;
  /** What it may do, one or more, e.g. `[READ]`. */
  readonly scopes: ReadonlyArray<Scope>;
  /** The namespace that it reaches, which is there as soon as it is named: lower-case letters, digits and hyphens, 1 to 63, e.g. `"acme"`. Default: the creator's; another one only for an ADMIN of `default`. */
  readonly namespace?: string | null | undefined;
  /** When it ends, e.g. `"2027-01-01T00:00:00Z"`. Default: never. */
  readonly expiresAt?: string | null | undefined;
  /** Sent again with the same input, the first key comes back (without `secret`) and no other is created; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A key to revoke. */
export type RevokeApiKeyInput = {
  /** The key. */
  readonly apiKeyId: string;
};

/** What to search in: exactly one. */
export type SearchTargetInput =
  {   /** This index version. */
  readonly indexId: string; readonly datasetId?: never; readonly datasetName?: never; readonly alias?: never; }
  |  { readonly indexId?: never;   /** The newest searchable index of this dataset. */
  readonly datasetId: string; readonly datasetName?: never; readonly alias?: never; }
  |  { readonly indexId?: never; readonly datasetId?: never;   /** The same by the dataset's name, e.g. `"handbook"`. */
  readonly datasetName: string; readonly alias?: never; }
  |  { readonly indexId?: never; readonly datasetId?: never; readonly datasetName?: never;   /** The index that this alias points at when the search begins. */
  readonly alias: AliasTargetInput; };

/** An alias: a name, and its dataset by id or by name (give exactly one). */
export type AliasTargetInput = {
  /** The alias, e.g. `"live"`. */
  readonly name?: string;
  /** The dataset. */
  readonly datasetId?: string | null | undefined;
  /** The dataset's name, e.g. `"handbook"`. */
  readonly datasetName?: string | null | undefined;
};

/** One thing to search with: exactly one. */
export type SearchExampleInput =
  {   /** A text, 1 to 100,000 characters. */
  readonly text: string; readonly itemId?: never; readonly vector?: never; }
  |  { readonly text?: never;   /** An item of the dataset; it is left out of the hits. */
  readonly itemId: string; readonly vector?: never; }
  |  { readonly text?: never; readonly itemId?: never;   /** A vector of the encoder's dimensions. By variables only. */
  readonly vector: readonly number[] | string; };

/** Several examples: searches with 2 mean(positive) - mean(negative), of unit length; without negatives with the mean. */
export type SearchExamplesInput = {
  /** What hits should be like, 1 to 100. */
  readonly positive: ReadonlyArray<SearchExampleInput>;
  /** What they should not be like, up to 100. */
  readonly negative?: ReadonlyArray<SearchExampleInput>;
};

/** At most so many hits of one kind. */
export type GroupByInput = {
  /**
   * `label`, or a path into the metadata as filters take it, e.g. `metadata.source`. Items without a value count as one kind; a list is a value of its
   * own, and so are the values that a list of objects has.
   */
  readonly field: string;
  /** Hits of each value, 1 to 1,000. */
  readonly perGroup?: number;
};

/** Reranking by maximal marginal relevance: hits that are unlike those before them. Picks from the 4 `k` nearest, at least 100. */
export type DiversityInput = {
  /** 1: by similarity alone, 0: as unlike each other as can be. */
  readonly lambda?: number;
};

/** How two rankings become one. */
export type FusionKind =
  /** Reciprocal rank fusion: the sum of 1 / (`rankConstant` + rank). */
  | 'RRF'
  /** `weight` of the similarity and the rest of BM25, each scaled to 0..1 over its list. */
  | 'WEIGHTED';

/** A search by words (BM25) beside the one by vector. Joins the 4 `k` best of each, at least 100. */
export type HybridInput = {
  /** The words; default: the text searched with. */
  readonly text?: string | null | undefined;
  /** How to join. */
  readonly fusion?: FusionKind;
  /** Of RRF: the larger, the less the first ranks stand out; 0 to 10,000. */
  readonly rankConstant?: number;
  /** Of WEIGHTED: the vector's share, 0 to 1. */
  readonly weight?: number;
};

/** What to search with: exactly one. */
export type SearchQueryInput =
  {   /** Several examples, positive and negative. */
  readonly examples: SearchExamplesInput; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  { readonly examples?: never;   /** A text, encoded by the index' encoder, e.g. `"how do I reset my password?"`; 1 to 100,000 characters. */
  readonly text: string; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  { readonly examples?: never; readonly text?: never;   /** An item: finds its neighbours, itself left out. */
  readonly itemId: string; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  { readonly examples?: never; readonly text?: never; readonly itemId?: never;   /** A vector of the encoder's dimensions; any length but zero, it is normalised. By variables only. */
  readonly vector: readonly number[] | string; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector?: never;   /** A vector as a dataset of vectors holds them, which the index' encoder makes an embedding of. By variables only. */
  readonly storedVector: readonly number[] | string; readonly image?: never; readonly imageUploadId?: never; }
  |  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never;   /** The base64 of an image file (JPEG, PNG, GIF, WebP, TIFF or AVIF), for a dataset of images; a large one goes by `imageUploadId`. */
  readonly image: string; readonly imageUploadId?: never; }
  |  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image?: never;   /** A complete upload of such a file, at most 11 MiB. */
  readonly imageUploadId: string; };

/** A search. */
export type SearchInput = {
  /** What to search in. */
  readonly target: SearchTargetInput;
  /** What to search with. */
  readonly query: SearchQueryInput;
  /** Hits wanted, 1 to 1,000. */
  readonly k?: number;
  /** Candidates the graph search keeps, 1 to 5,000, raised to `k` when lower: more finds more and takes longer. Default: the index' `efSearch`. */
  readonly ef?: number | null | undefined;
  /** Only items that pass are found, always `k` of them while so many do. Sees items as they are now. Default: all items. */
  readonly filter?: FilterInput | null | undefined;
  /** Only items of at least this similarity, -1 to 1. */
  readonly minScore?: number | null | undefined;
  /** Compare with every vector: finds all, takes longer. */
  readonly exact?: boolean;
  /** At most so many hits of one kind. */
  readonly groupBy?: GroupByInput | null | undefined;
  /** Hits that are unlike each other. */
  readonly diversity?: DiversityInput | null | undefined;
  /** Search by words too. */
  readonly hybrid?: HybridInput | null | undefined;
  /** `cursor` of the page before: goes on after it, in the index that gave it, whatever the target points at by now. */
  readonly after?: string | null | undefined;
};

/** Many searches at once. */
export type SearchBatchInput = {
  /** What to search in. */
  readonly target: SearchTargetInput;
  /** 1 to 1,000 things to search with. */
  readonly queries: ReadonlyArray<SearchQueryInput>;
  /** Hits wanted for each, 1 to 1,000. */
  readonly k?: number;
  /** Candidates the graph search keeps, 1 to 5,000, raised to `k` when lower. Default: the index' `efSearch`. */
  readonly ef?: number | null | undefined;
  /** Only items that pass are found, always `k` of them while so many do. Sees items as they are now. Default: all items. */
  readonly filter?: FilterInput | null | undefined;
  /** Only items of at least this similarity, -1 to 1. */
  readonly minScore?: number | null | undefined;
  /** Compare with every vector: finds all, takes longer. */
  readonly exact?: boolean;
  /** At most so many hits of one kind. */
  readonly groupBy?: GroupByInput | null | undefined;
  /** Hits that are unlike each other. */
  readonly diversity?: DiversityInput | null | undefined;
  /** Search by words too. */
  readonly hybrid?: HybridInput | null | undefined;
};

/** One search in two indexes. */
export type CompareSearchInput = {
  /** The first. */
  readonly first: SearchTargetInput;
  /** The second, e.g. the same dataset with another encoder. */
  readonly second: SearchTargetInput;
  /** What to search with. A vector has to have the dimensions of both. */
  readonly query: SearchQueryInput;
  /** Hits wanted of each, 1 to 1,000. */
  readonly k?: number;
  /** Candidates the graph search keeps, 1 to 5,000, raised to `k` when lower. Default: each index' `efSearch`. */
  readonly ef?: number | null | undefined;
  /** Only items that pass are found, always `k` of them while so many do. Sees items as they are now. Default: all items. */
  readonly filter?: FilterInput | null | undefined;
  /** Only items of at least this similarity, -1 to 1. */
  readonly minScore?: number | null | undefined;
  /** Compare with every vector: finds all, takes longer. */
  readonly exact?: boolean;
  /** At most so many hits of one kind. */
  readonly groupBy?: GroupByInput | null | undefined;
  /** Hits that are unlike each other. */
  readonly diversity?: DiversityInput | null | undefined;
  /** Search by words too. */
  readonly hybrid?: HybridInput | null | undefined;
};

/** Which items may be found: exactly one field. */
export type FilterInput =
  {   /** All of these; an empty list passes everything. At most 16 levels within each other and 1,000 conditions in all. */
  readonly and: ReadonlyArray<FilterInput>; readonly or?: never; readonly not?: never; readonly label?: never; readonly metadata?: never; }
  |  { readonly and?: never;   /** At least one of these; an empty list passes nothing. */
  readonly or: ReadonlyArray<FilterInput>; readonly not?: never; readonly label?: never; readonly metadata?: never; }
  |  { readonly and?: never; readonly or?: never;   /** Not this. An item without the attribute passes `not` of every comparison. */
  readonly not: FilterInput; readonly label?: never; readonly metadata?: never; }
  |  { readonly and?: never; readonly or?: never; readonly not?: never;   /** A condition on the label. */
  readonly label: LabelConditionInput; readonly metadata?: never; }
  |  { readonly and?: never; readonly or?: never; readonly not?: never; readonly label?: never;   /** A condition on the metadata. */
  readonly metadata: MetadataConditionInput; };

/** Conditions on the label; when several are given, all must hold. An item without a label meets none but `exists: false`. */
export type LabelConditionInput = {
  /** It is this text. */
  readonly eq?: string | null | undefined;
  /** It is one of these, at most 10,000 in the whole filter. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** It comes before this text, by UTF-16 code units. */
  readonly lt?: string | null | undefined;
  /** It comes before this text or is it. */
  readonly lte?: string | null | undefined;
  /** It comes after this text. */
  readonly gt?: string | null | undefined;
  /** It comes after this text or is it. */
  readonly gte?: string | null | undefined;
  /** It holds this text, e.g. `"bill"` in `"billing"`. */
  readonly contains?: string | null | undefined;
  /** Whether there is one. */
  readonly exists?: boolean | null | undefined;
};

/**
 * Conditions on one attribute of the metadata; when several are given, all must hold. A list meets a condition when one of its
 * elements does; a missing attribute or null meets none but `exists: false`.
 */
export type MetadataConditionInput = {
  /** The attribute: `"page"`, or a path of nested objects, `"author.name"`, which also looks into lists of objects. */
  readonly key: string;
  /** It is this value. */
  readonly eq?: unknown;
  /** It is one of these, at most 10,000 in the whole filter. */
  readonly in?: ReadonlyArray<unknown> | null | undefined;
  /** It is less than this number, or comes before this text. Bounds are of one type, and so is what they let through. */
  readonly lt?: unknown;
  /** It is at most this number, or comes no later than this text. */
  readonly lte?: unknown;
  /** It is more than this number, or comes after this text. */
  readonly gt?: unknown;
  /** It is at least this number, or comes no earlier than this text. */
  readonly gte?: unknown;
  /** It is a text that holds this text, or a list that has this value as an element. */
  readonly contains?: unknown;
  /** Whether there is a value, be it an empty list. */
  readonly exists?: boolean | null | undefined;
};

/** What to embed: exactly one of texts, images and vectors, as the encoder reads them. */
export type EmbedInput = {
  /** The encoder. */
  readonly encoderId: string;
  /** 1 to 1,000 texts, each up to 100,000 characters. */
  readonly texts?: ReadonlyArray<string> | null | undefined;
  /** 1 to 100 image files in base64. */
  readonly images?: ReadonlyArray<string> | null | undefined;
  /** 1 to 1,000 vectors, as a dataset of vectors holds them. By variables only. */
  readonly vectors?: ReadonlyArray<readonly number[] | string> | null | undefined;
  /** What they are, where queries and items have weights of their own. Default QUERY. */
  readonly side?: EncoderSide | null | undefined;
};

/** Exactly one encoder, with its settings. */
export type EncoderInput =
  {   /** Token table with subword back-off. */
  readonly textStatic: TextStaticInput; readonly vectorMlp?: never; readonly imageConv?: never; }
  |  { readonly textStatic?: never;   /** Residual layer on stored embeddings, for datasets of vectors. */
  readonly vectorMlp: VectorMlpInput; readonly imageConv?: never; }
  |  { readonly textStatic?: never; readonly vectorMlp?: never;   /** Small residual network, for datasets of images. */
  readonly imageConv: ImageConvInput; };

/** Settings of a `text-static` encoder. */
export type TextStaticInput = {
  /** Width of the embedding. Default 256, minimum 8, maximum 1,024, a multiple of 8. */
  readonly dimensions?: number | null | undefined;
  /** Rows of the learned vocabulary. Default 30,000, minimum 256, maximum 250,000. */
  readonly vocabularySize?: number | null | undefined;
  /** Tokens read of one text, the rest is cut. Default 512, minimum 8, maximum 8,192. */
  readonly maxTokens?: number | null | undefined;
};

/** Settings of a `vector-mlp` encoder. */
export type VectorMlpInput = {
  /** Width of the embedding. Default as wide as the data's vectors, minimum 8, maximum 4,096, a multiple of 8. */
  readonly dimensions?: number | null | undefined;
  /** Width of the layer within. Default 512, minimum 8, maximum 8,192, a multiple of 8. */
  readonly hidden?: number | null | undefined;
};

/** Settings of an `image-conv` encoder. */
export type ImageConvInput = {
  /** Pixels a side that images are scaled to: the step's time grows with its square. Default that of the data's first image, at most 32; minimum 8, maximum 256. */
  readonly size?: number | null | undefined;
  /** Width of the embedding. Default 128, minimum 8, maximum 1,024, a multiple of 8. */
  readonly dimensions?: number | null | undefined;
  /** Channels of the first of three stages, each further one has twice as many. Default 32, minimum 8, maximum 256, a multiple of 8. */
  readonly filters?: number | null | undefined;
};

/** Exactly one way of training, with its settings. */
export type ParadigmInput =
  {   /** The other pairs of the batch are the negatives. */
  readonly inBatchNegatives: InBatchNegativesInput; readonly endToEnd?: never; readonly memoryBank?: never; readonly momentumEncoder?: never; }
  |  { readonly inBatchNegatives?: never;   /** Each query has negatives of its own, encoded in the same step. */
  readonly endToEnd: EndToEndInput; readonly memoryBank?: never; readonly momentumEncoder?: never; }
  |  { readonly inBatchNegatives?: never; readonly endToEnd?: never;   /** Negatives are stored embeddings of all items. */
  readonly memoryBank: MemoryBankInput; readonly momentumEncoder?: never; }
  |  { readonly inBatchNegatives?: never; readonly endToEnd?: never; readonly memoryBank?: never;   /** Negatives are keys of earlier steps, made by a slowly moving copy of the encoder. */
  readonly momentumEncoder: MomentumEncoderInput; };

/** Settings of training with in-batch negatives. */
export type InBatchNegativesInput = {
  /** Divisor of the cosine similarities in the softmax. Default 0.05, with `imageConv` 0.2, by label 0.1; minimum 0.01, maximum 1. */
  readonly temperature?: number | null | undefined;
  /** Train the temperature too, starting from `temperature`. Default false. */
  readonly learnTemperature?: boolean | null | undefined;
  /** Also make keys find their queries (CLIP). Default false. */
  readonly symmetric?: boolean | null | undefined;
  /** Of the negatives given for a query (judged irrelevant, or mined), so many join the keys of its batch. Default 0, minimum 0, maximum 64. */
  readonly hardNegatives?: number | null | undefined;
  /** Take no key for a negative whose item has the label of the query's. Default false. */
  readonly maskEqualLabel?: boolean | null | undefined;
  /** Pairs that go through the encoder at a time, twice each, so that a large batch trains in the memory of so many (GradCache). Default none, minimum 1, maximum 65,536. */
  readonly gradCacheChunk?: number | null | undefined;
  /** A finished encoder of texts that hides likely false negatives: keys it finds more alike than the positive (GISTEmbed). Default none. */
  readonly guideEncoderId?: string | null | undefined;
  /** By how much less alike such a key may be: hidden is what exceeds the positive's cosine minus this. Default 0, minimum 0, maximum 1. */
  readonly guideMargin?: number | null | undefined;
};

/** Settings of end-to-end training. */
export type EndToEndInput = {
  /** Negatives of each query, at most all items that are no positives of it. Default 16, minimum 1, maximum 65,536. */
  readonly negatives?: number | null | undefined;
  /** Where they come from. Default UNIFORM. */
  readonly negativesFrom?: NegativeSource | null | undefined;
  /** Draw once for the whole batch instead of once for each query. Default false. */
  readonly shareNegatives?: boolean | null | undefined;
  /** Divisor of the cosine similarities in the softmax. Default 0.05, with `imageConv` 0.2, by label 0.5; minimum 0.01, maximum 1. */
  readonly temperature?: number | null | undefined;
  /** Train the temperature too, starting from `temperature`. Default false. */
  readonly learnTemperature?: boolean | null | undefined;
};

/** Settings of training with a memory bank. */
export type MemoryBankInput = {
  /** Bank rows drawn as negatives of each query, at most all that are no positives of it. Default 4,096, minimum 1, maximum 1,048,576. */
  readonly negatives?: number | null | undefined;
  /** The loss. Default NCE. */
  readonly loss?: MemoryBankLoss | null | undefined;
  /** Draw once for the whole batch instead of once for each query. Default false. */
  readonly shareNegatives?: boolean | null | undefined;
  /** Divisor of the cosine similarities. Default 0.07, with `imageConv` 0.2, by label 0.5; minimum 0.01, maximum 1. */
  readonly temperature?: number | null | undefined;
  /** Share of a bank row that stays when its item is trained on. Default 0.5, minimum 0, maximum 0.999. */
  readonly bankMomentum?: number | null | undefined;
  /** What the bank holds at first. Default ENCODED. */
  readonly initialise?: BankInitialisation | null | undefined;
  /** Weight of the squared distance between a query and its positive's bank row in the loss. Default 0, minimum 0, maximum 100. */
  readonly proximalWeight?: number | null | undefined;
  /** Share of the negatives that is taken from those given for a query (judged irrelevant, or mined), as far as there are such; the rest is drawn. Not with FULL_SOFTMAX, which looks at every item. Default 0, or 0.5 with a set of hard negatives; minimum 0, maximum 1. */
  readonly hardFraction?: number | null | undefined;
};

/** Settings of training with a momentum encoder. */
export type MomentumEncoderInput = {
  /** Where negatives come from. Default QUEUE. */
  readonly negativesFrom?: MomentumNegativeSource | null | undefined;
  /** Keys that the queue holds, at most one for each item. Default 65,536, minimum 1, maximum 1,048,576. */
  readonly queueSize?: number | null | undefined;
  /** Share of the key encoder's weights that stays at a step; the rest follows the trained weights, over about 1 / (1 - momentum) steps, so a run of a few hundred wants 0.99. Default 0.999, minimum 0, maximum 1. */
  readonly momentum?: number | null | undefined;
  /** Let that share rise to 1 over the run, along half a cosine. Default false. */
  readonly rampMomentum?: boolean | null | undefined;
  /** Also make items find their queries, with a queue of queries. Default true. */
  readonly symmetric?: boolean | null | undefined;
  /** Put a small network, which is not kept, between the query side and the loss (MoCo v3). Default false. */
  readonly predictor?: boolean | null | undefined;
  /** Divisor of the cosine similarities in the softmax. Default 0.05, with `imageConv` 0.2, by label 0.1; minimum 0.01, maximum 1. */
  readonly temperature?: number | null | undefined;
  /** Take no key for a negative whose item has the label of the query's. Default false. */
  readonly maskEqualLabel?: boolean | null | undefined;
  /** Negatives given for a batch's queries (judged irrelevant, or mined) that join the keys of a step, as a share of the batch's size at most. Default 0, or 0.5 with a set of hard negatives; minimum 0, maximum 1. */
  readonly hardFraction?: number | null | undefined;
};

/** Exactly one optimizer, with its settings. */
export type OptimizerInput =
  {   /** Adam with decoupled weight decay. */
  readonly adamw: AdamWInput; readonly sgd?: never; }
  |  { readonly adamw?: never;   /** Stochastic gradient descent with momentum. Its learning rates are larger than AdamW's, tens to hundreds of times. */
  readonly sgd: SgdInput; };

/** Settings of AdamW (Loshchilov and Hutter, 1711.05101). */
export type AdamWInput = {
  /** Share of a weight that a step of learning rate 1 takes off it. Default 0, minimum 0, maximum 1. */
  readonly weightDecay?: number | null | undefined;
  /** Decay of the mean of gradients. Default 0.9, minimum 0, maximum 0.9999. */
  readonly beta1?: number | null | undefined;
  /** Decay of the mean of their squares. Default 0.999, minimum 0, maximum 0.999999. */
  readonly beta2?: number | null | undefined;
  /** Added to the root of that mean. Default 0.00000001, minimum 0.000000000001, maximum 0.1. */
  readonly epsilon?: number | null | undefined;
};

/** Settings of stochastic gradient descent. */
export type SgdInput = {
  /** Share of a weight that a step of learning rate 1 takes off it. Default 0, minimum 0, maximum 1. */
  readonly weightDecay?: number | null | undefined;
  /** Share of the velocity that is kept from step to step. Default 0.9, minimum 0, maximum 0.9999. */
  readonly momentum?: number | null | undefined;
};

/** Ends a run when evaluations bring nothing new. The encoder is that of the best evaluation in any case. */
export type EarlyStoppingInput = {
  /** Evaluations in a row without improvement after which the run ends. Default 5, minimum 1, maximum 10,000. */
  readonly patience?: number | null | undefined;
  /** What an improvement must be more than. Default 0, minimum 0, maximum 1. */
  readonly minDelta?: number | null | undefined;
};

/** A training to start. Whatever is left out gets its default; the run's `config` shows what was used. */
export type StartTrainingInput = {
  /** The dataset to train on; it needs what `positives` is to be taken from, by default TRAIN queries with relevant items. */
  readonly datasetId: string;
  /** The encoder. Default `{textStatic: {}}`. */
  readonly encoder?: EncoderInput | null | undefined;
  /** The way of training. Default `{inBatchNegatives: {}}`. */
  readonly paradigm?: ParadigmInput | null | undefined;
  /** Whether queries and items share weights. SEPARATE needs symmetric with momentumEncoder, and with memoryBank leaves the items' weights as they began. Default SHARED. */
  readonly towers?: Towers | null | undefined;
  /** What belongs together. Default RELEVANCE. */
  readonly positives?: Positives | null | undefined;
  /** Widths below the embedding's whose leading dimensions are trained to serve alone (Kusupati et al., 2205.13147), ascending, e.g. `[32, 64]`; with inBatchNegatives and endToEnd. Default none; at most 8, each minimum 8, maximum 4,096. */
  readonly matryoshka?: ReadonlyArray<number> | null | undefined;
  /** A set of hard negatives, mined on this dataset and SUCCEEDED: extra columns for inBatchNegatives (`hardNegatives` is 1 then unless given), the given negatives for endToEnd, a share of the negatives for memoryBank and momentumEncoder (`hardFraction`). The run's log says how stale it is. Default none. */
  readonly hardNegativeSetId?: string | null | undefined;
  /** Pairs a batch. Default 512, for `imageConv` 128; minimum 2, maximum 65,536. */
  readonly batchSize?: number | null | undefined;
  /** Batches whose mean gradient makes one step. It averages out noise but adds no negatives: each batch is compared within itself only. Default 1, minimum 1, maximum 1,024. */
  readonly accumulateSteps?: number | null | undefined;
  /** Passes over the training pairs. Default 10, minimum 1, maximum 10,000. */
  readonly epochs?: number | null | undefined;
  /** Upper bound of steps, also when epochs are left. Default none, minimum 1, maximum 1,000,000,000. */
  readonly maxSteps?: number | null | undefined;
  /** Highest learning rate, reached after warm-up. Default 0.01, for `vectorMlp` 0.001 and `imageConv` 0.003; minimum 0.0000001, maximum 10. */
  readonly learningRate?: number | null | undefined;
  /** Share of all steps spent in linear warm-up. Default 0.1, minimum 0, maximum 0.9. */
  readonly warmupFraction?: number | null | undefined;
  /** How the learning rate goes on after warm-up. Default COSINE. */
  readonly schedule?: LearningRateSchedule | null | undefined;
  /** The optimizer. Default `{adamw: {}}`. */
  readonly optimizer?: OptimizerInput | null | undefined;
  /** Largest global norm of the gradient, over all parameters; a longer one is scaled down. Default none, minimum 0.000001, maximum 1,000,000. */
  readonly clipNorm?: number | null | undefined;
  /** Seed of everything random: the same seed, data and backend give the same run. Default 1, minimum 0, maximum 2,147,483,647. */
  readonly seed?: number | null | undefined;
  /** Steps between evaluations on the validation split. Default once an epoch, minimum 1, maximum 1,000,000,000. */
  readonly evaluateEvery?: number | null | undefined;
  /** Steps between looks at the embeddings (collapse, spread, drift). Default with each evaluation, minimum 1, maximum 1,000,000,000. */
  readonly diagnosticsEvery?: number | null | undefined;
  /** Steps between checkpoints. Default by time, about every 30 seconds; minimum 1, maximum 1,000,000,000. */
  readonly checkpointEvery?: number | null | undefined;
  /** Latest checkpoints kept, beside the one of the best evaluation. Default 2, minimum 1, maximum 100. */
  readonly keepCheckpoints?: number | null | undefined;
  /** What the best evaluation is best by. Default NDCG_AT_10. */
  readonly metric?: QualityMetric | null | undefined;
  /** Ends the run when evaluations bring nothing new. Default: it goes on to its last step. */
  readonly earlyStopping?: EarlyStoppingInput | null | undefined;
  /** Share of TRAIN queries held out for validation when the dataset has no VALIDATION split. Default 0.05, minimum 0, maximum 0.5. */
  readonly validationFraction?: number | null | undefined;
  /** Tensor library. Default AUTO. */
  readonly backend?: BackendChoice | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is started twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A run to pause. */
export type PauseRunInput = {
  /** The run. */
  readonly runId: string;
  /** Sent again with the same input, nothing is asked for twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A paused run to go on with. */
export type ResumeRunInput = {
  /** The run. */
  readonly runId: string;
  /** Sent again with the same input, nothing is asked for twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A run to cancel. */
export type CancelRunInput = {
  /** The run. */
  readonly runId: string;
};

/** A dataset to create. */
export type CreateDatasetInput = {
  /** Unique name, 1 to 200 characters, e.g. `"handbook"`. */
  readonly name: string;
  /** What its items and queries are, for good. Default `TEXT`. */
  readonly kind?: DatasetKind | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is created twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A dataset to delete, with its items, queries, runs and indexes. Encoders stay. */
export type DeleteDatasetInput = {
  /** The dataset. */
  readonly datasetId: string;
  /** Refuse with `CONFLICT` unless no import into it succeeded or is under way, and nothing else hangs on it. */
  readonly onlyIfUnused?: boolean;
};

/** An upload to open. */
export type CreateUploadInput = {
  /** Name of the file with its ending, e.g. `"faq.csv.gz"`; for a BEIR folder its path inside, e.g. `"qrels/test.tsv"`. */
  readonly fileName: string;
  /** Its size in bytes, e.g. `30720000`: anything else that comes is refused. Default: not stated. */
  readonly bytes?: number | null | undefined;
  /** Its SHA-256 in 64 lower-case hexadecimal digits: anything else that comes is refused. Default: not stated. */
  readonly sha256?: string | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is created twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/**
 * Which column holds what: either `text` (a corpus; `image` or `vector` where the dataset holds these), or `query` and `positive` (pairs).
 * Columns that are not named become metadata of the item. Nothing given: columns called `query` and `positive` are taken, else `text`
 * (`image`, `vector`). An image is the base64 of its file (JPEG, PNG, GIF, WebP, TIFF or AVIF), at most 11 MiB and 40 million pixels. A vector is
 * a list of numbers, or the base64 of little-endian float32; all of a dataset are equally wide, at most 16,384.
 */
export type ImportColumnsInput = {
  /** Column with a query, e.g. `"question"`; goes with `positive`. */
  readonly query?: string | null | undefined;
  /** Column with the item that answers the query, e.g. `"answer"`. */
  readonly positive?: string | null | undefined;
  /** Column with an item's text, for rows without a query. */
  readonly text?: string | null | undefined;
  /** Column with an item's image, for rows without a query. */
  readonly image?: string | null | undefined;
  /** Column with an item's vector, for rows without a query. */
  readonly vector?: string | null | undefined;
  /** Column with an item's class. */
  readonly label?: string | null | undefined;
  /** Column with an item's own id; the same id again updates the item. */
  readonly id?: string | null | undefined;
  /** Column with a query's own id. */
  readonly queryId?: string | null | undefined;
  /** Column that says train, validation (valid, val, dev) or test. Not given: decided by a hash of the query, 90, 5 and 5 of 100. */
  readonly split?: string | null | undefined;
  /** Column with the grade of the judgement, 0 (judged not relevant) to 255. Not given: 1. */
  readonly grade?: string | null | undefined;
};

/** Files to import into a dataset. */
export type ImportDatasetInput = {
  /** The dataset. */
  readonly datasetId: string;
  /** Complete uploads, 1 to 100, all of one format. */
  readonly uploadIds: ReadonlyArray<string>;
  /** Format of the files. Default: told from their names. */
  readonly format?: ImportFormat | null | undefined;
  /** Which column holds what; not for BEIR, IDX and CIFAR. */
  readonly columns?: ImportColumnsInput | null | undefined;
  /** Separates the fields of CSV, one character, e.g. `";"`. Default: told from the header, and a tab for TSV. */
  readonly delimiter?: string | null | undefined;
  /** Stop at the first bad row and leave nothing behind. Default false: skip it and report it. */
  readonly strict?: boolean;
  /** Sent again with the same input, the first answer comes back and nothing is imported twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An item to add or to change. */
export type UpsertItemInput = {
  /** The text, up to 1 MiB, in a dataset of texts. An item that has it already is the one meant. So with an image or a vector. */
  readonly text?: string | null | undefined;
  /** An image file as base64, JPEG, PNG, GIF, WebP, TIFF or AVIF, in a dataset of images. */
  readonly image?: string | null | undefined;
  /** The vector as the dataset holds it, in a dataset of vectors: the encoder makes an embedding of it. */
  readonly vector?: readonly number[] | string | null | undefined;
  /** Id of your own, e.g. `"doc-17"`: an item that has it gets the text. Null: the text alone says which item is meant. */
  readonly externalId?: string | null | undefined;
  /** Class, e.g. `"billing"`; null leaves it as it is. */
  readonly label?: string | null | undefined;
  /** An object, e.g. `{"url": "https://example.org/a"}`, in place of the one before; null leaves it as it is. */
  readonly metadata?: unknown;
};

/** Items to add or to change. */
export type UpsertItemsInput = {
  /** The dataset they belong to. */
  readonly datasetId: string;
  /** 1 to 1,000 items, each external id once; for more use `importDataset`. */
  readonly items: ReadonlyArray<UpsertItemInput>;
  /** Sent again with the same input, the first answer comes back and nothing is changed again; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** Items to delete, 1 to 1,000 ids in all. */
export type DeleteItemsInput = {
  /** The dataset they belong to. */
  readonly datasetId: string;
  /** Items to delete by their global ids. */
  readonly itemIds?: ReadonlyArray<string>;
  /** External ids to take away: an item goes with its last one. */
  readonly externalIds?: ReadonlyArray<string>;
  /** Sent again with the same input, the first answer comes back and nothing is deleted again; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An index to build. */
export type BuildIndexInput = {
  /** The dataset whose items to index. */
  readonly datasetId: string;
  /** The encoder to embed them with. Default: the one trained last on the dataset. */
  readonly encoderId?: string | null | undefined;
  /** Links per node and layer: more gives better recall, a larger index and a slower build. Default 16, minimum 2, maximum 100. */
  readonly m?: number | null | undefined;
  /** Candidates looked at while linking: more gives a better graph and a slower build. Default 400, minimum 4, maximum 1,000. */
  readonly efConstruction?: number | null | undefined;
  /** Candidates looked at by a search that names no `ef`: more gives better recall and slower answers. Default 128, minimum 1, maximum 5,000. */
  readonly efSearch?: number | null | undefined;
  /** How vectors lie in memory. Default FLOAT32. */
  readonly storage?: VectorStorage | null | undefined;
  /** Share of the true ten nearest that searches have to find, 0.5 to 1: `m`, `efConstruction` and `efSearch` are then chosen by measurement, as `tuneIndex` does. Default: they are as given. */
  readonly targetRecall?: number | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is built twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An index whose parameters are to be chosen by measurement. */
export type TuneIndexInput = {
  /** An index of the dataset and with the encoder in question; it stays as it is. */
  readonly indexId: string;
  /** Share of the true ten nearest that searches have to find, 0.5 to 1. */
  readonly targetRecall: number;
  /** How vectors lie in memory. Default: as in that index. */
  readonly storage?: VectorStorage | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is built twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An index build to end. */
export type CancelIndexInput = {
  /** The index version. */
  readonly indexId: string;
};

/** A map of an index to draw. */
export type MapIndexInput = {
  /** The index version; it must be SUCCEEDED. */
  readonly indexId: string;
  /** How it is drawn. */
  readonly method?: MapMethod;
  /** Items drawn: of each label in proportion, but at least one; all where there are fewer. Minimum 10, maximum 20,000. */
  readonly sample?: number;
  /** Of the choice, and of UMAP. Minimum 0. */
  readonly seed?: number;
  /** UMAP's n_neighbors: few show what is near, many the whole. Minimum 2, maximum 100, and fewer than there are points. */
  readonly neighbors?: number;
  /** UMAP's min_dist: how close points may lie, beside clusters that are about 1 wide. Minimum 0, maximum 0.99. */
  readonly minDistance?: number;
  /** Sent again with the same input, the first answer comes back and nothing is drawn twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An import to stop. */
export type CancelImportInput = {
  /** The import. */
  readonly importId: string;
};

/** An evaluation to stop. */
export type CancelEvaluationInput = {
  /** The evaluation. */
  readonly evaluationId: string;
};

/** A mining to stop. */
export type CancelMiningInput = {
  /** The set that is being mined. */
  readonly setId: string;
};

/** A refinement to stop. */
export type CancelRefinementInput = {
  /** The refinement. */
  readonly refinementId: string;
};

/** A map to stop drawing. */
export type CancelMapInput = {
  /** The map. */
  readonly mapId: string;
};

/** Which old index versions are to go by themselves. */
export type SetRetentionInput = {
  /** The dataset they are of. */
  readonly datasetId: string;
  /** Newest versions that can be searched and stay, 1 to 1,000. Null: nothing goes by itself. */
  readonly keepVersions?: number | null | undefined;
  /** Versions stay so many days after they were built, 0 to 36,500. */
  readonly keepDays?: number;
};

/** Old index versions to let go of. */
export type RetireIndexesInput = {
  /** The dataset they are of. */
  readonly datasetId: string;
  /** Newest versions that can be searched and stay, 1 to 1,000. */
  readonly keep?: number;
};

/** Hard negatives to mine. Bounds on scores include their ends. */
export type MineHardNegativesInput = {
  /** The dataset; it needs what `positives` are. */
  readonly datasetId: string;
  /** Where candidates come from. Default ENCODER where the dataset has an index, else LEXICAL; images and vectors have no words, and take ENCODER. */
  readonly source?: MiningSource | null | undefined;
  /** The index to search. Default: the newest of the dataset (of `encoderId`, when that is given). */
  readonly indexId?: string | null | undefined;
  /** The encoder to mine with, by its newest index. Default: that of the index. */
  readonly encoderId?: string | null | undefined;
  /** A second encoder: what it finds nearly as near as the positive is dropped too. Default none. */
  readonly judgeId?: string | null | undefined;
  /** What belongs to a query: RELEVANCE, or LABEL (queries are the labelled items then). Default RELEVANCE. */
  readonly positives?: Positives | null | undefined;
  /** The nearest so many are passed over. Default 0, minimum 0, maximum 999. */
  readonly rangeMin?: number | null | undefined;
  /** Ranks looked at, from 1, known positives included. Default 100 or all items where there are fewer, minimum 1, maximum 1,000. */
  readonly rangeMax?: number | null | undefined;
  /** A negative scores at most this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly maxScore?: number | null | undefined;
  /** A negative scores at least this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly minScore?: number | null | undefined;
  /** A negative scores at most the score of the query's best positive minus this. Default none, minimum 0, maximum 1,000,000. */
  readonly absoluteMargin?: number | null | undefined;
  /** A negative scores at most the score s of the query's best positive minus this share of |s|; null: no such bound. Default 0.05 (LEXICAL: none), minimum 0, maximum 1. */
  readonly relativeMargin?: number | null | undefined;
  /** Negatives wanted of each query. Default 5, minimum 1, maximum 100. */
  readonly perQuery?: number | null | undefined;
  /** Which items may become negatives. Default PAIRED. */
  readonly corpus?: MiningCorpus | null | undefined;
  /** Which of those that passed are taken. Default TOP. */
  readonly strategy?: MiningStrategy | null | undefined;
  /** Leave out items that have the label of a positive. Default true. */
  readonly excludeEqualLabels?: boolean | null | undefined;
  /** With a judge: a negative scores at most the positive's score minus this, by the judge. Default 0, minimum 0, maximum 2. */
  readonly judgeMargin?: number | null | undefined;
  /** Seed of random choices. Default 1, minimum 0, maximum 2,147,483,647. */
  readonly seed?: number | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is mined twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** How a refinement mines, as `mineHardNegatives` takes it. */
export type RefinementMiningInput = {
  /** The nearest so many are passed over. Default 0, minimum 0, maximum 999. */
  readonly rangeMin?: number | null | undefined;
  /** Ranks looked at, from 1, known positives included. Default 100 or all items where there are fewer, minimum 1, maximum 1,000. */
  readonly rangeMax?: number | null | undefined;
  /** A negative scores at most this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly maxScore?: number | null | undefined;
  /** A negative scores at least this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly minScore?: number | null | undefined;
  /** A negative scores at most the score of the query's best positive minus this. Default none, minimum 0, maximum 1,000,000. */
  readonly absoluteMargin?: number | null | undefined;
  /** A negative scores at most the score s of the query's best positive minus this share of |s|; null: no such bound. Default 0.05, minimum 0, maximum 1. */
  readonly relativeMargin?: number | null | undefined;
  /** Negatives wanted of each query. Default 5, minimum 1, maximum 100. */
  readonly perQuery?: number | null | undefined;
  /** Which items may become negatives. Default PAIRED. */
  readonly corpus?: MiningCorpus | null | undefined;
  /** Which of those that passed are taken. Default TOP. */
  readonly strategy?: MiningStrategy | null | undefined;
  /** Leave out items that have the label of a positive. Default true. */
  readonly excludeEqualLabels?: boolean | null | undefined;
  /** Seed of random choices. Default 1, minimum 0, maximum 2,147,483,647. */
  readonly seed?: number | null | undefined;
};

/** A refinement to start. */
export type StartRefinementInput = {
  /** The training of each round; without `hardNegativeSetId` and `idempotencyKey`. */
  readonly training: StartTrainingInput;
  /** How to mine. */
  readonly mining?: RefinementMiningInput | null | undefined;
  /** Rounds of mining and training again. Default 2, minimum 1, maximum 10. */
  readonly rounds?: number | null | undefined;
  /** Train once, and mine so many times on the way with what the run has learned so far, while it goes on (ANCE): negatives are replaced as they come, the best evaluation's state is kept. Default false: a training a round, each from the start. */
  readonly asynchronous?: boolean | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is started twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A candidate that is no negative after all. */
export type MarkFalseNegativeInput = {
  /** The set it was seen in. */
  readonly setId: string;
  /** The query: a DatasetQuery, or an Item where queries are items. */
  readonly queryId: string;
  /** The item. */
  readonly itemId: string;
  /** What to make of it. */
  readonly use: FalseNegativeUse;
};

/** An index to put behind an alias. */
export type PromoteIndexInput = {
  /** The index; SUCCEEDED. */
  readonly indexId: string;
  /** The alias within the index' dataset, 1 to 200 characters; made when it is not there. */
  readonly alias?: string;
  /** Moves the alias whatever the encoders' quality, and is kept with the promotion; 1 to 1,000 characters. Default: the encoders are compared. */
  readonly overrideReason?: string | null | undefined;
  /** Sent again with the same input, the first answer comes back and nothing is moved twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An alias to point back at the version before. */
export type RollbackAliasInput = {
  /** The alias. */
  readonly aliasId: string;
  /** Sent again with the same input, the first answer comes back and nothing is moved twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A measurement to take. */
export type EvaluateInput = {
  /** The dataset to measure on. */
  readonly datasetId: string;
  /** The encoder to measure. Default: the one trained last on the dataset. */
  readonly encoderId?: string | null | undefined;
  /** Which queries to use. A dataset without any judgement is measured by the labels of its items instead. */
  readonly split?: Split;
  /** Sent again with the same input, the first answer comes back and nothing is measured twice; 1 to 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
};

export type IndexRetentionFieldsFragment = { readonly keepVersions: number, readonly keepDays: number };

export type DatasetFieldsFragment = { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null };

export type PageInfoFieldsFragment = { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null };

export type JobErrorFieldsFragment = { readonly code: JobErrorCode, readonly message: string };

export type ImportFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly rowsRead: number, readonly rowsSkipped: number, readonly itemsAdded: number, readonly itemsUpdated: number, readonly queriesAdded: number, readonly relevanceAdded: number, readonly reportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

type EncoderConfigFields_TextStaticConfig_Fragment = { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number };

type EncoderConfigFields_VectorMlpConfig_Fragment = { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null };

type EncoderConfigFields_ImageConvConfig_Fragment = { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number };

export type EncoderConfigFieldsFragment =
  | EncoderConfigFields_TextStaticConfig_Fragment
  | EncoderConfigFields_VectorMlpConfig_Fragment
  | EncoderConfigFields_ImageConvConfig_Fragment
;

type ParadigmConfigFields_InBatchNegativesConfig_Fragment = { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number };

type ParadigmConfigFields_EndToEndConfig_Fragment = { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean };

type ParadigmConfigFields_MemoryBankConfig_Fragment = { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number };

type ParadigmConfigFields_MomentumEncoderConfig_Fragment = { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource };

export type ParadigmConfigFieldsFragment =
  | ParadigmConfigFields_InBatchNegativesConfig_Fragment
  | ParadigmConfigFields_EndToEndConfig_Fragment
  | ParadigmConfigFields_MemoryBankConfig_Fragment
  | ParadigmConfigFields_MomentumEncoderConfig_Fragment
;

type OptimizerConfigFields_AdamWConfig_Fragment = { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number };

type OptimizerConfigFields_SgdConfig_Fragment = { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number };

export type OptimizerConfigFieldsFragment =
  | OptimizerConfigFields_AdamWConfig_Fragment
  | OptimizerConfigFields_SgdConfig_Fragment
;

export type EarlyStoppingConfigFieldsFragment = { readonly patience: number, readonly minDelta: number };

export type TrainingConfigFieldsFragment = { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
    | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
    | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
    | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
  , readonly paradigm:
    | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
    | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
    | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
    | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
  , readonly optimizer:
    | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
    | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
  , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null };

export type PrefixMetricsFieldsFragment = { readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } };

export type RetrievalMetricsFieldsFragment = { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> };

export type VerdictFieldsFragment = { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number };

export type RefinementRoundFieldsFragment = { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null };

export type NegativeRefreshFieldsFragment = { readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null };

export type TrainingRunFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
      | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
      | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
      | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
    , readonly paradigm:
      | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
      | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
      | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
      | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
    , readonly optimizer:
      | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
      | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
    , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> };

export type CurvePointFieldsFragment = { readonly step: number, readonly loss: number | null, readonly quality: number };

export type ComparedRunFieldsFragment = { readonly seconds: number | null, readonly pairsPerSecond: number | null, readonly peakMemoryBytes: number | null, readonly negativesPerQuery: number, readonly encodings: number, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly curve: ReadonlyArray<{ readonly step: number, readonly loss: number | null, readonly quality: number }> };

export type SettingDifferenceFieldsFragment = { readonly setting: string, readonly values: ReadonlyArray<unknown> };

export type RunComparisonFieldsFragment = { readonly runs: ReadonlyArray<{ readonly seconds: number | null, readonly pairsPerSecond: number | null, readonly peakMemoryBytes: number | null, readonly negativesPerQuery: number, readonly encodings: number, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly curve: ReadonlyArray<{ readonly step: number, readonly loss: number | null, readonly quality: number }> }>, readonly differences: ReadonlyArray<{ readonly setting: string, readonly values: ReadonlyArray<unknown> }> };

export type EncoderFieldsFragment = { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null };

export type GraphTrialFieldsFragment = { readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number };

export type IndexTuningFieldsFragment = { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> };

export type IndexRebuildFieldsFragment = { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type MonitoredRecallFieldsFragment = { readonly samples: number, readonly recall: number };

export type IndexLiveStateFieldsFragment = { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null };

export type IndexVersionFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type RefinementFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly rounds: ReadonlyArray<{ readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null }>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type CandidateCountFieldsFragment = { readonly fate: CandidateFate, readonly count: number };

export type ScoreQuantilesFieldsFragment = { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number };

export type FalseNegativeEstimateFieldsFragment = { readonly tested: number, readonly passed: number, readonly rate: number };

export type MiningReportFieldsFragment = { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null };

export type HardNegativeSetFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly judge: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly report: { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type HardNegativeFieldsFragment = { readonly rank: number, readonly score: number, readonly positiveScore: number, readonly fate: CandidateFate, readonly marked: FalseNegativeUse | null, readonly query: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly split: Split } | null, readonly queryItem: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } | null };

export type IndexEstimateFieldsFragment = { readonly count: number, readonly dimensions: number, readonly memoryBytes: number, readonly buildMemoryBytes: number, readonly diskBytes: number, readonly memoryLimitBytes: number, readonly freeDiskBytes: number, readonly refusal: string | null };

export type RecallMeasurementFieldsFragment = { readonly recall: number | null, readonly searches: number, readonly k: number, readonly ef: number, readonly strategy: SearchStrategy, readonly tookMs: number };

export type IndexAliasFieldsFragment = { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly current: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly previous: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null };

export type PromotionFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly basis: PromotionBasis, readonly moved: boolean | null, readonly overrideReason: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly alias: { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string }, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly from: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type EmbeddingMapFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly method: MapMethod, readonly sample: number, readonly seed: number, readonly neighbors: number, readonly minDistance: number, readonly progress: number, readonly count: number, readonly items: number | null, readonly generation: number | null, readonly explainedVariance: ReadonlyArray<number> | null, readonly trustworthiness: number | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type EvaluationFieldsFragment = { readonly id: string, readonly status: JobStatus, readonly split: Split, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null };

export type HitExplanationFieldsFragment = { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number };

export type SearchHitFieldsFragment = { readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } };

export type SearchResultFieldsFragment = { readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } };

export type SearchBatchResultFieldsFragment = { readonly tookMs: number, readonly results: ReadonlyArray<{ readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } }> };

export type ComparedHitFieldsFragment = { readonly firstRank: number | null, readonly secondRank: number | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } };

export type SearchComparisonFieldsFragment = { readonly overlap: number, readonly first: { readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } }, readonly second: { readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } }, readonly items: ReadonlyArray<{ readonly firstRank: number | null, readonly secondRank: number | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } }> };

export type EmbedResultFieldsFragment = { readonly dimensions: number, readonly vectors: ReadonlyArray<readonly number[] | string>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } };

export type ServerInfoFieldsFragment = { readonly version: string, readonly startedAt: string, readonly databaseReachable: boolean, readonly runsJobs: boolean };

export type ViewerFieldsFragment = { readonly namespace: string, readonly scopes: ReadonlyArray<Scope>, readonly expiresAt: string | null };

export type ApiKeyFieldsFragment = { readonly id: string, readonly namespace: string, readonly name: string, readonly prefix: string, readonly scopes: ReadonlyArray<Scope>, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null };

export type UserErrorFieldsFragment = { readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode };

export type UploadFieldsFragment = { readonly id: string, readonly fileName: string, readonly complete: boolean, readonly bytes: number, readonly sha256: string | null, readonly url: string | null, readonly expiresAt: string };

export type ItemFieldsFragment = { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string } };

export type FigureFieldsFragment = { readonly name: string, readonly value: number };

export type HistogramFieldsFragment = { readonly name: string, readonly from: number, readonly to: number, readonly counts: ReadonlyArray<number> };

type RunEventFields_RunStatusEvent_Fragment = { readonly __typename: 'RunStatusEvent', readonly status: JobStatus, readonly reason: string | null, readonly sequence: number, readonly createdAt: string };

type RunEventFields_RunStepEvent_Fragment = { readonly __typename: 'RunStepEvent', readonly step: number, readonly epoch: number, readonly loss: number, readonly learningRate: number, readonly pairsPerSecond: number, readonly sequence: number, readonly createdAt: string };

type RunEventFields_RunEvaluationEvent_Fragment = { readonly __typename: 'RunEvaluationEvent', readonly step: number, readonly split: Split, readonly baseline: boolean, readonly sequence: number, readonly createdAt: string, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } };

type RunEventFields_RunCheckpointEvent_Fragment = { readonly __typename: 'RunCheckpointEvent', readonly step: number, readonly sha256: string, readonly bytes: number, readonly sequence: number, readonly createdAt: string };

type RunEventFields_RunDiagnosticsEvent_Fragment = { readonly __typename: 'RunDiagnosticsEvent', readonly step: number, readonly sequence: number, readonly createdAt: string, readonly figures: ReadonlyArray<{ readonly name: string, readonly value: number }>, readonly histograms: ReadonlyArray<{ readonly name: string, readonly from: number, readonly to: number, readonly counts: ReadonlyArray<number> }> };

type RunEventFields_RunVerdictEvent_Fragment = { readonly __typename: 'RunVerdictEvent', readonly step: number, readonly sequence: number, readonly createdAt: string, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } };

type RunEventFields_RunLogEvent_Fragment = { readonly __typename: 'RunLogEvent', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly createdAt: string };

export type RunEventFieldsFragment =
  | RunEventFields_RunStatusEvent_Fragment
  | RunEventFields_RunStepEvent_Fragment
  | RunEventFields_RunEvaluationEvent_Fragment
  | RunEventFields_RunCheckpointEvent_Fragment
  | RunEventFields_RunDiagnosticsEvent_Fragment
  | RunEventFields_RunVerdictEvent_Fragment
  | RunEventFields_RunLogEvent_Fragment
;

export type JudgementFieldsFragment = { readonly grade: number, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } };

export type DatasetQueryFieldsFragment = { readonly id: string, readonly externalId: string | null, readonly text: string, readonly split: Split, readonly relevant: ReadonlyArray<{ readonly grade: number, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } }> };

export type MapPointFieldsFragment = { readonly itemId: string, readonly x: number, readonly y: number, readonly label: string | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } | null };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { readonly node:
    | { readonly __typename: 'Dataset', readonly id: string }
    | { readonly __typename: 'Item', readonly id: string }
    | { readonly __typename: 'DatasetQuery', readonly id: string }
    | { readonly __typename: 'Upload', readonly id: string }
    | { readonly __typename: 'Import', readonly id: string }
    | { readonly __typename: 'TrainingRun', readonly id: string }
    | { readonly __typename: 'Encoder', readonly id: string }
    | { readonly __typename: 'Evaluation', readonly id: string }
    | { readonly __typename: 'IndexVersion', readonly id: string }
    | { readonly __typename: 'EmbeddingMap', readonly id: string }
    | { readonly __typename: 'IndexAlias', readonly id: string }
    | { readonly __typename: 'Promotion', readonly id: string }
    | { readonly __typename: 'ApiKey', readonly id: string }
    | { readonly __typename: 'HardNegativeSet', readonly id: string }
    | { readonly __typename: 'Refinement', readonly id: string }
   | null };

export type NodesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type NodesQuery = { readonly nodes: ReadonlyArray<
    | { readonly __typename: 'Dataset', readonly id: string }
    | { readonly __typename: 'Item', readonly id: string }
    | { readonly __typename: 'DatasetQuery', readonly id: string }
    | { readonly __typename: 'Upload', readonly id: string }
    | { readonly __typename: 'Import', readonly id: string }
    | { readonly __typename: 'TrainingRun', readonly id: string }
    | { readonly __typename: 'Encoder', readonly id: string }
    | { readonly __typename: 'Evaluation', readonly id: string }
    | { readonly __typename: 'IndexVersion', readonly id: string }
    | { readonly __typename: 'EmbeddingMap', readonly id: string }
    | { readonly __typename: 'IndexAlias', readonly id: string }
    | { readonly __typename: 'Promotion', readonly id: string }
    | { readonly __typename: 'ApiKey', readonly id: string }
    | { readonly __typename: 'HardNegativeSet', readonly id: string }
    | { readonly __typename: 'Refinement', readonly id: string }
   | null> };

export type DatasetQueryVariables = Exact<{
  id?: string | null | undefined;
  name?: string | null | undefined;
}>;


export type DatasetQuery = { readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null } | null };

export type DatasetsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetsQuery = { readonly datasets: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type ImportQueryVariables = Exact<{
  id: string;
}>;


export type ImportQuery = { readonly import: { readonly id: string, readonly status: JobStatus, readonly rowsRead: number, readonly rowsSkipped: number, readonly itemsAdded: number, readonly itemsUpdated: number, readonly queriesAdded: number, readonly relevanceAdded: number, readonly reportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type RunQueryVariables = Exact<{
  id: string;
}>;


export type RunQuery = { readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
        | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
        | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
        | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
      , readonly paradigm:
        | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
        | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
        | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
        | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
      , readonly optimizer:
        | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
        | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
      , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> } | null };

export type CompareRunsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type CompareRunsQuery = { readonly compareRuns: { readonly runs: ReadonlyArray<{ readonly seconds: number | null, readonly pairsPerSecond: number | null, readonly peakMemoryBytes: number | null, readonly negativesPerQuery: number, readonly encodings: number, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly curve: ReadonlyArray<{ readonly step: number, readonly loss: number | null, readonly quality: number }> }>, readonly differences: ReadonlyArray<{ readonly setting: string, readonly values: ReadonlyArray<unknown> }> } };

export type RunsQueryVariables = Exact<{
  datasetId?: string | null | undefined;
  status?: JobStatus | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type RunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
          | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
          | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
          | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
        , readonly paradigm:
          | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
          | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
          | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
          | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
        , readonly optimizer:
          | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
          | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
        , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type EncoderQueryVariables = Exact<{
  id: string;
}>;


export type EncoderQuery = { readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null } | null };

export type EncodersQueryVariables = Exact<{
  name?: string | null | undefined;
  datasetId?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type EncodersQuery = { readonly encoders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type IndexQueryVariables = Exact<{
  id: string;
}>;


export type IndexQuery = { readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type IndexesQueryVariables = Exact<{
  datasetId?: string | null | undefined;
  status?: JobStatus | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type IndexesQuery = { readonly indexes: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RefinementQueryVariables = Exact<{
  id: string;
}>;


export type RefinementQuery = { readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly rounds: ReadonlyArray<{ readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null }>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type HardNegativeSetQueryVariables = Exact<{
  id: string;
}>;


export type HardNegativeSetQuery = { readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly judge: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly report: { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type HardNegativesQueryVariables = Exact<{
  setId: string;
  fate?: CandidateFate | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type HardNegativesQuery = { readonly hardNegatives: { readonly nodes: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly positiveScore: number, readonly fate: CandidateFate, readonly marked: FalseNegativeUse | null, readonly query: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly split: Split } | null, readonly queryItem: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type EstimateIndexQueryVariables = Exact<{
  input: BuildIndexInput;
}>;


export type EstimateIndexQuery = { readonly estimateIndex: { readonly count: number, readonly dimensions: number, readonly memoryBytes: number, readonly buildMemoryBytes: number, readonly diskBytes: number, readonly memoryLimitBytes: number, readonly freeDiskBytes: number, readonly refusal: string | null } };

export type MeasureRecallQueryVariables = Exact<{
  indexId: string;
  sample?: number;
  k?: number;
  ef?: number | null | undefined;
}>;


export type MeasureRecallQuery = { readonly measureRecall: { readonly recall: number | null, readonly searches: number, readonly k: number, readonly ef: number, readonly strategy: SearchStrategy, readonly tookMs: number } };

export type AliasQueryVariables = Exact<{
  id: string;
}>;


export type AliasQuery = { readonly alias: { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly current: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly previous: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null } | null };

export type PromotionQueryVariables = Exact<{
  id: string;
}>;


export type PromotionQuery = { readonly promotion: { readonly id: string, readonly status: JobStatus, readonly basis: PromotionBasis, readonly moved: boolean | null, readonly overrideReason: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly alias: { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string }, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly from: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type EmbeddingMapQueryVariables = Exact<{
  id: string;
}>;


export type EmbeddingMapQuery = { readonly embeddingMap: { readonly id: string, readonly status: JobStatus, readonly method: MapMethod, readonly sample: number, readonly seed: number, readonly neighbors: number, readonly minDistance: number, readonly progress: number, readonly count: number, readonly items: number | null, readonly generation: number | null, readonly explainedVariance: ReadonlyArray<number> | null, readonly trustworthiness: number | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type EvaluationQueryVariables = Exact<{
  id: string;
}>;


export type EvaluationQuery = { readonly evaluation: { readonly id: string, readonly status: JobStatus, readonly split: Split, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null };

export type SearchQueryVariables = Exact<{
  input: SearchInput;
}>;


export type SearchQuery = { readonly search: { readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } } };

export type SearchBatchQueryVariables = Exact<{
  input: SearchBatchInput;
}>;


export type SearchBatchQuery = { readonly searchBatch: { readonly tookMs: number, readonly results: ReadonlyArray<{ readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } }> } };

export type CompareSearchQueryVariables = Exact<{
  input: CompareSearchInput;
}>;


export type CompareSearchQuery = { readonly compareSearch: { readonly overlap: number, readonly first: { readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } }, readonly second: { readonly strategy: SearchStrategy, readonly candidates: number, readonly matched: number, readonly pending: number, readonly exhausted: boolean, readonly cursor: string | null, readonly tookMs: number, readonly hits: ReadonlyArray<{ readonly rank: number, readonly score: number, readonly group: unknown, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number }, readonly explain: { readonly rankedBy: number, readonly vectorScore: number, readonly vectorRank: number | null, readonly lexicalScore: number | null, readonly lexicalRank: number | null, readonly matchedTerms: ReadonlyArray<string>, readonly fromTail: boolean, readonly itemRevision: number } }>, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } }, readonly items: ReadonlyArray<{ readonly firstRank: number | null, readonly secondRank: number | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } }> } };

export type EmbedQueryVariables = Exact<{
  input: EmbedInput;
}>;


export type EmbedQuery = { readonly embed: { readonly dimensions: number, readonly vectors: ReadonlyArray<readonly number[] | string>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } } };

export type ServerQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerQuery = { readonly server: { readonly version: string, readonly startedAt: string, readonly databaseReachable: boolean, readonly runsJobs: boolean } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly namespace: string, readonly scopes: ReadonlyArray<Scope>, readonly expiresAt: string | null } };

export type ApiKeysQueryVariables = Exact<{
  namespace?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ApiKeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly namespace: string, readonly name: string, readonly prefix: string, readonly scopes: ReadonlyArray<Scope>, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type CreateDatasetMutationVariables = Exact<{
  input: CreateDatasetInput;
}>;


export type CreateDatasetMutation = { readonly createDataset: { readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type DeleteDatasetMutationVariables = Exact<{
  input: DeleteDatasetInput;
}>;


export type DeleteDatasetMutation = { readonly deleteDataset: { readonly deletedDatasetId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { readonly createUpload: { readonly upload: { readonly id: string, readonly fileName: string, readonly complete: boolean, readonly bytes: number, readonly sha256: string | null, readonly url: string | null, readonly expiresAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type ImportDatasetMutationVariables = Exact<{
  input: ImportDatasetInput;
}>;


export type ImportDatasetMutation = { readonly importDataset: { readonly import: { readonly id: string, readonly status: JobStatus, readonly rowsRead: number, readonly rowsSkipped: number, readonly itemsAdded: number, readonly itemsUpdated: number, readonly queriesAdded: number, readonly relevanceAdded: number, readonly reportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type StartTrainingMutationVariables = Exact<{
  input: StartTrainingInput;
}>;


export type StartTrainingMutation = { readonly startTraining: { readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
          | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
          | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
          | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
        , readonly paradigm:
          | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
          | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
          | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
          | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
        , readonly optimizer:
          | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
          | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
        , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type PauseRunMutationVariables = Exact<{
  input: PauseRunInput;
}>;


export type PauseRunMutation = { readonly pauseRun: { readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
          | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
          | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
          | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
        , readonly paradigm:
          | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
          | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
          | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
          | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
        , readonly optimizer:
          | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
          | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
        , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type ResumeRunMutationVariables = Exact<{
  input: ResumeRunInput;
}>;


export type ResumeRunMutation = { readonly resumeRun: { readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
          | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
          | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
          | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
        , readonly paradigm:
          | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
          | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
          | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
          | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
        , readonly optimizer:
          | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
          | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
        , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelRunMutationVariables = Exact<{
  input: CancelRunInput;
}>;


export type CancelRunMutation = { readonly cancelRun: { readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
          | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
          | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
          | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
        , readonly paradigm:
          | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
          | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
          | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
          | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
        , readonly optimizer:
          | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
          | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
        , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type UpsertItemsMutationVariables = Exact<{
  input: UpsertItemsInput;
}>;


export type UpsertItemsMutation = { readonly upsertItems: { readonly added: number | null, readonly updated: number | null, readonly items: ReadonlyArray<{ readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string } }> | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type DeleteItemsMutationVariables = Exact<{
  input: DeleteItemsInput;
}>;


export type DeleteItemsMutation = { readonly deleteItems: { readonly deletedItemIds: ReadonlyArray<string> | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type BuildIndexMutationVariables = Exact<{
  input: BuildIndexInput;
}>;


export type BuildIndexMutation = { readonly buildIndex: { readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type TuneIndexMutationVariables = Exact<{
  input: TuneIndexInput;
}>;


export type TuneIndexMutation = { readonly tuneIndex: { readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type RetireIndexesMutationVariables = Exact<{
  input: RetireIndexesInput;
}>;


export type RetireIndexesMutation = { readonly retireIndexes: { readonly deletedIndexIds: ReadonlyArray<string> | null, readonly freedBytes: number | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type SetRetentionMutationVariables = Exact<{
  input: SetRetentionInput;
}>;


export type SetRetentionMutation = { readonly setRetention: { readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string, readonly retention: { readonly keepVersions: number, readonly keepDays: number } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelIndexMutationVariables = Exact<{
  input: CancelIndexInput;
}>;


export type CancelIndexMutation = { readonly cancelIndex: { readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type MapIndexMutationVariables = Exact<{
  input: MapIndexInput;
}>;


export type MapIndexMutation = { readonly mapIndex: { readonly map: { readonly id: string, readonly status: JobStatus, readonly method: MapMethod, readonly sample: number, readonly seed: number, readonly neighbors: number, readonly minDistance: number, readonly progress: number, readonly count: number, readonly items: number | null, readonly generation: number | null, readonly explainedVariance: ReadonlyArray<number> | null, readonly trustworthiness: number | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelImportMutationVariables = Exact<{
  input: CancelImportInput;
}>;


export type CancelImportMutation = { readonly cancelImport: { readonly import: { readonly id: string, readonly status: JobStatus, readonly rowsRead: number, readonly rowsSkipped: number, readonly itemsAdded: number, readonly itemsUpdated: number, readonly queriesAdded: number, readonly relevanceAdded: number, readonly reportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelEvaluationMutationVariables = Exact<{
  input: CancelEvaluationInput;
}>;


export type CancelEvaluationMutation = { readonly cancelEvaluation: { readonly evaluation: { readonly id: string, readonly status: JobStatus, readonly split: Split, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelMiningMutationVariables = Exact<{
  input: CancelMiningInput;
}>;


export type CancelMiningMutation = { readonly cancelMining: { readonly set: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly judge: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly report: { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelRefinementMutationVariables = Exact<{
  input: CancelRefinementInput;
}>;


export type CancelRefinementMutation = { readonly cancelRefinement: { readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly rounds: ReadonlyArray<{ readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null }>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CancelMapMutationVariables = Exact<{
  input: CancelMapInput;
}>;


export type CancelMapMutation = { readonly cancelMap: { readonly map: { readonly id: string, readonly status: JobStatus, readonly method: MapMethod, readonly sample: number, readonly seed: number, readonly neighbors: number, readonly minDistance: number, readonly progress: number, readonly count: number, readonly items: number | null, readonly generation: number | null, readonly explainedVariance: ReadonlyArray<number> | null, readonly trustworthiness: number | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type MineHardNegativesMutationVariables = Exact<{
  input: MineHardNegativesInput;
}>;


export type MineHardNegativesMutation = { readonly mineHardNegatives: { readonly set: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly judge: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly report: { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type StartRefinementMutationVariables = Exact<{
  input: StartRefinementInput;
}>;


export type StartRefinementMutation = { readonly startRefinement: { readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly rounds: ReadonlyArray<{ readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null }>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type MarkFalseNegativeMutationVariables = Exact<{
  input: MarkFalseNegativeInput;
}>;


export type MarkFalseNegativeMutation = { readonly markFalseNegative: { readonly set: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly judge: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly report: { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type PromoteIndexMutationVariables = Exact<{
  input: PromoteIndexInput;
}>;


export type PromoteIndexMutation = { readonly promoteIndex: { readonly promotion: { readonly id: string, readonly status: JobStatus, readonly basis: PromotionBasis, readonly moved: boolean | null, readonly overrideReason: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly alias: { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string }, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly from: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type RollbackAliasMutationVariables = Exact<{
  input: RollbackAliasInput;
}>;


export type RollbackAliasMutation = { readonly rollbackAlias: { readonly promotion: { readonly id: string, readonly status: JobStatus, readonly basis: PromotionBasis, readonly moved: boolean | null, readonly overrideReason: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly alias: { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string }, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly from: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type EvaluateMutationVariables = Exact<{
  input: EvaluateInput;
}>;


export type EvaluateMutation = { readonly evaluate: { readonly evaluation: { readonly id: string, readonly status: JobStatus, readonly split: Split, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly secret: string | null, readonly apiKey: { readonly id: string, readonly namespace: string, readonly name: string, readonly prefix: string, readonly scopes: ReadonlyArray<Scope>, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: { readonly apiKey: { readonly id: string, readonly namespace: string, readonly name: string, readonly prefix: string, readonly scopes: ReadonlyArray<Scope>, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } };

export type RunEventsSubscriptionVariables = Exact<{
  runId: string;
  after?: number;
}>;


export type RunEventsSubscription = { readonly runEvents:
    | { readonly __typename: 'RunStatusEvent', readonly status: JobStatus, readonly reason: string | null, readonly sequence: number, readonly createdAt: string }
    | { readonly __typename: 'RunStepEvent', readonly step: number, readonly epoch: number, readonly loss: number, readonly learningRate: number, readonly pairsPerSecond: number, readonly sequence: number, readonly createdAt: string }
    | { readonly __typename: 'RunEvaluationEvent', readonly step: number, readonly split: Split, readonly baseline: boolean, readonly sequence: number, readonly createdAt: string, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } }
    | { readonly __typename: 'RunCheckpointEvent', readonly step: number, readonly sha256: string, readonly bytes: number, readonly sequence: number, readonly createdAt: string }
    | { readonly __typename: 'RunDiagnosticsEvent', readonly step: number, readonly sequence: number, readonly createdAt: string, readonly figures: ReadonlyArray<{ readonly name: string, readonly value: number }>, readonly histograms: ReadonlyArray<{ readonly name: string, readonly from: number, readonly to: number, readonly counts: ReadonlyArray<number> }> }
    | { readonly __typename: 'RunVerdictEvent', readonly step: number, readonly sequence: number, readonly createdAt: string, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } }
    | { readonly __typename: 'RunLogEvent', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly createdAt: string }
   };

export type DatasetItemsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetItemsPageQuery = { readonly dataset: { readonly items: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetQueriesPageQueryVariables = Exact<{
  id: string;
  split?: Split | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetQueriesPageQuery = { readonly dataset: { readonly queries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly externalId: string | null, readonly text: string, readonly split: Split, readonly relevant: ReadonlyArray<{ readonly grade: number, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetImportsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetImportsPageQuery = { readonly dataset: { readonly imports: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly rowsRead: number, readonly rowsSkipped: number, readonly itemsAdded: number, readonly itemsUpdated: number, readonly queriesAdded: number, readonly relevanceAdded: number, readonly reportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetRunsPageQueryVariables = Exact<{
  id: string;
  status?: JobStatus | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetRunsPageQuery = { readonly dataset: { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly config: { readonly towers: Towers, readonly positives: Positives, readonly matryoshka: ReadonlyArray<number>, readonly batchSize: number, readonly accumulateSteps: number, readonly epochs: number, readonly maxSteps: number | null, readonly learningRate: number, readonly warmupFraction: number, readonly schedule: LearningRateSchedule, readonly clipNorm: number | null, readonly seed: number, readonly evaluateEvery: number | null, readonly diagnosticsEvery: number | null, readonly checkpointEvery: number | null, readonly keepCheckpoints: number, readonly metric: QualityMetric, readonly validationFraction: number, readonly backend: BackendChoice, readonly encoder:
            | { readonly __typename: 'TextStaticConfig', readonly dimensions: number, readonly vocabularySize: number, readonly maxTokens: number }
            | { readonly __typename: 'VectorMlpConfig', readonly hidden: number, readonly vectorMlpConfigDimensions: number | null }
            | { readonly __typename: 'ImageConvConfig', readonly size: number | null, readonly dimensions: number, readonly filters: number }
          , readonly paradigm:
            | { readonly __typename: 'InBatchNegativesConfig', readonly temperature: number, readonly learnTemperature: boolean, readonly symmetric: boolean, readonly hardNegatives: number, readonly maskEqualLabel: boolean, readonly gradCacheChunk: number | null, readonly guideEncoderId: string | null, readonly guideMargin: number }
            | { readonly __typename: 'EndToEndConfig', readonly negatives: number, readonly negativesFrom: NegativeSource, readonly shareNegatives: boolean, readonly temperature: number, readonly learnTemperature: boolean }
            | { readonly __typename: 'MemoryBankConfig', readonly negatives: number, readonly loss: MemoryBankLoss, readonly shareNegatives: boolean, readonly temperature: number, readonly bankMomentum: number, readonly initialise: BankInitialisation, readonly proximalWeight: number, readonly hardFraction: number }
            | { readonly __typename: 'MomentumEncoderConfig', readonly queueSize: number, readonly momentum: number, readonly rampMomentum: boolean, readonly symmetric: boolean, readonly predictor: boolean, readonly temperature: number, readonly maskEqualLabel: boolean, readonly hardFraction: number, readonly momentumEncoderConfigNegativesFrom: MomentumNegativeSource }
          , readonly optimizer:
            | { readonly __typename: 'AdamWConfig', readonly weightDecay: number, readonly beta1: number, readonly beta2: number, readonly epsilon: number }
            | { readonly __typename: 'SgdConfig', readonly weightDecay: number, readonly momentum: number }
          , readonly earlyStopping: { readonly patience: number, readonly minDelta: number } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }, readonly baseline: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly best: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly refinement: { readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly refinementRound: { readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null } | null, readonly refreshes: ReadonlyArray<{ readonly number: number, readonly minedAt: number, readonly takenAt: number | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetIndexesPageQueryVariables = Exact<{
  id: string;
  status?: JobStatus | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetIndexesPageQuery = { readonly dataset: { readonly indexes: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string }, readonly tuning: { readonly targetRecall: number, readonly reached: boolean, readonly trials: ReadonlyArray<{ readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly count: number, readonly recallAt10: number, readonly searchMs: number, readonly buildSeconds: number }> } | null, readonly live: { readonly tail: number, readonly tombstones: number, readonly tombstoneRatio: number, readonly rebuild: { readonly status: JobStatus, readonly count: number, readonly built: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null } | null, readonly recall: { readonly samples: number, readonly recall: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetRefinementsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetRefinementsPageQuery = { readonly dataset: { readonly refinements: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly roundsWanted: number, readonly asynchronous: boolean, readonly mining: unknown, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly rounds: ReadonlyArray<{ readonly round: number, readonly taken: boolean | null, readonly minedWith: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly hardNegativeSet: { readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly run: { readonly id: string, readonly status: JobStatus, readonly paradigm: Paradigm, readonly datasetHash: string | null, readonly backend: Backend | null, readonly step: number, readonly totalSteps: number | null, readonly pauseRequestedAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null }>, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetHardNegativeSetsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetHardNegativeSetsPageQuery = { readonly dataset: { readonly hardNegativeSets: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly source: MiningSource, readonly positives: Positives, readonly settings: unknown, readonly queriesDone: number, readonly queriesTotal: number | null, readonly candidates: number, readonly datasetHash: string | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly encoder: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly judge: { readonly id: string, readonly name: string, readonly version: number, readonly kind: EncoderKind, readonly dimensions: number, readonly sha256: string, readonly bytes: number, readonly card: unknown, readonly createdAt: string } | null, readonly report: { readonly queries: number, readonly queriesWithoutPositives: number, readonly queriesWithTooFew: number, readonly queriesWithNone: number, readonly meanRank: number | null, readonly fates: ReadonlyArray<{ readonly fate: CandidateFate, readonly count: number }>, readonly positiveScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly negativeScores: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly differences: { readonly minimum: number, readonly q05: number, readonly q25: number, readonly median: number, readonly q75: number, readonly q95: number, readonly maximum: number } | null, readonly falseNegatives: { readonly tested: number, readonly passed: number, readonly rate: number } | null } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type DatasetAliasesPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type DatasetAliasesPageQuery = { readonly dataset: { readonly aliases: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string, readonly dataset: { readonly id: string, readonly name: string, readonly kind: DatasetKind, readonly dimensions: number | null, readonly revision: number, readonly itemCount: number, readonly queryCount: number, readonly relevanceCount: number, readonly createdAt: string, readonly updatedAt: string }, readonly current: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly previous: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type RunEventsPageQueryVariables = Exact<{
  id: string;
  after?: number;
  first?: number;
}>;


export type RunEventsPageQuery = { readonly run: { readonly events: { readonly lastSequence: number, readonly hasNextPage: boolean, readonly nodes: ReadonlyArray<
        | { readonly __typename: 'RunStatusEvent', readonly status: JobStatus, readonly reason: string | null, readonly sequence: number, readonly createdAt: string }
        | { readonly __typename: 'RunStepEvent', readonly step: number, readonly epoch: number, readonly loss: number, readonly learningRate: number, readonly pairsPerSecond: number, readonly sequence: number, readonly createdAt: string }
        | { readonly __typename: 'RunEvaluationEvent', readonly step: number, readonly split: Split, readonly baseline: boolean, readonly sequence: number, readonly createdAt: string, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null, readonly prefixes: ReadonlyArray<{ readonly dimensions: number, readonly metrics: { readonly queries: number, readonly queriesWithoutPositives: number, readonly corpus: number, readonly accuracyAt1: number, readonly recallAt: number, readonly mrrAt10: number, readonly ndcgAt10: number, readonly mapAt100: number, readonly knnAccuracy: number | null } }> } }
        | { readonly __typename: 'RunCheckpointEvent', readonly step: number, readonly sha256: string, readonly bytes: number, readonly sequence: number, readonly createdAt: string }
        | { readonly __typename: 'RunDiagnosticsEvent', readonly step: number, readonly sequence: number, readonly createdAt: string, readonly figures: ReadonlyArray<{ readonly name: string, readonly value: number }>, readonly histograms: ReadonlyArray<{ readonly name: string, readonly from: number, readonly to: number, readonly counts: ReadonlyArray<number> }> }
        | { readonly __typename: 'RunVerdictEvent', readonly step: number, readonly sequence: number, readonly createdAt: string, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } }
        | { readonly __typename: 'RunLogEvent', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly createdAt: string }
      > } } | null };

export type IndexMapsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type IndexMapsPageQuery = { readonly index: { readonly maps: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly method: MapMethod, readonly sample: number, readonly seed: number, readonly neighbors: number, readonly minDistance: number, readonly progress: number, readonly count: number, readonly items: number | null, readonly generation: number | null, readonly explainedVariance: ReadonlyArray<number> | null, readonly trustworthiness: number | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type AliasPromotionsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type AliasPromotionsPageQuery = { readonly alias: { readonly promotions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: JobStatus, readonly basis: PromotionBasis, readonly moved: boolean | null, readonly overrideReason: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly alias: { readonly id: string, readonly name: string, readonly movedAt: string, readonly createdAt: string }, readonly index: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null }, readonly from: { readonly id: string, readonly status: JobStatus, readonly m: number, readonly efConstruction: number, readonly efSearch: number, readonly storage: VectorStorage, readonly count: number, readonly built: number, readonly recallAt10: number | null, readonly recallLoss: number | null, readonly datasetHash: string | null, readonly generation: number, readonly bytes: number | null, readonly exportUrl: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null } | null, readonly verdict: { readonly outcome: Outcome, readonly metric: QualityMetric, readonly baseline: number, readonly best: number, readonly difference: number, readonly low: number, readonly high: number, readonly queries: number } | null, readonly error: { readonly code: JobErrorCode, readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type EmbeddingMapPointsPageQueryVariables = Exact<{
  id: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type EmbeddingMapPointsPageQuery = { readonly embeddingMap: { readonly points: { readonly nodes: ReadonlyArray<{ readonly itemId: string, readonly x: number, readonly y: number, readonly label: string | null, readonly item: { readonly id: string, readonly externalId: string | null, readonly text: string, readonly label: string | null, readonly metadata: unknown, readonly revision: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

const IndexRetentionFields = `fragment IndexRetentionFields on IndexRetention {
  keepVersions
  keepDays
}`;
const DatasetFields = `fragment DatasetFields on Dataset {
  id
  name
  kind
  dimensions
  revision
  itemCount
  queryCount
  relevanceCount
  createdAt
  updatedAt
  retention {
    ...IndexRetentionFields
  }
}`;
const PageInfoFields = `fragment PageInfoFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`;
const JobErrorFields = `fragment JobErrorFields on JobError {
  code
  message
}`;
const ImportFields = `fragment ImportFields on Import {
  id
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  status
  rowsRead
  rowsSkipped
  itemsAdded
  itemsUpdated
  queriesAdded
  relevanceAdded
  error {
    ...JobErrorFields
  }
  reportUrl
  createdAt
  startedAt
  finishedAt
}`;
const EncoderConfigFields = `fragment EncoderConfigFields on EncoderConfig {
  __typename
  ... on TextStaticConfig {
    dimensions
    vocabularySize
    maxTokens
  }
  ... on VectorMlpConfig {
    vectorMlpConfigDimensions: dimensions
    hidden
  }
  ... on ImageConvConfig {
    size
    dimensions
    filters
  }
}`;
const ParadigmConfigFields = `fragment ParadigmConfigFields on ParadigmConfig {
  __typename
  ... on InBatchNegativesConfig {
    temperature
    learnTemperature
    symmetric
    hardNegatives
    maskEqualLabel
    gradCacheChunk
    guideEncoderId
    guideMargin
  }
  ... on EndToEndConfig {
    negatives
    negativesFrom
    shareNegatives
    temperature
    learnTemperature
  }
  ... on MemoryBankConfig {
    negatives
    loss
    shareNegatives
    temperature
    bankMomentum
    initialise
    proximalWeight
    hardFraction
  }
  ... on MomentumEncoderConfig {
    momentumEncoderConfigNegativesFrom: negativesFrom
    queueSize
    momentum
    rampMomentum
    symmetric
    predictor
    temperature
    maskEqualLabel
    hardFraction
  }
}`;
const OptimizerConfigFields = `fragment OptimizerConfigFields on OptimizerConfig {
  __typename
  ... on AdamWConfig {
    weightDecay
    beta1
    beta2
    epsilon
  }
  ... on SgdConfig {
    weightDecay
    momentum
  }
}`;
const EarlyStoppingConfigFields = `fragment EarlyStoppingConfigFields on EarlyStoppingConfig {
  patience
  minDelta
}`;
const TrainingConfigFields = `fragment TrainingConfigFields on TrainingConfig {
  encoder {
    ...EncoderConfigFields
  }
  paradigm {
    ...ParadigmConfigFields
  }
  towers
  positives
  matryoshka
  batchSize
  accumulateSteps
  epochs
  maxSteps
  learningRate
  warmupFraction
  schedule
  optimizer {
    ...OptimizerConfigFields
  }
  clipNorm
  seed
  evaluateEvery
  diagnosticsEvery
  checkpointEvery
  keepCheckpoints
  metric
  earlyStopping {
    ...EarlyStoppingConfigFields
  }
  validationFraction
  backend
  hardNegativeSet {
    id
    status
    source
    positives
    settings
    queriesDone
    queriesTotal
    candidates
    datasetHash
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
}`;
const PrefixMetricsFields = `fragment PrefixMetricsFields on PrefixMetrics {
  dimensions
  metrics {
    queries
    queriesWithoutPositives
    corpus
    accuracyAt1
    recallAt
    mrrAt10
    ndcgAt10
    mapAt100
    knnAccuracy
  }
}`;
const RetrievalMetricsFields = `fragment RetrievalMetricsFields on RetrievalMetrics {
  queries
  queriesWithoutPositives
  corpus
  accuracyAt1
  recallAt
  mrrAt10
  ndcgAt10
  mapAt100
  knnAccuracy
  prefixes {
    ...PrefixMetricsFields
  }
}`;
const VerdictFields = `fragment VerdictFields on Verdict {
  outcome
  metric
  baseline
  best
  difference
  low
  high
  queries
}`;
const RefinementRoundFields = `fragment RefinementRoundFields on RefinementRound {
  round
  minedWith {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  hardNegativeSet {
    id
    status
    source
    positives
    settings
    queriesDone
    queriesTotal
    candidates
    datasetHash
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  run {
    id
    status
    paradigm
    datasetHash
    backend
    step
    totalSteps
    pauseRequestedAt
    createdAt
    startedAt
    finishedAt
  }
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  verdict {
    ...VerdictFields
  }
  taken
}`;
const NegativeRefreshFields = `fragment NegativeRefreshFields on NegativeRefresh {
  number
  minedAt
  takenAt
  hardNegativeSet {
    id
    status
    source
    positives
    settings
    queriesDone
    queriesTotal
    candidates
    datasetHash
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
}`;
const TrainingRunFields = `fragment TrainingRunFields on TrainingRun {
  id
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  status
  paradigm
  config {
    ...TrainingConfigFields
  }
  datasetHash
  backend
  step
  totalSteps
  baseline {
    ...RetrievalMetricsFields
  }
  best {
    ...RetrievalMetricsFields
  }
  verdict {
    ...VerdictFields
  }
  pauseRequestedAt
  error {
    ...JobErrorFields
  }
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  refinement {
    id
    status
    roundsWanted
    asynchronous
    mining
    createdAt
    startedAt
    finishedAt
  }
  refinementRound {
    ...RefinementRoundFields
  }
  refreshes {
    ...NegativeRefreshFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const CurvePointFields = `fragment CurvePointFields on CurvePoint {
  step
  loss
  quality
}`;
const ComparedRunFields = `fragment ComparedRunFields on ComparedRun {
  run {
    id
    status
    paradigm
    datasetHash
    backend
    step
    totalSteps
    pauseRequestedAt
    createdAt
    startedAt
    finishedAt
  }
  curve {
    ...CurvePointFields
  }
  seconds
  pairsPerSecond
  peakMemoryBytes
  negativesPerQuery
  encodings
}`;
const SettingDifferenceFields = `fragment SettingDifferenceFields on SettingDifference {
  setting
  values
}`;
const RunComparisonFields = `fragment RunComparisonFields on RunComparison {
  runs {
    ...ComparedRunFields
  }
  differences {
    ...SettingDifferenceFields
  }
}`;
const EncoderFields = `fragment EncoderFields on Encoder {
  id
  name
  version
  kind
  dimensions
  sha256
  bytes
  card
  run {
    id
    status
    paradigm
    datasetHash
    backend
    step
    totalSteps
    pauseRequestedAt
    createdAt
    startedAt
    finishedAt
  }
  createdAt
}`;
const GraphTrialFields = `fragment GraphTrialFields on GraphTrial {
  m
  efConstruction
  efSearch
  count
  recallAt10
  searchMs
  buildSeconds
}`;
const IndexTuningFields = `fragment IndexTuningFields on IndexTuning {
  targetRecall
  reached
  trials {
    ...GraphTrialFields
  }
}`;
const IndexRebuildFields = `fragment IndexRebuildFields on IndexRebuild {
  status
  count
  built
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const MonitoredRecallFields = `fragment MonitoredRecallFields on MonitoredRecall {
  samples
  recall
}`;
const IndexLiveStateFields = `fragment IndexLiveStateFields on IndexLiveState {
  tail
  tombstones
  tombstoneRatio
  rebuild {
    ...IndexRebuildFields
  }
  recall {
    ...MonitoredRecallFields
  }
}`;
const IndexVersionFields = `fragment IndexVersionFields on IndexVersion {
  id
  status
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  m
  efConstruction
  efSearch
  storage
  tuning {
    ...IndexTuningFields
  }
  count
  built
  recallAt10
  recallLoss
  datasetHash
  generation
  live {
    ...IndexLiveStateFields
  }
  bytes
  exportUrl
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const RefinementFields = `fragment RefinementFields on Refinement {
  id
  status
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  roundsWanted
  rounds {
    ...RefinementRoundFields
  }
  asynchronous
  mining
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  index {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const CandidateCountFields = `fragment CandidateCountFields on CandidateCount {
  fate
  count
}`;
const ScoreQuantilesFields = `fragment ScoreQuantilesFields on ScoreQuantiles {
  minimum
  q05
  q25
  median
  q75
  q95
  maximum
}`;
const FalseNegativeEstimateFields = `fragment FalseNegativeEstimateFields on FalseNegativeEstimate {
  tested
  passed
  rate
}`;
const MiningReportFields = `fragment MiningReportFields on MiningReport {
  queries
  queriesWithoutPositives
  queriesWithTooFew
  queriesWithNone
  fates {
    ...CandidateCountFields
  }
  positiveScores {
    ...ScoreQuantilesFields
  }
  negativeScores {
    ...ScoreQuantilesFields
  }
  differences {
    ...ScoreQuantilesFields
  }
  meanRank
  falseNegatives {
    ...FalseNegativeEstimateFields
  }
}`;
const HardNegativeSetFields = `fragment HardNegativeSetFields on HardNegativeSet {
  id
  status
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  source
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  index {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  judge {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  positives
  settings
  queriesDone
  queriesTotal
  candidates
  report {
    ...MiningReportFields
  }
  datasetHash
  exportUrl
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const HardNegativeFields = `fragment HardNegativeFields on HardNegative {
  query {
    id
    externalId
    text
    split
  }
  queryItem {
    id
    externalId
    text
    label
    metadata
    revision
  }
  item {
    id
    externalId
    text
    label
    metadata
    revision
  }
  rank
  score
  positiveScore
  fate
  marked
}`;
const IndexEstimateFields = `fragment IndexEstimateFields on IndexEstimate {
  count
  dimensions
  memoryBytes
  buildMemoryBytes
  diskBytes
  memoryLimitBytes
  freeDiskBytes
  refusal
}`;
const RecallMeasurementFields = `fragment RecallMeasurementFields on RecallMeasurement {
  recall
  searches
  k
  ef
  strategy
  tookMs
}`;
const IndexAliasFields = `fragment IndexAliasFields on IndexAlias {
  id
  name
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  current {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  previous {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  movedAt
  createdAt
}`;
const PromotionFields = `fragment PromotionFields on Promotion {
  id
  status
  alias {
    id
    name
    movedAt
    createdAt
  }
  index {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  from {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  basis
  moved
  overrideReason
  verdict {
    ...VerdictFields
  }
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const EmbeddingMapFields = `fragment EmbeddingMapFields on EmbeddingMap {
  id
  status
  index {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  method
  sample
  seed
  neighbors
  minDistance
  progress
  count
  items
  generation
  explainedVariance
  trustworthiness
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const EvaluationFields = `fragment EvaluationFields on Evaluation {
  id
  status
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  split
  metrics {
    ...RetrievalMetricsFields
  }
  error {
    ...JobErrorFields
  }
  createdAt
  startedAt
  finishedAt
}`;
const HitExplanationFields = `fragment HitExplanationFields on HitExplanation {
  rankedBy
  vectorScore
  vectorRank
  lexicalScore
  lexicalRank
  matchedTerms
  fromTail
  itemRevision
}`;
const SearchHitFields = `fragment SearchHitFields on SearchHit {
  rank
  score
  item {
    id
    externalId
    text
    label
    metadata
    revision
  }
  group
  explain {
    ...HitExplanationFields
  }
}`;
const SearchResultFields = `fragment SearchResultFields on SearchResult {
  hits {
    ...SearchHitFields
  }
  index {
    id
    status
    m
    efConstruction
    efSearch
    storage
    count
    built
    recallAt10
    recallLoss
    datasetHash
    generation
    bytes
    exportUrl
    createdAt
    startedAt
    finishedAt
  }
  strategy
  candidates
  matched
  pending
  exhausted
  cursor
  tookMs
}`;
const SearchBatchResultFields = `fragment SearchBatchResultFields on SearchBatchResult {
  results {
    ...SearchResultFields
  }
  tookMs
}`;
const ComparedHitFields = `fragment ComparedHitFields on ComparedHit {
  item {
    id
    externalId
    text
    label
    metadata
    revision
  }
  firstRank
  secondRank
}`;
const SearchComparisonFields = `fragment SearchComparisonFields on SearchComparison {
  first {
    ...SearchResultFields
  }
  second {
    ...SearchResultFields
  }
  overlap
  items {
    ...ComparedHitFields
  }
}`;
const EmbedResultFields = `fragment EmbedResultFields on EmbedResult {
  encoder {
    id
    name
    version
    kind
    dimensions
    sha256
    bytes
    card
    createdAt
  }
  dimensions
  vectors
}`;
const ServerInfoFields = `fragment ServerInfoFields on ServerInfo {
  version
  startedAt
  databaseReachable
  runsJobs
}`;
const ViewerFields = `fragment ViewerFields on Viewer {
  namespace
  scopes
  expiresAt
}`;
const ApiKeyFields = `fragment ApiKeyFields on ApiKey {
  id
  namespace
  name
  prefix
  scopes
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}`;
const UserErrorFields = `fragment UserErrorFields on UserError {
  field
  message
  code
}`;
const UploadFields = `fragment UploadFields on Upload {
  id
  fileName
  complete
  bytes
  sha256
  url
  expiresAt
}`;
const ItemFields = `fragment ItemFields on Item {
  id
  externalId
  text
  label
  metadata
  revision
  dataset {
    id
    name
    kind
    dimensions
    revision
    itemCount
    queryCount
    relevanceCount
    createdAt
    updatedAt
  }
}`;
const FigureFields = `fragment FigureFields on Figure {
  name
  value
}`;
const HistogramFields = `fragment HistogramFields on Histogram {
  name
  from
  to
  counts
}`;
const RunEventFields = `fragment RunEventFields on RunEvent {
  __typename
  sequence
  createdAt
  ... on RunStatusEvent {
    status
    reason
  }
  ... on RunStepEvent {
    step
    epoch
    loss
    learningRate
    pairsPerSecond
  }
  ... on RunEvaluationEvent {
    step
    split
    baseline
    metrics {
      ...RetrievalMetricsFields
    }
  }
  ... on RunCheckpointEvent {
    step
    sha256
    bytes
  }
  ... on RunDiagnosticsEvent {
    step
    figures {
      ...FigureFields
    }
    histograms {
      ...HistogramFields
    }
  }
  ... on RunVerdictEvent {
    step
    verdict {
      ...VerdictFields
    }
  }
  ... on RunLogEvent {
    level
    message
  }
}`;
const JudgementFields = `fragment JudgementFields on Judgement {
  item {
    id
    externalId
    text
    label
    metadata
    revision
  }
  grade
}`;
const DatasetQueryFields = `fragment DatasetQueryFields on DatasetQuery {
  id
  externalId
  text
  split
  relevant {
    ...JudgementFields
  }
}`;
const MapPointFields = `fragment MapPointFields on MapPoint {
  itemId
  x
  y
  label
  item {
    id
    externalId
    text
    label
    metadata
    revision
  }
}`;
export const NodeDocument = /* @__PURE__ */ typed<NodeQuery, NodeQueryVariables>(`query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
  }
}`);
export const NodesDocument = /* @__PURE__ */ typed<NodesQuery, NodesQueryVariables>(`query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
  }
}`);
export const DatasetDocument = /* @__PURE__ */ typed<DatasetQuery, DatasetQueryVariables>(`query Dataset($id: ID, $name: String) {
  dataset(id: $id, name: $name) {
    ...DatasetFields
  }
}`, DatasetFields, IndexRetentionFields);
export const DatasetsDocument = /* @__PURE__ */ typed<DatasetsQuery, DatasetsQueryVariables>(`query Datasets($first: Int! = 20, $after: String) {
  datasets(first: $first, after: $after) {
    nodes {
      ...DatasetFields
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}`, DatasetFields, IndexRetentionFields, PageInfoFields);
export const ImportDocument = /* @__PURE__ */ typed<ImportQuery, ImportQueryVariables>(`query Import($id: ID!) {
  import(id: $id) {
    ...ImportFields
  }
}`, ImportFields, JobErrorFields);
export const RunDocument = /* @__PURE__ */ typed<RunQuery, RunQueryVariables>(`query Run($id: ID!) {
  run(id: $id) {
    ...TrainingRunFields
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields);
export const CompareRunsDocument = /* @__PURE__ */ typed<CompareRunsQuery, CompareRunsQueryVariables>(`query CompareRuns($ids: [ID!]!) {
  compareRuns(ids: $ids) {
    ...RunComparisonFields
  }
}`, RunComparisonFields, ComparedRunFields, CurvePointFields, SettingDifferenceFields);
export const RunsDocument = /* @__PURE__ */ typed<RunsQuery, RunsQueryVariables>(`query Runs($datasetId: ID, $status: JobStatus, $first: Int! = 20, $after: String) {
  runs(datasetId: $datasetId, status: $status, first: $first, after: $after) {
    nodes {
      ...TrainingRunFields
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields, PageInfoFields);
export const EncoderDocument = /* @__PURE__ */ typed<EncoderQuery, EncoderQueryVariables>(`query Encoder($id: ID!) {
  encoder(id: $id) {
    ...EncoderFields
  }
}`, EncoderFields);
export const EncodersDocument = /* @__PURE__ */ typed<EncodersQuery, EncodersQueryVariables>(`query Encoders($name: String, $datasetId: ID, $first: Int! = 20, $after: String) {
  encoders(name: $name, datasetId: $datasetId, first: $first, after: $after) {
    nodes {
      ...EncoderFields
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}`, EncoderFields, PageInfoFields);
export const IndexDocument = /* @__PURE__ */ typed<IndexQuery, IndexQueryVariables>(`query Index($id: ID!) {
  index(id: $id) {
    ...IndexVersionFields
  }
}`, IndexVersionFields, IndexTuningFields, GraphTrialFields, IndexLiveStateFields, IndexRebuildFields, JobErrorFields, MonitoredRecallFields);
export const IndexesDocument = /* @__PURE__ */ typed<IndexesQuery, IndexesQueryVariables>(`query Indexes($datasetId: ID, $status: JobStatus, $first: Int! = 20, $after: String) {
  indexes(datasetId: $datasetId, status: $status, first: $first, after: $after) {
    nodes {
      ...IndexVersionFields
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}`, IndexVersionFields, IndexTuningFields, GraphTrialFields, IndexLiveStateFields, IndexRebuildFields, JobErrorFields, MonitoredRecallFields, PageInfoFields);
export const RefinementDocument = /* @__PURE__ */ typed<RefinementQuery, RefinementQueryVariables>(`query Refinement($id: ID!) {
  refinement(id: $id) {
    ...RefinementFields
  }
}`, RefinementFields, RefinementRoundFields, VerdictFields, JobErrorFields);
export const HardNegativeSetDocument = /* @__PURE__ */ typed<HardNegativeSetQuery, HardNegativeSetQueryVariables>(`query HardNegativeSet($id: ID!) {
  hardNegativeSet(id: $id) {
    ...HardNegativeSetFields
  }
}`, HardNegativeSetFields, MiningReportFields, CandidateCountFields, ScoreQuantilesFields, FalseNegativeEstimateFields, JobErrorFields);
export const HardNegativesDocument = /* @__PURE__ */ typed<HardNegativesQuery, HardNegativesQueryVariables>(`query HardNegatives($setId: ID!, $fate: CandidateFate, $first: Int! = 20, $after: String) {
  hardNegatives(setId: $setId, fate: $fate, first: $first, after: $after) {
    nodes {
      ...HardNegativeFields
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}`, HardNegativeFields, PageInfoFields);
export const EstimateIndexDocument = /* @__PURE__ */ typed<EstimateIndexQuery, EstimateIndexQueryVariables>(`query EstimateIndex($input: BuildIndexInput!) {
  estimateIndex(input: $input) {
    ...IndexEstimateFields
  }
}`, IndexEstimateFields);
export const MeasureRecallDocument = /* @__PURE__ */ typed<MeasureRecallQuery, MeasureRecallQueryVariables>(`query MeasureRecall($indexId: ID!, $sample: Int! = 100, $k: Int! = 10, $ef: Int) {
  measureRecall(indexId: $indexId, sample: $sample, k: $k, ef: $ef) {
    ...RecallMeasurementFields
  }
}`, RecallMeasurementFields);
export const AliasDocument = /* @__PURE__ */ typed<AliasQuery, AliasQueryVariables>(`query Alias($id: ID!) {
  alias(id: $id) {
    ...IndexAliasFields
  }
}`, IndexAliasFields);
export const PromotionDocument = /* @__PURE__ */ typed<PromotionQuery, PromotionQueryVariables>(`query Promotion($id: ID!) {
  promotion(id: $id) {
    ...PromotionFields
  }
}`, PromotionFields, VerdictFields, JobErrorFields);
export const EmbeddingMapDocument = /* @__PURE__ */ typed<EmbeddingMapQuery, EmbeddingMapQueryVariables>(`query EmbeddingMap($id: ID!) {
  embeddingMap(id: $id) {
    ...EmbeddingMapFields
  }
}`, EmbeddingMapFields, JobErrorFields);
export const EvaluationDocument = /* @__PURE__ */ typed<EvaluationQuery, EvaluationQueryVariables>(`query Evaluation($id: ID!) {
  evaluation(id: $id) {
    ...EvaluationFields
  }
}`, EvaluationFields, RetrievalMetricsFields, PrefixMetricsFields, JobErrorFields);
export const SearchDocument = /* @__PURE__ */ typed<SearchQuery, SearchQueryVariables>(`query Search($input: SearchInput!) {
  search(input: $input) {
    ...SearchResultFields
  }
}`, SearchResultFields, SearchHitFields, HitExplanationFields);
export const SearchBatchDocument = /* @__PURE__ */ typed<SearchBatchQuery, SearchBatchQueryVariables>(`query SearchBatch($input: SearchBatchInput!) {
  searchBatch(input: $input) {
    ...SearchBatchResultFields
  }
}`, SearchBatchResultFields, SearchResultFields, SearchHitFields, HitExplanationFields);
export const CompareSearchDocument = /* @__PURE__ */ typed<CompareSearchQuery, CompareSearchQueryVariables>(`query CompareSearch($input: CompareSearchInput!) {
  compareSearch(input: $input) {
    ...SearchComparisonFields
  }
}`, SearchComparisonFields, SearchResultFields, SearchHitFields, HitExplanationFields, ComparedHitFields);
export const EmbedDocument = /* @__PURE__ */ typed<EmbedQuery, EmbedQueryVariables>(`query Embed($input: EmbedInput!) {
  embed(input: $input) {
    ...EmbedResultFields
  }
}`, EmbedResultFields);
export const ServerDocument = /* @__PURE__ */ typed<ServerQuery, ServerQueryVariables>(`query Server {
  server {
    ...ServerInfoFields
  }
}`, ServerInfoFields);
export const ViewerDocument = /* @__PURE__ */ typed<ViewerQuery, ViewerQueryVariables>(`query Viewer {
  viewer {
    ...ViewerFields
  }
}`, ViewerFields);
export const ApiKeysDocument = /* @__PURE__ */ typed<ApiKeysQuery, ApiKeysQueryVariables>(`query ApiKeys($namespace: String, $first: Int! = 20, $after: String) {
  apiKeys(namespace: $namespace, first: $first, after: $after) {
    nodes {
      ...ApiKeyFields
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}`, ApiKeyFields, PageInfoFields);
export const CreateDatasetDocument = /* @__PURE__ */ typed<CreateDatasetMutation, CreateDatasetMutationVariables>(`mutation CreateDataset($input: CreateDatasetInput!) {
  createDataset(input: $input) {
    dataset {
      ...DatasetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, DatasetFields, IndexRetentionFields, UserErrorFields);
export const DeleteDatasetDocument = /* @__PURE__ */ typed<DeleteDatasetMutation, DeleteDatasetMutationVariables>(`mutation DeleteDataset($input: DeleteDatasetInput!) {
  deleteDataset(input: $input) {
    deletedDatasetId
    userErrors {
      ...UserErrorFields
    }
  }
}`, UserErrorFields);
export const CreateUploadDocument = /* @__PURE__ */ typed<CreateUploadMutation, CreateUploadMutationVariables>(`mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    upload {
      ...UploadFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, UploadFields, UserErrorFields);
export const ImportDatasetDocument = /* @__PURE__ */ typed<ImportDatasetMutation, ImportDatasetMutationVariables>(`mutation ImportDataset($input: ImportDatasetInput!) {
  importDataset(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, ImportFields, JobErrorFields, UserErrorFields);
export const StartTrainingDocument = /* @__PURE__ */ typed<StartTrainingMutation, StartTrainingMutationVariables>(`mutation StartTraining($input: StartTrainingInput!) {
  startTraining(input: $input) {
    run {
      ...TrainingRunFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields, UserErrorFields);
export const PauseRunDocument = /* @__PURE__ */ typed<PauseRunMutation, PauseRunMutationVariables>(`mutation PauseRun($input: PauseRunInput!) {
  pauseRun(input: $input) {
    run {
      ...TrainingRunFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields, UserErrorFields);
export const ResumeRunDocument = /* @__PURE__ */ typed<ResumeRunMutation, ResumeRunMutationVariables>(`mutation ResumeRun($input: ResumeRunInput!) {
  resumeRun(input: $input) {
    run {
      ...TrainingRunFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields, UserErrorFields);
export const CancelRunDocument = /* @__PURE__ */ typed<CancelRunMutation, CancelRunMutationVariables>(`mutation CancelRun($input: CancelRunInput!) {
  cancelRun(input: $input) {
    run {
      ...TrainingRunFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields, UserErrorFields);
export const UpsertItemsDocument = /* @__PURE__ */ typed<UpsertItemsMutation, UpsertItemsMutationVariables>(`mutation UpsertItems($input: UpsertItemsInput!) {
  upsertItems(input: $input) {
    items {
      ...ItemFields
    }
    added
    updated
    dataset {
      ...DatasetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, ItemFields, DatasetFields, IndexRetentionFields, UserErrorFields);
export const DeleteItemsDocument = /* @__PURE__ */ typed<DeleteItemsMutation, DeleteItemsMutationVariables>(`mutation DeleteItems($input: DeleteItemsInput!) {
  deleteItems(input: $input) {
    deletedItemIds
    dataset {
      ...DatasetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, DatasetFields, IndexRetentionFields, UserErrorFields);
export const BuildIndexDocument = /* @__PURE__ */ typed<BuildIndexMutation, BuildIndexMutationVariables>(`mutation BuildIndex($input: BuildIndexInput!) {
  buildIndex(input: $input) {
    index {
      ...IndexVersionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, IndexVersionFields, IndexTuningFields, GraphTrialFields, IndexLiveStateFields, IndexRebuildFields, JobErrorFields, MonitoredRecallFields, UserErrorFields);
export const TuneIndexDocument = /* @__PURE__ */ typed<TuneIndexMutation, TuneIndexMutationVariables>(`mutation TuneIndex($input: TuneIndexInput!) {
  tuneIndex(input: $input) {
    index {
      ...IndexVersionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, IndexVersionFields, IndexTuningFields, GraphTrialFields, IndexLiveStateFields, IndexRebuildFields, JobErrorFields, MonitoredRecallFields, UserErrorFields);
export const RetireIndexesDocument = /* @__PURE__ */ typed<RetireIndexesMutation, RetireIndexesMutationVariables>(`mutation RetireIndexes($input: RetireIndexesInput!) {
  retireIndexes(input: $input) {
    deletedIndexIds
    freedBytes
    userErrors {
      ...UserErrorFields
    }
  }
}`, UserErrorFields);
export const SetRetentionDocument = /* @__PURE__ */ typed<SetRetentionMutation, SetRetentionMutationVariables>(`mutation SetRetention($input: SetRetentionInput!) {
  setRetention(input: $input) {
    dataset {
      ...DatasetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, DatasetFields, IndexRetentionFields, UserErrorFields);
export const CancelIndexDocument = /* @__PURE__ */ typed<CancelIndexMutation, CancelIndexMutationVariables>(`mutation CancelIndex($input: CancelIndexInput!) {
  cancelIndex(input: $input) {
    index {
      ...IndexVersionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, IndexVersionFields, IndexTuningFields, GraphTrialFields, IndexLiveStateFields, IndexRebuildFields, JobErrorFields, MonitoredRecallFields, UserErrorFields);
export const MapIndexDocument = /* @__PURE__ */ typed<MapIndexMutation, MapIndexMutationVariables>(`mutation MapIndex($input: MapIndexInput!) {
  mapIndex(input: $input) {
    map {
      ...EmbeddingMapFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, EmbeddingMapFields, JobErrorFields, UserErrorFields);
export const CancelImportDocument = /* @__PURE__ */ typed<CancelImportMutation, CancelImportMutationVariables>(`mutation CancelImport($input: CancelImportInput!) {
  cancelImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, ImportFields, JobErrorFields, UserErrorFields);
export const CancelEvaluationDocument = /* @__PURE__ */ typed<CancelEvaluationMutation, CancelEvaluationMutationVariables>(`mutation CancelEvaluation($input: CancelEvaluationInput!) {
  cancelEvaluation(input: $input) {
    evaluation {
      ...EvaluationFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, EvaluationFields, RetrievalMetricsFields, PrefixMetricsFields, JobErrorFields, UserErrorFields);
export const CancelMiningDocument = /* @__PURE__ */ typed<CancelMiningMutation, CancelMiningMutationVariables>(`mutation CancelMining($input: CancelMiningInput!) {
  cancelMining(input: $input) {
    set {
      ...HardNegativeSetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, HardNegativeSetFields, MiningReportFields, CandidateCountFields, ScoreQuantilesFields, FalseNegativeEstimateFields, JobErrorFields, UserErrorFields);
export const CancelRefinementDocument = /* @__PURE__ */ typed<CancelRefinementMutation, CancelRefinementMutationVariables>(`mutation CancelRefinement($input: CancelRefinementInput!) {
  cancelRefinement(input: $input) {
    refinement {
      ...RefinementFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, RefinementFields, RefinementRoundFields, VerdictFields, JobErrorFields, UserErrorFields);
export const CancelMapDocument = /* @__PURE__ */ typed<CancelMapMutation, CancelMapMutationVariables>(`mutation CancelMap($input: CancelMapInput!) {
  cancelMap(input: $input) {
    map {
      ...EmbeddingMapFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, EmbeddingMapFields, JobErrorFields, UserErrorFields);
export const MineHardNegativesDocument = /* @__PURE__ */ typed<MineHardNegativesMutation, MineHardNegativesMutationVariables>(`mutation MineHardNegatives($input: MineHardNegativesInput!) {
  mineHardNegatives(input: $input) {
    set {
      ...HardNegativeSetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, HardNegativeSetFields, MiningReportFields, CandidateCountFields, ScoreQuantilesFields, FalseNegativeEstimateFields, JobErrorFields, UserErrorFields);
export const StartRefinementDocument = /* @__PURE__ */ typed<StartRefinementMutation, StartRefinementMutationVariables>(`mutation StartRefinement($input: StartRefinementInput!) {
  startRefinement(input: $input) {
    refinement {
      ...RefinementFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, RefinementFields, RefinementRoundFields, VerdictFields, JobErrorFields, UserErrorFields);
export const MarkFalseNegativeDocument = /* @__PURE__ */ typed<MarkFalseNegativeMutation, MarkFalseNegativeMutationVariables>(`mutation MarkFalseNegative($input: MarkFalseNegativeInput!) {
  markFalseNegative(input: $input) {
    set {
      ...HardNegativeSetFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, HardNegativeSetFields, MiningReportFields, CandidateCountFields, ScoreQuantilesFields, FalseNegativeEstimateFields, JobErrorFields, UserErrorFields);
export const PromoteIndexDocument = /* @__PURE__ */ typed<PromoteIndexMutation, PromoteIndexMutationVariables>(`mutation PromoteIndex($input: PromoteIndexInput!) {
  promoteIndex(input: $input) {
    promotion {
      ...PromotionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, PromotionFields, VerdictFields, JobErrorFields, UserErrorFields);
export const RollbackAliasDocument = /* @__PURE__ */ typed<RollbackAliasMutation, RollbackAliasMutationVariables>(`mutation RollbackAlias($input: RollbackAliasInput!) {
  rollbackAlias(input: $input) {
    promotion {
      ...PromotionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, PromotionFields, VerdictFields, JobErrorFields, UserErrorFields);
export const EvaluateDocument = /* @__PURE__ */ typed<EvaluateMutation, EvaluateMutationVariables>(`mutation Evaluate($input: EvaluateInput!) {
  evaluate(input: $input) {
    evaluation {
      ...EvaluationFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, EvaluationFields, RetrievalMetricsFields, PrefixMetricsFields, JobErrorFields, UserErrorFields);
export const CreateApiKeyDocument = /* @__PURE__ */ typed<CreateApiKeyMutation, CreateApiKeyMutationVariables>(`mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      ...ApiKeyFields
    }
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}`, ApiKeyFields, UserErrorFields);
export const RevokeApiKeyDocument = /* @__PURE__ */ typed<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>(`mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    apiKey {
      ...ApiKeyFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}`, ApiKeyFields, UserErrorFields);
export const RunEventsDocument = /* @__PURE__ */ typed<RunEventsSubscription, RunEventsSubscriptionVariables>(`subscription RunEvents($runId: ID!, $after: Int! = 0) {
  runEvents(runId: $runId, after: $after) {
    ...RunEventFields
  }
}`, RunEventFields, RetrievalMetricsFields, PrefixMetricsFields, FigureFields, HistogramFields, VerdictFields);
export const DatasetItemsPageDocument = /* @__PURE__ */ typed<DatasetItemsPageQuery, DatasetItemsPageQueryVariables>(`query DatasetItemsPage($id: ID!, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    items(first: $first, after: $after) {
      nodes {
        ...ItemFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, ItemFields, PageInfoFields);
export const DatasetQueriesPageDocument = /* @__PURE__ */ typed<DatasetQueriesPageQuery, DatasetQueriesPageQueryVariables>(`query DatasetQueriesPage($id: ID!, $split: Split, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    queries(split: $split, first: $first, after: $after) {
      nodes {
        ...DatasetQueryFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, DatasetQueryFields, JudgementFields, PageInfoFields);
export const DatasetImportsPageDocument = /* @__PURE__ */ typed<DatasetImportsPageQuery, DatasetImportsPageQueryVariables>(`query DatasetImportsPage($id: ID!, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    imports(first: $first, after: $after) {
      nodes {
        ...ImportFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, ImportFields, JobErrorFields, PageInfoFields);
export const DatasetRunsPageDocument = /* @__PURE__ */ typed<DatasetRunsPageQuery, DatasetRunsPageQueryVariables>(`query DatasetRunsPage($id: ID!, $status: JobStatus, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    runs(status: $status, first: $first, after: $after) {
      nodes {
        ...TrainingRunFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, TrainingRunFields, TrainingConfigFields, EncoderConfigFields, ParadigmConfigFields, OptimizerConfigFields, EarlyStoppingConfigFields, RetrievalMetricsFields, PrefixMetricsFields, VerdictFields, JobErrorFields, RefinementRoundFields, NegativeRefreshFields, PageInfoFields);
export const DatasetIndexesPageDocument = /* @__PURE__ */ typed<DatasetIndexesPageQuery, DatasetIndexesPageQueryVariables>(`query DatasetIndexesPage($id: ID!, $status: JobStatus, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    indexes(status: $status, first: $first, after: $after) {
      nodes {
        ...IndexVersionFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, IndexVersionFields, IndexTuningFields, GraphTrialFields, IndexLiveStateFields, IndexRebuildFields, JobErrorFields, MonitoredRecallFields, PageInfoFields);
export const DatasetRefinementsPageDocument = /* @__PURE__ */ typed<DatasetRefinementsPageQuery, DatasetRefinementsPageQueryVariables>(`query DatasetRefinementsPage($id: ID!, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    refinements(first: $first, after: $after) {
      nodes {
        ...RefinementFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, RefinementFields, RefinementRoundFields, VerdictFields, JobErrorFields, PageInfoFields);
export const DatasetHardNegativeSetsPageDocument = /* @__PURE__ */ typed<DatasetHardNegativeSetsPageQuery, DatasetHardNegativeSetsPageQueryVariables>(`query DatasetHardNegativeSetsPage($id: ID!, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    hardNegativeSets(first: $first, after: $after) {
      nodes {
        ...HardNegativeSetFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, HardNegativeSetFields, MiningReportFields, CandidateCountFields, ScoreQuantilesFields, FalseNegativeEstimateFields, JobErrorFields, PageInfoFields);
export const DatasetAliasesPageDocument = /* @__PURE__ */ typed<DatasetAliasesPageQuery, DatasetAliasesPageQueryVariables>(`query DatasetAliasesPage($id: ID!, $first: Int! = 20, $after: String) {
  dataset(id: $id) {
    aliases(first: $first, after: $after) {
      nodes {
        ...IndexAliasFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, IndexAliasFields, PageInfoFields);
export const RunEventsPageDocument = /* @__PURE__ */ typed<RunEventsPageQuery, RunEventsPageQueryVariables>(`query RunEventsPage($id: ID!, $after: Int! = 0, $first: Int! = 100) {
  run(id: $id) {
    events(after: $after, first: $first) {
      nodes {
        ...RunEventFields
      }
      lastSequence
      hasNextPage
    }
  }
}`, RunEventFields, RetrievalMetricsFields, PrefixMetricsFields, FigureFields, HistogramFields, VerdictFields);
export const IndexMapsPageDocument = /* @__PURE__ */ typed<IndexMapsPageQuery, IndexMapsPageQueryVariables>(`query IndexMapsPage($id: ID!, $first: Int! = 20, $after: String) {
  index(id: $id) {
    maps(first: $first, after: $after) {
      nodes {
        ...EmbeddingMapFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, EmbeddingMapFields, JobErrorFields, PageInfoFields);
export const AliasPromotionsPageDocument = /* @__PURE__ */ typed<AliasPromotionsPageQuery, AliasPromotionsPageQueryVariables>(`query AliasPromotionsPage($id: ID!, $first: Int! = 20, $after: String) {
  alias(id: $id) {
    promotions(first: $first, after: $after) {
      nodes {
        ...PromotionFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, PromotionFields, VerdictFields, JobErrorFields, PageInfoFields);
export const EmbeddingMapPointsPageDocument = /* @__PURE__ */ typed<EmbeddingMapPointsPageQuery, EmbeddingMapPointsPageQueryVariables>(`query EmbeddingMapPointsPage($id: ID!, $first: Int! = 1000, $after: String) {
  embeddingMap(id: $id) {
    points(first: $first, after: $after) {
      nodes {
        ...MapPointFields
      }
      pageInfo {
        ...PageInfoFields
      }
    }
  }
}`, MapPointFields, PageInfoFields);
/** Mutations that take an idempotency key, and so may be sent again. */
export const KEYED_MUTATIONS: ReadonlySet<string> = new Set(['createDataset', 'createUpload', 'importDataset', 'startTraining', 'pauseRun', 'resumeRun', 'upsertItems', 'deleteItems', 'buildIndex', 'tuneIndex', 'mapIndex', 'mineHardNegatives', 'startRefinement', 'promoteIndex', 'rollbackAlias', 'evaluate', 'createApiKey']);
