/** The slider "as known at": a line of time from the first thing received to now, with a tick where something was received. */

/** Instants (ms, ascending, each once) at which something was received, by the minute: what came within one minute came together. */
export function received(list: readonly { receivedAt: string }[]): number[] {
  const last = new Map<number, number>(); // the last instant within a minute, so that choosing it shows all of that minute
  for (const { receivedAt } of list) {
    const at = Date.parse(receivedAt);
    const minute = Math.floor(at / 60_000);
    last.set(minute, Math.max(at, last.get(minute) ?? 0));
  }
  return [...last.values()].sort((a, b) => a - b);
}

/** The tick before or after an instant; after the last one it is null, which is now. */
export function step(ticks: readonly number[], from: number | null, by: 1 | -1): number | null {
  if (by === 1) return from === null ? null : (ticks.find((at) => at > from) ?? null);
  return ticks.findLast((at) => from === null || at < from) ?? ticks[0] ?? null;
}

/** How many observations were on file at an instant. */
export const knownBy = (list: readonly { receivedAt: string }[], at: number) => list.filter((o) => Date.parse(o.receivedAt) <= at).length;
