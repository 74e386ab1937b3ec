import type { Book, BookEdit, BookStep } from '$lib/api';

/** A playbook while it is edited; what is typed stays here until it is kept. */
export interface Draft {
  kind: string;
  title: string;
  steps: BookStep[];
}

export const draftOf = (book: Book, kind = book.kind): Draft => ({ kind, title: book.title, steps: book.steps.map((step) => ({ ...step })) });

/** A key for a new step: what is done stays done by its key, so one that is taken is never used again. */
export function newKey(text: string, taken: readonly string[]): string {
  const words = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ').trim().split(' ').filter(Boolean);
  const base = words.slice(0, 3).map((w, i) => (i ? w.charAt(0).toUpperCase() + w.slice(1) : w)).join('') || 'step';
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}${n}`;
    if (!taken.includes(key)) return key;
  }
}

/** The draft with a step moved by one. */
export function moved(draft: Draft, at: number, by: number): Draft {
  const to = at + by;
  if (to < 0 || to >= draft.steps.length) return draft;
  const steps = [...draft.steps];
  const [step] = steps.splice(at, 1);
  if (step) steps.splice(to, 0, step);
  return { ...draft, steps };
}

/** What is sent: steps without words are left out, and each has a key of its own. */
export function edited(draft: Draft): BookEdit {
  const steps: BookStep[] = [];
  for (const step of draft.steps) {
    if (!step.text.trim()) continue;
    const taken = [...steps, ...draft.steps].map((s) => s.key).filter(Boolean);
    steps.push({ ...step, text: step.text.trim(), wording: step.wording.trim(), key: step.key || newKey(step.text, taken) });
  }
  return { kind: draft.kind, title: draft.title.trim(), steps };
}
