import { describe, expect, it } from 'vitest';
import type { RuleSetting } from '$lib/api';
import { changed, fits, inForce, own, read, scopeParts, shown } from './values';

const rule = (over: Partial<RuleSetting> = {}): RuleSetting => ({ key: 'appointment.near', group: 'Appointments', name: 'Near', help: 'Warn before the window ends.', unit: 'min', choices: [], min: 1, max: 1440, default: '75', value: '75', scopes: [], history: [], ...over });
const value = (scope: string, v: string) => ({ scope, value: v, version: 1, at: '2026-11-23T10:00:00Z', by: 'Ana' });

describe('a value typed', () => {
  it.each([
    ['min', '90', '90'], ['min', ' 1h 30m ', '90'], ['min', '2h', '120'], ['min', '1d', '1440'], ['min', '45min', '45'], ['clock', '6:00', '06:00'], ['clock', '1830', '18:30'], ['miles', '1,200', '1200'], ['yes/no', 'no', 'no'], ['days', '12-25', '12-25'],
  ])('%s %s is %s', (unit, text, want) => expect(read(rule({ unit }), text)).toEqual({ value: want }));
  it.each([
    ['min', ''], ['min', 'soon'], ['min', '-5'], ['min', '0'], ['min', '2d'], ['clock', '24:00'], ['clock', '6'], ['miles', ''], ['miles', 'far'], ['miles', 'Infinity'], ['choice', ' '],
  ])('%s %s is refused in words', (unit, text) => expect(read(rule({ unit }), text).wrong).toMatch(/\w/));
});

describe('a value shown', () => {
  it.each([['min', '45', '45 min'], ['min', '75', '1h 15m'], ['min', '240', '4h'], ['miles', '30', '30 miles'], ['clock', '06:00', '06:00'], ['yes/no', 'yes', 'yes'], ['choice', 'later', 'later'], ['min', '', '']])('%s %s as %s', (unit, v, want) => expect(shown({ unit }, v)).toBe(want));
});

describe('scopes', () => {
  const two = rule({ value: '60', scopes: [value('global', '60'), value('customer:Acme', '30')] });
  it('count their own value before everybody’s', () => {
    expect(own(two, 'customer:acme')).toBe('30');
    expect(own(two, 'carrier:Swift')).toBe('');
    expect(inForce(two, 'customer:Acme')).toBe('30');
    expect(inForce(two, 'carrier:Swift')).toBe('60');
  });
  it('are changed only by another value than the shipped one', () => {
    expect(changed(two)).toBe(true);
    expect(changed(rule())).toBe(false);
    expect(changed(rule({ scopes: [value('global', '75')] }))).toBe(false);
  });
  it('come apart', () => {
    expect(scopeParts('customer:A: B')).toEqual({ kind: 'customer', name: 'A: B' });
    expect(scopeParts('global')).toEqual({ kind: 'global', name: '' });
  });
});

describe('the search', () => {
  it.each([['', true], ['near', true], ['window appointments', true], ['acme', false], ['dwell', false]])('“%s” %s', (q, want) => expect(fits(rule(), q)).toBe(want));
  it('finds whom a rule has values for', () => expect(fits(rule({ scopes: [value('customer:Acme', '30')] }), 'acme')).toBe(true));
});
