import { type PaperCounts, type PaperItem, papers, type PaperStage } from '$lib/api';
import { nextOpen, renewed } from './order';

/** How many are asked for at once, and the most that one answer holds. */
const atOnce = 200;
const most = 1000;

const noCounts: PaperCounts = { reading: 0, eyes: 0, clean: 0, problem: 0, filed: 0, unreadable: 0 };

/** The papers of the desk, what needs a person first, read a page at a time; the cursor is a document, not a place. */
export class Queue {
  items = $state.raw<readonly PaperItem[]>([]);
  counts = $state.raw<PaperCounts>(noCounts);
  total = $state(0);
  more = $state(false);
  read = $state(false);
  failed = $state('');

  stage = $state<PaperStage | ''>('');
  words = $state('');
  load = $state('');
  current = $state('');

  /** How many files were being read when there were most of them, since the reader last rested. */
  peak = $state(0);

  readonly index = $derived(this.items.findIndex((item) => item.id === this.current));
  readonly item = $derived(this.items[this.index]);
  #turn = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #further = false;

  /** Asks anew from the top. */
  async open(): Promise<void> {
    await this.#ask(atOnce);
  }

  /** Asks again for what is listed; the cursor stays on its document. */
  async again(): Promise<void> {
    await this.#ask(Math.min(most, Math.max(atOnce, this.items.length)));
  }

  /** However many changes come in a burst, they are read together. */
  againSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.again();
    }, 400);
  }

  /** Asks for what follows the last one listed. */
  async further(): Promise<void> {
    const last = this.items.at(-1);
    if (!this.more || this.#further || !last) return;
    this.#further = true;
    const turn = this.#turn;
    try {
      const got = await papers.queue({ ...this.#asked(), after: last.id, limit: atOnce });
      if (turn !== this.#turn) return;
      const listed = new Set(this.items.map((item) => item.id));
      this.items = [...this.items, ...got.items.filter((item) => !listed.has(item.id))];
      this.more = got.more;
    } catch {
      this.more = false; // the list stays as it is; the next change asks again
    } finally {
      this.#further = false;
    }
  }

  #asked() {
    return { stage: this.stage, load: this.load, words: this.words.trim() };
  }

  async #ask(limit: number): Promise<void> {
    const turn = ++this.#turn;
    try {
      const got = await papers.queue({ ...this.#asked(), limit });
      if (turn !== this.#turn) return;
      const at = this.index;
      const behind = limit === most ? this.items.slice(most).filter((item) => !got.items.some((other) => other.id === item.id)) : [];
      this.items = [...got.items, ...behind];
      this.total = got.total;
      this.more = got.more && behind.length === 0;
      this.counts = got.counts;
      this.peak = got.counts.reading ? Math.max(this.peak, got.counts.reading) : 0;
      this.failed = '';
      if (!this.read || !this.current) this.current = this.current || (this.items[0]?.id ?? '');
      else if (at >= 0 && this.index < 0) this.current = this.items[Math.min(at, this.items.length - 1)]?.id ?? '';
      this.read = true;
    } catch (error) {
      if (turn === this.#turn) this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  /** Values as an act left them, until the list is asked again. */
  put(now: readonly PaperItem[]): void {
    this.items = renewed(this.items, now);
  }

  step(by: number): void {
    const to = this.items[Math.max(0, Math.min(this.items.length - 1, this.index + by))];
    if (to) this.current = to.id;
    if (this.index > this.items.length - 20) void this.further();
  }

  /** Goes to the next that needs a person: the one that follows here, else the one the desk names. */
  next(named = ''): boolean {
    const to = nextOpen(this.items, this.current) || (this.items.some((item) => item.id === named) ? named : '');
    if (to) this.current = to;
    return Boolean(to);
  }

  async show(stage: PaperStage | ''): Promise<void> {
    this.stage = stage;
    await this.#anew();
  }

  async find(words: string): Promise<void> {
    this.words = words;
    await this.#anew();
  }

  /** Shows every paper again. */
  async all(): Promise<void> {
    this.stage = this.words = this.load = '';
    await this.#anew();
  }

  async #anew(): Promise<void> {
    const was = this.current;
    await this.open();
    if (!this.items.some((item) => item.id === was)) this.current = this.items[0]?.id ?? '';
  }
}
