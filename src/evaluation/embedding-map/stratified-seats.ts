/**
 * Of how many items of each stratum a sample is made: one of each, so that a small one is seen, and the rest in proportion, by largest remainder.
 * @param counts items of each stratum, 1 or more each, more than `sample` in all
 * @returns as many seats in all as `sample`, none above its count; null when there are more strata than seats
 */
export function stratifiedSeats(counts: readonly number[], sample: number): number[] | null {
  const spare = sample - counts.length;
  if (spare < 0) return null;
  const others = counts.reduce((sum, count) => sum + count - 1, 0);
  const shares = counts.map((count) => (others === 0 ? 0 : ((count - 1) * spare) / others));
  const seats = shares.map((share) => 1 + Math.floor(share));
  const left = sample - seats.reduce((sum, one) => sum + one, 0);
  const byRemainder = [...shares.keys()].sort(
    (a, b) => remainder(shares[b] as number) - remainder(shares[a] as number) || a - b,
  );
  for (const at of byRemainder.slice(0, left)) seats[at] = (seats[at] as number) + 1;
  return seats;
}

function remainder(share: number): number {
  return share - Math.floor(share);
}
