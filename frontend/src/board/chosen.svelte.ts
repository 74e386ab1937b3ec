import { board as api, type Row, type ViewSpec } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { t } from '$lib/words';
import { type Board, board } from './board.svelte';

/** How many loads one act may touch, and how many rows one question. */
export const mostAtOnce = 2000;
const rowsAtOnce = 1000;

/** The loads that a person chose to act on together. */
export class Chosen {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  #anchor = 0; // the row from which a range reaches

  constructor(private readonly board: Board) {}

  get size(): number {
    return this.ids.size;
  }

  clear(): void {
    if (this.ids.size) this.ids = new Set();
  }

  toggle(row: Row | undefined, index: number): void {
    this.#anchor = index;
    if (!row) return;
    const ids = new Set(this.ids);
    if (!ids.delete(row.id)) ids.add(row.id);
    this.ids = ids;
  }

  /** Where the next range begins. */
  from(index: number): void {
    this.#anchor = index;
  }

  /** Chooses every row from the anchor to a row, but those that are hidden: nobody acts on what they do not see. */
  async reach(index: number, hidden: (index: number) => boolean = () => false): Promise<void> {
    await this.#add(this.board.view?.view ?? '', Math.min(this.#anchor, index), Math.max(this.#anchor, index) + 1, hidden);
  }

  /** Chooses every load of the view that stands in the lane of a row. */
  async lane(row: Row | undefined): Promise<void> {
    if (!row) return;
    try {
      const spec: ViewSpec = this.board.spec();
      const view = await api.open({ ...spec, filter: { ...spec.filter, levels: [row.attention.level] } });
      await this.#add(view.view, 0, view.count);
      if (view.count > mostAtOnce) toasts.say(t.chosenFirst(mostAtOnce, view.count));
    } catch (error) {
      toasts.tell(error);
    }
  }

  async #add(view: string, from: number, to: number, hidden: (index: number) => boolean = () => false): Promise<void> {
    const ids = new Set(this.ids);
    const end = Math.min(to, from + mostAtOnce);
    try {
      for (let at = from; at < end; at += rowsAtOnce) {
        const here = view === this.board.view?.view ? this.#here(at, Math.min(end, at + rowsAtOnce)) : null;
        const rows = here ?? (await api.rows(view, at, Math.min(end, at + rowsAtOnce))).rows;
        rows.forEach((row, i) => {
          if (row.id && !hidden(at + i)) ids.add(row.id);
        });
      }
    } catch (error) {
      toasts.tell(error);
    }
    this.ids = ids;
  }

  /** The rows of a range when all of them are at hand. */
  #here(from: number, to: number): Row[] | null {
    const rows: Row[] = [];
    for (let i = from; i < to; i++) {
      const row = this.board.rows.get(i);
      if (!row) return null;
      rows.push(row);
    }
    return rows;
  }
}

export const chosen = new Chosen(board);
