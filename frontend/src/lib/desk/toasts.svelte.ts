import { type Act, DeskError, work } from '$lib/api';
import { t } from '$lib/words';
import { clock } from './clock.svelte';
import { desk } from './desk.svelte';

/** A short word to the person; one that can be taken back shows Undo for eight seconds here, later in the history. */
export interface Toast {
  id: number;
  text: string;
  hint: string;
  bad: boolean;
  observation: string;
  /** Takes back what is no observation, and says so. */
  back?: () => Promise<string>;
  /** When it was said, on the desk's clock. */
  at: string;
}

const showFor = 8000;

/** Older acts are taken back in the list, where they are seen first. */
const undoWithin = 24 * 3600_000;

export const undoable = (toast: Pick<Toast, 'observation' | 'back'>) => Boolean(toast.observation || toast.back);

/** Takes an act of the history back and says so. */
export const takeBack = async (act: Act): Promise<string> => (await (act.intent ? work.reopen(act.intent) : work.undo(act.observation))).says;

/** The newest act of a person that an undo may take without being seen in a list first; what took something back is no such act. */
export const newest = (acts: readonly Act[], person: string, now: number): Act | undefined =>
  acts.find((a) => a.canUndo && !a.takesBack && a.by === person && now - Date.parse(a.at) < undoWithin);

class Toasts {
  list = $state.raw<Toast[]>([]);
  last = $state.raw<Toast | null>(null); // stays in the status line
  said = $state.raw<readonly Toast[]>([]); // since the start, the newest first
  #done = $state.raw<Toast[]>([]); // what can be taken back, the newest last
  #before = $state.raw<Toast | null>(null); // the newest of the history, when nothing was done since the start
  #next = 1;

  /** The number of the newest word: what is said later has a higher one. */
  get newest(): number {
    return this.#next - 1;
  }

  /** What Undo takes back now. */
  get undoing(): Toast | null {
    return this.#done.at(-1) ?? this.#before;
  }

  say(text: string, observation = '', back?: () => Promise<string>): void {
    this.#add({ text, hint: '', bad: false, observation, back });
  }

  /** Tells an error in its own words. */
  tell(error: unknown): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    const hint = error instanceof DeskError ? error.hint : '';
    this.#add({ text: error instanceof Error ? error.message : String(error), hint, bad: true, observation: '' });
  }

  /** What went wrong was read: it no longer calls. */
  seen(): void {
    if (this.last?.bad) this.last = { ...this.last, bad: false };
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Looks in the history for what can still be taken back, when nothing was done since the start. */
  async look(): Promise<void> {
    if (this.#done.length) return;
    try {
      const act = newest((await work.history()).acts, desk.status?.person ?? '', clock.now);
      this.#before = act ? { id: 0, text: t.actOn(act.load, act.says), hint: '', bad: false, observation: act.observation, back: () => takeBack(act), at: act.at } : null;
    } catch {
      this.#before = null; // the desk does not answer: the frame says so
    }
  }

  /** Takes back one act, or the newest that can be taken back. */
  async undo(toast: Omit<Toast, 'at'> | null = this.undoing): Promise<void> {
    if (!toast || !undoable(toast)) {
      this.say(t.nothingToUndo);
      return;
    }
    this.drop(toast.id);
    this.#forget((other) => other === toast);
    try {
      this.say(toast.back ? await toast.back() : (await work.undo(toast.observation)).says);
    } catch (error) {
      this.tell(error);
    }
    await this.look();
  }

  /** Takes back an act of the history. */
  async undoAct(act: Act): Promise<void> {
    this.#forget((toast) => act.observation !== '' && toast.observation === act.observation);
    try {
      this.say(await takeBack(act));
    } catch (error) {
      this.tell(error);
    }
    await this.look();
  }

  #forget(which: (toast: Toast) => boolean): void {
    this.#done = this.#done.filter((toast) => !which(toast));
    if (this.#before && which(this.#before)) this.#before = null;
    this.list = this.list.filter((toast) => !which(toast));
    if (this.last && which(this.last)) this.last = null;
  }

  #add(what: Omit<Toast, 'id' | 'at'>): void {
    const toast: Toast = { ...what, id: this.#next++, at: new Date(clock.now).toISOString() };
    this.said = [toast, ...this.said].slice(0, 50);
    // What went wrong stays to be read; of what went well only the newest is news.
    this.list = [...this.list.filter((other) => other.bad).slice(-2), toast];
    this.last = toast;
    if (undoable(toast)) this.#done = [...this.#done.slice(-49), toast];
    setTimeout(() => this.drop(toast.id), showFor);
  }
}

export const toasts = new Toasts();
