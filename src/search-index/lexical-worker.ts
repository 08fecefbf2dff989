import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import type { LexicalReply, LexicalRequest } from './lexical.ts';

/*
 * SQLite's FTS5 in a thread of its own: a query with a frequent word scores many items and would hold up the event loop. FTS5 ranks by
 * BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75). It keeps the texts too: without them a deleted item would go on to count in the
 * statistics.
 */

/** A word that more than this share of the items has tells next to nothing, and most of the time goes into it. */
const COMMON_SHARE = 0.3;
/** Below so many items every word counts. */
const FEW_ITEMS = 1_000;

const db = new DatabaseSync(':memory:');
db.exec(`
  CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 2');
  CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)`);
const insert = db.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
const remove = db.prepare('DELETE FROM words WHERE rowid = ?');
const frequency = db.prepare('SELECT doc FROM vocabulary WHERE term = ?');
const ranked = db.prepare(
  'SELECT rowid AS id, -bm25(words) AS score FROM words WHERE words MATCH ? ORDER BY bm25(words), rowid LIMIT ?',
);
const known = new Set<number>();

parentPort?.on('message', (request: LexicalRequest) => parentPort?.postMessage(answer(request)));

function answer({ sequence, ...request }: LexicalRequest): LexicalReply {
  try {
    if ('words' in request) return { sequence, hits: search(request.words, request.limit) };
    db.exec('BEGIN');
    for (const { id, text } of request.changes) {
      if (known.delete(id)) remove.run(id);
      if (text === null) continue;
      insert.run(id, text);
      known.add(id);
    }
    db.exec('COMMIT');
    return { sequence, hits: [] };
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    return { sequence, error: String(error) };
  }
}

function search(words: readonly string[], limit: number): { id: number; score: number }[] {
  const telling = tellingOf(words);
  if (telling.length === 0) return [];
  // Words are letters and digits only, so nothing in them can be an operator of FTS5.
  return ranked.all(telling.map((word) => `"${word}"`).join(' OR '), limit) as { id: number; score: number }[];
}

/** The words that are worth looking up: without the common ones, unless there are no others. */
function tellingOf(words: readonly string[]): string[] {
  const counted = words
    .map((word) => ({ word, items: Number(frequency.get(word)?.doc ?? 0) }))
    .filter(({ items }) => items > 0);
  const rare = counted.filter(({ items }) => known.size < FEW_ITEMS || items <= COMMON_SHARE * known.size);
  const rarest = counted.sort((a, b) => a.items - b.items).slice(0, 1);
  return (rare.length > 0 ? rare : rarest).map(({ word }) => word);
}
