import type { TrustRank } from '$lib/api';

/** Where a kind of source stands in an order: rank 0 is believed first. */
export const rankOf = (ranks: readonly TrustRank[], kind: string) => ranks.findIndex((r) => r.kinds.includes(kind));

/**
 * The order after a kind moved: up or down leaves a rank shared with others for one of its own, then changes places with the
 * neighbour; alike joins the rank above. The order itself where nothing can move.
 */
export function movedIn(ranks: readonly TrustRank[], kind: string, how: 'up' | 'down' | 'alike'): TrustRank[] {
  const at = rankOf(ranks, kind);
  const own = ranks[at];
  if (!own) return [...ranks];
  const alone = own.kinds.length === 1;
  const rest = own.kinds.filter((k) => k !== kind);
  const single: TrustRank = { kinds: [kind] };
  if (how === 'alike') {
    const above = ranks[at - 1];
    if (!above) return [...ranks];
    return ranks.flatMap((r, i) => (i === at - 1 ? [{ kinds: [...above.kinds, kind] }] : i === at ? (alone ? [] : [{ kinds: rest }]) : [r]));
  }
  if (!alone) return ranks.flatMap((r, i) => (i === at ? (how === 'up' ? [single, { kinds: rest }] : [{ kinds: rest }, single]) : [r]));
  const to = how === 'up' ? at - 1 : at + 1;
  const other = ranks[to];
  if (!other) return [...ranks];
  return ranks.map((r, i) => (i === at ? other : i === to ? own : r));
}
