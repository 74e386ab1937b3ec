import { board as api, type Changes, type Counts, DeskError, type Filter, type GroupKey, type Level, type Row, type Rows, type SortKey, type View, type ViewColumn, type ViewSpec } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { announcer } from './announce.svelte';
import { changedColumns } from './columns';
import { type Span, toAsk } from './window';

const noCounts: Counts = { actNow: 0, atRisk: 0, verify: 0, waiting: 0, onPlan: 0, done: 0 };

/** Changes are drawn at most this often: more than a person can read, less than a machine can send. */
const redrawEvery = 300;
const tintFor = 2000;

/** Rows kept around the ones in sight. */
const keepAround = 400;

/**
 * The board: one view of Go's, of which only the rows around those in sight are here. The order of a view stays until the
 * person asks for it anew: values change in place, nothing jumps under the cursor.
 */
export class Board {
  filter: Filter = $state({ live: true });
  sort: { by: SortKey; desc: boolean } = $state({ by: 'attention', desc: false });
  group = $state<GroupKey>('');
  columns = $state.raw<readonly ViewColumn[]>([]); // none: as the width suggests
  view = $state.raw<View | null>(null);
  counts = $state.raw<Counts>(noCounts);
  pending = $state(0);
  fresh = $state(0); // of the pending ones, those that would enter
  rows = $state.raw<ReadonlyMap<number, Row>>(new Map());
  tinted = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());
  cursor = $state(0);
  failed = $state('');

  #sight: Span = { from: 0, to: 40 };
  #asking: AbortController | null = null;
  #opening = 0;
  #redraw: ReturnType<typeof setTimeout> | undefined;

  get count(): number {
    return this.view?.count ?? 0;
  }

  get current(): Row | undefined {
    return this.rows.get(this.cursor);
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
  adopt(spec: ViewSpec, columns: readonly ViewColumn[]): void {
    this.filter = { ...structuredClone(spec.filter), live: true };
    this.sort = { by: spec.sort.by, desc: spec.sort.desc ?? false };
    this.group = spec.group ?? '';
    this.columns = columns;
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
    const seen = this.#sight.to - this.#sight.from;
    const from = first < seen / 2 ? 0 : Math.max(0, first - Math.floor(seen / 2));
    const rows = await api.rows(view.view, from, Math.min(view.count, from + seen + 60));
    this.view = view;
    this.cursor = first;
    this.rows = new Map(rows.rows.map((row, i) => [rows.from + i, row]));
    this.counts = view.counts;
    this.pending = 0;
    this.fresh = 0;
    this.failed = '';
  }

  /** Says which rows are in sight; asks for those that are not here. */
  see(span: Span): void {
    this.#sight = span;
    const ask = toAsk(span, this.count, (i) => this.rows.has(i));
    if (ask) void this.#fetch(ask);
  }

  /** Asks again for the rows in sight. */
  again(): Promise<void> {
    return this.#fetch({ from: Math.max(0, this.#sight.from - 8), to: Math.min(this.count, this.#sight.to + 8) });
  }

  async #fetch(span: Span): Promise<void> {
    const view = this.view;
    if (!view || span.from >= span.to) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    try {
      const rows = await api.rows(view.view, span.from, span.to, asking.signal);
      if (this.view === view) this.#take(rows);
    } catch (error) {
      if (error instanceof DeskError && error.code === 'not_found') await this.open();
      else if (!(error instanceof DOMException) && !(error instanceof DeskError && error.code === 'offline')) toasts.tell(error);
    }
  }

  #take(got: Rows): void {
    const kept = new Map([...this.rows].filter(([i]) => i > this.#sight.from - keepAround && i < this.#sight.to + keepAround));
    const tinted = new Map<string, readonly string[]>();
    got.rows.forEach((row, i) => {
      const before = kept.get(got.from + i);
      const changed = before?.id === row.id ? changedColumns(before, row) : [];
      if (changed.length) tinted.set(row.id, changed);
      kept.set(got.from + i, row);
    });
    this.rows = kept;
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
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      // An empty board has no place that could move: it may fill by itself.
      if (this.count === 0) void this.open();
      else void this.again();
    }, redrawEvery);
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
    void this.open();
  }

  sortBy(by: SortKey): void {
    this.sort = { by, desc: this.sort.by === by ? !this.sort.desc : false };
    void this.open();
  }
}

export const board = new Board();
