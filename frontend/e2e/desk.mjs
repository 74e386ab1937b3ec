// What every end-to-end script needs: the browser, the desk's address, and how a step is told.
import { chromium } from 'playwright-core';

/** Where the desk is: the link that "tracedesk serve" prints, or a plain address. */
export const base = process.env.BASE_URL ?? 'http://127.0.0.1:7788/';

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A page on the desk. Anything asked of another host than loopback, and any error of a script, is remembered as a fault. */
export async function openDesk(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'America/New_York', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (m) => m.type() === 'error' && !/status of 4\d\d/.test(m.text()) && faults.push(`console: ${m.text()}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) faults.push(`asked ${request.url()}`);
  });
  await page.goto(base);
  await page.waitForSelector('main');
  return { context, page, faults };
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
  }
}

export function check(truth, words) {
  if (!truth) throw new Error(words);
}

export const failed = () => told.length;
