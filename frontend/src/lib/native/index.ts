/** What only the computer can do. In the window Wails does it; in a browser its twin. Both end in the same import. */
import { browser } from './browser';
import { inWindow, windowed } from './window';

/** Files a person chose or dropped: paths in the window, file objects in a browser. */
export type Chosen = { paths: string[]; files: File[] };

export interface Native {
  /** Lets a person choose files; nothing when they change their mind. */
  choose(): Promise<Chosen | null>;
  /** Hears files dropped anywhere. over(true) while files hang above. Returns what stops it. */
  drops(take: (chosen: Chosen, target: Element | null) => void, over: (hanging: boolean) => void): () => void;
  copy(text: string): Promise<void>;
  /** Saves what lies at an address of ours under a name. */
  save(address: string, name: string): void;
  print(): void;
}

export const native: Native = inWindow() ? windowed : browser;

export const count = (chosen: Chosen) => chosen.paths.length + chosen.files.length;
