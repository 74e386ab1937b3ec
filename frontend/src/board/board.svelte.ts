import { board as api, type Changes, type Counts, DeskError, type Filter, type GroupKey, type Level, type Row, type Rows, type SortKey, type View, type ViewColumn, type ViewSpec } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { announcer } from './announce.svelte';
import { changedColumns } from './columns';
import { Pages } from './pages';
import type { Span } from './window';

const noCounts: Counts = { actNow: 0, atRisk: 0, verify: 0, waiting: 0, onPlan: 0, done: 0 };

/** Changes are drawn at most this often: more than a person can read, less than a machine can send. */
const redrawEvery = 300;
/** The counts are asked for at most this often while nothing in sight changes. */
const recountEvery = 1000;
const tintFor = 2000;

/**
 * The board: one view of Go's, of which only the rows around those in sight are here. The order of a view stays until the
 * person asks for it anew: values change in place, nothing jumps under the cursor.
 */
export class Board {
  filter: Filter = $state({ live: true });
  sort: { by: SortKey; desc: boolean } = $state({ by: 'attention', desc: false });
  group = $state<GroupKey>('');
  columns = $state.raw<readonly ViewColumn[]>([]); // none: as the width suggests
  folded = $state.raw<ReadonlySet<string>>(new Set()); // the groups whose rows are not shown, by name
  view = $state.raw<View | null>(null);
  counts = $state.raw<Counts>(noCounts);
  pending = $state(0);
  fresh = $state(0); // of the pending ones, those that would enter
  rows = $state.raw<ReadonlyMap<number, Row>>(new Map());
  tinted = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());
  cursor = $state(0);
  /** The group on whose head the cursor stands, instead of on a load; -1 for none. */
  onGroup = $state(-1);
  failed = $state('');

  #pages = new Pages(0);
  #sight: readonly Span[] = [{ from: 0, to: 40 }];
  #opening = 0;
  #counted = 0;
  #redraw: ReturnType<typeof setTimeout> | undefined;

  get count(): number {
    return this.view?.count ?? 0;
  }

  get current(): Row | undefined {
    return this.onGroup < 0 ? this.rows.get(this.cursor) : undefined;
  }

  get filtered(): boolean {
    const f = this.filter;
    return Boolean(f.text?.trim() || f.levels?.length || f.customers?.length || f.carriers?.length || f.states?.length || f.papers?.length || f.flags?.length || f.owner || f.within || f.silent);
  }

  /** What the board asks for. */
  spec(): ViewSpec {
    return { filter: { ...$state.snapshot(this.filter), text: this.filter.text?.trim() }, sort: $state.snapshot(this.sort), ...(this.group ? { group: this.group } : {}) };
  }

  /** Takes over what a view asks for; the next open shows it. */
  adopt(spec: ViewSpec, columns: readonly ViewColumn[], folded: readonly string[] = []): void {
    this.filter = { ...structuredClone(spec.filter), live: true };
    this.sort = { by: spec.sort.by, desc: spec.sort.desc ?? false };
    this.group = spec.group ?? '';
    this.columns = columns;
    this.folded = new Set(folded);
  }

  /** Opens the view anew, with the cursor on the load it was on (or on the one named) where that is still in it. */
  async open(find = this.current?.id ?? ''): Promise<void> {
    const turn = ++this.#opening;
    try {
      const view = await api.open({ ...this.spec(), ...(find ? { find } : {}) });
      if (turn === this.#opening) await this.#show(view);
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  async #show(view: View): Promise<void> {
    const first = Math.max(0, view.found);
    const seen = (this.#sight.at(-1)?.to ?? 40) - (this.#sight[0]?.from ?? 0);
    const around = Math.min(200, Math.max(60, seen));
    const from = first < around ? 0 : first - around;
    const rows = await api.rows(view.view, from, Math.min(view.count, first + around));
    this.#pages = new Pages(view.count);
    this.#pages.take(rows.from, rows.rows, rows.seq);
    this.view = view;
    this.cursor = first;
    this.onGroup = -1;
    this.rows = this.#pages.rows;
    this.counts = view.counts;
    this.pending = 0;
    this.fresh = 0;
    this.failed = '';
    // Both ends are one key away.
    for (const span of this.#pages.ends()) void this.#fetch(span);
  }

  /** Says which rows are in sight; asks for those that are not here, and for the next ones on the way. */
  see(sight: readonly Span[]): void {
    this.#sight = sight;
    for (const span of this.#pages.wanted(sight)) void this.#fetch(span);
    if (this.#pages.lagging(sight)) this.#redrawSoon();
  }

  /** Asks again for the rows in sight. */
  async again(): Promise<void> {
    await Promise.all(this.#sight.map((span) => this.#fetch({ from: span.from, to: Math.min(this.count, span.to) })));
  }

  async #fetch(span: Span): Promise<void> {
    const view = this.view;
    const pages = this.#pages;
    if (!view || span.from >= span.to) return;
    try {
      const rows = await api.rows(view.view, span.from, span.to);
      if (this.view === view) this.#take(rows);
    } catch (error) {
      if (this.view !== view) return;
      if (error instanceof DeskError && error.code === 'not_found') await this.open();
      else if (!(error instanceof DeskError && error.code === 'offline')) toasts.tell(error);
    } finally {
      pages.settled(span);
    }
  }

  #take(got: Rows): void {
    const tinted = new Map<string, readonly string[]>();
    this.#pages.take(got.from, got.rows, got.seq, (before, now) => {
      const changed = changedColumns(before, now);
      if (changed.length) tinted.set(now.id, changed);
    });
    this.rows = this.#pages.rows;
    this.#counted = Date.now();
    announcer.compare(this.counts, got.counts);
    this.counts = got.counts;
    this.pending = got.pending;
    this.fresh = got.fresh;
    if (tinted.size) this.#tint(tinted);
  }

  #tint(fresh: Map<string, readonly string[]>): void {
    this.tinted = new Map([...this.tinted, ...fresh]);
    setTimeout(() => {
      this.tinted = new Map([...this.tinted].filter(([id, cells]) => fresh.get(id) !== cells));
    }, tintFor);
  }

  /** Hears what changed on the desk. Values in sight are asked for again; the order stays. */
  hear(changes: Changes): void {
    if (changes.resync) {
      void this.open();
      return;
    }
    this.#pages.changed(changes.loads, changes.seq);
    this.#redrawSoon();
  }

  /** However many changes come in a burst, they are drawn together. */
  #redrawSoon(): void {
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      // An empty board has no place that could move: it may fill by itself.
      if (this.count === 0) void this.open();
      else void this.#refresh();
    }, redrawEvery);
  }

  /** Asks for the rows in sight that changed; where none did, now and then for the counts alone. */
  async #refresh(): Promise<void> {
    const old = this.#pages.lagging(this.#sight);
    if (old) return this.#fetch(old);
    const since = Date.now() - this.#counted;
    const from = this.#sight[0]?.from ?? 0;
    if (since >= recountEvery) return this.#fetch({ from, to: from + 1 });
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      void this.#refresh();
    }, recountEvery - since);
  }

  set(change: Partial<Filter>): void {
    Object.assign(this.filter, change);
    void this.open();
  }

  clear(): void {
    this.filter = { live: true };
    void this.open();
  }

  toggleLevel(level: Level): void {
    const on = this.filter.levels ?? [];
    this.set({ levels: on.includes(level) ? on.filter((l) => l !== level) : [...on, level] });
  }

  groupBy(key: GroupKey): void {
    this.group = key;
    this.folded = new Set();
    void this.open();
  }

  sortBy(by: SortKey): void {
    this.sort = { by, desc: this.sort.by === by ? !this.sort.desc : false };
    void this.open();
  }
}

export const board = new Board();
