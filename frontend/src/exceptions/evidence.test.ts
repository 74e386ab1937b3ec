import { describe, expect, it } from 'vitest';
import type { Observation } from '$lib/api';
import { bearing } from './evidence';

const said = (id: string, kind: string, stop: number) => ({ id, kind, stop }) as Observation;
const row = [said('a', 'customer', 0), said('a', 'weight', 1), said('a', 'appointment', 1), said('a', 'appointment', 2), said('b', 'position', 0)];
const kinds = (id: string, stop: number) => bearing(row, id, stop).map((o) => `${o.kind} ${o.stop}`);

describe('what bears an exception out', () => {
  it('is what a row says of its stop, times first', () => expect(kinds('a', 1)).toEqual(['appointment 1', 'weight 1']));
  it('of another stop is left out', () => expect(kinds('a', 2)).toEqual(['appointment 2']));
  it('of the load stands where nothing is said of the stop', () => expect(kinds('b', 2)).toEqual(['position 0']));
  it('that is no longer on file is nothing', () => expect(kinds('x', 1)).toEqual([]));
});
