import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMine } from '../services/mining-fixtures.ts';
import { finished, type TestServer, testServer } from './harness.ts';

const REFINE = `mutation ($input: StartRefinementInput!) { startRefinement(input: $input) {
  refinement { id asynchronous } userErrors { field message code }
} }`;

/** From a hit to everything behind it. */
const LINEAGE = `query ($input: SearchInput!) { search(input: $input) {
  hits { item { id } }
  index { id datasetHash encoder { id run {
    id datasetHash
    refinement { id }
    refinementRound { round run { id } minedWith { id } hardNegativeSet { id datasetHash encoder { run { id refinementRound { round } } } } }
    refreshes { number minedAt takenAt hardNegativeSet { id source status datasetHash report { queries } } }
  } } }
} }`;

async function refined(server: TestServer, datasetId: string, more: object) {
  const training = {
    datasetId,
    batchSize: 16,
    epochs: 2,
    validationFraction: 0.3,
    encoder: { textStatic: { dimensions: 16, vocabularySize: 256 } },
  };
  const { startRefinement } = await server.ask(REFINE, { input: { training, rounds: 1, ...more } });
  assert.deepEqual(startRefinement.userErrors, []);
  const { id, asynchronous } = startRefinement.refinement;
  const found = await finished(
    server,
    'refinement',
    id,
    'index { id } rounds { round taken run { id } hardNegativeSet { id } }',
  );
  assert.deepEqual([found.status, found.error], ['SUCCEEDED', null]);
  return { id, asynchronous, ...found };
}

test('one query leads from a hit to index version, encoder, run, mining round and the hash of the data', async (t) => {
  const house = await openMine(t, { items: 90, questions: 80 });
  const server = await testServer(t, { worker: true, databaseUrl: house.db.url, dataDir: house.dataDir });
  const { dataset } = await server.ask('query ($name: String!) { dataset(name: $name) { id } }', {
    name: house.dataset.name,
  });
  const lineage = async (indexId: string) => {
    const input = { target: { indexId }, query: { text: 'what are causes of heart disease' }, k: 1 };
    const { hits, index } = (await server.ask(LINEAGE, { input })).search;
    assert.equal(hits.length, 1);
    return index;
  };

  const rounds = await refined(server, dataset.id, {});
  const last = rounds.rounds.findLast(({ taken }: { taken: boolean }) => taken);
  const index = await lineage(rounds.index.id);
  const { run } = index.encoder;
  assert.deepEqual([index.id, run.id, run.refinement.id], [rounds.index.id, last.run.id, rounds.id]);
  assert.deepEqual([run.refinementRound.round, run.refinementRound.run.id], [last.round, run.id]);
  assert.match(run.datasetHash, /^[0-9a-f]{64}$/);
  assert.deepEqual([index.datasetHash, run.refreshes], [run.datasetHash, []]);
  // Round 1 leads on to what it was mined with; whether it was taken is chance.
  const { node } = await server.ask(
    'query ($id: ID!) { node(id: $id) { ... on Refinement { rounds { round hardNegativeSet { encoder { run { id refinementRound { round } } } } } } } }',
    { id: rounds.id },
  );
  const minedBy = node.rounds[1].hardNegativeSet.encoder.run;
  assert.deepEqual([minedBy.id, minedBy.refinementRound.round], [rounds.rounds[0].run.id, 0]);

  const { userErrors } = (
    await server.ask(REFINE, {
      input: {
        asynchronous: true,
        training: { datasetId: dataset.id, paradigm: { inBatchNegatives: { hardNegatives: 0 } } },
      },
    })
  ).startRefinement;
  assert.deepEqual(
    [userErrors[0].code, userErrors[0].message],
    ['BAD_INPUT', 'mined negatives would not be used: hardNegatives is 0; take 1 or more'],
  );
  const once = await refined(server, dataset.id, { asynchronous: true });
  assert.deepEqual([once.asynchronous, once.rounds.length], [true, 1]);
  const own = (await lineage(once.index.id)).encoder.run;
  assert.deepEqual([own.refinement.id, own.refinementRound.round, own.refreshes.length], [once.id, 0, 1]);
  const [{ number, minedAt, takenAt, hardNegativeSet }] = own.refreshes;
  assert.ok(number === 1 && minedAt > 0 && takenAt > minedAt);
  assert.deepEqual([hardNegativeSet.source, hardNegativeSet.status], ['ENCODER', 'SUCCEEDED']);
  assert.equal(hardNegativeSet.datasetHash, own.datasetHash);
});
