import { board as api, type SavedView, type SavedViews, type ViewColumn, type ViewLayout, type ViewSpec } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { t } from '$lib/words';
import { type Board, board } from './board.svelte';

/** A view that can be taken: a shipped one or a person's own. */
export interface Named extends SavedView {
  key: string;
  own: boolean;
}

const urgent = { by: 'attention' } as const;
const shippedSpecs = {
  all: { filter: { live: true }, sort: urgent },
  soon: { filter: { live: true, within: 240 }, sort: { by: 'window' } },
  silent: { filter: { live: true, silent: 120, states: ['dispatched', 'atPickup', 'loaded', 'inTransit', 'atDelivery'] }, sort: { by: 'news' } },
  noPOD: { filter: { live: true, papers: ['podMissing'] }, sort: urgent },
  mine: { filter: { live: true, owner: 'me' }, sort: urgent },
  byCustomer: { filter: { live: true }, sort: urgent, group: 'customer' },
  key: { filter: { live: true, flags: ['key_account'] }, sort: urgent },
} as const satisfies Record<string, unknown>;
export type ShippedKey = keyof typeof shippedSpecs;
const shipped = Object.entries(shippedSpecs) as unknown as [ShippedKey, ViewSpec][];

const saveAfter = 800;

/** A spec without what is empty or momentary (the text that is typed, the load that is looked for), for comparing and keeping. */
export function plain(spec: ViewSpec): ViewSpec {
  const filter = Object.fromEntries(Object.entries(spec.filter).filter(([name, v]) => name !== 'text' && v && !(Array.isArray(v) && !v.length)).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { filter, sort: { by: spec.sort.by, ...(spec.sort.desc ? { desc: true } : {}) }, ...(spec.group ? { group: spec.group } : {}) };
}

const same = (a: ViewSpec, b: ViewSpec) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** The views of the board: shipped ones, the person's own in their order, and the board as it was left. Go keeps them. */
export class Views {
  own = $state.raw<readonly SavedView[]>([]);
  at = $state<string>('all');
  #layouts = $state.raw<readonly ViewLayout[]>([]);
  #ready = false;
  #kept = '';
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly board: Board) {}

  readonly all: readonly Named[] = $derived([
    ...shipped.map(([key, spec]) => ({ key, name: t.shippedViews[key], spec, columns: this.#layout(key)?.columns ?? [], folded: this.#layout(key)?.folded ?? [], own: false })),
    ...this.own.map((v) => ({ ...v, key: ownKey(v.name), own: true })),
  ]);

  readonly current: Named | undefined = $derived(this.all.find((v) => v.key === this.at));

  /** The filter, order or grouping is no longer that of the view. */
  get changed(): boolean {
    return this.current !== undefined && !same(this.board.spec(), this.current.spec);
  }

  /** Reads the views, once, and puts the board as it was left. Without an answer the board begins as it ships. */
  async start(): Promise<void> {
    if (this.#ready) return;
    try {
      const saved = await api.views();
      this.own = saved.views;
      this.#layouts = saved.layouts;
      if (saved.left) {
        this.at = this.all.some((v) => v.key === saved.left?.name) ? saved.left.name : 'all';
        this.board.adopt(saved.left.spec, saved.left.columns, saved.left.folded);
      }
      this.#kept = this.#state();
      this.#ready = true;
    } catch (error) {
      toasts.tell(error);
    }
  }

  async take(key: string): Promise<void> {
    const view = this.all.find((v) => v.key === key);
    if (!view) return;
    this.at = key;
    this.board.adopt(view.spec, view.columns, view.folded);
    await this.board.open();
  }

  #layout(key: string): ViewLayout | undefined {
    return this.#layouts.find((l) => l.view === key);
  }

  /** Columns belong to the view they were changed in, at once. */
  setColumns(columns: readonly ViewColumn[]): void {
    this.board.columns = columns;
    this.#lay();
  }

  /** So do its folded groups. */
  fold(group: string, shut: boolean): void {
    const folded = new Set(this.board.folded);
    if (shut) folded.add(group);
    else folded.delete(group);
    this.board.folded = folded;
    this.#lay();
  }

  #lay(): void {
    const layout = { columns: [...this.board.columns], folded: [...this.board.folded].sort() };
    if (this.current?.own) this.own = this.own.map((v) => (ownKey(v.name) === this.at ? { ...v, ...layout } : v));
    else this.#layouts = [...this.#layouts.filter((l) => l.view !== this.at), ...(layout.columns.length + layout.folded.length ? [{ view: this.at, ...layout }] : [])];
  }

  /** Keeps the board as it stands under a name; a name that is there already is replaced. */
  save(name: string): void {
    const called = name.trim();
    if (!called) return;
    const view: SavedView = { name: called, spec: plain(this.board.spec()), columns: [...this.board.columns], folded: [...this.board.folded].sort() };
    const there = this.own.some((v) => v.name === called);
    this.own = there ? this.own.map((v) => (v.name === called ? view : v)) : [...this.own, view];
    this.at = ownKey(called);
    toasts.say(t.viewSaved(called));
  }

  rename(key: string, name: string): void {
    const called = name.trim();
    if (!called || this.own.some((v) => v.name === called)) return;
    this.own = this.own.map((v) => (ownKey(v.name) === key ? { ...v, name: called } : v));
    if (this.at === key) this.at = ownKey(called);
  }

  drop(key: string): void {
    const before = this.own;
    const gone = before.find((v) => ownKey(v.name) === key);
    if (!gone) return;
    this.own = before.filter((v) => v !== gone);
    if (this.at === key) this.at = 'all';
    toasts.say(t.viewDropped(gone.name), '', () => {
      this.own = before;
      return Promise.resolve(t.viewBack(gone.name));
    });
  }

  move(key: string, by: 1 | -1): void {
    const list = [...this.own];
    const from = list.findIndex((v) => ownKey(v.name) === key);
    const to = from + by;
    const [view] = from >= 0 && to >= 0 && to < list.length ? list.splice(from, 1) : [];
    if (view) list.splice(to, 0, view);
    this.own = list;
  }

  #saved(): SavedViews {
    return { views: [...this.own], layouts: [...this.#layouts], left: { name: this.at, spec: plain(this.board.spec()), columns: [...this.board.columns], folded: [...this.board.folded].sort() } };
  }

  #state(): string {
    return JSON.stringify(this.#saved());
  }

  /** Has Go keep what changed, soon. Call it in an effect: it reads all that is kept. */
  keep(): void {
    const state = this.#state();
    if (!this.#ready || state === this.#kept) return;
    this.#kept = state;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void api.saveViews(JSON.parse(state) as SavedViews).catch((error: unknown) => toasts.tell(error)), saveAfter);
  }
}

const ownKey = (name: string) => `own:${name}`;

export const views = new Views(board);
