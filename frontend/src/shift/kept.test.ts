import { beforeEach, describe, expect, it } from 'vitest';
import type { HandoverLine } from '$lib/api';
import { keep, kept, notes, unowned, wordsOf } from './kept';

const words = { decided: 'wait for the dock', rejected: '', fragile: '' };
const line = (loadId: string, owners: string[] = []): HandoverLine => ({
  load: loadId, loadId, customer: '', carrier: '', state: 'inTransit', zone: '', stopClock: '', happened: [], decided: [], fragile: [], promises: [], next: '', nextDue: null, owner: '', meters: [], temp: '', authority: '',
  open: owners.map((owner, i) => ({ id: `${loadId}-${i}`, kind: 'silence', severity: 'major', why: '', owner, state: 'detected' })), words: { decided: '', rejected: '', fragile: '' }, takenBy: '', takenAt: null,
});

beforeEach(() => localStorage.clear());

describe('words of the outgoing person', () => {
  it('outlive the page', () => {
    keep({ a: words });
    expect(kept()).toEqual({ a: words });
  });
  it('that are broken on this machine are none', () => {
    localStorage.setItem('tracedesk.handover', '{');
    expect(kept()).toEqual({});
  });
  it('go over for loads on the sheet only', () => expect(notes([line('a'), line('b')], { a: words, c: words })).toEqual([{ load: 'a', ...words }]));
  it('are those of the sheet where none are written now', () => {
    const was = { ...line('a'), words };
    expect(wordsOf(was, {})).toBe(words);
    expect(wordsOf(was, { a: { ...words, decided: '' } }).decided).toBe('');
  });
});

describe('what nobody owns', () => {
  it('is told with its load', () => expect(unowned([line('a', ['', 'Ana']), line('b', [''])])).toEqual([{ load: 'a', id: 'a-0' }, { load: 'b', id: 'b-0' }]));
});
