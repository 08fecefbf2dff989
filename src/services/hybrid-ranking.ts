import { QuartetError } from '../domain/errors.ts';
import { cosine } from '../search-index/diversity.ts';
import { matches } from '../search-index/filter/matches.ts';
import { fuse } from '../search-index/fusion.ts';
import type { Selected } from './hit-selection.ts';
import type { IndexMoment, LoadedIndex } from './indexes.ts';
import type { LexicalIndexes } from './lexical-indexes.ts';
import { isFound, type LiveCandidates, type LiveQuery, type LiveSource, liveVector } from './live-hits.ts';
import { poolOf } from './search-cursor.ts';
import type { SearchPlan, SearchQuery } from './search-request.ts';

export interface HybridTask {
  readonly request: SearchQuery;
  readonly plan: SearchPlan;
  readonly query: LiveQuery;
  readonly source: LiveSource;
  readonly found: LiveCandidates;
  readonly moment: Promise<IndexMoment>;
}

/** The two rankings joined, with the similarity of those that only the words found. */
export async function hybridRanking(
  lexicalIndexes: LexicalIndexes,
  index: LoadedIndex,
  { request, plan, query, source, found, moment }: HybridTask,
): Promise<Omit<Selected, 'item'>[]> {
  const text = plan.hybrid?.text ?? ('text' in request ? request.text : null);
  if (text === null || plan.hybrid === null) {
    throw new QuartetError('BAD_INPUT', 'a hybrid search needs words; give hybrid.text, or search by text', {
      field: ['input', 'hybrid', 'text'],
    });
  }
  const { passing, vector, without } = query;
  const { overlay } = index.live;
  const accepts = (id: number) => {
    if (without.has(id) || !isFound(id, source)) return false;
    if (passing === null) return true;
    const item = overlay.item(id);
    return item === null ? passing.rows.has(index.vectors.rowOf(id) as number) : matches(passing.filter, item);
  };
  const { revision } = index.live;
  const { indexedRevision } = await moment;
  const words = await lexicalIndexes.at(index.datasetId, { revision, remembered: indexedRevision });
  const lexical = await words.search(text, poolOf(plan.k), accepts);
  const known = new Map(found.candidates.map((candidate) => [candidate.id, candidate]));
  const fused = fuse(
    { ids: found.candidates.map(({ id }) => id), scores: found.candidates.map(({ score }) => score) },
    { ids: lexical.map(({ id }) => id), scores: lexical.map(({ score }) => score) },
    plan.hybrid.fusion,
  );
  return fused.flatMap(({ id, score: rankedBy, vectorRank, lexicalRank }) => {
    const own = liveVector(id, source);
    if (own === null) return [];
    const candidate = known.get(id) ?? {
      id,
      score: cosine(vector, own),
      source: overlay.has(id) ? ('tail' as const) : ('index' as const),
    };
    const lexicalScore = lexicalRank === null ? null : (lexical[lexicalRank - 1]?.score ?? null);
    return [{ ...candidate, rankedBy, vectorRank, lexicalRank, lexicalScore, group: null }];
  });
}
