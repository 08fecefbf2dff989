import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuartetClient } from '../../../src/client/index.ts';
import { sha256 } from '../../../src/platform/hash.ts';
import type { JobKind } from './job-kind.ts';
import type { PatientClient } from './patient-client.ts';
import type { ServedApp } from './served-app.ts';

const CURVE = `query ($id: ID!, $after: Int!) { run(id: $id) { status error { message } step totalSteps events(after: $after, first: 100) {
  nodes { sequence __typename
    ... on RunStepEvent { step epoch loss learningRate }
    ... on RunEvaluationEvent { step baseline metrics { ndcgAt10 mrrAt10 mapAt100 } }
  } lastSequence hasNextPage
} } }`;

/** Trains on one small dataset, always with the same config: there is only one curve and one set of weights it can come to. */
export class Trainings implements JobKind {
  readonly name = 'training';
  readonly table = 'TrainingRun';
  readonly #app: ServedApp;
  readonly #client: PatientClient;
  readonly #input: Readonly<Record<string, unknown>>;
  /** What a client that follows each run has seen: the sequence numbers of its events, in the order of their coming. */
  readonly #followed = new Map<string, Promise<number[]>>();
  #undisturbed: { curve: unknown; weights: string } | undefined;

  constructor(app: ServedApp, client: PatientClient, input: Readonly<Record<string, unknown>>) {
    this.#app = app;
    this.#client = client;
    this.#input = input;
  }

  async begin(): Promise<string> {
    const { run } = await this.#client.mutate('startTraining', 'run { id }', this.#input);
    const following = follow((await this.#app.url()) as string, run.id);
    following.catch(() => {});
    this.#followed.set(run.id, following);
    return run.id;
  }

  async check(id: string): Promise<void> {
    const curve = [];
    let sequence = 0;
    for (let more = true; more; ) {
      const { run } = await this.#client.query(CURVE, { id, after: sequence });
      assert.deepEqual([run.status, run.error, run.step], ['SUCCEEDED', null, run.totalSteps]);
      for (const event of run.events.nodes) {
        assert.equal(event.sequence, ++sequence, 'events are numbered without gaps');
        const { sequence: _, ...body } = event;
        if ('step' in body) curve.push(body);
      }
      more = run.events.hasNextPage;
    }
    const seen = await this.#followed.get(id);
    assert.deepEqual(
      seen,
      Array.from({ length: sequence }, (_, i) => i + 1),
      'who follows sees every event once',
    );
    const { run } = await this.#client.query('query ($id: ID!) { run(id: $id) { encoder { name version } } }', { id });
    const encoders = await this.#app.rows('SELECT sha256 FROM "Encoder" WHERE name = $1 AND version = $2', [
      run.encoder.name,
      run.encoder.version,
    ]);
    assert.equal(encoders.length, 1);
    const [{ sha256: address }] = encoders as unknown as [{ sha256: string }];
    const weights = sha256(
      await readFile(join(this.#app.dataDir, 'artifacts/encoder', address, 'encoder.safetensors')),
    );
    this.#undisturbed ??= { curve, weights };
    assert.deepEqual({ curve, weights }, this.#undisturbed);
  }
}

/** As the client package does it, as patient as somebody is who knows that servers are being killed. */
async function follow(url: string, runId: string): Promise<number[]> {
  const client = new QuartetClient({ url, reconnect: { attempts: 1_000, base: 100, cap: 1_000 } });
  const seen: number[] = [];
  for await (const { sequence } of client.runEvents(runId)) seen.push(sequence);
  return seen;
}
