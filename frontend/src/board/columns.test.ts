import { describe, expect, it } from 'vitest';
import { asChosen, columnsAt, leastWidth, movedTo, shownColumns, sized, toggledColumn, tracks } from './columns';

const ids = (list: readonly { id: string }[]) => list.map((c) => c.id).join(' ');
const keys = (list: readonly { key: string }[]) => list.map((c) => c.key).join(' ');

describe('the columns', () => {
  it.each([320, 572, 900, 1197, 1440, 1920, 3800])('fit a board of %d px', (width) => {
    const shown = columnsAt(width);
    expect(leastWidth(shown)).toBeLessThanOrEqual(Math.max(width, 116 + 180));
    expect(shown[0]?.id).toBe('load');
    expect(ids(shown)).toContain('why');
  });

  it('leave to the head of a group what it says', () => expect(ids(columnsAt(1440, 'customer'))).not.toContain('customer'));

  it('are those that were chosen, the load first, in the order chosen', () => {
    const shown = shownColumns([{ key: 'eta', width: 200 }, { key: 'gone column', width: 0 }, { key: 'owner', width: 0 }], 500);
    expect(ids(shown)).toBe('load eta owner');
    expect(tracks(shown)).toBe('7.25rem 12.5rem minmax(5.625rem, 1fr)');
    expect(leastWidth(shown)).toBe(406);
  });

  it('move, but never before the load', () => {
    const shown = shownColumns([{ key: 'load', width: 0 }, { key: 'why', width: 0 }, { key: 'eta', width: 0 }], 900);
    expect(keys(movedTo(shown, 2, 1))).toBe('load eta why');
    expect(keys(movedTo(shown, 2, 0))).toBe('load eta why');
    expect(keys(movedTo(shown, 1, 9))).toBe('load eta why');
    expect(keys(movedTo(shown, 0, 2))).toBe('load why eta');
  });

  it('are sized within reason, and back to their own width', () => {
    const shown = columnsAt(900);
    const width = (w: number) => sized(shown, 'why', w).find((c) => c.key === 'why')?.width;
    expect([width(300.4), width(3), width(5000), width(0)]).toEqual([300, 48, 900, 0]);
  });

  it('come and go', () => {
    const shown = shownColumns(asChosen(columnsAt(700)), 700);
    const more = toggledColumn(shown, 'owner');
    expect(keys(more)).toContain('owner');
    expect(keys(toggledColumn(shownColumns(more, 700), 'owner'))).toBe(keys(asChosen(shown)));
  });
});
