// The same work with everything four times as large: a window of 1280 by 1024 in which 320 by 256 points are left.
import { check, step } from './desk.mjs';

const screens = ['#/board', '#/load/L480103', '#/documents', '#/quarantine', '#/reports', '#/outgoing'];

export async function large({ page, press, to, palette, board }) {
  await step(page, 'at 400 %: no screen scrolls sideways, and a load is found, corrected and set back', async () => {
    await page.setViewportSize({ width: 320, height: 256 });
    for (const hash of screens) {
      await to(hash);
      await page.waitForTimeout(400);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, `${hash} is ${wide} px too wide`);
    }
    await board();
    await palette('L480103', 'L480103');
    await page.getByRole('heading', { name: 'L480103' }).waitFor();
    await press('e');
    await page.getByLabel(/^Stop/).selectOption({ label: 'Whole load' });
    await page.getByLabel(/^What/).selectOption('note');
    await page.getByLabel(/^Value/).fill('Dock closes at five');
    await press('Enter');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).waitFor();
    const seen = await page.locator('.toast').getByRole('button', { name: 'Undo' }).boundingBox();
    check(seen && seen.x >= 0 && seen.x + seen.width <= 320 && seen.y + seen.height <= 256, 'Undo is out of sight');
    await press('z');
    await page.locator('.toast').filter({ hasText: /Taken back/ }).first().waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });
}
