/** Draws the pages of a PDF. Loaded on first use: the reader is larger than all the rest of the screens. */
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

export interface Pages {
  numbers: number[]; // from 1
  /** Draws page n (from 1), fine enough for print. */
  draw(n: number, canvas: HTMLCanvasElement): Promise<void>;
  close(): void;
}

const dotsPerPoint = 2.5; // 180 dots an inch

export async function read(bytes: ArrayBuffer): Promise<Pages> {
  const task = getDocument({ data: bytes });
  const pdf = await task.promise;
  return {
    numbers: Array.from({ length: pdf.numPages }, (_, i) => i + 1),
    async draw(n, canvas) {
      const page = await pdf.getPage(n);
      const viewport = page.getViewport({ scale: dotsPerPoint });
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await page.render({ canvas, viewport }).promise;
    },
    close: () => void task.destroy(),
  };
}
