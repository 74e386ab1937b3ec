import { describe, expect, it } from 'vitest';
import type { Book, BookStep } from '$lib/api';
import { draftOf, edited, moved, newKey } from './draft';

const step = (key: string, text: string): BookStep => ({ key, text, who: 'driver', withinMin: 5, wording: '' });
const book: Book = { kind: 'late', version: 0, title: 'Late', steps: [step('a', 'Call'), step('b', 'Tell'), step('c', 'Note')], text: '', shipped: true, ships: true, at: null, by: '', versions: [] };
const keys = (steps: readonly BookStep[]) => steps.map((s) => s.key).join(' ');

describe('a draft', () => {
  it('leaves the playbook as it is while it is typed into', () => {
    const draft = draftOf(book);
    const first = draft.steps[0];
    if (first) first.text = 'Call twice';
    expect(book.steps[0]?.text).toBe('Call');
  });
  it.each([
    [0, 1, 'b a c'],
    [2, -1, 'a c b'],
    [0, -1, 'a b c'],
    [2, 1, 'a b c'],
  ])('step %i by %i', (at, by, want) => expect(keys(moved(draftOf(book), at, by).steps)).toBe(want));
});

describe('what is kept', () => {
  it('has no step without words, and a key of its own for a new one', () => {
    const draft = { ...draftOf(book), steps: [...book.steps, step('', ' Ask the gate '), step('', 'Ask the gate'), step('', '  ')] };
    expect(keys(edited(draft).steps ?? [])).toBe('a b c askTheGate askTheGate2');
  });
  it('keeps the keys by which steps are done', () => expect(keys(edited(moved(draftOf(book), 0, 1)).steps ?? [])).toBe('b a c'));
});

describe('a new key', () => {
  it.each([
    ['Call the driver again', [], 'callTheDriver'],
    ['Call the driver again', ['callTheDriver'], 'callTheDriver2'],
    ['???', [], 'step'],
  ])('%s', (text, taken, want) => expect(newKey(text, taken)).toBe(want));
});
