import type { RuleSetting } from '$lib/api';
import { length } from '$lib/time/format';
import { t } from '$lib/words';
import { ruleWords } from '$lib/words/rules';

export const everybody = 'global';

/** What a person typed as a value: as it is sent, or why it cannot be. */
export type Typed = { value: string; wrong?: undefined } | { value?: undefined; wrong: string };

const spans = /^(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?$/i;

/** Minutes of "90", "1h 30m", "2d"; NaN when it is none of these. */
function minutesOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const [, d, h, m] = spans.exec(text) ?? [];
  return d || h || m ? Number(d ?? 0) * 1440 + Number(h ?? 0) * 60 + Number(m ?? 0) : NaN;
}

/** "18:00" of "18:00", "6:00", "0600"; "" when it is no time of day. */
function clockOf(text: string): string {
  const [, h, m] = /^(\d{1,2}):?(\d{2})$/.exec(text) ?? [];
  return h && m && Number(h) < 24 && Number(m) < 60 ? `${h.padStart(2, '0')}:${m}` : '';
}

/** Reads a value in the unit of its rule. Days and choices go as they are: the desk knows them. */
export function read(rule: RuleSetting, text: string): Typed {
  const said = text.trim();
  if (rule.unit === 'clock') {
    const clock = clockOf(said);
    return clock ? { value: clock } : { wrong: ruleWords.notClock };
  }
  if (rule.unit === 'yes/no' || rule.unit === 'choice' || rule.unit === 'days') return said ? { value: said } : { wrong: ruleWords.notValue };
  const n = rule.unit === 'min' ? minutesOf(said) : said ? Number(said.replaceAll(',', '')) : NaN;
  if (!Number.isFinite(n)) return { wrong: rule.unit === 'min' ? ruleWords.notMinutes : ruleWords.notNumber };
  if (n < rule.min || n > rule.max) return { wrong: ruleWords.notRange(shown(rule, String(rule.min)), shown(rule, String(rule.max))) };
  return { value: String(n) };
}

/** A value as a person reads it, with its unit: "75 min", "4h", "30 miles", "06:00". */
export function shown(rule: Pick<RuleSetting, 'unit'>, value: string): string {
  if (rule.unit === 'yes/no') return value === 'yes' ? ruleWords.yes : value === 'no' ? ruleWords.no : value;
  const n = Number(value);
  if (value === '' || !Number.isFinite(n) || rule.unit === 'clock' || rule.unit === 'choice' || rule.unit === 'days') return value;
  if (rule.unit === 'min') return n < 60 || n % 1 ? `${t.number(n)} ${ruleWords.unit('min')}` : length(n * 60_000);
  return `${t.number(n)} ${ruleWords.unit(rule.unit)}`;
}

/** A scope's own value; "" when it has none. */
export const own = (rule: RuleSetting, scope: string): string => rule.scopes.find((v) => v.scope.toLowerCase() === scope.toLowerCase())?.value ?? '';

/** What counts in a scope: its own value, else everybody's. */
export const inForce = (rule: RuleSetting, scope: string): string => own(rule, scope) || rule.value;

/** Whether anybody has a value other than the shipped one. */
export const changed = (rule: RuleSetting): boolean => rule.scopes.some((v) => v.value !== rule.default);

/** Whether every word stands somewhere in its name, its explanation, its group or whom it has values for. */
export function fits(rule: RuleSetting, question: string): boolean {
  const text = [rule.name, rule.help, rule.group, rule.key, ...rule.scopes.map((v) => v.scope)].join(' ').toLowerCase();
  return question.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** A scope apart: "customer:Acme" is of kind customer, with the name Acme. */
export function scopeParts(scope: string): { kind: 'global' | 'customer' | 'carrier'; name: string } {
  const cut = scope.indexOf(':');
  const kind = scope.slice(0, cut);
  return kind === 'customer' || kind === 'carrier' ? { kind, name: scope.slice(cut + 1) } : { kind: 'global', name: '' };
}

export const scopeWords = (scope: string): string => ruleWords.scopeName(scopeParts(scope).kind, scopeParts(scope).name);
