import { type Component, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { remember } from '$lib/desk/prefs.svelte';
import { toasts } from '$lib/desk/toasts.svelte';
import { hintsOf } from '$lib/keys/sheet';
import X12 from '../work/X12.svelte';
import Empty from './Empty.svelte';
import History from './History.svelte';
import KeySheet from './KeySheet.svelte';
import Palette from './Palette.svelte';
import Rail from './Rail.svelte';
import StatusLine from './StatusLine.svelte';
import TopBar from './TopBar.svelte';

vi.mock('$lib/words', async () => {
  const [{ en }, { pseudo }] = await Promise.all([import('$lib/words/en'), import('$lib/words/pseudo')]);
  return { t: pseudo(en), languages: { en }, languageOf: () => 'en' };
});

const api = vi.hoisted(() => {
  const none = { parties: [], hits: [], acts: [] };
  return {
    work: {
      history: vi.fn(() => Promise.resolve(none)),
      outgoing214: vi.fn(() => Promise.resolve({ statuses: 1, leftOut: [{ id: '7', load: '480101', text: '', why: '' }] })),
      exportCSV: 'csv', exportX12: 'edi', undo: vi.fn(() => Promise.resolve({ observation: '', says: '' })), reopen: vi.fn(() => Promise.resolve({ observation: '', says: '' })),
    },
    board: { customers: () => Promise.resolve(none), carriers: () => Promise.resolve(none), search: () => Promise.resolve(none), views: () => Promise.resolve({ views: [], layouts: [], left: null }) },
  };
});
vi.mock('$lib/api', () => ({ ...api, loads: {}, DeskError: class extends Error {} }));

const close = () => undefined;
const act = (key: string) => ({ name: '[ ]', key, run: close });

let here: HTMLElement;
let shown: Record<string, unknown> | undefined;

const show = async (component: Component<never>, props: object) => {
  shown = mount(component as Component<Record<string, unknown>>, { target: here, props: props as Record<string, unknown> });
  await new Promise((go) => setTimeout(go));
  flushSync();
};

beforeEach(() => {
  vi.useRealTimers();
  here = document.body.appendChild(document.createElement('div'));
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  here.remove();
  remember({ letters: true });
});

/** Words on the screen that did not come from the table: keys and times of day aside. */
function strange(): string[] {
  const found: string[] = [];
  const walk = document.createTreeWalker(here, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent?.trim() ?? '';
    const parent = walk.currentNode.parentElement;
    if (/\p{L}{2,}/u.test(text.replaceAll(/\[.*?\]/gsu, '')) && !parent?.closest('.key, time, .mono')) found.push(text);
  }
  return found;
}

describe('in another language', () => {
  it.each<[string, Component<never>, object]>([
    ['the rail', Rail as Component<never>, { bringIn: close }],
    ['the top bar', TopBar as Component<never>, { title: '[ ]' }],
    ['the status line', StatusLine as Component<never>, { screen: 'quarantine', keys: close, history: close, said: close, settings: close }],
    ['the key sheet', KeySheet as Component<never>, { close }],
    ['the palette', Palette as Component<never>, { acts: [act('G B')], close }],
    ['the history', History as Component<never>, { close }],
    ['what was said', History as Component<never>, { of: 'said', close }],
    ['what a 214 holds', X12 as Component<never>, { close, save: close }],
    ['an empty list', Empty as Component<never>, { title: '[ ]' }],
  ])('%s has no word of its own', async (_, component, props) => {
    await show(component, props);
    expect(here.textContent).toContain('[');
    expect(strange()).toEqual([]);
  });
});

describe('a 214', () => {
  it('is told in words before it is saved, with what it leaves out', async () => {
    const save = vi.fn(() => Promise.resolve());
    await show(X12 as Component<never>, { close, save });
    expect(here.querySelectorAll('tbody tr')).toHaveLength(1);
    here.querySelector<HTMLElement>('.primary')?.click();
    expect(save).toHaveBeenCalledWith('edi', 'outgoing.edi');
  });
  it('that would say nothing offers the CSV instead, and no file', async () => {
    api.work.outgoing214.mockResolvedValueOnce({ statuses: 0, leftOut: [] });
    const save = vi.fn(() => Promise.resolve());
    await show(X12 as Component<never>, { close, save });
    expect(here.querySelectorAll('.primary')).toHaveLength(1);
    here.querySelector<HTMLElement>('.primary')?.click();
    expect(save).toHaveBeenCalledWith('csv', 'outgoing.csv');
  });
});

describe('what was said', () => {
  it('stays in the status line and is kept in full with its hint, errors too', async () => {
    toasts.say('a word that went well');
    toasts.tell(Object.assign(new Error('a long reason why it did not'), { hint: 'and what to do' }));
    toasts.list.forEach((toast) => toasts.drop(toast.id));
    const said = vi.fn();
    await show(StatusLine as Component<never>, { screen: 'quarantine', keys: close, history: close, said, settings: close });
    const last = here.querySelector<HTMLElement>('.last');
    expect(last?.textContent).toBe('✕\u00a0a long reason why it did not');
    last?.click();
    expect(said).toHaveBeenCalledOnce();
    if (shown) await unmount(shown);
    await show(History as Component<never>, { of: 'said', close });
    expect(toasts.last?.bad).toBe(false);
    expect([...here.querySelectorAll('.words')].slice(0, 2).map((cell) => cell.textContent)).toEqual(['✕\u00a0a long reason why it did not', 'a word that went well']);
  });
});

describe('single letters', () => {
  it('stand in the hints, and are left out where they are switched off', () => {
    expect(hintsOf('outgoing', true).map(([key]) => key)).toEqual(['J K', 'Y', 'X', 'C', 'S', 'E', 'Esc', 'Ctrl+K']);
    expect(hintsOf('outgoing', false).map(([key]) => key)).toEqual(['↓', 'Esc', 'Ctrl+K']);
  });
  it('that are switched off are told of on the key sheet', async () => {
    remember({ letters: false });
    await show(KeySheet as Component<never>, { close });
    expect(here.querySelector('.off')).not.toBeNull();
  });
});

describe('undo', () => {
  const back = (says: string) => vi.fn(() => Promise.resolve(says));

  it('takes the newest act that can be taken back, whatever was said since', async () => {
    const [first, second] = [back('first is back'), back('second is back')];
    toasts.say('first', '', first);
    toasts.say('second', '', second);
    toasts.say('copied');
    await toasts.undo();
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
    await toasts.undo();
    expect(first).toHaveBeenCalledOnce();
  });

  it('finds in the history what was done before the start: the newest of the person, no undo', async () => {
    const line = { observation: 'o1', intent: '', by: '', at: new Date().toISOString(), load: '480101', loadId: '', says: 'note', undone: false, canUndo: true, takesBack: false };
    const acts = [{ ...line, id: '3', takesBack: true, observation: 'o3' }, { ...line, id: '2', intent: '9', observation: '' }, { ...line, id: '1' }];
    api.work.history.mockResolvedValue({ acts } as never);
    await toasts.look();
    await toasts.undo();
    expect(api.work.reopen).toHaveBeenCalledWith('9');
    api.work.history.mockResolvedValue({ acts: acts.slice(2).map((a) => ({ ...a, by: 'Somebody else' })) } as never);
    await toasts.look();
    expect(toasts.undoing).toBeNull();
  });
});
