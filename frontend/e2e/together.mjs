// A desk worked together, by keyboard alone: sources that contradict each other, and a shift that goes over.
import { check } from './desk.mjs';

export async function together(step, hand) {
  const { page, press, type, sees, said, ask, told, focused, fill, go, load, comes } = hand;
  const compared = () => ask('loads/L480103/compare');
  const arrived = async () => (await compared()).rows.find((row) => row.field === 'arrived' && row.stop === 1);

  await step('a contradiction seen, with the question that settles it', async () => {
    await load('L480103', 'L480103');
    await press('v');
    await page.getByRole('heading', { name: 'Cross-check of load L480103' }).waitFor();
    await focused('gridcell', /differs/);
    const row = await arrived();
    check(row?.contradiction && row.question && row.askWhom, 'the two arrivals are no contradiction');
    await sees(row.contradiction);
    await sees(row.question);
    await press('f');
    await told('button', /^Only contradictions/, { pressed: true });
    await focused('gridcell', /./);
    await press('f');
  });

  await step('what a portal says, typed in and read before it is kept', async () => {
    await press('p');
    await focused('textbox', /^What the page says/);
    await type('Arrived at pickup: 11/22/2026 11:50');
    await press('Enter');
    await type('Our drivers wear green hats');
    await sees(/^1 thing read/);
    await sees(/^1 line not read/);
    await press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await told('button', /^Undo/);
    await comes('the portal has no column', async () => (await compared()).columns.some((c) => c.portal && c.lastSaidAt));
    await told('columnheader', /^Portal/);
  });

  await step('a word accepted with a reason, and undone', async () => {
    const stood = (await arrived()).accepted?.value;
    const other = (await arrived()).cells.find((cell) => cell.value !== stood);
    check(other, 'every source says the same');
    const columns = await page.getByRole('columnheader').allTextContents();
    const names = (await compared()).columns;
    await press('Home');
    // To the word that does not count now, by its column.
    const name = names.find((c) => c.key === other.column).name;
    await press('ArrowRight', columns.findIndex((text) => text.startsWith(name)) - 1);
    await focused('gridcell', new RegExp(other.value.replaceAll(/[^\w:]+/g, '.+')));
    await press('u');
    await focused('textbox', /^Why this one is right/);
    await sees(/^The TMS is to be told/);
    await type('The gate log shows it');
    await press('Enter');
    await told('button', /^Undo/);
    await comes('the word does not count', async () => (await arrived()).accepted?.value === other.value);
    check(JSON.stringify(await ask('intents')).includes('L480103'), 'nothing waits to be written to the TMS');
    await press('z');
    await said(/[Tt]aken back/);
    await comes('the word before does not count again', async () => (await arrived()).accepted?.value === stood);
  });

  await step('a handover blocked by what nobody owns, owned, handed over', async () => {
    await go('h');
    await page.locator('.blocked').waitFor();
    const { lines } = await ask('handover');
    await told('listitem', new RegExp(lines[0].load), { focused: true });
    await press('e');
    await focused('textbox', /^Decided/);
    await type('Waits for the dock, customer told');
    await press('Enter');
    await press('h');
    await said(/^.?Not to be closed yet/);
    await focused('button', /^Own them all/);
    await press('Enter');
    await page.locator('.blocked').waitFor({ state: 'detached' });
    check((await ask('handover')).blocked.length === 0, 'the shift is still blocked');
    await press('h');
    await focused('combobox', /^Hand over to/);
    await type('Bo Lindqvist');
    await press('Enter');
    await page.getByRole('heading', { name: / to Bo Lindqvist/ }).waitFor();
    await sees('Waits for the dock, customer told');
  });

  await step('the sheet taken load by load, what is not taken marked', async () => {
    const [{ id, lines }] = (await ask('handovers')).handovers;
    await sees(/^. \d+ loads? not taken/);
    await press('y');
    await comes('the load is not taken', async () => (await ask(`handover/${id}`)).open === lines - 1);
    await press('Shift+Y');
    await sees(/Every load is taken/);
    await press('Escape');
    await page.getByRole('heading', { name: /^Shift since/ }).waitFor();
  });

  await step('a playbook edited in place, and as it was', async () => {
    await go('p');
    await told('button', /^Appointment missed/, { focused: true });
    await press('e');
    await focused('textbox', /^Title/);
    await fill(/^Title/, 'Late, our way');
    await press('Control+Enter');
    await page.getByRole('heading', { name: 'Late, our way' }).waitFor();
    await press('v');
    await sees('Version 1');
    await press('z');
    await said(/is as it was/);
    await page.getByRole('heading', { name: 'Late, our way' }).waitFor({ state: 'detached' });
  });

  await step('a load that is not to be closed names its gaps; one is given its reason', async () => {
    await load('L480103', 'L480103');
    const gaps = async () => (await ask('loads/L480103/milestones')).problems.length;
    const before = await gaps();
    await press('l');
    await focused('button', /^Close the load/);
    await press('Enter');
    await said(/gaps? without a reason/);
    await press('Tab');
    await focused('button', /^Give a reason/);
    await press('Enter');
    await type('The carrier keeps no log of it');
    await press('Enter');
    await comes('the gap is still without a reason', async () => (await gaps()) === before - 1);
    await press('z');
    await comes('the reason is not taken back', async () => (await gaps()) === before);
  });
}
