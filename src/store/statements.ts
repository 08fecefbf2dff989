/** What a single statement needs: the pool, or a client inside somebody's transaction. */
export interface Statements {
  // biome-ignore lint/suspicious/noExplicitAny: the rows' shape belongs to the statement, as in pg itself
  query(text: string, values?: unknown[]): Promise<{ rows: any[]; rowCount: number | null }>;
}
