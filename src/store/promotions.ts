import type { AliasId, IndexId, PromotionId } from '../domain/ids.ts';
import type { RunStatus, Verdict } from '../domain/training.ts';
import type { Statements } from './statements.ts';

export type PromotionBasis = 'FIRST' | 'SAME_ENCODER' | 'MEASURED' | 'OVERRIDE' | 'ROLLBACK';

/** A row of Promotion. */
export interface PromotionRow {
  readonly id: PromotionId;
  readonly aliasId: AliasId;
  readonly indexId: IndexId;
  /** Where the alias pointed when it was asked for; null when it was new, or that index is gone. */
  readonly fromIndexId: IndexId | null;
  readonly basis: PromotionBasis;
  readonly overrideReason: string | null;
  readonly status: RunStatus;
  readonly attempt: number;
  /** Whether the alias moved; null until SUCCEEDED. */
  readonly moved: boolean | null;
  readonly verdict: Verdict | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, "aliasId", "indexId", "fromIndexId", basis, "overrideReason", status, attempt, moved, verdict, "errorCode",
  "errorMessage", "createdAt", "startedAt", "finishedAt"`;

type NewPromotion = Pick<PromotionRow, 'id' | 'aliasId' | 'indexId' | 'fromIndexId' | 'basis' | 'overrideReason'>;

/** @param moved true for one that is done at once, null for one that has to be measured first */
export async function insertPromotion(tx: Statements, promotion: NewPromotion, moved: true | null): Promise<void> {
  const { id, aliasId, indexId, fromIndexId, basis, overrideReason } = promotion;
  await tx.query(
    `INSERT INTO "Promotion" (id, "aliasId", "indexId", "fromIndexId", basis, "overrideReason", moved, status, "finishedAt")
     VALUES ($1, $2, $3, $4, $5::"PromotionBasis", $6, $7::boolean,
       CASE WHEN $7 THEN 'SUCCEEDED' ELSE 'QUEUED' END::"JobStatus", CASE WHEN $7 THEN now() END)`,
    [id, aliasId, indexId, fromIndexId, basis, overrideReason, moved],
  );
}

/** In no order; ids that are not there are left out. */
export async function findPromotions(sql: Statements, ids: readonly PromotionId[]): Promise<PromotionRow[]> {
  const { rows } = await sql.query(`SELECT ${COLUMNS} FROM "Promotion" WHERE id = ANY($1::uuid[])`, [ids]);
  return rows;
}

/** Of one alias, newest first. @param page.before only promotions older than this one */
export async function listPromotions(
  sql: Statements,
  aliasId: AliasId,
  page: { before?: PromotionId | undefined; limit: number },
): Promise<PromotionRow[]> {
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM "Promotion" WHERE "aliasId" = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [aliasId, page.before ?? null, page.limit],
  );
  return rows;
}
