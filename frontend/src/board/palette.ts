import { pressed } from '$lib/keys/sheet';
import { t } from '$lib/words';
import { views } from './views.svelte';

/** An act as the palette names it, with its key. */
export interface Act {
  name: string;
  key: string;
  run: () => void;
}

/** Every act of the board and every view; press does what the key does on the board. */
export function boardActs(press: (key: string) => void): Act[] {
  return [
    ...views.all.map((view, nth) => ({ name: t.view(view.name), key: nth < 9 ? `V ${nth + 1}` : 'V', run: () => void views.take(view.key) })),
    ...pressed('board', 'chosen').map((act) => ({ ...act, run: () => press(act.press) })),
  ];
}
