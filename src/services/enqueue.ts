import type { Statements } from '../store/statements.ts';

export type { Statements };

/** The queues of long work. A job carries nothing but the id of its row (`retire`: of the dataset); all else is in the row. */
export const QUEUE_NAMES = [
  'import',
  'train',
  'build-index',
  'rebuild-index',
  'map-index',
  'evaluate',
  'promote',
  'retire',
  'mine',
  'refine',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/**
 * Queues the job of row `id` inside the transaction `tx`, so that row and job appear together or not at all. A row that
 * already has a job waiting or running gets no second one.
 */
export type Enqueue = (queue: QueueName, id: string, tx: Statements) => Promise<void>;
