import type { Split } from '../../src/domain/training.ts';

/* What an import does, written down naively: one row after another over plain arrays. The oracle of the SQL. */

export interface ModelRow {
  readonly itemId: string | null;
  readonly text: string;
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** Null: a document without a query. */
  readonly query: string | null;
  readonly queryId: string | null;
  readonly split: Split;
  readonly grade: number;
}

interface ModelItem {
  id: number;
  text: string;
  own: string | null;
  aliases: string[];
  label: string | null;
  metadata: Readonly<Record<string, unknown>>;
  revision: number;
}

interface ModelQuery {
  id: number;
  text: string;
  own: string | null;
  split: Split;
}

export class ImportModel {
  items: ModelItem[] = [];
  queries: ModelQuery[] = [];
  /** `query item` -> grade. */
  judgements = new Map<string, number>();
  #nextItem: number;
  #nextQuery: number;

  constructor(nextItem: number, nextQuery: number) {
    this.#nextItem = nextItem;
    this.#nextQuery = nextQuery;
  }

  get next(): readonly [number, number] {
    return [this.#nextItem, this.#nextQuery];
  }

  import(rows: readonly ModelRow[]): void {
    this.#importItems(rows.filter((row) => lastOf(rows, row, ({ itemId }) => itemId)));
    const asking = rows.filter(({ query }) => query !== null);
    const ofQuery = ({ queryId, split }: ModelRow) => queryId && `${split} ${queryId}`;
    this.#importQueries(asking.filter((row) => lastOf(asking, row, ofQuery)));
    for (const row of asking) {
      const textOfItem = rows.findLast(({ itemId }) => itemId !== null && itemId === row.itemId)?.text ?? row.text;
      const textOfQuery =
        asking.findLast((other) => other.queryId !== null && ofQuery(other) === ofQuery(row))?.query ?? row.query;
      const item = this.items.find(({ text }) => text === textOfItem);
      const query = this.queries.find(({ text, split }) => text === textOfQuery && split === row.split);
      this.judgements.set(`${query?.id} ${item?.id}`, row.grade);
    }
  }

  #importItems(kept: readonly ModelRow[]): void {
    const left: { item: ModelItem; text: string }[] = [];
    for (const { itemId, text } of kept) {
      const item = this.items.find(
        ({ own, aliases }) => itemId !== null && (own === itemId || aliases.includes(itemId)),
      );
      if (item === undefined || item.text === text) continue;
      if (item.own === itemId) {
        item.own = null;
        left.push({ item, text });
      } else {
        item.aliases = item.aliases.filter((alias) => alias !== itemId);
      }
    }
    for (const { item } of left) {
      item.aliases.sort();
      item.own = item.aliases.shift() ?? null;
    }
    const renamed = new Set<ModelItem>();
    for (const { item, text } of left) {
      if (item.own !== null || kept.some((row) => row.text === item.text)) continue;
      const other = this.items.find((candidate) => candidate.text === text);
      if (other === undefined) {
        item.text = text;
        renamed.add(item);
      } else {
        this.#move(([query, old]) => (old === item.id ? [query, other.id] : null));
        this.items = this.items.filter((candidate) => candidate !== item);
      }
    }
    for (const text of new Set(kept.map((row) => row.text))) {
      const last = kept.findLast((row) => row.text === text) as ModelRow;
      let item = this.items.find((candidate) => candidate.text === text);
      if (item === undefined) {
        const { label } = last;
        item = {
          id: this.#nextItem++,
          text,
          own: null,
          aliases: [],
          label,
          metadata: last.metadata ?? {},
          revision: 1,
        };
        this.items.push(item);
        continue;
      }
      const label = last.label ?? item.label;
      const metadata = last.metadata ?? item.metadata;
      const same = label === item.label && JSON.stringify(metadata) === JSON.stringify(item.metadata);
      if (!same || renamed.has(item)) item.revision++;
      Object.assign(item, { label, metadata });
    }
    for (const { itemId, text } of kept) {
      const item = this.items.find((candidate) => candidate.text === text) as ModelItem;
      if (itemId === null || item.own === itemId || item.aliases.includes(itemId)) continue;
      if (item.own === null) item.own = itemId;
      else item.aliases.push(itemId);
    }
  }

  #importQueries(kept: readonly ModelRow[]): void {
    const left: { query: ModelQuery; text: string }[] = [];
    for (const { queryId, query: text, split } of kept) {
      const query = this.queries.find(({ own, split: of }) => queryId !== null && own === queryId && of === split);
      if (query === undefined || query.text === text) continue;
      query.own = null;
      left.push({ query, text: text as string });
    }
    for (const { query, text } of left) {
      if (kept.some((row) => row.query === query.text && row.split === query.split)) continue;
      const other = this.queries.find((candidate) => candidate.text === text && candidate.split === query.split);
      if (other === undefined) {
        query.text = text;
      } else {
        this.#move(([old, item]) => (old === query.id ? [other.id, item] : null));
        this.queries = this.queries.filter((candidate) => candidate !== query);
      }
    }
    const order = ['TRAIN', 'VALIDATION', 'TEST'];
    const rows = kept.map((row, index) => ({ row, index }));
    rows.sort((a, b) => a.index - b.index || order.indexOf(a.row.split) - order.indexOf(b.row.split));
    for (const { row } of rows) {
      const find = () => this.queries.find(({ text, split }) => text === row.query && split === row.split);
      if (find() === undefined) {
        this.queries.push({ id: this.#nextQuery++, text: row.query as string, own: null, split: row.split });
      }
      const query = find() as ModelQuery;
      query.own ??= row.queryId;
    }
  }

  /** Where two judgements fall together the higher grade counts. */
  #move(to: (pair: [number, number]) => [number, number] | null): void {
    for (const [key, grade] of [...this.judgements]) {
      const target = to(key.split(' ').map(Number) as [number, number])?.join(' ');
      if (target === undefined) continue;
      this.judgements.delete(key);
      this.judgements.set(target, Math.max(grade, this.judgements.get(target) ?? 0));
    }
  }
}

/** Whether no later row has the same key; a row without key counts by itself. */
function lastOf(rows: readonly ModelRow[], row: ModelRow, key: (row: ModelRow) => string | null): boolean {
  return key(row) === null || rows.findLast((other) => key(other) === key(row)) === row;
}
