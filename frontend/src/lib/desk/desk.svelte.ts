import { type Changes, type DeskStatus, follow, status } from '$lib/api';
import { clock } from './clock.svelte';

type Listener = (changes: Changes) => void;

/** The desk as a whole: its state, whether it answers, and who wants to hear of changes. */
class Desk {
  status = $state.raw<DeskStatus | null>(null);
  reached = $state(true);
  failed = $state('');
  #listeners = new Set<Listener>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** The zone of the person's own clock. Where Go cannot name the computer's, the browser on the same computer can. */
  get zone(): string {
    const told = this.status?.zone ?? '';
    return told && told !== 'UTC' ? told : Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  }

  /** Reads the state and listens from there on. */
  async start(): Promise<() => void> {
    await this.refresh();
    return follow(this.status?.seq ?? 0, (c) => this.#hear(c), (ok) => this.#reach(ok));
  }

  async refresh(): Promise<void> {
    try {
      this.status = await status();
      this.failed = '';
      this.reached = true;
      clock.set(this.status.now);
    } catch (error) {
      this.reached = false;
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  /** Calls listener with every change until what it returns is called. */
  hear(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hear(changes: Changes): void {
    for (const listener of this.#listeners) listener(changes);
    if (changes.desk || changes.resync) this.#refreshSoon();
  }

  #reach(ok: boolean): void {
    const back = ok && !this.reached;
    this.reached = ok;
    if (back) void this.refresh();
  }

  #refreshSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.refresh();
    }, 500);
  }
}

export const desk = new Desk();
