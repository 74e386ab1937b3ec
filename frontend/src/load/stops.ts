import type { Actual, Stop } from '$lib/api';

/** The milestones of a stop in the order in which they happen, those that are told of. */
export interface Milestone {
  fact: string;
  actual: Actual;
}

export function milestones(stop: Stop): Milestone[] {
  const all: [string, Actual | null][] = [
    ['arrived', stop.arrived],
    ['loaded', stop.loaded],
    ['unloaded', stop.unloaded],
    ['picked_up', stop.pickedUp],
    ['delivered', stop.delivered],
    ['departed', stop.departed],
  ];
  return all.filter((m): m is [string, Actual] => m[1] !== null).map(([fact, actual]) => ({ fact, actual }));
}

/** Where a stop stands: done, here (arrived, work not done), or ahead. */
export function stage(stop: Stop): 'done' | 'here' | 'ahead' {
  if (stop.departed || stop.loaded || stop.unloaded || stop.pickedUp || stop.delivered) return 'done';
  return stop.arrived ? 'here' : 'ahead';
}

/** Minutes an arrival was late against the end of the window; null when it cannot be told. */
export function lateBy(stop: Stop): number | null {
  const end = stop.window?.end ?? stop.window?.start;
  if (!stop.arrived?.at || !end || stop.window?.dayOnly) return null;
  return Math.round((Date.parse(stop.arrived.at) - Date.parse(end)) / 60_000);
}
