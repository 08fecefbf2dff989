import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Place } from './place.ts';

const MEGABYTE = 2 ** 20;

/** Server settings by PostgreSQL's names. Durability stays at PostgreSQL's own safe defaults (fsync, full_page_writes, synchronous_commit on). */
export async function serverSettings(place: Place): Promise<Record<string, string>> {
  const sharedBuffers = Math.max(32, Math.min(256, Math.floor(totalmem() / MEGABYTE / 32)));
  return {
    listen_addresses: '',
    unix_socket_directories: place.run,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: `${sharedBuffers}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // Nothing replicates from here, and minimal WAL lets bulk loads skip it.
    wal_level: 'minimal',
    max_wal_senders: '0',
    random_page_cost: '1.1',
    jit: 'off',
    // A killed client's long statement must not keep its locks.
    client_connection_check_interval: '1s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...(await smallSharedMemory()),
  };
}

/** Containers often have a /dev/shm of 64 MB, too small for parallel queries. */
async function smallSharedMemory(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return {};
  const { bsize, blocks } = await statfs('/dev/shm').catch(() => ({ bsize: 0, blocks: 0 }));
  return bsize * blocks < 256 * MEGABYTE ? { dynamic_shared_memory_type: 'mmap' } : {};
}
