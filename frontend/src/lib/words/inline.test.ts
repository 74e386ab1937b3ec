import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const screens = import.meta.glob<string>('../../**/*.svelte', { query: '?raw', import: 'default', eager: true });

/** What stands on the screens in every language: keys, units of type, samples of data on the design page. */
const everywhere = /^(?:Ctrl\+\w+|Shift\+\w+|Esc|Enter|G|[A-Z]|Ag 14:30|\d+ px.*|08:00–12:00 CST|L480100.*|12m|4h|AA)$/;

/** Attributes that a person reads or hears. */
const heard = new Set(['aria-label', 'aria-description', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label']);

interface Node {
  type: string;
  name?: string;
  data?: string;
  value?: unknown;
  attributes?: unknown;
  [key: string]: unknown;
}

const isNode = (x: unknown): x is Node => typeof x === 'object' && x !== null && typeof (x as Node).type === 'string';

/** Words in a text: two letters and more that stand together, keys and samples aside. */
const worded = (text: string) => /\p{L}{2,}/u.test(text) && !everywhere.test(text.trim());

/** Strings that an expression may show: those of its branches, never those it compares with or passes on. */
function shown(x: unknown): string[] {
  if (!isNode(x)) return [];
  if (x.type === 'Literal') return typeof x.value === 'string' ? [x.value] : [];
  if (x.type === 'TemplateLiteral') return (x['quasis'] as { value: { cooked: string } }[]).map((q) => q.value.cooked);
  if (x.type === 'ConditionalExpression') return [...shown(x['consequent']), ...shown(x['alternate'])];
  if (x.type === 'LogicalExpression') return [...shown(x['left']), ...shown(x['right'])];
  if (x.type === 'BinaryExpression' && x['operator'] === '+') return [...shown(x['left']), ...shown(x['right'])];
  return [];
}

/** Every word that stands in a template itself: text, attributes that are read out, strings that an expression shows. */
function inline(source: string): string[] {
  const found: string[] = [];
  const look = (x: unknown): void => {
    if (Array.isArray(x)) return x.forEach(look);
    if (!isNode(x)) return;
    if (x.type === 'Text') found.push(x.data ?? '');
    if (x.type === 'ExpressionTag') found.push(...shown(x['expression']));
    if (x.type === 'StyleDirective' || x.type === 'ClassDirective') return;
    if (x.type === 'Attribute') {
      if (heard.has(x.name ?? '')) look(x.value);
      return;
    }
    for (const [key, inner] of Object.entries(x)) if (!['parent', 'expression', 'context', 'test', 'key'].includes(key)) look(inner);
  };
  look(parse(source, { modern: true }).fragment as unknown);
  return found.filter(worded).map((text) => text.trim());
}

describe('words', () => {
  it('are found where they stand in a template', () => {
    expect(inline('<p title="Go on" class="no words">Hello {a ? "one day" : t.x} <b>{`${n} loads`}</b></p>{#if x === "no word"}<i aria-label={"Read out"}></i>{/if}<span class="key">Ctrl+K</span>')).toEqual(['Go on', 'Hello', 'one day', 'loads', 'Read out']);
  });

  it('are never given to a message in place', () => expect(Object.keys(screens).filter((file) => /toasts\.say\(\s*['"`]/.test(screens[file] ?? ''))).toEqual([]));

  it.each(Object.keys(screens).sort())('of %s come from the table', (file) => expect(inline(screens[file] ?? '')).toEqual([]));
});
