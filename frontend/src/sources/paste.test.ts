import { describe, expect, it } from 'vitest';
import { pasted } from './paste';

describe('what is pasted', () => {
  it.each([
    ['cells of a sheet', 'load\tstop\nL1\t1\n', 'pasted.tsv'],
    ['lines of a CSV', 'load,stop\r\nL1,1', 'pasted.csv'],
    ['semicolons, with commas inside', 'load;place\nL1;Dallas, TX', 'pasted.csv'],
    ['one number', 'L480103', undefined],
    ['a sentence', 'Driver called,\nhe waits at the gate', undefined],
    ['a heading alone', 'load\tstop\n', undefined],
  ])('%s', (_, text, name) => expect(pasted(text)?.name).toBe(name));

  it('keeps every character', async () => expect(await pasted('a\tb\nä\t"1, 2"\n')?.text()).toBe('a\tb\nä\t"1, 2"\n'));
});
