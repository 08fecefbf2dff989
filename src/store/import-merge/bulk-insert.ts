import type { Statements } from '../statements.ts';

/**
 * Runs an insert without PostgreSQL looking up every foreign key row by row, which is near half of the time of a large
 * import. Nothing is left unchecked: the caller holds the lock on the dataset, so no row of it can go meanwhile, and inserts
 * only ids that it has just read or made in this transaction.
 * The embedded server's role may do this. Elsewhere it takes `GRANT SET ON PARAMETER session_replication_role TO …`; without
 * it the insert is an ordinary one.
 * @returns the number of rows
 */
export async function bulkInsert(tx: Statements, sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await tx.query(`SELECT has_parameter_privilege('session_replication_role', 'SET') AS may`);
  if (!rows[0].may) return (await tx.query(sql, values)).rowCount ?? 0;
  await tx.query('SET LOCAL session_replication_role = replica');
  // Not in a finally: after an error nothing more is carried out in this transaction, and its end resets the setting.
  const { rowCount } = await tx.query(sql, values);
  await tx.query('SET LOCAL session_replication_role = origin');
  return rowCount ?? 0;
}
