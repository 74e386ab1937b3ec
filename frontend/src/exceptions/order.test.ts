import { describe, expect, it } from 'vitest';
import type { ExceptionItem, ExceptionState, Severity } from '$lib/api';
import { arranged, nextNew } from './order';

const one = (id: string, load: string, severity: Severity, owner = '', state: ExceptionState = 'detected') => ({ id, load, loadId: load, severity, owner, customer: 'Acme', state }) as ExceptionItem;
const items = [one('1', 'A', 'critical', 'ana'), one('2', 'B', 'major'), one('3', 'A', 'watch', 'ana', 'worked')];

describe('the lines', () => {
  it('stand as they came', () => expect(arranged(items, new Set(), '')).toEqual({ keys: ['A/1', 'B/2', 'A/3'], groups: [] }));
  it('of one severity', () => expect(arranged(items, new Set(['watch']), '').keys).toEqual(['A/3']));
  it('by load, in the order of the most urgent', () =>
    expect(arranged(items, new Set(), 'load')).toEqual({ keys: ['A/1', 'A/3', 'B/2'], groups: [{ name: 'A', from: 0, count: 2 }, { name: 'B', from: 2, count: 1 }] }));
  it('of nobody are a group too', () => expect(arranged(items, new Set(), 'owner').groups.map((g) => g.name)).toEqual(['ana', '']));
});

describe('the next new one', () => {
  const keys = arranged(items, new Set(), '').keys;
  const now = new Map(items.map((item, i) => [keys[i] ?? '', item]));
  it('follows', () => expect(nextNew(keys, now, 0)).toBe(1));
  it('is found round the end', () => expect(nextNew(keys, now, 1)).toBe(0));
  it('is none where all were seen', () => expect(nextNew(['A/3'], now, 0)).toBe(-1));
});
