import type { Native } from './index';

function choose() {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  return new Promise<{ paths: string[]; files: File[] } | null>((resolve) => {
    input.addEventListener('change', () => resolve({ paths: [], files: [...(input.files ?? [])] }));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

const holdsFiles = (event: DragEvent) => Boolean(event.dataTransfer?.types.includes('Files'));

/** Shared by both hosts for the sight of a drop: without preventDefault a webview would leave our page for the file. */
export function watchDrag(over: (hanging: boolean) => void, dropped: (event: DragEvent) => void): () => void {
  let depth = 0;
  const enter = (event: DragEvent) => {
    if (holdsFiles(event) && ++depth === 1) over(true);
  };
  const leave = (event: DragEvent) => {
    if (holdsFiles(event) && --depth <= 0) reset();
  };
  const hold = (event: DragEvent) => {
    if (holdsFiles(event)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    reset();
    dropped(event);
  };
  const reset = () => {
    depth = 0;
    over(false);
  };
  const pairs = { dragenter: enter, dragleave: leave, dragover: hold, drop } as const;
  for (const [name, heard] of Object.entries(pairs)) window.addEventListener(name, heard as EventListener);
  return () => {
    for (const [name, heard] of Object.entries(pairs)) window.removeEventListener(name, heard as EventListener);
  };
}

function save(address: string, name: string) {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

export const browser: Native = {
  choose,
  drops: (take, over) =>
    watchDrag(over, (event) => take({ paths: [], files: [...(event.dataTransfer?.files ?? [])] }, event.target as Element | null)),
  copy: (text) => navigator.clipboard.writeText(text),
  save,
  print: () => window.print(),
};
