// What a person does on a page, by keyboard alone, in the words of the stories.
import { Buffer } from 'node:buffer';
import { check } from './desk.mjs';
import { told } from './reader.mjs';

export function hands(page) {
  const press = (key, times = 1) => Array.from({ length: times }).reduce((before) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const type = (text) => page.keyboard.type(text);
  const sees = (text) => page.getByText(text).first().waitFor();
  const ask = (path) => page.evaluate((p) => fetch(p).then((r) => r.json()), `api/${path}`);

  /** What was said last in the status line. */
  const said = (text) => page.locator('[role=log]').filter({ hasText: text }).first().waitFor();

  /** What has the focus comes to be called so; a screen reader is told of it, and it is in sight. */
  async function focused(role, name) {
    await told(page, role, name, { focused: true });
    const seen = await page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      return Boolean(box && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < globalThis.innerHeight);
    });
    check(seen, `${role} ${name} has the focus out of sight`);
  }

  /** Tab until what has the focus is called so. */
  async function tabTo(name, key = 'Tab', most = 90) {
    for (let i = 0; i < most; i++) {
      const here = await page.evaluate(() => {
        const el = document.activeElement;
        return el === document.body ? '' : [el?.getAttribute('aria-label'), ...[...(el?.labels ?? [])].map((l) => l.textContent), el?.tagName === 'SELECT' ? '' : el?.textContent].join(' ').trim();
      });
      if (here && name.test(here)) return;
      await press(key);
    }
    throw new Error(`${key} never came to ${name}`);
  }

  /** Tab to a field and type over what it holds. */
  async function fill(name, text) {
    await tabTo(name);
    await press('Control+a');
    await type(text);
  }

  /** Tab to a list and walk down to what is called so. */
  async function choose(name, option) {
    await tabTo(name);
    const shown = () => page.evaluate(() => document.activeElement.selectedOptions[0]?.textContent ?? '');
    await press('Home');
    for (let i = 0; i < 60 && !(await shown()).includes(option); i++) await press('ArrowDown');
    check((await shown()).includes(option), `${name} has no ${option}`);
  }

  /** Goes somewhere by G and a letter. */
  async function go(letter) {
    await press('Escape');
    // A field keeps its letters: Tab leaves it, as a person would.
    for (let i = 0; i < 6 && (await page.evaluate(() => /INPUT|TEXTAREA|SELECT/.test(document.activeElement?.tagName ?? ''))); i++) await press('Tab');
    await press('g');
    await press(letter);
    await page.locator(`nav a[aria-current=page][title$="(G ${letter.toUpperCase()})"]`).waitFor();
  }

  /** The board, with the focus in its grid. */
  async function board() {
    await go('b');
    await page.locator('[role=gridcell][tabindex="0"]').waitFor();
    await tabTo(/./); // out of the page's body
    for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement?.closest('[role=gridcell]'))); i++) await press('Tab');
    check(await page.evaluate(() => document.activeElement?.closest('[role=gridcell]')), 'Tab never came to the grid');
  }

  /** Finds in the palette what is typed and takes the entry that holds it. */
  async function palette(words, entry) {
    await press('Control+k');
    await page.locator('dialog[open] [role=combobox], dialog[open] input').first().waitFor();
    await type(words);
    const options = page.getByRole('option');
    await options.filter({ hasText: entry }).first().waitFor();
    const at = (await options.allTextContents()).findIndex((text) => (typeof entry === 'string' ? text.includes(entry) : entry.test(text)));
    await press('ArrowDown', at);
    await told(page, 'option', typeof entry === 'string' ? new RegExp(entry) : entry, { selected: true });
    await press('Enter');
  }

  /** Opens a load by its number or by a reference. */
  async function load(words, number) {
    await palette(words, number);
    await page.getByRole('heading', { name: number }).waitFor();
  }

  /** Comes to be true, at most after five seconds. */
  async function comes(what, truth) {
    for (let i = 0; i < 25; i++) {
      if (await truth()) return;
      await page.waitForTimeout(200);
    }
    check(false, what);
  }

  return { page, press, type, sees, said, ask, told: (...of) => told(page, ...of), focused, tabTo, fill, choose, go, board, palette, load, comes };
}

/** Files let fall on what a selector names; a drop has no key. */
export const drop = (page, on, files) =>
  page.evaluate(
    ([selector, named]) => {
      const held = new DataTransfer();
      for (const { name, type, bytes } of named) held.items.add(new File([Uint8Array.from(globalThis.atob(bytes), (c) => c.charCodeAt(0))], name, { type }));
      const at = document.querySelector(selector);
      for (const kind of ['dragenter', 'dragover', 'drop']) at?.dispatchEvent(new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }));
    },
    [on, files.map(({ name, type, bytes }) => ({ name, type, bytes: Buffer.from(bytes).toString('base64') }))],
  );
