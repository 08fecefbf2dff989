import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { finished, testServer } from '../harness.ts';

export type Ids = Readonly<Record<string, string>>;

/** A dataset with an encoder and an index in the namespace `fuzz`, so that well-formed requests find something. */
export async function seedForFuzz(t: TestContext, databaseUrl: string): Promise<{ dataDir: string; ids: Ids }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-fuzz-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const server = await testServer(t, { databaseUrl, dataDir, auth: true, worker: true });
  const key = {
    document: 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
    input: { name: 'seed', scopes: ['ADMIN'], namespace: 'fuzz' },
  };
  const { secret } = (await server.ask(key.document, { input: key.input }, server.localKey)).createApiKey;
  const ask = async (mutation: string, type: string, input: object, field: string) => {
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${field} { id } userErrors { message } } }`;
    return (await server.ask(document, { input }, secret))[mutation][field].id as string;
  };
  const datasetId = await ask('createDataset', 'CreateDatasetInput', { name: 'fuzz' }, 'dataset');
  const rows = Array.from({ length: 60 }, (_, n) =>
    JSON.stringify({ q: `question ${n}`, a: `answer ${n}`, label: `l${n % 3}` }),
  );
  const uploadId = await server.upload('rows.jsonl', rows.join('\n'), secret);
  const columns = { query: 'q', positive: 'a', label: 'label' };
  const importId = await ask(
    'importDataset',
    'ImportDatasetInput',
    { datasetId, uploadIds: [uploadId], columns },
    'import',
  );
  await finished(server, 'import', importId, '', secret);
  const encoder = { textStatic: { dimensions: 8, vocabularySize: 256 } };
  const training = { datasetId, encoder, maxSteps: 1, batchSize: 4 };
  const runId = await ask('startTraining', 'StartTrainingInput', training, 'run');
  const run = await finished(server, 'run', runId, 'encoder { id }', secret);
  const indexId = await ask('buildIndex', 'BuildIndexInput', { datasetId }, 'index');
  await finished(server, 'index', indexId, '', secret);
  const { dataset } = await server.ask(
    'query ($id: ID!) { dataset(id: $id) { items(first: 1) { nodes { id } } queries(first: 1) { nodes { id } } } }',
    { id: datasetId },
    secret,
  );
  await server.stop();
  return {
    dataDir,
    ids: {
      name: 'fuzz',
      Dataset: datasetId,
      Item: dataset.items.nodes[0].id,
      DatasetQuery: dataset.queries.nodes[0].id,
      Upload: uploadId,
      Import: importId,
      TrainingRun: runId,
      Encoder: run.encoder.id,
      IndexVersion: indexId,
    },
  };
}
