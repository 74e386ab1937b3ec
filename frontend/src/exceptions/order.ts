import type { ExceptionItem, Group, Severity } from '$lib/api';

/** Exceptions have a number of their own on their load. */
export const keyOf = (item: ExceptionItem) => `${item.loadId}/${item.id}`;

export const severities: readonly Severity[] = ['critical', 'major', 'minor', 'watch'];

export type GroupBy = '' | 'load' | 'owner' | 'customer';

export const groupings: readonly GroupBy[] = ['', 'load', 'owner', 'customer'];

/** The lines of the list: their keys, and where each group begins. */
export interface Arranged {
  readonly keys: readonly string[];
  readonly groups: readonly Group[];
}

const named: Record<GroupBy, (item: ExceptionItem) => string> = { '': () => '', load: (i) => i.load, owner: (i) => i.owner, customer: (i) => i.customer };

/** The exceptions of some severities (none named: all), in groups that stand in the order of their most urgent one. */
export function arranged(items: readonly ExceptionItem[], wanted: ReadonlySet<Severity>, by: GroupBy): Arranged {
  const chosen = wanted.size ? items.filter((item) => wanted.has(item.severity)) : items;
  if (!by) return { keys: chosen.map(keyOf), groups: [] };
  const lots = new Map<string, string[]>();
  for (const item of chosen) {
    const name = named[by](item);
    lots.set(name, [...(lots.get(name) ?? []), keyOf(item)]);
  }
  const groups: Group[] = [];
  let from = 0;
  for (const [name, keys] of lots) {
    groups.push({ name, from, count: keys.length });
    from += keys.length;
  }
  return { keys: [...lots.values()].flat(), groups };
}

/** The next one that nobody has looked at, from a place on, round the list once; -1 when there is none. */
export function nextNew(keys: readonly string[], now: ReadonlyMap<string, ExceptionItem>, from: number): number {
  for (let step = 1; step <= keys.length; step++) {
    const at = (from + step) % keys.length;
    if (now.get(keys[at] ?? '')?.state === 'detected') return at;
  }
  return -1;
}
