// Takes pictures of the screens, for a person to look at: node e2e/look.mjs OUT_DIR (BASE_URL by environment).
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';

const base = process.env.BASE_URL ?? 'http://127.0.0.1:7788/';
const out = process.argv[2] ?? 'pictures';
mkdirSync(out, { recursive: true });

const sizes = [[1280, 800], [1920, 1080]];
const screens = { board: '#/board', load: '#/load/L480103', documents: '#/documents', quarantine: '#/quarantine', reports: '#/reports', outgoing: '#/outgoing' };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
for (const [width, height] of sizes) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, timezoneId: 'America/New_York' });
    page.on('console', (m) => m.type() === 'error' && console.log('console:', m.text()));
    page.on('pageerror', (e) => console.log('error:', e.message));
    for (const [name, hash] of Object.entries(screens)) {
      if (process.env.ONLY && !process.env.ONLY.split(',').includes(name)) continue;
      await page.goto(base + hash);
      await page.reload();
      await page.waitForTimeout(700);
      if (name === 'reports') {
        await page.selectOption('select', { index: 1 });
        await page.waitForTimeout(1500);
      }
      await page.screenshot({ path: `${out}/${name}-${width}-${colorScheme}.png` });
    }
    await page.close();
  }
}
await browser.close();
