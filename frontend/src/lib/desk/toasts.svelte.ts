import { DeskError, work } from '$lib/api';
import { t } from '$lib/words';

/** A short word to the person; one with an observation can be undone for eight seconds here, later in the history. */
export interface Toast {
  id: number;
  text: string;
  hint: string;
  bad: boolean;
  observation: string;
  /** Takes back what is no observation, and says so. */
  back?: () => Promise<string>;
}

const showFor = 8000;

export const undoable = (toast: Toast) => Boolean(toast.observation || toast.back);

class Toasts {
  list = $state.raw<Toast[]>([]);
  last = $state.raw<Toast | null>(null); // stays in the status line
  #next = 1;

  say(text: string, observation = '', back?: () => Promise<string>): void {
    this.#add({ id: this.#next++, text, hint: '', bad: false, observation, back });
  }

  /** Tells an error in its own words. */
  tell(error: unknown): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    const hint = error instanceof DeskError ? error.hint : '';
    this.#add({ id: this.#next++, text: error instanceof Error ? error.message : String(error), hint, bad: true, observation: '' });
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Takes back the last act that can be taken back. */
  async undo(toast: Toast | null = this.last): Promise<void> {
    if (!toast || !undoable(toast)) {
      this.say(t.nothingToUndo);
      return;
    }
    this.drop(toast.id);
    if (this.last?.id === toast.id) this.last = null;
    try {
      this.say(toast.back ? await toast.back() : (await work.undo(toast.observation)).says);
    } catch (error) {
      this.tell(error);
    }
  }

  #add(toast: Toast): void {
    this.list = [...this.list.slice(-2), toast];
    if (!toast.bad) this.last = toast;
    setTimeout(() => this.drop(toast.id), showFor);
  }
}

export const toasts = new Toasts();
