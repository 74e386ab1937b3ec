// A day of a specialist, by keyboard alone, on a real desk: what one act changes is looked at where it shows next.
import { readFileSync } from 'node:fs';
import { check, data, step } from './desk.mjs';

export async function day(hand) {
  const { page, press, sees, to, board, palette, tabTo, accessible } = hand;
  const ask = (path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);

  await page.setViewportSize({ width: 1280, height: 800 });
  await step(page, 'a load found by a mistyped PRO', async () => {
    await board();
    await press('Control+k');
    await page.keyboard.type('004410053'); // 004410035, two digits the wrong way round
    await page.getByRole('option').filter({ hasText: 'L480105' }).first().waitFor();
    const options = await page.getByRole('option').allTextContents();
    await press('ArrowDown', options.findIndex((o) => o.includes('L480105')));
    await press('Enter');
    await page.getByRole('heading', { name: 'L480105' }).waitFor();
  });

  await step(page, 'an arrival corrected: load, board and report follow, and follow back', async () => {
    const told = async () => JSON.stringify((await ask(`api/loads/L480102`)).stops[0]);
    const before = await told();
    await to('#/load/L480102');
    await page.getByRole('heading', { name: 'L480102' }).waitFor();
    const customer = (await ask('api/loads/L480102')).customer;
    const report = async () => JSON.stringify((await ask(`api/reports/daily?customer=${encodeURIComponent(customer)}&date=2026-11-22`)).sections);
    const reported = await report();
    await press('e');
    await page.getByLabel(/^Stop/).selectOption({ index: 0 });
    await page.getByLabel(/^What/).selectOption('arrived');
    await page.getByLabel('When').fill('11/22/2026 09:42');
    await press('Enter');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).waitFor();
    await page.locator('.stops .accepted').filter({ hasText: 'by hand' }).first().waitFor();
    check((await told()) !== before, 'the load does not follow');
    check((await report()) !== reported, 'the report does not follow');
    await board();
    await press('/');
    await page.keyboard.type('L480102');
    const row = page.locator('[role=row]').filter({ hasText: 'L480102' });
    await row.filter({ hasText: /At pickup|09:42|Arrived/ }).first().waitFor();
    await board();
    await press('z');
    await page.locator('.toast').filter({ hasText: /Taken back/ }).first().waitFor();
    check((await report()) === reported, 'the report does not follow back');
    await page.reload(); // the board as it is opened: without what was typed into the filter
    await page.locator('main').waitFor();
    await page.waitForTimeout(800);
  });

  await step(page, 'a POD filed on a load and verified', async () => {
    await to('#/load/L480104');
    await page.getByRole('heading', { name: 'L480104' }).waitFor();
    const file = page.getByRole('button', { name: /File a paper/ });
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), file.press('Enter')]);
    await chooser.setFiles({ name: 'pod L480104.pdf', mimeType: 'application/pdf', buffer: readFileSync(data('pod.pdf')) });
    await sees(/1 document filed/);
    await hand.go('d');
    await page.getByRole('button', { name: /^To check/ }).press('Enter');
    await page.locator('.doc').filter({ hasText: 'pod L480104.pdf' }).first().press('Enter');
    await page.locator('.viewer img').waitFor();
    await press('y');
    await page.locator('.toast').first().waitFor();
    await to('#/load/L480104');
    await sees(/POD ● verified/);
  });

  await step(page, 'ten loads noted at once, and taken back at once', async () => {
    await board();
    await press('0');
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await press('Control+Home');
    await press('Space');
    await press('Shift+ArrowDown', 9);
    await sees(/^10 loads chosen/);
    await palette('Note on the chosen', 'Note on the chosen loads');
    await page.getByLabel(/^Note/).first().waitFor();
    await page.keyboard.type('Weather hold until 16:00');
    await press('Enter');
    await page.locator('.toast').filter({ hasText: 'Note on 10 loads' }).waitFor();
    const noted = async () => {
      const { view } = await page.evaluate(() => fetch('api/board/view', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"filter":{"live":true},"sort":{"by":"attention"}}' }).then((r) => r.json()));
      const { rows } = await ask(`api/board/rows?view=${view}&from=0&to=100`);
      const loads = await Promise.all(rows.map((r) => ask(`api/loads/${r.id}`)));
      return loads.filter((l) => l.observations.some((o) => !o.retracted && JSON.stringify(o).includes('Weather hold'))).length;
    };
    const becomes = async (n) => {
      for (let i = 0; i < 20 && (await noted()) !== n; i++) await page.waitForTimeout(250);
      const now = await noted();
      check(now === n, `${now} loads carry the note, want ${n}`);
    };
    await becomes(10);
    await press('z');
    await page.locator('.toast').filter({ hasText: /taken back/ }).waitFor();
    await page.locator('.toast').filter({ hasText: '10 entries taken back' }).waitFor();
    await becomes(0);
  });

  await step(page, 'a view saved, left, and come back to', async () => {
    await board();
    await press('1');
    await page.locator('[aria-pressed=true]').filter({ hasText: 'Act now' }).waitFor();
    await palette('Views', 'Views: choose');
    const name = page.getByLabel('Name of the view');
    await name.waitFor();
    await name.fill('My morning');
    await name.press('Enter');
    await page.locator('.toast').filter({ hasText: 'My morning' }).waitFor();
    await page.waitForTimeout(1500); // the desk keeps views a moment later
    await press('Escape');
    await press('0');
    await page.reload();
    await page.locator('main').waitFor();
    await palette('My morning', 'My morning').catch(() => tabTo(/My morning/).then(() => press('Enter')));
    await page.locator('[aria-pressed=true]').filter({ hasText: 'Act now' }).waitFor();
    await press('0');
  });

  await step(page, 'a table pasted from a sheet', async () => {
    await board();
    await page.evaluate(() => {
      const clipboard = new DataTransfer();
      clipboard.setData('text/plain', 'load\tstop\tsource\tevent\tat\ttext\nL480105\t1\tcarrier\tarrived\t2026-11-22 09:05\tat the gate\n');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
    });
    await page.getByRole('dialog').getByText('pasted.tsv').first().waitFor();
    await accessible('import');
    await page.locator('button:focus', { hasText: /^Import 1 file/ }).waitFor({ timeout: 15000 });
    await press('Enter');
    await page.locator('button:focus', { hasText: 'Go to the board' }).waitFor({ timeout: 30000 });
    await press('Enter');
    const stop = (await ask('api/loads/L480105')).stops[0];
    check(JSON.stringify(stop).includes('2026-11-22T15:05') || JSON.stringify(stop).includes('09:05'), 'the pasted arrival is not on the load');
  });

  await step(page, 'outgoing work by keys: copied, done by hand, and undone', async () => {
    await to('#/load/L480105');
    await page.getByRole('heading', { name: 'L480105' }).waitFor();
    await press('e');
    await page.getByLabel(/^Stop/).selectOption({ index: 0 });
    await page.getByLabel(/^What/).selectOption('departed');
    await page.getByLabel('When').fill('11/22/2026 11:30');
    await press('Enter');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).waitFor();
    await hand.go('o');
    await page.locator('tr.here').first().waitFor();
    await accessible('outgoing, with work');
    await press('c');
    await sees(/copied/);
    const waiting = () => page.getByRole('table', { name: 'Outgoing work' }).locator('tbody tr').count();
    const before = await waiting();
    await press('y');
    await page.locator('.toast').filter({ hasText: 'Done by hand' }).waitFor();
    check((await waiting()) === before - 1, 'it still waits');
    await press('z');
    await page.locator('.toast').filter({ hasText: 'Saved here' }).waitFor();
    check((await waiting()) === before, 'undo does not bring it back');
  });

  await step(page, 'a tip that was read stays away', async () => {
    await board();
    const tip = page.getByRole('complementary', { name: 'Tip' });
    await tip.waitFor();
    await tip.getByRole('button').press('Enter');
    await tip.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('[role=gridcell]').first().waitFor();
    check(!(await tip.count()), 'it is back');
  });
}
