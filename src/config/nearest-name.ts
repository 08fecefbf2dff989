/** @returns the candidate within a third of the name's length in edits (Levenshtein), the closest first; undefined if none is */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(name.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions and replacements from one word to the other, by Wagner and Fischer with one row. */
export function editDistance(from: string, to: string): number {
  const row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    let diagonal = i - 1;
    row[0] = i;
    for (let j = 1; j <= to.length; j++) {
      const above = row[j] as number;
      const replace = diagonal + (from[i - 1] === to[j - 1] ? 0 : 1);
      row[j] = Math.min(replace, above + 1, (row[j - 1] as number) + 1);
      diagonal = above;
    }
  }
  return row[to.length] as number;
}
