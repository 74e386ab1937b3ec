import { describe, expect, it } from 'vitest';
import type { EdiMeaning, ExplainedElement, ExplainedSegment } from '$lib/api';
import { asText, at, choices, codeOf, instant, isFaulty, loadOf, looksLikeEdi, moment, place, sample, senderOf, unknowns } from './told';

const element = (n: number, value: string, over: Partial<ExplainedElement> = {}): ExplainedElement => ({ n, number: '1650', name: 'status', value, meaning: '', means: '', unknown: false, fault: '', expected: '', ...over });
const segment = (tag: string, values: string[], over: Partial<ExplainedSegment> = {}): ExplainedSegment => ({
  interchange: '000000905', group: '905', setKind: '204', set: '0001', number: 1, offset: 0, length: 10, tag, name: 'a segment', raw: [tag, ...values].join('*'), elements: values.map((v, i) => element(i + 1, v)), became: [], faults: [], ...over,
});

describe('what stands around a segment', () => {
  const header = segment('ISA', ['00', '', '00', '', '02', 'SWVL           '], { group: '', set: '', setKind: '' });
  const other = segment('ISA', ['00', '', '00', '', '02', 'NPME'], { interchange: '000000906', group: '', set: '', setKind: '' });
  const tender = segment('B2', ['', 'SWVL', '', 'L480100'], { number: 2 });
  const second = segment('B2', ['', 'SWVL', '', 'L480101'], { number: 2, set: '0002' });
  const stop = segment('S5', ['1', 'CL'], { number: 9, set: '0002' });
  const all = [header, tender, second, stop, other];
  it('is its sender, by its own interchange', () => expect(senderOf(all, stop)).toBe('SWVL'));
  it('is the sender of EDIFACT too', () => expect(senderOf([segment('UNB', ['UNOA', '5790000110018'], { set: '' }), stop], stop)).toBe('5790000110018'));
  it('is no sender where the header is not at hand', () => expect([senderOf([stop], stop), senderOf(all, undefined)]).toEqual(['', '']));
  it('is the load of its own set', () => expect([loadOf(all, stop), loadOf(all, tender)]).toEqual(['L480101', 'L480100']));
  it('is no load outside a set', () => expect([loadOf(all, header), loadOf([stop], stop)]).toEqual(['', '']));
  it.each([['B10', ['7', 'L1'], 'L1'], ['B1', ['SWVL', 'L2'], 'L2']])('is the load that %s names', (tag, values, want) => expect(loadOf([segment(tag, values)], segment('LX', ['1']))).toBe(want));
});

describe('an element', () => {
  it('that has parts is named by its part, a field of an event by its number', () => {
    const [one, two, other] = [element(2, '21', { number: '9011' }), element(2, 'HS', { number: '3055' }), element(3, '9')];
    const sts = segment('STS', [], { elements: [one, two, other] });
    expect([place(sts, one), place(sts, two), place(sts, other), place(segment('ObjectEvent', [], { elements: [one] }), one)]).toEqual(['STS-02.1', 'STS-02.2', 'STS-03', '02']);
    expect([codeOf(sts, one), codeOf(sts, other)]).toEqual(['21::HS', '9']);
  });
  it('is named by its place', () => expect(place(segment('AT7', []), element(1, 'X3'))).toBe('AT7-01'));
  it('is found by its number, also where others are left out', () => expect([at(segment('N1', [], { elements: [element(4, ' 9 ')] }), 4), at(undefined, 1)]).toEqual(['9', '']));
  it('marks its segment', () => {
    const bad = segment('AT7', [], { elements: [element(1, 'ZX', { unknown: true, fault: 'invalid code "ZX"' })] });
    expect([isFaulty(bad), unknowns(bad).length, isFaulty(segment('AT7', ['X3'])), isFaulty(segment('XX', [], { faults: ['no such segment'] }))]).toEqual([true, 1, false, true]);
  });
});

describe('pasted text', () => {
  it.each(['ISA*00*', '  \nISA|00|', 'AT7*X3*NS', "UNA:+.? '", 'UNB+UNOA:1', 'B2A*00*LT', 'N9^BM^12', sample])('%j is EDI', (text) => expect(looksLikeEdi(text)).toBe(true));
  it.each(['', 'load,customer\nL1,Acme', 'Please call', 'A*B', 'L480100', 'ISAAC said'])('%j is not', (text) => expect(looksLikeEdi(text)).toBe(false));
});

describe('a time', () => {
  it.each([
    ['2026-11-23T08:10:00 America/Chicago', { day: '2026-11-23', clock: '08:10', by: 'zone', zone: 'America/Chicago' }],
    ['2026-11-23T08:10:30-06:00', { day: '2026-11-23', clock: '08:10:30', by: 'instant', zone: '-06:00' }],
    ['2026-11-23T14:10:00Z', { day: '2026-11-23', clock: '14:10', by: 'instant', zone: 'Z' }],
    ['2016-07-26T12:30:00', { day: '2016-07-26', clock: '12:30', by: 'local', zone: '' }],
    ['2026-11-23', { day: '2026-11-23', clock: '', by: 'day', zone: '' }],
  ])('%s is read', (text, want) => expect(moment(text)).toEqual(want));
  it.each(['', 'soon', '2026-11'])('%j is none', (text) => expect(moment(text)).toBeNull());
  it('is an instant only with an offset', () => expect([instant('2026-11-23T14:10:00Z'), instant('2026-11-23T08:10:00 America/Chicago'), instant('2026-11-23')]).toEqual(['2026-11-23T14:10:00Z', '', '']));
});

describe('a segment copied', () => {
  const words = { fault: 'Wrong', became: 'Became', stands: (code: string) => `stands for ${code}` };
  it('tells its elements, faults and facts', () => {
    const s = segment('AT7', [], { name: 'shipment status', faults: ['out of place'], elements: [element(1, 'DEP', { means: 'AF', meaning: 'departed' }), element(2, '', { name: 'reason' }), element(3, '99', { name: 'date', fault: 'no date' })], became: [{ subject: 'pickup', fact: 'departed', value: '', at: '2026-11-23', note: '' }] });
    expect(asText(s, words).split('\n')).toEqual(['AT7', 'shipment status', 'Wrong: out of place', 'AT7-01\tstatus\tDEP\tstands for AF: departed', 'AT7-03\tdate\t99\tWrong: no date', 'Became\tpickup\tdeparted\t2026-11-23']);
  });
});

describe('a meaning', () => {
  const all: EdiMeaning[] = [{ code: 'AF', words: 'departed the pickup with the freight', facts: ['departed', 'picked_up'] }, { code: 'D1', words: 'unloading completed at the delivery', facts: ['unloaded', 'delivered'] }, { code: 'X3', words: 'arrived at the pickup', facts: ['arrived'] }];
  const facts = (m: EdiMeaning) => m.facts.join(' ');
  const found = (q: string) => choices(all, q, facts).map((m) => m.code);
  it.each([['', ['AF', 'D1', 'X3']], ['pickup', ['AF', 'X3']], ['x3', ['X3']], ['delivered', ['D1']], ['arrived pickup', ['X3']], ['boat', []]])('%j finds %j', (q, want) => expect(found(q)).toEqual(want));
  it('whose code is typed stands first', () => expect(choices([...all, { code: 'DE', words: 'a word about D1', facts: [] }, { code: 'D', words: 'delivered', facts: [] }], 'd', facts)[0]?.code).toBe('D'));
});
