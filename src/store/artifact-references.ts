import type { Statements } from './statements.ts';

/**
 * Addresses of all artifacts that rows name. By convention each such column is called `sha256` or ends in `Sha256`; the hash
 * of an upload is its own file's. What looks like addresses in a list of texts, as the parts of a mining, is taken for such.
 */
export async function namedArtifacts(sql: Statements): Promise<string[]> {
  const { rows: columns } = await sql.query(
    `SELECT table_name AS table, column_name AS column, udt_name = '_text' AS "isList" FROM information_schema.columns
     WHERE table_schema = 'public' AND (udt_name = '_text' OR
       (column_name ~ '(^s|S)ha256$' AND data_type = 'text' AND table_name <> 'Upload'))`,
  );
  const found = new Set<string>();
  for (const { table, column, isList } of columns) {
    const value = isList ? `unnest(${quoted(column)})` : quoted(column);
    const { rows } = await sql.query(
      `SELECT DISTINCT address FROM (SELECT ${value} AS address FROM ${quoted(table)}) a WHERE address ~ '^[0-9a-f]{64}$'`,
    );
    for (const { address } of rows) found.add(address);
  }
  return [...found].sort();
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
