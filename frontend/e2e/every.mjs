// Every screen of the table in turn, on a desk with the files of the stories: axe in light and dark, what a screen reader is told, no
// fault of layout at 1280 by 720 and in a window of 320 by 256 points (1280 by 1024 at 400 %), and the picture that is kept.
import { accessible, check } from './desk.mjs';
import { layoutFaults } from './faults.mjs';
import { asKept, darkroom } from './pictures.mjs';
import { wellTold } from './reader.mjs';
import { screens, someLoad, visit } from './screens.mjs';

/** A picture of the page when it stands still: two in a row are the same. */
async function still(page) {
  let before = await page.screenshot();
  for (let i = 0; i < 20; i++) {
    await page.waitForTimeout(150);
    const now = await page.screenshot();
    if (now.equals(before)) return now;
    before = now;
  }
  return before;
}

export async function every(step, { page }, browser) {
  const room = await darkroom(browser);
  const load = process.env.LOAD ?? 'L480103';
  check(await someLoad(page), 'the desk has no loads to show');
  for (const screen of screens) {
    await step(`${screen.name}: axe, roles, layout, pictures`, async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await visit(page, screen, load);
      await wellTold(page);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.waitForTimeout(150);
        await accessible(page, `${screen.name}, ${colorScheme}`);
        if (screen.picture !== false) await asKept(room, `${screen.name}-${colorScheme}`, await still(page));
      }
      for (const [width, height] of [[1280, 720], [320, 256]]) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(250);
        const found = await layoutFaults(page);
        const faults = width < 400 ? found.filter((f) => f.startsWith('sideways')) : found;
        check(faults.length === 0, `at ${width} by ${height}: ${faults.join('; ')}`);
      }
    });
  }
  await room.close();
}
