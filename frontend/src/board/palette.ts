import { t } from '$lib/words';
import { views } from './views.svelte';

/** An act of the board as the palette names it, with its key. */
export interface BoardAct {
  name: string;
  key: string;
  run: () => void;
}

/** Every act of the board; press does what the key does on the board. */
export function boardActs(press: (key: string) => void): BoardAct[] {
  const b = t.boardActs;
  const acts: [string, string][] = [
    [b.resort, 'r'], [b.next, 'x'], [b.why, 'w'], [b.pane, 'i'], [b.views, 'v'], [b.columns, 'o'], [b.note, 'c'], [b.owner, 'a'], [b.flag, 'l'], [b.pin, 'p'], [b.allLanes, '0'],
  ];
  return [
    ...views.all.map((view, nth) => ({ name: t.view(view.name), key: nth < 9 ? `V ${nth + 1}` : 'V', run: () => void views.take(view.key) })),
    ...acts.map(([name, key]) => ({ name, key: key.toUpperCase(), run: () => press(key) })),
    { name: b.lane, key: 'Ctrl+A', run: () => press('Ctrl+A') },
  ];
}
