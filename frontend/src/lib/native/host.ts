/** What only the computer can do, and what it tells. */

/** Files a person chose or dropped: paths in the window, file objects in a browser. */
export type Chosen = { paths: string[]; files: File[] };

export type Theme = 'system' | 'light' | 'dark';

/** What the menu of the window asks of the page. */
export type Command = 'print' | 'undo' | 'find' | 'keys' | 'about' | 'demo' | 'board' | 'papers' | 'reports' | 'sources' | 'settings';

/** What the computer tells of its own accord. */
export interface Heard {
  /** Files dropped, chosen in the menu, or named at the start; target is where a drop fell. */
  files(chosen: Chosen, target: Element | null): void;
  /** Files hang above the window, or no longer. */
  hanging(over: boolean): void;
  command(command: Command): void;
  theme(theme: Theme): void;
}

export type Notices = 'shown' | 'ask' | 'denied' | 'none';

export interface Native {
  /** Lets a person choose files; nothing when they change their mind. */
  choose(): Promise<Chosen | null>;
  /** Lets a person choose a folder; null where this computer cannot ask (a browser knows no paths). */
  chooseFolder: (() => Promise<string>) | null;
  /** Hears the computer; what it returns stops that. */
  hear(heard: Heard): () => void;
  copy(text: string): Promise<void>;
  /** Saves what lies at an address of ours under a name; where it lies then, or nothing when a person changed their mind. */
  save(address: string, name: string): Promise<string>;
  /** Opens a phone, mail or web link outside. */
  browse(link: string): void;
  print(): void;
  /** Whether notices outside the page are shown, may be asked for, are denied, or do not exist here. */
  notices(): Notices;
  /** Asks for notices, as the act of a person. */
  askNotices(): Promise<Notices>;
  /** Shows a notice of the computer. */
  notify(title: string, text: string): Promise<void>;
  setTheme(theme: Theme): void;
}
