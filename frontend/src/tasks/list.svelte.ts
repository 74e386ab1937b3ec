import { type CallsSaved, type CoveredCall, type TaskItem, type TaskOutcome, type TaskPromise, tasks as api, work } from '$lib/api';
import { type Kept, nextTo, nothingKept, ordered, refreshed, without } from '$lib/desk/kept';
import { desk } from '$lib/desk/desk.svelte';
import { toasts } from '$lib/desk/toasts.svelte';
import { taskWords } from '$lib/words/tasks';
import { announcer } from '../board/announce.svelte';

/** How many are asked for at once: the first due of more. */
const most = 500;

const keyOf = (task: TaskItem) => `${task.loadId}/${task.key}`;

/** What is due twice for one reason is one line: the outcome of one settles the other. */
const first = (items: readonly TaskItem[]) => [...new Map(items.toReversed().map((task) => [keyOf(task), task])).values()].toReversed();

/** What a person has typed about a task and not saved: it stays while they look at another. */
export class Draft {
  answers: Record<string, string> = $state({});
  name = $state('');
  note = $state('');
  promiseTo = $state('');
  promiseWhat = $state('');
  promiseUntil = $state('');

  get empty(): boolean {
    return !Object.values(this.answers).some((text) => text.trim()) && !this.note.trim() && !this.promiseUntil.trim();
  }
}

/** What came of a task, as it is sent. */
export interface Came {
  outcome: TaskOutcome;
  answers: { key: string; value: string }[];
  promise: TaskPromise | null;
}

/** What waits for a person, due first. The order stays until they ask; the next one takes the cursor when one is settled. */
export class TaskList {
  kept = $state.raw<Kept<TaskItem>>(nothingKept);
  overdue = $state(0);
  count = $state(0);
  moreLater = $state(0);
  saved = $state.raw<CallsSaved | null>(null);
  covered = $state.raw<readonly CoveredCall[]>([]);
  why = $state('');
  failed = $state('');
  read = $state(false);
  busy = $state(false);
  mine = $state(false);
  cursor = $state(''); // the key of the task it stands on

  readonly items = $derived(this.kept.order.map((task) => this.kept.now.get(keyOf(task)) ?? task));
  readonly keys = $derived(this.items.map(keyOf));
  readonly index = $derived(Math.max(0, this.keys.indexOf(this.cursor)));
  readonly current = $derived(this.items[this.index]);
  readonly fresh = $derived(this.kept.fresh.length);

  #drafts = new Map<string, Draft>();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  keyOf = keyOf;

  hasLeft(task: TaskItem): boolean {
    return this.kept.gone.has(keyOf(task));
  }

  draft(task: TaskItem): Draft {
    const key = keyOf(task);
    const draft = this.#drafts.get(key) ?? new Draft();
    this.#drafts.set(key, draft);
    return draft;
  }

  /** Asks anew and puts the list in order; the cursor stays on its task, or goes to the one named. */
  async open(on = this.cursor): Promise<void> {
    const at = this.index;
    await this.#ask((items) => {
      this.kept = ordered(items, keyOf);
      this.cursor = nextTo(items.map(keyOf), on, at);
    });
  }

  /** Asks anew; the order stays. */
  async again(): Promise<void> {
    const before = this.fresh;
    await this.#ask((items) => (this.kept = refreshed(this.kept, items, keyOf)));
    if (this.fresh > before) announcer.say(taskWords.becameNew(this.fresh));
  }

  againSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.again();
    }, 1000);
  }

  async #ask(take: (items: readonly TaskItem[]) => void): Promise<void> {
    const turn = ++this.#turn;
    try {
      const got = await api.list({ owner: this.mine ? 'me' : '', limit: most });
      if (turn !== this.#turn) return;
      take(first(got.items));
      this.count = got.count;
      this.overdue = got.overdue;
      this.moreLater = got.moreLater;
      this.saved = got.saved;
      this.covered = got.covered;
      this.why = got.why;
      this.failed = '';
      this.read = true;
    } catch (error) {
      if (turn === this.#turn) this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  step(by: number): void {
    this.cursor = this.keys[Math.max(0, Math.min(this.keys.length - 1, this.index + by))] ?? '';
  }

  async only(mine: boolean): Promise<void> {
    this.mine = mine;
    await this.open();
  }

  /** Notes what came of a task. Null when it was noted, else why it was not. */
  async settle(task: TaskItem, came: Came): Promise<string | null> {
    if (this.busy) return null;
    this.busy = true;
    const draft = this.draft(task);
    const next = this.keys[this.keys.indexOf(keyOf(task)) + 1] ?? this.keys[this.keys.indexOf(keyOf(task)) - 1] ?? '';
    try {
      const noted = await api.settle({
        load: task.loadId, key: task.key, outcome: came.outcome, ...(draft.name.trim() ? { name: draft.name.trim() } : {}), ...(draft.note.trim() ? { note: draft.note.trim() } : {}), ...(came.answers.length ? { answers: came.answers } : {}), ...(came.promise ? { promise: came.promise } : {}),
      });
      this.#drafts.delete(keyOf(task));
      toasts.say(noted.says, '', noted.observation ? () => this.#takeBack(noted.observation, task, draft) : undefined);
      await Promise.all([this.again(), desk.refresh()]);
      if (this.hasLeft(task)) this.kept = without(this.kept, new Set([keyOf(task)]), keyOf);
      this.cursor = next;
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }

  /** Takes an outcome back: the task has the cursor again, with what was typed. */
  async #takeBack(observation: string, task: TaskItem, draft: Draft): Promise<string> {
    const { says } = await work.undo(observation);
    this.#drafts.set(keyOf(task), draft);
    await this.open(keyOf(task));
    return says;
  }
}

export const list = new TaskList();
