import { type EdiCodeEdit, partners } from '$lib/api';
import { desk } from '$lib/desk/desk.svelte';
import { toasts } from '$lib/desk/toasts.svelte';
import { edi } from '$lib/words/partners';

/** A code that a person gives a meaning. */
export interface Asked {
  partner: string;
  list: string;
  name: string; // of the list
  code: string;
  segment: string; // an example
}

/** Gives codes their meanings and tells how far the reading of the partner's files is. It goes on when the screen is left. */
class Meanings {
  partner = $state(''); // whose files are being read; '' none
  since = $state(0);
  /** Goes up whenever codes have changed: lists that show them ask anew. */
  changes = $state(0);

  /** Gives a code a meaning ('' takes it away) and says what came of it, with its undo: the meaning it had before. A partner that only this made known is none again. */
  async give(edit: EdiCodeEdit, before = '', known = true): Promise<void> {
    const says = await this.#map(edit);
    toasts.say(says, '', async () => {
      const back = await this.#map({ ...edit, means: before });
      if (!known) await this.#forget(edit.partner);
      return edi.undone(edit.code, back);
    });
  }

  /** Forgets a partner, unless somebody has said something of it meanwhile. */
  async #forget(id: string): Promise<void> {
    const p = (await partners.list()).partners.find((one) => one.id === id);
    if (!p || p.codes.length || p.name || p.scac || p.zone || p.miscounts) return;
    await partners.set({ id, remove: true });
    this.changes++;
  }

  /** Brings a whole partner back with the codes it had. */
  async back(edits: readonly EdiCodeEdit[]): Promise<void> {
    for (const edit of edits) await this.#map(edit);
  }

  async #map(edit: EdiCodeEdit): Promise<string> {
    this.partner = edit.partner;
    this.since = Date.now();
    try {
      return (await partners.map(edit)).says;
    } finally {
      this.partner = '';
      this.changes++;
      void desk.refresh();
    }
  }
}

export const meanings = new Meanings();
