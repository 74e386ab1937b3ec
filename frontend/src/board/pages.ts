import type { Row } from '$lib/api';
import type { Span } from './window';

/** Rows are asked for and kept by pages of so many. */
export const pageSize = 64;

/** How many pages are kept: the ones longest out of sight go first. */
const mostPages = 20;

const pageOf = (index: number) => Math.floor(index / pageSize);

/** The rows of a view that are here, by page, with what is known to have changed since they came. */
export class Pages {
  rows: ReadonlyMap<number, Row> = new Map();
  readonly #used = new Map<number, number>(); // page -> when it was last in sight, by turns
  readonly #under = new Set<number>(); // pages on their way
  readonly #places = new Map<string, number>(); // load -> its row
  readonly #seqs = new Map<number, number>(); // row -> the announcement it is of
  readonly #old = new Map<number, number>(); // row -> the announcement that it lags behind
  #turn = 0;
  #last = 0; // the first row in sight, the time before

  constructor(readonly count: number) {}

  /** Takes in rows that came; those of an older announcement than what is here are let go. Tells of each row that was here before. */
  take(from: number, rows: readonly Row[], seq: number, was: (before: Row, now: Row) => void = () => undefined): void {
    const next = new Map(this.rows);
    rows.forEach((row, i) => {
      const index = from + i;
      if ((this.#seqs.get(index) ?? -1) > seq) return;
      this.#seqs.set(index, seq);
      if ((this.#old.get(index) ?? Infinity) <= seq) this.#old.delete(index);
      this.#places.set(row.id, index);
      const before = next.get(index);
      // What says the same stays the same object: nothing of it is drawn again.
      if (before && JSON.stringify(before) === JSON.stringify(row)) return;
      if (before?.id === row.id) was(before, row);
      next.set(index, row);
    });
    for (let page = pageOf(from); page <= pageOf(from + rows.length - 1); page++) if (!this.#used.has(page)) this.#used.set(page, this.#turn);
    this.#forget(next);
    this.rows = next;
  }

  /** Lets pages go that were long out of sight; both ends of the view stay, a key away as they are. */
  #forget(rows: Map<number, Row>): void {
    const ends = [0, pageOf(this.count - 1)];
    const oldest = [...this.#used].filter(([page]) => !ends.includes(page)).sort((a, b) => a[1] - b[1]);
    for (const [page] of oldest.slice(0, Math.max(0, oldest.length - mostPages))) {
      this.#used.delete(page);
      for (let index = page * pageSize; index < (page + 1) * pageSize; index++) {
        const row = rows.get(index);
        if (row) this.#places.delete(row.id);
        rows.delete(index);
        this.#seqs.delete(index);
        this.#old.delete(index);
      }
    }
  }

  /** What to ask for, so that these rows, and a page further on the way they go, are here; pages on their way are not asked for twice. */
  wanted(sight: readonly Span[]): Span[] {
    const first = sight[0]?.from ?? 0;
    const down = first >= this.#last;
    this.#last = first;
    this.#turn++;
    const pages = new Set<number>();
    for (const { from, to } of sight) for (let page = pageOf(from); page <= pageOf(to - 1); page++) pages.add(page);
    for (const page of pages) if (this.#used.has(page)) this.#used.set(page, this.#turn);
    const ahead = down ? Math.max(...pages) + 1 : Math.min(...pages) - 1;
    return this.#asked([...pages, ahead]);
  }

  /** Both ends of the view. */
  ends(): Span[] {
    return this.#asked([0, pageOf(this.count - 1)]);
  }

  #asked(pages: readonly number[]): Span[] {
    const out: Span[] = [];
    for (const page of [...new Set(pages)].sort((a, b) => a - b)) {
      const from = page * pageSize;
      const to = Math.min(this.count, from + pageSize);
      if (from < 0 || from >= to || this.#under.has(page) || this.#whole(from, to)) continue;
      this.#under.add(page);
      const last = out.at(-1);
      if (last?.to === from) last.to = to;
      else out.push({ from, to });
    }
    return out;
  }

  #whole(from: number, to: number): boolean {
    for (let index = from; index < to; index++) if (!this.rows.has(index)) return false;
    return true;
  }

  /** These rows came, or never will: they may be asked for again. */
  settled(span: Span): void {
    for (let page = pageOf(span.from); page <= pageOf(span.to - 1); page++) this.#under.delete(page);
  }

  /** Hears that loads changed. */
  changed(loads: readonly string[], seq: number): void {
    for (const id of loads) {
      const index = this.#places.get(id);
      if (index !== undefined) this.#old.set(index, seq);
    }
  }

  /** The rows among these that lag behind what was heard, as one span; null when none does. */
  lagging(sight: readonly Span[]): Span | null {
    let from = Infinity;
    let to = -1;
    for (const index of this.#old.keys()) {
      if (!sight.some((s) => index >= s.from && index < s.to)) continue;
      from = Math.min(from, index);
      to = Math.max(to, index + 1);
    }
    return to < 0 ? null : { from, to };
  }
}
