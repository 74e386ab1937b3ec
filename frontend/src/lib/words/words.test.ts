import { describe, expect, it } from 'vitest';
import { sheet } from '$lib/keys/sheet';
import { dash, dq } from './dashboard';
import { en } from './en';
import { ex } from './exceptions';
import { languageOf, languages, type Words, wordsOf } from './index';
import { doc } from './papers';
import { edi } from './partners';
import { accented, pseudo } from './pseudo';
import { ruleWords } from './rules';
import { feedWords } from './sources';
import { taskWords } from './tasks';

/** The words that load at once, and those that come with their rooms. */
const all = { ...en, dash, dq, doc, edi, ex, feedWords, ruleWords, taskWords };

/** Every string of a table, by its place. */
function strings(words: unknown, at = ''): [string, string][] {
  if (typeof words === 'string') return [[at, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([name, word]) => strings(word, `${at}.${name}`));
}

describe('the table', () => {
  it('has no empty word but those that say so', () => expect(strings(all).filter(([, word]) => !word.trim()).map(([at]) => at)).toEqual(['.tips.design']));
  it('names every key once a place, with a word for what it does', () => {
    for (const [place, lines] of Object.entries(sheet)) {
      expect(en.keyPlaces[place as keyof Words['keyPlaces']]).toBeTruthy();
      expect(new Set(lines.map((l) => l.keys)).size).toBe(lines.length);
      const presses = lines.flatMap((l) => (l.press ? [l.press] : []));
      expect(new Set(presses).size).toBe(presses.length);
    }
  });
  it('has no word for a key that is not on the sheet', () => {
    const used = new Set(Object.values(sheet).flat().map((l) => l.does));
    expect(Object.keys(en.does).filter((d) => !used.has(d as keyof Words['does']))).toEqual([]);
  });
});

describe('a check that did not pass', () => {
  it.each([
    ['pieces', '12', '14', '12 ≠ 14'],
    ['numbers', 'PRO', 'load number, BOL, PRO', 'only PRO of these: load number, BOL, PRO'],
    ['numbers', '', 'load number, BOL', 'none of these: load number, BOL'],
    ['numbers', '', '', 'the load has none'],
    ['clean', 'short: 2 short', '', 'short: 2 short'],
  ])('%s: %s against %s', (name, onPaper, onLoad, says) => expect(doc.checkSays(name, onPaper, onLoad)).toBe(says));
});

/** Every place of a table and what stands there: a word, or a function of so many arguments. */
const places = (words: object, at = ''): string[] =>
  Object.entries(words).flatMap(([name, word]) => (typeof word === 'object' && word !== null ? places(word as object, `${at}.${name}`) : [`${at}.${name}: ${typeof word}`]));

describe('another language', () => {
  const lacks = (table: object) => {
    const has = new Set(places(table));
    return places(en).filter((place) => !has.has(place));
  };
  it.each(Object.entries(languages))('%s has every word', (_, table) => expect(lacks(table)).toEqual([]));
  it('that lacks a word is found, and does not compile', () => {
    const { loads: one, ...rest } = en;
    // @ts-expect-error a table of words has all of them
    const short: Words = rest;
    expect(one(1)).toBe('1 load');
    expect(lacks(short)).toEqual(['.loads: function']);
  });
  it('that lacks a room does not compile', () => {
    // @ts-expect-error a room has a table in each language
    expect(wordsOf<typeof doc>({})).toBeUndefined();
  });
});

describe('the language', () => {
  it.each([
    ['as chosen', 'en', ['es-MX'], 'en'],
    ['as the computer', 'system', ['en-GB', 'es'], 'en'],
    ['none of the computer is known', 'system', ['fi'], 'en'],
    ['chosen once, gone since', 'xx', [], 'en'],
    ['not a name every object has', 'constructor', [], 'en'],
  ])('%s', (_, chosen, computer, want) => expect(languageOf(chosen, computer)).toBe(want));
});

describe('the pseudo-language', () => {
  const p = pseudo(en);
  it('is longer, accented, and keeps the numbers', () => {
    expect(accented('Load')).toBe('[Löád··]');
    expect(p.loads(3)).toBe('[3 löáds···]');
    expect(p.number(1200)).toBe('1,200');
  });
  it('has every word of the table', () => expect(strings(p).map(([at]) => at)).toEqual(strings(en).map(([at]) => at)));
});
