import { describe, expect, it } from 'vitest';
import { askedOf, type Filled, weekOf } from './paper';

const filled: Filled = { kind: 'daily', customer: 'Acme', carrier: 'Swift', load: '480100', dispute: 'otif', day: '2026-11-23', week: '2026-W47', from: '', to: '' };

describe('a paper is asked for', () => {
  it.each<[string, Partial<Filled>, Record<string, string> | null]>([
    ['by customer and day', {}, { kind: 'daily', customer: 'Acme', date: '2026-11-23' }],
    ['not without its customer', { customer: '' }, null],
    ['by week', { kind: 'weekly' }, { kind: 'weekly', customer: 'Acme', week: '2026-W47' }],
    ['by carrier over the usual weeks', { kind: 'scorecard' }, { kind: 'scorecard', carrier: 'Swift' }],
    ['not over half a period', { kind: 'scorecard', from: '2026-11-01' }, { kind: 'scorecard', carrier: 'Swift' }],
    ['over a period', { kind: 'scorecard', from: '2026-11-01', to: '2026-11-07' }, { kind: 'scorecard', carrier: 'Swift', from: '2026-11-01', to: '2026-11-07' }],
    ['of all customers', { kind: 'performance', customer: '' }, { kind: 'performance', customer: '' }],
    ['by load and what it is about', { kind: 'dispute', dispute: 'detention' }, { kind: 'dispute', load: '480100', dispute: 'detention' }],
    ['as it stands', { kind: 'handover' }, { kind: 'handover' }],
  ])('%s', (_, change, want) => expect(askedOf({ ...filled, ...change })).toEqual(want));
});

describe('the week', () => {
  it.each([
    ['2026-11-23', '2026-W48'], // a Monday
    ['2026-11-22', '2026-W47'],
    ['2027-01-03', '2026-W53'], // belongs to the year before
    ['2024-12-30', '2025-W01'], // belongs to the year after
  ])('of %s is %s', (day, want) => expect(weekOf(new Date(`${day}T12:00:00Z`))).toBe(want));
});
