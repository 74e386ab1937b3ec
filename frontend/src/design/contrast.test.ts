import css from '../app.css?raw';
import { describe, expect, it } from 'vitest';
import { colour, pairs, ratio, tokens } from './contrast';

const block = (text: string, head: string) => /\{([^}]*)\}/.exec(text.slice(text.indexOf(head)))?.[1] ?? '';
const light = tokens(block(css, ':root {'));
const dark = new Map([...light, ...tokens(block(css, ":root[data-theme='dark'] {"))]);
const more = css.slice(css.indexOf('@media (prefers-contrast: more)'));
const themes: [string, Map<string, string>][] = [
  ['light', light],
  ['dark', dark],
  ['light, more contrast', new Map([...light, ...tokens(block(more, ':root {'))])],
  ['dark, more contrast', new Map([...dark, ...tokens(block(more, ":root[data-theme='dark'] {"))])],
];

describe('contrast', () => {
  it('is that of the formula', () => {
    expect(ratio([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(ratio([255, 255, 255], [255, 255, 255])).toBe(1);
    expect(ratio(colour('#565e69') ?? [0, 0, 0], [255, 255, 255])).toBeCloseTo(6.6, 1);
  });
  it('reads colours', () => expect([colour('#fff'), colour('rgb(1, 2, 3)'), colour('red')]).toEqual([[255, 255, 255], [1, 2, 3], null]));
});

describe.each(themes)('tokens, %s', (_, theme) => {
  it.each(pairs.map((p) => [p.on, p.under, p.needs] as const))('%s on %s', (on, under, needs) => {
    const [a, b] = [colour(theme.get(on) ?? ''), colour(theme.get(under) ?? '')];
    expect(a && b).toBeTruthy();
    expect(ratio(a ?? [0, 0, 0], b ?? [0, 0, 0])).toBeGreaterThanOrEqual(needs);
  });
});
