import { describe, expect, it } from 'vitest';
import { columnsAt, leastWidth, tracks } from './columns';

const ids = (width: number, grouped = '') => columnsAt(width, grouped).map((c) => c.id);

describe('the columns', () => {
  it('are all there on a wide screen', () => expect(ids(1400)).toEqual(['severity', 'load', 'kind', 'stop', 'why', 'since', 'detected', 'state', 'owner', 'next']));
  it('give way beside the detail of a small one', () => expect(ids(750)).toEqual(['severity', 'load', 'kind', 'why', 'state', 'next']));
  it('keep what says what to do at any width', () => expect(ids(300)).toEqual(['severity', 'load', 'kind', 'why', 'state', 'next']));
  it('leave out what the groups say', () => expect(ids(1400, 'owner')).not.toContain('owner'));
  it('never need more than they have, but for those that stand always', () => {
    for (let width = 740; width < 1500; width += 10) expect(leastWidth(columnsAt(width))).toBeLessThanOrEqual(width);
  });
  it('let the why be read before there are more', () => {
    expect(ids(1060)).toEqual(['severity', 'load', 'kind', 'stop', 'why', 'state', 'owner', 'next']);
    for (let width = 900; width < 2000; width += 10) {
      const shown = columnsAt(width);
      if (shown.length > 6) expect(width - leastWidth(shown) + 164).toBeGreaterThanOrEqual(296);
    }
  });
  it('give the why what is left', () => expect(tracks(columnsAt(750))).toContain('minmax(10.25rem, 1fr)'));
});
