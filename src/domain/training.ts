import type { MiningSpec } from './mining.ts';
import type { QualityMetric, RetrievalMetrics, Verdict } from './quality.ts';

export type { QualityMetric, RetrievalMetrics, Verdict } from './quality.ts';

/** What a training run is asked to do. Frozen into the run's row; a run is reproducible from this, the data hash and the backend. */

export type ParadigmName = ParadigmSpec['name'];
export type EncoderKind = EncoderSpec['kind'];
export type BackendName = 'tensorflow' | 'wasm';
export type Split = 'TRAIN' | 'VALIDATION' | 'TEST';

export interface TextStaticSpec {
  readonly kind: 'text-static';
  /** Width of the embedding. Default 256, 8 to 1024, a multiple of 8. */
  readonly dimensions: number;
  /** Rows of the learned vocabulary. Default 30,000, 256 to 250,000. */
  readonly vocabularySize: number;
  /** Tokens read of one text; the rest is cut. Default 512, 8 to 8,192. */
  readonly maxTokens: number;
}
/** Adapts stored embeddings: a residual layer on top of them that starts as the identity. */
export interface VectorMlpSpec {
  readonly kind: 'vector-mlp';
  /** Width of the embedding. Default as wide as the data's vectors, 8 to 4,096, a multiple of 8. */
  readonly dimensions: number | null;
  /** Width of the layer within. Default 512, 8 to 8,192, a multiple of 8. */
  readonly hidden: number;
}
/** Reads images of one size, to which all are scaled: a small residual network without batch normalisation. */
export interface ImageConvSpec {
  readonly kind: 'image-conv';
  /** Pixels a side that images are scaled to. Default that of the data's first image, at most 32; 8 to 256. */
  readonly size: number | null;
  /** Width of the embedding. Default 128, 8 to 1,024, a multiple of 8. */
  readonly dimensions: number;
  /** Channels of the first of three stages; each further one has twice as many. Default 32, 8 to 256, a multiple of 8. */
  readonly filters: number;
}
export type EncoderSpec = TextStaticSpec | VectorMlpSpec | ImageConvSpec;

export interface InBatchNegativesSpec {
  readonly name: 'in-batch-negatives';
  /** Softmax temperature, the divisor of cosine similarities; where training starts when it is learned. Default 0.05, of images 0.2, by label 0.1; 0.01 to 1. */
  readonly temperature: number;
  /** Learn the temperature with the weights (CLIP: log scale, kept within [0, ln 100]). Default false. */
  readonly learnTemperature: boolean;
  /** Also classify the query among the batch's queries for each key (CLIP). Default false. */
  readonly symmetric: boolean;
  /** Of the negatives given for a query (judged irrelevant, or mined), so many join the keys of its batch. Default 0, 0 to 64. */
  readonly hardNegatives: number;
  /** Take no key for a negative whose item has the label of the query's. Default false. */
  readonly maskEqualLabel: boolean;
  /**
   * Pairs that go through the encoder at a time, twice each (GradCache): a batch then needs memory for the activations of so many.
   * null: the whole batch at once, once. Default null, 1 to 65,536.
   */
  readonly gradCacheChunk: number | null;
  /** A saved encoder that hides likely false negatives (GISTEmbed): keys it finds more alike than the positive. Default null, none. */
  readonly guideEncoderId: string | null;
  /** By how much less alike such a key may be: hidden is what exceeds the positive's cosine minus this. Default 0, 0 to 1. */
  readonly guideMargin: number;
}
export interface EndToEndSpec {
  readonly name: 'end-to-end';
  /** Negatives of each query, K, at most all items that are no positives of it. Default 16, 1 to 65,536. */
  readonly negatives: number;
  /**
   * `uniform`: drawn from all items that are no positives of the query. `given`: those given for the query (judged irrelevant,
   * or mined), filled up by drawn ones. Default uniform.
   */
  readonly negativesFrom: 'uniform' | 'given';
  /** Draw once for the whole batch instead of once for each query: K items to encode instead of up to B K. Default false. */
  readonly shareNegatives: boolean;
  /** Softmax temperature, the divisor of cosine similarities; where training starts when it is learned. Default 0.05, of images 0.2, by label 0.5; 0.01 to 1. */
  readonly temperature: number;
  /** Learn the temperature with the weights (log scale, kept within [0, ln 100]). Default false. */
  readonly learnTemperature: boolean;
}

export interface MemoryBankSpec {
  readonly name: 'memory-bank';
  /** Bank rows drawn as negatives of each query, K, at most all that are no positives of it. Default 4,096, 1 to 1,048,576. */
  readonly negatives: number;
  /**
   * `nce`: noise-contrastive estimation, its Z taken from the first batch. `sampled-info-nce`: softmax over the positive and
   * the drawn rows. `full-softmax`: over all rows but other positives of the query; draws none. Default nce.
   */
  readonly loss: 'nce' | 'sampled-info-nce' | 'full-softmax';
  /** Draw once for the whole batch instead of once for each query. Default false. */
  readonly shareNegatives: boolean;
  /** Softmax temperature, the divisor of cosine similarities. Default 0.07, of images 0.2, by label 0.5; 0.01 to 1. */
  readonly temperature: number;
  /** m in v <- norm(m v + (1 - m) f): share of a row that stays when its item is seen. Default 0.5, 0 to 0.999. */
  readonly bankMomentum: number;
  /**
   * What the bank holds at first. `encoded`: every item as the untrained encoder embeds it. `random`: unit vectors drawn at random,
   * which an item that is in no training pair keeps for ever. Default encoded.
   */
  readonly initialise: 'encoded' | 'random';
  /** Weight of the squared distance between a query and its positive's bank row, added to the loss. Default 0, 0 to 100. */
  readonly proximalWeight: number;
  /**
   * Share of K that is taken from the negatives given for a query (judged irrelevant, or mined), as far as there are such; the rest is
   * drawn. Not with full-softmax, which looks at every row. Default 0, 0 to 1.
   */
  readonly hardFraction: number;
}

export interface MomentumEncoderSpec {
  readonly name: 'momentum-encoder';
  /**
   * `queue`: keys of earlier steps (MoCo). `batch`: the other keys of the batch, and no queue (MoCo v3). Default queue.
   */
  readonly negativesFrom: 'queue' | 'batch';
  /** Keys that the queue holds, K, at most one for each item. Default 65,536, 1 to 1,048,576. */
  readonly queueSize: number;
  /**
   * m in v <- m v + (1 - m) w, with which the key encoder follows the weights: over about 1 / (1 - m) steps, so a run of a few hundred
   * wants 0.99. Default 0.999, 0 to 1.
   */
  readonly momentum: number;
  /** Let m rise to 1 over the run, along half a cosine. Default false. */
  readonly rampMomentum: boolean;
  /** Also make items find their queries, with a queue of queries. Default true. */
  readonly symmetric: boolean;
  /** Put a small network between the query side and the loss, which is not kept (MoCo v3). Default false. */
  readonly predictor: boolean;
  /** Softmax temperature, the divisor of cosine similarities. Default 0.05, of images 0.2, by label 0.1; 0.01 to 1. */
  readonly temperature: number;
  /** Take no key for a negative whose item has the label of the query's. Default false. */
  readonly maskEqualLabel: boolean;
  /**
   * Negatives given for a batch's queries (judged irrelevant, or mined) that join the queue or the batch as keys of one step, at most
   * this share of the batch's size. The key encoder encodes them, every query is held against all of them. Default 0, 0 to 1.
   */
  readonly hardFraction: number;
}
export type ParadigmSpec = InBatchNegativesSpec | EndToEndSpec | MemoryBankSpec | MomentumEncoderSpec;

/** Adam with weight decay that does not pass through the moments (1711.05101, algorithm 2). */
export interface AdamWSpec {
  readonly name: 'adamw';
  /** Share of a weight that a step of learning rate 1 takes off it. Default 0, 0 to 1. */
  readonly weightDecay: number;
  /** Decay of the mean of gradients. Default 0.9, 0 to 0.9999. */
  readonly beta1: number;
  /** Decay of the mean of their squares. Default 0.999, 0 to 0.999999. */
  readonly beta2: number;
  /** Added to the root of that mean. Default 1e-8, 1e-12 to 0.1. */
  readonly epsilon: number;
}
/** Stochastic gradient descent with momentum and decoupled weight decay (1711.05101, algorithm 1). */
export interface SgdSpec {
  readonly name: 'sgd';
  /** Default 0, 0 to 1. */
  readonly weightDecay: number;
  /** Share of the velocity that is kept from step to step. Default 0.9, 0 to 0.9999. */
  readonly momentum: number;
}
export type OptimizerSpec = AdamWSpec | SgdSpec;

export interface EarlyStopping {
  /** Evaluations in a row without improvement after which the run ends. Default 5, 1 to 10,000. */
  readonly patience: number;
  /** What an improvement must be more than. Default 0, 0 to 1. */
  readonly minDelta: number;
}

/**
 * What belongs together. `relevance`: a query and each item judged relevant to it. `label`: two items of one label. `augmentation`:
 * two views of one item.
 */
export type Positives = 'relevance' | 'label' | 'augmentation';

/** Hard negatives mined while a run goes on, with what it has learned so far (ANCE, 2007.00808, section 4). */
export interface RefreshSpec {
  /** How often, at equal distances: R of them fall after 1/(R+1), 2/(R+1) ... of the steps. 1 to 10. */
  readonly times: number;
  readonly mining: MiningSpec;
}

/**
 * Whether queries and items go through the same weights, or each through their own, which begin equal. Their own suit sides that are
 * unlike (a question, a product) and enough pairs to learn both; they take twice the memory.
 */
export type TowerSharing = 'shared' | 'separate';

export interface TrainingConfig {
  readonly encoder: EncoderSpec;
  /**
   * Default shared. With memory-bank, whose gradient reaches queries only, the items' own weights stay as they began; momentum-encoder
   * needs to be symmetric.
   */
  readonly towers: TowerSharing;
  readonly paradigm: ParadigmSpec;
  /** Where pairs come from: judgements, equal labels, or two views of one item. */
  readonly positives: Positives;
  /**
   * Widths below the embedding's whose leading dimensions are trained to serve alone, ascending; none: only the whole embedding.
   * With in-batch-negatives and end-to-end only. Default none, at most 8 of 8 to 4,096.
   */
  readonly matryoshka: readonly number[];
  /**
   * A mined set of hard negatives that joins those judged irrelevant: for in-batch-negatives as extra columns, for end-to-end as its
   * given negatives, for the others as a share of theirs (`hardFraction`). null: none.
   */
  readonly hardNegativeSetId: string | null;
  /** Mined negatives that replace each other on the way; the first ones replace the set of `hardNegativeSetId`. null: none. */
  readonly refresh: RefreshSpec | null;
  readonly batchSize: number;
  /**
   * Batches whose mean gradient makes one step. It averages out noise like a larger batch but adds no negatives: each batch is
   * compared within itself only. For more negatives take a larger batch, a queue or a bank.
   */
  readonly accumulateSteps: number;
  readonly epochs: number;
  /** Stops after this many steps even when epochs are left. */
  readonly maxSteps: number | null;
  readonly learningRate: number;
  /** Share of all steps spent in linear warm-up. */
  readonly warmupFraction: number;
  readonly schedule: 'cosine' | 'linear' | 'constant';
  readonly optimizer: OptimizerSpec;
  /** Largest global L2 norm of the gradient, over all parameters; a longer one is scaled down to it. null: no bound. */
  readonly clipNorm: number | null;
  readonly seed: number;
  /** Steps between evaluations on the validation split; null: once per epoch. */
  readonly evaluateEvery: number | null;
  /** Steps between looks at the embeddings (collapse, spread, drift); null: with each evaluation. */
  readonly diagnosticsEvery: number | null;
  /** Steps between checkpoints; null: at most one in 30 s of training. */
  readonly checkpointEvery: number | null;
  /** Checkpoints kept: so many of the latest, beside the one of the best evaluation where there is one. */
  readonly keepCheckpoints: number;
  /** What the best evaluation is best by. */
  readonly metric: QualityMetric;
  /** Ends the run when evaluations bring nothing new; null: it goes on to its last step. */
  readonly earlyStopping: EarlyStopping | null;
  /** Share of TRAIN queries held out for validation when the dataset has no VALIDATION split. */
  readonly validationFraction: number;
  readonly backend: BackendName | 'auto';
}

/** Counts of values in bins of equal width. */
export interface Histogram {
  /** Lower end of the first bin, upper end of the last. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** What a run reports while it goes on. Sequence numbers are given by the store. */
export type RunEventBody =
  | { readonly kind: 'status'; readonly status: RunStatus; readonly message?: string }
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly pairsPerSecond: number;
    }
  | {
      readonly kind: 'evaluation';
      readonly step: number;
      readonly split: Split;
      readonly baseline: boolean;
      readonly metrics: RetrievalMetrics;
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly sha256: string; readonly bytes: number }
  | {
      readonly kind: 'diagnostics';
      readonly step: number;
      /** By name, e.g. `uniformity`: see evaluation/diagnostics.ts, and the paradigm for its own. */
      readonly figures: Readonly<Record<string, number>>;
      readonly histograms: Readonly<Record<string, Histogram>>;
    }
  | { readonly kind: 'verdict'; readonly step: number; readonly verdict: Verdict }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn'; readonly message: string };

export type RunStatus = 'QUEUED' | 'RUNNING' | 'PAUSED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
/** States from which nothing follows. */
export const FINAL_STATUSES: readonly RunStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
