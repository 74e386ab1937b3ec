import type { Group } from '$lib/api';
import type { Span } from './window';

/** What stands on a line of the grid: a row of the view, or the head of a group. */
export type Line = { row: number } | { group: Group; nth: number };

const none: ReadonlySet<string> = new Set();

/** The lines of a view: its rows, with a head above each group. The rows of a folded group have no line. */
export class Lines {
  readonly total: number;
  readonly #heads: number[] = []; // the line of each head

  constructor(
    count: number,
    readonly groups: readonly Group[],
    private readonly folded: ReadonlySet<string> = none,
  ) {
    let line = 0;
    for (const group of groups) {
      this.#heads.push(line);
      line += 1 + (folded.has(group.name) ? 0 : group.count);
    }
    this.total = groups.length ? line : count;
  }

  /** The last group that begins at or before a place, by the measure given; -1 when there is none. */
  #last(place: number, start: (nth: number) => number | undefined): number {
    let from = 0;
    let to = this.groups.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((start(middle) ?? Infinity) <= place) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  #nthOf(row: number): number {
    return this.#last(row, (nth) => this.groups[nth]?.from);
  }

  isFolded(group: Group): boolean {
    return this.folded.has(group.name);
  }

  /** The line of a row; of one in a folded group, the line of its head. */
  of(row: number): number {
    const nth = this.#nthOf(row);
    const group = this.groups[nth];
    if (!group) return row;
    return this.head(nth) + (this.isFolded(group) ? 0 : 1 + row - group.from);
  }

  /** The line of a group's head. */
  head(nth: number): number {
    return this.#heads[nth] ?? 0;
  }

  at(line: number): Line {
    const nth = this.#last(line, (n) => this.#heads[n]);
    const group = this.groups[nth];
    if (!group) return { row: line };
    const head = this.head(nth);
    return head === line ? { group, nth } : { row: group.from + line - head - 1 };
  }

  /** The group a row belongs to. */
  groupOf(row: number): Group | undefined {
    return this.groups[this.#nthOf(row)];
  }

  /** A row that a folded group hides. */
  hides(row: number): boolean {
    const group = this.groupOf(row);
    return group !== undefined && this.isFolded(group);
  }

  /** The nearest row in a direction that has a line, from a row on; the row itself when there is none. */
  next(row: number, by: number): number {
    const step = by < 0 ? -1 : 1;
    let line = Math.max(0, Math.min(this.total - 1, this.of(row) + by));
    for (; line >= 0 && line < this.total; line += step) {
      const at = this.at(line);
      if ('row' in at) return at.row;
    }
    return row;
  }

  /** The head of the next or previous group, or of the own one when it begins above the line; -1 when there is none. */
  jump(line: number, by: 1 | -1): number {
    const nth = this.#last(line, (n) => this.#heads[n]);
    const to = by > 0 ? nth + 1 : this.head(nth) < line ? nth : nth - 1;
    return to >= 0 && to < this.groups.length ? to : -1;
  }

  /** The rows among lines, in unbroken stretches. */
  rows(span: Span): Span[] {
    const out: Span[] = [];
    for (let line = span.from; line < span.to; line++) {
      const at = this.at(line);
      if (!('row' in at)) continue;
      const last = out.at(-1);
      if (last?.to === at.row) last.to++;
      else out.push({ from: at.row, to: at.row + 1 });
    }
    return out;
  }
}
