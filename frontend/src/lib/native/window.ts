import { browser, watchDrag } from './browser';
import type { Native } from './index';

/** The part of the Wails runtime in use. */
interface Runtime {
  OnFileDrop(heard: (x: number, y: number, paths: string[]) => void, useDropTarget: boolean): void;
  OnFileDropOff(): void;
  ClipboardSetText(text: string): Promise<boolean>;
}

/** Native acts that the window binds for us; each is absent where the window does not offer it. */
interface Bound {
  ChooseFiles?(): Promise<string[] | null>;
  SaveFile?(address: string, name: string): Promise<string>;
  Print?(): Promise<void>;
}

interface Host {
  runtime?: Runtime;
  go?: Record<string, Record<string, Bound>>;
}

const host = () => window as unknown as Host;

export const inWindow = () => typeof window !== 'undefined' && Boolean(host().runtime?.OnFileDrop);

/** The one bound structure, "Native", whatever package it lives in. */
function bound(): Bound {
  for (const pkg of Object.values(host().go ?? {})) if (pkg['Native']) return pkg['Native'];
  return {};
}

export const windowed: Native = {
  async choose() {
    const ask = bound().ChooseFiles;
    if (!ask) return browser.choose();
    const paths = await ask();
    return paths?.length ? { paths, files: [] } : null;
  },
  drops(take, over) {
    const runtime = host().runtime;
    runtime?.OnFileDrop((x, y, paths) => take({ paths, files: [] }, document.elementFromPoint(x, y)), false);
    const stop = watchDrag(over, () => undefined);
    return () => {
      runtime?.OnFileDropOff();
      stop();
    };
  },
  async copy(text) {
    await host().runtime?.ClipboardSetText(text);
  },
  save(address, name) {
    const ask = bound().SaveFile;
    if (ask) void ask(address, name);
    else browser.save(address, name);
  },
  print() {
    const ask = bound().Print;
    if (ask) void ask();
    else browser.print();
  },
};
