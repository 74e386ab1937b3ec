import { type Edit, loads as api, type Observation, type Row, work } from '$lib/api';
import { desk } from '$lib/desk/desk.svelte';
import { toasts } from '$lib/desk/toasts.svelte';
import { t } from '$lib/words';
import { type Board, board } from './board.svelte';
import { type Chosen, chosen } from './chosen.svelte';

/** What a person is asked before an act. */
export type Asking = 'note' | 'owner' | 'flag' | '';

export const pin = 'pinned';
export const isPinned = (row: Row) => row.flags.includes(pin);

/** Acts on the loads that are chosen, else on the load of the cursor. One undo takes back the whole act. */
export class Acts {
  asking = $state<Asking>('');
  busy = $state(false);

  constructor(
    private readonly board: Board,
    private readonly chosen: Chosen,
  ) {}

  /** The ids of the loads an act would touch. */
  get on(): string[] {
    if (this.chosen.size) return [...this.chosen.ids];
    return this.board.current ? [this.board.current.id] : [];
  }

  ask(what: Asking): void {
    if (this.on.length) this.asking = what;
  }

  /** What the field of an act begins with. */
  get first(): string {
    return this.asking === 'owner' ? (desk.status?.person ?? '') : '';
  }

  /** Does what was asked for, with the words given. */
  async answer(text: string): Promise<void> {
    const value = text.trim();
    const edits: Record<Exclude<Asking, ''>, Edit> = {
      note: { stop: 0, fact: 'note', value },
      owner: { stop: 0, fact: 'owner', value },
      flag: { stop: 0, fact: 'flag', value: value.toLowerCase().replaceAll(' ', '_') },
    };
    if (!this.asking || !value) return;
    const asked = this.asking;
    this.asking = '';
    await this.#state(edits[asked], (n) => t.acted[asked](n, value));
  }

  /** Pins the loads; where all of them are pinned, takes the pins off. */
  async pin(): Promise<void> {
    const ids = this.on;
    const rows = [...this.board.rows.values()].filter((row) => ids.includes(row.id));
    if (rows.length === ids.length && rows.every(isPinned)) await this.#unpin(ids);
    else await this.#state({ stop: 0, fact: 'flag', value: pin }, t.acted.pin);
  }

  async #state(edit: Edit, says: (n: number) => string): Promise<void> {
    await this.#busy(async () => {
      const done = await api.stateMany({ loads: this.on, edit });
      for (const refused of done.refused.slice(0, 3)) toasts.tell(new Error(refused));
      if (done.observations.length) toasts.say(says(done.observations.length), '', () => takeBack(done.observations));
      else if (!done.refused.length) toasts.say(t.saidAlready);
    });
  }

  /** A pin comes off by taking back the word that set it. */
  async #unpin(ids: readonly string[]): Promise<void> {
    await this.#busy(async () => {
      const taken: string[] = [];
      for (const id of ids) {
        const load = await api.load(id);
        for (const o of pinsOn(load.observations)) taken.push((await work.undo(o)).observation);
      }
      if (taken.length) toasts.say(t.acted.unpin(ids.length), '', () => takeBack(taken));
      else toasts.say(t.pinStays);
    });
  }

  async #busy(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
      await this.board.again();
    } catch (error) {
      toasts.tell(error);
    } finally {
      this.busy = false;
    }
  }
}

/** The words by which people pinned a load and that still stand: a word whose taking back was taken back stands again. */
export function pinsOn(observations: readonly Observation[]): string[] {
  const stands = (id: string): boolean => !observations.some((o) => o.retracts === id && stands(o.id));
  const pins = observations.filter((o) => o.kind === 'flag' && o.by && o.value === pin && stands(o.id));
  return [...new Set(pins.map((o) => o.id))];
}

async function takeBack(observations: readonly string[]): Promise<string> {
  for (const id of observations) if (id) await work.undo(id);
  await board.again();
  return t.tookBack(observations.length);
}

export const acts = new Acts(board, chosen);
