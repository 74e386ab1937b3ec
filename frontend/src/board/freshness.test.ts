import { describe, expect, it } from 'vitest';
import type { Heard, Row, SourceHealth } from '$lib/api';
import { allStale, limits, roads, roadsDown, strip, youngest } from './freshness';

const now = Date.parse('2026-11-23T20:00:00Z');
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const row = (heard: Partial<Heard>, more: Partial<Row> = {}) => ({ state: 'inTransit', tracking: '', heard: { tms: null, visibility: null, carrier: null, phone: null, ...heard }, ...more }) as Row;
const words = (r: Row, down: Parameters<typeof strip>[2] = []) => strip(r, now, down).map((x) => x.freshness).join(' ');

describe('the strip of a row', () => {
  it.each([
    ['nothing was ever heard', row({}), 'none none none none'],
    ['a truck under way', row({ tms: ago(60), visibility: ago(12), carrier: ago(200), phone: ago(400) }), 'current current ageing stale'],
    ['one that stands', row({ tms: ago(60), visibility: ago(200), carrier: ago(800) }, { state: 'atPickup' }), 'current current ageing none'],
    ['one that can no longer be seen', row({ tms: ago(5), visibility: ago(5) }, { tracking: 'denied' }), 'current failing none none'],
  ])('%s', (_, r, want) => expect(words(r)).toBe(want));

  it('changes exactly at its limits', () => {
    for (const phase of ['moving', 'standing'] as const) {
      for (const road of roads) {
        const at = (minutes: number) => strip(row({ [road]: ago(minutes) }, { state: phase === 'moving' ? 'inTransit' : 'planned' }), now).find((x) => x.road === road)?.freshness;
        const { ageing, stale } = limits[phase][road];
        expect([at(ageing), at(ageing + 1), at(stale), at(stale + 1)]).toEqual(['current', 'ageing', 'ageing', 'stale']);
      }
    }
  });

  it('names the youngest word', () => {
    expect(youngest(strip(row({ tms: ago(90), carrier: ago(12) }), now))).toBe(ago(12));
    expect(youngest(strip(row({}), now))).toBeNull();
  });

  it('says when nothing is fresh enough to tell by', () => {
    expect(allStale(strip(row({ carrier: ago(2000) }), now))).toBe(true);
    expect(allStale(strip(row({ carrier: ago(2000), phone: ago(20) }), now))).toBe(false);
    expect(allStale(strip(row({}), now))).toBe(false); // nothing heard is nothing expected
  });

  it('fails when every source of a road is down', () => {
    const source = (name: string, state: SourceHealth['state']): SourceHealth => ({ source: name, state, lastAt: null, loads: 0, text: '' });
    expect(roadsDown([source('tms', 'down'), source('project44', 'down'), source('eld', 'ok')])).toEqual(['tms']);
    expect(words(row({ tms: ago(1) }), ['tms'])).toBe('failing none none none');
  });
});
