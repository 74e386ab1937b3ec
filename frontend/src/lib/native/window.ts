import { browser, watchDrag } from './browser';
import type { Command, Native, Theme } from './host';

/** The part of the Wails runtime in use. */
interface Runtime {
  EventsOn(name: string, heard: (value: unknown) => void): () => void;
  ClipboardSetText(text: string): Promise<boolean>;
}

/** What the window binds for us. Data never goes this way. */
interface Bound {
  ChooseFiles(): Promise<string[]>;
  ChooseFolder(): Promise<string>;
  TakeOpened(): Promise<string[]>;
  SaveAs(address: string, name: string): Promise<string>;
  Browse(link: string): Promise<void>;
  Print(): Promise<void>;
  Notify(title: string, body: string): Promise<void>;
  Look(): Promise<Look>;
  SetLook(look: Look): Promise<void>;
}

interface Look {
  zoom: number;
  theme: Theme;
}

interface Files {
  paths: string[];
  how: 'dropped' | 'chosen' | 'opened';
  x: number;
  y: number;
}

interface Host {
  runtime?: Runtime;
  go?: { window?: { Native?: Bound } };
}

const host = () => window as unknown as Host;
const bound = () => host().go?.window?.Native;

export const inWindow = () => typeof window !== 'undefined' && Boolean(host().runtime?.EventsOn && bound());

export const windowed: Native = {
  async choose() {
    const paths = await bound()?.ChooseFiles();
    return paths?.length ? { paths, files: [] } : null;
  },
  chooseFolder: async () => (await bound()?.ChooseFolder()) ?? '',
  hear(heard) {
    const on = <T>(name: string, take: (value: T) => void) => host().runtime?.EventsOn(name, (value) => take(value as T)) ?? (() => undefined);
    const stops = [
      on<Files>('files', (f) => heard.files({ paths: f.paths, files: [] }, f.how === 'dropped' ? document.elementFromPoint(f.x, f.y) : null)),
      on<Command>('menu', (command) => heard.command(command)),
      on<Look>('look', (look) => heard.theme(look.theme)),
      watchDrag((over) => heard.hanging(over), () => undefined),
    ];
    void bound()?.Look().then((look) => heard.theme(look.theme));
    void bound()?.TakeOpened().then((paths) => paths.length && heard.files({ paths, files: [] }, null));
    return () => stops.forEach((stop) => stop());
  },
  async copy(text) {
    await host().runtime?.ClipboardSetText(text);
  },
  async save(address, name) {
    return (await bound()?.SaveAs(`/${address}`, name)) ?? '';
  },
  browse: (link) => void bound()?.Browse(link),
  print: () => void (bound()?.Print() ?? browser.print()),
  notices: () => 'shown',
  askNotices: () => Promise.resolve('shown'),
  async notify(title, text) {
    await bound()?.Notify(title, text);
  },
  setTheme(theme) {
    void bound()?.Look().then(async (look) => {
      if (look.theme !== theme) await bound()?.SetLook({ ...look, theme });
    });
  },
};
