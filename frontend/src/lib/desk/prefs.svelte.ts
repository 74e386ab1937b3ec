/** What one person likes, remembered on this machine. */
interface Prefs {
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'normal' | 'roomy';
  pane: boolean | null; // null: as the window's width suggests
  paneWidth: number;
  letters: boolean; // single letters act
  tipsRead: string[]; // tips that were closed, by screen
  language: string; // "system", or the code of one
}

const key = 'tracedesk.prefs';
const usual: Prefs = { theme: 'system', density: 'normal', pane: null, paneWidth: 440, letters: true, tipsRead: [], language: 'system' };

function remembered(): Prefs {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Prefs>) };
  } catch {
    return usual;
  }
}

export const prefs: Prefs = $state(remembered());

export function remember(change: Partial<Prefs>): void {
  Object.assign(prefs, change);
  try {
    localStorage.setItem(key, JSON.stringify(prefs));
  } catch {
    // A browser that keeps nothing still works; it forgets on closing.
  }
}

/** In points of the screen; grows with the size of text that a person set in the browser. */
export const rowHeight = () => ({ compact: 28, normal: 32, roomy: 40 })[prefs.density] * textSize();

/** How many times its usual size a person made the text of the browser. */
export const textSize = () => (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;
