import type { Stop } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { axis, lane, place, ticks } from './band';

const at = (text: string) => Date.parse(`2026-11-${text}:00Z`);
const iso = (text: string) => `2026-11-${text}:00Z`;

const base: Stop = {
  seq: 1, kind: 'delivery', place: 'Regina, SK', facility: '', address: '', zone: 'UTC', zoneHow: '', lat: 0, lon: 0, apptType: '', windowBy: '', windows: [], history: [], amounts: [],
  window: null, original: null, arrived: null, departed: null, loaded: null, unloaded: null, pickedUp: null, delivered: null, eta: null,
};
const stop = (change: Partial<Stop>): Stop => ({ ...base, ...change });
const actual = (text: string) => ({ at: iso(text), source: '', agree: true, claims: [] });
const claim = (text: string) => ({ at: iso(text), source: '', statedAt: null, receivedAt: iso(text), basis: '', written: '', dayOnly: false, observation: '', note: '' });
const window = (from: string, to: string, dayOnly = false) => ({ start: iso(from), end: iso(to), dayOnly });
const now = at('23T12:00');

describe('a stop in time', () => {
  it('is expected with slack before the end of its window', () => {
    const l = lane(stop({ window: window('23T13:00', '23T15:00'), eta: { at: iso('23T14:00'), source: '', statedAt: null, claims: [claim('23T14:00'), claim('23T14:40')] } }), now);
    expect(l.slack).toEqual({ from: at('23T14:00'), to: at('23T15:00'), late: false });
    expect(l.range).toEqual({ from: at('23T14:00'), to: at('23T14:40') });
  });
  it('is late when expected after it', () => expect(lane(stop({ window: window('23T13:00', '23T15:00'), eta: { at: iso('23T16:00'), source: '', statedAt: null, claims: [] } }), now).slack).toEqual({ from: at('23T15:00'), to: at('23T16:00'), late: true }));
  it('has no slack against whole days', () => expect(lane(stop({ window: window('23T00:00', '23T23:59', true), eta: { at: iso('23T16:00'), source: '', statedAt: null, claims: [] } }), now).slack).toBeNull());
  it('forgets the ETA once the truck is there, which lasts until now', () => {
    const l = lane(stop({ arrived: actual('23T10:00'), eta: { at: iso('23T16:00'), source: '', statedAt: null, claims: [] } }), now);
    expect([l.eta, l.there]).toEqual([null, { from: at('23T10:00'), to: now }]);
  });
  it('ends with the work when nobody told of the departure', () => expect(lane(stop({ arrived: actual('23T08:00'), delivered: actual('23T09:00') }), now).there?.to).toBe(at('23T09:00')));
  it('keeps the first window when it moved', () => expect(lane(stop({ window: window('23T13:00', '23T15:00'), original: window('22T13:00', '22T15:00') }), now).original?.from).toBe(at('22T13:00')));
});

describe('the line', () => {
  const lanes = [lane(stop({ window: window('23T13:00', '23T15:00') }), now)];
  it('holds all and now', () => {
    const a = axis(lanes, now);
    expect(a && place(now, a)).toBeGreaterThan(0);
    expect(a && place(at('23T15:00'), a)).toBeLessThan(1);
  });
  it('leaves out a now that is far away', () => expect(axis(lanes, at('30T12:00'))?.to).toBeLessThan(at('24T00:00')));
  it('is none without a time', () => expect(axis([lane(base, now)], now)).toBeNull());
  it('keeps what is outside at its ends', () => expect([place(0, { from: 5, to: 10 }), place(20, { from: 5, to: 10 }), place(6, { from: 5, to: 10 })]).toEqual([0, 1, 0.2]));
});

describe('ticks', () => {
  it('stand on round hours of the clock', () => {
    const ahead = () => -6 * 3600_000;
    expect(ticks({ from: at('23T00:10'), to: at('24T00:10') }, 8, ahead).map((t) => new Date(t).toISOString().slice(11, 16))).toEqual(['03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '00:00']);
  });
  it('stay few on any line', () => {
    for (const hours of [1, 5, 30, 200, 5000, 90_000]) expect(ticks({ from: now, to: now + hours * 3600_000 }, 8, () => 0).length).toBeLessThanOrEqual(9);
  });
});
