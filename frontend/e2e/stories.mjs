// A specialist's day by keyboard alone: what one act changes is looked at where it shows next, and what is touched is told to a screen reader.
import { readFileSync } from 'node:fs';
import { accessible, check, data } from './desk.mjs';
import { drop } from './hands.mjs';

/** Tells the seven stories on a desk that is still empty. */
export async function stories(step, hand, desk) {
  const { page, press, type, sees, said, ask, told, focused, tabTo, fill, choose, go, board, palette, load, comes } = hand;

  /** Finds a paper of the queue and stands on it, its page drawn. */
  async function lookFor(words, name) {
    await page.locator('.queue [role=option]').first().waitFor();
    await press('/');
    await focused('searchbox', /^Find in papers/);
    await press('Control+a');
    await type(words);
    await comes('it is not the only one listed', async () => (await page.locator('.queue [role=option]').count()) === 1);
    await press('Enter');
    await told('option', name, { focused: true, selected: true });
    await told('heading', name);
    await page.locator('.viewer img').first().waitFor();
  }

  await step('first files to the board', async () => {
    await page.locator('.empty h2').waitFor();
    await press('n');
    await focused('button', /^Choose files/);
    await told('dialog', /Bring files in/, { modal: true });
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Enter')]);
    await chooser.setFiles([data('loads.csv'), data('events.csv')]);
    // Every step gives the focus to what goes on.
    await focused('button', /^Import 2 files/);
    await press('Enter');
    await page.locator('button:focus', { hasText: 'Go to the board' }).waitFor({ timeout: 30000 });
    await focused('button', /Go to the board/);
    await press('Enter');
    await page.locator('[role=gridcell]').first().waitFor();
    await told('grid', /./);
    const rows = await page.getByRole('grid').getAttribute('aria-rowcount');
    check(Number(rows) > 30, `${rows} rows on the board`);
  });

  await step('a load found by a mistyped PRO', async () => {
    await board();
    await load('004410053', 'L480105'); // 004410035, two digits the wrong way round
    await told('heading', /L480105/);
  });

  await step('ten loads noted at once, and taken back at once', async () => {
    await board();
    await press('Control+Home');
    await press('Space');
    await press('Shift+ArrowDown', 9);
    await sees(/^10 loads chosen/);
    await told('row', /./, { selected: true });
    await press('c');
    await focused('textbox', /^Note/);
    await type('Weather hold until 16:00');
    await press('Enter');
    await said(/Note on 10 loads/);
    const noted = async () => {
      const asked = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"filter":{"live":true},"sort":{"by":"attention"}}' };
      const { view } = await page.evaluate((a) => fetch('api/board/view', a).then((r) => r.json()), asked);
      const { rows } = await ask(`board/rows?view=${view}&from=0&to=100`);
      const loads = await Promise.all(rows.map((r) => ask(`loads/${r.id}`)));
      return loads.filter((l) => l.observations.some((o) => !o.retracted && JSON.stringify(o).includes('Weather hold'))).length;
    };
    await comes('ten loads do not carry the note', async () => (await noted()) === 10);
    await press('z');
    await said(/10 entries taken back/);
    await comes('the note is not off all of them', async () => (await noted()) === 0);
    await press('Escape');
  });

  await step('an arrival corrected: load, board and report follow, and follow back', async () => {
    await load('L480111', 'L480111');
    const { customer } = await ask('loads/L480111');
    const stops = async () => JSON.stringify((await ask('loads/L480111')).stops[0]);
    const report = async () => JSON.stringify((await ask(`reports/daily?customer=${encodeURIComponent(customer)}&date=2026-11-22`)).sections);
    const [stood, reported] = [await stops(), await report()];
    await press('e');
    await focused('textbox', /^When/);
    await told('combobox', /^Stop/);
    await type('11/22/2026 09:05');
    await sees('= 2026-11-22 09:05');
    await press('Enter');
    await said(/L480111/);
    await told('button', /^Undo/);
    await page.locator('.stops .accepted').filter({ hasText: 'by hand' }).first().waitFor();
    check((await stops()) !== stood, 'the load does not follow');
    check((await report()) !== reported, 'the report does not follow');

    await board();
    await press('/');
    await focused('searchbox', /^Filter/);
    await type('L480111');
    await press('Enter');
    await page.locator('[role=row]').filter({ hasText: 'L480111' }).filter({ hasText: /At pickup|at stop|Arrived/ }).first().waitFor();
    await go('r');
    await choose(/^Customer/, customer);
    await page.locator('canvas').first().waitFor({ timeout: 15000 });

    await board();
    await press('z');
    await said(/[Tt]aken back/);
    await comes('the load does not follow back', async () => (await stops()) === stood);
    check((await report()) === reported, 'the report does not follow back');
    await press('/');
    await press('Control+a');
    await press('Delete');
    await press('Enter');
  });

  await step('what was known at 14:00 UTC', async () => {
    desk.bring(data('morning.csv'), '2026-11-22T12:00:00Z');
    desk.bring(data('morning-news.csv'), '2026-11-22T13:10:00Z');
    desk.bring(data('later-news.csv'), '2026-11-22T16:30:00Z');
    await load('L490001', 'L490001');
    const first = page.locator('.stops > *').first();
    await first.filter({ hasText: 'Departed' }).filter({ hasText: '08:30' }).waitFor();
    await press('t');
    await focused('slider', /./);
    await press('Tab');
    await type('11222026');
    await press('ArrowRight');
    await type('0900AM'); // the desk's clock is New York's
    await sees(/later news is hidden/);
    // The whole page is of then: the carrier's word alone, at the stop still, nothing of what came at 16:30.
    await first.filter({ hasText: '07:05' }).waitFor();
    await page.locator('.milestones[aria-busy=true]').waitFor({ state: 'detached' });
    const page14 = await page.locator('main').innerText();
    for (const later of ['06:40', '08:30', 'geofence', 'In transit']) check(!page14.includes(later), `the page of 14:00 knows ${later}: ${page14.slice(Math.max(0, page14.indexOf(later) - 80), page14.indexOf(later) + 40)}`);
    check(page14.includes('At pickup'), 'the page of 14:00 does not say that the truck is at the pickup');
    check(/J&R Haulage|carrier/.test(page14), 'the page of 14:00 does not name who said it');
    await told('StaticText', /later news is hidden/);
    await press('Escape');
    await first.filter({ hasText: '08:30' }).waitFor();
    check((await page.locator('main').innerText()).includes('In transit'), 'now is not back');
  });

  await step('a POD dropped on a load and verified', async () => {
    await load('L480104', 'L480104');
    await drop(page, '[data-file-on]', [{ name: 'pod L480104.pdf', type: 'application/pdf', bytes: readFileSync(data('pod.pdf')) }]);
    await said(/1 document filed/);
    await go('d');
    await lookFor('pod L480104', /pod L480104\.pdf/);
    await comes('the paper is not read', async () => (await ask('documents/queue')).counts.reading === 0);
    await told('option', /L480104 POD/, { selected: true });
    await press('y');
    await said(/verified/);
    await load('L480104', 'L480104');
    await sees(/POD ● verified/);
  });

  await step('a paper dropped, read beside its load, flagged, accepted and turned by keys, each taken back', async () => {
    await go('d');
    await drop(page, 'main', [{ name: 'delivery.pdf', type: 'application/pdf', bytes: readFileSync(data('delivery.pdf')) }]);
    const paper = async () => (await ask('documents/queue?words=delivery')).items.find((item) => item.name === 'delivery.pdf');
    await comes('the paper is not on its load', async () => (await paper())?.load === 'L480106');
    await lookFor('7700078', /delivery\.pdf/);
    await told('region', /delivery\.pdf/);
    await told('option', /^Load L480106 ✓?\s*agrees L480106/);
    await press('Shift+ArrowDown');
    await told('option', /^Load L480106/, { selected: true });
    await press('u');
    await told('option', /not signed/, { selected: true });
    await accessible(page, 'documents, with a paper');

    await press('f');
    await focused('button', /^Not signed/);
    await press('1');
    await comes('it is not flagged', async () => (await paper()).state === 'rejected');
    await told('button', /^Undo/);
    await press('z');
    await comes('the flag is not taken back', async () => (await paper()).state === 'received');
    await told('option', /delivery\.pdf/, { selected: true });

    await press('a');
    await comes('it is not accepted', async () => (await paper()).state === 'verified');
    await told('button', /^Undo/);
    await press('z');
    await comes('it is still accepted', async () => (await paper()).state === 'received');

    const turned = async () => (await ask(`documents/${(await paper()).id}`)).pageList[0].turn;
    await press('r');
    await comes('its page is not turned', async () => (await turned()) === 90);
    await told('button', /^Undo/);
    await press('z');
    await comes('its page stays turned', async () => (await turned()) === 0);
  });

  await step('a number on a paper said to be something else, its label learned, and that taken back', async () => {
    const labels = async () => (await ask('documents/labels')).labels;
    await press('t');
    await told('listbox', /^Numbers on the paper/, { focused: true });
    await press('ArrowDown');
    await told('option', /^7700078 by “BOL number” read as BOL/, { selected: true });
    await accessible(page, 'what a number is');
    await tabTo(/^BOL/);
    await press('ArrowRight', 3);
    await press('Enter');
    await said(/7700078 is the seal; “BOL number” is learned/);
    await comes('the label is not learned', async () => (await labels()).length === 1);
    await told('option', /^Seal 7700078/);
    await press(',');
    await sees('“BOL number” is the Seal');
    await press('Escape');
    await press('z');
    await comes('it stays learned', async () => (await labels()).length === 0);
  });

  await step('a view saved, left, and come back to', async () => {
    await board();
    await press('1');
    await told('button', /Act now/, { pressed: true });
    await press('Shift+V');
    await told('dialog', /Views/);
    await fill(/Name of the view/, 'My morning');
    await press('Enter');
    await said(/My morning/);
    await comes('the desk does not keep the view', async () => JSON.stringify(await ask('views')).includes('My morning'));
    await press('Escape');
    await press('0');
    await page.reload();
    await page.locator('main').waitFor();
    await page.locator('[role=gridcell]').first().waitFor();
    await palette('My morning', /My morning/);
    await told('button', /Act now/, { pressed: true });
    await press('0');
  });
}
