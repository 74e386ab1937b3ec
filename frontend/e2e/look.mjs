// Takes pictures of every screen, for a person to look at, and tells what a machine can see: BASE_URL=... node e2e/look.mjs FOLDER
// ONLY names some screens, SIZES some sizes ("1280x720,1920x1080").
import { mkdirSync } from 'node:fs';
import { launch, openDesk } from './desk.mjs';
import { layoutFaults } from './faults.mjs';
import { screens, someLoad, visit } from './screens.mjs';

const out = process.argv[2] ?? 'pictures';
mkdirSync(out, { recursive: true });

const sizes = (process.env.SIZES ?? '1280x720,1600x900,1920x1080,3840x2160').split(',').map((size) => size.split('x').map(Number));
const wanted = screens.filter((s) => !process.env.ONLY || process.env.ONLY.split(',').includes(s.name));

// One page for all: the link of a desk works once.
const browser = await launch();
const { page, faults } = await openDesk(browser);
const load = process.env.LOAD ?? (await someLoad(page));
const seen = new Map(); // fault -> the sizes it shows at
for (const screen of wanted.filter((s) => load || !s.hash.includes('{load}'))) {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await visit(page, screen, load);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(100);
      await page.screenshot({ path: `${out}/${screen.name}-${width}-${colorScheme}.png` });
    }
    for (const fault of await layoutFaults(page)) {
      const told = `${screen.name}: ${fault}`;
      seen.set(told, [...(seen.get(told) ?? []), width]);
    }
  }
}
for (const [fault, widths] of seen) console.log(`${fault} [${widths.join(', ')}]`);
for (const fault of faults) console.log(fault);
await browser.close();
