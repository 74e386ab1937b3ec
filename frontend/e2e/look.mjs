// Takes pictures of the screens, for a person to look at: node e2e/look.mjs OUT_DIR (BASE_URL by environment).
import { mkdirSync } from 'node:fs';
import { launch, openDesk } from './desk.mjs';

const out = process.argv[2] ?? 'pictures';
mkdirSync(out, { recursive: true });

const sizes = [[1280, 800], [1920, 1080]];
const screens = { board: '#/board', load: `#/load/${process.env.LOAD ?? 'L480103'}`, documents: '#/documents', quarantine: '#/quarantine', reports: '#/reports', outgoing: '#/outgoing' };

// One page for all: the link of a desk works once.
const browser = await launch();
const { page, faults } = await openDesk(browser);
for (const [width, height] of sizes) {
  for (const colorScheme of ['light', 'dark']) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    for (const [name, hash] of Object.entries(screens)) {
      if (process.env.ONLY && !process.env.ONLY.split(',').includes(name)) continue;
      await page.evaluate((to) => (location.hash = to), hash);
      await page.waitForTimeout(900);
      if (name === 'reports') {
        await page.selectOption('select', { index: 1 });
        await page.waitForTimeout(1500);
      }
      await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png` });
    }
  }
}
for (const fault of faults) console.log(fault);
await browser.close();
