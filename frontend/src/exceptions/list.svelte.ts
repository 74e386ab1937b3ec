import { type ExceptionCounts, type ExceptionItem, exceptions as api, type Severity } from '$lib/api';
import { type Kept, nextTo, nothingKept, ordered, refreshed } from '$lib/desk/kept';
import { ex } from '$lib/words/exceptions';
import { announcer } from '../board/announce.svelte';
import { Lines } from '../board/lines';
import { arranged, type GroupBy, groupings, keyOf, nextNew } from './order';

/** How many are asked for at once: the most urgent of more. */
const most = 2000;

const noCounts: ExceptionCounts = { all: 0, open: 0, critical: 0, major: 0, minor: 0, watch: 0, unowned: 0, snoozed: 0, escalated: 0, needCause: 0 };

/** The open exceptions: their order stays until the person asks, values change in place, new ones wait in a bar. */
export class ExceptionList {
  kept = $state.raw<Kept<ExceptionItem>>(nothingKept);
  counts = $state.raw<ExceptionCounts>(noCounts);
  moreLater = $state(0);
  why = $state(''); // why the list is empty, in the desk's words
  failed = $state('');
  read = $state(false);

  severities = $state.raw<ReadonlySet<Severity>>(new Set());
  group = $state<GroupBy>('');
  mine = $state(false);
  resolved = $state(false);
  folded = $state.raw<ReadonlySet<string>>(new Set());

  cursor = $state(0); // the row of the cursor
  onGroup = $state(-1); // the head of a group that has it instead
  chosen = $state.raw<ReadonlySet<string>>(new Set());

  readonly arranged = $derived(arranged(this.kept.order, this.severities, this.group));
  readonly lines = $derived(new Lines(this.arranged.keys.length, this.arranged.groups, this.folded));
  readonly fresh = $derived(this.kept.fresh.length);
  #anchor = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #isPart = false; // there are more than one answer holds: those of the chosen severities are asked for by themselves

  at(row: number): ExceptionItem | undefined {
    return this.kept.now.get(this.arranged.keys[row] ?? '');
  }

  /** The exception of the cursor; none while the head of a group has it. */
  get current(): ExceptionItem | undefined {
    return this.onGroup < 0 ? this.at(this.cursor) : undefined;
  }

  /** What an act touches: those chosen, else that of the cursor. */
  get on(): ExceptionItem[] {
    if (this.chosen.size) return [...this.chosen].flatMap((key) => this.kept.now.get(key) ?? []);
    return this.current ? [this.current] : [];
  }

  hasLeft(item: ExceptionItem): boolean {
    return this.kept.gone.has(keyOf(item));
  }

  /** Asks anew and puts the list in order; the cursor stays on its exception where that is still listed. */
  async open(): Promise<void> {
    await this.#ask((items) => this.#reorder(() => (this.kept = ordered(items, keyOf))));
  }

  /** Asks anew; the order stays. */
  async again(): Promise<void> {
    const before = this.fresh;
    await this.#ask((items) => (this.kept = refreshed(this.kept, items, keyOf)));
    if (this.fresh > before) announcer.say(ex.becameNew(this.fresh));
  }

  /** However many changes come in a burst, they are read together. */
  againSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.again();
    }, 1000);
  }

  async #ask(take: (items: readonly ExceptionItem[]) => void): Promise<void> {
    const turn = ++this.#turn;
    try {
      const asked = { state: this.resolved ? 'all' : '', owner: this.mine ? 'me' : '', limit: most } as const;
      const all = await api.list(asked);
      this.#isPart = all.moreLater > 0;
      const got = this.#isPart && this.severities.size ? await api.list({ ...asked, severity: [...this.severities].join(',') }) : all;
      if (turn !== this.#turn) return;
      take(got.items);
      this.counts = all.counts; // of every severity, chosen or not
      this.moreLater = got.moreLater;
      this.why = got.why;
      this.failed = '';
      this.read = true;
      const here = this.kept.now;
      if ([...this.chosen].some((key) => !here.has(key))) this.chosen = new Set([...this.chosen].filter((key) => here.has(key)));
    } catch (error) {
      if (turn === this.#turn) this.failed = error instanceof Error ? error.message : String(error);
    }
  }

  /** Changes what is listed, or how, and keeps the cursor on its exception. */
  #reorder(change: () => void): void {
    const was = this.arranged.keys[this.cursor] ?? '';
    change();
    const keys = this.arranged.keys;
    this.cursor = Math.max(0, keys.indexOf(nextTo(keys, was, this.cursor)));
    this.onGroup = -1;
    if (this.lines.hides(this.cursor)) this.onGroup = this.arranged.groups.findIndex((g) => g === this.lines.groupOf(this.cursor));
  }

  toggle(severity: Severity): void {
    const next = new Set(this.severities);
    if (!next.delete(severity)) next.add(severity);
    this.#only(next);
  }

  allSeverities(): void {
    this.#only(new Set());
  }

  #only(severities: ReadonlySet<Severity>): void {
    this.#reorder(() => (this.severities = severities));
    if (this.#isPart) void this.open();
  }

  groupBy(by: GroupBy = groupings[(groupings.indexOf(this.group) + 1) % groupings.length] ?? ''): void {
    this.#reorder(() => {
      this.group = by;
      this.folded = new Set();
    });
    announcer.say(ex.grouped(ex.groups[by], this.arranged.keys.length));
  }

  fold(name: string, shut: boolean): void {
    const next = new Set(this.folded);
    if (shut) next.add(name);
    else next.delete(name);
    this.folded = next;
  }

  /** Shows all again: every severity, everybody's. */
  async showAll(): Promise<void> {
    this.allSeverities();
    await this.only({ mine: false, resolved: false });
  }

  async only(change: { mine?: boolean; resolved?: boolean }): Promise<void> {
    this.mine = change.mine ?? this.mine;
    this.resolved = change.resolved ?? this.resolved;
    await this.open();
  }

  choose(row: number): void {
    const key = this.arranged.keys[row];
    this.#anchor = row;
    if (!key) return;
    const next = new Set(this.chosen);
    if (!next.delete(key)) next.add(key);
    this.chosen = next;
  }

  /** Where the next range begins. */
  from(row: number): void {
    this.#anchor = row;
  }

  /** Chooses every line from where the range began to a row; what a folded group hides is left out. */
  reach(row: number): void {
    const [from, to] = [Math.min(this.#anchor, row), Math.max(this.#anchor, row)];
    this.chosen = new Set([...this.chosen, ...this.arranged.keys.filter((_, at) => at >= from && at <= to && !this.lines.hides(at))]);
  }

  /** Chooses all that are listed with the severity of the cursor's. */
  chooseLane(): void {
    const severity = this.current?.severity;
    if (severity) this.chosen = new Set(this.arranged.keys.filter((key) => this.kept.now.get(key)?.severity === severity));
  }

  chooseNone(): void {
    this.chosen = new Set();
  }

  /** The row of the next one that nobody has looked at. */
  nextNew(): number {
    return nextNew(this.arranged.keys, this.kept.now, this.cursor);
  }
}

export const list = new ExceptionList();
