import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CompareCell, CompareRow, Comparison } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import CompareScreen from './CompareScreen.svelte';

const api = vi.hoisted(() => ({ of: vi.fn(), accept: vi.fn(), dismiss: vi.fn(), contradictions: vi.fn() }));
const browse = vi.hoisted(() => vi.fn());
vi.mock('$lib/api', () => ({ compare: api, loads: {}, work: { history: () => Promise.resolve({ acts: [] }) }, DeskError: class extends Error {} }));
vi.mock('$lib/native', () => ({ native: { browse, copy: () => Promise.resolve() } }));
vi.mock('$lib/desk/desk.svelte', () => ({ desk: { hear: () => () => undefined, refresh: () => Promise.resolve(), zone: 'UTC', status: null } }));

const cell = (column: string, value: string, odd = false): CompareCell => ({ column, source: column, value, written: '', at: null, statedAt: null, receivedAt: '2026-11-22T18:00:00Z', observation: `o-${column}`, agrees: !odd, odd, trustRank: 0, note: '' });
const row = (key: string, cells: CompareCell[], contradiction: string, canAccept = true): CompareRow => ({ key, field: key, type: '', name: key, stop: 1, zone: 'UTC', cells, accepted: { column: 'tms/tms', source: 'tms/tms', value: cells[0]?.value ?? '' }, contradiction, question: contradiction && 'which?', askWhom: contradiction && 'driver', dismissed: null, canAccept, exception: '' });
const source = (key: string, url = '') => ({ key, source: key, kind: key.split('/')[0] ?? '', name: key, portal: false, lastSaidAt: null, url });

const told: Comparison = {
  load: 'L1', loadId: 'id1', asOf: '', at: '2026-11-22T18:00:00Z', zone: 'UTC', columns: [source('tms/tms'), source('carrier/JRHA', 'https://jrha.example/1')],
  rows: [row('position', [cell('tms/tms', 'Dallas'), cell('carrier/JRHA', 'Dallas')], '', false), row('arrived', [cell('tms/tms', '11:05'), cell('carrier/JRHA', '11:52', true)], 'carrier says 11:52')],
};

let here: HTMLElement;
let shown: { key: (name: string) => boolean };
const settle = async () => {
  await new Promise((go) => setTimeout(go));
  await new Promise((go) => setTimeout(go));
  flushSync();
};
const press = async (key: string) => {
  const mine = shown.key(key);
  await settle();
  return mine;
};
const give = async (reason: string) => {
  const field = here.querySelector<HTMLInputElement>('.word input');
  if (!field) throw new Error('no field asks for a reason');
  field.value = reason;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  here.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  await settle();
};

beforeEach(async () => {
  for (const mock of [...Object.values(api), browse]) mock.mockReset();
  api.of.mockResolvedValue(told);
  here = document.body.appendChild(document.createElement('div'));
  shown = mount(CompareScreen, { target: here, props: { load: 'L1' } }) as typeof shown;
  await settle();
});
afterEach(async () => {
  await unmount(shown);
  here.remove();
});

const cursor = () => here.querySelector('[role=gridcell][tabindex="0"]')?.textContent;

describe('the cross-check', () => {
  it('begins at the word that differs, with the sentence and the question', () => {
    expect(cursor()).toContain('11:52');
    expect(here.textContent).toContain('carrier says 11:52');
    expect(here.textContent).toContain('which?');
    expect(here.querySelectorAll('[role=gridcell][tabindex="0"]')).toHaveLength(1);
  });

  it('accepts a word with its reason only, and one undo', async () => {
    api.accept.mockResolvedValue({ observation: 'a1', says: 'accepted' });
    await press('u');
    expect(document.activeElement?.tagName).toBe('INPUT');
    await give('  ');
    expect(api.accept).not.toHaveBeenCalled();
    expect(here.querySelector('[role=alert]')).not.toBeNull();
    await give('gate log');
    expect(api.accept).toHaveBeenCalledWith('id1', { field: 'arrived', stop: 1, source: 'carrier/JRHA', observation: 'o-carrier/JRHA', reason: 'gate log' });
    expect(toasts.undoing?.observation).toBe('a1');
  });

  it('says why a word cannot be accepted', async () => {
    await press('ArrowUp');
    await press('u');
    expect(here.querySelector('form')).toBeNull();
    expect(toasts.last?.text).toContain('position');
  });

  it('leaves a contradiction as known, with why', async () => {
    api.dismiss.mockResolvedValue({ observation: 'd1', says: 'known' });
    await press('x');
    await give('clock of the gate is wrong');
    expect(api.dismiss).toHaveBeenCalledWith('id1', { field: 'arrived', stop: 1, note: 'clock of the gate is wrong' });
  });

  it('opens the page of a source, and says where there is none', async () => {
    await press('o');
    expect(browse).toHaveBeenCalledWith('https://jrha.example/1');
    await press('ArrowLeft');
    await press('o');
    expect(browse).toHaveBeenCalledOnce();
    expect(toasts.last?.text).toContain('tms/tms');
  });

  it('shows only contradictions by F, all again by F', async () => {
    await press('f');
    expect(here.querySelectorAll('[role=rowheader]')).toHaveLength(1);
    await press('f');
    expect(here.querySelectorAll('[role=rowheader]')).toHaveLength(2);
  });

  it('goes to the next load with a contradiction, and says when there is none', async () => {
    api.contradictions.mockResolvedValueOnce({ items: [{ loadId: 'id1' }] });
    await press('n');
    expect(location.hash).not.toContain('compare/');
    api.contradictions.mockResolvedValueOnce({ items: [{ loadId: 'id1' }, { loadId: 'id1' }, { loadId: 'id2' }] });
    await press('n');
    expect(location.hash).toBe('#/compare/id2');
  });

  it('leaves the question by Esc, then the screen', async () => {
    await press('u');
    await press('Escape');
    expect(here.querySelector('form')).toBeNull();
    await press('Escape');
    expect(location.hash).toBe('#/load/id1');
  });
});
