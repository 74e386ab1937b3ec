import { describe, expect, it } from 'vitest';
import { href, parse } from './route.svelte';

describe('the address', () => {
  it.each([
    ['#/load/L480100', { screen: 'load', arg: 'L480100' }],
    ['#/documents', { screen: 'documents', arg: '' }],
    ['', { screen: 'board', arg: '' }],
    ['#/load/480100/2026-11-23T14%3A00%3A00Z', { screen: 'load', arg: '480100', at: '2026-11-23T14:00:00Z' }],
    ['#/nonsense/1', { screen: 'board', arg: '' }],
  ])('%s', (hash, want) => expect(parse(hash)).toEqual(want));

  it('carries any load number there and back', () => {
    for (const n of ['BOL:12/7', 'ł 100 %', 'a#b']) expect(parse(href('load', n))).toEqual({ screen: 'load', arg: n });
  });
});
