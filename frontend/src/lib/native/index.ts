/** What only the computer can do. In the window Wails does it; in a browser its twin. Both end in the same import. */
import { browser } from './browser';
import type { Chosen, Native } from './host';
import { inWindow, windowed } from './window';

export type { Chosen, Command, Heard, Native, Notices, Theme } from './host';

export const native: Native = inWindow() ? windowed : browser;

export const count = (chosen: Chosen) => chosen.paths.length + chosen.files.length;
