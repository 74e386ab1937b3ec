import { describe, expect, it } from 'vitest';
import type { ExceptionCause } from '$lib/api';
import { causeWords, fitting } from './causes';

const causes: ExceptionCause[] = [
  { type: '1651', code: 'A1', words: 'missed delivery', party: 'consignee' },
  { type: '1651', code: 'AI', words: 'mechanical breakdown', party: 'carrier' },
  { type: 'own', code: 'wrongDay', words: 'carrier came on the wrong day', party: 'carrier' },
];
const codes = (query: string) => fitting(causes, query).map((c) => c.code);

describe('causes', () => {
  it.each([
    ['', ['A1', 'AI', 'wrongDay']],
    ['ai', ['AI']],
    ['break', ['AI']],
    ['wrong day', ['wrongDay']],
    ['carrier', ['wrongDay', 'AI']],
    ['rain', []],
  ])('“%s”', (query, want) => expect(codes(query)).toEqual(want));
  it('are told with the codes that others know', () => expect(causes.map(causeWords)).toEqual(['A1 missed delivery', 'AI mechanical breakdown', 'carrier came on the wrong day']));
});
