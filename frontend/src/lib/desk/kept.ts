/**
 * A list whose order stays until the person asks for a new one: values change in place, what is new waits to be let in, and what
 * has left stays where it was, told as gone. Nothing moves under the hand.
 */
export interface Kept<T> {
  /** The lines as they were when they were put in order. */
  readonly order: readonly T[];
  /** The present value of every line, by key. */
  readonly now: ReadonlyMap<string, T>;
  /** Lines that came since. */
  readonly fresh: readonly T[];
  /** Lines that left since. */
  readonly gone: ReadonlySet<string>;
}

type KeyOf<T> = (one: T) => string;

export const nothingKept: Kept<never> = { order: [], now: new Map<string, never>(), fresh: [], gone: new Set() };

/** The list in the order it came. */
export const ordered = <T>(items: readonly T[], keyOf: KeyOf<T>): Kept<T> => ({ order: items, now: new Map(items.map((one) => [keyOf(one), one])), fresh: [], gone: new Set() });

/** The same lines with the values that came; a list without a line takes what came as it is. */
export function refreshed<T>(before: Kept<T>, items: readonly T[], keyOf: KeyOf<T>): Kept<T> {
  if (before.order.length === 0) return ordered(items, keyOf);
  const came = new Map(items.map((one) => [keyOf(one), one]));
  const now = new Map(before.order.map((one) => [keyOf(one), came.get(keyOf(one)) ?? before.now.get(keyOf(one)) ?? one]));
  return { order: before.order, now, fresh: items.filter((one) => !now.has(keyOf(one))), gone: new Set([...now.keys()].filter((key) => !came.has(key))) };
}

/** The list without some lines: those a person has just settled. */
export function without<T>(before: Kept<T>, keys: ReadonlySet<string>, keyOf: KeyOf<T>): Kept<T> {
  const stays = (one: T) => !keys.has(keyOf(one));
  return {
    order: before.order.filter(stays), now: new Map([...before.now].filter(([key]) => !keys.has(key))), fresh: before.fresh.filter(stays),
    gone: new Set([...before.gone].filter((key) => !keys.has(key))),
  };
}

/** Which line takes the cursor when its own is no longer listed: the one that now stands where it stood. */
export function nextTo(keys: readonly string[], cursor: string, at: number): string {
  if (keys.includes(cursor)) return cursor;
  return keys[Math.max(0, Math.min(keys.length - 1, at))] ?? '';
}
