import { QuartetError } from '../domain/errors.ts';
import type { IndexId } from '../domain/ids.ts';
import { isUuid } from '../platform/uuid.ts';

/**
 * Where a page of hits ends. It names the index, so that the next page comes from the same vectors though an alias has moved,
 * and a place among scores, so that items that come or go in between shift nothing.
 */
export interface SearchCursor {
  readonly indexId: IndexId;
  /** Hits before the next page. */
  readonly seen: number;
  /** Score of the last one. */
  readonly score: number;
  /** Items already given whose score can't be told from it: graph and scan add in another order. */
  readonly near: readonly number[];
}

/** Scores this close may come out in another order the next time. */
const SLACK = 2e-6;
/** Deepest page: what lies further is for an export, not for a search. */
export const DEEPEST = 10_000;
/** Candidates of each list that a hybrid search joins, and of a reranking, for k hits. */
export const poolOf = (k: number): number => Math.min(DEEPEST, Math.max(100, 4 * k));
const MOST_NEAR = 1_000;

export function cursorAfter(
  indexId: IndexId,
  before: SearchCursor | null,
  hits: readonly { readonly score: number; readonly item: { readonly id: number } }[],
): string | null {
  const last = hits.at(-1);
  if (last === undefined) return null;
  const near = hits.filter(({ score }) => score - last.score <= SLACK).map(({ item }) => item.id);
  if (before !== null && before.score - last.score <= SLACK) near.push(...before.near);
  const cursor: SearchCursor = { indexId, seen: (before?.seen ?? 0) + hits.length, score: last.score, near };
  return Buffer.from(JSON.stringify([indexId, cursor.seen, cursor.score, near])).toString('base64url');
}

/** Whether an item comes after the page. */
export function isAfter({ score: last, near }: SearchCursor, { id, score }: { id: number; score: number }): boolean {
  return score <= last + SLACK && !near.includes(id);
}

/** @throws QuartetError BAD_INPUT */
export function parseCursor(text: string): SearchCursor {
  const field = ['input', 'after'];
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(text.slice(0, 20_000), 'base64url').toString());
  } catch {
    parsed = null;
  }
  const [indexId, seen, score, near] = Array.isArray(parsed) ? parsed : [];
  const valid =
    typeof indexId === 'string' &&
    isUuid(indexId) &&
    Number.isInteger(seen) &&
    seen > 0 &&
    Number.isFinite(score) &&
    Array.isArray(near) &&
    near.length <= MOST_NEAR &&
    near.every(Number.isInteger);
  if (!valid) throw new QuartetError('BAD_INPUT', 'after is no cursor that a search gave', { field });
  if (seen > DEEPEST) {
    throw new QuartetError('BAD_INPUT', `pages end after ${DEEPEST} hits; narrow the search by a filter`, { field });
  }
  return { indexId: indexId as IndexId, seen, score, near };
}
