import { parseArgs } from 'node:util';
import { MINUTE } from '../src/platform/clock.ts';
import { driftOf, type Slice } from './load/drift.ts';
import { openInstallation } from './load/installation.ts';
import { Traffic } from './load/traffic.ts';
import type { Bench } from './run.ts';

/*
 * `npm run -s bench -- load`: ten minutes of searches, upserts and subscriptions by the client package while a training runs, against
 * `quartet serve` in a process of its own. Nothing is sent again: each request that fails counts. The claims: no error, and neither
 * latency nor memory grows. Each slice is a line; the last line holds the whole, `flat` is what it comes to.
 */

/** Growth from the first third of the slices to the last that still counts as flat. Latency on a shared machine is noisy. */
const FLAT = { latency: 1.5, rss: 1.2 } as const;

export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      quick: { type: 'boolean', default: false },
      rows: { type: 'string', default: '5000' },
      'searches-per-second': { type: 'string', default: '20' },
      'upserts-per-second': { type: 'string', default: '2' },
    },
  });
  const minutes = values.quick ? 1 : Number(values.minutes);
  const rows = values.quick ? 1_000 : Number(values.rows);
  const slices = values.quick ? 6 : 20;
  const installation = await openInstallation(rows);
  const traffic = new Traffic(installation, {
    searchesPerSecond: Number(values['searches-per-second']),
    upsertsPerSecond: Number(values['upserts-per-second']),
  });
  const measured: Slice[] = [];
  try {
    await traffic.start();
    for (let n = 1; n <= slices; n++) {
      await new Promise((resolve) => setTimeout(resolve, (minutes * MINUTE) / slices));
      const slice = { ...traffic.take(), rssMiB: await installation.rssMiB() };
      measured.push(slice);
      print({ slice: n, of: slices, ...slice });
    }
    await traffic.stop();
  } finally {
    await installation.close();
  }
  const sum = (key: 'searches' | 'upserts' | 'events' | 'errors') =>
    measured.reduce((all, slice) => all + slice[key], 0);
  const { latency, rss } = driftOf(measured);
  const errors = sum('errors');
  print({
    minutes,
    rows,
    searches: sum('searches'),
    upserts: sum('upserts'),
    events: sum('events'),
    errors,
    errorRate: errors / (sum('searches') + sum('upserts')),
    firstError: traffic.firstError,
    latencyGrowth: latency,
    rssGrowth: rss,
    flat: errors === 0 && latency <= FLAT.latency && rss <= FLAT.rss,
  });
};
