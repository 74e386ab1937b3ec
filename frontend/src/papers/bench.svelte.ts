import { type PageChange, type PaperDone, type PaperItem, papers, type PaperTeach, type Verdict } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { doc } from '$lib/words/papers';
import { neighbours } from './order';
import { Queue } from './queue.svelte';
import { Sheets } from './sheet.svelte';

/** What an act still asks of the person. */
export type Asking = '' | 'flag' | 'load' | 'ask' | 'teach' | 'export' | 'settings';

type Told = Pick<PaperDone, 'says' | 'act' | 'next'> & { items: readonly PaperItem[] };

/** The workbench: the queue, the paper looked at, and every act on it. One act at a time; each can be taken back. */
export class Bench {
  readonly queue = new Queue();
  readonly sheets = new Sheets();
  asking = $state<Asking>('');
  why = $state(''); // why the load picker was opened
  busy = $state(false);

  /** The document looked at, as it is known now. */
  get item(): PaperItem | undefined {
    return this.queue.item ?? (this.sheets.now?.item.id === this.queue.current ? this.sheets.now.item : undefined);
  }

  ask(what: Asking, why = ''): void {
    if (!this.item && what !== 'export' && what !== 'settings') return;
    this.why = why;
    this.asking = what;
  }

  leave(): void {
    this.asking = '';
    this.why = '';
  }

  /** Accepts it as a proof; what proves nothing is filed. What is missing for that is asked for. */
  async accept(): Promise<void> {
    const item = this.item;
    if (!item) return;
    if (!item.load) this.ask('load', doc.needsLoad);
    else if (item.kind !== 'other') await this.#judge({ load: '', kind: '', verdict: 'verified' });
    else if (['BOL', 'POP', 'POD', 'OTHER'].includes(item.type)) this.ask('load', doc.needsKind);
    else await this.later();
  }

  /** Files it on its load without deciding whether it holds. */
  async later(): Promise<void> {
    if (!this.item?.load) this.ask('load', doc.needsLoad);
    else await this.#judge({ load: '', kind: '', verdict: 'received' });
  }

  async flag(fault: keyof typeof doc.faults, note: string): Promise<void> {
    this.leave();
    if (!this.item?.load) this.ask('load', doc.needsLoad);
    else await this.#judge({ load: '', kind: '', verdict: 'rejected', fault, ...(note ? { note } : {}) });
  }

  wrongLoad = () => this.#judge({ load: '', kind: '', verdict: 'unmatched' }, true);

  setAside = () => this.#judge({ load: '', kind: '', verdict: 'setAside' });

  /** Puts it on a load; it stays in sight, unless it is accepted with that. */
  async put(load: string, kind: Verdict['kind'], accepted: boolean): Promise<void> {
    this.leave();
    await this.#judge({ load, kind, verdict: accepted ? 'verified' : 'received' }, !accepted);
  }

  async #judge(verdict: Omit<Verdict, 'kind'> & { kind: Verdict['kind'] | '' }, stays = false): Promise<void> {
    const id = this.queue.current;
    await this.#do(async () => {
      const judged = await papers.judge(id, verdict as Verdict);
      return { says: judged.says, act: judged.act, next: judged.next, items: [] };
    }, stays ? id : '');
  }

  /** Accepts every clean one. */
  async acceptClean(): Promise<void> {
    if (!this.queue.counts.clean) {
      toasts.say(doc.cleanNone);
      return;
    }
    const stays = this.item?.stage === 'clean' ? '' : this.queue.current; // what is not accepted with them stays in sight
    await this.#do(async () => {
      const done = await papers.acceptClean();
      return { ...done, says: [done.says, doc.cleanLeft(done.left)].filter(Boolean).join(' ') };
    }, stays);
  }

  /** Keeps a message to the carrier among outgoing work. */
  async keepAsk(text: string): Promise<void> {
    const id = this.queue.current;
    this.leave();
    await this.#do(() => papers.ask(id, { text, keep: true }));
  }

  /** Says what a number on it is; the document stays in sight. */
  async teach(what: PaperTeach): Promise<void> {
    const id = this.queue.current;
    this.leave();
    await this.#do(() => papers.teach(id, what), id);
  }

  /** Has it read anew, or before the others while it waits. */
  async again(): Promise<void> {
    const item = this.item;
    if (!item) return;
    await this.#do(() => papers.reading(item.id, item.progress?.state === 'waiting' ? 'first' : 'again'), item.id);
  }

  /** Stops its reading. That it is heard is said at once: the desk, in the midst of pages, may take longer to answer. */
  async stop(): Promise<void> {
    const item = this.item;
    if (!item) return;
    if (!this.busy) toasts.say(doc.stopping(item.name));
    await this.#do(() => papers.reading(item.id, 'cancel'), item.id);
  }

  /** Turns, cuts, splits or joins pages; the document stays in sight. */
  change = (change: PageChange) => this.#do(() => papers.pages(this.queue.current, change), this.queue.current);

  /** Joins it with the document before or behind it in its file. */
  async join(way: 'before' | 'next'): Promise<void> {
    const sheet = this.sheets.now;
    if (!sheet) return;
    const other = neighbours(sheet.item, sheet.siblings)[way];
    if (other) await this.change({ does: 'join', with: other });
    else toasts.say(doc.joinNone);
  }

  /** Does one act, says it with its way back, and goes to the next paper, or stays on the one named. */
  async #do(act: () => Promise<Told>, stay = ''): Promise<void> {
    if (this.busy) {
      toasts.say(doc.busy);
      return;
    }
    this.busy = true;
    const before = this.queue.current;
    try {
      const done = await act();
      toasts.say(done.says, '', done.act ? () => this.#back(done.act, before) : undefined);
      this.queue.put(done.items);
      this.sheets.forget();
      if (!stay) this.queue.next(done.next);
      await this.#renew();
    } catch (error) {
      toasts.tell(error);
    } finally {
      this.busy = false;
    }
  }

  /** Takes an act back and goes to the paper it was about. That it is done is said at once, before a later act has its own word. */
  async #back(act: string, about: string): Promise<string> {
    const done = await papers.undo(act);
    this.sheets.forget();
    this.queue.current = about;
    this.#renew().catch((error: unknown) => toasts.tell(error));
    return done.says;
  }

  /** Takes back what the history of a paper names. */
  async undo(act: string): Promise<void> {
    try {
      toasts.say(await this.#back(act, this.queue.current));
    } catch (error) {
      toasts.tell(error);
    }
  }

  async #renew(): Promise<void> {
    await Promise.all([this.queue.again(), this.sheets.show(this.queue.current)]);
    if (this.sheets.now?.item.id !== this.queue.current) await this.sheets.show(this.queue.current);
  }
}
