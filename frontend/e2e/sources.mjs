// An account at a visibility platform, by keyboard alone: added in the form, tested, asked, looked through, paused; and what went to it.
import { accessible, check } from './desk.mjs';

/** Tells it on a desk that has the loads of the platform's shippers; platform is how it is reached. */
export async function sources(step, hand, platform) {
  const { page, press, type, sees, said, told, focused, tabTo, fill, choose, go, load, ask, comes } = hand;
  const feed = async () => (await ask('feeds')).sources[0];
  const sent = async () => (await ask('intents')).intents.filter((i) => i.sending?.state === 'arrived');

  /** Nothing is being asked, so that the next act is taken. */
  const free = () => told('button', /^Ask now/, { disabled: false });

  /** Axe in light and in dark. */
  async function seenByAll(name) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await accessible(page, `${name}, ${colorScheme}`);
    }
  }

  await step('an account added in the form, and tested at once', async () => {
    await go('c');
    await told('button', /^Add a source/); // the screen stands
    await press('n');
    await told('dialog', /^A new source/, { modal: true });
    await choose(/^System/, 'project44');
    await fill(/^Name/, 'Lakeside');
    await fill(/^Client ID/, platform.set.clientId);
    await fill(/^Client secret/, platform.env[platform.secrets.clientSecret]);
    for (const [customer, number] of [['Northfield Foods', 'BILL_OF_LADING'], ['Kestrel Beverage', 'PRO']]) {
      await tabTo(/^Add a customer/);
      await press('Enter');
      await focused('textbox', /^Customer/);
      await type(customer);
      await fill(/^Number type/, number);
    }
    await tabTo(/more settings/);
    await press('Enter');
    await fill(/^Address/, platform.set.baseUrl);
    await seenByAll('the form of a source');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await said(/Lakeside added/);
    await focused('option', /^Lakeside/);
    await sees('It answers');
    await sees(/^127\.0\.0\.1:\d+, directly$/);
    await sees('app-desk@client-applications.project44.com');
  });

  await step('asked by a key it says what it took, and is current', async () => {
    await free();
    await press('a');
    await said(/^Lakeside: \d+ new/);
    await told('option', /^Lakeside.*Current/, { selected: true });
    await comes('no load was made known to it', async () => (await sent()).length > 1);
    await seenByAll('a source');
  });

  await step('its last calls, without what is secret', async () => {
    await press('3');
    await told('button', /^Calls/, { pressed: true });
    await page.getByRole('cell', { name: /POST .*\/oauth2\/token/ }).first().waitFor();
    await press('h');
    await told('button', /^Hide headers/, { pressed: true });
    check(!(await page.getByRole('complementary', { name: 'The source' }).textContent()).includes(platform.env[platform.secrets.clientSecret]), 'the secret is told');
    await seenByAll('the calls of a source');
    await press('1');
  });

  await step('paused and resumed', async () => {
    await free();
    await press('p');
    await said(/^Lakeside is paused/);
    await told('option', /^Lakeside.*Paused/, { selected: true });
    check(!(await feed()).enabled, 'it is not paused');
    await free();
    await press('p');
    await said(/^Lakeside is asked again/);
    await told('option', /^Lakeside.*Current/, { selected: true });
  });

  await step('outgoing tells what went to it, with its answer, and what is still to go', async () => {
    await load('104000', '104000');
    await press('e');
    await focused('textbox', /^When/);
    await tabTo(/^What/, 'Shift+Tab');
    await type('dep');
    await fill(/^When/, '11/22/2026 11:30');
    await press('Enter');
    await told('button', /^Undo/);
    await go('o');
    await page.getByRole('table', { name: 'Settled' }).getByText('created at project44').first().waitFor();
    const waiting = page.getByRole('table', { name: 'Outgoing work' });
    await waiting.getByText(/Parked: The system answered 400/).waitFor();
    await waiting.getByText('Saved here').waitFor();
    await seenByAll('outgoing');
  });
}
