// What every end-to-end script needs: the browser, a page on a desk, and how a step is told.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Where the desk is, for scripts that are given one: the link that "tracedesk serve" prints, or a plain address. */
export const base = process.env.BASE_URL ?? 'http://127.0.0.1:7788/';

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'] });

const loopback = (address) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);

/** The addresses of these are contents of the page itself. */
const inside = /^(data|blob|about):/;

/**
 * A page on the desk, with every road but loopback shut: in the page, in its workers and in the names the browser may look up.
 * Anything asked of another host, and any error of a script, is remembered as a fault. text is how many times its usual size the
 * browser's text is, as a person sets it.
 */
export async function openDesk(browser, { link = base, text = 1, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'America/New_York', ...options });
  const page = await context.newPage();
  if (text !== 1) {
    const session = await context.newCDPSession(page); // stays open: the size lasts as long as it
    await session.send('Page.setFontSizes', { fontSizes: { standard: 16 * text, fixed: 13 * text } });
  }
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (m) => m.type() === 'error' && !/status of 4\d\d/.test(m.text()) && faults.push(`console: ${m.text()}`));
  const outside = (address) => !inside.test(address) && !loopback(address);
  await context.route((address) => outside(address.href), (route) => route.abort());
  context.on('request', (request) => outside(request.url()) && faults.push(`asked ${request.url()}`));
  page.on('websocket', (socket) => faults.push(`opened ${socket.url()}`));
  page.on('filechooser', () => undefined); // from the start: a chooser that opens before somebody listens is the system's own
  page.setDefaultTimeout(15000);
  await page.goto(link);
  await page.waitForSelector('main');
  return { context, page, faults };
}

export const data = (name) => fileURLToPath(new URL(`./data/${name}`, import.meta.url));

export function check(truth, words) {
  if (!truth) throw new Error(words);
}

let failures = 0;
export const failed = () => failures;

/** How the steps of one page are told: step(name, run) runs one; a failed one leaves a picture beside the word, and the next goes on. */
export const teller = (page, of) => async (name, run) => {
  const told = of ? `${of}: ${name}` : name;
  const began = Date.now();
  try {
    await run();
    console.log(`ok    ${told} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${told}\n      ${error instanceof Error ? error.message.split('\n').slice(0, 8).join('\n      ') : error}`);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/failed-${failures}.png` });
    await page.reload(); // what hangs open does not stand in the way of the next
    await page.locator('main').waitFor();
    await page.waitForTimeout(800);
  }
};

const axe = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

/** No serious finding of axe. */
export async function accessible(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  const serious = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  check(serious.length === 0, `${name}: ${serious.map((v) => `${v.id} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')})`).join('; ')}`);
}
