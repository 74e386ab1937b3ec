// The stories of a specialist in a real browser, by keyboard: npm run e2e with BASE_URL set to a desk of its own.
// On an empty desk the first story fills it; the loads of e2e/data are then on the board.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { day } from './day.mjs';
import { check, data, failed, hands, launch, openDesk, step } from './desk.mjs';
import { large } from './large.mjs';
import { roles } from './roles.mjs';

const browser = await launch();
const { page, faults } = await openDesk(browser);
page.setDefaultTimeout(6000);
const hand = hands(page);
const { press, sees, go, accessible } = hand;
// The desk in memory (app/api/apitest) answers, but does not think: what follows from an act is looked at on a real desk.
const real = (await page.evaluate(() => fetch('api/status').then((r) => r.json()))).home !== '/desk';

await step(page, 'first files to the board', async () => {
  await page.waitForSelector('.empty h2, [role=gridcell]');
  await press('n');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('dialog').getByRole('button', { name: 'Choose files' }).press('Enter')]);
  await chooser.setFiles([data('loads.csv'), data('events.csv')]);
  // Every step gives the focus to what goes on.
  await page.locator('button:focus', { hasText: /^Import 2 files/ }).waitFor({ timeout: 15000 });
  await press('Enter');
  await page.locator('button:focus', { hasText: 'Go to the board' }).waitFor({ timeout: 30000 });
  await press('Enter');
  await page.locator('[role=gridcell]').first().waitFor();
});

if (failed()) process.exit(1); // without loads there is nothing to tell

await step(page, 'the board is a grid with one Tab stop', async () => {
  const grid = page.getByRole('grid');
  check((await grid.locator('[tabindex="0"]').count()) === 1, 'more than one Tab stop');
  check(Number(await grid.getAttribute('aria-rowcount')) > 30, 'too few rows');
  await accessible('board');
});

await step(page, 'rows and cells by keys', async () => {
  await page.locator('[role=gridcell]').first().click();
  await press('j');
  await press('j');
  await press('k');
  const at = () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex'));
  check((await at()) === '3', `cursor on row ${await at()}, want 3`);
  await press('ArrowRight');
  check((await page.evaluate(() => document.activeElement?.getAttribute('aria-colindex'))) === '2', 'cell to the right');
  await press('Control+End');
  await page.waitForTimeout(200);
  const count = await page.getByRole('grid').getAttribute('aria-rowcount');
  check((await at()) === count, `cursor on ${await at()}, want ${count}`);
  await press('Control+Home');
});

await step(page, 'a lane by its number', async () => {
  await press('1');
  await page.getByRole('button', { name: /Act now/ }).and(page.locator('[aria-pressed=true]')).waitFor();
  await press('0');
});

await step(page, 'a load found by its number', async () => {
  await press('/');
  await page.keyboard.type('L480103');
  await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '2');
  await press('Enter');
  await press('Enter');
  await page.getByRole('heading', { name: 'L480103' }).waitFor();
  await accessible('load');
});

await step(page, 'every source beside the accepted one, and the body as received', async () => {
  await sees('Arrived');
  await page.getByRole('button', { name: /As received/ }).first().click();
  await page.locator('dialog pre').waitFor();
  await press('Escape');
});

await step(page, 'an arrival corrected by hand, and taken back', async () => {
  await press('e');
  await page.getByLabel(/^Stop/).selectOption({ index: 0 });
  await page.getByLabel(/^What/).selectOption('arrived');
  await page.getByLabel('When').fill('11/22/2026 11:20');
  await sees('= 2026-11-22 11:20');
  await accessible('correct');
  await press('Enter');
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).waitFor();
  const byHand = page.locator('.stops .accepted').filter({ hasText: 'by hand' });
  if (real) await byHand.first().waitFor();
  await press('z');
  await page.locator('.toast').first().waitFor();
  if (real) await byHand.first().waitFor({ state: 'detached' });
});

await step(page, 'as known at an earlier time', async () => {
  await page.getByLabel('As known at').fill('2026-11-22T12:00');
  await sees(/later news is hidden|Nothing was known|No load is called|not known/);
  await page.getByRole('button', { name: /^Now/ }).click();
});

await step(page, 'a paper filed on a load and verified', async () => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /File a paper/ }).click()]);
  await chooser.setFiles(data('pod.pdf'));
  await sees(/1 document filed/);
  await go('d');
  await page.getByRole('button', { name: /^To check/ }).click();
  await page.locator('.doc').filter({ hasText: 'pod.pdf' }).first().click();
  await page.locator('.viewer img').waitFor();
  await accessible('documents');
  await press('y');
  await page.locator('.toast').first().waitFor();
  if (!real) return;
  await page.evaluate(() => (location.hash = '#/load/L480103'));
  await sees(/POD ● verified/);
});

await step(page, 'files dropped on the board are looked at first', async () => {
  const drop = (on) =>
    page.evaluate((selector) => {
      const files = new DataTransfer();
      files.items.add(new File(['load,stop,kind\n'], 'dropped.csv', { type: 'text/csv' }));
      const at = document.querySelector(selector);
      for (const type of ['dragenter', 'dragover', 'drop']) at?.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
    }, on);
  await page.evaluate(() => (location.hash = '#/board'));
  await page.locator('[role=gridcell]').first().waitFor();
  await drop('[role=grid]');
  await page.getByRole('dialog').getByText('dropped.csv').first().waitFor();
  await press('Escape');
  check(!(await page.locator('.zone').count()), 'the drop zone stays');
});

await step(page, 'quarantine: corrected or set aside', async () => {
  await go('q');
  const aside = page.getByRole('button', { name: 'Set aside' });
  await aside.first().waitFor();
  await accessible('quarantine');
  const before = await aside.count();
  await aside.first().click();
  await page.waitForFunction((n) => [...document.querySelectorAll('button')].filter((b) => b.textContent?.trim() === 'Set aside').length < n, before);
});

await step(page, 'the daily report drawn in the app', async () => {
  await go('r');
  await page.getByLabel('Customer', { exact: false }).and(page.locator('select')).selectOption({ index: 1 });
  await page.locator('canvas').first().waitFor({ timeout: 15000 });
  await page.waitForFunction(() => {
    const canvas = document.querySelector('canvas');
    const dots = canvas?.width ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data : null;
    return Boolean(dots?.some((v, i) => i % 4 === 0 && v < 100));
  }, undefined, { timeout: 15000 });
  await accessible('reports');
});

await step(page, 'outgoing work is readable', async () => {
  await go('o');
  await sees(/Nothing to write out|What to write/);
  await accessible('outgoing');
});

await step(page, 'palette, keys and history', async () => {
  await press('Control+k');
  await page.keyboard.type('L480105');
  await page.getByRole('option').filter({ hasText: 'L480105' }).first().waitFor();
  await accessible('palette');
  await press('Enter');
  await page.getByRole('heading', { name: 'L480105' }).waitFor();
  await press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await accessible('keys');
  await press('Escape');
  await press('Shift+Z');
  await page.getByRole('heading', { name: 'What was done' }).waitFor();
  await press('Escape');
});

await step(page, 'settings: name and a watched folder', async () => {
  await page.getByRole('button', { name: 'Settings' }).click();
  const name = page.getByLabel('Your name on what you do');
  await name.fill('Ana Ruiz');
  await name.press('Tab');
  const folder = mkdtempSync(join(tmpdir(), 'tracedesk-watched-'));
  await page.getByLabel('Folder on this computer').fill(folder);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  const watched = page.getByRole('listitem').filter({ hasText: folder }).filter({ has: page.getByRole('button', { name: 'Stop watching' }) });
  await watched.waitFor();
  await accessible('settings');
  await watched.getByRole('button', { name: 'Stop watching' }).click();
  await watched.waitFor({ state: 'detached' });
  await press('Escape');
});

await step(page, 'nothing scrolls sideways or overlaps at 1280, in the dark and at 200 %', async () => {
  for (const [width, height] of [[1280, 800], [640, 400]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const letter of ['b', 'd', 'q', 'r', 'o']) {
      await page.evaluate((l) => (location.hash = { b: '#/board', d: '#/documents', q: '#/quarantine', r: '#/reports', o: '#/outgoing' }[l]), letter);
      await page.waitForTimeout(250);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      check(!wide, `${letter} scrolls sideways at ${width}`);
    }
    await page.evaluate(() => (location.hash = '#/board'));
    await page.waitForTimeout(300);
    if (width === 1280) await accessible('board, dark');
  }
});

if (real) await day(hand);
await roles(hand);
await large(hand);

await step(page, 'nothing but loopback was contacted and no script failed', async () => check(faults.length === 0, faults.join('\n')));

await browser.close();
process.exit(failed() ? 1 : 0);
