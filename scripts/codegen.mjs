// Writes what follows from schema.graphql: the resolver types in src/api/generated, the typed operations in src/client/generated.
// `--check` compares and writes nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';
import { clientSource } from './codegen/client.mjs';
import { contractOf } from './schema-contract.mjs';

const schemaFile = fileURLToPath(new URL('../schema.graphql', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const clientFile = join(root, 'src/client/generated/operations.ts');
const outputFile = fileURLToPath(new URL('../src/api/generated/resolvers.ts', import.meta.url));

/** What a resolver of each type gets as its parent: a record of the services, named in src/api/models.ts. */
const modelled = [
  'Dataset',
  'Item',
  'DatasetQuery',
  'Judgement',
  'Upload',
  'Import',
  'TrainingRun',
  'TrainingConfig',
  'ComparedRun',
  'RetrievalMetrics',
  'RunEvent',
  'RunStatusEvent',
  'RunStepEvent',
  'RunEvaluationEvent',
  'RunCheckpointEvent',
  'RunLogEvent',
  'RunDiagnosticsEvent',
  'RunVerdictEvent',
  'Verdict',
  'EncoderConfig',
  'TextStaticConfig',
  'VectorMlpConfig',
  'ImageConvConfig',
  'ParadigmConfig',
  'InBatchNegativesConfig',
  'EndToEndConfig',
  'MemoryBankConfig',
  'MomentumEncoderConfig',
  'OptimizerConfig',
  'AdamWConfig',
  'SgdConfig',
  'Encoder',
  'Evaluation',
  'IndexVersion',
  'EmbeddingMap',
  'MapPoint',
  'IndexAlias',
  'Promotion',
  'IndexLiveState',
  'IndexEstimate',
  'IndexRebuild',
  'HardNegativeSet',
  'HardNegative',
  'MiningReport',
  'Refinement',
  'RefinementRound',
  'NegativeRefresh',
  'SearchResult',
  'RecallMeasurement',
  'SearchHit',
  'HitExplanation',
  'SearchBatchResult',
  'SearchComparison',
  'ComparedHit',
  'EmbedResult',
  'ApiKey',
];

const config = {
  enumsAsTypes: true,
  useTypeImports: true,
  immutableTypes: true,
  skipTypename: true,
  optionalResolveType: true,
  avoidOptionals: { defaultValue: true },
  contextType: '../context.ts#Context',
  mappers: Object.fromEntries(modelled.map((name) => [name, `../models.ts#${name}Model`])),
  inputMaybeValue: 'T | null | undefined',
  scalars: {
    ID: { input: 'string', output: 'string' },
    DateTime: { input: 'Date', output: 'Date' },
    JSON: { input: 'unknown', output: 'unknown' },
    SafeInt: { input: 'number', output: 'number' },
    FilterValue: { input: 'string | number | boolean', output: 'string | number | boolean' },
    Vector: { input: 'Float32Array', output: 'readonly number[] | string' },
  },
};

const contractFile = fileURLToPath(new URL('../test/api/schema-contract.txt', import.meta.url));
const banner = '// Written by scripts/codegen.mjs from schema.graphql. Not for editing.\n';
const schema = parse(await readFile(schemaFile, 'utf8'));
const resolvers = await codegen({
  filename: outputFile,
  schema,
  documents: [],
  config,
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers: typescriptResolvers },
});

const outputs = new Map([
  [outputFile, resolvers],
  [clientFile, await clientSource(schema, clientFile)],
  [contractFile, contractOf(await readFile(schemaFile, 'utf8'))],
]);
for (const [file, body] of outputs) {
  const text = file === contractFile ? body : banner + body;
  if (process.argv.includes('--check')) {
    const present = await readFile(file, 'utf8').catch(() => '');
    if (present === text) continue;
    console.error(`${relative(root, file)} does not match schema.graphql: run \`npm run codegen\`.`);
    process.exitCode = 1;
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
