// What the rules found, worked by keyboard alone: an exception through its life, a task with what the driver answered, a rule changed.
import { check } from './desk.mjs';

export async function watched(step, hand) {
  const { page, press, type, sees, said, ask, told, focused, tabTo, fill, choose, go, comes } = hand;
  const exceptions = async () => (await ask('exceptions?state=all')).items;

  /** The exception of the cursor: the first critical one. */
  const standing = async () => {
    const load = await page.locator('aside article header .mono').first().textContent();
    return (await exceptions()).find((item) => item.load === load.trim() && item.service);
  };

  await step('an exception seen, its resolution refused without a cause, then given, and undone', async () => {
    await go('x');
    await focused('gridcell', /./);
    await press('1');
    const item = await standing();
    check(item, 'the cursor stands on no service failure');
    const now = async () => (await exceptions()).find((other) => other.load === item.load && other.id === item.id);
    await press('a');
    await comes('it is not acknowledged', async () => (await now()).state === 'acknowledged');
    await press('e');
    await focused('combobox', /^Cause/);
    await press('Enter');
    await page.getByRole('alert').filter({ hasText: /cause/ }).waitFor();
    check((await now()).state === 'acknowledged', 'it was resolved without a cause');
    await type('mechanical');
    await press('Enter');
    await choose(/^Responsible/, 'Carrier');
    await fill(/^Or in words/, 'Dispatcher on the phone, 12:40');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await comes('it is not resolved', async () => (await now()).state === 'resolved');
    const resolved = await now();
    check(resolved.cause && resolved.party === 'carrier' && resolved.proof.length === 1, `cause ${resolved.cause?.code}, party ${resolved.party}, ${resolved.proof.length} proofs`);
    await press('z');
    await comes('the resolution is not taken back', async () => (await now()).state === 'acknowledged');
    await press('0');
  });

  await step('a task: reached, the ETA they gave is known on the load, and the next one stands ready', async () => {
    await go('t');
    await told('option', /./, { focused: true });
    const { items } = await ask('tasks');
    const task = items[0];
    check(task.asks[0].fact === 'eta', 'the first task does not ask for an ETA');
    await press('1');
    await focused('textbox', /ETA|When|arrive/i);
    await type('19:45');
    await sees(/^= .*19:45/);
    await press('Enter');
    await comes('the task is still due', async () => !(await ask('tasks')).items.some((other) => other.loadId === task.loadId && other.key === task.key));
    await told('option', /./, { focused: true });
    const { observations } = await ask(`loads/${task.loadId}`);
    check(observations.some((o) => o.kind === 'eta' && o.stop === task.stop), 'the ETA is not on the load');
    await page.evaluate((hash) => (location.hash = hash), `#/load/${task.loadId}`);
    await page.getByRole('heading', { name: task.load }).waitFor();
    await sees(/19:45/);
    await press('Escape');
    await told('option', /./, { focused: true });
  });

  await step('a rule changed for one customer, with what it would have flagged, and undone', async () => {
    const rule = async () => (await ask('rules')).settings.find((one) => one.key === 'appointment.near');
    await press('g');
    await press('u');
    await told('option', /^Near/, { focused: true });
    await press('s');
    await choose(/^For whom/, 'One customer');
    await fill(/^Which customer/, 'Acme Foods');
    await tabTo(/^Value/);
    await press('Control+a');
    await type('soon');
    await press('Enter');
    await page.getByRole('alert').waitFor();
    await press('Control+a');
    await type('2h 30m');
    await press('Control+Enter');
    await sees(/Near: 2h 30m instead of 1h 15m, for Customer Acme Foods/);
    await press('Enter');
    await comes('the customer has no value of its own', async () => (await rule()).scopes.some((v) => v.scope === 'customer:Acme Foods' && v.value === '150'));
    check((await rule()).value === '75', 'the value of everybody changed too');
    await press('z');
    await said(/Near is as it was/);
    await comes('the customer still has a value of its own', async () => (await rule()).scopes.length === 0);
  });
}
