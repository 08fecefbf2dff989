import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { DatasetKind } from '../domain/contents.ts';
import type { Split } from '../domain/training.ts';
import { GrowingArray } from './growing-array.ts';
import {
  CONTENT_NAMES,
  contentHash,
  SNAPSHOT_MAGIC,
  type SnapshotColumn,
  type SnapshotDirectory,
  SPLIT_CODES,
  snapshotColumns,
} from './snapshot.ts';

const BLOCK_BYTES = 256 * 1024;

type Column = { name: SnapshotColumn; offset: number; bytes: number; sha256: string };

/**
 * Writes a snapshot in one pass: all items, then all queries, then all judgements, then `finish`. Contents go to the file as
 * they come; in memory stay 16 bytes an item, 13 a query, 9 a judgement and the distinct labels. The `add` calls only
 * buffer; await `flush` now and then (once a batch), which also bounds the memory.
 * Order is the caller's: ids ascending, judgements by (query row, item row); a violation throws.
 */
export class SnapshotWriter {
  readonly #file: FileHandle;
  readonly #kind: DatasetKind;
  readonly #columns: Column[] = [];
  readonly #itemOffsets = new GrowingArray(Float64Array);
  readonly #itemIds = new GrowingArray(Int32Array);
  readonly #itemLabels = new GrowingArray(Int32Array);
  readonly #labels = new Map<string, number>();
  readonly #queryOffsets = new GrowingArray(Float64Array);
  readonly #queryIds = new GrowingArray(Int32Array);
  readonly #splits = new GrowingArray(Uint8Array);
  readonly #queryRows = new GrowingArray(Int32Array);
  readonly #itemRows = new GrowingArray(Int32Array);
  readonly #grades = new GrowingArray(Uint8Array);
  #block = Buffer.allocUnsafe(BLOCK_BYTES);
  #used = 0;
  /** Blocks that wait to be written, and where a column ends between them. */
  #pending: (Buffer | Column)[] = [];
  #position = 0;
  #columnStart = 0;
  #hash: Hash = createHash('sha256');
  #phase: 'items' | 'queries' | 'relevance' = 'items';

  private constructor(file: FileHandle, kind: DatasetKind) {
    this.#file = file;
    this.#kind = kind;
    this.#pending.push(SNAPSHOT_MAGIC);
    this.#position = SNAPSHOT_MAGIC.length;
    this.#columnStart = this.#position;
    this.#itemOffsets.push(0);
  }

  /** @throws the file system's error, also when the file exists */
  static async create(path: string, kind: DatasetKind = 'TEXT'): Promise<SnapshotWriter> {
    return new SnapshotWriter(await open(path, 'wx'), kind);
  }

  /** @param content a text as UTF-8 bytes or a string, an image's file, a vector's float32 numbers */
  addItem(id: number, content: string | Uint8Array, label: string | null = null): void {
    if (this.#phase !== 'items') throw new Error('items come before queries and judgements');
    ascending(this.#itemIds, id);
    this.#append(content);
    this.#itemOffsets.push(this.#position - this.#columnStart);
    this.#itemIds.push(id);
    let code = -1;
    if (label !== null) {
      code = this.#labels.get(label) ?? this.#labels.size;
      if (code === this.#labels.size) this.#labels.set(label, code);
    }
    this.#itemLabels.push(code);
  }

  addQuery(id: number, content: string | Uint8Array, split: Split): void {
    if (this.#phase === 'items') this.#endItems();
    if (this.#phase !== 'queries') throw new Error('queries come before judgements');
    ascending(this.#queryIds, id);
    this.#append(content);
    this.#queryOffsets.push(this.#position - this.#columnStart);
    this.#queryIds.push(id);
    this.#splits.push(SPLIT_CODES[split]);
  }

  /** @param grade 0 (judged not relevant) to 255 */
  addRelevance(queryRow: number, itemRow: number, grade: number): void {
    if (this.#phase === 'items') this.#endItems();
    if (this.#phase === 'queries') this.#endQueries();
    if (queryRow < 0 || queryRow >= this.#queryIds.length) throw new RangeError(`no query row ${queryRow}`);
    if (itemRow < 0 || itemRow >= this.#itemIds.length) throw new RangeError(`no item row ${itemRow}`);
    const before = this.#queryRows.last ?? -1;
    if (queryRow < before || (queryRow === before && itemRow <= (this.#itemRows.last ?? -1))) {
      throw new RangeError(`judgement (${queryRow}, ${itemRow}) is out of order`);
    }
    this.#queryRows.push(queryRow);
    this.#itemRows.push(itemRow);
    this.#grades.push(grade);
  }

  /** The same by database ids. @throws RangeError when an id was not added before */
  addRelevanceById(queryId: number, itemId: number, grade: number): void {
    this.addRelevance(this.#queryIds.rowOf(queryId), this.#itemIds.rowOf(itemId), grade);
  }

  /** Writes what was buffered so far, but for the block that is being filled. */
  async flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    // Hashed here, block by block between the writes, so that no long column holds up the event loop.
    for (const entry of pending) {
      if (Buffer.isBuffer(entry)) {
        if (entry !== SNAPSHOT_MAGIC) this.#hash.update(entry);
        await this.#file.writeFile(entry);
      } else {
        entry.sha256 = this.#hash.digest('hex');
        this.#hash = createHash('sha256');
      }
    }
  }

  /** Completes and closes the file; syncing it is up to the artifact store. */
  async finish(): Promise<{ hash: string; bytes: number }> {
    if (this.#phase === 'items') this.#endItems();
    if (this.#phase === 'queries') this.#endQueries();
    this.#column('relevance.query', this.#queryRows.bytes());
    this.#column('relevance.item', this.#itemRows.bytes());
    this.#column('relevance.grade', this.#grades.bytes());
    await this.flush(); // for the checksums
    const directory: SnapshotDirectory = {
      version: 1,
      ...(this.#kind === 'TEXT' ? {} : { kind: this.#kind }),
      items: this.#itemIds.length,
      labels: this.#labels.size,
      queries: this.#queryIds.length,
      relevance: this.#queryRows.length,
      columns: this.#columns,
    };
    const expected = snapshotColumns(this.#kind);
    if (directory.columns.some(({ name }, index) => name !== expected[index])) throw new Error('columns out of order');
    const json = Buffer.from(JSON.stringify(directory));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    this.#append(json);
    this.#append(length);
    this.#append(createHash('sha256').update(json).digest());
    this.#append(SNAPSHOT_MAGIC);
    this.#seal();
    await this.flush();
    await this.#file.close();
    return { hash: contentHash(directory), bytes: this.#position };
  }

  /** Closes the file without completing it; after `finish` nothing happens. */
  async abort(): Promise<void> {
    await this.#file.close();
  }

  #endItems(): void {
    this.#phase = 'queries';
    this.#endColumn(`item.${CONTENT_NAMES[this.#kind]}`);
    this.#column('item.offset', this.#itemOffsets.bytes());
    this.#column('item.id', this.#itemIds.bytes());
    this.#column('item.label', this.#itemLabels.bytes());
    const offsets = new GrowingArray(Float64Array);
    offsets.push(0);
    for (const label of this.#labels.keys()) {
      this.#append(label);
      offsets.push(this.#position - this.#columnStart);
    }
    this.#endColumn('label.text');
    this.#column('label.offset', offsets.bytes());
    this.#queryOffsets.push(0);
  }

  #endQueries(): void {
    this.#phase = 'relevance';
    this.#endColumn(`query.${CONTENT_NAMES[this.#kind]}`);
    this.#column('query.offset', this.#queryOffsets.bytes());
    this.#column('query.id', this.#queryIds.bytes());
    this.#column('query.split', this.#splits.bytes());
  }

  #column(name: SnapshotColumn, bytes: Uint8Array): void {
    this.#append(bytes);
    this.#endColumn(name);
  }

  #endColumn(name: SnapshotColumn): void {
    this.#seal();
    const bytes = this.#position - this.#columnStart;
    const column = { name, offset: this.#columnStart, bytes, sha256: '' };
    this.#columns.push(column);
    this.#pending.push(column);
    this.#columnStart = this.#position;
  }

  #append(data: string | Uint8Array): void {
    // 3 bytes are the most that one UTF-16 unit takes in UTF-8.
    const most = typeof data === 'string' ? data.length * 3 : data.length;
    if (most > BLOCK_BYTES) {
      const whole = Buffer.from(data as string);
      this.#seal();
      for (let start = 0; start < whole.length; start += BLOCK_BYTES) {
        this.#pending.push(whole.subarray(start, start + BLOCK_BYTES));
      }
      this.#position += whole.length;
      return;
    }
    if (most > BLOCK_BYTES - this.#used) this.#seal();
    let written = data.length;
    if (typeof data === 'string') written = this.#block.write(data, this.#used);
    else this.#block.set(data, this.#used);
    this.#used += written;
    this.#position += written;
  }

  /** Moves the current block to those that wait to be written. */
  #seal(): void {
    if (this.#used === 0) return;
    this.#pending.push(this.#block.subarray(0, this.#used));
    this.#block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.#used = 0;
  }
}

function ascending(ids: GrowingArray, id: number): void {
  if (id <= (ids.last ?? -1)) throw new RangeError(`id ${id} does not follow ${ids.last}: ids ascend`);
}
