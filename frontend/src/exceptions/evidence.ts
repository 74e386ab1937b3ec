import type { Observation } from '$lib/api';

/** How many facts of one observation are told: a row of an export says twenty. */
const most = 3;

/** What an observation says that bears on a stop (0: the load as a whole): its facts of that stop, else those of the load, each kind once. */
export function bearing(observations: readonly Observation[], id: string, stop: number): Observation[] {
  const said = observations.filter((o) => o.id === id);
  const ofStop = said.filter((o) => o.stop === stop);
  const list = ofStop.length ? ofStop : said;
  const kinds = new Set<string>();
  return list.filter((o) => !kinds.has(o.kind) && kinds.add(o.kind)).sort((a, b) => rank(a) - rank(b)).slice(0, most);
}

/** Times and places say more of an exception than what is on board. */
const order = ['appointment', 'eta', 'arrived', 'departed', 'loaded', 'unloaded', 'picked_up', 'delivered', 'position', 'temperature', 'tracking', 'document', 'paper', 'exception', 'status', 'note'];
const rank = (o: Observation) => (order.includes(o.kind) ? order.indexOf(o.kind) : order.length);
