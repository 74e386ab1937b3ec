import type { Counts } from '$lib/api';
import { t } from '$lib/words';

const every = 5000;

/** What a screen reader is told: politely at most one sentence in five seconds, at once only what became "act now". */
export class Announcer {
  polite = $state('');
  assertive = $state('');
  #next = '';
  #resting: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    if (this.#resting) {
      this.#next = text; // the latest stands for those it came after
      return;
    }
    this.polite = text;
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      const next = this.#next;
      this.#next = '';
      if (next) this.say(next);
    }, every);
  }

  /** Tells what became urgent between two counts of one view. */
  compare(before: Counts, after: Counts): void {
    const act = after.actNow - before.actNow;
    const risk = after.atRisk - before.atRisk;
    if (act > 0) this.assertive = t.becameActNow(act, after.actNow);
    if (risk > 0) this.say(t.becameAtRisk(risk, after.atRisk));
  }
}

export const announcer = new Announcer();
