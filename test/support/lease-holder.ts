// A worker process for tests: takes a lease at the database of its first argument, says its id, and stays.
import { takeLease } from '../../src/store/worker-leases.ts';

const { workerId } = await takeLease({ url: process.argv[2] as string });
process.send?.(workerId);
setInterval(() => {}, 60_000);
