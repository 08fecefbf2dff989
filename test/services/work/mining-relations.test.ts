import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RELATIONS, type Relation } from '../../../src/mining/select.ts';
import { contentClasses } from '../../../src/services/work/content-classes.ts';
import { relationsBetween } from '../../../src/services/work/mining-relations.ts';
import type { MiningTask } from '../../../src/services/work/mining-task.ts';

const ITEMS = 14;
const row = fc.integer({ min: 0, max: ITEMS - 1 });
const asked = fc.record({
  /** Content of the query; some are those of items. */
  text: fc.integer({ min: 0, max: 8 }),
  positives: fc.uniqueArray(row, { minLength: 1, maxLength: 4 }),
  marked: fc.uniqueArray(row, { maxLength: 3 }),
  self: fc.option(row, { nil: -1 }),
  candidates: fc.uniqueArray(row),
});
const corpus = fc.record({
  texts: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: ITEMS, maxLength: ITEMS }),
  labels: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: ITEMS, maxLength: ITEMS }),
  paired: fc.array(fc.boolean(), { minLength: ITEMS, maxLength: ITEMS }),
  queries: fc.array(asked, { minLength: 1, maxLength: 5 }),
});

/** As a specification would put it, with sets; shares no code with the real one. */
function naive(
  { texts, labels }: { readonly texts: readonly number[]; readonly labels: readonly number[] },
  { text, positives, marked, self }: Omit<typeof asked extends fc.Arbitrary<infer Asked> ? Asked : never, 'candidates'>,
  candidate: number,
): Relation {
  if (candidate === self) return 'self';
  if (candidate === positives[0]) return 'best-positive';
  if (positives.includes(candidate)) return 'other-positive';
  if ([text, ...positives.map((positive) => texts[positive])].includes(texts[candidate] as number)) return 'equal-text';
  if (marked.includes(candidate)) return 'marked';
  const label = labels[candidate] as number;
  return label >= 0 && positives.some((positive) => labels[positive] === label) ? 'equal-label' : 'none';
}

test('candidates are known to a query as a naive implementation says, whoever asked before', () => {
  fc.assert(
    fc.property(corpus, ({ texts, labels, paired, queries }) => {
      const classes = contentClasses(ITEMS, (item) => Buffer.from([texts[item] as number]));
      const relationsOf = relationsBetween({
        textClasses: classes.ofRows,
        equalsOf: (query: number) => classes.equalsOf(Buffer.from([queries[query]?.text as number])),
        labels: Int32Array.from(labels),
        paired: Uint8Array.from(paired, Number),
        selfOf: (query: number) => queries[query]?.self as number,
        markedOf: (query: number) => queries[query]?.marked as number[],
      } as unknown as MiningTask);
      for (const [queryRow, query] of queries.entries()) {
        const { positives, candidates } = query;
        const known = relationsOf(
          { queryRow, positives: Int32Array.from(positives), best: positives[0] as number },
          candidates,
        );
        assert.deepEqual(
          Array.from(known.relations, (code) => RELATIONS[code]),
          candidates.map((candidate) => naive({ texts, labels }, query, candidate)),
        );
        assert.deepEqual(
          [...known.paired],
          candidates.map((candidate) => Number(paired[candidate])),
        );
      }
    }),
    { numRuns: 1_500, seed: 11 },
  );
});
