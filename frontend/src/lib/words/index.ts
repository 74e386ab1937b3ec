import { prefs } from '$lib/desk/prefs.svelte';
import { en } from './en';

/** Every word of the screens in one language. Plurals and the order of words are functions, so that each language has its own. */
export type Words = typeof en;

/** The languages there are. Another one is one file of type Words, named here: the compiler tells what it lacks. */
export const languages = { en } satisfies Record<string, Words>;

export type Language = keyof typeof languages;

const known = (code: string): code is Language => Object.hasOwn(languages, code);

/** The language a person chose, else the first of the computer's that there is, else English. */
export function languageOf(chosen: string, computer: readonly string[]): Language {
  return [chosen, ...computer.map((tag) => tag.split('-')[0] ?? '')].find(known) ?? 'en';
}

const language: Language = languageOf(prefs.language, typeof navigator === 'undefined' ? [] : navigator.languages);

/** The words of the screens, in the person's language. A change of language shows with the next start of the page. */
export const t: Words = languages[language];

/** The words of a room, in the person's language, from its table of each: they come with its first screen. The compiler tells a language that lacks a room. */
export const wordsOf = <T>(tables: Record<Language, T>): T => tables[language];
