import { figures, type KPIRow, type KPIs } from '$lib/api';
import { clock } from '$lib/desk/clock.svelte';
import { desk } from '$lib/desk/desk.svelte';
import { dateIn } from '$lib/time/format';
import { type Dimension, type Filters } from './figures';
import { daysOf, moved, type Preset } from './period';

/** How many weeks of trend stand on a tile. */
const weeks = 13;

/** What the dashboard shows; it stays as it is while a load behind a figure is looked at. */
class Dashboard {
  customer = $state('');
  carrier = $state('');
  preset = $state<Preset>('last7');
  own = $state.raw<{ from: string; to: string } | null>(null);
  definition = $state('');
  /** The instant looked back to (RFC 3339); "" is now. */
  asOf = $state('');
  /** The figure whose rows stand beside the tiles. */
  chosen = $state('otd.current');
  all = $state(false);
  by = $state<Dimension>('carrier');
  filters = $state.raw<Filters>({});

  shown = $state.raw<KPIs | null>(null);
  rows = $state.raw<KPIRow[] | null>(null);
  failed = $state('');
  rowsFailed = $state('');
  reading = $state(false);

  #asked = 0;
  #askedRows = 0;

  get days(): { from: string; to: string } {
    const today = dateIn(desk.zone, clock.now);
    return daysOf(this.preset, today) ?? this.own ?? { from: today, to: today };
  }

  get query() {
    return { customer: this.customer, carrier: this.carrier, ...this.days, definition: this.definition, asOf: this.asOf };
  }

  async read(): Promise<void> {
    const mine = ++this.#asked;
    this.reading = true;
    try {
      const got = await figures.kpis({ ...this.query, weeks });
      if (mine !== this.#asked) return;
      this.shown = got;
      this.failed = '';
    } catch (error) {
      if (mine !== this.#asked) return;
      this.shown = null;
      this.failed = error instanceof Error ? error.message : String(error);
    } finally {
      if (mine === this.#asked) this.reading = false;
    }
  }

  async readRows(): Promise<void> {
    const mine = ++this.#askedRows;
    try {
      const { rows } = await figures.kpis({ ...this.query, rows: this.chosen });
      if (mine !== this.#askedRows) return;
      this.rows = rows;
      this.rowsFailed = '';
    } catch (error) {
      if (mine !== this.#askedRows) return;
      this.rows = null;
      this.rowsFailed = error instanceof Error ? error.message : String(error);
    }
  }

  setOwn(from: string, to: string): void {
    this.own = { from, to };
    this.preset = 'own';
  }

  move(by: number): void {
    const { from, to } = moved(this.days.from, this.days.to, by);
    this.setOwn(from, to);
  }

  choose(name: string): void {
    if (name === this.chosen) return;
    this.chosen = name;
    this.filters = {};
  }

  /** Filters the list by a bar, or no longer. */
  filter(by: Dimension, name: string): void {
    const { [by]: had, ...rest } = this.filters;
    this.filters = had === name ? rest : { ...rest, [by]: name };
  }
}

export const dashboard = new Dashboard();
