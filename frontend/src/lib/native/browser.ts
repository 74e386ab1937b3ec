import { getFile } from '$lib/api/call';
import type { Chosen, Native, Notices } from './host';

function choose() {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  return new Promise<Chosen | null>((resolve) => {
    input.addEventListener('change', () => resolve({ paths: [], files: [...(input.files ?? [])] }));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

const holdsFiles = (event: DragEvent) => Boolean(event.dataTransfer?.types.includes('Files'));

/** Shared by both hosts for the sight of a drop: without preventDefault a webview would leave our page for the file. */
export function watchDrag(over: (hanging: boolean) => void, dropped: (event: DragEvent) => void): () => void {
  let depth = 0;
  const reset = () => {
    depth = 0;
    over(false);
  };
  const heard: Record<string, (event: DragEvent) => void> = {
    dragenter: () => ++depth === 1 && over(true),
    dragleave: () => --depth <= 0 && reset(),
    dragover: (event) => event.preventDefault(),
    drop: (event) => {
      event.preventDefault();
      reset();
      dropped(event);
    },
  };
  const one = (event: Event) => holdsFiles(event as DragEvent) && heard[event.type]?.(event as DragEvent);
  for (const name of Object.keys(heard)) window.addEventListener(name, one);
  return () => {
    for (const name of Object.keys(heard)) window.removeEventListener(name, one);
  };
}

function notices(): Notices {
  if (typeof Notification === 'undefined') return 'none';
  return { granted: 'shown', denied: 'denied', default: 'ask' }[Notification.permission] as Notices;
}

export const browser: Native = {
  choose,
  chooseFolder: null,
  hear: (heard) =>
    watchDrag(
      (over) => heard.hanging(over),
      (event) => heard.files({ paths: [], files: [...(event.dataTransfer?.files ?? [])] }, event.target as Element | null),
    ),
  copy: (text) => navigator.clipboard.writeText(text),
  /** Fetched before it is handed to the browser: why a file cannot be made is told here, not by a download that failed. */
  async save(address, name) {
    const file = await getFile(address, name);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file.body);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser takes it after the click
    return file.name;
  },
  /** A web page opens beside the desk, and is told nothing of it; a call or a mail leaves by the computer's own program. */
  browse: (link) => (/^https?:/.test(link) ? void window.open(link, '_blank', 'noopener,noreferrer') : location.assign(link)),
  print: () => window.print(),
  notices,
  async askNotices() {
    if (notices() === 'ask') await Notification.requestPermission();
    return notices();
  },
  notify(title, text) {
    if (notices() === 'shown') new Notification(title, { body: text });
    return Promise.resolve();
  },
  setTheme: () => undefined,
};
