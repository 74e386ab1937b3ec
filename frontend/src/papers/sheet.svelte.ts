import { type PaperItem, type PaperSheet, papers } from '$lib/api';

/** How many sheets are kept, so that going back and forth asks nothing. */
const most = 12;

/** The sheet of the document that is looked at; those beside it are fetched ahead. */
export class Sheets {
  now = $state.raw<PaperSheet | null>(null);
  failed = $state('');
  #kept = new Map<string, PaperSheet>();
  #wanted = '';
  #drawn = ''; // the picture that was fetched ahead last

  /** Shows a document: at once where it is kept, and as it stands now as soon as the desk answers. */
  async show(id: string): Promise<void> {
    const anew = id !== this.#wanted;
    this.#wanted = id;
    if (anew) {
      this.now = this.#kept.get(id) ?? null;
      this.failed = '';
    }
    if (!id) return;
    try {
      const got = await papers.sheet(id);
      this.#keep(id, got);
      if (this.#wanted === id) this.now = got;
    } catch (error) {
      if (this.#wanted === id) this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  /** Fetches a document that may be looked at next, with the picture of its first page. */
  async ahead(item: PaperItem | undefined): Promise<void> {
    if (!item || item.stage === 'reading' || this.#kept.has(item.id)) return;
    try {
      const got = await papers.sheet(item.id);
      this.#keep(item.id, got);
      const picture = got.pageList[0]?.picture;
      if (picture && picture !== this.#drawn) {
        this.#drawn = picture;
        const image = new Image();
        image.src = picture;
        await image.decode();
      }
    } catch {
      // It is asked for again when it is looked at, and told then.
    }
  }

  /** What is kept of documents that have changed is asked for again. */
  forget(ids?: readonly string[]): void {
    if (ids) for (const id of ids) this.#kept.delete(id);
    else this.#kept.clear();
  }

  #keep(id: string, sheet: PaperSheet): void {
    this.#kept.delete(id);
    this.#kept.set(id, sheet);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest);
  }
}
