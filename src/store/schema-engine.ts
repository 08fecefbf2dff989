import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlQuery } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';

export type { SchemaEngine };

/*
 * Prisma's own migration engine as WebAssembly, so that neither its binary nor the Prisma CLI is needed. Loading takes some 100 ms and
 * 50 MB, so it is done only where a migration is to be applied or written.
 */

/**
 * Runs `work` with an engine that talks through the pool, then frees it.
 * @throws the engine's error, with the database's own as its cause
 */
export async function withSchemaEngine<T>(pool: pg.Pool, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  let fault: unknown;
  const note = (error: unknown): never => {
    fault = error;
    throw error;
  };
  factory.connect = async () => mend(await connect(), pool, note);
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } catch (error) {
    // The engine says where it happened, and of what the database said only that it did.
    if (fault === undefined) throw error;
    throw new Error(`${(fault as Error).message} (${(error as Error).message})`, { cause: fault });
  } finally {
    engine.free();
  }
}

/** Object ids of PostgreSQL's types. */
const CHAR = 18;
const TEXT = 25;
type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** Two things in which Prisma's adapter (7.10) does not serve its own engine. */
function mend(adapter: Adapter, pool: pg.Pool, note: (error: unknown) => never): Adapter {
  // It would cut a script at every semicolon, those inside of strings and functions too.
  adapter.executeScript = async (script) => {
    await pool.query(script).catch(note);
  };
  // It refuses columns of the catalogue's type "char", which the engine reads when it looks at a database.
  const internals = adapter as unknown as { performIO(query: SqlQuery): Promise<pg.QueryArrayResult> };
  const performIO = internals.performIO.bind(adapter);
  const charColumns = new WeakMap<SqlQuery, number[]>();
  internals.performIO = async (query) => {
    const result = await performIO(query).catch(note);
    const found = result.fields.filter((field) => field.dataTypeID === CHAR);
    charColumns.set(
      query,
      found.map((field) => result.fields.indexOf(field)),
    );
    for (const field of found) field.dataTypeID = TEXT;
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of charColumns.get(query) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
/** What is used of it: TypeScript has its types among the browser's only. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
};
let loading: Promise<EngineModule> | undefined;

function loadEngine(): Promise<EngineModule> {
  loading ??= (async () => {
    const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const file = fileURLToPath(
      new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
    );
    const { instance } = await WebAssembly.instantiate(await readFile(file), {
      './schema_engine_bg.js': withIdleTimers(bindings),
    });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
    return bindings;
  })();
  return loading;
}

/** The engine forgets the 10 s timer of its advisory lock, which would keep a process that has finished alive for as long. */
function withIdleTimers(bindings: EngineModule): Record<string, unknown> {
  const imports: Record<string, unknown> = { ...bindings };
  for (const [name, value] of Object.entries(imports)) {
    if (!name.startsWith('__wbg_setTimeout_')) continue;
    imports[name] = (...args: unknown[]) => (value as (...args: unknown[]) => NodeJS.Timeout)(...args).unref();
  }
  return imports;
}
