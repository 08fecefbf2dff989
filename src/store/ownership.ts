import type { Namespace } from '../domain/ids.ts';
import type { Statements } from './statements.ts';

const throughDataset = (table: string, type: 'uuid' | 'int') =>
  `SELECT r.id::text AS id, d.namespace FROM "${table}" r JOIN "Dataset" d ON d.id = r."datasetId" WHERE r.id = ANY($1::${type}[])`;
const own = (table: string) => `SELECT id::text AS id, namespace FROM "${table}" WHERE id = ANY($1::uuid[])`;

/** How the namespace of each kind of thing is found, by what the API calls it. */
const OWNERS = {
  Dataset: own('Dataset'),
  Item: throughDataset('Item', 'int'),
  DatasetQuery: throughDataset('Query', 'int'),
  Upload: own('Upload'),
  Import: throughDataset('Import', 'uuid'),
  TrainingRun: throughDataset('TrainingRun', 'uuid'),
  Encoder: own('Encoder'),
  Evaluation: throughDataset('Evaluation', 'uuid'),
  IndexVersion: throughDataset('IndexVersion', 'uuid'),
  EmbeddingMap: `SELECT m.id::text AS id, d.namespace FROM "EmbeddingMap" m JOIN "IndexVersion" i ON i.id = m."indexId"
    JOIN "Dataset" d ON d.id = i."datasetId" WHERE m.id = ANY($1::uuid[])`,
  IndexAlias: throughDataset('IndexAlias', 'uuid'),
  Refinement: throughDataset('Refinement', 'uuid'),
  HardNegativeSet: throughDataset('HardNegativeSet', 'uuid'),
  Promotion: `SELECT p.id::text AS id, d.namespace FROM "Promotion" p JOIN "IndexAlias" a ON a.id = p."aliasId"
    JOIN "Dataset" d ON d.id = a."datasetId" WHERE p.id = ANY($1::uuid[])`,
  ApiKey: own('ApiKey'),
} as const;

export type OwnedType = keyof typeof OWNERS;

/** Whose these are. Ids that nothing has are left out. */
export async function ownersOf(
  sql: Statements,
  type: OwnedType,
  ids: readonly string[],
): Promise<Map<string, Namespace>> {
  const { rows } = await sql.query(OWNERS[type], [ids]);
  return new Map(rows.map(({ id, namespace }) => [id, namespace]));
}
