/*
 * `npm run -s bench -- NAME [options]`: standard output gets JSON lines only, one a result; progress goes to standard error.
 */

/** Prints one result. */
export type Print = (result: Readonly<Record<string, unknown>>) => void;
export type Bench = (args: readonly string[], print: Print) => Promise<void>;

/** One entry for each claim, loaded when it is asked for. */
const BENCHES: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  retrieval: () => import('./retrieval.ts'),
  index: () => import('./index.ts'),
  search: () => import('./search.ts'),
  filters: () => import('./filters.ts'),
  build: () => import('./build.ts'),
  churn: () => import('./churn.ts'),
  start: () => import('./start.ts'),
  http: () => import('./http.ts'),
  speed: () => import('./speed.ts'),
  'event-loop': () => import('./event-loop.ts'),
  import: () => import('./import.ts'),
  load: () => import('./load.ts'),
  paradigms: () => import('./paradigms.ts'),
  'grad-cache': () => import('./grad-cache.ts'),
  refine: () => import('./refine.ts'),
  mining: () => import('./mining.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (load === undefined) {
  console.error(`usage: npm run -s bench -- NAME [options], NAME one of ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
const { bench } = await load();
try {
  await bench(args, (result) => console.log(JSON.stringify({ bench: name, ...result })));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
