// Written by scripts/codegen.mjs from schema.graphql. Not for editing.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DatasetModel, ItemModel, DatasetQueryModel, JudgementModel, UploadModel, ImportModel, TrainingRunModel, TrainingConfigModel, ComparedRunModel, RetrievalMetricsModel, RunEventModel, RunStatusEventModel, RunStepEventModel, RunEvaluationEventModel, RunCheckpointEventModel, RunLogEventModel, RunDiagnosticsEventModel, RunVerdictEventModel, VerdictModel, EncoderConfigModel, TextStaticConfigModel, VectorMlpConfigModel, ImageConvConfigModel, ParadigmConfigModel, InBatchNegativesConfigModel, EndToEndConfigModel, MemoryBankConfigModel, MomentumEncoderConfigModel, OptimizerConfigModel, AdamWConfigModel, SgdConfigModel, EncoderModel, EvaluationModel, IndexVersionModel, EmbeddingMapModel, MapPointModel, IndexAliasModel, PromotionModel, IndexLiveStateModel, IndexEstimateModel, IndexRebuildModel, HardNegativeSetModel, HardNegativeModel, MiningReportModel, RefinementModel, RefinementRoundModel, NegativeRefreshModel, SearchResultModel, RecallMeasurementModel, SearchHitModel, HitExplanationModel, SearchBatchResultModel, SearchComparisonModel, ComparedHitModel, EmbedResultModel, ApiKeyModel } from '../models.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 with time zone, e.g. `"2026-03-01T12:30:00.000Z"`. */
  DateTime: { input: Date; output: Date; }
  /** Any JSON value, e.g. the metadata columns of an imported row: `{"source": "handbook", "page": 12}`. */
  JSON: { input: unknown; output: unknown; }
  /** A whole number up to 2^53 - 1, exact as a JSON number in every client. Used for sizes in bytes, e.g. `30720000`. */
  SafeInt: { input: number; output: number; }
  /**
   * An embedding: a list of numbers, or the base64 text of little-endian float32 values (a third of the size).
   * As input it is taken from variables only, e.g. `{"vector": [0.1, -0.2, 0.97]}` or `{"vector": "zczMPc3MTL7sUXg/"}`.
   */
  Vector: { input: Float32Array; output: readonly number[] | string; }
  /** What a filter compares with: a text, a finite number, or true or false. Values have a type: `1`, `"1"` and `true` are three. */
  FilterValue: { input: string | number | boolean; output: string | number | boolean; }
};

/** What has a global id and can be fetched again by `node(id:)`. */
export type Node = {
  /** Global id: opaque, stable, unique over all types, e.g. `"RGF0YXNldDowMTlh4oCm"`. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page ends in its list, and how to get the next one. */
export type PageInfo = {
  /** Whether `after: endCursor` gives at least one more entry. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether entries lie before this page: true as soon as `after` was given. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first entry of this page; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** Cursor of the last entry of this page, to pass as `after`; null on an empty page. Cursors stay valid while rows come and go. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

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

/** Parts of a dataset that can be fetched as a file. */
export type ExportContent =
  /** Items: `id`, `text` (or `image` in base64, or `vector`), `label`, `metadata` as JSON. */
  | 'ITEMS'
  /** Judgements of texts: `queryId`, `query`, `itemId`, `positive`, `grade`, `split`, as an import reads them. */
  | 'PAIRS';

/** How an export is written. */
export type ExportFormat =
  /** One JSON object a line. */
  | 'JSONL'
  /** Apache Parquet, packed with Snappy. */
  | 'PARQUET';

/** What the items of a dataset are. */
export type DatasetKind =
  /** Items and queries are texts. */
  | 'TEXT'
  /** Items and queries are images. */
  | 'IMAGE'
  /** Items and queries are embeddings that were made elsewhere. */
  | 'VECTOR';

/** Why long work failed. */
export type JobError = {
  /** Stable code to branch on. */
  readonly code: JobErrorCode;
  /** What happened, naming the value and the remedy, e.g. `"line 7 of faq.csv has no column 'answer'; columns: q, a"`. */
  readonly message: Scalars['String']['output'];
};

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

/** What the caller can mend: a mutation that was refused says why here and changes nothing. */
export type UserError = {
  /** Path of the input field at fault, outermost first, e.g. `["input", "batchSize"]`; null when no single field is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What is wrong and what would be right, e.g. `"batchSize is 1; it must be from 2 to 65,536"`. */
  readonly message: Scalars['String']['output'];
  /** Stable code to branch on. */
  readonly code: UserErrorCode;
};

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

/** A corpus: items to be found, queries, and which item answers which query. */
export type Dataset = Node & {
  /** Global id, e.g. to pass as `datasetId`. */
  readonly id: Scalars['ID']['output'];
  /** Unique name, 1 to 200 characters, e.g. `"handbook"`. */
  readonly name: Scalars['String']['output'];
  /** What its items are. */
  readonly kind: DatasetKind;
  /** Numbers in each vector of a `VECTOR` dataset; null while it has none, and for other kinds. */
  readonly dimensions?: Maybe<Scalars['Int']['output']>;
  /** Grows by one with every import, `upsertItems` and `deleteItems` that changed a row; starts at 0. */
  readonly revision: Scalars['Int']['output'];
  /** Number of items. The same text twice is one item. */
  readonly itemCount: Scalars['Int']['output'];
  /** Number of queries over all splits. */
  readonly queryCount: Scalars['Int']['output'];
  /** Number of judgements (pairs of a query and an item that answers it). */
  readonly relevanceCount: Scalars['Int']['output'];
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Its item that has this id of your own; null when there is none. */
  readonly item?: Maybe<Item>;
  /** Its items in order of import. */
  readonly items: ItemConnection;
  /** Its queries in order of import. */
  readonly queries: DatasetQueryConnection;
  /**
   * Address of all of it as a file, which carries its own permission for a day (HTTP GET; `Repr-Digest` has its SHA-256). It is as of one
   * moment, that of the fetch. After a lost connection a request with `Range`, and the `ETag` as `If-Range`, goes on with the very same bytes
   * for a day, whatever has changed since.
   */
  readonly exportUrl: Scalars['String']['output'];
  /** Its imports, newest first. */
  readonly imports: ImportConnection;
  /** Training runs on it, newest first. */
  readonly runs: TrainingRunConnection;
  /** Index versions over its items, newest first. */
  readonly indexes: IndexVersionConnection;
  /** Refinements on it, newest first. */
  readonly refinements: RefinementConnection;
  /** Hard negatives mined on it, newest first. */
  readonly hardNegativeSets: HardNegativeSetConnection;
  /** Names under which its indexes are searched, by name. */
  readonly aliases: IndexAliasConnection;
  /** Which old index versions go by themselves; null: none, only `retireIndexes` deletes. */
  readonly retention?: Maybe<IndexRetention>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetItemArgs = {
  externalId: Scalars['String']['input'];
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetItemsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetQueriesArgs = {
  split?: InputMaybe<Split>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetExportUrlArgs = {
  content: ExportContent;
  format: ExportFormat;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetImportsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetRunsArgs = {
  status?: InputMaybe<JobStatus>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetIndexesArgs = {
  status?: InputMaybe<JobStatus>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetRefinementsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetHardNegativeSetsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A corpus: items to be found, queries, and which item answers which query. */
export type DatasetAliasesArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of datasets. */
export type DatasetConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<DatasetEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<Dataset>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of datasets. */
export type DatasetEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The dataset. */
  readonly node: Dataset;
};

/** One text, image or vector of a corpus: what a search finds. */
export type Item = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Id of your own, given at import or by `upsertItems`, e.g. `"doc-17"`; null when none was given. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** The text; empty where the dataset holds images or vectors. */
  readonly text: Scalars['String']['output'];
  /** Class given at import or by `upsertItems`, e.g. `"billing"`; null when none was given. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** All other columns of the imported row, or what `upsertItems` gave, e.g. `{"url": "https://example.org/a"}`. */
  readonly metadata: Scalars['JSON']['output'];
  /** 1 at first, one more with each change by an import or `upsertItems`. */
  readonly revision: Scalars['Int']['output'];
  /** The dataset it belongs to. */
  readonly dataset: Dataset;
};

/** A page of items. */
export type ItemConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<ItemEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<Item>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of items. */
export type ItemEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Item;
};

/** A query of a dataset (a text, an image or a vector) with the items that answer it. */
export type DatasetQuery = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Id given at import; null when none was given. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** The text, e.g. `"how do I reset my password?"`; empty where the dataset holds images or vectors. */
  readonly text: Scalars['String']['output'];
  /** Whether it is trained on, watched, or kept for measuring. */
  readonly split: Split;
  /** Items that answer it, best grade first; at most 100. */
  readonly relevant: ReadonlyArray<Judgement>;
};

/** A page of queries. */
export type DatasetQueryConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<DatasetQueryEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<DatasetQuery>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of queries. */
export type DatasetQueryEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The query. */
  readonly node: DatasetQuery;
};

/** How relevant an item is to a query. */
export type Judgement = {
  /** The item. */
  readonly item: Item;
  /** 1 to 255: relevant, higher is better; 0: judged and not relevant. */
  readonly grade: Scalars['Int']['output'];
};

/**
 * A file on its way in. Send its bytes with one HTTP PUT to `url`; the body is streamed. Or in parts, each a PUT with
 * `Content-Range: bytes FIRST-LAST/TOTAL`; after a lost connection a HEAD tells by `Upload-Offset` how many bytes have come.
 */
export type Upload = Node & {
  /** Global id, to name in `importDataset`. */
  readonly id: Scalars['ID']['output'];
  /** Name given at creation, e.g. `"faq.csv.gz"`; the format is told from its ending. */
  readonly fileName: Scalars['String']['output'];
  /** Whether all bytes have arrived. */
  readonly complete: Scalars['Boolean']['output'];
  /** Bytes received. */
  readonly bytes: Scalars['SafeInt']['output'];
  /** SHA-256 of the bytes in hexadecimal; null until complete. */
  readonly sha256?: Maybe<Scalars['String']['output']>;
  /** Where to PUT the bytes: carries its own permission, so keep it secret, e.g. `"http://127.0.0.1:4000/uploads/VXBs…?token=…"`. Null once complete. */
  readonly url?: Maybe<Scalars['String']['output']>;
  /** After this moment the PUT is refused. */
  readonly expiresAt: Scalars['DateTime']['output'];
};

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

/** One import of files into a dataset. */
export type Import = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The dataset imported into. */
  readonly dataset: Dataset;
  /** Where it stands. */
  readonly status: JobStatus;
  /** Rows read so far, skipped ones included. */
  readonly rowsRead: Scalars['Int']['output'];
  /** Rows refused, each with file, line and reason in the report. */
  readonly rowsSkipped: Scalars['Int']['output'];
  /** Items that were new. */
  readonly itemsAdded: Scalars['Int']['output'];
  /** Items that were there and changed. */
  readonly itemsUpdated: Scalars['Int']['output'];
  /** Queries that were new. */
  readonly queriesAdded: Scalars['Int']['output'];
  /** Judgements that were new. */
  readonly relevanceAdded: Scalars['Int']['output'];
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** Address of the report, which carries its own permission (HTTP GET, JSON lines `{"file", "line", "reason"}`, one per skipped row); null when no row was skipped. */
  readonly reportUrl?: Maybe<Scalars['String']['output']>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of imports. */
export type ImportConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<ImportEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<Import>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of imports. */
export type ImportEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The import. */
  readonly node: Import;
};

/** Ranking quality on one split: every figure is a mean over its queries, from 0 (worst) to 1. */
export type RetrievalMetrics = {
  /** Queries measured, each with at least one relevant item. */
  readonly queries: Scalars['Int']['output'];
  /** Queries of the split left out because no item is relevant to them. */
  readonly queriesWithoutPositives: Scalars['Int']['output'];
  /** Items ranked for each query. */
  readonly corpus: Scalars['Int']['output'];
  /** Share of queries whose first hit is relevant. */
  readonly accuracyAt1: Scalars['Float']['output'];
  /** Share of a query's relevant items found among the first k. */
  readonly recallAt: Scalars['Float']['output'];
  /** Reciprocal rank of the first relevant hit among ten, e.g. 0.5 when it is second. */
  readonly mrrAt10: Scalars['Float']['output'];
  /** Normalised discounted cumulative gain of the first ten, graded: 1 when no ranking could be better. */
  readonly ndcgAt10: Scalars['Float']['output'];
  /** Mean average precision over the first hundred. */
  readonly mapAt100: Scalars['Float']['output'];
  /** Share of queries whose 20 nearest items vote for their label; null where relevance is not an equal label. */
  readonly knnAccuracy?: Maybe<Scalars['Float']['output']>;
  /** The same of leading dimensions alone, narrowest first; empty unless the run trains them (`matryoshka`). */
  readonly prefixes: ReadonlyArray<PrefixMetrics>;
};


/** Ranking quality on one split: every figure is a mean over its queries, from 0 (worst) to 1. */
export type RetrievalMetricsRecallAtArgs = {
  k: Scalars['Int']['input'];
};

/** Ranking quality of the leading dimensions of embeddings. */
export type PrefixMetrics = {
  /** How many of the dimensions are used. */
  readonly dimensions: Scalars['Int']['output'];
  /** The figures. */
  readonly metrics: RetrievalMetrics;
};

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

/** Settings of an encoder, by its kind. */
export type EncoderConfig = TextStaticConfig | VectorMlpConfig | ImageConvConfig;

/** Settings of a `text-static` encoder. */
export type TextStaticConfig = {
  /** Width of the embedding, in numbers per text. */
  readonly dimensions: Scalars['Int']['output'];
  /** Upper bound of rows in the learned vocabulary. */
  readonly vocabularySize: Scalars['Int']['output'];
  /** Tokens read of one text; the rest is cut. */
  readonly maxTokens: Scalars['Int']['output'];
};

/** Settings of a `vector-mlp` encoder. */
export type VectorMlpConfig = {
  /** Width of the embedding; null: as wide as the data's vectors. */
  readonly dimensions?: Maybe<Scalars['Int']['output']>;
  /** Width of the layer within. */
  readonly hidden: Scalars['Int']['output'];
};

/** Settings of an `image-conv` encoder. */
export type ImageConvConfig = {
  /** Pixels a side that images are scaled to; null: that of the data's first image, at most 32. */
  readonly size?: Maybe<Scalars['Int']['output']>;
  /** Width of the embedding. */
  readonly dimensions: Scalars['Int']['output'];
  /** Channels of the first of three stages; each further one has twice as many. */
  readonly filters: Scalars['Int']['output'];
};

/** Settings of a way of training, by its name. */
export type ParadigmConfig = InBatchNegativesConfig | EndToEndConfig | MemoryBankConfig | MomentumEncoderConfig;

/** Settings of training with in-batch negatives. */
export type InBatchNegativesConfig = {
  /** Divisor of the cosine similarities in the softmax. */
  readonly temperature: Scalars['Float']['output'];
  /** Whether the temperature is trained too, starting from `temperature`. */
  readonly learnTemperature: Scalars['Boolean']['output'];
  /** Whether keys are also made to find their queries (CLIP). */
  readonly symmetric: Scalars['Boolean']['output'];
  /** Negatives given for a query (judged irrelevant, or mined) that join the keys of its batch, at most. */
  readonly hardNegatives: Scalars['Int']['output'];
  /** Whether no key is a negative whose item has the label of the query's. */
  readonly maskEqualLabel: Scalars['Boolean']['output'];
  /** Pairs that go through the encoder at a time, twice each (GradCache); null: the whole batch at once, once. */
  readonly gradCacheChunk?: Maybe<Scalars['Int']['output']>;
  /** Encoder that hides likely false negatives: keys it finds more alike than the positive (GISTEmbed); null: none. */
  readonly guideEncoderId?: Maybe<Scalars['ID']['output']>;
  /** By how much less alike such a key may be. */
  readonly guideMargin: Scalars['Float']['output'];
};

/** Settings of end-to-end training. */
export type EndToEndConfig = {
  /** Negatives of each query, as far as there are items that are no positives of it. */
  readonly negatives: Scalars['Int']['output'];
  /** Where they come from. */
  readonly negativesFrom: NegativeSource;
  /** Whether one draw serves the whole batch. */
  readonly shareNegatives: Scalars['Boolean']['output'];
  /** Divisor of the cosine similarities in the softmax. */
  readonly temperature: Scalars['Float']['output'];
  /** Whether the temperature is trained too, starting from `temperature`. */
  readonly learnTemperature: Scalars['Boolean']['output'];
};

/** Settings of training with a memory bank. */
export type MemoryBankConfig = {
  /** Bank rows drawn as negatives of each query, as far as there are items that are no positives of it. */
  readonly negatives: Scalars['Int']['output'];
  /** The loss. */
  readonly loss: MemoryBankLoss;
  /** Whether one draw serves the whole batch. */
  readonly shareNegatives: Scalars['Boolean']['output'];
  /** Divisor of the cosine similarities. */
  readonly temperature: Scalars['Float']['output'];
  /** Share of a bank row that stays when its item is trained on. */
  readonly bankMomentum: Scalars['Float']['output'];
  /** What the bank holds at first. */
  readonly initialise: BankInitialisation;
  /** Weight of the squared distance between a query and its positive's bank row in the loss. */
  readonly proximalWeight: Scalars['Float']['output'];
  /** Share of the negatives that is taken from those given for a query (judged irrelevant, or mined), as far as there are such. */
  readonly hardFraction: Scalars['Float']['output'];
};

/** Settings of training with a momentum encoder. */
export type MomentumEncoderConfig = {
  /** Where negatives come from. */
  readonly negativesFrom: MomentumNegativeSource;
  /** Keys that the queue holds, at most one for each item. */
  readonly queueSize: Scalars['Int']['output'];
  /** Share of the key encoder's weights that stays at a step; the rest follows the trained weights. */
  readonly momentum: Scalars['Float']['output'];
  /** Whether that share rises to 1 over the run, along half a cosine. */
  readonly rampMomentum: Scalars['Boolean']['output'];
  /** Whether items are also made to find their queries, with a queue of queries. */
  readonly symmetric: Scalars['Boolean']['output'];
  /** Whether a small network, which is not kept, stands between the query side and the loss. */
  readonly predictor: Scalars['Boolean']['output'];
  /** Divisor of the cosine similarities in the softmax. */
  readonly temperature: Scalars['Float']['output'];
  /** Whether no key is a negative whose item has the label of the query's. */
  readonly maskEqualLabel: Scalars['Boolean']['output'];
  /** Negatives given for a batch's queries (judged irrelevant, or mined) that join the keys of a step, as a share of the batch's size at most. */
  readonly hardFraction: Scalars['Float']['output'];
};

/** Settings of an optimizer, by its name. */
export type OptimizerConfig = AdamWConfig | SgdConfig;

/** Settings of AdamW. */
export type AdamWConfig = {
  /** Share of a weight that a step of learning rate 1 takes off it. */
  readonly weightDecay: Scalars['Float']['output'];
  /** Decay of the mean of gradients. */
  readonly beta1: Scalars['Float']['output'];
  /** Decay of the mean of their squares. */
  readonly beta2: Scalars['Float']['output'];
  /** Added to the root of that mean. */
  readonly epsilon: Scalars['Float']['output'];
};

/** Settings of stochastic gradient descent. */
export type SgdConfig = {
  /** Share of a weight that a step of learning rate 1 takes off it. */
  readonly weightDecay: Scalars['Float']['output'];
  /** Share of the velocity that is kept from step to step. */
  readonly momentum: Scalars['Float']['output'];
};

/** When a run ends before its last step. */
export type EarlyStoppingConfig = {
  /** Evaluations in a row without improvement after which it ends. */
  readonly patience: Scalars['Int']['output'];
  /** What an improvement must be more than. */
  readonly minDelta: Scalars['Float']['output'];
};

/** All that a run was asked to do, defaults filled in; with the dataset's hash and the backend it reproduces the run. */
export type TrainingConfig = {
  /** Settings of the encoder. */
  readonly encoder: EncoderConfig;
  /** Settings of the way of training. */
  readonly paradigm: ParadigmConfig;
  /** Whether queries and items share weights. */
  readonly towers: Towers;
  /** What belongs together. */
  readonly positives: Positives;
  /** Widths whose leading dimensions are trained to serve alone, ascending; empty: only the whole embedding. */
  readonly matryoshka: ReadonlyArray<Scalars['Int']['output']>;
  /** Pairs a batch. */
  readonly batchSize: Scalars['Int']['output'];
  /** Batches whose mean gradient makes one step. */
  readonly accumulateSteps: Scalars['Int']['output'];
  /** Passes over the training pairs. */
  readonly epochs: Scalars['Int']['output'];
  /** Upper bound of steps; null: as the epochs give. */
  readonly maxSteps?: Maybe<Scalars['Int']['output']>;
  /** Highest learning rate, reached after warm-up. */
  readonly learningRate: Scalars['Float']['output'];
  /** Share of all steps spent in linear warm-up, 0 to 1. */
  readonly warmupFraction: Scalars['Float']['output'];
  /** How the learning rate goes on after warm-up. */
  readonly schedule: LearningRateSchedule;
  /** Settings of the optimizer. */
  readonly optimizer: OptimizerConfig;
  /** Largest global norm of the gradient, a longer one is scaled down; null: no bound. */
  readonly clipNorm?: Maybe<Scalars['Float']['output']>;
  /** Seed of everything random. */
  readonly seed: Scalars['Int']['output'];
  /** Steps between evaluations; null: once an epoch. */
  readonly evaluateEvery?: Maybe<Scalars['Int']['output']>;
  /** Steps between looks at the embeddings; null: with each evaluation. */
  readonly diagnosticsEvery?: Maybe<Scalars['Int']['output']>;
  /** Steps between checkpoints; null: by time, about every 30 seconds. */
  readonly checkpointEvery?: Maybe<Scalars['Int']['output']>;
  /** Latest checkpoints kept, beside the one of the best evaluation. */
  readonly keepCheckpoints: Scalars['Int']['output'];
  /** What the best evaluation is best by. */
  readonly metric: QualityMetric;
  /** When the run ends before its last step; null: never. */
  readonly earlyStopping?: Maybe<EarlyStoppingConfig>;
  /** Share of TRAIN queries held out when the dataset has no VALIDATION split. */
  readonly validationFraction: Scalars['Float']['output'];
  /** Backend asked for. */
  readonly backend: BackendChoice;
  /** The mined hard negatives that join those judged irrelevant; null when none do, or the set was deleted. */
  readonly hardNegativeSet?: Maybe<HardNegativeSet>;
};

/** One training, from the request to the encoder that came out. */
export type TrainingRun = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The dataset trained on. */
  readonly dataset: Dataset;
  /** Where it stands. */
  readonly status: JobStatus;
  /** Way of training. */
  readonly paradigm: Paradigm;
  /** What was asked, defaults filled in. */
  readonly config: TrainingConfig;
  /** SHA-256 of the data trained on; null until it was read. */
  readonly datasetHash?: Maybe<Scalars['String']['output']>;
  /** Tensor library that trains or trained; null until it started. */
  readonly backend?: Maybe<Backend>;
  /** Steps done. */
  readonly step: Scalars['Int']['output'];
  /** Steps to do; null until the data was read. */
  readonly totalSteps?: Maybe<Scalars['Int']['output']>;
  /** Quality on the validation split before the first step; null until measured. */
  readonly baseline?: Maybe<RetrievalMetrics>;
  /** Best quality on the validation split so far; null until measured. */
  readonly best?: Maybe<RetrievalMetrics>;
  /** Whether the best evaluation beats the baseline; null until SUCCEEDED, and without a validation split. */
  readonly verdict?: Maybe<Verdict>;
  /** When a pause was asked for that has not come about yet; null otherwise. */
  readonly pauseRequestedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** What it reported, oldest first. */
  readonly events: RunEventPage;
  /** The encoder that came out; null until SUCCEEDED. */
  readonly encoder?: Maybe<Encoder>;
  /** The refinement that it is part of; null for a run of its own. */
  readonly refinement?: Maybe<Refinement>;
  /** The round of that refinement that it trains; null for a run of its own. */
  readonly refinementRound?: Maybe<RefinementRound>;
  /** Minings on its way that have begun, first to last; empty unless its refinement is asynchronous. */
  readonly refreshes: ReadonlyArray<NegativeRefresh>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};


/** One training, from the request to the encoder that came out. */
export type TrainingRunEventsArgs = {
  after: Scalars['Int']['input'];
  first: Scalars['Int']['input'];
};

/** Runs held against each other. */
export type RunComparison = {
  /** The runs in the order asked for, with what came of each. */
  readonly runs: ReadonlyArray<ComparedRun>;
  /** Where their settings differ; empty when nowhere. */
  readonly differences: ReadonlyArray<SettingDifference>;
};

/** A run in a comparison. */
export type ComparedRun = {
  /** The run: its baseline, best quality and verdict. */
  readonly run: TrainingRun;
  /** Its way on the validation split: first, last and best evaluation and others at equal distances, at most 21. */
  readonly curve: ReadonlyArray<CurvePoint>;
  /** From the first start to the end, pauses included, in seconds; null while it goes on. */
  readonly seconds?: Maybe<Scalars['Float']['output']>;
  /** Training pairs by the time spent in steps; null before the first report. */
  readonly pairsPerSecond?: Maybe<Scalars['Float']['output']>;
  /** Most memory in bytes that its process held at once; after a resume, the process that ended the run. Null until it has ended. */
  readonly peakMemoryBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** Negatives that a query is held against, with a full batch and queue and before false ones are masked; by the dataset's present size. */
  readonly negativesPerQuery: Scalars['Int']['output'];
  /** Texts put through an encoder so far, by either tower or the momentum copy, with or without gradient, evaluations left out; by the dataset's present size. */
  readonly encodings: Scalars['SafeInt']['output'];
};

/** A point of a run's way. */
export type CurvePoint = {
  /** Steps done. */
  readonly step: Scalars['Int']['output'];
  /** Loss reported last before; null at the start. */
  readonly loss?: Maybe<Scalars['Float']['output']>;
  /** The run's own metric. */
  readonly quality: Scalars['Float']['output'];
};

/** A setting in which runs differ. */
export type SettingDifference = {
  /** Its place in the settings, e.g. `"paradigm.temperature"`. */
  readonly setting: Scalars['String']['output'];
  /** Its value in each run, in the order of the runs and spelled as in an encoder's card; null where a run has no such setting, or none was given. */
  readonly values: ReadonlyArray<Maybe<Scalars['JSON']['output']>>;
};

/** A page of training runs. */
export type TrainingRunConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<TrainingRunEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<TrainingRun>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of training runs. */
export type TrainingRunEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: TrainingRun;
};

/** Events of a run in order of their sequence numbers. */
export type RunEventPage = {
  /** The events. */
  readonly nodes: ReadonlyArray<RunEvent>;
  /** Sequence number of the last one, to pass as `after` here or in `runEvents`; the `after` given when the page is empty. */
  readonly lastSequence: Scalars['Int']['output'];
  /** Whether more are stored already. */
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** Something a run reported. */
export type RunEvent = {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** The run changed its status. */
export type RunStatusEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The new status. After a final one no event follows. */
  readonly status: JobStatus;
  /** Why, where there is something to say; null otherwise. */
  readonly reason?: Maybe<Scalars['String']['output']>;
};

/** A step (or a few) was trained; not every step is reported. */
export type RunStepEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Steps done. */
  readonly step: Scalars['Int']['output'];
  /** Passes over the data, as a fraction, e.g. 1.5. */
  readonly epoch: Scalars['Float']['output'];
  /** Mean loss of the step's batch, in nats. */
  readonly loss: Scalars['Float']['output'];
  /** Learning rate of the step. */
  readonly learningRate: Scalars['Float']['output'];
  /** Training pairs a second, since the last report. */
  readonly pairsPerSecond: Scalars['Float']['output'];
};

/** Quality was measured. */
export type RunEvaluationEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Steps done at that time. */
  readonly step: Scalars['Int']['output'];
  /** Which queries were used. */
  readonly split: Split;
  /** Whether it was taken before the first step. */
  readonly baseline: Scalars['Boolean']['output'];
  /** The figures. */
  readonly metrics: RetrievalMetrics;
};

/** The state was saved; a run that is interrupted goes on from here. */
export type RunCheckpointEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Steps done at that time. */
  readonly step: Scalars['Int']['output'];
  /** Hash of the saved files. */
  readonly sha256: Scalars['String']['output'];
  /** Their size in bytes. */
  readonly bytes: Scalars['SafeInt']['output'];
};

/** How the embeddings look, beyond their quality: what tells a collapse or a stale queue before the quality does. */
export type RunDiagnosticsEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Steps done at that time. */
  readonly step: Scalars['Int']['output'];
  /**
   * Single numbers. Of every paradigm: `alignment` and `uniformity` (better when lower), `effectiveRank`, `dimensionStd` and `dimensionStdMin` (1 is
   * even, 0 collapsed), `positiveSimilarity`, `negativeSimilarity`, and with labels `falseNegativeRate`. Others by paradigm, e.g. `queueAge` in steps.
   */
  readonly figures: ReadonlyArray<Figure>;
  /** Distributions: `positiveSimilarity` and `negativeSimilarity`, cosines. */
  readonly histograms: ReadonlyArray<Histogram>;
};

/** A named number. */
export type Figure = {
  /** What it is. */
  readonly name: Scalars['String']['output'];
  /** How much. */
  readonly value: Scalars['Float']['output'];
};

/** Counts of values in bins of equal width. */
export type Histogram = {
  /** What was counted. */
  readonly name: Scalars['String']['output'];
  /** Lower end of the first bin. */
  readonly from: Scalars['Float']['output'];
  /** Upper end of the last bin. */
  readonly to: Scalars['Float']['output'];
  /** Values in each bin. */
  readonly counts: ReadonlyArray<Scalars['Int']['output']>;
};

/** The best evaluation was held against the baseline. */
export type RunVerdictEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Steps done at that time. */
  readonly step: Scalars['Int']['output'];
  /** What came out. */
  readonly verdict: Verdict;
};

/**
 * Whether training made the ranking better, by the run's metric, query by query on the validation split. The best evaluation was chosen
 * on the same queries, so a TEST split that is evaluated once is the stricter judge.
 */
export type Verdict = {
  /** `SAME` when the interval holds zero. */
  readonly outcome: Outcome;
  /** The run's metric. */
  readonly metric: QualityMetric;
  /** Mean before the first step. */
  readonly baseline: Scalars['Float']['output'];
  /** Mean at the best evaluation. */
  readonly best: Scalars['Float']['output'];
  /** best - baseline. */
  readonly difference: Scalars['Float']['output'];
  /** Lower end of the difference's 95 % interval, from a paired bootstrap over the queries. */
  readonly low: Scalars['Float']['output'];
  /** Upper end of that interval. */
  readonly high: Scalars['Float']['output'];
  /** Queries compared. */
  readonly queries: Scalars['Int']['output'];
};

/** What came of a comparison. */
export type Outcome =
  /** Higher, and not by chance. */
  | 'BETTER'
  /** No difference that chance would not make. */
  | 'SAME'
  /** Lower, and not by chance. */
  | 'WORSE';

/** A remark for the reader. */
export type RunLogEvent = RunEvent & {
  /** 1 for the first event of a run, then one more each, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Weight of the remark. */
  readonly level: LogLevel;
  /** The remark, e.g. `"tensorflow on 2 cores"`. */
  readonly message: Scalars['String']['output'];
};

/** Weight of a remark. */
export type LogLevel =
  /** Good to know. */
  | 'INFO'
  /** Should be looked at. */
  | 'WARN';

/** A trained encoder: named, versioned, never changed again. */
export type Encoder = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Name shared by its versions, e.g. `"handbook"`. */
  readonly name: Scalars['String']['output'];
  /** 1 for the first of its name, then one more each. */
  readonly version: Scalars['Int']['output'];
  /** Sort of encoder. */
  readonly kind: EncoderKind;
  /** Width of its embeddings. */
  readonly dimensions: Scalars['Int']['output'];
  /** Hash of its files. */
  readonly sha256: Scalars['String']['output'];
  /** Size of its files in bytes. */
  readonly bytes: Scalars['SafeInt']['output'];
  /** Its card: settings and origin as written beside the weights. */
  readonly card: Scalars['JSON']['output'];
  /** The run it came from; null when that was deleted. */
  readonly run?: Maybe<TrainingRun>;
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A page of encoders. */
export type EncoderConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<EncoderEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<Encoder>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of encoders. */
export type EncoderEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The encoder. */
  readonly node: Encoder;
};

/** How well an encoder ranks a dataset's items for its queries, measured exactly (no index involved). */
export type Evaluation = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands. */
  readonly status: JobStatus;
  /** The dataset measured on. */
  readonly dataset: Dataset;
  /** The encoder measured. */
  readonly encoder: Encoder;
  /** Which queries were used. */
  readonly split: Split;
  /** The figures; null until SUCCEEDED. */
  readonly metrics?: Maybe<RetrievalMetrics>;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * An HNSW graph over the embeddings of a dataset's items: one encoder and one set of parameters, never changed again. Its items
 * are those of the dataset at any moment: what changed since its files were made is searched beside them.
 */
export type IndexVersion = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Where its building stands; it can be searched once SUCCEEDED. */
  readonly status: JobStatus;
  /** The dataset whose items it holds. */
  readonly dataset: Dataset;
  /** The encoder that made its vectors, and that encodes the texts searched with. */
  readonly encoder: Encoder;
  /** Links per node and layer (HNSW's M). */
  readonly m: Scalars['Int']['output'];
  /** Candidates looked at while linking (HNSW's efConstruction). */
  readonly efConstruction: Scalars['Int']['output'];
  /** Candidates looked at by a search that names no `ef`. */
  readonly efSearch: Scalars['Int']['output'];
  /** How its vectors lie in memory. */
  readonly storage: VectorStorage;
  /** How its parameters were chosen; null when they were given, or before it is SUCCEEDED. */
  readonly tuning?: Maybe<IndexTuning>;
  /** Items it holds or will hold. */
  readonly count: Scalars['Int']['output'];
  /** Items built in so far, up to `count`. */
  readonly built: Scalars['Int']['output'];
  /** Share of the true ten nearest found at `efSearch`, on a sample of the dataset's queries (its items where it has none), 0 to 1; null until SUCCEEDED. */
  readonly recallAt10?: Maybe<Scalars['Float']['output']>;
  /** Share of the true ten nearest that INT8 loses whatever `ef` is, 0 to 1; null for FLOAT32 and until SUCCEEDED. */
  readonly recallLoss?: Maybe<Scalars['Float']['output']>;
  /** SHA-256 of the data its files were made from; null until it was read. */
  readonly datasetHash?: Maybe<Scalars['String']['output']>;
  /** 1 for the files of the build, one more with each rebuild. */
  readonly generation: Scalars['Int']['output'];
  /** How far its files are behind its dataset; null until SUCCEEDED. */
  readonly live?: Maybe<IndexLiveState>;
  /** Maps of its vectors, newest first. */
  readonly maps: EmbeddingMapConnection;
  /** Size of its files in bytes; null until SUCCEEDED. */
  readonly bytes?: Maybe<Scalars['SafeInt']['output']>;
  /**
   * Address of its embeddings as a file, as `Dataset.exportUrl` gives it: `id` (that of the API where the item has none of its own),
   * `text`, `label`, `metadata` as JSON, and `vector`, a list of `encoder.dimensions` float32 numbers of norm 1. Of the items that are as they
   * were when the index's files were made; what came or changed since (`live`) comes with the next rebuild. Null until SUCCEEDED.
   */
  readonly exportUrl?: Maybe<Scalars['String']['output']>;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};


/**
 * An HNSW graph over the embeddings of a dataset's items: one encoder and one set of parameters, never changed again. Its items
 * are those of the dataset at any moment: what changed since its files were made is searched beside them.
 */
export type IndexVersionMapsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * An HNSW graph over the embeddings of a dataset's items: one encoder and one set of parameters, never changed again. Its items
 * are those of the dataset at any moment: what changed since its files were made is searched beside them.
 */
export type IndexVersionExportUrlArgs = {
  format: ExportFormat;
};

/** The vectors of an index drawn in the plane, for a scatter plot. The same index, method and settings give the same map. */
export type EmbeddingMap = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands. */
  readonly status: JobStatus;
  /** The index drawn. */
  readonly index: IndexVersion;
  /** How it is drawn. */
  readonly method: MapMethod;
  /** Items asked for: of each label in proportion, but at least one; all where there are fewer. */
  readonly sample: Scalars['Int']['output'];
  /** Of the choice, and of UMAP. */
  readonly seed: Scalars['Int']['output'];
  /** UMAP's number of neighbours. */
  readonly neighbors: Scalars['Int']['output'];
  /** UMAP's least distance of points. */
  readonly minDistance: Scalars['Float']['output'];
  /** How much of the work is done, 0 to 1. */
  readonly progress: Scalars['Float']['output'];
  /** Points drawn; 0 until SUCCEEDED. */
  readonly count: Scalars['Int']['output'];
  /** Items of the index when it was drawn; null until SUCCEEDED. */
  readonly items?: Maybe<Scalars['Int']['output']>;
  /** `generation` of the index's files that it was made from; null until SUCCEEDED. */
  readonly generation?: Maybe<Scalars['Int']['output']>;
  /** Shares of the variance that lie along x and along y, 0 to 1; null for UMAP and until SUCCEEDED. */
  readonly explainedVariance?: Maybe<ReadonlyArray<Scalars['Float']['output']>>;
  /**
   * Whether neighbours on the map are neighbours in truth, 0 to 1 (trustworthiness@12 of Venna and Kaski, 2001, over 500 of the points): 1 is
   * every one, a map at random has about 0.5. Null until SUCCEEDED.
   */
  readonly trustworthiness?: Maybe<Scalars['Float']['output']>;
  /** Where the items are, in the order of the items; none until SUCCEEDED. */
  readonly points: MapPointConnection;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};


/** The vectors of an index drawn in the plane, for a scatter plot. The same index, method and settings give the same map. */
export type EmbeddingMapPointsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** How vectors become points of a plane. */
export type MapMethod =
  /** Principal components: the two directions of most variance. Distances mean something, clusters may lie on top of each other. */
  | 'PCA'
  /** UMAP (McInnes, Healy and Melville, 2018), begun at the principal components: neighbours stay neighbours, distances between clusters mean little. */
  | 'UMAP';

/** An item's place on a map. */
export type MapPoint = {
  /** Global id of the item. */
  readonly itemId: Scalars['ID']['output'];
  /** To the right. */
  readonly x: Scalars['Float']['output'];
  /** Upwards. */
  readonly y: Scalars['Float']['output'];
  /** The item's label as it is now; null without one. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The item; null when it was deleted since. */
  readonly item?: Maybe<Item>;
};

/** A page of maps. */
export type EmbeddingMapConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<EmbeddingMapEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<EmbeddingMap>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of maps. */
export type EmbeddingMapEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The map. */
  readonly node: EmbeddingMap;
};

/** A page of points. */
export type MapPointConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<MapPointEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<MapPoint>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of points. */
export type MapPointEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The point. */
  readonly node: MapPoint;
};

/**
 * Which old index versions of a dataset go by themselves: after an alias has moved, and every hour. What an alias points at or would be rolled back
 * to stays, and so does what was searched in the last hour, so that whoever turns pages by cursors of it can go on.
 */
export type IndexRetention = {
  /** Newest versions that can be searched and stay. */
  readonly keepVersions: Scalars['Int']['output'];
  /** Versions stay so many days after they were built. */
  readonly keepDays: Scalars['Int']['output'];
};

/** How the vectors of an index lie in memory. */
export type VectorStorage =
  /** Four bytes a value. */
  | 'FLOAT32'
  /** One byte a value, a quarter of the memory. What is found with it is scored anew from float32 on disk. */
  | 'INT8';

/** How parameters of an index were chosen: by building and searching with several. */
export type IndexTuning = {
  /** What was asked for: share of the true ten nearest, 0 to 1. */
  readonly targetRecall: Scalars['Float']['output'];
  /** Whether the index finds so much. If not, it has the heaviest setting there is. */
  readonly reached: Scalars['Boolean']['output'];
  /** What was measured: each setting on a sample of the items, then the graph of all items. The last one is the index. */
  readonly trials: ReadonlyArray<GraphTrial>;
};

/** A graph that was built and measured. `efSearch` is the smallest of those tried that reaches the recall, the largest where none does. */
export type GraphTrial = {
  /** Links per node and layer. */
  readonly m: Scalars['Int']['output'];
  /** Candidates looked at while linking. */
  readonly efConstruction: Scalars['Int']['output'];
  /** Candidates looked at by a search. */
  readonly efSearch: Scalars['Int']['output'];
  /** Items in the graph. */
  readonly count: Scalars['Int']['output'];
  /** Share of the true ten nearest found. */
  readonly recallAt10: Scalars['Float']['output'];
  /** Milliseconds of a search in one thread. */
  readonly searchMs: Scalars['Float']['output'];
  /** Seconds it took to build. */
  readonly buildSeconds: Scalars['Float']['output'];
};

/** What an index takes, told before it is built; at most, where parameters are to be chosen by measurement. */
export type IndexEstimate = {
  /** Items. */
  readonly count: Scalars['Int']['output'];
  /** Length of their vectors. */
  readonly dimensions: Scalars['Int']['output'];
  /** Memory of every process that searches it, in bytes. */
  readonly memoryBytes: Scalars['SafeInt']['output'];
  /** Memory of the process that builds it, in bytes. */
  readonly buildMemoryBytes: Scalars['SafeInt']['output'];
  /** Size of its files in bytes. */
  readonly diskBytes: Scalars['SafeInt']['output'];
  /** Memory that this server gives to loaded indexes, all together, in bytes. */
  readonly memoryLimitBytes: Scalars['SafeInt']['output'];
  /** Free on the disk of this server, in bytes. */
  readonly freeDiskBytes: Scalars['SafeInt']['output'];
  /** Why `buildIndex` refuses it; null when it fits. */
  readonly refusal?: Maybe<Scalars['String']['output']>;
};

/** What was found of what could be found. */
export type RecallMeasurement = {
  /** Share of the true `k` nearest that were found, 0 to 1; null for an index of fewer than two items. */
  readonly recall?: Maybe<Scalars['Float']['output']>;
  /** Items searched with. */
  readonly searches: Scalars['Int']['output'];
  /** Nearest wanted of each. */
  readonly k: Scalars['Int']['output'];
  /** Candidates kept. */
  readonly ef: Scalars['Int']['output'];
  /** How it was searched, e.g. `EXACT` for an index too small for a graph to help. */
  readonly strategy: SearchStrategy;
  /** Milliseconds of a search in the mean, without encoding and reading items. */
  readonly tookMs: Scalars['Float']['output'];
};

/**
 * How far an index' files are behind its dataset. Searches see every change all the same; past 1,000 changes that are a fifth of the
 * index, new files are made in the background and swapped in.
 */
export type IndexLiveState = {
  /** Items that came or changed since, compared one by one. */
  readonly tail: Scalars['Int']['output'];
  /** Entries of the files whose item was deleted or changed since. */
  readonly tombstones: Scalars['Int']['output'];
  /** The same as a share of `count`, 0 to 1. */
  readonly tombstoneRatio: Scalars['Float']['output'];
  /** The last rebuild; null when there was none. */
  readonly rebuild?: Maybe<IndexRebuild>;
  /** Recall in live traffic, by searches of this server that were repeated exactly; null before the first. */
  readonly recall?: Maybe<MonitoredRecall>;
};

/** What a sample of live searches found of the truly nearest. */
export type MonitoredRecall = {
  /** Searches repeated. */
  readonly samples: Scalars['Int']['output'];
  /** Share of the true `k` nearest that they found, 0 to 1: the mean over the last thousand. */
  readonly recall: Scalars['Float']['output'];
};

/** The making of new files for an index whose dataset has changed much. The old ones serve until the new ones are there. */
export type IndexRebuild = {
  /** Where it stands. */
  readonly status: JobStatus;
  /** Items the new files will hold; 0 until the dataset was frozen. */
  readonly count: Scalars['Int']['output'];
  /** Items built in so far, up to `count`. */
  readonly built: Scalars['Int']['output'];
  /** Why it failed; null unless FAILED. The old files go on to serve. */
  readonly error?: Maybe<JobError>;
  /** When the need for it was seen. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of index versions. */
export type IndexVersionConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<IndexVersionEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<IndexVersion>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of index versions. */
export type IndexVersionEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The index version. */
  readonly node: IndexVersion;
};

/**
 * A name that clients search, which points at one index version of its dataset. It moves in one statement: every search sees the version
 * before or the version after, whole.
 */
export type IndexAlias = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Unique within its dataset, e.g. `"live"`. */
  readonly name: Scalars['String']['output'];
  /** The dataset. */
  readonly dataset: Dataset;
  /** The version that is searched under this name. */
  readonly current: IndexVersion;
  /** The version before, to go back to; null when there is none. */
  readonly previous?: Maybe<IndexVersion>;
  /** When it last moved. */
  readonly movedAt: Scalars['DateTime']['output'];
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** What moved it, or was refused, newest first. */
  readonly promotions: PromotionConnection;
};


/**
 * A name that clients search, which points at one index version of its dataset. It moves in one statement: every search sees the version
 * before or the version after, whole.
 */
export type IndexAliasPromotionsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of aliases. */
export type IndexAliasConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<IndexAliasEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<IndexAlias>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of aliases. */
export type IndexAliasEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The alias. */
  readonly node: IndexAlias;
};

/** An attempt to point an alias at another index: what decided it, and whether it moved. */
export type Promotion = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands; QUEUED and RUNNING while the encoders are compared. */
  readonly status: JobStatus;
  /** The alias to move. */
  readonly alias: IndexAlias;
  /** The index to move it to. */
  readonly index: IndexVersion;
  /** Where it pointed when this was asked for; null when it was new, or that index was deleted. */
  readonly from?: Maybe<IndexVersion>;
  /** What decided. */
  readonly basis: PromotionBasis;
  /** Whether the alias moved; null until SUCCEEDED. False: the new encoder is not better, see `verdict`. */
  readonly moved?: Maybe<Scalars['Boolean']['output']>;
  /** The reason that was given for an override; null when none was. */
  readonly overrideReason?: Maybe<Scalars['String']['output']>;
  /** The new encoder (`best`) against the present one (`baseline`), on the same validation queries; null unless `basis` is MEASURED and it is done. */
  readonly verdict?: Maybe<Verdict>;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED, and for those that needed none. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

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

/** A page of promotions. */
export type PromotionConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<PromotionEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<Promotion>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of promotions. */
export type PromotionEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The promotion. */
  readonly node: Promotion;
};

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

/** What a search found. */
export type SearchResult = {
  /** Best first, at most `k`. */
  readonly hits: ReadonlyArray<SearchHit>;
  /** The index that answered. */
  readonly index: IndexVersion;
  /** How it was answered. */
  readonly strategy: SearchStrategy;
  /** Items of the index that exist, less the one searched with. */
  readonly candidates: Scalars['Int']['output'];
  /** Those of them that pass the filter; all without one. */
  readonly matched: Scalars['Int']['output'];
  /** New items that can not be found yet: 0, but after an import of more than 50,000 until the rebuild it causes is done. */
  readonly pending: Scalars['Int']['output'];
  /** True when these hits are all that match, so that a larger `k` gives no more. */
  readonly exhausted: Scalars['Boolean']['output'];
  /** To go on after the last hit, as `after`, in this very index; null without hits, and with groupBy, diversity or hybrid. */
  readonly cursor?: Maybe<Scalars['String']['output']>;
  /** Milliseconds in the server, encoding included. */
  readonly tookMs: Scalars['Float']['output'];
};

/** One item found. */
export type SearchHit = {
  /** 1 for the best. */
  readonly rank: Scalars['Int']['output'];
  /** Cosine similarity, -1 to 1, higher is nearer. */
  readonly score: Scalars['Float']['output'];
  /** The item. */
  readonly item: Item;
  /** Value of the field that `groupBy` named; null without one. */
  readonly group?: Maybe<Scalars['JSON']['output']>;
  /** Why it is here. */
  readonly explain: HitExplanation;
};

/** What brought a hit to its place. */
export type HitExplanation = {
  /** What the hits are ordered by: the similarity, or the fused score of a hybrid search. */
  readonly rankedBy: Scalars['Float']['output'];
  /** Cosine similarity to what was searched with. */
  readonly vectorScore: Scalars['Float']['output'];
  /** Rank by that alone, 1 for the best; null when only the words found it. */
  readonly vectorRank?: Maybe<Scalars['Int']['output']>;
  /** BM25 of the words; null without a hybrid search, or when only the vector found it. */
  readonly lexicalScore?: Maybe<Scalars['Float']['output']>;
  /** Rank by that alone; null as `lexicalScore`. */
  readonly lexicalRank?: Maybe<Scalars['Int']['output']>;
  /** Words of the search that the item has too; empty for a search without words. */
  readonly matchedTerms: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it was compared as one that came or changed after the index' files were made. */
  readonly fromTail: Scalars['Boolean']['output'];
  /** Revision of the item that was found. */
  readonly itemRevision: Scalars['Int']['output'];
};

/** The answers to the queries of `searchBatch`. */
export type SearchBatchResult = {
  /** One for each query, in their order. */
  readonly results: ReadonlyArray<SearchResult>;
  /** Milliseconds in the server, for all. */
  readonly tookMs: Scalars['Float']['output'];
};

/** Two indexes asked the same. */
export type SearchComparison = {
  /** What the first found. */
  readonly first: SearchResult;
  /** What the second found. */
  readonly second: SearchResult;
  /** Share of hits in common, 0 to 1: those in both over those of the longer list; 1 when both found nothing. */
  readonly overlap: Scalars['Float']['output'];
  /** Every item that one of them found, the best of either first. */
  readonly items: ReadonlyArray<ComparedHit>;
};

/** An item in two rankings. */
export type ComparedHit = {
  /** The item. */
  readonly item: Item;
  /** Its rank in the first; null when it is not among those hits. */
  readonly firstRank?: Maybe<Scalars['Int']['output']>;
  /** Its rank in the second; null when it is not among those hits. */
  readonly secondRank?: Maybe<Scalars['Int']['output']>;
};

/** Embeddings of texts, images or vectors, in the order given. */
export type EmbedResult = {
  /** The encoder that made them. */
  readonly encoder: Encoder;
  /** Width of each vector. */
  readonly dimensions: Scalars['Int']['output'];
  /** One unit vector for each. */
  readonly vectors: ReadonlyArray<Scalars['Vector']['output']>;
};


/** Embeddings of texts, images or vectors, in the order given. */
export type EmbedResultVectorsArgs = {
  encoding: VectorEncoding;
};

/** How vectors are written in an answer. */
export type VectorEncoding =
  /** A list of numbers. */
  | 'LIST'
  /** Base64 of little-endian float32 values. */
  | 'BASE64';

/** The program that answers. */
export type ServerInfo = {
  /** Version of Quartet, e.g. `"0.1.0"`. */
  readonly version: Scalars['String']['output'];
  /** When this process began to listen. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** Whether the database answers now. */
  readonly databaseReachable: Scalars['Boolean']['output'];
  /** Whether this process also works off jobs. */
  readonly runsJobs: Scalars['Boolean']['output'];
};

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

/** Whoever sends the request. */
export type Viewer = {
  /** The part of the data that the key reaches, e.g. `"default"`. Names are unique within it; nothing of another one is there at all. */
  readonly namespace: Scalars['String']['output'];
  /** What the key may do, with all that its scopes include. */
  readonly scopes: ReadonlyArray<Scope>;
  /** When the key ends; null: never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * A key of this API, sent as `Authorization: Bearer qk_…`, over WebSocket as `{"authorization": "Bearer qk_…"}` in the connection's
 * parameters. The key itself is shown once, when it is created.
 */
export type ApiKey = Node & {
  /** Global id, e.g. to revoke it. */
  readonly id: Scalars['ID']['output'];
  /** The namespace that it reaches, e.g. `"default"`. */
  readonly namespace: Scalars['String']['output'];
  /** What it was made for, e.g. `"search page"`. */
  readonly name: Scalars['String']['output'];
  /** Its first characters, to tell it by, e.g. `"qk_x3Fq_"`. */
  readonly prefix: Scalars['String']['output'];
  /** What it may do, as given at creation. */
  readonly scopes: ReadonlyArray<Scope>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ends; null: never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was used last, to the minute; null: never. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was revoked; null unless it was. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of keys. */
export type ApiKeyConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<ApiKey>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of keys. */
export type ApiKeyEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The key. */
  readonly node: ApiKey;
};

/**
 * Hard negatives: items that an encoder or a word search finds near a query, and that are probably no answer to it. What one mining
 * found, never changed again.
 */
export type HardNegativeSet = Node & {
  /** Global id, e.g. to pass to `startTraining` as `hardNegativeSetId`. */
  readonly id: Scalars['ID']['output'];
  /** Where its mining stands. */
  readonly status: JobStatus;
  /** The dataset mined on. */
  readonly dataset: Dataset;
  /** Where the candidates came from. */
  readonly source: MiningSource;
  /** The encoder that retrieved and scored; null for LEXICAL, when it was deleted, and where a run has mined with its own as it was on the way. */
  readonly encoder?: Maybe<Encoder>;
  /** The index that was searched; null for LEXICAL, when it was deleted, and where a run has mined on its way. */
  readonly index?: Maybe<IndexVersion>;
  /** The second encoder that had a say; null when none had. */
  readonly judge?: Maybe<Encoder>;
  /** What the positives of a query were; by LABEL queries are items. */
  readonly positives: Positives;
  /** The settings that were used, as `mineHardNegatives` takes them. */
  readonly settings: Scalars['JSON']['output'];
  /** Queries mined so far. */
  readonly queriesDone: Scalars['Int']['output'];
  /** Queries to mine; null until a worker has counted them. */
  readonly queriesTotal?: Maybe<Scalars['Int']['output']>;
  /** Candidates in it, kept or dropped; 0 until SUCCEEDED. */
  readonly candidates: Scalars['Int']['output'];
  /** What the filters did; null until SUCCEEDED. */
  readonly report?: Maybe<MiningReport>;
  /** SHA-256 of the data it was mined on; null until SUCCEEDED. */
  readonly datasetHash?: Maybe<Scalars['String']['output']>;
  /**
   * Address of its candidates as a file, kept and dropped ones, as `Dataset.exportUrl` gives it: `queryId`, `query`, `itemId`, `negative`
   * (texts only of a dataset of texts; an id is the `id` of the API where the row has none of its own), `rank`, `score`, `positiveScore`
   * (cosines, of LEXICAL candidates BM25), `fate`, and `marked` where somebody has marked the pair. Null until SUCCEEDED.
   */
  readonly exportUrl?: Maybe<Scalars['String']['output']>;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};


/**
 * Hard negatives: items that an encoder or a word search finds near a query, and that are probably no answer to it. What one mining
 * found, never changed again.
 */
export type HardNegativeSetExportUrlArgs = {
  format: ExportFormat;
};

/** A page of sets of hard negatives. */
export type HardNegativeSetConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<HardNegativeSetEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<HardNegativeSet>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of sets of hard negatives. */
export type HardNegativeSetEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The set. */
  readonly node: HardNegativeSet;
};

/**
 * Training, mining with what was trained, and training again, in rounds. Each step is a job of its own; a refinement that is taken up by
 * another worker waits for what runs and begins nothing twice.
 */
export type Refinement = Node & {
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands. */
  readonly status: JobStatus;
  /** The dataset trained on. */
  readonly dataset: Dataset;
  /** Rounds of mining and training again that are wanted; it ends earlier with a round that is not taken. */
  readonly roundsWanted: Scalars['Int']['output'];
  /** The rounds that have begun, with their numbers and what they have made. Round 0 trains without mined negatives. */
  readonly rounds: ReadonlyArray<RefinementRound>;
  /** Whether one run mines while it trains, instead of a run a round. */
  readonly asynchronous: Scalars['Boolean']['output'];
  /** The settings of its minings. */
  readonly mining: Scalars['JSON']['output'];
  /** The best encoder; null until SUCCEEDED. */
  readonly encoder?: Maybe<Encoder>;
  /** An index of the dataset by it, e.g. to promote; null until SUCCEEDED. */
  readonly index?: Maybe<IndexVersion>;
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When a worker first took it up; null while QUEUED. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A round of a refinement. */
export type RefinementRound = {
  /** 0 for the first training. */
  readonly round: Scalars['Int']['output'];
  /** The index of the best encoder so far, that was mined with; null in round 0, or when it was deleted. */
  readonly minedWith?: Maybe<IndexVersion>;
  /** What was mined; null in round 0, or before. */
  readonly hardNegativeSet?: Maybe<HardNegativeSet>;
  /** The training; null before. */
  readonly run?: Maybe<TrainingRun>;
  /** The encoder; null before. */
  readonly encoder?: Maybe<Encoder>;
  /** It (`best`) against the best one before (`baseline`), on the same validation queries; null in round 0, or before. */
  readonly verdict?: Maybe<Verdict>;
  /** Whether it is the best so far: its mean is not lower. Null until that is known. */
  readonly taken?: Maybe<Scalars['Boolean']['output']>;
};

/** Hard negatives mined while a run trains. */
export type NegativeRefresh = {
  /** 1 for the first. */
  readonly number: Scalars['Int']['output'];
  /** Steps done when the encoder was saved that mines. */
  readonly minedAt: Scalars['Int']['output'];
  /** Steps done when the negatives come in, whenever the mining is done; the run waits for it if it must. Null until the run has counted its steps. */
  readonly takenAt?: Maybe<Scalars['Int']['output']>;
  /** What was mined; null until it is. */
  readonly hardNegativeSet?: Maybe<HardNegativeSet>;
};

/** A page of refinements. */
export type RefinementConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<RefinementEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<Refinement>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of refinements. */
export type RefinementEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The refinement. */
  readonly node: Refinement;
};

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

/** What the filters of a mining did. */
export type MiningReport = {
  /** Queries mined. */
  readonly queries: Scalars['Int']['output'];
  /** Queries that nothing is known to answer, passed over. */
  readonly queriesWithoutPositives: Scalars['Int']['output'];
  /** Queries that got fewer negatives than were wanted. */
  readonly queriesWithTooFew: Scalars['Int']['output'];
  /** Those of them that got none. */
  readonly queriesWithNone: Scalars['Int']['output'];
  /** How many candidates each filter dropped, and how many were kept. */
  readonly fates: ReadonlyArray<CandidateCount>;
  /** Score of the query's positive, over the kept negatives; null without any. */
  readonly positiveScores?: Maybe<ScoreQuantiles>;
  /** Score of the kept negatives; null without any. */
  readonly negativeScores?: Maybe<ScoreQuantiles>;
  /** The first minus the second, pair by pair; null without any. */
  readonly differences?: Maybe<ScoreQuantiles>;
  /** Mean rank of the kept negatives, from 1; null without any. */
  readonly meanRank?: Maybe<Scalars['Float']['output']>;
  /** How often items that are known to be relevant (further positives of a query, held out one by one; items of an equal label) would have passed as negatives; null where none was within reach. */
  readonly falseNegatives?: Maybe<FalseNegativeEstimate>;
};

/** How many candidates had one fate. */
export type CandidateCount = {
  /** What became of them. */
  readonly fate: CandidateFate;
  /** How many. */
  readonly count: Scalars['SafeInt']['output'];
};

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

/** Quantiles of scores. */
export type ScoreQuantiles = {
  /** The lowest. */
  readonly minimum: Scalars['Float']['output'];
  /** 5 % are lower. */
  readonly q05: Scalars['Float']['output'];
  /** 25 % are lower. */
  readonly q25: Scalars['Float']['output'];
  /** Half are lower. */
  readonly median: Scalars['Float']['output'];
  /** 75 % are lower. */
  readonly q75: Scalars['Float']['output'];
  /** 95 % are lower. */
  readonly q95: Scalars['Float']['output'];
  /** The highest. */
  readonly maximum: Scalars['Float']['output'];
};

/** An estimate of false negatives from relevant items that are known. */
export type FalseNegativeEstimate = {
  /** Known relevant items within the window. */
  readonly tested: Scalars['Int']['output'];
  /** Those that no filter of score would have dropped. */
  readonly passed: Scalars['Int']['output'];
  /** passed / tested. */
  readonly rate: Scalars['Float']['output'];
};

/** A candidate of a set, for people to look at. */
export type HardNegative = {
  /** The query; null when it was deleted, or where queries are items. */
  readonly query?: Maybe<DatasetQuery>;
  /** The item that was the query; null when it was deleted, or where queries are queries. */
  readonly queryItem?: Maybe<Item>;
  /** The candidate; null when it was deleted. */
  readonly item?: Maybe<Item>;
  /** Rank among what was retrieved, from 1. */
  readonly rank: Scalars['Int']['output'];
  /** Its score. */
  readonly score: Scalars['Float']['output'];
  /** Score of the query's best positive. */
  readonly positiveScore: Scalars['Float']['output'];
  /** What became of it. */
  readonly fate: CandidateFate;
  /** What somebody has made of it since; null while nobody has marked it. */
  readonly marked?: Maybe<FalseNegativeUse>;
};

/** What is to be made of a false negative. */
export type FalseNegativeUse =
  /** The item is judged relevant to the query, with grade 1. */
  | 'POSITIVE'
  /** No mining and no training takes it for a negative of the query again. */
  | 'EXCLUDED';

/** A page of hard negatives, by query, then by rank. */
export type HardNegativeConnection = {
  /** Entries with their cursors. */
  readonly edges: ReadonlyArray<HardNegativeEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<HardNegative>;
  /** Where this page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page of hard negatives. */
export type HardNegativeEdge = {
  /** Position of this entry, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The candidate. */
  readonly node: HardNegative;
};

/** A key to create. */
export type CreateApiKeyInput = {
  /** What it is for, 1 to 100 characters, e.g. `"search page"`. */
  readonly name: Scalars['String']['input'];
  /** What it may do, one or more, e.g. `[READ]`. */
  readonly scopes: ReadonlyArray<Scope>;
  /** The namespace that it reaches, which is there as soon as it is named: lower-case letters, digits and hyphens, 1 to 63, e.g. `"acme"`. Default: the creator's; another one only for an ADMIN of `default`. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** When it ends, e.g. `"2027-01-01T00:00:00Z"`. Default: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Sent again with the same input, the first key comes back (without `secret`) and no other is created; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A key to revoke. */
export type RevokeApiKeyInput = {
  /** The key. */
  readonly apiKeyId: Scalars['ID']['input'];
};

/** What to search in: exactly one. */
export type SearchTargetInput =
  /** This index version. */
  { readonly indexId: Scalars['ID']['input']; readonly datasetId?: never; readonly datasetName?: never; readonly alias?: never; }
  |  /** The newest searchable index of this dataset. */
  { readonly indexId?: never; readonly datasetId: Scalars['ID']['input']; readonly datasetName?: never; readonly alias?: never; }
  |  /** The same by the dataset's name, e.g. `"handbook"`. */
  { readonly indexId?: never; readonly datasetId?: never; readonly datasetName: Scalars['String']['input']; readonly alias?: never; }
  |  /** The index that this alias points at when the search begins. */
  { readonly indexId?: never; readonly datasetId?: never; readonly datasetName?: never; readonly alias: AliasTargetInput; };

/** An alias: a name, and its dataset by id or by name (give exactly one). */
export type AliasTargetInput = {
  /** The alias, e.g. `"live"`. */
  readonly name: Scalars['String']['input'];
  /** The dataset. */
  readonly datasetId?: InputMaybe<Scalars['ID']['input']>;
  /** The dataset's name, e.g. `"handbook"`. */
  readonly datasetName?: InputMaybe<Scalars['String']['input']>;
};

/** One thing to search with: exactly one. */
export type SearchExampleInput =
  /** A text, 1 to 100,000 characters. */
  { readonly text: Scalars['String']['input']; readonly itemId?: never; readonly vector?: never; }
  |  /** An item of the dataset; it is left out of the hits. */
  { readonly text?: never; readonly itemId: Scalars['ID']['input']; readonly vector?: never; }
  |  /** A vector of the encoder's dimensions. By variables only. */
  { readonly text?: never; readonly itemId?: never; readonly vector: Scalars['Vector']['input']; };

/** Several examples: searches with 2 mean(positive) - mean(negative), of unit length; without negatives with the mean. */
export type SearchExamplesInput = {
  /** What hits should be like, 1 to 100. */
  readonly positive: ReadonlyArray<SearchExampleInput>;
  /** What they should not be like, up to 100. */
  readonly negative: ReadonlyArray<SearchExampleInput>;
};

/** At most so many hits of one kind. */
export type GroupByInput = {
  /**
   * `label`, or a path into the metadata as filters take it, e.g. `metadata.source`. Items without a value count as one kind; a list is a value of its
   * own, and so are the values that a list of objects has.
   */
  readonly field: Scalars['String']['input'];
  /** Hits of each value, 1 to 1,000. */
  readonly perGroup: Scalars['Int']['input'];
};

/** Reranking by maximal marginal relevance: hits that are unlike those before them. Picks from the 4 `k` nearest, at least 100. */
export type DiversityInput = {
  /** 1: by similarity alone, 0: as unlike each other as can be. */
  readonly lambda: Scalars['Float']['input'];
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
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** How to join. */
  readonly fusion: FusionKind;
  /** Of RRF: the larger, the less the first ranks stand out; 0 to 10,000. */
  readonly rankConstant: Scalars['Float']['input'];
  /** Of WEIGHTED: the vector's share, 0 to 1. */
  readonly weight: Scalars['Float']['input'];
};

/** What to search with: exactly one. */
export type SearchQueryInput =
  /** Several examples, positive and negative. */
  { readonly examples: SearchExamplesInput; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  /** A text, encoded by the index' encoder, e.g. `"how do I reset my password?"`; 1 to 100,000 characters. */
  { readonly examples?: never; readonly text: Scalars['String']['input']; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  /** An item: finds its neighbours, itself left out. */
  { readonly examples?: never; readonly text?: never; readonly itemId: Scalars['ID']['input']; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  /** A vector of the encoder's dimensions; any length but zero, it is normalised. By variables only. */
  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector: Scalars['Vector']['input']; readonly storedVector?: never; readonly image?: never; readonly imageUploadId?: never; }
  |  /** A vector as a dataset of vectors holds them, which the index' encoder makes an embedding of. By variables only. */
  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector: Scalars['Vector']['input']; readonly image?: never; readonly imageUploadId?: never; }
  |  /** The base64 of an image file (JPEG, PNG, GIF, WebP, TIFF or AVIF), for a dataset of images; a large one goes by `imageUploadId`. */
  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image: Scalars['String']['input']; readonly imageUploadId?: never; }
  |  /** A complete upload of such a file, at most 11 MiB. */
  { readonly examples?: never; readonly text?: never; readonly itemId?: never; readonly vector?: never; readonly storedVector?: never; readonly image?: never; readonly imageUploadId: Scalars['ID']['input']; };

/** A search. */
export type SearchInput = {
  /** What to search in. */
  readonly target: SearchTargetInput;
  /** What to search with. */
  readonly query: SearchQueryInput;
  /** Hits wanted, 1 to 1,000. */
  readonly k: Scalars['Int']['input'];
  /** Candidates the graph search keeps, 1 to 5,000, raised to `k` when lower: more finds more and takes longer. Default: the index' `efSearch`. */
  readonly ef?: InputMaybe<Scalars['Int']['input']>;
  /** Only items that pass are found, always `k` of them while so many do. Sees items as they are now. Default: all items. */
  readonly filter?: InputMaybe<FilterInput>;
  /** Only items of at least this similarity, -1 to 1. */
  readonly minScore?: InputMaybe<Scalars['Float']['input']>;
  /** Compare with every vector: finds all, takes longer. */
  readonly exact: Scalars['Boolean']['input'];
  /** At most so many hits of one kind. */
  readonly groupBy?: InputMaybe<GroupByInput>;
  /** Hits that are unlike each other. */
  readonly diversity?: InputMaybe<DiversityInput>;
  /** Search by words too. */
  readonly hybrid?: InputMaybe<HybridInput>;
  /** `cursor` of the page before: goes on after it, in the index that gave it, whatever the target points at by now. */
  readonly after?: InputMaybe<Scalars['String']['input']>;
};

/** Many searches at once. */
export type SearchBatchInput = {
  /** What to search in. */
  readonly target: SearchTargetInput;
  /** 1 to 1,000 things to search with. */
  readonly queries: ReadonlyArray<SearchQueryInput>;
  /** Hits wanted for each, 1 to 1,000. */
  readonly k: Scalars['Int']['input'];
  /** Candidates the graph search keeps, 1 to 5,000, raised to `k` when lower. Default: the index' `efSearch`. */
  readonly ef?: InputMaybe<Scalars['Int']['input']>;
  /** Only items that pass are found, always `k` of them while so many do. Sees items as they are now. Default: all items. */
  readonly filter?: InputMaybe<FilterInput>;
  /** Only items of at least this similarity, -1 to 1. */
  readonly minScore?: InputMaybe<Scalars['Float']['input']>;
  /** Compare with every vector: finds all, takes longer. */
  readonly exact: Scalars['Boolean']['input'];
  /** At most so many hits of one kind. */
  readonly groupBy?: InputMaybe<GroupByInput>;
  /** Hits that are unlike each other. */
  readonly diversity?: InputMaybe<DiversityInput>;
  /** Search by words too. */
  readonly hybrid?: InputMaybe<HybridInput>;
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
  readonly k: Scalars['Int']['input'];
  /** Candidates the graph search keeps, 1 to 5,000, raised to `k` when lower. Default: each index' `efSearch`. */
  readonly ef?: InputMaybe<Scalars['Int']['input']>;
  /** Only items that pass are found, always `k` of them while so many do. Sees items as they are now. Default: all items. */
  readonly filter?: InputMaybe<FilterInput>;
  /** Only items of at least this similarity, -1 to 1. */
  readonly minScore?: InputMaybe<Scalars['Float']['input']>;
  /** Compare with every vector: finds all, takes longer. */
  readonly exact: Scalars['Boolean']['input'];
  /** At most so many hits of one kind. */
  readonly groupBy?: InputMaybe<GroupByInput>;
  /** Hits that are unlike each other. */
  readonly diversity?: InputMaybe<DiversityInput>;
  /** Search by words too. */
  readonly hybrid?: InputMaybe<HybridInput>;
};

/** Which items may be found: exactly one field. */
export type FilterInput =
  /** All of these; an empty list passes everything. At most 16 levels within each other and 1,000 conditions in all. */
  { readonly and: ReadonlyArray<FilterInput>; readonly or?: never; readonly not?: never; readonly label?: never; readonly metadata?: never; }
  |  /** At least one of these; an empty list passes nothing. */
  { readonly and?: never; readonly or: ReadonlyArray<FilterInput>; readonly not?: never; readonly label?: never; readonly metadata?: never; }
  |  /** Not this. An item without the attribute passes `not` of every comparison. */
  { readonly and?: never; readonly or?: never; readonly not: FilterInput; readonly label?: never; readonly metadata?: never; }
  |  /** A condition on the label. */
  { readonly and?: never; readonly or?: never; readonly not?: never; readonly label: LabelConditionInput; readonly metadata?: never; }
  |  /** A condition on the metadata. */
  { readonly and?: never; readonly or?: never; readonly not?: never; readonly label?: never; readonly metadata: MetadataConditionInput; };

/** Conditions on the label; when several are given, all must hold. An item without a label meets none but `exists: false`. */
export type LabelConditionInput = {
  /** It is this text. */
  readonly eq?: InputMaybe<Scalars['String']['input']>;
  /** It is one of these, at most 10,000 in the whole filter. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** It comes before this text, by UTF-16 code units. */
  readonly lt?: InputMaybe<Scalars['String']['input']>;
  /** It comes before this text or is it. */
  readonly lte?: InputMaybe<Scalars['String']['input']>;
  /** It comes after this text. */
  readonly gt?: InputMaybe<Scalars['String']['input']>;
  /** It comes after this text or is it. */
  readonly gte?: InputMaybe<Scalars['String']['input']>;
  /** It holds this text, e.g. `"bill"` in `"billing"`. */
  readonly contains?: InputMaybe<Scalars['String']['input']>;
  /** Whether there is one. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
};

/**
 * Conditions on one attribute of the metadata; when several are given, all must hold. A list meets a condition when one of its
 * elements does; a missing attribute or null meets none but `exists: false`.
 */
export type MetadataConditionInput = {
  /** The attribute: `"page"`, or a path of nested objects, `"author.name"`, which also looks into lists of objects. */
  readonly key: Scalars['String']['input'];
  /** It is this value. */
  readonly eq?: InputMaybe<Scalars['FilterValue']['input']>;
  /** It is one of these, at most 10,000 in the whole filter. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['FilterValue']['input']>>;
  /** It is less than this number, or comes before this text. Bounds are of one type, and so is what they let through. */
  readonly lt?: InputMaybe<Scalars['FilterValue']['input']>;
  /** It is at most this number, or comes no later than this text. */
  readonly lte?: InputMaybe<Scalars['FilterValue']['input']>;
  /** It is more than this number, or comes after this text. */
  readonly gt?: InputMaybe<Scalars['FilterValue']['input']>;
  /** It is at least this number, or comes no earlier than this text. */
  readonly gte?: InputMaybe<Scalars['FilterValue']['input']>;
  /** It is a text that holds this text, or a list that has this value as an element. */
  readonly contains?: InputMaybe<Scalars['FilterValue']['input']>;
  /** Whether there is a value, be it an empty list. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What to embed: exactly one of texts, images and vectors, as the encoder reads them. */
export type EmbedInput = {
  /** The encoder. */
  readonly encoderId: Scalars['ID']['input'];
  /** 1 to 1,000 texts, each up to 100,000 characters. */
  readonly texts?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 1 to 100 image files in base64. */
  readonly images?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 1 to 1,000 vectors, as a dataset of vectors holds them. By variables only. */
  readonly vectors?: InputMaybe<ReadonlyArray<Scalars['Vector']['input']>>;
  /** What they are, where queries and items have weights of their own. Default QUERY. */
  readonly side?: InputMaybe<EncoderSide>;
};

/** Exactly one encoder, with its settings. */
export type EncoderInput =
  /** Token table with subword back-off. */
  { readonly textStatic: TextStaticInput; readonly vectorMlp?: never; readonly imageConv?: never; }
  |  /** Residual layer on stored embeddings, for datasets of vectors. */
  { readonly textStatic?: never; readonly vectorMlp: VectorMlpInput; readonly imageConv?: never; }
  |  /** Small residual network, for datasets of images. */
  { readonly textStatic?: never; readonly vectorMlp?: never; readonly imageConv: ImageConvInput; };

/** Settings of a `text-static` encoder. */
export type TextStaticInput = {
  /** Width of the embedding. Default 256, minimum 8, maximum 1,024, a multiple of 8. */
  readonly dimensions?: InputMaybe<Scalars['Int']['input']>;
  /** Rows of the learned vocabulary. Default 30,000, minimum 256, maximum 250,000. */
  readonly vocabularySize?: InputMaybe<Scalars['Int']['input']>;
  /** Tokens read of one text, the rest is cut. Default 512, minimum 8, maximum 8,192. */
  readonly maxTokens?: InputMaybe<Scalars['Int']['input']>;
};

/** Settings of a `vector-mlp` encoder. */
export type VectorMlpInput = {
  /** Width of the embedding. Default as wide as the data's vectors, minimum 8, maximum 4,096, a multiple of 8. */
  readonly dimensions?: InputMaybe<Scalars['Int']['input']>;
  /** Width of the layer within. Default 512, minimum 8, maximum 8,192, a multiple of 8. */
  readonly hidden?: InputMaybe<Scalars['Int']['input']>;
};

/** Settings of an `image-conv` encoder. */
export type ImageConvInput = {
  /** Pixels a side that images are scaled to: the step's time grows with its square. Default that of the data's first image, at most 32; minimum 8, maximum 256. */
  readonly size?: InputMaybe<Scalars['Int']['input']>;
  /** Width of the embedding. Default 128, minimum 8, maximum 1,024, a multiple of 8. */
  readonly dimensions?: InputMaybe<Scalars['Int']['input']>;
  /** Channels of the first of three stages, each further one has twice as many. Default 32, minimum 8, maximum 256, a multiple of 8. */
  readonly filters?: InputMaybe<Scalars['Int']['input']>;
};

/** Exactly one way of training, with its settings. */
export type ParadigmInput =
  /** The other pairs of the batch are the negatives. */
  { readonly inBatchNegatives: InBatchNegativesInput; readonly endToEnd?: never; readonly memoryBank?: never; readonly momentumEncoder?: never; }
  |  /** Each query has negatives of its own, encoded in the same step. */
  { readonly inBatchNegatives?: never; readonly endToEnd: EndToEndInput; readonly memoryBank?: never; readonly momentumEncoder?: never; }
  |  /** Negatives are stored embeddings of all items. */
  { readonly inBatchNegatives?: never; readonly endToEnd?: never; readonly memoryBank: MemoryBankInput; readonly momentumEncoder?: never; }
  |  /** Negatives are keys of earlier steps, made by a slowly moving copy of the encoder. */
  { readonly inBatchNegatives?: never; readonly endToEnd?: never; readonly memoryBank?: never; readonly momentumEncoder: MomentumEncoderInput; };

/** Settings of training with in-batch negatives. */
export type InBatchNegativesInput = {
  /** Divisor of the cosine similarities in the softmax. Default 0.05, with `imageConv` 0.2, by label 0.1; minimum 0.01, maximum 1. */
  readonly temperature?: InputMaybe<Scalars['Float']['input']>;
  /** Train the temperature too, starting from `temperature`. Default false. */
  readonly learnTemperature?: InputMaybe<Scalars['Boolean']['input']>;
  /** Also make keys find their queries (CLIP). Default false. */
  readonly symmetric?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of the negatives given for a query (judged irrelevant, or mined), so many join the keys of its batch. Default 0, minimum 0, maximum 64. */
  readonly hardNegatives?: InputMaybe<Scalars['Int']['input']>;
  /** Take no key for a negative whose item has the label of the query's. Default false. */
  readonly maskEqualLabel?: InputMaybe<Scalars['Boolean']['input']>;
  /** Pairs that go through the encoder at a time, twice each, so that a large batch trains in the memory of so many (GradCache). Default none, minimum 1, maximum 65,536. */
  readonly gradCacheChunk?: InputMaybe<Scalars['Int']['input']>;
  /** A finished encoder of texts that hides likely false negatives: keys it finds more alike than the positive (GISTEmbed). Default none. */
  readonly guideEncoderId?: InputMaybe<Scalars['ID']['input']>;
  /** By how much less alike such a key may be: hidden is what exceeds the positive's cosine minus this. Default 0, minimum 0, maximum 1. */
  readonly guideMargin?: InputMaybe<Scalars['Float']['input']>;
};

/** Settings of end-to-end training. */
export type EndToEndInput = {
  /** Negatives of each query, at most all items that are no positives of it. Default 16, minimum 1, maximum 65,536. */
  readonly negatives?: InputMaybe<Scalars['Int']['input']>;
  /** Where they come from. Default UNIFORM. */
  readonly negativesFrom?: InputMaybe<NegativeSource>;
  /** Draw once for the whole batch instead of once for each query. Default false. */
  readonly shareNegatives?: InputMaybe<Scalars['Boolean']['input']>;
  /** Divisor of the cosine similarities in the softmax. Default 0.05, with `imageConv` 0.2, by label 0.5; minimum 0.01, maximum 1. */
  readonly temperature?: InputMaybe<Scalars['Float']['input']>;
  /** Train the temperature too, starting from `temperature`. Default false. */
  readonly learnTemperature?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Settings of training with a memory bank. */
export type MemoryBankInput = {
  /** Bank rows drawn as negatives of each query, at most all that are no positives of it. Default 4,096, minimum 1, maximum 1,048,576. */
  readonly negatives?: InputMaybe<Scalars['Int']['input']>;
  /** The loss. Default NCE. */
  readonly loss?: InputMaybe<MemoryBankLoss>;
  /** Draw once for the whole batch instead of once for each query. Default false. */
  readonly shareNegatives?: InputMaybe<Scalars['Boolean']['input']>;
  /** Divisor of the cosine similarities. Default 0.07, with `imageConv` 0.2, by label 0.5; minimum 0.01, maximum 1. */
  readonly temperature?: InputMaybe<Scalars['Float']['input']>;
  /** Share of a bank row that stays when its item is trained on. Default 0.5, minimum 0, maximum 0.999. */
  readonly bankMomentum?: InputMaybe<Scalars['Float']['input']>;
  /** What the bank holds at first. Default ENCODED. */
  readonly initialise?: InputMaybe<BankInitialisation>;
  /** Weight of the squared distance between a query and its positive's bank row in the loss. Default 0, minimum 0, maximum 100. */
  readonly proximalWeight?: InputMaybe<Scalars['Float']['input']>;
  /** Share of the negatives that is taken from those given for a query (judged irrelevant, or mined), as far as there are such; the rest is drawn. Not with FULL_SOFTMAX, which looks at every item. Default 0, or 0.5 with a set of hard negatives; minimum 0, maximum 1. */
  readonly hardFraction?: InputMaybe<Scalars['Float']['input']>;
};

/** Settings of training with a momentum encoder. */
export type MomentumEncoderInput = {
  /** Where negatives come from. Default QUEUE. */
  readonly negativesFrom?: InputMaybe<MomentumNegativeSource>;
  /** Keys that the queue holds, at most one for each item. Default 65,536, minimum 1, maximum 1,048,576. */
  readonly queueSize?: InputMaybe<Scalars['Int']['input']>;
  /** Share of the key encoder's weights that stays at a step; the rest follows the trained weights, over about 1 / (1 - momentum) steps, so a run of a few hundred wants 0.99. Default 0.999, minimum 0, maximum 1. */
  readonly momentum?: InputMaybe<Scalars['Float']['input']>;
  /** Let that share rise to 1 over the run, along half a cosine. Default false. */
  readonly rampMomentum?: InputMaybe<Scalars['Boolean']['input']>;
  /** Also make items find their queries, with a queue of queries. Default true. */
  readonly symmetric?: InputMaybe<Scalars['Boolean']['input']>;
  /** Put a small network, which is not kept, between the query side and the loss (MoCo v3). Default false. */
  readonly predictor?: InputMaybe<Scalars['Boolean']['input']>;
  /** Divisor of the cosine similarities in the softmax. Default 0.05, with `imageConv` 0.2, by label 0.1; minimum 0.01, maximum 1. */
  readonly temperature?: InputMaybe<Scalars['Float']['input']>;
  /** Take no key for a negative whose item has the label of the query's. Default false. */
  readonly maskEqualLabel?: InputMaybe<Scalars['Boolean']['input']>;
  /** Negatives given for a batch's queries (judged irrelevant, or mined) that join the keys of a step, as a share of the batch's size at most. Default 0, or 0.5 with a set of hard negatives; minimum 0, maximum 1. */
  readonly hardFraction?: InputMaybe<Scalars['Float']['input']>;
};

/** Exactly one optimizer, with its settings. */
export type OptimizerInput =
  /** Adam with decoupled weight decay. */
  { readonly adamw: AdamWInput; readonly sgd?: never; }
  |  /** Stochastic gradient descent with momentum. Its learning rates are larger than AdamW's, tens to hundreds of times. */
  { readonly adamw?: never; readonly sgd: SgdInput; };

/** Settings of AdamW (Loshchilov and Hutter, 1711.05101). */
export type AdamWInput = {
  /** Share of a weight that a step of learning rate 1 takes off it. Default 0, minimum 0, maximum 1. */
  readonly weightDecay?: InputMaybe<Scalars['Float']['input']>;
  /** Decay of the mean of gradients. Default 0.9, minimum 0, maximum 0.9999. */
  readonly beta1?: InputMaybe<Scalars['Float']['input']>;
  /** Decay of the mean of their squares. Default 0.999, minimum 0, maximum 0.999999. */
  readonly beta2?: InputMaybe<Scalars['Float']['input']>;
  /** Added to the root of that mean. Default 0.00000001, minimum 0.000000000001, maximum 0.1. */
  readonly epsilon?: InputMaybe<Scalars['Float']['input']>;
};

/** Settings of stochastic gradient descent. */
export type SgdInput = {
  /** Share of a weight that a step of learning rate 1 takes off it. Default 0, minimum 0, maximum 1. */
  readonly weightDecay?: InputMaybe<Scalars['Float']['input']>;
  /** Share of the velocity that is kept from step to step. Default 0.9, minimum 0, maximum 0.9999. */
  readonly momentum?: InputMaybe<Scalars['Float']['input']>;
};

/** Ends a run when evaluations bring nothing new. The encoder is that of the best evaluation in any case. */
export type EarlyStoppingInput = {
  /** Evaluations in a row without improvement after which the run ends. Default 5, minimum 1, maximum 10,000. */
  readonly patience?: InputMaybe<Scalars['Int']['input']>;
  /** What an improvement must be more than. Default 0, minimum 0, maximum 1. */
  readonly minDelta?: InputMaybe<Scalars['Float']['input']>;
};

/** A training to start. Whatever is left out gets its default; the run's `config` shows what was used. */
export type StartTrainingInput = {
  /** The dataset to train on; it needs what `positives` is to be taken from, by default TRAIN queries with relevant items. */
  readonly datasetId: Scalars['ID']['input'];
  /** The encoder. Default `{textStatic: {}}`. */
  readonly encoder?: InputMaybe<EncoderInput>;
  /** The way of training. Default `{inBatchNegatives: {}}`. */
  readonly paradigm?: InputMaybe<ParadigmInput>;
  /** Whether queries and items share weights. SEPARATE needs symmetric with momentumEncoder, and with memoryBank leaves the items' weights as they began. Default SHARED. */
  readonly towers?: InputMaybe<Towers>;
  /** What belongs together. Default RELEVANCE. */
  readonly positives?: InputMaybe<Positives>;
  /** Widths below the embedding's whose leading dimensions are trained to serve alone (Kusupati et al., 2205.13147), ascending, e.g. `[32, 64]`; with inBatchNegatives and endToEnd. Default none; at most 8, each minimum 8, maximum 4,096. */
  readonly matryoshka?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** A set of hard negatives, mined on this dataset and SUCCEEDED: extra columns for inBatchNegatives (`hardNegatives` is 1 then unless given), the given negatives for endToEnd, a share of the negatives for memoryBank and momentumEncoder (`hardFraction`). The run's log says how stale it is. Default none. */
  readonly hardNegativeSetId?: InputMaybe<Scalars['ID']['input']>;
  /** Pairs a batch. Default 512, for `imageConv` 128; minimum 2, maximum 65,536. */
  readonly batchSize?: InputMaybe<Scalars['Int']['input']>;
  /** Batches whose mean gradient makes one step. It averages out noise but adds no negatives: each batch is compared within itself only. Default 1, minimum 1, maximum 1,024. */
  readonly accumulateSteps?: InputMaybe<Scalars['Int']['input']>;
  /** Passes over the training pairs. Default 10, minimum 1, maximum 10,000. */
  readonly epochs?: InputMaybe<Scalars['Int']['input']>;
  /** Upper bound of steps, also when epochs are left. Default none, minimum 1, maximum 1,000,000,000. */
  readonly maxSteps?: InputMaybe<Scalars['Int']['input']>;
  /** Highest learning rate, reached after warm-up. Default 0.01, for `vectorMlp` 0.001 and `imageConv` 0.003; minimum 0.0000001, maximum 10. */
  readonly learningRate?: InputMaybe<Scalars['Float']['input']>;
  /** Share of all steps spent in linear warm-up. Default 0.1, minimum 0, maximum 0.9. */
  readonly warmupFraction?: InputMaybe<Scalars['Float']['input']>;
  /** How the learning rate goes on after warm-up. Default COSINE. */
  readonly schedule?: InputMaybe<LearningRateSchedule>;
  /** The optimizer. Default `{adamw: {}}`. */
  readonly optimizer?: InputMaybe<OptimizerInput>;
  /** Largest global norm of the gradient, over all parameters; a longer one is scaled down. Default none, minimum 0.000001, maximum 1,000,000. */
  readonly clipNorm?: InputMaybe<Scalars['Float']['input']>;
  /** Seed of everything random: the same seed, data and backend give the same run. Default 1, minimum 0, maximum 2,147,483,647. */
  readonly seed?: InputMaybe<Scalars['Int']['input']>;
  /** Steps between evaluations on the validation split. Default once an epoch, minimum 1, maximum 1,000,000,000. */
  readonly evaluateEvery?: InputMaybe<Scalars['Int']['input']>;
  /** Steps between looks at the embeddings (collapse, spread, drift). Default with each evaluation, minimum 1, maximum 1,000,000,000. */
  readonly diagnosticsEvery?: InputMaybe<Scalars['Int']['input']>;
  /** Steps between checkpoints. Default by time, about every 30 seconds; minimum 1, maximum 1,000,000,000. */
  readonly checkpointEvery?: InputMaybe<Scalars['Int']['input']>;
  /** Latest checkpoints kept, beside the one of the best evaluation. Default 2, minimum 1, maximum 100. */
  readonly keepCheckpoints?: InputMaybe<Scalars['Int']['input']>;
  /** What the best evaluation is best by. Default NDCG_AT_10. */
  readonly metric?: InputMaybe<QualityMetric>;
  /** Ends the run when evaluations bring nothing new. Default: it goes on to its last step. */
  readonly earlyStopping?: InputMaybe<EarlyStoppingInput>;
  /** Share of TRAIN queries held out for validation when the dataset has no VALIDATION split. Default 0.05, minimum 0, maximum 0.5. */
  readonly validationFraction?: InputMaybe<Scalars['Float']['input']>;
  /** Tensor library. Default AUTO. */
  readonly backend?: InputMaybe<BackendChoice>;
  /** Sent again with the same input, the first answer comes back and nothing is started twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A run to pause. */
export type PauseRunInput = {
  /** The run. */
  readonly runId: Scalars['ID']['input'];
  /** Sent again with the same input, nothing is asked for twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A paused run to go on with. */
export type ResumeRunInput = {
  /** The run. */
  readonly runId: Scalars['ID']['input'];
  /** Sent again with the same input, nothing is asked for twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A run to cancel. */
export type CancelRunInput = {
  /** The run. */
  readonly runId: Scalars['ID']['input'];
};

/** A dataset to create. */
export type CreateDatasetInput = {
  /** Unique name, 1 to 200 characters, e.g. `"handbook"`. */
  readonly name: Scalars['String']['input'];
  /** What its items and queries are, for good. Default `TEXT`. */
  readonly kind?: InputMaybe<DatasetKind>;
  /** Sent again with the same input, the first answer comes back and nothing is created twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A dataset to delete, with its items, queries, runs and indexes. Encoders stay. */
export type DeleteDatasetInput = {
  /** The dataset. */
  readonly datasetId: Scalars['ID']['input'];
  /** Refuse with `CONFLICT` unless no import into it succeeded or is under way, and nothing else hangs on it. */
  readonly onlyIfUnused: Scalars['Boolean']['input'];
};

/** An upload to open. */
export type CreateUploadInput = {
  /** Name of the file with its ending, e.g. `"faq.csv.gz"`; for a BEIR folder its path inside, e.g. `"qrels/test.tsv"`. */
  readonly fileName: Scalars['String']['input'];
  /** Its size in bytes, e.g. `30720000`: anything else that comes is refused. Default: not stated. */
  readonly bytes?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Its SHA-256 in 64 lower-case hexadecimal digits: anything else that comes is refused. Default: not stated. */
  readonly sha256?: InputMaybe<Scalars['String']['input']>;
  /** Sent again with the same input, the first answer comes back and nothing is created twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Which column holds what: either `text` (a corpus; `image` or `vector` where the dataset holds these), or `query` and `positive` (pairs).
 * Columns that are not named become metadata of the item. Nothing given: columns called `query` and `positive` are taken, else `text`
 * (`image`, `vector`). An image is the base64 of its file (JPEG, PNG, GIF, WebP, TIFF or AVIF), at most 11 MiB and 40 million pixels. A vector is
 * a list of numbers, or the base64 of little-endian float32; all of a dataset are equally wide, at most 16,384.
 */
export type ImportColumnsInput = {
  /** Column with a query, e.g. `"question"`; goes with `positive`. */
  readonly query?: InputMaybe<Scalars['String']['input']>;
  /** Column with the item that answers the query, e.g. `"answer"`. */
  readonly positive?: InputMaybe<Scalars['String']['input']>;
  /** Column with an item's text, for rows without a query. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** Column with an item's image, for rows without a query. */
  readonly image?: InputMaybe<Scalars['String']['input']>;
  /** Column with an item's vector, for rows without a query. */
  readonly vector?: InputMaybe<Scalars['String']['input']>;
  /** Column with an item's class. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** Column with an item's own id; the same id again updates the item. */
  readonly id?: InputMaybe<Scalars['String']['input']>;
  /** Column with a query's own id. */
  readonly queryId?: InputMaybe<Scalars['String']['input']>;
  /** Column that says train, validation (valid, val, dev) or test. Not given: decided by a hash of the query, 90, 5 and 5 of 100. */
  readonly split?: InputMaybe<Scalars['String']['input']>;
  /** Column with the grade of the judgement, 0 (judged not relevant) to 255. Not given: 1. */
  readonly grade?: InputMaybe<Scalars['String']['input']>;
};

/** Files to import into a dataset. */
export type ImportDatasetInput = {
  /** The dataset. */
  readonly datasetId: Scalars['ID']['input'];
  /** Complete uploads, 1 to 100, all of one format. */
  readonly uploadIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Format of the files. Default: told from their names. */
  readonly format?: InputMaybe<ImportFormat>;
  /** Which column holds what; not for BEIR, IDX and CIFAR. */
  readonly columns?: InputMaybe<ImportColumnsInput>;
  /** Separates the fields of CSV, one character, e.g. `";"`. Default: told from the header, and a tab for TSV. */
  readonly delimiter?: InputMaybe<Scalars['String']['input']>;
  /** Stop at the first bad row and leave nothing behind. Default false: skip it and report it. */
  readonly strict: Scalars['Boolean']['input'];
  /** Sent again with the same input, the first answer comes back and nothing is imported twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An item to add or to change. */
export type UpsertItemInput = {
  /** The text, up to 1 MiB, in a dataset of texts. An item that has it already is the one meant. So with an image or a vector. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** An image file as base64, JPEG, PNG, GIF, WebP, TIFF or AVIF, in a dataset of images. */
  readonly image?: InputMaybe<Scalars['String']['input']>;
  /** The vector as the dataset holds it, in a dataset of vectors: the encoder makes an embedding of it. */
  readonly vector?: InputMaybe<Scalars['Vector']['input']>;
  /** Id of your own, e.g. `"doc-17"`: an item that has it gets the text. Null: the text alone says which item is meant. */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /** Class, e.g. `"billing"`; null leaves it as it is. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** An object, e.g. `{"url": "https://example.org/a"}`, in place of the one before; null leaves it as it is. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
};

/** Items to add or to change. */
export type UpsertItemsInput = {
  /** The dataset they belong to. */
  readonly datasetId: Scalars['ID']['input'];
  /** 1 to 1,000 items, each external id once; for more use `importDataset`. */
  readonly items: ReadonlyArray<UpsertItemInput>;
  /** Sent again with the same input, the first answer comes back and nothing is changed again; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Items to delete, 1 to 1,000 ids in all. */
export type DeleteItemsInput = {
  /** The dataset they belong to. */
  readonly datasetId: Scalars['ID']['input'];
  /** Items to delete by their global ids. */
  readonly itemIds: ReadonlyArray<Scalars['ID']['input']>;
  /** External ids to take away: an item goes with its last one. */
  readonly externalIds: ReadonlyArray<Scalars['String']['input']>;
  /** Sent again with the same input, the first answer comes back and nothing is deleted again; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An index to build. */
export type BuildIndexInput = {
  /** The dataset whose items to index. */
  readonly datasetId: Scalars['ID']['input'];
  /** The encoder to embed them with. Default: the one trained last on the dataset. */
  readonly encoderId?: InputMaybe<Scalars['ID']['input']>;
  /** Links per node and layer: more gives better recall, a larger index and a slower build. Default 16, minimum 2, maximum 100. */
  readonly m?: InputMaybe<Scalars['Int']['input']>;
  /** Candidates looked at while linking: more gives a better graph and a slower build. Default 400, minimum 4, maximum 1,000. */
  readonly efConstruction?: InputMaybe<Scalars['Int']['input']>;
  /** Candidates looked at by a search that names no `ef`: more gives better recall and slower answers. Default 128, minimum 1, maximum 5,000. */
  readonly efSearch?: InputMaybe<Scalars['Int']['input']>;
  /** How vectors lie in memory. Default FLOAT32. */
  readonly storage?: InputMaybe<VectorStorage>;
  /** Share of the true ten nearest that searches have to find, 0.5 to 1: `m`, `efConstruction` and `efSearch` are then chosen by measurement, as `tuneIndex` does. Default: they are as given. */
  readonly targetRecall?: InputMaybe<Scalars['Float']['input']>;
  /** Sent again with the same input, the first answer comes back and nothing is built twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An index whose parameters are to be chosen by measurement. */
export type TuneIndexInput = {
  /** An index of the dataset and with the encoder in question; it stays as it is. */
  readonly indexId: Scalars['ID']['input'];
  /** Share of the true ten nearest that searches have to find, 0.5 to 1. */
  readonly targetRecall: Scalars['Float']['input'];
  /** How vectors lie in memory. Default: as in that index. */
  readonly storage?: InputMaybe<VectorStorage>;
  /** Sent again with the same input, the first answer comes back and nothing is built twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An index build to end. */
export type CancelIndexInput = {
  /** The index version. */
  readonly indexId: Scalars['ID']['input'];
};

/** A map of an index to draw. */
export type MapIndexInput = {
  /** The index version; it must be SUCCEEDED. */
  readonly indexId: Scalars['ID']['input'];
  /** How it is drawn. */
  readonly method: MapMethod;
  /** Items drawn: of each label in proportion, but at least one; all where there are fewer. Minimum 10, maximum 20,000. */
  readonly sample: Scalars['Int']['input'];
  /** Of the choice, and of UMAP. Minimum 0. */
  readonly seed: Scalars['Int']['input'];
  /** UMAP's n_neighbors: few show what is near, many the whole. Minimum 2, maximum 100, and fewer than there are points. */
  readonly neighbors: Scalars['Int']['input'];
  /** UMAP's min_dist: how close points may lie, beside clusters that are about 1 wide. Minimum 0, maximum 0.99. */
  readonly minDistance: Scalars['Float']['input'];
  /** Sent again with the same input, the first answer comes back and nothing is drawn twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An import to stop. */
export type CancelImportInput = {
  /** The import. */
  readonly importId: Scalars['ID']['input'];
};

/** An evaluation to stop. */
export type CancelEvaluationInput = {
  /** The evaluation. */
  readonly evaluationId: Scalars['ID']['input'];
};

/** A mining to stop. */
export type CancelMiningInput = {
  /** The set that is being mined. */
  readonly setId: Scalars['ID']['input'];
};

/** A refinement to stop. */
export type CancelRefinementInput = {
  /** The refinement. */
  readonly refinementId: Scalars['ID']['input'];
};

/** A map to stop drawing. */
export type CancelMapInput = {
  /** The map. */
  readonly mapId: Scalars['ID']['input'];
};

/** Which old index versions are to go by themselves. */
export type SetRetentionInput = {
  /** The dataset they are of. */
  readonly datasetId: Scalars['ID']['input'];
  /** Newest versions that can be searched and stay, 1 to 1,000. Null: nothing goes by itself. */
  readonly keepVersions?: InputMaybe<Scalars['Int']['input']>;
  /** Versions stay so many days after they were built, 0 to 36,500. */
  readonly keepDays: Scalars['Int']['input'];
};

/** Old index versions to let go of. */
export type RetireIndexesInput = {
  /** The dataset they are of. */
  readonly datasetId: Scalars['ID']['input'];
  /** Newest versions that can be searched and stay, 1 to 1,000. */
  readonly keep: Scalars['Int']['input'];
};

/** Hard negatives to mine. Bounds on scores include their ends. */
export type MineHardNegativesInput = {
  /** The dataset; it needs what `positives` are. */
  readonly datasetId: Scalars['ID']['input'];
  /** Where candidates come from. Default ENCODER where the dataset has an index, else LEXICAL; images and vectors have no words, and take ENCODER. */
  readonly source?: InputMaybe<MiningSource>;
  /** The index to search. Default: the newest of the dataset (of `encoderId`, when that is given). */
  readonly indexId?: InputMaybe<Scalars['ID']['input']>;
  /** The encoder to mine with, by its newest index. Default: that of the index. */
  readonly encoderId?: InputMaybe<Scalars['ID']['input']>;
  /** A second encoder: what it finds nearly as near as the positive is dropped too. Default none. */
  readonly judgeId?: InputMaybe<Scalars['ID']['input']>;
  /** What belongs to a query: RELEVANCE, or LABEL (queries are the labelled items then). Default RELEVANCE. */
  readonly positives?: InputMaybe<Positives>;
  /** The nearest so many are passed over. Default 0, minimum 0, maximum 999. */
  readonly rangeMin?: InputMaybe<Scalars['Int']['input']>;
  /** Ranks looked at, from 1, known positives included. Default 100 or all items where there are fewer, minimum 1, maximum 1,000. */
  readonly rangeMax?: InputMaybe<Scalars['Int']['input']>;
  /** A negative scores at most this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly maxScore?: InputMaybe<Scalars['Float']['input']>;
  /** A negative scores at least this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly minScore?: InputMaybe<Scalars['Float']['input']>;
  /** A negative scores at most the score of the query's best positive minus this. Default none, minimum 0, maximum 1,000,000. */
  readonly absoluteMargin?: InputMaybe<Scalars['Float']['input']>;
  /** A negative scores at most the score s of the query's best positive minus this share of |s|; null: no such bound. Default 0.05 (LEXICAL: none), minimum 0, maximum 1. */
  readonly relativeMargin?: InputMaybe<Scalars['Float']['input']>;
  /** Negatives wanted of each query. Default 5, minimum 1, maximum 100. */
  readonly perQuery?: InputMaybe<Scalars['Int']['input']>;
  /** Which items may become negatives. Default PAIRED. */
  readonly corpus?: InputMaybe<MiningCorpus>;
  /** Which of those that passed are taken. Default TOP. */
  readonly strategy?: InputMaybe<MiningStrategy>;
  /** Leave out items that have the label of a positive. Default true. */
  readonly excludeEqualLabels?: InputMaybe<Scalars['Boolean']['input']>;
  /** With a judge: a negative scores at most the positive's score minus this, by the judge. Default 0, minimum 0, maximum 2. */
  readonly judgeMargin?: InputMaybe<Scalars['Float']['input']>;
  /** Seed of random choices. Default 1, minimum 0, maximum 2,147,483,647. */
  readonly seed?: InputMaybe<Scalars['Int']['input']>;
  /** Sent again with the same input, the first answer comes back and nothing is mined twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** How a refinement mines, as `mineHardNegatives` takes it. */
export type RefinementMiningInput = {
  /** The nearest so many are passed over. Default 0, minimum 0, maximum 999. */
  readonly rangeMin?: InputMaybe<Scalars['Int']['input']>;
  /** Ranks looked at, from 1, known positives included. Default 100 or all items where there are fewer, minimum 1, maximum 1,000. */
  readonly rangeMax?: InputMaybe<Scalars['Int']['input']>;
  /** A negative scores at most this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly maxScore?: InputMaybe<Scalars['Float']['input']>;
  /** A negative scores at least this. Default none, minimum -1,000,000, maximum 1,000,000. */
  readonly minScore?: InputMaybe<Scalars['Float']['input']>;
  /** A negative scores at most the score of the query's best positive minus this. Default none, minimum 0, maximum 1,000,000. */
  readonly absoluteMargin?: InputMaybe<Scalars['Float']['input']>;
  /** A negative scores at most the score s of the query's best positive minus this share of |s|; null: no such bound. Default 0.05, minimum 0, maximum 1. */
  readonly relativeMargin?: InputMaybe<Scalars['Float']['input']>;
  /** Negatives wanted of each query. Default 5, minimum 1, maximum 100. */
  readonly perQuery?: InputMaybe<Scalars['Int']['input']>;
  /** Which items may become negatives. Default PAIRED. */
  readonly corpus?: InputMaybe<MiningCorpus>;
  /** Which of those that passed are taken. Default TOP. */
  readonly strategy?: InputMaybe<MiningStrategy>;
  /** Leave out items that have the label of a positive. Default true. */
  readonly excludeEqualLabels?: InputMaybe<Scalars['Boolean']['input']>;
  /** Seed of random choices. Default 1, minimum 0, maximum 2,147,483,647. */
  readonly seed?: InputMaybe<Scalars['Int']['input']>;
};

/** A refinement to start. */
export type StartRefinementInput = {
  /** The training of each round; without `hardNegativeSetId` and `idempotencyKey`. */
  readonly training: StartTrainingInput;
  /** How to mine. */
  readonly mining?: InputMaybe<RefinementMiningInput>;
  /** Rounds of mining and training again. Default 2, minimum 1, maximum 10. */
  readonly rounds?: InputMaybe<Scalars['Int']['input']>;
  /** Train once, and mine so many times on the way with what the run has learned so far, while it goes on (ANCE): negatives are replaced as they come, the best evaluation's state is kept. Default false: a training a round, each from the start. */
  readonly asynchronous?: InputMaybe<Scalars['Boolean']['input']>;
  /** Sent again with the same input, the first answer comes back and nothing is started twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A candidate that is no negative after all. */
export type MarkFalseNegativeInput = {
  /** The set it was seen in. */
  readonly setId: Scalars['ID']['input'];
  /** The query: a DatasetQuery, or an Item where queries are items. */
  readonly queryId: Scalars['ID']['input'];
  /** The item. */
  readonly itemId: Scalars['ID']['input'];
  /** What to make of it. */
  readonly use: FalseNegativeUse;
};

/** An index to put behind an alias. */
export type PromoteIndexInput = {
  /** The index; SUCCEEDED. */
  readonly indexId: Scalars['ID']['input'];
  /** The alias within the index' dataset, 1 to 200 characters; made when it is not there. */
  readonly alias: Scalars['String']['input'];
  /** Moves the alias whatever the encoders' quality, and is kept with the promotion; 1 to 1,000 characters. Default: the encoders are compared. */
  readonly overrideReason?: InputMaybe<Scalars['String']['input']>;
  /** Sent again with the same input, the first answer comes back and nothing is moved twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An alias to point back at the version before. */
export type RollbackAliasInput = {
  /** The alias. */
  readonly aliasId: Scalars['ID']['input'];
  /** Sent again with the same input, the first answer comes back and nothing is moved twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A measurement to take. */
export type EvaluateInput = {
  /** The dataset to measure on. */
  readonly datasetId: Scalars['ID']['input'];
  /** The encoder to measure. Default: the one trained last on the dataset. */
  readonly encoderId?: InputMaybe<Scalars['ID']['input']>;
  /** Which queries to use. A dataset without any judgement is measured by the labels of its items instead. */
  readonly split: Split;
  /** Sent again with the same input, the first answer comes back and nothing is measured twice; 1 to 200 characters. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createDataset`. */
export type CreateDatasetPayload = {
  /** The new dataset; null when refused. */
  readonly dataset?: Maybe<Dataset>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `deleteDataset`. */
export type DeleteDatasetPayload = {
  /** Id of the dataset that is gone; null when refused. */
  readonly deletedDatasetId?: Maybe<Scalars['ID']['output']>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `createUpload`. */
export type CreateUploadPayload = {
  /** The upload with the address to PUT to; null when refused. */
  readonly upload?: Maybe<Upload>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `importDataset`. */
export type ImportDatasetPayload = {
  /** The import, QUEUED; null when refused. */
  readonly import?: Maybe<Import>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `startTraining`. */
export type StartTrainingPayload = {
  /** The run, QUEUED; null when refused. */
  readonly run?: Maybe<TrainingRun>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `pauseRun`. */
export type PauseRunPayload = {
  /** The run: PAUSED when it was waiting; else RUNNING with `pauseRequestedAt` until its checkpoint is written. Null when refused, with CONFLICT when it had ended already. */
  readonly run?: Maybe<TrainingRun>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `resumeRun`. */
export type ResumeRunPayload = {
  /** The run, QUEUED: it goes on from its checkpoint as if it had not paused. Null when refused, with CONFLICT when it was not PAUSED. */
  readonly run?: Maybe<TrainingRun>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelRun`. */
export type CancelRunPayload = {
  /** The run, CANCELLED; the process that trained is gone within a second. Asked again, the same. Null when refused, with CONFLICT when it had ended otherwise. */
  readonly run?: Maybe<TrainingRun>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `upsertItems`. */
export type UpsertItemsPayload = {
  /** The items as they are now, in the order given; null when refused, and then nothing was changed. */
  readonly items?: Maybe<ReadonlyArray<Item>>;
  /** Items that were new; null when refused. */
  readonly added?: Maybe<Scalars['Int']['output']>;
  /** Items that were there and changed; null when refused. */
  readonly updated?: Maybe<Scalars['Int']['output']>;
  /** The dataset, with its new revision; null when refused. */
  readonly dataset?: Maybe<Dataset>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `deleteItems`. */
export type DeleteItemsPayload = {
  /** Global ids of the items that went; null when refused, and then nothing was deleted. What was not there is passed over. */
  readonly deletedItemIds?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** The dataset, with its new revision; null when refused. */
  readonly dataset?: Maybe<Dataset>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `buildIndex`. */
export type BuildIndexPayload = {
  /** The index version, QUEUED; null when refused. */
  readonly index?: Maybe<IndexVersion>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `tuneIndex`. */
export type TuneIndexPayload = {
  /** The new index version, QUEUED; null when refused. */
  readonly index?: Maybe<IndexVersion>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `setRetention`. */
export type SetRetentionPayload = {
  /** The dataset; null when refused. */
  readonly dataset?: Maybe<Dataset>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelIndex`. */
export type CancelIndexPayload = {
  /** The index version, CANCELLED; null when refused. */
  readonly index?: Maybe<IndexVersion>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `mapIndex`. */
export type MapIndexPayload = {
  /** The map, QUEUED; null when refused. */
  readonly map?: Maybe<EmbeddingMap>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelImport`. */
export type CancelImportPayload = {
  /** The import, CANCELLED; null when refused. */
  readonly import?: Maybe<Import>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelEvaluation`. */
export type CancelEvaluationPayload = {
  /** The evaluation, CANCELLED; null when refused. */
  readonly evaluation?: Maybe<Evaluation>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelMining`. */
export type CancelMiningPayload = {
  /** The set, CANCELLED and empty; null when refused. */
  readonly set?: Maybe<HardNegativeSet>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelRefinement`. */
export type CancelRefinementPayload = {
  /** The refinement, CANCELLED, as is the training, index or mining it waited for; what its rounds have made stays. Null when refused. */
  readonly refinement?: Maybe<Refinement>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `cancelMap`. */
export type CancelMapPayload = {
  /** The map, CANCELLED; null when refused. */
  readonly map?: Maybe<EmbeddingMap>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `retireIndexes`. */
export type RetireIndexesPayload = {
  /** Index versions that went, with their files; null when refused. */
  readonly deletedIndexIds?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** Size of these files in bytes; null when refused. */
  readonly freedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `mineHardNegatives`. */
export type MineHardNegativesPayload = {
  /** The set, QUEUED; null when refused, e.g. with BAD_INPUT when the window can't be filled. */
  readonly set?: Maybe<HardNegativeSet>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `startRefinement`. */
export type StartRefinementPayload = {
  /** The refinement, QUEUED; null when refused. */
  readonly refinement?: Maybe<Refinement>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `markFalseNegative`. */
export type MarkFalseNegativePayload = {
  /** The set; null when refused. */
  readonly set?: Maybe<HardNegativeSet>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `promoteIndex`. */
export type PromoteIndexPayload = {
  /** The promotion: SUCCEEDED where nothing has to be compared, else QUEUED. Null when refused, with CONFLICT when the alias points there already. */
  readonly promotion?: Maybe<Promotion>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `rollbackAlias`. */
export type RollbackAliasPayload = {
  /** The way back, SUCCEEDED; null when refused, with CONFLICT when there is no version before. */
  readonly promotion?: Maybe<Promotion>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `evaluate`. */
export type EvaluatePayload = {
  /** The evaluation, QUEUED; null when refused. */
  readonly evaluation?: Maybe<Evaluation>;
  /** Why it was refused; empty when it was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `createApiKey`. */
export type CreateApiKeyPayload = {
  /** The key as it is listed; null when refused. */
  readonly apiKey?: Maybe<ApiKey>;
  /** The key itself, `qk_` and 43 letters, digits, hyphens and underscores: shown here once and kept nowhere. Null when refused, and when an idempotency key was sent again. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Answer of `revokeApiKey`. */
export type RevokeApiKeyPayload = {
  /** The key, revoked: it is refused from now on and its subscriptions are closed. Null when refused. */
  readonly apiKey?: Maybe<ApiKey>;
  /** Why it was refused; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** All that can be read. */
export type Query = {
  /** What has this global id; null when nothing has. */
  readonly node?: Maybe<Node>;
  /** Several at once, in the order given; null for ids that nothing has. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** A dataset by id or by name (give exactly one); null when there is none. */
  readonly dataset?: Maybe<Dataset>;
  /** All datasets, by name. */
  readonly datasets: DatasetConnection;
  /** An import; null when there is none. */
  readonly import?: Maybe<Import>;
  /** A training run; null when there is none. */
  readonly run?: Maybe<TrainingRun>;
  /** Holds training runs against each other: settings, quality, time, memory. */
  readonly compareRuns: RunComparison;
  /** Training runs, newest first. */
  readonly runs: TrainingRunConnection;
  /** An encoder; null when there is none. */
  readonly encoder?: Maybe<Encoder>;
  /** Encoders, newest first. */
  readonly encoders: EncoderConnection;
  /** An index version; null when there is none. */
  readonly index?: Maybe<IndexVersion>;
  /** Index versions, newest first. */
  readonly indexes: IndexVersionConnection;
  /** A refinement; null when there is none. */
  readonly refinement?: Maybe<Refinement>;
  /** A set of hard negatives; null when there is none. */
  readonly hardNegativeSet?: Maybe<HardNegativeSet>;
  /** What a mining found, with texts, by query, then by rank. */
  readonly hardNegatives: HardNegativeConnection;
  /** What an index would take, and whether this server would build it; the input is that of `buildIndex`. */
  readonly estimateIndex: IndexEstimate;
  /** How much of the truly nearest an index finds, measured now against exact search with items of it. Takes some milliseconds an item. */
  readonly measureRecall: RecallMeasurement;
  /** An alias; null when there is none. */
  readonly alias?: Maybe<IndexAlias>;
  /** A promotion; null when there is none. */
  readonly promotion?: Maybe<Promotion>;
  /** A map of an index; null when there is none. */
  readonly embeddingMap?: Maybe<EmbeddingMap>;
  /** An evaluation; null when there is none. */
  readonly evaluation?: Maybe<Evaluation>;
  /** The nearest items to a text, an image, an item, a vector or several examples. */
  readonly search: SearchResult;
  /** Up to 1,000 searches in one index. */
  readonly searchBatch: SearchBatchResult;
  /** The same search in two indexes, side by side. */
  readonly compareSearch: SearchComparison;
  /** Embeddings of texts, images or vectors, as the encoder reads them. */
  readonly embed: EmbedResult;
  /** The program that answers, and whether it is well. */
  readonly server: ServerInfo;
  /** Who asks: what the key of this request reaches and may do. */
  readonly viewer: Viewer;
  /** Keys, newest first, revoked and expired ones included. */
  readonly apiKeys: ApiKeyConnection;
};


/** All that can be read. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** All that can be read. */
export type QueryDatasetArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
};


/** All that can be read. */
export type QueryDatasetsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** All that can be read. */
export type QueryImportArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryRunArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryCompareRunsArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** All that can be read. */
export type QueryRunsArgs = {
  datasetId?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<JobStatus>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** All that can be read. */
export type QueryEncoderArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryEncodersArgs = {
  name?: InputMaybe<Scalars['String']['input']>;
  datasetId?: InputMaybe<Scalars['ID']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** All that can be read. */
export type QueryIndexArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryIndexesArgs = {
  datasetId?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<JobStatus>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** All that can be read. */
export type QueryRefinementArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryHardNegativeSetArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryHardNegativesArgs = {
  setId: Scalars['ID']['input'];
  fate?: InputMaybe<CandidateFate>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** All that can be read. */
export type QueryEstimateIndexArgs = {
  input: BuildIndexInput;
};


/** All that can be read. */
export type QueryMeasureRecallArgs = {
  indexId: Scalars['ID']['input'];
  sample: Scalars['Int']['input'];
  k: Scalars['Int']['input'];
  ef?: InputMaybe<Scalars['Int']['input']>;
};


/** All that can be read. */
export type QueryAliasArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryPromotionArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryEmbeddingMapArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QueryEvaluationArgs = {
  id: Scalars['ID']['input'];
};


/** All that can be read. */
export type QuerySearchArgs = {
  input: SearchInput;
};


/** All that can be read. */
export type QuerySearchBatchArgs = {
  input: SearchBatchInput;
};


/** All that can be read. */
export type QueryCompareSearchArgs = {
  input: CompareSearchInput;
};


/** All that can be read. */
export type QueryEmbedArgs = {
  input: EmbedInput;
};


/** All that can be read. */
export type QueryApiKeysArgs = {
  namespace?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type Mutation = {
  /** Creates an empty dataset. */
  readonly createDataset: CreateDatasetPayload;
  /** Deletes a dataset and all that hangs on it. */
  readonly deleteDataset: DeleteDatasetPayload;
  /** Opens a way in for a file: PUT its bytes to the upload's `url`, then name it in `importDataset`. */
  readonly createUpload: CreateUploadPayload;
  /** Imports uploaded files into a dataset. */
  readonly importDataset: ImportDatasetPayload;
  /** Starts to train an encoder on a dataset. */
  readonly startTraining: StartTrainingPayload;
  /** Stops a run where it can go on: it writes a checkpoint after the step it is at, then its process ends. */
  readonly pauseRun: PauseRunPayload;
  /** Goes on with a paused run. */
  readonly resumeRun: ResumeRunPayload;
  /** Asks a run to stop; its work so far is dropped, its events stay. */
  readonly cancelRun: CancelRunPayload;
  /** Adds and changes single items. Once answered it is durable, and the next search on any server finds them. */
  readonly upsertItems: UpsertItemsPayload;
  /** Deletes single items. Once answered it is durable, and no search on any server finds them again. */
  readonly deleteItems: DeleteItemsPayload;
  /** Builds a searchable index over a dataset's items. */
  readonly buildIndex: BuildIndexPayload;
  /**
   * Builds a new version of an index with the parameters that search fastest while they find `targetRecall` of the true ten nearest. Six
   * settings are built over 10,000 of the items and measured, the best one over all; `IndexVersion.tuning` tells what was measured.
   */
  readonly tuneIndex: TuneIndexPayload;
  /**
   * Deletes old index versions of a dataset. The newest `keep` that can be searched stay, and those that an alias points at or would be rolled
   * back to.
   */
  readonly retireIndexes: RetireIndexesPayload;
  /** Says which old index versions of a dataset go by themselves from now on. */
  readonly setRetention: SetRetentionPayload;
  /** Ends a build that has not ended; it is CANCELLED at once, and its index can't be searched. */
  readonly cancelIndex: CancelIndexPayload;
  /** Draws the vectors of an index in the plane, for a scatter plot. */
  readonly mapIndex: MapIndexPayload;
  /** Ends an import that has not ended: none of its rows come in. While they are being merged, which is the last it does, it is RETRY_LATER. */
  readonly cancelImport: CancelImportPayload;
  /** Ends an evaluation that has not ended. */
  readonly cancelEvaluation: CancelEvaluationPayload;
  /** Ends the mining of a set that has not ended; what it has found so far is dropped. */
  readonly cancelMining: CancelMiningPayload;
  /** Ends a refinement that has not ended, together with the training, index or mining it waits for. */
  readonly cancelRefinement: CancelRefinementPayload;
  /** Stops drawing a map that is not finished. */
  readonly cancelMap: CancelMapPayload;
  /** Mines hard negatives for the queries that are trained on. */
  readonly mineHardNegatives: MineHardNegativesPayload;
  /** Trains, mines with what was trained, and trains again, for some rounds; keeps what did not get worse. */
  readonly startRefinement: StartRefinementPayload;
  /** Says that a mined item is no negative of its query. */
  readonly markFalseNegative: MarkFalseNegativePayload;
  /** Puts an index behind an alias, if its encoder is better on the validation split than the present one's, or for a reason given. */
  readonly promoteIndex: PromoteIndexPayload;
  /** Points an alias at the version it had before; once more, and it is back. */
  readonly rollbackAlias: RollbackAliasPayload;
  /** Measures how well an encoder ranks a dataset. */
  readonly evaluate: EvaluatePayload;
  /** Creates a key of this API. */
  readonly createApiKey: CreateApiKeyPayload;
  /** Ends a key for good, at once. */
  readonly revokeApiKey: RevokeApiKeyPayload;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCreateDatasetArgs = {
  input: CreateDatasetInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationDeleteDatasetArgs = {
  input: DeleteDatasetInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCreateUploadArgs = {
  input: CreateUploadInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationImportDatasetArgs = {
  input: ImportDatasetInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationStartTrainingArgs = {
  input: StartTrainingInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationPauseRunArgs = {
  input: PauseRunInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationResumeRunArgs = {
  input: ResumeRunInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelRunArgs = {
  input: CancelRunInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationUpsertItemsArgs = {
  input: UpsertItemsInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationDeleteItemsArgs = {
  input: DeleteItemsInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationBuildIndexArgs = {
  input: BuildIndexInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationTuneIndexArgs = {
  input: TuneIndexInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationRetireIndexesArgs = {
  input: RetireIndexesInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationSetRetentionArgs = {
  input: SetRetentionInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelIndexArgs = {
  input: CancelIndexInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationMapIndexArgs = {
  input: MapIndexInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelImportArgs = {
  input: CancelImportInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelEvaluationArgs = {
  input: CancelEvaluationInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelMiningArgs = {
  input: CancelMiningInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelRefinementArgs = {
  input: CancelRefinementInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCancelMapArgs = {
  input: CancelMapInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationMineHardNegativesArgs = {
  input: MineHardNegativesInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationStartRefinementArgs = {
  input: StartRefinementInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationMarkFalseNegativeArgs = {
  input: MarkFalseNegativeInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationPromoteIndexArgs = {
  input: PromoteIndexInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationRollbackAliasArgs = {
  input: RollbackAliasInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationEvaluateArgs = {
  input: EvaluateInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/**
 * All that can be changed. Long work is accepted, answered at once, and reports on its object. What takes an `idempotencyKey` remembers it for a day,
 * in the namespace of the request's key: with the same input the first answer comes back, with other input it is a `CONFLICT`.
 */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};

/** What can be watched, over WebSocket by the `graphql-transport-ws` protocol at the same address. */
export type Subscription = {
  /** The events of a run, stored ones first, then new ones as they come; ends after the run's final status. A client that lost its connection passes the last sequence number it saw. */
  readonly runEvents: RunEvent;
};


/** What can be watched, over WebSocket by the `graphql-transport-ws` protocol at the same address. */
export type SubscriptionRunEventsArgs = {
  runId: Scalars['ID']['input'];
  after: Scalars['Int']['input'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( DatasetModel )
    | ( ItemModel )
    | ( DatasetQueryModel )
    | ( UploadModel )
    | ( ImportModel )
    | ( TrainingRunModel )
    | ( EncoderModel )
    | ( EvaluationModel )
    | ( IndexVersionModel )
    | ( EmbeddingMapModel )
    | ( IndexAliasModel )
    | ( PromotionModel )
    | ( ApiKeyModel )
    | ( HardNegativeSetModel )
    | ( RefinementModel )
  ;
  RunEvent:
    | ( RunStatusEventModel )
    | ( RunStepEventModel )
    | ( RunEvaluationEventModel )
    | ( RunCheckpointEventModel )
    | ( RunDiagnosticsEventModel )
    | ( RunVerdictEventModel )
    | ( RunLogEventModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  Vector: ResolverTypeWrapper<Scalars['Vector']['output']>;
  FilterValue: ResolverTypeWrapper<Scalars['FilterValue']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  JobStatus: JobStatus;
  Split: Split;
  ExportContent: ExportContent;
  ExportFormat: ExportFormat;
  DatasetKind: DatasetKind;
  JobError: ResolverTypeWrapper<JobError>;
  JobErrorCode: JobErrorCode;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Dataset: ResolverTypeWrapper<DatasetModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  DatasetConnection: ResolverTypeWrapper<Omit<DatasetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DatasetEdge']>, nodes: ReadonlyArray<ResolversTypes['Dataset']> }>;
  DatasetEdge: ResolverTypeWrapper<Omit<DatasetEdge, 'node'> & { node: ResolversTypes['Dataset'] }>;
  Item: ResolverTypeWrapper<ItemModel>;
  ItemConnection: ResolverTypeWrapper<Omit<ItemConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ItemEdge']>, nodes: ReadonlyArray<ResolversTypes['Item']> }>;
  ItemEdge: ResolverTypeWrapper<Omit<ItemEdge, 'node'> & { node: ResolversTypes['Item'] }>;
  DatasetQuery: ResolverTypeWrapper<DatasetQueryModel>;
  DatasetQueryConnection: ResolverTypeWrapper<Omit<DatasetQueryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DatasetQueryEdge']>, nodes: ReadonlyArray<ResolversTypes['DatasetQuery']> }>;
  DatasetQueryEdge: ResolverTypeWrapper<Omit<DatasetQueryEdge, 'node'> & { node: ResolversTypes['DatasetQuery'] }>;
  Judgement: ResolverTypeWrapper<JudgementModel>;
  Upload: ResolverTypeWrapper<UploadModel>;
  ImportFormat: ImportFormat;
  Import: ResolverTypeWrapper<ImportModel>;
  ImportConnection: ResolverTypeWrapper<Omit<ImportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ImportEdge']>, nodes: ReadonlyArray<ResolversTypes['Import']> }>;
  ImportEdge: ResolverTypeWrapper<Omit<ImportEdge, 'node'> & { node: ResolversTypes['Import'] }>;
  RetrievalMetrics: ResolverTypeWrapper<RetrievalMetricsModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PrefixMetrics: ResolverTypeWrapper<Omit<PrefixMetrics, 'metrics'> & { metrics: ResolversTypes['RetrievalMetrics'] }>;
  EncoderKind: EncoderKind;
  Paradigm: Paradigm;
  NegativeSource: NegativeSource;
  MemoryBankLoss: MemoryBankLoss;
  MomentumNegativeSource: MomentumNegativeSource;
  BankInitialisation: BankInitialisation;
  BackendChoice: BackendChoice;
  Backend: Backend;
  LearningRateSchedule: LearningRateSchedule;
  Towers: Towers;
  EncoderSide: EncoderSide;
  Positives: Positives;
  QualityMetric: QualityMetric;
  EncoderConfig: ResolverTypeWrapper<EncoderConfigModel>;
  TextStaticConfig: ResolverTypeWrapper<TextStaticConfigModel>;
  VectorMlpConfig: ResolverTypeWrapper<VectorMlpConfigModel>;
  ImageConvConfig: ResolverTypeWrapper<ImageConvConfigModel>;
  ParadigmConfig: ResolverTypeWrapper<ParadigmConfigModel>;
  InBatchNegativesConfig: ResolverTypeWrapper<InBatchNegativesConfigModel>;
  EndToEndConfig: ResolverTypeWrapper<EndToEndConfigModel>;
  MemoryBankConfig: ResolverTypeWrapper<MemoryBankConfigModel>;
  MomentumEncoderConfig: ResolverTypeWrapper<MomentumEncoderConfigModel>;
  OptimizerConfig: ResolverTypeWrapper<OptimizerConfigModel>;
  AdamWConfig: ResolverTypeWrapper<AdamWConfigModel>;
  SgdConfig: ResolverTypeWrapper<SgdConfigModel>;
  EarlyStoppingConfig: ResolverTypeWrapper<EarlyStoppingConfig>;
  TrainingConfig: ResolverTypeWrapper<TrainingConfigModel>;
  TrainingRun: ResolverTypeWrapper<TrainingRunModel>;
  RunComparison: ResolverTypeWrapper<Omit<RunComparison, 'runs'> & { runs: ReadonlyArray<ResolversTypes['ComparedRun']> }>;
  ComparedRun: ResolverTypeWrapper<ComparedRunModel>;
  CurvePoint: ResolverTypeWrapper<CurvePoint>;
  SettingDifference: ResolverTypeWrapper<SettingDifference>;
  TrainingRunConnection: ResolverTypeWrapper<Omit<TrainingRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TrainingRunEdge']>, nodes: ReadonlyArray<ResolversTypes['TrainingRun']> }>;
  TrainingRunEdge: ResolverTypeWrapper<Omit<TrainingRunEdge, 'node'> & { node: ResolversTypes['TrainingRun'] }>;
  RunEventPage: ResolverTypeWrapper<Omit<RunEventPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['RunEvent']> }>;
  RunEvent: ResolverTypeWrapper<RunEventModel>;
  RunStatusEvent: ResolverTypeWrapper<RunStatusEventModel>;
  RunStepEvent: ResolverTypeWrapper<RunStepEventModel>;
  RunEvaluationEvent: ResolverTypeWrapper<RunEvaluationEventModel>;
  RunCheckpointEvent: ResolverTypeWrapper<RunCheckpointEventModel>;
  RunDiagnosticsEvent: ResolverTypeWrapper<RunDiagnosticsEventModel>;
  Figure: ResolverTypeWrapper<Figure>;
  Histogram: ResolverTypeWrapper<Histogram>;
  RunVerdictEvent: ResolverTypeWrapper<RunVerdictEventModel>;
  Verdict: ResolverTypeWrapper<VerdictModel>;
  Outcome: Outcome;
  RunLogEvent: ResolverTypeWrapper<RunLogEventModel>;
  LogLevel: LogLevel;
  Encoder: ResolverTypeWrapper<EncoderModel>;
  EncoderConnection: ResolverTypeWrapper<Omit<EncoderConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EncoderEdge']>, nodes: ReadonlyArray<ResolversTypes['Encoder']> }>;
  EncoderEdge: ResolverTypeWrapper<Omit<EncoderEdge, 'node'> & { node: ResolversTypes['Encoder'] }>;
  Evaluation: ResolverTypeWrapper<EvaluationModel>;
  IndexVersion: ResolverTypeWrapper<IndexVersionModel>;
  EmbeddingMap: ResolverTypeWrapper<EmbeddingMapModel>;
  MapMethod: MapMethod;
  MapPoint: ResolverTypeWrapper<MapPointModel>;
  EmbeddingMapConnection: ResolverTypeWrapper<Omit<EmbeddingMapConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EmbeddingMapEdge']>, nodes: ReadonlyArray<ResolversTypes['EmbeddingMap']> }>;
  EmbeddingMapEdge: ResolverTypeWrapper<Omit<EmbeddingMapEdge, 'node'> & { node: ResolversTypes['EmbeddingMap'] }>;
  MapPointConnection: ResolverTypeWrapper<Omit<MapPointConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MapPointEdge']>, nodes: ReadonlyArray<ResolversTypes['MapPoint']> }>;
  MapPointEdge: ResolverTypeWrapper<Omit<MapPointEdge, 'node'> & { node: ResolversTypes['MapPoint'] }>;
  IndexRetention: ResolverTypeWrapper<IndexRetention>;
  VectorStorage: VectorStorage;
  IndexTuning: ResolverTypeWrapper<IndexTuning>;
  GraphTrial: ResolverTypeWrapper<GraphTrial>;
  IndexEstimate: ResolverTypeWrapper<IndexEstimateModel>;
  RecallMeasurement: ResolverTypeWrapper<RecallMeasurementModel>;
  IndexLiveState: ResolverTypeWrapper<IndexLiveStateModel>;
  MonitoredRecall: ResolverTypeWrapper<MonitoredRecall>;
  IndexRebuild: ResolverTypeWrapper<IndexRebuildModel>;
  IndexVersionConnection: ResolverTypeWrapper<Omit<IndexVersionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['IndexVersionEdge']>, nodes: ReadonlyArray<ResolversTypes['IndexVersion']> }>;
  IndexVersionEdge: ResolverTypeWrapper<Omit<IndexVersionEdge, 'node'> & { node: ResolversTypes['IndexVersion'] }>;
  IndexAlias: ResolverTypeWrapper<IndexAliasModel>;
  IndexAliasConnection: ResolverTypeWrapper<Omit<IndexAliasConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['IndexAliasEdge']>, nodes: ReadonlyArray<ResolversTypes['IndexAlias']> }>;
  IndexAliasEdge: ResolverTypeWrapper<Omit<IndexAliasEdge, 'node'> & { node: ResolversTypes['IndexAlias'] }>;
  Promotion: ResolverTypeWrapper<PromotionModel>;
  PromotionBasis: PromotionBasis;
  PromotionConnection: ResolverTypeWrapper<Omit<PromotionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PromotionEdge']>, nodes: ReadonlyArray<ResolversTypes['Promotion']> }>;
  PromotionEdge: ResolverTypeWrapper<Omit<PromotionEdge, 'node'> & { node: ResolversTypes['Promotion'] }>;
  SearchStrategy: SearchStrategy;
  SearchResult: ResolverTypeWrapper<SearchResultModel>;
  SearchHit: ResolverTypeWrapper<SearchHitModel>;
  HitExplanation: ResolverTypeWrapper<HitExplanationModel>;
  SearchBatchResult: ResolverTypeWrapper<SearchBatchResultModel>;
  SearchComparison: ResolverTypeWrapper<SearchComparisonModel>;
  ComparedHit: ResolverTypeWrapper<ComparedHitModel>;
  EmbedResult: ResolverTypeWrapper<EmbedResultModel>;
  VectorEncoding: VectorEncoding;
  ServerInfo: ResolverTypeWrapper<ServerInfo>;
  Scope: Scope;
  Viewer: ResolverTypeWrapper<Viewer>;
  ApiKey: ResolverTypeWrapper<ApiKeyModel>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiKey']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  HardNegativeSet: ResolverTypeWrapper<HardNegativeSetModel>;
  HardNegativeSetConnection: ResolverTypeWrapper<Omit<HardNegativeSetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['HardNegativeSetEdge']>, nodes: ReadonlyArray<ResolversTypes['HardNegativeSet']> }>;
  HardNegativeSetEdge: ResolverTypeWrapper<Omit<HardNegativeSetEdge, 'node'> & { node: ResolversTypes['HardNegativeSet'] }>;
  Refinement: ResolverTypeWrapper<RefinementModel>;
  RefinementRound: ResolverTypeWrapper<RefinementRoundModel>;
  NegativeRefresh: ResolverTypeWrapper<NegativeRefreshModel>;
  RefinementConnection: ResolverTypeWrapper<Omit<RefinementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RefinementEdge']>, nodes: ReadonlyArray<ResolversTypes['Refinement']> }>;
  RefinementEdge: ResolverTypeWrapper<Omit<RefinementEdge, 'node'> & { node: ResolversTypes['Refinement'] }>;
  MiningSource: MiningSource;
  MiningCorpus: MiningCorpus;
  MiningStrategy: MiningStrategy;
  MiningReport: ResolverTypeWrapper<MiningReportModel>;
  CandidateCount: ResolverTypeWrapper<CandidateCount>;
  CandidateFate: CandidateFate;
  ScoreQuantiles: ResolverTypeWrapper<ScoreQuantiles>;
  FalseNegativeEstimate: ResolverTypeWrapper<FalseNegativeEstimate>;
  HardNegative: ResolverTypeWrapper<HardNegativeModel>;
  FalseNegativeUse: FalseNegativeUse;
  HardNegativeConnection: ResolverTypeWrapper<Omit<HardNegativeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['HardNegativeEdge']>, nodes: ReadonlyArray<ResolversTypes['HardNegative']> }>;
  HardNegativeEdge: ResolverTypeWrapper<Omit<HardNegativeEdge, 'node'> & { node: ResolversTypes['HardNegative'] }>;
  CreateApiKeyInput: CreateApiKeyInput;
  RevokeApiKeyInput: RevokeApiKeyInput;
  SearchTargetInput: SearchTargetInput;
  AliasTargetInput: AliasTargetInput;
  SearchExampleInput: SearchExampleInput;
  SearchExamplesInput: SearchExamplesInput;
  GroupByInput: GroupByInput;
  DiversityInput: DiversityInput;
  FusionKind: FusionKind;
  HybridInput: HybridInput;
  SearchQueryInput: SearchQueryInput;
  SearchInput: SearchInput;
  SearchBatchInput: SearchBatchInput;
  CompareSearchInput: CompareSearchInput;
  FilterInput: FilterInput;
  LabelConditionInput: LabelConditionInput;
  MetadataConditionInput: MetadataConditionInput;
  EmbedInput: EmbedInput;
  EncoderInput: EncoderInput;
  TextStaticInput: TextStaticInput;
  VectorMlpInput: VectorMlpInput;
  ImageConvInput: ImageConvInput;
  ParadigmInput: ParadigmInput;
  InBatchNegativesInput: InBatchNegativesInput;
  EndToEndInput: EndToEndInput;
  MemoryBankInput: MemoryBankInput;
  MomentumEncoderInput: MomentumEncoderInput;
  OptimizerInput: OptimizerInput;
  AdamWInput: AdamWInput;
  SgdInput: SgdInput;
  EarlyStoppingInput: EarlyStoppingInput;
  StartTrainingInput: StartTrainingInput;
  PauseRunInput: PauseRunInput;
  ResumeRunInput: ResumeRunInput;
  CancelRunInput: CancelRunInput;
  CreateDatasetInput: CreateDatasetInput;
  DeleteDatasetInput: DeleteDatasetInput;
  CreateUploadInput: CreateUploadInput;
  ImportColumnsInput: ImportColumnsInput;
  ImportDatasetInput: ImportDatasetInput;
  UpsertItemInput: UpsertItemInput;
  UpsertItemsInput: UpsertItemsInput;
  DeleteItemsInput: DeleteItemsInput;
  BuildIndexInput: BuildIndexInput;
  TuneIndexInput: TuneIndexInput;
  CancelIndexInput: CancelIndexInput;
  MapIndexInput: MapIndexInput;
  CancelImportInput: CancelImportInput;
  CancelEvaluationInput: CancelEvaluationInput;
  CancelMiningInput: CancelMiningInput;
  CancelRefinementInput: CancelRefinementInput;
  CancelMapInput: CancelMapInput;
  SetRetentionInput: SetRetentionInput;
  RetireIndexesInput: RetireIndexesInput;
  MineHardNegativesInput: MineHardNegativesInput;
  RefinementMiningInput: RefinementMiningInput;
  StartRefinementInput: StartRefinementInput;
  MarkFalseNegativeInput: MarkFalseNegativeInput;
  PromoteIndexInput: PromoteIndexInput;
  RollbackAliasInput: RollbackAliasInput;
  EvaluateInput: EvaluateInput;
  CreateDatasetPayload: ResolverTypeWrapper<Omit<CreateDatasetPayload, 'dataset'> & { dataset?: Maybe<ResolversTypes['Dataset']> }>;
  DeleteDatasetPayload: ResolverTypeWrapper<DeleteDatasetPayload>;
  CreateUploadPayload: ResolverTypeWrapper<Omit<CreateUploadPayload, 'upload'> & { upload?: Maybe<ResolversTypes['Upload']> }>;
  ImportDatasetPayload: ResolverTypeWrapper<Omit<ImportDatasetPayload, 'import'> & { import?: Maybe<ResolversTypes['Import']> }>;
  StartTrainingPayload: ResolverTypeWrapper<Omit<StartTrainingPayload, 'run'> & { run?: Maybe<ResolversTypes['TrainingRun']> }>;
  PauseRunPayload: ResolverTypeWrapper<Omit<PauseRunPayload, 'run'> & { run?: Maybe<ResolversTypes['TrainingRun']> }>;
  ResumeRunPayload: ResolverTypeWrapper<Omit<ResumeRunPayload, 'run'> & { run?: Maybe<ResolversTypes['TrainingRun']> }>;
  CancelRunPayload: ResolverTypeWrapper<Omit<CancelRunPayload, 'run'> & { run?: Maybe<ResolversTypes['TrainingRun']> }>;
  UpsertItemsPayload: ResolverTypeWrapper<Omit<UpsertItemsPayload, 'items' | 'dataset'> & { items?: Maybe<ReadonlyArray<ResolversTypes['Item']>>, dataset?: Maybe<ResolversTypes['Dataset']> }>;
  DeleteItemsPayload: ResolverTypeWrapper<Omit<DeleteItemsPayload, 'dataset'> & { dataset?: Maybe<ResolversTypes['Dataset']> }>;
  BuildIndexPayload: ResolverTypeWrapper<Omit<BuildIndexPayload, 'index'> & { index?: Maybe<ResolversTypes['IndexVersion']> }>;
  TuneIndexPayload: ResolverTypeWrapper<Omit<TuneIndexPayload, 'index'> & { index?: Maybe<ResolversTypes['IndexVersion']> }>;
  SetRetentionPayload: ResolverTypeWrapper<Omit<SetRetentionPayload, 'dataset'> & { dataset?: Maybe<ResolversTypes['Dataset']> }>;
  CancelIndexPayload: ResolverTypeWrapper<Omit<CancelIndexPayload, 'index'> & { index?: Maybe<ResolversTypes['IndexVersion']> }>;
  MapIndexPayload: ResolverTypeWrapper<Omit<MapIndexPayload, 'map'> & { map?: Maybe<ResolversTypes['EmbeddingMap']> }>;
  CancelImportPayload: ResolverTypeWrapper<Omit<CancelImportPayload, 'import'> & { import?: Maybe<ResolversTypes['Import']> }>;
  CancelEvaluationPayload: ResolverTypeWrapper<Omit<CancelEvaluationPayload, 'evaluation'> & { evaluation?: Maybe<ResolversTypes['Evaluation']> }>;
  CancelMiningPayload: ResolverTypeWrapper<Omit<CancelMiningPayload, 'set'> & { set?: Maybe<ResolversTypes['HardNegativeSet']> }>;
  CancelRefinementPayload: ResolverTypeWrapper<Omit<CancelRefinementPayload, 'refinement'> & { refinement?: Maybe<ResolversTypes['Refinement']> }>;
  CancelMapPayload: ResolverTypeWrapper<Omit<CancelMapPayload, 'map'> & { map?: Maybe<ResolversTypes['EmbeddingMap']> }>;
  RetireIndexesPayload: ResolverTypeWrapper<RetireIndexesPayload>;
  MineHardNegativesPayload: ResolverTypeWrapper<Omit<MineHardNegativesPayload, 'set'> & { set?: Maybe<ResolversTypes['HardNegativeSet']> }>;
  StartRefinementPayload: ResolverTypeWrapper<Omit<StartRefinementPayload, 'refinement'> & { refinement?: Maybe<ResolversTypes['Refinement']> }>;
  MarkFalseNegativePayload: ResolverTypeWrapper<Omit<MarkFalseNegativePayload, 'set'> & { set?: Maybe<ResolversTypes['HardNegativeSet']> }>;
  PromoteIndexPayload: ResolverTypeWrapper<Omit<PromoteIndexPayload, 'promotion'> & { promotion?: Maybe<ResolversTypes['Promotion']> }>;
  RollbackAliasPayload: ResolverTypeWrapper<Omit<RollbackAliasPayload, 'promotion'> & { promotion?: Maybe<ResolversTypes['Promotion']> }>;
  EvaluatePayload: ResolverTypeWrapper<Omit<EvaluatePayload, 'evaluation'> & { evaluation?: Maybe<ResolversTypes['Evaluation']> }>;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  SafeInt: Scalars['SafeInt']['output'];
  Vector: Scalars['Vector']['output'];
  FilterValue: Scalars['FilterValue']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  JobError: JobError;
  UserError: UserError;
  Dataset: DatasetModel;
  Int: Scalars['Int']['output'];
  DatasetConnection: Omit<DatasetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DatasetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Dataset']> };
  DatasetEdge: Omit<DatasetEdge, 'node'> & { node: ResolversParentTypes['Dataset'] };
  Item: ItemModel;
  ItemConnection: Omit<ItemConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ItemEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Item']> };
  ItemEdge: Omit<ItemEdge, 'node'> & { node: ResolversParentTypes['Item'] };
  DatasetQuery: DatasetQueryModel;
  DatasetQueryConnection: Omit<DatasetQueryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DatasetQueryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['DatasetQuery']> };
  DatasetQueryEdge: Omit<DatasetQueryEdge, 'node'> & { node: ResolversParentTypes['DatasetQuery'] };
  Judgement: JudgementModel;
  Upload: UploadModel;
  Import: ImportModel;
  ImportConnection: Omit<ImportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ImportEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Import']> };
  ImportEdge: Omit<ImportEdge, 'node'> & { node: ResolversParentTypes['Import'] };
  RetrievalMetrics: RetrievalMetricsModel;
  Float: Scalars['Float']['output'];
  PrefixMetrics: Omit<PrefixMetrics, 'metrics'> & { metrics: ResolversParentTypes['RetrievalMetrics'] };
  EncoderConfig: EncoderConfigModel;
  TextStaticConfig: TextStaticConfigModel;
  VectorMlpConfig: VectorMlpConfigModel;
  ImageConvConfig: ImageConvConfigModel;
  ParadigmConfig: ParadigmConfigModel;
  InBatchNegativesConfig: InBatchNegativesConfigModel;
  EndToEndConfig: EndToEndConfigModel;
  MemoryBankConfig: MemoryBankConfigModel;
  MomentumEncoderConfig: MomentumEncoderConfigModel;
  OptimizerConfig: OptimizerConfigModel;
  AdamWConfig: AdamWConfigModel;
  SgdConfig: SgdConfigModel;
  EarlyStoppingConfig: EarlyStoppingConfig;
  TrainingConfig: TrainingConfigModel;
  TrainingRun: TrainingRunModel;
  RunComparison: Omit<RunComparison, 'runs'> & { runs: ReadonlyArray<ResolversParentTypes['ComparedRun']> };
  ComparedRun: ComparedRunModel;
  CurvePoint: CurvePoint;
  SettingDifference: SettingDifference;
  TrainingRunConnection: Omit<TrainingRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TrainingRunEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TrainingRun']> };
  TrainingRunEdge: Omit<TrainingRunEdge, 'node'> & { node: ResolversParentTypes['TrainingRun'] };
  RunEventPage: Omit<RunEventPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['RunEvent']> };
  RunEvent: RunEventModel;
  RunStatusEvent: RunStatusEventModel;
  RunStepEvent: RunStepEventModel;
  RunEvaluationEvent: RunEvaluationEventModel;
  RunCheckpointEvent: RunCheckpointEventModel;
  RunDiagnosticsEvent: RunDiagnosticsEventModel;
  Figure: Figure;
  Histogram: Histogram;
  RunVerdictEvent: RunVerdictEventModel;
  Verdict: VerdictModel;
  RunLogEvent: RunLogEventModel;
  Encoder: EncoderModel;
  EncoderConnection: Omit<EncoderConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EncoderEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Encoder']> };
  EncoderEdge: Omit<EncoderEdge, 'node'> & { node: ResolversParentTypes['Encoder'] };
  Evaluation: EvaluationModel;
  IndexVersion: IndexVersionModel;
  EmbeddingMap: EmbeddingMapModel;
  MapPoint: MapPointModel;
  EmbeddingMapConnection: Omit<EmbeddingMapConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EmbeddingMapEdge']>, nodes: ReadonlyArray<ResolversParentTypes['EmbeddingMap']> };
  EmbeddingMapEdge: Omit<EmbeddingMapEdge, 'node'> & { node: ResolversParentTypes['EmbeddingMap'] };
  MapPointConnection: Omit<MapPointConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MapPointEdge']>, nodes: ReadonlyArray<ResolversParentTypes['MapPoint']> };
  MapPointEdge: Omit<MapPointEdge, 'node'> & { node: ResolversParentTypes['MapPoint'] };
  IndexRetention: IndexRetention;
  IndexTuning: IndexTuning;
  GraphTrial: GraphTrial;
  IndexEstimate: IndexEstimateModel;
  RecallMeasurement: RecallMeasurementModel;
  IndexLiveState: IndexLiveStateModel;
  MonitoredRecall: MonitoredRecall;
  IndexRebuild: IndexRebuildModel;
  IndexVersionConnection: Omit<IndexVersionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['IndexVersionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['IndexVersion']> };
  IndexVersionEdge: Omit<IndexVersionEdge, 'node'> & { node: ResolversParentTypes['IndexVersion'] };
  IndexAlias: IndexAliasModel;
  IndexAliasConnection: Omit<IndexAliasConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['IndexAliasEdge']>, nodes: ReadonlyArray<ResolversParentTypes['IndexAlias']> };
  IndexAliasEdge: Omit<IndexAliasEdge, 'node'> & { node: ResolversParentTypes['IndexAlias'] };
  Promotion: PromotionModel;
  PromotionConnection: Omit<PromotionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PromotionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Promotion']> };
  PromotionEdge: Omit<PromotionEdge, 'node'> & { node: ResolversParentTypes['Promotion'] };
  SearchResult: SearchResultModel;
  SearchHit: SearchHitModel;
  HitExplanation: HitExplanationModel;
  SearchBatchResult: SearchBatchResultModel;
  SearchComparison: SearchComparisonModel;
  ComparedHit: ComparedHitModel;
  EmbedResult: EmbedResultModel;
  ServerInfo: ServerInfo;
  Viewer: Viewer;
  ApiKey: ApiKeyModel;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiKey']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  HardNegativeSet: HardNegativeSetModel;
  HardNegativeSetConnection: Omit<HardNegativeSetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['HardNegativeSetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['HardNegativeSet']> };
  HardNegativeSetEdge: Omit<HardNegativeSetEdge, 'node'> & { node: ResolversParentTypes['HardNegativeSet'] };
  Refinement: RefinementModel;
  RefinementRound: RefinementRoundModel;
  NegativeRefresh: NegativeRefreshModel;
  RefinementConnection: Omit<RefinementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RefinementEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Refinement']> };
  RefinementEdge: Omit<RefinementEdge, 'node'> & { node: ResolversParentTypes['Refinement'] };
  MiningReport: MiningReportModel;
  CandidateCount: CandidateCount;
  ScoreQuantiles: ScoreQuantiles;
  FalseNegativeEstimate: FalseNegativeEstimate;
  HardNegative: HardNegativeModel;
  HardNegativeConnection: Omit<HardNegativeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['HardNegativeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['HardNegative']> };
  HardNegativeEdge: Omit<HardNegativeEdge, 'node'> & { node: ResolversParentTypes['HardNegative'] };
  CreateApiKeyInput: CreateApiKeyInput;
  RevokeApiKeyInput: RevokeApiKeyInput;
  SearchTargetInput: SearchTargetInput;
  AliasTargetInput: AliasTargetInput;
  SearchExampleInput: SearchExampleInput;
  SearchExamplesInput: SearchExamplesInput;
  GroupByInput: GroupByInput;
  DiversityInput: DiversityInput;
  HybridInput: HybridInput;
  SearchQueryInput: SearchQueryInput;
  SearchInput: SearchInput;
  SearchBatchInput: SearchBatchInput;
  CompareSearchInput: CompareSearchInput;
  FilterInput: FilterInput;
  LabelConditionInput: LabelConditionInput;
  MetadataConditionInput: MetadataConditionInput;
  EmbedInput: EmbedInput;
  EncoderInput: EncoderInput;
  TextStaticInput: TextStaticInput;
  VectorMlpInput: VectorMlpInput;
  ImageConvInput: ImageConvInput;
  ParadigmInput: ParadigmInput;
  InBatchNegativesInput: InBatchNegativesInput;
  EndToEndInput: EndToEndInput;
  MemoryBankInput: MemoryBankInput;
  MomentumEncoderInput: MomentumEncoderInput;
  OptimizerInput: OptimizerInput;
  AdamWInput: AdamWInput;
  SgdInput: SgdInput;
  EarlyStoppingInput: EarlyStoppingInput;
  StartTrainingInput: StartTrainingInput;
  PauseRunInput: PauseRunInput;
  ResumeRunInput: ResumeRunInput;
  CancelRunInput: CancelRunInput;
  CreateDatasetInput: CreateDatasetInput;
  DeleteDatasetInput: DeleteDatasetInput;
  CreateUploadInput: CreateUploadInput;
  ImportColumnsInput: ImportColumnsInput;
  ImportDatasetInput: ImportDatasetInput;
  UpsertItemInput: UpsertItemInput;
  UpsertItemsInput: UpsertItemsInput;
  DeleteItemsInput: DeleteItemsInput;
  BuildIndexInput: BuildIndexInput;
  TuneIndexInput: TuneIndexInput;
  CancelIndexInput: CancelIndexInput;
  MapIndexInput: MapIndexInput;
  CancelImportInput: CancelImportInput;
  CancelEvaluationInput: CancelEvaluationInput;
  CancelMiningInput: CancelMiningInput;
  CancelRefinementInput: CancelRefinementInput;
  CancelMapInput: CancelMapInput;
  SetRetentionInput: SetRetentionInput;
  RetireIndexesInput: RetireIndexesInput;
  MineHardNegativesInput: MineHardNegativesInput;
  RefinementMiningInput: RefinementMiningInput;
  StartRefinementInput: StartRefinementInput;
  MarkFalseNegativeInput: MarkFalseNegativeInput;
  PromoteIndexInput: PromoteIndexInput;
  RollbackAliasInput: RollbackAliasInput;
  EvaluateInput: EvaluateInput;
  CreateDatasetPayload: Omit<CreateDatasetPayload, 'dataset'> & { dataset?: Maybe<ResolversParentTypes['Dataset']> };
  DeleteDatasetPayload: DeleteDatasetPayload;
  CreateUploadPayload: Omit<CreateUploadPayload, 'upload'> & { upload?: Maybe<ResolversParentTypes['Upload']> };
  ImportDatasetPayload: Omit<ImportDatasetPayload, 'import'> & { import?: Maybe<ResolversParentTypes['Import']> };
  StartTrainingPayload: Omit<StartTrainingPayload, 'run'> & { run?: Maybe<ResolversParentTypes['TrainingRun']> };
  PauseRunPayload: Omit<PauseRunPayload, 'run'> & { run?: Maybe<ResolversParentTypes['TrainingRun']> };
  ResumeRunPayload: Omit<ResumeRunPayload, 'run'> & { run?: Maybe<ResolversParentTypes['TrainingRun']> };
  CancelRunPayload: Omit<CancelRunPayload, 'run'> & { run?: Maybe<ResolversParentTypes['TrainingRun']> };
  UpsertItemsPayload: Omit<UpsertItemsPayload, 'items' | 'dataset'> & { items?: Maybe<ReadonlyArray<ResolversParentTypes['Item']>>, dataset?: Maybe<ResolversParentTypes['Dataset']> };
  DeleteItemsPayload: Omit<DeleteItemsPayload, 'dataset'> & { dataset?: Maybe<ResolversParentTypes['Dataset']> };
  BuildIndexPayload: Omit<BuildIndexPayload, 'index'> & { index?: Maybe<ResolversParentTypes['IndexVersion']> };
  TuneIndexPayload: Omit<TuneIndexPayload, 'index'> & { index?: Maybe<ResolversParentTypes['IndexVersion']> };
  SetRetentionPayload: Omit<SetRetentionPayload, 'dataset'> & { dataset?: Maybe<ResolversParentTypes['Dataset']> };
  CancelIndexPayload: Omit<CancelIndexPayload, 'index'> & { index?: Maybe<ResolversParentTypes['IndexVersion']> };
  MapIndexPayload: Omit<MapIndexPayload, 'map'> & { map?: Maybe<ResolversParentTypes['EmbeddingMap']> };
  CancelImportPayload: Omit<CancelImportPayload, 'import'> & { import?: Maybe<ResolversParentTypes['Import']> };
  CancelEvaluationPayload: Omit<CancelEvaluationPayload, 'evaluation'> & { evaluation?: Maybe<ResolversParentTypes['Evaluation']> };
  CancelMiningPayload: Omit<CancelMiningPayload, 'set'> & { set?: Maybe<ResolversParentTypes['HardNegativeSet']> };
  CancelRefinementPayload: Omit<CancelRefinementPayload, 'refinement'> & { refinement?: Maybe<ResolversParentTypes['Refinement']> };
  CancelMapPayload: Omit<CancelMapPayload, 'map'> & { map?: Maybe<ResolversParentTypes['EmbeddingMap']> };
  RetireIndexesPayload: RetireIndexesPayload;
  MineHardNegativesPayload: Omit<MineHardNegativesPayload, 'set'> & { set?: Maybe<ResolversParentTypes['HardNegativeSet']> };
  StartRefinementPayload: Omit<StartRefinementPayload, 'refinement'> & { refinement?: Maybe<ResolversParentTypes['Refinement']> };
  MarkFalseNegativePayload: Omit<MarkFalseNegativePayload, 'set'> & { set?: Maybe<ResolversParentTypes['HardNegativeSet']> };
  PromoteIndexPayload: Omit<PromoteIndexPayload, 'promotion'> & { promotion?: Maybe<ResolversParentTypes['Promotion']> };
  RollbackAliasPayload: Omit<RollbackAliasPayload, 'promotion'> & { promotion?: Maybe<ResolversParentTypes['Promotion']> };
  EvaluatePayload: Omit<EvaluatePayload, 'evaluation'> & { evaluation?: Maybe<ResolversParentTypes['Evaluation']> };
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export interface VectorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Vector'], any> {
  name: 'Vector';
}

export interface FilterValueScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['FilterValue'], any> {
  name: 'FilterValue';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'Dataset' | 'Item' | 'DatasetQuery' | 'Upload' | 'Import' | 'TrainingRun' | 'Encoder' | 'Evaluation' | 'IndexVersion' | 'EmbeddingMap' | 'IndexAlias' | 'Promotion' | 'ApiKey' | 'HardNegativeSet' | 'Refinement', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type JobErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobError'] = ResolversParentTypes['JobError']> = {
  code?: Resolver<ResolversTypes['JobErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
};

export type DatasetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DatasetKind'], ParentType, ContextType>;
  dimensions?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relevanceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType, RequireFields<DatasetItemArgs, 'externalId'>>;
  items?: Resolver<ResolversTypes['ItemConnection'], ParentType, ContextType, RequireFields<DatasetItemsArgs, 'first'>>;
  queries?: Resolver<ResolversTypes['DatasetQueryConnection'], ParentType, ContextType, RequireFields<DatasetQueriesArgs, 'first'>>;
  exportUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<DatasetExportUrlArgs, 'content' | 'format'>>;
  imports?: Resolver<ResolversTypes['ImportConnection'], ParentType, ContextType, RequireFields<DatasetImportsArgs, 'first'>>;
  runs?: Resolver<ResolversTypes['TrainingRunConnection'], ParentType, ContextType, RequireFields<DatasetRunsArgs, 'first'>>;
  indexes?: Resolver<ResolversTypes['IndexVersionConnection'], ParentType, ContextType, RequireFields<DatasetIndexesArgs, 'first'>>;
  refinements?: Resolver<ResolversTypes['RefinementConnection'], ParentType, ContextType, RequireFields<DatasetRefinementsArgs, 'first'>>;
  hardNegativeSets?: Resolver<ResolversTypes['HardNegativeSetConnection'], ParentType, ContextType, RequireFields<DatasetHardNegativeSetsArgs, 'first'>>;
  aliases?: Resolver<ResolversTypes['IndexAliasConnection'], ParentType, ContextType, RequireFields<DatasetAliasesArgs, 'first'>>;
  retention?: Resolver<Maybe<ResolversTypes['IndexRetention']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DatasetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DatasetConnection'] = ResolversParentTypes['DatasetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DatasetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DatasetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DatasetEdge'] = ResolversParentTypes['DatasetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
};

export type ItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Item'] = ResolversParentTypes['Item']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemConnection'] = ResolversParentTypes['ItemConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ItemEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Item']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemEdge'] = ResolversParentTypes['ItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Item'], ParentType, ContextType>;
};

export type DatasetQueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DatasetQuery'] = ResolversParentTypes['DatasetQuery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  split?: Resolver<ResolversTypes['Split'], ParentType, ContextType>;
  relevant?: Resolver<ReadonlyArray<ResolversTypes['Judgement']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DatasetQueryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DatasetQueryConnection'] = ResolversParentTypes['DatasetQueryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DatasetQueryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DatasetQuery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DatasetQueryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DatasetQueryEdge'] = ResolversParentTypes['DatasetQueryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DatasetQuery'], ParentType, ContextType>;
};

export type JudgementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Judgement'] = ResolversParentTypes['Judgement']> = {
  item?: Resolver<ResolversTypes['Item'], ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  sha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Import'] = ResolversParentTypes['Import']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  rowsRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowsSkipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  itemsAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  itemsUpdated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queriesAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relevanceAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  reportUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportConnection'] = ResolversParentTypes['ImportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Import']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImportEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportEdge'] = ResolversParentTypes['ImportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Import'], ParentType, ContextType>;
};

export type RetrievalMetricsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetrievalMetrics'] = ResolversParentTypes['RetrievalMetrics']> = {
  queries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queriesWithoutPositives?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  corpus?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accuracyAt1?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  recallAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType, RequireFields<RetrievalMetricsRecallAtArgs, 'k'>>;
  mrrAt10?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  ndcgAt10?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  mapAt100?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  knnAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  prefixes?: Resolver<ReadonlyArray<ResolversTypes['PrefixMetrics']>, ParentType, ContextType>;
};

export type PrefixMetricsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PrefixMetrics'] = ResolversParentTypes['PrefixMetrics']> = {
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  metrics?: Resolver<ResolversTypes['RetrievalMetrics'], ParentType, ContextType>;
};

export type EncoderConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EncoderConfig'] = ResolversParentTypes['EncoderConfig']> = {
  __resolveType?: TypeResolveFn<'TextStaticConfig' | 'VectorMlpConfig' | 'ImageConvConfig', ParentType, ContextType>;
};

export type TextStaticConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextStaticConfig'] = ResolversParentTypes['TextStaticConfig']> = {
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  vocabularySize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxTokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VectorMlpConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VectorMlpConfig'] = ResolversParentTypes['VectorMlpConfig']> = {
  dimensions?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  hidden?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageConvConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageConvConfig'] = ResolversParentTypes['ImageConvConfig']> = {
  size?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  filters?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ParadigmConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParadigmConfig'] = ResolversParentTypes['ParadigmConfig']> = {
  __resolveType?: TypeResolveFn<'InBatchNegativesConfig' | 'EndToEndConfig' | 'MemoryBankConfig' | 'MomentumEncoderConfig', ParentType, ContextType>;
};

export type InBatchNegativesConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InBatchNegativesConfig'] = ResolversParentTypes['InBatchNegativesConfig']> = {
  temperature?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  learnTemperature?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  symmetric?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hardNegatives?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maskEqualLabel?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  gradCacheChunk?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  guideEncoderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  guideMargin?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EndToEndConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EndToEndConfig'] = ResolversParentTypes['EndToEndConfig']> = {
  negatives?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  negativesFrom?: Resolver<ResolversTypes['NegativeSource'], ParentType, ContextType>;
  shareNegatives?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  temperature?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  learnTemperature?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemoryBankConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemoryBankConfig'] = ResolversParentTypes['MemoryBankConfig']> = {
  negatives?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  loss?: Resolver<ResolversTypes['MemoryBankLoss'], ParentType, ContextType>;
  shareNegatives?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  temperature?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  bankMomentum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  initialise?: Resolver<ResolversTypes['BankInitialisation'], ParentType, ContextType>;
  proximalWeight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hardFraction?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MomentumEncoderConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MomentumEncoderConfig'] = ResolversParentTypes['MomentumEncoderConfig']> = {
  negativesFrom?: Resolver<ResolversTypes['MomentumNegativeSource'], ParentType, ContextType>;
  queueSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  momentum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rampMomentum?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  symmetric?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  predictor?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  temperature?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  maskEqualLabel?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hardFraction?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OptimizerConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OptimizerConfig'] = ResolversParentTypes['OptimizerConfig']> = {
  __resolveType?: TypeResolveFn<'AdamWConfig' | 'SgdConfig', ParentType, ContextType>;
};

export type AdamWConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdamWConfig'] = ResolversParentTypes['AdamWConfig']> = {
  weightDecay?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  beta1?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  beta2?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  epsilon?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SgdConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SgdConfig'] = ResolversParentTypes['SgdConfig']> = {
  weightDecay?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  momentum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarlyStoppingConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EarlyStoppingConfig'] = ResolversParentTypes['EarlyStoppingConfig']> = {
  patience?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minDelta?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type TrainingConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrainingConfig'] = ResolversParentTypes['TrainingConfig']> = {
  encoder?: Resolver<ResolversTypes['EncoderConfig'], ParentType, ContextType>;
  paradigm?: Resolver<ResolversTypes['ParadigmConfig'], ParentType, ContextType>;
  towers?: Resolver<ResolversTypes['Towers'], ParentType, ContextType>;
  positives?: Resolver<ResolversTypes['Positives'], ParentType, ContextType>;
  matryoshka?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  batchSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accumulateSteps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  epochs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxSteps?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  learningRate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  warmupFraction?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  schedule?: Resolver<ResolversTypes['LearningRateSchedule'], ParentType, ContextType>;
  optimizer?: Resolver<ResolversTypes['OptimizerConfig'], ParentType, ContextType>;
  clipNorm?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  evaluateEvery?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  diagnosticsEvery?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  checkpointEvery?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  keepCheckpoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['QualityMetric'], ParentType, ContextType>;
  earlyStopping?: Resolver<Maybe<ResolversTypes['EarlyStoppingConfig']>, ParentType, ContextType>;
  validationFraction?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  backend?: Resolver<ResolversTypes['BackendChoice'], ParentType, ContextType>;
  hardNegativeSet?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
};

export type TrainingRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrainingRun'] = ResolversParentTypes['TrainingRun']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  paradigm?: Resolver<ResolversTypes['Paradigm'], ParentType, ContextType>;
  config?: Resolver<ResolversTypes['TrainingConfig'], ParentType, ContextType>;
  datasetHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  backend?: Resolver<Maybe<ResolversTypes['Backend']>, ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalSteps?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  baseline?: Resolver<Maybe<ResolversTypes['RetrievalMetrics']>, ParentType, ContextType>;
  best?: Resolver<Maybe<ResolversTypes['RetrievalMetrics']>, ParentType, ContextType>;
  verdict?: Resolver<Maybe<ResolversTypes['Verdict']>, ParentType, ContextType>;
  pauseRequestedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['RunEventPage'], ParentType, ContextType, RequireFields<TrainingRunEventsArgs, 'after' | 'first'>>;
  encoder?: Resolver<Maybe<ResolversTypes['Encoder']>, ParentType, ContextType>;
  refinement?: Resolver<Maybe<ResolversTypes['Refinement']>, ParentType, ContextType>;
  refinementRound?: Resolver<Maybe<ResolversTypes['RefinementRound']>, ParentType, ContextType>;
  refreshes?: Resolver<ReadonlyArray<ResolversTypes['NegativeRefresh']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunComparison'] = ResolversParentTypes['RunComparison']> = {
  runs?: Resolver<ReadonlyArray<ResolversTypes['ComparedRun']>, ParentType, ContextType>;
  differences?: Resolver<ReadonlyArray<ResolversTypes['SettingDifference']>, ParentType, ContextType>;
};

export type ComparedRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ComparedRun'] = ResolversParentTypes['ComparedRun']> = {
  run?: Resolver<ResolversTypes['TrainingRun'], ParentType, ContextType>;
  curve?: Resolver<ReadonlyArray<ResolversTypes['CurvePoint']>, ParentType, ContextType>;
  seconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  pairsPerSecond?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  peakMemoryBytes?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  negativesPerQuery?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  encodings?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type CurvePointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CurvePoint'] = ResolversParentTypes['CurvePoint']> = {
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  loss?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  quality?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SettingDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SettingDifference'] = ResolversParentTypes['SettingDifference']> = {
  setting?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<Maybe<ResolversTypes['JSON']>>, ParentType, ContextType>;
};

export type TrainingRunConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrainingRunConnection'] = ResolversParentTypes['TrainingRunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TrainingRunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TrainingRunEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrainingRunEdge'] = ResolversParentTypes['TrainingRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TrainingRun'], ParentType, ContextType>;
};

export type RunEventPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunEventPage'] = ResolversParentTypes['RunEventPage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['RunEvent']>, ParentType, ContextType>;
  lastSequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RunEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunEvent'] = ResolversParentTypes['RunEvent']> = {
  __resolveType?: TypeResolveFn<'RunStatusEvent' | 'RunStepEvent' | 'RunEvaluationEvent' | 'RunCheckpointEvent' | 'RunDiagnosticsEvent' | 'RunVerdictEvent' | 'RunLogEvent', ParentType, ContextType>;
};

export type RunStatusEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunStatusEvent'] = ResolversParentTypes['RunStatusEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunStepEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunStepEvent'] = ResolversParentTypes['RunStepEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  loss?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  learningRate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  pairsPerSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunEvaluationEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunEvaluationEvent'] = ResolversParentTypes['RunEvaluationEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  split?: Resolver<ResolversTypes['Split'], ParentType, ContextType>;
  baseline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  metrics?: Resolver<ResolversTypes['RetrievalMetrics'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunCheckpointEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunCheckpointEvent'] = ResolversParentTypes['RunCheckpointEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunDiagnosticsEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunDiagnosticsEvent'] = ResolversParentTypes['RunDiagnosticsEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  figures?: Resolver<ReadonlyArray<ResolversTypes['Figure']>, ParentType, ContextType>;
  histograms?: Resolver<ReadonlyArray<ResolversTypes['Histogram']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FigureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Figure'] = ResolversParentTypes['Figure']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HistogramResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Histogram'] = ResolversParentTypes['Histogram']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  counts?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type RunVerdictEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunVerdictEvent'] = ResolversParentTypes['RunVerdictEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VerdictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Verdict'] = ResolversParentTypes['Verdict']> = {
  outcome?: Resolver<ResolversTypes['Outcome'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['QualityMetric'], ParentType, ContextType>;
  baseline?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  best?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  queries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunLogEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunLogEvent'] = ResolversParentTypes['RunLogEvent']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['LogLevel'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EncoderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Encoder'] = ResolversParentTypes['Encoder']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EncoderKind'], ParentType, ContextType>;
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  card?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EncoderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EncoderConnection'] = ResolversParentTypes['EncoderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EncoderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Encoder']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EncoderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EncoderEdge'] = ResolversParentTypes['EncoderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Encoder'], ParentType, ContextType>;
};

export type EvaluationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Evaluation'] = ResolversParentTypes['Evaluation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  encoder?: Resolver<ResolversTypes['Encoder'], ParentType, ContextType>;
  split?: Resolver<ResolversTypes['Split'], ParentType, ContextType>;
  metrics?: Resolver<Maybe<ResolversTypes['RetrievalMetrics']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IndexVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexVersion'] = ResolversParentTypes['IndexVersion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  encoder?: Resolver<ResolversTypes['Encoder'], ParentType, ContextType>;
  m?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  efConstruction?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  efSearch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  storage?: Resolver<ResolversTypes['VectorStorage'], ParentType, ContextType>;
  tuning?: Resolver<Maybe<ResolversTypes['IndexTuning']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  built?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recallAt10?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  recallLoss?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  datasetHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  live?: Resolver<Maybe<ResolversTypes['IndexLiveState']>, ParentType, ContextType>;
  maps?: Resolver<ResolversTypes['EmbeddingMapConnection'], ParentType, ContextType, RequireFields<IndexVersionMapsArgs, 'first'>>;
  bytes?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  exportUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<IndexVersionExportUrlArgs, 'format'>>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmbeddingMapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmbeddingMap'] = ResolversParentTypes['EmbeddingMap']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['IndexVersion'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['MapMethod'], ParentType, ContextType>;
  sample?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  neighbors?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minDistance?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  generation?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  explainedVariance?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Float']>>, ParentType, ContextType>;
  trustworthiness?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['MapPointConnection'], ParentType, ContextType, RequireFields<EmbeddingMapPointsArgs, 'first'>>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MapPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MapPoint'] = ResolversParentTypes['MapPoint']> = {
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
};

export type EmbeddingMapConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmbeddingMapConnection'] = ResolversParentTypes['EmbeddingMapConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EmbeddingMapEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['EmbeddingMap']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EmbeddingMapEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmbeddingMapEdge'] = ResolversParentTypes['EmbeddingMapEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EmbeddingMap'], ParentType, ContextType>;
};

export type MapPointConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MapPointConnection'] = ResolversParentTypes['MapPointConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MapPointEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['MapPoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MapPointEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MapPointEdge'] = ResolversParentTypes['MapPointEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MapPoint'], ParentType, ContextType>;
};

export type IndexRetentionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexRetention'] = ResolversParentTypes['IndexRetention']> = {
  keepVersions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  keepDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IndexTuningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexTuning'] = ResolversParentTypes['IndexTuning']> = {
  targetRecall?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  reached?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  trials?: Resolver<ReadonlyArray<ResolversTypes['GraphTrial']>, ParentType, ContextType>;
};

export type GraphTrialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GraphTrial'] = ResolversParentTypes['GraphTrial']> = {
  m?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  efConstruction?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  efSearch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recallAt10?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  searchMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  buildSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type IndexEstimateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexEstimate'] = ResolversParentTypes['IndexEstimate']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  memoryBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  buildMemoryBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  diskBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  memoryLimitBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  freeDiskBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RecallMeasurementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecallMeasurement'] = ResolversParentTypes['RecallMeasurement']> = {
  recall?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  searches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  k?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ef?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  strategy?: Resolver<ResolversTypes['SearchStrategy'], ParentType, ContextType>;
  tookMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type IndexLiveStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexLiveState'] = ResolversParentTypes['IndexLiveState']> = {
  tail?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tombstones?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tombstoneRatio?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rebuild?: Resolver<Maybe<ResolversTypes['IndexRebuild']>, ParentType, ContextType>;
  recall?: Resolver<Maybe<ResolversTypes['MonitoredRecall']>, ParentType, ContextType>;
};

export type MonitoredRecallResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MonitoredRecall'] = ResolversParentTypes['MonitoredRecall']> = {
  samples?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recall?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type IndexRebuildResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexRebuild'] = ResolversParentTypes['IndexRebuild']> = {
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  built?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type IndexVersionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexVersionConnection'] = ResolversParentTypes['IndexVersionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['IndexVersionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type IndexVersionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexVersionEdge'] = ResolversParentTypes['IndexVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['IndexVersion'], ParentType, ContextType>;
};

export type IndexAliasResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexAlias'] = ResolversParentTypes['IndexAlias']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['IndexVersion'], ParentType, ContextType>;
  previous?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  movedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  promotions?: Resolver<ResolversTypes['PromotionConnection'], ParentType, ContextType, RequireFields<IndexAliasPromotionsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IndexAliasConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexAliasConnection'] = ResolversParentTypes['IndexAliasConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['IndexAliasEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['IndexAlias']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type IndexAliasEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IndexAliasEdge'] = ResolversParentTypes['IndexAliasEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['IndexAlias'], ParentType, ContextType>;
};

export type PromotionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Promotion'] = ResolversParentTypes['Promotion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  alias?: Resolver<ResolversTypes['IndexAlias'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['IndexVersion'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  basis?: Resolver<ResolversTypes['PromotionBasis'], ParentType, ContextType>;
  moved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  overrideReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verdict?: Resolver<Maybe<ResolversTypes['Verdict']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PromotionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionConnection'] = ResolversParentTypes['PromotionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PromotionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Promotion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PromotionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionEdge'] = ResolversParentTypes['PromotionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Promotion'], ParentType, ContextType>;
};

export type SearchResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchResult'] = ResolversParentTypes['SearchResult']> = {
  hits?: Resolver<ReadonlyArray<ResolversTypes['SearchHit']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['IndexVersion'], ParentType, ContextType>;
  strategy?: Resolver<ResolversTypes['SearchStrategy'], ParentType, ContextType>;
  candidates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exhausted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tookMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SearchHitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchHit'] = ResolversParentTypes['SearchHit']> = {
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  item?: Resolver<ResolversTypes['Item'], ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  explain?: Resolver<ResolversTypes['HitExplanation'], ParentType, ContextType>;
};

export type HitExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HitExplanation'] = ResolversParentTypes['HitExplanation']> = {
  rankedBy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  vectorScore?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  vectorRank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lexicalScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lexicalRank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  matchedTerms?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  fromTail?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  itemRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchBatchResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchBatchResult'] = ResolversParentTypes['SearchBatchResult']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['SearchResult']>, ParentType, ContextType>;
  tookMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SearchComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchComparison'] = ResolversParentTypes['SearchComparison']> = {
  first?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType>;
  second?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType>;
  overlap?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['ComparedHit']>, ParentType, ContextType>;
};

export type ComparedHitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ComparedHit'] = ResolversParentTypes['ComparedHit']> = {
  item?: Resolver<ResolversTypes['Item'], ParentType, ContextType>;
  firstRank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  secondRank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EmbedResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmbedResult'] = ResolversParentTypes['EmbedResult']> = {
  encoder?: Resolver<ResolversTypes['Encoder'], ParentType, ContextType>;
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  vectors?: Resolver<ReadonlyArray<ResolversTypes['Vector']>, ParentType, ContextType, RequireFields<EmbedResultVectorsArgs, 'encoding'>>;
};

export type ServerInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServerInfo'] = ResolversParentTypes['ServerInfo']> = {
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  databaseReachable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  runsJobs?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type HardNegativeSetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HardNegativeSet'] = ResolversParentTypes['HardNegativeSet']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['MiningSource'], ParentType, ContextType>;
  encoder?: Resolver<Maybe<ResolversTypes['Encoder']>, ParentType, ContextType>;
  index?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  judge?: Resolver<Maybe<ResolversTypes['Encoder']>, ParentType, ContextType>;
  positives?: Resolver<ResolversTypes['Positives'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  queriesDone?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queriesTotal?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  candidates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['MiningReport']>, ParentType, ContextType>;
  datasetHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exportUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<HardNegativeSetExportUrlArgs, 'format'>>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HardNegativeSetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HardNegativeSetConnection'] = ResolversParentTypes['HardNegativeSetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HardNegativeSetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HardNegativeSetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HardNegativeSetEdge'] = ResolversParentTypes['HardNegativeSetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HardNegativeSet'], ParentType, ContextType>;
};

export type RefinementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refinement'] = ResolversParentTypes['Refinement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  roundsWanted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rounds?: Resolver<ReadonlyArray<ResolversTypes['RefinementRound']>, ParentType, ContextType>;
  asynchronous?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mining?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  encoder?: Resolver<Maybe<ResolversTypes['Encoder']>, ParentType, ContextType>;
  index?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefinementRoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefinementRound'] = ResolversParentTypes['RefinementRound']> = {
  round?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minedWith?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  hardNegativeSet?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  encoder?: Resolver<Maybe<ResolversTypes['Encoder']>, ParentType, ContextType>;
  verdict?: Resolver<Maybe<ResolversTypes['Verdict']>, ParentType, ContextType>;
  taken?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type NegativeRefreshResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NegativeRefresh'] = ResolversParentTypes['NegativeRefresh']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minedAt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  takenAt?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  hardNegativeSet?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
};

export type RefinementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefinementConnection'] = ResolversParentTypes['RefinementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RefinementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Refinement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RefinementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefinementEdge'] = ResolversParentTypes['RefinementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Refinement'], ParentType, ContextType>;
};

export type MiningReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MiningReport'] = ResolversParentTypes['MiningReport']> = {
  queries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queriesWithoutPositives?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queriesWithTooFew?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queriesWithNone?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fates?: Resolver<ReadonlyArray<ResolversTypes['CandidateCount']>, ParentType, ContextType>;
  positiveScores?: Resolver<Maybe<ResolversTypes['ScoreQuantiles']>, ParentType, ContextType>;
  negativeScores?: Resolver<Maybe<ResolversTypes['ScoreQuantiles']>, ParentType, ContextType>;
  differences?: Resolver<Maybe<ResolversTypes['ScoreQuantiles']>, ParentType, ContextType>;
  meanRank?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  falseNegatives?: Resolver<Maybe<ResolversTypes['FalseNegativeEstimate']>, ParentType, ContextType>;
};

export type CandidateCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateCount'] = ResolversParentTypes['CandidateCount']> = {
  fate?: Resolver<ResolversTypes['CandidateFate'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type ScoreQuantilesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScoreQuantiles'] = ResolversParentTypes['ScoreQuantiles']> = {
  minimum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  q05?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  q25?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  median?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  q75?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  q95?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FalseNegativeEstimateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FalseNegativeEstimate'] = ResolversParentTypes['FalseNegativeEstimate']> = {
  tested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HardNegativeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HardNegative'] = ResolversParentTypes['HardNegative']> = {
  query?: Resolver<Maybe<ResolversTypes['DatasetQuery']>, ParentType, ContextType>;
  queryItem?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  positiveScore?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  fate?: Resolver<ResolversTypes['CandidateFate'], ParentType, ContextType>;
  marked?: Resolver<Maybe<ResolversTypes['FalseNegativeUse']>, ParentType, ContextType>;
};

export type HardNegativeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HardNegativeConnection'] = ResolversParentTypes['HardNegativeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HardNegativeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['HardNegative']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HardNegativeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HardNegativeEdge'] = ResolversParentTypes['HardNegativeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HardNegative'], ParentType, ContextType>;
};

export type CreateDatasetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateDatasetPayload'] = ResolversParentTypes['CreateDatasetPayload']> = {
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteDatasetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteDatasetPayload'] = ResolversParentTypes['DeleteDatasetPayload']> = {
  deletedDatasetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateUploadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateUploadPayload'] = ResolversParentTypes['CreateUploadPayload']> = {
  upload?: Resolver<Maybe<ResolversTypes['Upload']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportDatasetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportDatasetPayload'] = ResolversParentTypes['ImportDatasetPayload']> = {
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StartTrainingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartTrainingPayload'] = ResolversParentTypes['StartTrainingPayload']> = {
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PauseRunPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PauseRunPayload'] = ResolversParentTypes['PauseRunPayload']> = {
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResumeRunPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeRunPayload'] = ResolversParentTypes['ResumeRunPayload']> = {
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelRunPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelRunPayload'] = ResolversParentTypes['CancelRunPayload']> = {
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertItemsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertItemsPayload'] = ResolversParentTypes['UpsertItemsPayload']> = {
  items?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Item']>>, ParentType, ContextType>;
  added?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteItemsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteItemsPayload'] = ResolversParentTypes['DeleteItemsPayload']> = {
  deletedItemIds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BuildIndexPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BuildIndexPayload'] = ResolversParentTypes['BuildIndexPayload']> = {
  index?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TuneIndexPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TuneIndexPayload'] = ResolversParentTypes['TuneIndexPayload']> = {
  index?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetRetentionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetRetentionPayload'] = ResolversParentTypes['SetRetentionPayload']> = {
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelIndexPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelIndexPayload'] = ResolversParentTypes['CancelIndexPayload']> = {
  index?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MapIndexPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MapIndexPayload'] = ResolversParentTypes['MapIndexPayload']> = {
  map?: Resolver<Maybe<ResolversTypes['EmbeddingMap']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelImportPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelImportPayload'] = ResolversParentTypes['CancelImportPayload']> = {
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelEvaluationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelEvaluationPayload'] = ResolversParentTypes['CancelEvaluationPayload']> = {
  evaluation?: Resolver<Maybe<ResolversTypes['Evaluation']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelMiningPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelMiningPayload'] = ResolversParentTypes['CancelMiningPayload']> = {
  set?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelRefinementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelRefinementPayload'] = ResolversParentTypes['CancelRefinementPayload']> = {
  refinement?: Resolver<Maybe<ResolversTypes['Refinement']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelMapPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelMapPayload'] = ResolversParentTypes['CancelMapPayload']> = {
  map?: Resolver<Maybe<ResolversTypes['EmbeddingMap']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetireIndexesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetireIndexesPayload'] = ResolversParentTypes['RetireIndexesPayload']> = {
  deletedIndexIds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  freedBytes?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MineHardNegativesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MineHardNegativesPayload'] = ResolversParentTypes['MineHardNegativesPayload']> = {
  set?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StartRefinementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartRefinementPayload'] = ResolversParentTypes['StartRefinementPayload']> = {
  refinement?: Resolver<Maybe<ResolversTypes['Refinement']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MarkFalseNegativePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkFalseNegativePayload'] = ResolversParentTypes['MarkFalseNegativePayload']> = {
  set?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PromoteIndexPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromoteIndexPayload'] = ResolversParentTypes['PromoteIndexPayload']> = {
  promotion?: Resolver<Maybe<ResolversTypes['Promotion']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RollbackAliasPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RollbackAliasPayload'] = ResolversParentTypes['RollbackAliasPayload']> = {
  promotion?: Resolver<Maybe<ResolversTypes['Promotion']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EvaluatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvaluatePayload'] = ResolversParentTypes['EvaluatePayload']> = {
  evaluation?: Resolver<Maybe<ResolversTypes['Evaluation']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType, Partial<QueryDatasetArgs>>;
  datasets?: Resolver<ResolversTypes['DatasetConnection'], ParentType, ContextType, RequireFields<QueryDatasetsArgs, 'first'>>;
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType, RequireFields<QueryImportArgs, 'id'>>;
  run?: Resolver<Maybe<ResolversTypes['TrainingRun']>, ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  compareRuns?: Resolver<ResolversTypes['RunComparison'], ParentType, ContextType, RequireFields<QueryCompareRunsArgs, 'ids'>>;
  runs?: Resolver<ResolversTypes['TrainingRunConnection'], ParentType, ContextType, RequireFields<QueryRunsArgs, 'first'>>;
  encoder?: Resolver<Maybe<ResolversTypes['Encoder']>, ParentType, ContextType, RequireFields<QueryEncoderArgs, 'id'>>;
  encoders?: Resolver<ResolversTypes['EncoderConnection'], ParentType, ContextType, RequireFields<QueryEncodersArgs, 'first'>>;
  index?: Resolver<Maybe<ResolversTypes['IndexVersion']>, ParentType, ContextType, RequireFields<QueryIndexArgs, 'id'>>;
  indexes?: Resolver<ResolversTypes['IndexVersionConnection'], ParentType, ContextType, RequireFields<QueryIndexesArgs, 'first'>>;
  refinement?: Resolver<Maybe<ResolversTypes['Refinement']>, ParentType, ContextType, RequireFields<QueryRefinementArgs, 'id'>>;
  hardNegativeSet?: Resolver<Maybe<ResolversTypes['HardNegativeSet']>, ParentType, ContextType, RequireFields<QueryHardNegativeSetArgs, 'id'>>;
  hardNegatives?: Resolver<ResolversTypes['HardNegativeConnection'], ParentType, ContextType, RequireFields<QueryHardNegativesArgs, 'setId' | 'first'>>;
  estimateIndex?: Resolver<ResolversTypes['IndexEstimate'], ParentType, ContextType, RequireFields<QueryEstimateIndexArgs, 'input'>>;
  measureRecall?: Resolver<ResolversTypes['RecallMeasurement'], ParentType, ContextType, RequireFields<QueryMeasureRecallArgs, 'indexId' | 'sample' | 'k'>>;
  alias?: Resolver<Maybe<ResolversTypes['IndexAlias']>, ParentType, ContextType, RequireFields<QueryAliasArgs, 'id'>>;
  promotion?: Resolver<Maybe<ResolversTypes['Promotion']>, ParentType, ContextType, RequireFields<QueryPromotionArgs, 'id'>>;
  embeddingMap?: Resolver<Maybe<ResolversTypes['EmbeddingMap']>, ParentType, ContextType, RequireFields<QueryEmbeddingMapArgs, 'id'>>;
  evaluation?: Resolver<Maybe<ResolversTypes['Evaluation']>, ParentType, ContextType, RequireFields<QueryEvaluationArgs, 'id'>>;
  search?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType, RequireFields<QuerySearchArgs, 'input'>>;
  searchBatch?: Resolver<ResolversTypes['SearchBatchResult'], ParentType, ContextType, RequireFields<QuerySearchBatchArgs, 'input'>>;
  compareSearch?: Resolver<ResolversTypes['SearchComparison'], ParentType, ContextType, RequireFields<QueryCompareSearchArgs, 'input'>>;
  embed?: Resolver<ResolversTypes['EmbedResult'], ParentType, ContextType, RequireFields<QueryEmbedArgs, 'input'>>;
  server?: Resolver<ResolversTypes['ServerInfo'], ParentType, ContextType>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  apiKeys?: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, RequireFields<QueryApiKeysArgs, 'first'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createDataset?: Resolver<ResolversTypes['CreateDatasetPayload'], ParentType, ContextType, RequireFields<MutationCreateDatasetArgs, 'input'>>;
  deleteDataset?: Resolver<ResolversTypes['DeleteDatasetPayload'], ParentType, ContextType, RequireFields<MutationDeleteDatasetArgs, 'input'>>;
  createUpload?: Resolver<ResolversTypes['CreateUploadPayload'], ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'input'>>;
  importDataset?: Resolver<ResolversTypes['ImportDatasetPayload'], ParentType, ContextType, RequireFields<MutationImportDatasetArgs, 'input'>>;
  startTraining?: Resolver<ResolversTypes['StartTrainingPayload'], ParentType, ContextType, RequireFields<MutationStartTrainingArgs, 'input'>>;
  pauseRun?: Resolver<ResolversTypes['PauseRunPayload'], ParentType, ContextType, RequireFields<MutationPauseRunArgs, 'input'>>;
  resumeRun?: Resolver<ResolversTypes['ResumeRunPayload'], ParentType, ContextType, RequireFields<MutationResumeRunArgs, 'input'>>;
  cancelRun?: Resolver<ResolversTypes['CancelRunPayload'], ParentType, ContextType, RequireFields<MutationCancelRunArgs, 'input'>>;
  upsertItems?: Resolver<ResolversTypes['UpsertItemsPayload'], ParentType, ContextType, RequireFields<MutationUpsertItemsArgs, 'input'>>;
  deleteItems?: Resolver<ResolversTypes['DeleteItemsPayload'], ParentType, ContextType, RequireFields<MutationDeleteItemsArgs, 'input'>>;
  buildIndex?: Resolver<ResolversTypes['BuildIndexPayload'], ParentType, ContextType, RequireFields<MutationBuildIndexArgs, 'input'>>;
  tuneIndex?: Resolver<ResolversTypes['TuneIndexPayload'], ParentType, ContextType, RequireFields<MutationTuneIndexArgs, 'input'>>;
  retireIndexes?: Resolver<ResolversTypes['RetireIndexesPayload'], ParentType, ContextType, RequireFields<MutationRetireIndexesArgs, 'input'>>;
  setRetention?: Resolver<ResolversTypes['SetRetentionPayload'], ParentType, ContextType, RequireFields<MutationSetRetentionArgs, 'input'>>;
  cancelIndex?: Resolver<ResolversTypes['CancelIndexPayload'], ParentType, ContextType, RequireFields<MutationCancelIndexArgs, 'input'>>;
  mapIndex?: Resolver<ResolversTypes['MapIndexPayload'], ParentType, ContextType, RequireFields<MutationMapIndexArgs, 'input'>>;
  cancelImport?: Resolver<ResolversTypes['CancelImportPayload'], ParentType, ContextType, RequireFields<MutationCancelImportArgs, 'input'>>;
  cancelEvaluation?: Resolver<ResolversTypes['CancelEvaluationPayload'], ParentType, ContextType, RequireFields<MutationCancelEvaluationArgs, 'input'>>;
  cancelMining?: Resolver<ResolversTypes['CancelMiningPayload'], ParentType, ContextType, RequireFields<MutationCancelMiningArgs, 'input'>>;
  cancelRefinement?: Resolver<ResolversTypes['CancelRefinementPayload'], ParentType, ContextType, RequireFields<MutationCancelRefinementArgs, 'input'>>;
  cancelMap?: Resolver<ResolversTypes['CancelMapPayload'], ParentType, ContextType, RequireFields<MutationCancelMapArgs, 'input'>>;
  mineHardNegatives?: Resolver<ResolversTypes['MineHardNegativesPayload'], ParentType, ContextType, RequireFields<MutationMineHardNegativesArgs, 'input'>>;
  startRefinement?: Resolver<ResolversTypes['StartRefinementPayload'], ParentType, ContextType, RequireFields<MutationStartRefinementArgs, 'input'>>;
  markFalseNegative?: Resolver<ResolversTypes['MarkFalseNegativePayload'], ParentType, ContextType, RequireFields<MutationMarkFalseNegativeArgs, 'input'>>;
  promoteIndex?: Resolver<ResolversTypes['PromoteIndexPayload'], ParentType, ContextType, RequireFields<MutationPromoteIndexArgs, 'input'>>;
  rollbackAlias?: Resolver<ResolversTypes['RollbackAliasPayload'], ParentType, ContextType, RequireFields<MutationRollbackAliasArgs, 'input'>>;
  evaluate?: Resolver<ResolversTypes['EvaluatePayload'], ParentType, ContextType, RequireFields<MutationEvaluateArgs, 'input'>>;
  createApiKey?: Resolver<ResolversTypes['CreateApiKeyPayload'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  revokeApiKey?: Resolver<ResolversTypes['RevokeApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'input'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  runEvents?: SubscriptionResolver<ResolversTypes['RunEvent'], "runEvents", ParentType, ContextType, RequireFields<SubscriptionRunEventsArgs, 'runId' | 'after'>>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  SafeInt?: GraphQLScalarType;
  Vector?: GraphQLScalarType;
  FilterValue?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  JobError?: JobErrorResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  DatasetConnection?: DatasetConnectionResolvers<ContextType>;
  DatasetEdge?: DatasetEdgeResolvers<ContextType>;
  Item?: ItemResolvers<ContextType>;
  ItemConnection?: ItemConnectionResolvers<ContextType>;
  ItemEdge?: ItemEdgeResolvers<ContextType>;
  DatasetQuery?: DatasetQueryResolvers<ContextType>;
  DatasetQueryConnection?: DatasetQueryConnectionResolvers<ContextType>;
  DatasetQueryEdge?: DatasetQueryEdgeResolvers<ContextType>;
  Judgement?: JudgementResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  Import?: ImportResolvers<ContextType>;
  ImportConnection?: ImportConnectionResolvers<ContextType>;
  ImportEdge?: ImportEdgeResolvers<ContextType>;
  RetrievalMetrics?: RetrievalMetricsResolvers<ContextType>;
  PrefixMetrics?: PrefixMetricsResolvers<ContextType>;
  EncoderConfig?: EncoderConfigResolvers<ContextType>;
  TextStaticConfig?: TextStaticConfigResolvers<ContextType>;
  VectorMlpConfig?: VectorMlpConfigResolvers<ContextType>;
  ImageConvConfig?: ImageConvConfigResolvers<ContextType>;
  ParadigmConfig?: ParadigmConfigResolvers<ContextType>;
  InBatchNegativesConfig?: InBatchNegativesConfigResolvers<ContextType>;
  EndToEndConfig?: EndToEndConfigResolvers<ContextType>;
  MemoryBankConfig?: MemoryBankConfigResolvers<ContextType>;
  MomentumEncoderConfig?: MomentumEncoderConfigResolvers<ContextType>;
  OptimizerConfig?: OptimizerConfigResolvers<ContextType>;
  AdamWConfig?: AdamWConfigResolvers<ContextType>;
  SgdConfig?: SgdConfigResolvers<ContextType>;
  EarlyStoppingConfig?: EarlyStoppingConfigResolvers<ContextType>;
  TrainingConfig?: TrainingConfigResolvers<ContextType>;
  TrainingRun?: TrainingRunResolvers<ContextType>;
  RunComparison?: RunComparisonResolvers<ContextType>;
  ComparedRun?: ComparedRunResolvers<ContextType>;
  CurvePoint?: CurvePointResolvers<ContextType>;
  SettingDifference?: SettingDifferenceResolvers<ContextType>;
  TrainingRunConnection?: TrainingRunConnectionResolvers<ContextType>;
  TrainingRunEdge?: TrainingRunEdgeResolvers<ContextType>;
  RunEventPage?: RunEventPageResolvers<ContextType>;
  RunEvent?: RunEventResolvers<ContextType>;
  RunStatusEvent?: RunStatusEventResolvers<ContextType>;
  RunStepEvent?: RunStepEventResolvers<ContextType>;
  RunEvaluationEvent?: RunEvaluationEventResolvers<ContextType>;
  RunCheckpointEvent?: RunCheckpointEventResolvers<ContextType>;
  RunDiagnosticsEvent?: RunDiagnosticsEventResolvers<ContextType>;
  Figure?: FigureResolvers<ContextType>;
  Histogram?: HistogramResolvers<ContextType>;
  RunVerdictEvent?: RunVerdictEventResolvers<ContextType>;
  Verdict?: VerdictResolvers<ContextType>;
  RunLogEvent?: RunLogEventResolvers<ContextType>;
  Encoder?: EncoderResolvers<ContextType>;
  EncoderConnection?: EncoderConnectionResolvers<ContextType>;
  EncoderEdge?: EncoderEdgeResolvers<ContextType>;
  Evaluation?: EvaluationResolvers<ContextType>;
  IndexVersion?: IndexVersionResolvers<ContextType>;
  EmbeddingMap?: EmbeddingMapResolvers<ContextType>;
  MapPoint?: MapPointResolvers<ContextType>;
  EmbeddingMapConnection?: EmbeddingMapConnectionResolvers<ContextType>;
  EmbeddingMapEdge?: EmbeddingMapEdgeResolvers<ContextType>;
  MapPointConnection?: MapPointConnectionResolvers<ContextType>;
  MapPointEdge?: MapPointEdgeResolvers<ContextType>;
  IndexRetention?: IndexRetentionResolvers<ContextType>;
  IndexTuning?: IndexTuningResolvers<ContextType>;
  GraphTrial?: GraphTrialResolvers<ContextType>;
  IndexEstimate?: IndexEstimateResolvers<ContextType>;
  RecallMeasurement?: RecallMeasurementResolvers<ContextType>;
  IndexLiveState?: IndexLiveStateResolvers<ContextType>;
  MonitoredRecall?: MonitoredRecallResolvers<ContextType>;
  IndexRebuild?: IndexRebuildResolvers<ContextType>;
  IndexVersionConnection?: IndexVersionConnectionResolvers<ContextType>;
  IndexVersionEdge?: IndexVersionEdgeResolvers<ContextType>;
  IndexAlias?: IndexAliasResolvers<ContextType>;
  IndexAliasConnection?: IndexAliasConnectionResolvers<ContextType>;
  IndexAliasEdge?: IndexAliasEdgeResolvers<ContextType>;
  Promotion?: PromotionResolvers<ContextType>;
  PromotionConnection?: PromotionConnectionResolvers<ContextType>;
  PromotionEdge?: PromotionEdgeResolvers<ContextType>;
  SearchResult?: SearchResultResolvers<ContextType>;
  SearchHit?: SearchHitResolvers<ContextType>;
  HitExplanation?: HitExplanationResolvers<ContextType>;
  SearchBatchResult?: SearchBatchResultResolvers<ContextType>;
  SearchComparison?: SearchComparisonResolvers<ContextType>;
  ComparedHit?: ComparedHitResolvers<ContextType>;
  EmbedResult?: EmbedResultResolvers<ContextType>;
  ServerInfo?: ServerInfoResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  HardNegativeSet?: HardNegativeSetResolvers<ContextType>;
  HardNegativeSetConnection?: HardNegativeSetConnectionResolvers<ContextType>;
  HardNegativeSetEdge?: HardNegativeSetEdgeResolvers<ContextType>;
  Refinement?: RefinementResolvers<ContextType>;
  RefinementRound?: RefinementRoundResolvers<ContextType>;
  NegativeRefresh?: NegativeRefreshResolvers<ContextType>;
  RefinementConnection?: RefinementConnectionResolvers<ContextType>;
  RefinementEdge?: RefinementEdgeResolvers<ContextType>;
  MiningReport?: MiningReportResolvers<ContextType>;
  CandidateCount?: CandidateCountResolvers<ContextType>;
  ScoreQuantiles?: ScoreQuantilesResolvers<ContextType>;
  FalseNegativeEstimate?: FalseNegativeEstimateResolvers<ContextType>;
  HardNegative?: HardNegativeResolvers<ContextType>;
  HardNegativeConnection?: HardNegativeConnectionResolvers<ContextType>;
  HardNegativeEdge?: HardNegativeEdgeResolvers<ContextType>;
  CreateDatasetPayload?: CreateDatasetPayloadResolvers<ContextType>;
  DeleteDatasetPayload?: DeleteDatasetPayloadResolvers<ContextType>;
  CreateUploadPayload?: CreateUploadPayloadResolvers<ContextType>;
  ImportDatasetPayload?: ImportDatasetPayloadResolvers<ContextType>;
  StartTrainingPayload?: StartTrainingPayloadResolvers<ContextType>;
  PauseRunPayload?: PauseRunPayloadResolvers<ContextType>;
  ResumeRunPayload?: ResumeRunPayloadResolvers<ContextType>;
  CancelRunPayload?: CancelRunPayloadResolvers<ContextType>;
  UpsertItemsPayload?: UpsertItemsPayloadResolvers<ContextType>;
  DeleteItemsPayload?: DeleteItemsPayloadResolvers<ContextType>;
  BuildIndexPayload?: BuildIndexPayloadResolvers<ContextType>;
  TuneIndexPayload?: TuneIndexPayloadResolvers<ContextType>;
  SetRetentionPayload?: SetRetentionPayloadResolvers<ContextType>;
  CancelIndexPayload?: CancelIndexPayloadResolvers<ContextType>;
  MapIndexPayload?: MapIndexPayloadResolvers<ContextType>;
  CancelImportPayload?: CancelImportPayloadResolvers<ContextType>;
  CancelEvaluationPayload?: CancelEvaluationPayloadResolvers<ContextType>;
  CancelMiningPayload?: CancelMiningPayloadResolvers<ContextType>;
  CancelRefinementPayload?: CancelRefinementPayloadResolvers<ContextType>;
  CancelMapPayload?: CancelMapPayloadResolvers<ContextType>;
  RetireIndexesPayload?: RetireIndexesPayloadResolvers<ContextType>;
  MineHardNegativesPayload?: MineHardNegativesPayloadResolvers<ContextType>;
  StartRefinementPayload?: StartRefinementPayloadResolvers<ContextType>;
  MarkFalseNegativePayload?: MarkFalseNegativePayloadResolvers<ContextType>;
  PromoteIndexPayload?: PromoteIndexPayloadResolvers<ContextType>;
  RollbackAliasPayload?: RollbackAliasPayloadResolvers<ContextType>;
  EvaluatePayload?: EvaluatePayloadResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

