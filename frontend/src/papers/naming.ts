/** The rule by which exported files are named, as this machine keeps it. */
const key = 'tracedesk.papers.names';

export const usual = '{load}_{type}_{date}';

const sample: Record<string, string> = { load: 'L480104', type: 'POD', date: '2026-11-22', customer: 'Acme Foods', bol: '7700104', pro: '004410104', po: '88231', name: 'scan 12', n: '1' };

export function rule(): string {
  try {
    return localStorage.getItem(key) || usual;
  } catch {
    return usual;
  }
}

export function keepRule(text: string): void {
  try {
    localStorage.setItem(key, text.trim() || usual);
  } catch {
    // A browser that keeps nothing names files as usual.
  }
}

/** What a file would be called by a rule; null when the rule names something that there is not. */
export function called(text: string): string | null {
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].some(([, word]) => !(word && word in sample));
  return unknown || !text.includes('{') || /[\\/]/.test(text) ? null : `${text.replaceAll(/\{(\w+)\}/g, (_, word: string) => sample[word] ?? '')}.pdf`;
}

/** The name of a copy as PDF. */
export const asPdf = (name: string): string => `${name.replace(/\.[^.]*$/, '')}.pdf`;
