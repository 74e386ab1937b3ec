import { describe, expect, it } from 'vitest';
import type { PaperAgreement, PaperField, PaperSheet } from '$lib/api';
import { doubtful, linesOf, nextDoubt, spotsOf, sums } from './spots';

const field = (name: string, agrees: PaperAgreement, confidence = 0.9): PaperField => ({
  name, agrees, desk: agrees === 'onlyPaper' ? [] : ['x'],
  values: agrees === 'onlyDesk' ? [] : [{ value: 'x', text: 'X', confidence, page: 2, box: [0.1, 0.2, 0.3, 0.4], hand: false, why: '', origin: 'ocr', learned: false }],
});
const sheet = {
  fields: [field('load', 'agrees'), field('pieces', 'differs'), field('seal', 'onlyDesk'), field('in', 'onlyPaper'), field('out', 'agrees', 0.4)],
  checks: [{ name: 'seal', state: 'unknown', required: true }, { name: 'in', state: 'unknown', required: false }],
  signatures: [{ role: 'consignee', present: false, page: 1, box: [] }],
  notations: [{ kind: 'short', text: '2 short', page: 1, box: [0, 0, 1, 1] }, { kind: 'slc', text: 'SLC', page: 1, box: [0, 0, 1, 1] }],
} as unknown as PaperSheet;
const lines = linesOf(sheet);

describe('the lines of a sheet', () => {
  it('are its fields, signatures and notations, each with a sign', () =>
    expect(lines.map((l) => `${l.key} ${l.sign}`)).toEqual(['field load agrees', 'field pieces differs', 'field seal unknown', 'field in unknown', 'field out agrees', 'signature consignee differs', 'notation 0 differs', 'notation 1 unknown']));
  it('are counted by sign', () => expect(sums(lines)).toEqual({ agrees: 2, differs: 3, unknown: 3 }));
  it('have spots where they were read', () => expect(spotsOf(lines).map((s) => `${s.line} ${s.page}`)).toEqual(['field load 2', 'field pieces 2', 'field in 2', 'field out 2', 'notation 0 1', 'notation 1 1']));
  it('ask for eyes where they differ, are not sure or lack what is asked for', () => expect(lines.filter(doubtful).map((l) => l.key)).toEqual(['field pieces', 'field seal', 'field out', 'signature consignee', 'notation 0', 'notation 1']));
});

describe('the next in doubt', () => {
  it.each([
    ['from the top', '', 'field pieces'],
    ['behind one', 'field seal', 'field out'],
    ['round the end', 'notation 1', 'field pieces'],
  ])('%s', (_, from, want) => expect(nextDoubt(lines, from)).toBe(want));
  it('stays where nothing is in doubt', () => expect(nextDoubt(lines.slice(0, 1), 'field load')).toBe('field load'));
  it('is none of no lines', () => expect(nextDoubt([], '')).toBe(''));
});
