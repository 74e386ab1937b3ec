const roads = { tms: 'TMS', visibility: 'Visibility', carrier: 'Carrier', phone: 'Phone' } as const;
const freshness = { current: 'current', ageing: 'ageing', stale: 'stale', none: 'never heard', failing: 'failing' } as const;
const marks = { current: '●', ageing: '◐', stale: '○', none: '–', failing: '✕' } as const;
type Road = keyof typeof roads;
type Freshness = keyof typeof freshness;

/** Words of the grid's rows: how fresh each road is, groups. */
export const gridEn = {
  freshMark: (f: Freshness) => marks[f],
  /** "TMS current (12m)". */
  freshRoad: (road: Road, f: Freshness, age: string) => `${roads[road]} ${freshness[f]}${age ? ` (${age})` : ''}`,
  etaUnknown: 'unknown',
  etaStale: (eta: string) => `everything heard is too old; last expected ${eta}:`,
  nextStopOf: (kind: string, seq: number, stops: number, place: string) => `${kind}, stop ${seq} of ${stops}: ${place}`,
  stopLetter: (kind: string) => ({ pickup: 'P', delivery: 'D' })[kind] ?? 'S',
  papersOf: (pop: string, pod: string) => `POP ${pop}, POD ${pod}`,
  paperMarks: (pop: string, pod: string) => `P${pop} D${pod}`,
};
