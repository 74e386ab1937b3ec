import { beforeEach, describe, expect, it } from 'vitest';
import { called, keepRule, rule, usual } from './naming';

beforeEach(() => localStorage.clear());

describe('the naming rule', () => {
  it.each([
    [usual, 'L480104_POD_2026-11-22.pdf'],
    ['{customer} {pro}', 'Acme Foods 004410104.pdf'],
    ['{load}/{type}', null],
    ['{driver}', null],
    ['plain', null],
    ['{}', null],
  ])('%s', (text, want) => expect(called(text)).toBe(want));
  it('is the usual one until a person keeps another', () => {
    expect(rule()).toBe(usual);
    keepRule(' {bol} ');
    expect(rule()).toBe('{bol}');
    keepRule('');
    expect(rule()).toBe(usual);
  });
});
