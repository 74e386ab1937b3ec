import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckSheet, CheckStep } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import Checklist from './Checklist.svelte';

const api = vi.hoisted(() => ({ checklist: vi.fn(), mark: vi.fn() }));
const work = vi.hoisted(() => ({ undo: vi.fn(() => Promise.resolve({ observation: 'u', says: 'taken back' })), history: vi.fn(() => Promise.resolve({ acts: [] })) }));
const copy = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('$lib/api', () => ({ playbooks: api, work, DeskError: class extends Error {} }));
vi.mock('$lib/native', () => ({ native: { copy } }));
vi.mock('$lib/desk/desk.svelte', () => ({ desk: { hear: () => () => undefined, zone: 'UTC', status: null } }));

const step = (key: string, done = false): CheckStep => ({ key, text: `do ${key}`, who: 'driver', due: null, wording: `say ${key} {eta}`, doneAt: done ? '2026-11-22T18:00:00Z' : null, doneBy: done ? 'Ana' : '', note: '', observation: done ? `o-${key}` : '' });
const sheet = (...steps: CheckStep[]): CheckSheet => ({ load: '1', exception: 'e', kind: 'silence', why: '', open: true, book: 'word 0', title: 'No word', steps, done: steps.filter((s) => s.doneAt).length });

let here: HTMLElement;
let shown: Record<string, unknown>;
const items = () => [...here.querySelectorAll('li')];
const press = async (key: string) => {
  (document.activeElement ?? here).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await new Promise((go) => setTimeout(go));
  flushSync();
};

beforeEach(async () => {
  here = document.body.appendChild(document.createElement('div'));
  api.checklist.mockResolvedValue(sheet(step('a', true), step('b'), step('c')));
  shown = mount(Checklist, { target: here, props: { load: '1', exceptionId: 'e' } });
  await new Promise((go) => setTimeout(go));
  flushSync();
  items()[1]?.focus();
  flushSync();
});
afterEach(async () => {
  await unmount(shown);
  here.remove();
});

describe('a checklist', () => {
  it('begins at the first step that is open, with one Tab stop', () => expect(items().map((li) => li.tabIndex)).toEqual([-1, 0, -1]));

  it('marks a step done by Space and goes to the next', async () => {
    api.mark.mockResolvedValue({ observation: 'o-b', says: 'b is done', sheet: sheet(step('a', true), step('b', true), step('c')) });
    await press(' ');
    expect(api.mark).toHaveBeenCalledWith('1', 'e', { step: 'b' });
    expect(toasts.undoing?.observation).toBe('o-b');
    expect(items()[2]?.tabIndex).toBe(0);
  });

  it('takes back what is done', async () => {
    await press('ArrowUp');
    await press(' ');
    expect(work.undo).toHaveBeenCalledWith('o-a');
  });

  it('copies the wording by C, and says what nobody knows yet', async () => {
    await press('c');
    expect(copy).toHaveBeenCalledWith('say b {eta}');
    expect(items()[1]?.querySelector('.level-verify')).not.toBeNull();
  });

  it('leaves keys of others alone', async () => {
    const event = new KeyboardEvent('keydown', { key: 'e', bubbles: true, cancelable: true });
    items()[1]?.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });
});
