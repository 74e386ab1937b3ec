import { type ExceptionActs, type ExceptionItem, exceptions as api, type ExceptionsActed, work } from '$lib/api';
import { desk } from '$lib/desk/desk.svelte';
import { toasts } from '$lib/desk/toasts.svelte';
import { t } from '$lib/words';
import { ex } from '$lib/words/exceptions';
import { type ExceptionList, list } from './list.svelte';

/** What a person is asked before an act. */
export type Asking = 'owner' | 'snooze' | 'resolve' | '';

type Said = Omit<ExceptionActs, 'items'>;

/** How many refusals are told each by itself. */
const toldEach = 3;

/** Acts on the chosen exceptions, else on that of the cursor. One undo takes back all of an act. */
export class Acts {
  asking = $state<Asking>('');
  busy = $state(false);
  /** What the open question is about: it stays even if the list goes on. */
  about = $state.raw<readonly ExceptionItem[]>([]);

  constructor(private readonly list: ExceptionList) {}

  ask(what: Asking): void {
    this.about = this.list.on;
    if (this.about.length) this.asking = what;
  }

  leave(): void {
    this.asking = '';
  }

  /** Does it, and tells in words what was done and what refused. */
  async do(said: Said): Promise<void> {
    if (!this.list.on.length) return;
    await this.#busy(async () => this.#tell(await this.#post(this.list.on, said)));
  }

  /** Answers the open question. Null when it was done, else why nothing was, for the form to show. */
  async answer(said: Said): Promise<string | null> {
    let refusal: string | null = null;
    await this.#busy(async () => {
      const acted = await this.#post(this.about, said);
      if (acted.observations.length === 0 && acted.refused[0]) {
        const { load, why } = acted.refused[0];
        refusal = ex.refused(this.about.length > 1 ? load : '', why);
        return;
      }
      this.asking = '';
      this.#tell(acted);
    });
    return refusal;
  }

  #post(items: readonly ExceptionItem[], said: Said): Promise<ExceptionsActed> {
    return api.act({ items: items.map((i) => ({ load: i.loadId, id: i.id })), ...said });
  }

  #tell(acted: ExceptionsActed): void {
    for (const { load, why } of acted.refused.slice(0, toldEach)) toasts.tell(new Error(ex.refused(load, why)));
    if (acted.refused.length > toldEach) toasts.tell(new Error(ex.refusedMore(acted.refused.length - toldEach)));
    if (!acted.observations.length) return;
    this.list.chooseNone();
    toasts.say(acted.says, '', () => this.#takeBack(acted.observations));
  }

  async #takeBack(observations: readonly string[]): Promise<string> {
    let says = '';
    for (const id of observations) says = (await work.undo(id)).says;
    await this.list.again();
    return observations.length === 1 ? says : t.tookBack(observations.length);
  }

  async #busy(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
      this.list.chooseNone();
      await Promise.all([this.list.again(), desk.refresh()]);
    } catch (error) {
      toasts.tell(error);
    } finally {
      this.busy = false;
    }
  }
}

export const acts = new Acts(list);
