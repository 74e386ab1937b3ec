/** Keys: what a press is called, and whether a person is typing. */

/** "Ctrl+K", "Shift+ArrowDown", "j". Ctrl stands for ⌘ too. Shift is named only where it does not already change the character. */
export function nameOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  const single = event.key.length === 1;
  if (event.shiftKey && !single) parts.push('Shift');
  parts.push(single && (event.ctrlKey || event.metaKey) ? event.key.toUpperCase() : event.key);
  return parts.join('+');
}

/** A letter, digit or sign without a modifier: may be switched off as a whole, and never acts while typing. */
export const isSingle = (event: KeyboardEvent) => event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;

/** Gives a field the focus as it comes up: it was asked for by the key just pressed. */
export const takesFocus = (field: HTMLElement) => field.focus();

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}
