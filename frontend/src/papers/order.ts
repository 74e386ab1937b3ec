import type { PaperItem, PaperStage } from '$lib/api';

/** The stages as they are offered, what needs a person first. */
export const stages: readonly (PaperStage | '')[] = ['problem', 'eyes', 'clean', 'reading', 'unreadable', 'filed', ''];

const waits: readonly PaperStage[] = ['problem', 'eyes', 'unreadable', 'clean'];

/** Whether a person has still to decide on it. */
export const needsPerson = (item: PaperItem) => waits.includes(item.stage) && item.state !== 'rejected';

/** The next in a list that needs a person, after one, round the list once; "" when there is none. */
export function nextOpen(items: readonly PaperItem[], id: string): string {
  const at = items.findIndex((item) => item.id === id);
  for (let step = 1; step <= items.length; step++) {
    const item = items[(at + step + items.length) % items.length];
    if (item && item.id !== id && needsPerson(item)) return item.id;
  }
  return '';
}

/** A list with the present values of some of its lines. */
export function renewed(items: readonly PaperItem[], now: readonly PaperItem[]): readonly PaperItem[] {
  const values = new Map(now.map((item) => [item.id, item]));
  return items.some((item) => values.has(item.id)) ? items.map((item) => values.get(item.id) ?? item) : items;
}

/** Which documents lie before and behind one in their file, by their first pages. */
export function neighbours(item: PaperItem, siblings: readonly PaperItem[]): { before: string; next: string } {
  const first = (one: PaperItem) => one.pages[0] ?? 0;
  const inOrder = [...siblings].sort((a, b) => first(a) - first(b));
  return { before: inOrder.findLast((one) => first(one) < first(item))?.id ?? '', next: inOrder.find((one) => first(one) > first(item))?.id ?? '' };
}
