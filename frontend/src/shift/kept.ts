import type { HandoverLine, HandoverNote, HandoverWords } from '$lib/api';

/** What the outgoing person wrote, by load, until the shift is handed over. It outlives a closed window. */
export type Kept = Record<string, HandoverWords>;

const key = 'tracedesk.handover';
const none: HandoverWords = { decided: '', rejected: '', fragile: '' };

export function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Kept;
  } catch {
    return {};
  }
}

export function keep(words: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(words));
  } catch {
    // A browser that keeps nothing still hands over what stands on the page.
  }
}

export const hasWords = (words: HandoverWords) => Boolean(words.decided || words.rejected || words.fragile);

/** The words of a line: as it was handed over, or as they are written now. */
export const wordsOf = (line: HandoverLine, written: Kept): HandoverWords => written[line.loadId] ?? (hasWords(line.words) ? line.words : none);

/** What goes with the sheet: the words on loads that are on it. */
export const notes = (lines: readonly HandoverLine[], written: Kept): HandoverNote[] =>
  lines.flatMap((line) => {
    const words = written[line.loadId];
    return words && hasWords(words) ? [{ load: line.loadId, ...words }] : [];
  });

/** The open exceptions that nobody owns. */
export const unowned = (lines: readonly HandoverLine[]) => lines.flatMap((line) => line.open.filter((e) => e.owner === '').map((e) => ({ load: line.loadId, id: e.id })));
