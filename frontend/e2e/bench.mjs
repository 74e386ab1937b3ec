// What the board costs while a full desk is alive: node e2e/bench.mjs, BASE_URL a desk of many loads. Prints a table beside the bars.
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { base, launch, openDesk } from './desk.mjs';

const seconds = Number(process.env.SECONDS ?? 10);
const wanted = 200; // updates a second

const browser = await launch();
const { context, page } = await openDesk(browser, { viewport: { width: 1600, height: 900 } });
await page.locator('[role=gridcell]').first().waitFor({ timeout: 60_000 });
const loads = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
const machine = await browser.newBrowserCDPSession();

const rendererSeconds = async () => (await machine.send('SystemInfo.getProcessInfo')).processInfo.filter((p) => p.type === 'renderer').reduce((sum, p) => sum + p.cpuTime, 0);

/** News for the loads in sight, through the same door as a person's own: an expected time that moves by minutes. */
async function inSight() {
  return page.evaluate(async () => {
    const view = await fetch('api/board/view', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"filter":{}}' }).then((r) => r.json());
    const rows = await fetch(`api/board/rows?view=${view.id ?? view.view}&from=0&to=40`).then((r) => r.json());
    return rows.rows.map((r) => r.load);
  });
}

/** Posts claims at a steady pace until stopped, and tells how many the desk took. */
function stream(names) {
  const began = Date.now();
  const day = Date.parse('2026-11-12T16:00:00Z');
  let sent = 0, taken = 0, refused = '', open = 0;
  const timer = setInterval(() => {
    while (sent < ((Date.now() - began) / 1000) * wanted && open < 32) {
      const n = sent++;
      open++;
      const data = { stop: 2, fact: 'eta', value: new Date(day + (n % 1440) * 60_000).toISOString(), now: new Date(day + Date.now() - began + n).toISOString() };
      context.request
        .post(new URL(`api/loads/${names[n % names.length]}/claims`, base).href, { data, headers: { Origin: new URL(base).origin } })
        .then(async (answer) => (answer.ok() ? taken++ : (refused ||= await answer.text())), (error) => (refused ||= String(error)))
        .finally(() => open--);
    }
  }, 10);
  return () => {
    clearInterval(timer);
    return { rate: taken / ((Date.now() - began) / 1000), refused };
  };
}

/** Renderer CPU a frame, while run goes on. A frame is counted for as long as the page draws: sixty a second at best. */
async function perFrame(run) {
  await page.evaluate(() => {
    globalThis.frames_ = 0;
    const count = () => {
      globalThis.frames_++;
      globalThis.counting_ = requestAnimationFrame(count);
    };
    count();
  });
  const before = await rendererSeconds();
  await run();
  const spent = (await rendererSeconds()) - before;
  const frames = await page.evaluate(() => (cancelAnimationFrame(globalThis.counting_), globalThis.frames_));
  return { ms: (spent * 1000) / frames, frames };
}

const wait = (s) => page.waitForTimeout(s * 1000);

const scroll = () =>
  page.evaluate(async (ms) => {
    const grid = document.querySelector('[role=grid]');
    const box = [grid, ...grid.querySelectorAll('*'), grid.parentElement].find((e) => e.scrollHeight > e.clientHeight + 1000);
    const end = performance.now() + ms;
    await new Promise((done) => {
      const move = () => {
        box.scrollTop += 64;
        if (performance.now() < end) requestAnimationFrame(move);
        else done();
      };
      move();
    });
  }, seconds * 1000);

/**
 * From the key's own time to the frame after which another row has the cursor and shows its load: a row that still waits for
 * its words does not count, nor does one without a load. The mix is ten rounds of sixteen keys: eleven single steps, three
 * pages, and both ends of the board, 50,000 rows apart.
 */
async function keyToPaint() {
  await page.evaluate(() => {
    globalThis.painted_ = [];
    const row = () => document.activeElement?.closest('[role=row]');
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Control') return;
      const before = row()?.getAttribute('aria-rowindex');
      const look = () => {
        const now = row();
        if (now?.getAttribute('aria-rowindex') === before || !now?.dataset.load || (now.textContent?.trim().length ?? 0) < 20) return void requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => globalThis.painted_.push(performance.now() - event.timeStamp);
        port2.postMessage(0); // runs after this frame was painted
      };
      requestAnimationFrame(look);
    }, { capture: true });
  });
  const walk = ['j', 'j', 'j', 'ArrowDown', 'k', 'PageDown', 'j', 'ArrowUp', 'PageDown', 'j', 'PageUp', 'Control+End', 'k', 'k', 'Control+Home', 'j'];
  await page.locator('[role=gridcell]').first().click();
  for (let round = 0; round < 10; round++) {
    for (const key of walk) {
      const before = await page.evaluate(() => globalThis.painted_.length);
      await page.keyboard.press(key);
      await page.waitForFunction((n) => globalThis.painted_.length > n, before, { timeout: 5000 });
      await wait(0.03);
    }
  }
  const all = (await page.evaluate(() => globalThis.painted_)).sort((a, b) => a - b);
  const at = (q) => all[Math.min(all.length - 1, Math.floor(all.length * q))];
  return { p50: at(0.5), p95: at(0.95), worst: all.at(-1), n: all.length };
}

/** What the first page asks for, packed as a server would. */
function firstScript() {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  const html = readFileSync(`${dist}index.html`, 'utf8');
  return readdirSync(`${dist}assets`).filter((f) => f.endsWith('.js') && html.includes(f)).reduce((sum, f) => sum + gzipSync(readFileSync(`${dist}assets/${f}`)).length, 0) / 1000;
}

const stop = stream(await inSight());
await wait(2);
const still = await perFrame(() => wait(seconds));
const keys = await keyToPaint();
const scrolling = await perFrame(scroll);
const { rate, refused } = stop();
await browser.close();

const line = (what, figure, bar) => console.log(`${what.padEnd(44)} ${figure.padStart(18)}   ${bar}`);
line(`${loads.toLocaleString('en-US')} loads; measured`, 'figure', 'bar');
line('updates a second that the desk took', rate.toFixed(0), `${wanted}`);
line('renderer CPU a frame, still', `${still.ms.toFixed(2)} ms`, `3 ms   (${(still.frames / seconds).toFixed(0)} frames a second)`);
line('renderer CPU a frame, scrolling 64 px a frame', `${scrolling.ms.toFixed(2)} ms`, `9 ms   (${(scrolling.frames / seconds).toFixed(0)} frames a second)`);
line('key to paint, half of them', `${keys.p50.toFixed(1)} ms`, '');
line('key to paint, 95 of 100', `${keys.p95.toFixed(1)} ms`, `50 ms  (worst ${keys.worst.toFixed(0)} ms of ${keys.n} keys)`);
line('first JavaScript, gzip', `${firstScript().toFixed(1)} KB`, '150 KB');
line('load of the machine at the end', loadavg()[0].toFixed(1), 'others at work make every figure worse');
if (refused) console.log('some updates were refused:', refused.slice(0, 300));
process.exit(0);
