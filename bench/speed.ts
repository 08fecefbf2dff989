import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRows } from '../src/data/readers/index.ts';
import { loadTensors, type Tensors } from '../src/training/tensors.ts';
import type { Bench } from './run.ts';
import type { Contest } from './speed/contest.ts';
import { imageConv } from './speed/image-conv.ts';
import { Peer, type PeerOptions } from './speed/peer.ts';
import { shortPairs, type TextPair, textStatic } from './speed/text-static.ts';
import { vectorMlp } from './speed/vector-mlp.ts';

/** As many as the claims are for, here and there. */
const THREADS = 2;

/**
 * Training throughput against PyTorch and sentence-transformers: the same model, batch and optimizer in the same run, rounds of the two
 * alternating, so that whatever else the machine does strikes both. One line a contest: pairs/s by the median step and by the fastest,
 * and their ratios Quartet / peer. Without Python or a package, one line that says so, and the figures of Quartet alone.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      medquad: { type: 'string' },
      only: { type: 'string', default: '' },
      python: { type: 'string', default: 'python3' },
      packages: { type: 'string' },
      rounds: { type: 'string', default: '6' },
      steps: { type: 'string', default: '10' },
      backend: { type: 'string', default: 'auto' },
    },
  });
  process.env.TF_NUM_INTRAOP_THREADS = String(THREADS);
  process.env.OMP_NUM_THREADS = String(THREADS);
  const tensors = await loadTensors(values.backend as 'auto');
  const peerOptions = { python: values.python, packages: values.packages, threads: THREADS };
  const dir = await mkdtemp(join(tmpdir(), 'quartet-speed-'));
  try {
    for (const contest of await contests(values.medquad, dir)) {
      if (!contest.name.includes(values.only)) continue;
      print(await hold(contest, tensors, peerOptions, { rounds: Number(values.rounds), steps: Number(values.steps) }));
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

async function contests(medquad: string | undefined, dir: string): Promise<Contest[]> {
  const text = async (name: string, pairs: readonly TextPair[], batch: number) => {
    const file = join(dir, `${batch}.jsonl`);
    await writeFile(file, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
    return textStatic(name, pairs, batch, file);
  };
  const long = medquad === undefined ? [] : [await text('MedQuAD', await questionsOf(medquad, dir), 512)];
  return [await text('short text', shortPairs(20_480), 1_024), ...long, vectorMlp, imageConv];
}

async function questionsOf(path: string, scratch: string): Promise<TextPair[]> {
  const pairs: TextPair[] = [];
  for await (const { rows } of readRows({ name: path, path }, { format: 'auto', scratch })) {
    for (const { record } of rows) {
      if (record?.split === 'train') pairs.push([String(record.question), String(record.answer)]);
    }
  }
  return pairs;
}

async function hold(
  contest: Contest,
  tensors: Tensors,
  options: PeerOptions,
  { rounds, steps }: { rounds: number; steps: number },
): Promise<Readonly<Record<string, unknown>>> {
  const ours = contest.prepare(tensors);
  const peer = await Peer.start(contest.script, contest.task, options).catch((error: Error) => error.message);
  try {
    for (let warmUp = 0; warmUp < 3; warmUp++) ours.step();
    const times: { quartet: number[]; peer: number[] } = { quartet: [], peer: [] };
    for (let round = 0; round < rounds; round++) {
      for (let step = 0; step < steps; step++) {
        const begun = performance.now();
        ours.step();
        times.quartet.push((performance.now() - begun) / 1_000);
      }
      if (typeof peer !== 'string') times.peer.push(...(await peer.run(steps)));
    }
    const { name, batch, target } = contest;
    const quartet = throughput(times.quartet, batch);
    const load = Number((loadavg()[0] ?? 0).toFixed(1));
    const facts = { contest: name, batch, backend: tensors.name, load, quartet };
    if (typeof peer === 'string') return { ...facts, noPeer: peer };
    const other = throughput(times.peer, batch);
    const ratio = (of: 'median' | 'fastest') => Number((quartet[of] / other[of]).toFixed(2));
    return {
      ...facts,
      peer: other,
      peerIs: peer.version,
      ratio: ratio('median'),
      ratioOfFastest: ratio('fastest'),
      target,
    };
  } finally {
    ours.dispose();
    if (typeof peer !== 'string') peer.stop();
  }
}

/** Pairs a second by the median step and by the fastest. */
function throughput(seconds: readonly number[], batch: number): { median: number; fastest: number } {
  const sorted = seconds.toSorted((a, b) => a - b);
  const rate = (at: number) => Math.round(batch / (sorted[at] as number));
  return { median: rate(Math.floor(sorted.length / 2)), fastest: rate(0) };
}
