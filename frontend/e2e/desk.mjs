// What every end-to-end script needs: the browser, the desk's address, and how a step is told.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Where the desk is: the link that "tracedesk serve" prints, or a plain address. */
export const base = process.env.BASE_URL ?? 'http://127.0.0.1:7788/';

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'] });

const loopback = (address) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);

/** The addresses of these are contents of the page itself. */
const inside = /^(data|blob|about):/;

/**
 * A page on the desk, with every road but loopback shut: in the page, in its workers and in the names the browser may look up.
 * Anything asked of another host, and any error of a script, is remembered as a fault.
 */
export async function openDesk(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'America/New_York', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (m) => m.type() === 'error' && !/status of 4\d\d/.test(m.text()) && faults.push(`console: ${m.text()}`));
  const outside = (address) => !inside.test(address) && !loopback(address);
  await context.route((address) => outside(address.href), (route) => route.abort());
  context.on('request', (request) => outside(request.url()) && faults.push(`asked ${request.url()}`));
  page.on('websocket', (socket) => faults.push(`opened ${socket.url()}`));
  await page.goto(base);
  await page.waitForSelector('main');
  return { context, page, faults };
}

export const data = (name) => fileURLToPath(new URL(`./data/${name}`, import.meta.url));

const axe = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

/** What a person does on a page, in the words of the stories. */
export function hands(page) {
  const press = (key, times = 1) => Array.from({ length: times }).reduce((before) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const sees = (text, timeout = 8000) => page.getByText(text).first().waitFor({ timeout });
  const to = (hash) => page.evaluate((address) => (location.hash = address), hash);
  const board = async () => {
    await to('#/board');
    await page.locator('[role=gridcell][tabindex="0"]').focus();
  };

  /** Goes somewhere by G and a letter. */
  async function go(letter) {
    await press('Escape');
    await page.evaluate(() => document.activeElement?.blur());
    await press('g');
    await press(letter);
    await page.locator(`nav a[aria-current=page][title$="(G ${letter.toUpperCase()})"]`).waitFor();
  }

  /** Finds in the palette what is typed and takes the entry that holds it. */
  async function palette(words, entry) {
    await press('Control+k');
    await page.keyboard.type(words);
    const options = page.getByRole('option');
    await options.filter({ hasText: entry }).first().waitFor();
    const at = (await options.allTextContents()).findIndex((text) => text.includes(entry));
    await press('ArrowDown', at);
    await press('Enter');
  }

  /** Tab until what has the focus is called so; by keyboard alone, as a person without a mouse. */
  async function tabTo(name, most = 80) {
    for (let i = 0; i < most; i++) {
      const here = await page.evaluate(() => document.activeElement !== document.body && [document.activeElement?.getAttribute('aria-label'), document.activeElement?.textContent].join(' '));
      if (name.test(here)) return;
      await press('Tab');
    }
    throw new Error(`Tab never came to ${name}`);
  }

  /** No serious finding of axe. */
  async function accessible(name) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
    const serious = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact));
    check(serious.length === 0, `${name}: ${serious.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')})`).join('; ')}`);
  }

  return { page, press, sees, to, board, go, palette, tabTo, accessible };
}

const told = [];

/** Runs one step and tells how it went; a failed one leaves a picture beside the word. */
export async function step(page, name, run) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    told.push(name);
    console.log(`FAIL  ${name}\n      ${error instanceof Error ? error.message.split('\n').slice(0, 6).join('\n      ') : error}`);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/failed-${told.length}.png` });
    await page.reload(); // what hangs open does not stand in the way of the next
    await page.locator('main').waitFor();
    await page.waitForTimeout(800);
  }
}

export function check(truth, words) {
  if (!truth) throw new Error(words);
}

export const failed = () => told.length;
