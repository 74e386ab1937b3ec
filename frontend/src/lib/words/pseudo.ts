import type { Words } from './index';

/**
 * A language for tests: every word of another table, longer and with accents, between brackets. What a screen shows without
 * brackets did not come from the table.
 */
export const pseudo = (words: Words): Words => ({ ...said(words), language: { name: 'Pseudo', code: 'en', locale: 'en-US' } });

const accents: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ö', u: 'ü', n: 'ñ', A: 'Á', E: 'É', I: 'Í', O: 'Ö', U: 'Ü', N: 'Ñ' };

/** "Load" is "[Löád·····]": a third longer, as words of other languages are. */
export const accented = (text: string): string => (/\p{L}/u.test(text) ? `[${[...text].map((c) => accents[c] ?? c).join('')}${'·'.repeat(Math.ceil(text.length / 3))}]` : text);

function said<T>(words: T): T {
  if (typeof words === 'string') return accented(words) as T;
  if (typeof words === 'function') return ((...given: unknown[]) => said((words as unknown as (...given: unknown[]) => unknown)(...given))) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, said(word as unknown)])) as T;
}
