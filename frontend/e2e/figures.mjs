// The desk's figures, by keyboard alone: from a tile to the rows behind it and to a load, a bar that filters, and what was known before.
import { accessible, check } from './desk.mjs';

export async function figures(step, hand) {
  const { page, press, type, sees, said, told, focused, go, ask } = hand;
  const period = 'from=2026-11-16&to=2026-11-22';

  await step('the figures say how many they count, as the command line does', async () => {
    await go('f');
    await focused('option', /^OTD current/);
    await press('[');
    await press(']');
    const { kpis } = await ask(`kpi?${period}`);
    const loads = kpis.find((k) => k.name === 'loads').n;
    check(loads > 0, 'no load in the week');
    await sees(`${loads} load`);
    const otp = kpis.find((k) => k.name === 'otp.current');
    await told('option', new RegExp(`^OTP current.*n ${otp.n}( |$)`));
    await accessible(page, 'figures');
  });

  await step('a figure leads to its rows, a bar filters them, a row opens its load', async () => {
    for (let i = 0; i < 12; i++) await press('ArrowLeft');
    await focused('option', /^OTP first window/);
    const { rows } = await ask(`kpi?${period}&rows=otp.original`);
    await page.getByRole('heading', { name: `${rows.length} row` }).waitFor();
    await hand.tabTo(/^Definition/);
    await press('Enter');
    await sees(/^Arrival, not departure/);
    const { carrier } = rows.find((r) => r.carrier);
    await hand.tabTo(new RegExp(`^${carrier}`));
    await press('Enter');
    const narrowed = rows.filter((r) => r.carrier === carrier).length;
    await page.getByRole('heading', { name: narrowed === rows.length ? `${narrowed} row` : `${narrowed} of ${rows.length} row` }).waitFor();
    await press('x');
    await page.getByRole('heading', { name: new RegExp(`^${rows.length} row`) }).waitFor();
    await press('l');
    await focused('row', new RegExp(`^${rows[0].load}`));
    await press('Enter');
    await page.getByRole('heading', { name: new RegExp(rows[0].load) }).waitFor();
    await press('Escape');
    await focused('option', /^OTP first window/);
  });

  await step('what was known before is told as such, and copied with its n', async () => {
    await press('t');
    await type('11202026');
    await press('Tab');
    await type('0800AM');
    await press('Escape');
    await sees(/^◌ As known at/);
    await press('y');
    await said(/figures copied/);
    await press('Escape');
    await page.getByText(/^◌ As known at/).waitFor({ state: 'detached' });
  });
}
