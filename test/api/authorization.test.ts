import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type GraphQLInterfaceType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
} from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { parseGlobalId, toGlobalId } from '../../src/api/global-ids.ts';
import { createSchema } from '../../src/api/schema.ts';
import { scopes } from '../../src/api/scopes.ts';
import { principal, type Scope } from '../../src/domain/principal.ts';
import { type Answer, finished, type TestServer, testServer } from './harness.ts';
import { type Place, type Request, requestsOf } from './requests-from-schema.ts';

/** Stands in everything that the namespace `alpha` holds, and nowhere else. */
const CANARY = 'zyzzyva';
const SCOPES: readonly Scope[] = ['READ', 'WRITE', 'TRAIN', 'ADMIN'];
const NOWHERE = { uuid: '0198b3f0-0000-7000-8000-0123456789ab', integer: '2147480000' };

type Ids = Readonly<Record<string, string>>;

test('every field, for every scope, in the own namespace and in another one', { timeout: 540_000 }, async (t) => {
  const server = await testServer(t, { auth: true, worker: true, limits: { aliases: 1_000 } });
  const schema = createSchema();
  const requests = requestsOf(schema);
  const keys = { alpha: await keysOf(server, 'alpha'), beta: await keysOf(server, 'beta') };
  const [alpha, beta] = await Promise.all([
    seed(server, keys.alpha.ADMIN, `${CANARY} data`),
    seedSmall(server, keys.beta.ADMIN),
  ]);
  const nodes = nodeTypes(schema);
  assert.deepEqual(
    nodes.filter((type) => alpha[type] === undefined),
    [],
    'seed() makes none of these',
  );
  const everything = await inventory(server, keys.alpha.ADMIN, requests, alpha);
  assert.ok(everything.includes(CANARY));

  await t.test('a key without the scope is refused, before anything is looked up', async () => {
    for (const request of requests) {
      for (const scope of SCOPES.filter((own) => !includes(own, request))) {
        const { data, errors } = await send(server, request, keys.alpha[scope], (place) => idFor(place, alpha));
        assert.equal(errors?.[0]?.extensions.code, 'FORBIDDEN', `${request.field} with ${scope}`);
        assert.equal(data?.[request.field] ?? null, null);
      }
    }
  });

  await t.test('what belongs to another namespace gets the answer of what does not exist', async () => {
    let compared = 0;
    for (const request of requests) {
      for (const scope of SCOPES.filter((own) => includes(own, request))) {
        const key = keys.beta[scope];
        if (request.places.length === 0) {
          const answer = JSON.stringify(await send(server, request, key, () => ''));
          assert.equal(answer.includes(CANARY), false, `${request.field} with ${scope}: ${answer}`);
          continue;
        }
        for (const { at, type } of request.places) {
          // A place whose name tells no type is tried with all.
          for (const tried of type === null ? nodes : [type]) {
            const ask = (strange: string) =>
              send(server, request, key, (place) => (place.at === at ? strange : idFor(place, { ...alpha, ...beta })));
            const [foreign, missing] = [alpha[tried] as string, nothing(tried)];
            const answers = [masked(await ask(foreign), foreign), masked(await ask(missing), missing)];
            assert.equal(answers[0], answers[1], `${at} as ${tried} with ${scope}`);
            assert.equal(answers[0]?.includes(CANARY), false, `${at} as ${tried} with ${scope}`);
            compared += 1;
          }
        }
      }
    }
    assert.ok(compared > 100, String(compared));
    const now = await inventory(server, keys.alpha.ADMIN, requests, alpha);
    const at = [...everything].findIndex((character, n) => character !== now[n]);
    assert.ok(
      now === everything,
      `something was changed: ${everything.slice(at - 200, at + 100)} -> ${now.slice(at - 200, at + 100)}`,
    );
  });

  await t.test('every type of node is null to another namespace, and there for its own', async () => {
    const query =
      'query ($id: ID!, $ids: [ID!]!) { node(id: $id) { __typename id } nodes(ids: $ids) { __typename id } }';
    for (const type of nodes) {
      const id = alpha[type] as string;
      for (const scope of SCOPES) {
        const variables = { id, ids: [id, id] };
        const foreign = await server.ask(query, variables, keys.beta[scope]);
        assert.deepEqual(foreign, { node: null, nodes: [null, null] }, `${type} with ${scope}`);
        const own = await server.ask(query, variables, keys.alpha[scope]);
        // Of keys only those who manage them are told.
        const expected = type === 'ApiKey' && scope !== 'ADMIN' ? null : { __typename: type, id };
        assert.deepEqual(own.node, expected, `${type} with ${scope}`);
      }
    }
  });

  await t.test('a key with the scope is answered', async () => {
    for (const request of requests) {
      for (const scope of SCOPES.filter((own) => includes(own, request))) {
        const fill = (place: Place) => (request.root === 'Mutation' ? nothing(place.type) : idFor(place, alpha));
        const { errors } = await send(server, request, keys.alpha[scope], fill);
        const code = errors?.[0]?.extensions.code;
        // Two runs to compare must be different ones, and an encoder of texts reads no image.
        const asksInVain =
          request.field === 'compareRuns' || request.places.some(({ at }) => at.endsWith('.imageUploadId)'));
        const isRight = code === undefined || (code === 'BAD_INPUT' && asksInVain);
        assert.ok(isRight, `${request.field} with ${scope}: ${JSON.stringify(errors)}`);
      }
    }
  });

  await t.test('without a key nothing is told of what anybody has', async () => {
    const told = async (headers: Readonly<Record<string, string>> = {}) => {
      const answers = ['/metrics', '/readyz', '/livez', '/graphql'].map((path) =>
        fetch(`${server.url}${path}`, { headers }).then((response) => response.text()),
      );
      return (await Promise.all(answers)).join('\n');
    };
    const named = (text: string) => [CANARY, ...Object.values(alpha)].filter((word) => text.includes(word));
    assert.deepEqual(named(await told()), []);
    assert.deepEqual(named(await told({ authorization: `Bearer ${keys.beta.ADMIN}` })), []);
    const metrics = await told({ authorization: `Bearer ${server.localKey}` });
    assert.match(metrics, /^quartet_index_recall_at_10\{index="\w+"\} /m, 'an operator is told');
  });

  const mutations = requests.filter(({ root }) => root === 'Mutation');
  const isKeyed = ({ field }: Request) => {
    const input = getNullableType(schema.getMutationType()?.getFields()[field]?.args[0]?.type);
    return isInputObjectType(input) && 'idempotencyKey' in input.getFields();
  };
  const once = async (request: Request, more: object) => {
    const { input } = request.variables((place) => idFor(place, alpha)) as { input: object };
    const { data, errors } = await server.send(request.document, { input: { ...input, ...more } }, keys.alpha.ADMIN);
    assert.equal(errors, undefined, `${request.field}: ${JSON.stringify(errors)}`);
    return data[request.field];
  };

  await t.test(
    'a key of idempotency that was used for something else is refused by every mutation that takes one',
    async () => {
      const used = { idempotencyKey: 'used before' };
      await server.ask(CREATE_DATASET, { input: { name: 'something else', ...used } }, keys.alpha.ADMIN);
      const keyed = new Set(mutations.filter(isKeyed).map(({ field }) => field));
      for (const name of keyed) {
        const refusals: { code: string; message: string; field: readonly string[] | null }[] = [];
        // Some of the requests lack something that the schema can't state, and are refused for it.
        for (const request of mutations.filter(({ field }) => field === name)) {
          refusals.push((await once(request, used)).userErrors[0]);
        }
        assert.ok(
          refusals.every((refusal) => refusal !== undefined),
          `${name} did something`,
        );
        const { field, message } = refusals.find(({ code }) => code === 'CONFLICT') ?? {};
        assert.deepEqual(field, ['input', 'idempotencyKey'], `${name}: ${JSON.stringify(refusals)}`);
        assert.match(message ?? '', /was used (for createDataset|with other input); take a new key/);
      }
      assert.ok(keyed.size > 10, String(keyed.size));
    },
  );

  await t.test('one key and input, sent three times at once, make one thing', async () => {
    const made = new Set<string>();
    for (const request of mutations.filter(isKeyed)) {
      if (made.has(request.field)) continue;
      const key = { idempotencyKey: `same for ${request.places.map(({ at }) => at).join()} ${request.field}` };
      const answers = await Promise.all([once(request, key), once(request, key), once(request, key)]);
      const results = answers.map(({ secret: _shownOnce, userErrors, ...things }) => {
        const ids = Object.values(things).map((thing) => (thing as { id?: string } | null)?.id ?? thing);
        return { ids, codes: userErrors.map(({ code }: { code: string }) => code) };
      });
      assert.deepEqual(results[1], results[0], request.field);
      assert.deepEqual(results[2], results[0], request.field);
      if (results[0]?.codes.length === 0) made.add(request.field);
      const secrets = answers.filter(({ secret }) => typeof secret === 'string');
      assert.equal(secrets.length, request.field === 'createApiKey' ? 1 : 0);
    }
    // The others are refused as they stand, for what the schema can't state.
    assert.ok(made.size >= 10, [...made].join());
  });

  await t.test('every other mutation may be sent again, and changes nothing then', async () => {
    const again: string[] = [];
    for (const request of mutations.filter((one) => !isKeyed(one) && one.field !== 'deleteDataset')) {
      if (again.includes(request.field)) continue;
      const first = await once(request, {});
      assert.deepEqual(untimed(await once(request, {})), untimed(first), request.field);
      again.push(request.field);
    }
    assert.equal(again.filter((field) => field.startsWith('cancel')).length, 7);
    for (const name of ['markFalseNegative', 'retireIndexes', 'revokeApiKey', 'setRetention']) {
      assert.ok(again.includes(name), name);
    }
    const remove = mutations.find(({ field }) => field === 'deleteDataset') as Request;
    assert.deepEqual((await once(remove, {})).userErrors, []);
    // It is gone, as it was to be.
    assert.deepEqual((await once(remove, {})).userErrors[0].code, 'NOT_FOUND');
  });
});

test('a field that no scope is named for does not start', () => {
  const named = Object.values(scopes).flatMap((fields) => Object.keys(fields));
  const asked = new Set(requestsOf(createSchema()).map(({ field }) => field));
  assert.deepEqual([...asked].sort(), [...new Set(named)].sort());
});

/** Without addresses, which say how long they hold. */
function untimed(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (name, value) => (name === 'exportUrl' ? undefined : value)));
}

function includes(scope: Scope, { root, field }: Request): boolean {
  const needed = (scopes[root] as Readonly<Record<string, Scope>>)[field] as Scope;
  return principal('any' as never, [scope]).scopes.has(needed);
}

function nodeTypes(schema: GraphQLSchema): string[] {
  const node = schema.getType('Node');
  assert.ok(isInterfaceType(node));
  return schema.getPossibleTypes(node as GraphQLInterfaceType).map(({ name }) => name);
}

function idFor({ type }: Place, ids: Ids): string {
  return (type === null ? ids.Dataset : (ids[type] ?? nothing(type))) as string;
}

/** An id of this type that nothing has. */
function nothing(type: string | null): string {
  if (type === 'name') return 'no such dataset';
  const integer = type === 'Item' || type === 'DatasetQuery';
  const known = type === null || type === 'Node' ? 'Dataset' : type;
  return toGlobalId(known as never, integer ? NOWHERE.integer : NOWHERE.uuid);
}

/** The answer without the id that was asked for, in both its spellings, and without what differs from call to call. */
function masked(answer: Answer, asked: string): string {
  const row = parseGlobalId(asked)?.id ?? asked;
  const passing = ['tookMs', 'cost', 'locations'];
  const text = JSON.stringify(answer, (name, value) => (passing.includes(name) ? undefined : value));
  // A short number may stand for something else.
  const spelled = /^\d+$/.test(row) ? new RegExp(`(?<=\\b(item|query) )${row}\\b`, 'g') : row;
  return text
    .replaceAll(asked, 'ASKED')
    .replaceAll(spelled, 'ASKED')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

async function send(
  server: TestServer,
  request: Request,
  key: string,
  fill: (place: Place) => string,
): Promise<Answer> {
  const variables = request.variables(fill);
  if (request.root !== 'Subscription') return server.send(request.document, variables, key);
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });
  try {
    for await (const message of client.iterate({ query: request.document, variables }))
      return message as unknown as Answer;
    return { status: 200 };
  } catch (errors) {
    if (!Array.isArray(errors)) throw errors;
    return { status: 200, errors };
  } finally {
    await client.dispose();
  }
}

async function keysOf(server: TestServer, namespace: string): Promise<Readonly<Record<Scope, string>>> {
  const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }`;
  const entries = SCOPES.map(async (scope) => {
    const input = { name: `${namespace === 'alpha' ? CANARY : 'plain'} ${scope}`, scopes: [scope], namespace };
    return [scope, (await server.ask(create, { input }, server.localKey)).createApiKey.secret] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Scope, string>;
}

/** Everything that queries tell of a namespace's things. */
async function inventory(server: TestServer, key: string, requests: readonly Request[], ids: Ids): Promise<string> {
  const answers: unknown[] = [];
  for (const request of requests.filter(
    ({ root, field }) => root === 'Query' && !['server', 'apiKeys'].includes(field),
  )) {
    answers.push((await send(server, request, key, (place) => idFor(place, ids))).data);
  }
  return JSON.stringify(answers, (name, value) =>
    ['tookMs', 'freeDiskBytes', 'exportUrl'].includes(name) ? undefined : value,
  );
}

/** A thing of each type of node. */
async function seed(server: TestServer, key: string, name: string): Promise<Ids> {
  const ask = (document: string, input: object) => server.ask(document, { input }, key);
  const done = (field: string, id: string, more = '') => finished(server, field, id, more, key);
  const { dataset } = (await ask(CREATE_DATASET, { name })).createDataset;
  const rows = Array.from({ length: 20 }, (_, i) => {
    const split = ['train', 'validation', 'test'][i % 3];
    return JSON.stringify({
      query: `${CANARY} question ${i}`,
      positive: `${CANARY} answer ${i}`,
      label: CANARY,
      split,
    });
  });
  const uploadId = await server.upload(`${CANARY}.jsonl`, rows.join('\n'), key);
  const columns = { query: 'query', positive: 'positive', label: 'label', split: 'split' };
  const imported = await ask(IMPORT, { datasetId: dataset.id, uploadIds: [uploadId], columns });
  await done('import', imported.importDataset.import.id);
  const encoder = { textStatic: { dimensions: 8, vocabularySize: 256 } };
  const run = (await ask(TRAIN, { datasetId: dataset.id, encoder, maxSteps: 1, batchSize: 4 })).startTraining.run;
  const trained = await done('run', run.id, 'encoder { id }');
  assert.equal(trained.status, 'SUCCEEDED', JSON.stringify(trained));
  const { evaluation } = (await ask(EVALUATE, { datasetId: dataset.id })).evaluate;
  const { index } = (await ask(BUILD, { datasetId: dataset.id })).buildIndex;
  await done('evaluation', evaluation.id);
  assert.equal((await done('index', index.id)).status, 'SUCCEEDED');
  const { map } = (await ask(MAP, { indexId: index.id, method: 'PCA' })).mapIndex;
  assert.equal((await done('embeddingMap', map.id)).status, 'SUCCEEDED');
  const { promotion } = (await ask(PROMOTE, { indexId: index.id })).promoteIndex;
  const window = { rangeMin: 1, rangeMax: 4, perQuery: 1 };
  const { set } = (await ask(MINE, { datasetId: dataset.id, indexId: index.id, ...window })).mineHardNegatives;
  await done('hardNegativeSet', set.id);
  const training = { datasetId: dataset.id, encoder, maxSteps: 1, batchSize: 4 };
  const { refinement } = (await ask(REFINE, { training, mining: window, rounds: 1 })).startRefinement;
  await done('refinement', refinement.id);
  const { dataset: rest, apiKeys } = await server.ask(
    `query ($id: ID!) {
      dataset(id: $id) { items(first: 1) { nodes { id } } queries(first: 1) { nodes { id } } }
      apiKeys(first: 10) { nodes { id name } }
    }`,
    { id: dataset.id },
    key,
  );
  return {
    name,
    Dataset: dataset.id,
    Item: rest.items.nodes[0].id,
    DatasetQuery: rest.queries.nodes[0].id,
    Upload: uploadId,
    Import: imported.importDataset.import.id,
    TrainingRun: run.id,
    Encoder: trained.encoder.id,
    Evaluation: evaluation.id,
    IndexVersion: index.id,
    EmbeddingMap: map.id,
    IndexAlias: promotion.alias.id,
    Promotion: promotion.id,
    HardNegativeSet: set.id,
    Refinement: refinement.id,
    // One that may be revoked at the end, which the asker's own may not.
    ApiKey: apiKeys.nodes.find(({ name: own }: { name: string }) => own.endsWith('READ')).id,
  };
}

/** What the others' requests are completed with, so that one place alone is strange: of what a request names twice, too. */
async function seedSmall(server: TestServer, key: string): Promise<Ids> {
  const ask = (document: string, input: object) => server.ask(document, { input }, key);
  const { dataset } = (await ask(CREATE_DATASET, { name: 'plain' })).createDataset;
  const Upload = await server.upload('plain.jsonl', PLAIN_ROWS, key);
  const columns = { query: 'query', positive: 'positive' };
  const imported = (await ask(IMPORT, { datasetId: dataset.id, uploadIds: [Upload], columns })).importDataset.import;
  await finished(server, 'import', imported.id, '', key);
  const encoder = { textStatic: { dimensions: 8, vocabularySize: 256 } };
  const { run } = (await ask(TRAIN, { datasetId: dataset.id, encoder, maxSteps: 1, batchSize: 4 })).startTraining;
  await finished(server, 'run', run.id, '', key);
  const { index } = (await ask(BUILD, { datasetId: dataset.id })).buildIndex;
  assert.equal((await finished(server, 'index', index.id, '', key)).status, 'SUCCEEDED');
  return { name: 'plain', Dataset: dataset.id, Upload, TrainingRun: run.id, IndexVersion: index.id };
}

const PLAIN_ROWS = Array.from({ length: 8 }, (_, i) =>
  JSON.stringify({ query: `plain question ${i}`, positive: `plain answer ${i}`, split: 'train' }),
).join('\n');
const CREATE_DATASET = 'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } } }';
const IMPORT = 'mutation ($input: ImportDatasetInput!) { importDataset(input: $input) { import { id } } }';
const TRAIN =
  'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } userErrors { message } } }';
const EVALUATE = 'mutation ($input: EvaluateInput!) { evaluate(input: $input) { evaluation { id } } }';
const BUILD = 'mutation ($input: BuildIndexInput!) { buildIndex(input: $input) { index { id } } }';
const MAP = 'mutation ($input: MapIndexInput!) { mapIndex(input: $input) { map { id } } }';
const MINE =
  'mutation ($input: MineHardNegativesInput!) { mineHardNegatives(input: $input) { set { id } userErrors { message } } }';
const REFINE =
  'mutation ($input: StartRefinementInput!) { startRefinement(input: $input) { refinement { id } userErrors { message } } }';
const PROMOTE =
  'mutation ($input: PromoteIndexInput!) { promoteIndex(input: $input) { promotion { id alias { id } } } }';
