import type { Group } from '$lib/api';
import type { Span } from './window';

/** What stands on a line of the grid: a row of the view, or the head of a group. */
export type Line = { row: number } | { group: Group; nth: number };

/** The lines of a view: its rows, with a head above each group. */
export class Lines {
  readonly total: number;

  constructor(
    private readonly count: number,
    readonly groups: readonly Group[],
  ) {
    this.total = count + groups.length;
  }

  /** The last group that begins at or before a place, by the measure given; -1 when there is none. */
  #last(place: number, start: (g: Group, nth: number) => number): number {
    let from = 0;
    let to = this.groups.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const g = this.groups[middle];
      if (g && start(g, middle) <= place) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  /** The line of a row. */
  of(row: number): number {
    return row + this.#last(row, (g) => g.from) + 1;
  }

  at(line: number): Line {
    const nth = this.#last(line, (g, i) => g.from + i);
    const group = this.groups[nth];
    if (group && group.from + nth === line) return { group, nth };
    return { row: line - nth - 1 };
  }

  /** The group a row belongs to. */
  groupOf(row: number): Group | undefined {
    return this.groups[this.#last(row, (g) => g.from)];
  }

  /** The first row of the next or previous group. */
  jump(row: number, by: 1 | -1): number {
    const nth = this.#last(row, (g) => g.from);
    const own = this.groups[nth];
    if (by < 0 && own && own.from < row) return own.from;
    return this.groups[nth + by]?.from ?? row;
  }

  /** The rows among lines. */
  rows(span: Span): Span {
    const first = this.at(span.from);
    const from = 'row' in first ? first.row : first.group.from;
    const heads = this.#last(span.to - 1, (g, i) => g.from + i) + 1;
    return { from, to: Math.max(from, Math.min(this.count, span.to - heads)) };
  }
}
