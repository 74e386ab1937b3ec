import type { ExceptionCause } from '$lib/api';

/** "A1 missed delivery"; causes of our own have words only. */
export const causeWords = (cause: ExceptionCause) => [cause.type === '1651' ? cause.code : '', cause.words].filter(Boolean).join(' ');

/** The causes a person means: that of the very code first, then those of which every word is in code, words or party. */
export function fitting(causes: readonly ExceptionCause[], query: string): ExceptionCause[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = causes.filter((c) => words.every((w) => `${c.code} ${c.words} ${c.party}`.toLowerCase().includes(w)));
  const rank = (c: ExceptionCause) => (c.code.toLowerCase() === words.join(' ') ? 0 : c.words.toLowerCase().startsWith(words.join(' ')) ? 1 : 2);
  return words.length ? fits.map((c, i) => ({ c, i })).sort((a, b) => rank(a.c) - rank(b.c) || a.i - b.i).map(({ c }) => c) : fits;
}
