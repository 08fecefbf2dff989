import { Nearest, type Neighbours } from './nearest.ts';

/*
 * int8 takes a quarter of the memory and ranks nearly as float32 does: nearly, so more candidates are taken from it than are wanted,
 * and these are scored anew from the float32 vectors on disk. What is lost is what int8 ranks below all of the candidates.
 */

/** Candidates scored anew for each hit wanted. On Gaussian mixtures of 128 dimensions a factor of 2 already loses nothing at k 10. */
const CANDIDATES_PER_HIT = 4;
const FEWEST_CANDIDATES = 40;

/** @returns how many candidates to take from int8 for k hits, at most as many as there are rows */
export function candidatesFor(k: number, rows: number): number {
  return Math.min(rows, Math.max(FEWEST_CANDIDATES, CANDIDATES_PER_HIT * k));
}

/**
 * @param query shape [D], unit norm  @param rows candidates, each once
 * @param read writes the float32 vector of a row into its second argument, shape [D]
 * @returns the k best of them by cosine similarity
 */
export function rescore(
  query: Float32Array,
  rows: Int32Array,
  k: number,
  read: (row: number, into: Float32Array) => void,
): Neighbours {
  const nearest = new Nearest(Math.min(k, rows.length));
  const vector = new Float32Array(query.length);
  for (const row of rows) {
    read(row, vector);
    let score = 0;
    for (let at = 0; at < query.length; at++) score += (query[at] as number) * (vector[at] as number);
    nearest.offer(row, Math.max(-1, Math.min(1, score)));
  }
  return nearest.take();
}
