import type { Row } from '$lib/api';
import { age, clock as clockAt, full, slack, span } from '$lib/time/format';
import { t } from '$lib/words';
import type { ColumnID } from './columns';
import { allStale, type Road, strip, youngest } from './freshness';

/** What stands in a cell: few pieces of text, so that a row is few nodes. */
export interface Drawn {
  text: string;
  lead?: string; // before the text, in a width of its own
  tail?: string; // at the right edge
  tone?: string; // a class
  label?: string; // what a screen reader is told instead of the signs in lead
}

const nothing: Drawn = { text: '' };

/** What a row of the grid is drawn with beside the row itself. */
export interface Moment {
  now: number;
  down: readonly Road[]; // the roads that are known to be broken
}

export function draw(row: Row, column: ColumnID, { now, down }: Moment): Drawn {
  const next = row.nextStop;
  switch (column) {
    case 'load': {
      const number = `${row.load}${row.oneSided ? ' *' : ''}${row.gone ? ' †' : ''}`;
      const pinned = row.flags.includes('pinned');
      return { lead: t.mark(row.attention.level) + (pinned ? ' ⚑' : ''), text: number, tone: `level-${row.attention.level}`, label: [t.level(row.attention.level), pinned && t.pinned, row.oneSided && t.oneSided, row.gone && t.gone].filter(Boolean).join(', ') };
    }
    case 'why':
      return { text: row.attention.why };
    case 'stop':
      // "Pioneer Foodservice · Buffalo, NY": the town tells more where room is scarce.
      return next ? { lead: t.stopLetter(next.kind) + next.seq, text: (next.place.split(' · ').at(-1) ?? '') + (next.status ? ` · ${t.arrivedAt}` : '') } : nothing;
    case 'window':
      if (!next) return nothing;
      return next.window ? { text: span(next.window.start, next.window.end, next.zone, now) } : { text: t.noWindow, tone: 'muted' };
    case 'eta':
      return eta(row, now, down);
    case 'news':
      return row.lastNews ? { lead: age(row.lastNews.at, now), text: t.sourceShort(row.lastNews.source) } : { text: t.noNews, tone: 'muted' };
    case 'heard': {
      const told = strip(row, now, down);
      const last = youngest(told);
      return { lead: told.map((x) => t.freshMark(x.freshness)).join(''), text: last ? age(last, now) : '', label: freshText(row, now, down) };
    }
    case 'customer':
      return { text: row.customer };
    case 'carrier':
      return { text: row.carrier };
    case 'lane':
      return { text: laneOf(row) };
    case 'state':
      return { text: t.state(row.state) };
    case 'papers':
      return { lead: t.paperMarks(t.paperMark(row.papers.pop), t.paperMark(row.papers.pod)), text: '', tone: row.state === 'delivered' ? '' : 'muted', label: papersOf(row) };
    case 'owner':
      return { text: row.owner };
    case 'flags':
      return { text: row.flags.map(t.flag).join(', ') };
    case 'refs':
      return { text: row.refs[0] ? `${row.refs[0].type} ${row.refs[0].value}` : '' };
  }
}

/** An expected time that rests on nothing fresh is struck: it is never shown as if it held. */
function eta(row: Row, now: number, down: readonly Road[]): Drawn {
  const next = row.nextStop;
  if (!next) return nothing;
  if (!next.eta) return { text: t.noETA, tone: 'muted' };
  const at = clockAt(next.eta, next.zone, now);
  if (allStale(strip(row, now, down))) return { lead: at, text: t.etaUnknown, tone: 'struck', label: t.etaStale(at) };
  const room = slack(next.eta, next.window?.end ?? next.window?.start ?? null);
  return { text: at, ...(room && { tail: room.text, tone: room.late ? 'late' : '' }) };
}

/** What a cell says in full, for the pointer that rests on it. */
export function inFull(row: Row, column: ColumnID, { now, down }: Moment): string {
  const next = row.nextStop;
  switch (column) {
    case 'load':
      return [t.level(row.attention.level), row.oneSided && t.oneSided, row.gone && t.gone].filter(Boolean).join(' · ');
    case 'why':
      return row.attention.why;
    case 'stop':
      return next ? t.nextStopOf(t.stopKind(next.kind), next.seq, row.stops, next.place) : '';
    case 'window':
      return [next?.window?.start, next?.window?.end].flatMap((x) => (x && next ? [full(x, next.zone)] : [])).join(' – ');
    case 'eta':
      return next?.eta ? `${full(next.eta, next.zone)} · ${t.source(next.etaBy)}` : '';
    case 'news':
      return row.lastNews ? `${full(row.lastNews.at, next?.zone ?? '')} · ${t.source(row.lastNews.source)}: ${row.lastNews.text}` : '';
    case 'heard':
      return freshText(row, now, down);
    case 'state':
      return t.tracking(row.tracking);
    case 'papers':
      return papersOf(row);
    case 'refs':
      return row.refs.map((r) => `${r.type} ${r.value}`).join(' · ');
    case 'customer':
      return row.customer;
    case 'carrier':
      return row.carrier;
    case 'lane':
      return laneOf(row);
    case 'owner':
      return row.owner;
    case 'flags':
      return row.flags.map(t.flag).join(', ');
  }
}

const laneOf = (row: Row) => [row.origin, row.dest].filter(Boolean).join(' → ');
const papersOf = (row: Row) => t.papersOf(t.paper(row.papers.pop), t.paper(row.papers.pod));
const freshText = (row: Row, now: number, down: readonly Road[]) => strip(row, now, down).map((x) => t.freshRoad(x.road, x.freshness, x.at ? age(x.at, now) : '')).join(', ');
