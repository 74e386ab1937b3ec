/** What a person took in the palette or opened lately, newest first, remembered on this machine. */
export interface Recent {
  kind: 'load' | 'customer' | 'carrier' | 'act';
  /** What finds it again: the load's id, the party's name, the act's name. */
  id: string;
  name: string;
  note: string;
}

const key = 'tracedesk.recent';
const most = 8;

export function recent(): Recent[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Recent[];
  } catch {
    return [];
  }
}

/** The list with one more at its head; what was in it already moves there. */
export const withRecent = (list: readonly Recent[], one: Recent): Recent[] => [one, ...list.filter((r) => r.kind !== one.kind || r.id !== one.id)].slice(0, most);

export function took(one: Recent): void {
  try {
    localStorage.setItem(key, JSON.stringify(withRecent(recent(), one)));
  } catch {
    // A browser that keeps nothing still works; it forgets.
  }
}
