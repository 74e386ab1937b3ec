// The end-to-end run: npm run e2e, with PROGRAM the built tracedesk. Six desks of their own side by side: the stories as usual and what
// else a day holds; the desk worked together; both at 400 % text; what the rules found; an account at a simulated platform; every screen looked at. CHROMIUM names the browser, PICTURES a folder for pictures of what
// failed, ONLY one of stories, together, large, watched, sources, every; UPDATE_PICTURES=1 keeps new pictures of the screens.
import { chores } from './chores.mjs';
import { check, data, failed, launch, openDesk, teller } from './desk.mjs';
import { every } from './every.mjs';
import { figures } from './figures.mjs';
import { hands } from './hands.mjs';
import { newDesk, newPlatforms } from './program.mjs';
import { sources } from './sources.mjs';
import { stories } from './stories.mjs';
import { together } from './together.mjs';
import { watched } from './watched.mjs';

const browser = await launch();

const runs = {
  async stories(step, hand, desk) {
    await stories(step, hand, desk);
    await chores(step, hand);
  },
  /** The desk worked together, as usual and once more with large text. */
  async together(step, hand) {
    await together(step, hand);
    await figures(step, hand);
  },
  async large(step, hand, desk) {
    await stories(step, hand, desk);
    await together(step, hand);
  },
  /** What the rules found, worked. */
  watched: (step, hand) => watched(step, hand),
  /** An account at a platform that is simulated beside the desk. */
  async sources(step, hand, desk) {
    const platforms = await newPlatforms();
    try {
      for (const file of platforms.files) desk.bring(file);
      await sources(step, hand, platforms.platforms.find((p) => p.kind === 'project44'));
    } finally {
      await platforms.stop();
    }
  },
  every: (step, hand) => every(step, hand, browser),
};

/** A desk and a page for one of the runs, told with its name before every step. */
async function run(name) {
  const desk = await newDesk();
  if (['every', 'together', 'watched'].includes(name)) {
    for (const file of ['loads.csv', 'events.csv', 'pod.pdf']) desk.bring(data(file));
    await desk.papersRead();
  }
  const { page, faults, context } = await openDesk(browser, { link: desk.link, text: name === 'large' ? 4 : 1 });
  const step = teller(page, name);
  await runs[name](step, hands(page), desk);
  await step('nothing but loopback was contacted and no script failed', async () => check(faults.length === 0, faults.join('\n')));
  await context.close();
  await desk.stop();
}

await Promise.all(Object.keys(runs).filter((name) => !process.env.ONLY || process.env.ONLY === name).map(run));
await browser.close();
process.exit(failed() ? 1 : 0);
