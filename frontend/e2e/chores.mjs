// What else a day holds, by keyboard, on the desk of the stories: the grid, quarantine, reports, outgoing work, settings, pasted tables.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessible, check } from './desk.mjs';
import { drop } from './hands.mjs';
import { drawn } from './screens.mjs';

export async function chores(step, hand) {
  const { page, press, type, sees, said, ask, told, focused, tabTo, fill, choose, go, board, palette, load } = hand;

  await step('the board is a grid with one Tab stop; rows and cells by keys', async () => {
    await board();
    const grid = page.getByRole('grid');
    check((await grid.locator('[tabindex="0"]').count()) === 1, 'more than one Tab stop');
    const at = () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex'));
    const comes = async (row) => check((await at()) === row, `cursor on row ${await at()}, want ${row}`);
    await press('Control+Home');
    await press('j', 2);
    await press('k');
    await comes('3');
    await press('ArrowRight');
    check((await page.evaluate(() => document.activeElement?.getAttribute('aria-colindex'))) === '2', 'cell to the right');
    await press('Control+End');
    await page.waitForTimeout(200);
    await comes(await grid.getAttribute('aria-rowcount'));
    await press('Control+Home');
  });

  await step('a load found by the filter, every source beside the accepted one, the body as received', async () => {
    await press('/');
    await type('L480103');
    await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '2');
    await press('Enter');
    await press('Enter');
    await page.getByRole('heading', { name: 'L480103' }).waitFor();
    await sees('Arrived');
    await tabTo(/^As received/);
    await press('Enter');
    await page.locator('dialog pre').waitFor();
    await press('Escape');
    await board();
    await press('/');
    await press('Control+a');
    await press('Delete');
    await press('Enter');
  });

  await step('files dropped on the board are looked at first', async () => {
    await drop(page, '[role=grid]', [{ name: 'dropped.csv', type: 'text/csv', bytes: 'load,stop,kind\n' }]);
    await page.getByRole('dialog').getByText('dropped.csv').first().waitFor();
    await accessible(page, 'import, with a file');
    await press('Escape');
    check(!(await page.locator('.zone').count()), 'the drop zone stays');
  });

  await step('a list of data dropped on a load is no paper of it', async () => {
    await load('L480104', 'L480104');
    const papers = async () => (await ask('documents/queue')).total;
    const before = await papers();
    await drop(page, '[data-file-on]', [{ name: 'list.json', type: 'application/json', bytes: '[{"Load":"L480104"}]' }]);
    await page.getByRole('dialog').getByText('this is JSON, but neither DCSA nor EPCIS').waitFor();
    check((await papers()) === before, 'the list was taken for a paper');
    await press('Escape');
  });

  await step('a table pasted from a sheet', async () => {
    await board();
    await page.evaluate(() => {
      const clipboard = new DataTransfer();
      clipboard.setData('text/plain', 'load\tstop\tsource\tevent\tat\ttext\nL480105\t1\tcarrier\tarrived\t2026-11-22 09:05\tat the gate\n');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
    });
    await page.getByRole('dialog').getByText('pasted.tsv').first().waitFor();
    await focused('button', /^Import 1 file/);
    await press('Enter');
    await page.locator('button:focus', { hasText: 'Go to the board' }).waitFor({ timeout: 30000 });
    await press('Enter');
    check(JSON.stringify((await ask('loads/L480105')).stops[0]).includes('T09:05'), 'the pasted arrival is not on the load');
  });

  await step('quarantine: set aside', async () => {
    await go('q');
    const aside = page.getByRole('button', { name: 'Set aside' });
    await aside.first().waitFor();
    await accessible(page, 'quarantine, with an item');
    const before = await aside.count();
    await tabTo(/^Set aside/);
    await press('Enter');
    await page.waitForFunction((n) => [...document.querySelectorAll('button')].filter((b) => b.textContent?.trim().startsWith('Set aside')).length < n, before);
  });

  await step('the daily report drawn in the app', async () => {
    await go('r');
    await choose(/^Customer/, 'Acme Foods');
    await page.waitForFunction(drawn, undefined, { timeout: 20000 });
    await accessible(page, 'reports, with a report');
  });

  await step('outgoing work by keys: copied, done by hand, and undone', async () => {
    await load('L480105', 'L480105');
    await press('e');
    await focused('textbox', /^When/);
    await tabTo(/^What/, 'Shift+Tab');
    await type('dep');
    await fill(/^When/, '11/22/2026 11:30');
    await press('Enter');
    await told('button', /^Undo/);
    await go('o');
    await page.locator('tr.here').first().waitFor();
    await accessible(page, 'outgoing, with work');
    await press('c');
    await said(/copied/);
    const waiting = () => page.getByRole('table', { name: 'Outgoing work' }).locator('tbody tr').count();
    const before = await waiting();
    await press('y');
    await said('Done by hand');
    await hand.comes('it still waits', async () => (await waiting()) === before - 1);
    await press('z');
    await hand.comes('undo does not bring it back', async () => (await waiting()) === before);
  });

  await step('palette, keys and history', async () => {
    await palette('L480105', 'L480105');
    await page.getByRole('heading', { name: 'L480105' }).waitFor();
    await press('?');
    await told('dialog', /^Keys/, { modal: true });
    await press('Escape');
    await press('Shift+Z');
    await told('dialog', /^What was done/, { modal: true });
    await press('2');
    await told('dialog', /^What was said/, { modal: true });
    await told('button', /^Copy$/);
    await press('Escape');
  });

  await step('settings: name and a watched folder', async () => {
    await go('b');
    await press('g');
    await press('s');
    await told('dialog', /^Settings/, { modal: true });
    await fill(/^Your name/, 'Ana Ruiz');
    await press('Tab');
    const folder = mkdtempSync(join(tmpdir(), 'tracedesk-watched-'));
    await fill(/^Folder on this computer/, folder);
    await tabTo(/^Watch$/);
    await press('Enter');
    const watched = page.getByRole('listitem').filter({ hasText: folder }).filter({ has: page.getByRole('button', { name: 'Stop watching' }) });
    await watched.waitFor();
    await accessible(page, 'settings, with a folder');
    await tabTo(/^Stop watching/, 'Shift+Tab');
    await press('Enter');
    await watched.waitFor({ state: 'detached' });
    await press('Escape');
  });

  await step('a tip that was read stays away', async () => {
    await board();
    const tip = page.getByRole('complementary', { name: 'Tip' });
    await tip.waitFor();
    await tabTo(/^Got it/, 'Shift+Tab');
    await press('Enter');
    await tip.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('[role=gridcell]').first().waitFor();
    check(!(await tip.count()), 'it is back');
  });
}
