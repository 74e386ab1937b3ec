// Small pictures of every screen, kept beside this file and compared coarsely: another machine's font passes, a region that moved or is
// missing does not.
import { Buffer } from 'node:buffer';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check } from './desk.mjs';

const folder = fileURLToPath(new URL('./pictures/', import.meta.url));

/** The kept picture is half as wide and high as the page. */
const kept = { width: 640, height: 400, quality: 0.55 };

/**
 * It is compared in 16 by 10 regions. A region differs when its mean lightness does by more than 8 of 255, or when its ink (how much
 * lightness changes from point to point) is less than a third of what it was, or more than three times. Measured: another font, serif
 * even, makes at most 3 regions differ; a rail, a strip of lanes, a head or a line of reasons that is gone makes 5 to 20, a page that
 * moved by a row 18 and more.
 */
const tolerance = { across: 16, down: 10, lightness: 8, ink: 3, some: 1.2, regions: 4 };

/** A page of no desk, in which pictures are made small and compared: the browser has what it takes. */
export async function darkroom(browser) {
  const page = await browser.newPage();
  await page.goto('about:blank');
  const run = (work, ...of) => page.evaluate(`(${work})(${of.map((one) => JSON.stringify(one)).join(', ')})`);
  return {
    /** The picture as it is kept: bytes of a WebP. */
    small: async (png) => Buffer.from(await run(shrunk, `data:image/png;base64,${png.toString('base64')}`, kept), 'base64'),
    /** How many regions differ between two kept pictures, and where, in parts of a hundred of the page. */
    compare: (a, b) => run(differing, `data:image/webp;base64,${a.toString('base64')}`, `data:image/webp;base64,${b.toString('base64')}`, tolerance),
    close: () => page.close(),
  };
}

async function shrunk(url, { width, height, quality }) {
  const image = await globalThis.createImageBitmap(await (await fetch(url)).blob(), { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}

async function differing(before, now, { across, down, lightness, ink, some }) {
  const measure = async (url) => {
    const image = await globalThis.createImageBitmap(await (await fetch(url)).blob());
    const { width, height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    const light = (i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
    const points = (width * height) / (across * down);
    const regions = Array.from({ length: across * down }, () => ({ light: 0, ink: 0 }));
    for (let i = 0; i < width * height; i++) {
      const region = regions[Math.floor((Math.floor(i / width) * down) / height) * across + Math.floor(((i % width) * across) / width)];
      region.light += light(i) / points;
      if ((i + 1) % width) region.ink += Math.abs(light(i) - light(i + 1)) / points;
    }
    return regions;
  };
  const [a, b] = [await measure(before), await measure(now)];
  const off = [...a.keys()].filter((i) => {
    const [less, more] = [Math.min(a[i].ink, b[i].ink), Math.max(a[i].ink, b[i].ink)];
    return Math.abs(a[i].light - b[i].light) > lightness || (more > some && less < more / ink);
  });
  const x = off.map((i) => i % across), y = off.map((i) => Math.floor(i / across));
  const part = (n, of) => Math.round((100 * n) / of);
  return { regions: off.length, where: off.length ? `${part(Math.min(...x), across)}-${part(Math.max(...x) + 1, across)} % across, ${part(Math.min(...y), down)}-${part(Math.max(...y) + 1, down)} % down` : '' };
}

/** Compares a screenshot with the kept one; with UPDATE_PICTURES=1 keeps it instead. */
export async function asKept(room, name, png, out = process.env.PICTURES) {
  const file = `${folder}${name}.webp`;
  const now = await room.small(png);
  if (process.env.UPDATE_PICTURES) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, now);
    return;
  }
  check(existsSync(file), `there is no picture of ${name}: keep one by UPDATE_PICTURES=1, and look at it`);
  const { regions, where } = await room.compare(readFileSync(file), now);
  if (regions <= tolerance.regions) return;
  if (out) writeFileSync(`${out}/changed-${name}.webp`, now);
  check(false, `${name} looks different in ${regions} of ${tolerance.across * tolerance.down} regions (${where})${out ? `; it is now changed-${name}.webp` : ''}. If that is meant: UPDATE_PICTURES=1, and look at what is kept`);
}
