import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BulkEdit, BulkStated, Row, Rows, SavedViews, View, ViewSpec } from '$lib/api';

const api = vi.hoisted(() => ({
  open: vi.fn<(spec: ViewSpec) => Promise<View>>(), rows: vi.fn<(view: string, from: number, to: number) => Promise<Rows>>(),
  views: vi.fn<() => Promise<SavedViews>>(), saveViews: vi.fn<(v: SavedViews) => Promise<SavedViews>>(),
}));
const loads = vi.hoisted(() => ({ stateMany: vi.fn<(e: BulkEdit) => Promise<BulkStated>>() }));
const work = vi.hoisted(() => ({ undo: vi.fn<(id: string) => Promise<{ observation: string; says: string }>>() }));
vi.mock('$lib/api', async (real) => ({ ...(await real<typeof import('$lib/api')>()), board: api, loads, work }));

const { Board } = await import('./board.svelte');
const { Views, plain } = await import('./views.svelte');
const { Chosen, mostAtOnce } = await import('./chosen.svelte');
const { Acts, pinsOn } = await import('./acts.svelte');
const { Announcer } = await import('./announce.svelte');
const { toasts } = await import('$lib/desk/toasts.svelte');

const counts = { actNow: 0, atRisk: 0, verify: 0, waiting: 0, onPlan: 9, done: 0 };
const row = (i: number): Row => ({
  id: `id${i}`, load: `L${i}`, customer: '', carrier: '', mode: '', state: 'inTransit', tracking: '', attention: { level: 'onPlan', minutes: null, due: null, why: '', rule: '' },
  refs: [], origin: '', dest: '', stops: 2, nextStop: null, lastNews: null, heard: { tms: null, visibility: null, carrier: null, phone: null }, papers: { pop: 'missing', pod: 'missing' }, flags: [], gone: false, oneSided: false, owner: '',
});
const seq = { counts, seq: 1, asOf: '2026-11-23T20:30:00Z' };

beforeEach(() => {
  vi.useFakeTimers();
  api.open.mockReset().mockResolvedValue({ view: 'v', count: 5000, groups: [], found: -1, ...seq });
  api.rows.mockReset().mockImplementation((view, from, to) => Promise.resolve({ view, from, count: 5000, pending: 0, fresh: 0, rows: Array.from({ length: to - from }, (_, i) => row(from + i)), ...seq }));
  api.views.mockReset().mockResolvedValue({ views: [], layouts: [], left: null });
  api.saveViews.mockReset().mockImplementation((v) => Promise.resolve(v));
  loads.stateMany.mockReset().mockImplementation((e) => Promise.resolve({ observations: e.loads.map((id) => `o-${id}`), says: '', refused: [] }));
  work.undo.mockReset().mockImplementation((id) => Promise.resolve({ observation: `r-${id}`, says: '' }));
});

async function opened() {
  const board = new Board();
  const views = new Views(board);
  await views.start();
  await board.open();
  return { board, views };
}

describe('views', () => {
  it('are taken whole, and say when they were changed', async () => {
    const { board, views } = await opened();
    await views.take('byCustomer');
    expect(api.open.mock.lastCall?.[0]).toMatchObject({ filter: { live: true }, group: 'customer' });
    expect(views.changed).toBe(false);
    board.set({ carriers: ['Swift'] });
    expect(views.changed).toBe(true);
    board.set({ carriers: [], text: 'typed' });
    expect(views.changed).toBe(false);
  });

  it('are saved, renamed, moved, deleted and brought back', async () => {
    const { board, views } = await opened();
    board.set({ silent: 90 });
    views.save('Quiet');
    views.save(' Second ');
    views.move('own:Second', -1);
    views.rename('own:Quiet', 'Silent');
    expect(views.own.map((v) => v.name)).toEqual(['Second', 'Silent']);
    views.rename('own:Silent', 'Second');
    expect(views.own.map((v) => v.name)).toEqual(['Second', 'Silent']);
    views.drop('own:Second');
    expect(views.at).toBe('all');
    await toasts.undo();
    expect(views.own.map((v) => v.name)).toEqual(['Second', 'Silent']);
    views.keep();
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.saveViews.mock.lastCall?.[0].views.map((v) => v.name)).toEqual(['Second', 'Silent']);
  });

  it('come back as the board was left, with their columns', async () => {
    const spec: ViewSpec = { filter: { live: true, within: 240 }, sort: { by: 'eta', desc: true }, group: 'carrier' };
    api.views.mockResolvedValue({ views: [], layouts: [{ view: 'soon', columns: [{ key: 'load', width: 90 }], folded: ['Acme'] }], left: { name: 'soon', spec, columns: [{ key: 'eta', width: 99 }], folded: ['Beta'] } });
    const { board, views } = await opened();
    expect(views.at).toBe('soon');
    expect(plain(board.spec())).toEqual(plain(spec));
    expect(board.columns).toEqual([{ key: 'eta', width: 99 }]);
    expect([...board.folded]).toEqual(['Beta']);
    await views.take('all');
    expect(board.columns).toEqual([]);
    expect(board.folded.size).toBe(0);
    await views.take('soon');
    expect(board.columns).toEqual([{ key: 'load', width: 90 }]);
    expect([...board.folded]).toEqual(['Acme']);
  });

  it('keep which groups are folded, shipped views and own ones alike, until they are grouped otherwise', async () => {
    const { board, views } = await opened();
    await views.take('byCustomer');
    views.fold('Acme', true);
    views.fold('Beta', true);
    views.fold('Beta', false);
    expect(views.changed).toBe(false);
    await views.take('all');
    await views.take('byCustomer');
    expect([...board.folded]).toEqual(['Acme']);
    views.save('Customers');
    views.fold('Acme', false);
    await views.take('byCustomer');
    expect([...board.folded]).toEqual(['Acme']);
    await views.take('own:Customers');
    expect(board.folded.size).toBe(0);
    views.fold('Beta', true);
    board.groupBy('carrier');
    expect(board.folded.size).toBe(0);
  });

  it('begin as they ship when the desk does not answer', async () => {
    api.views.mockRejectedValue(new Error('no'));
    const { board, views } = await opened();
    expect(board.count).toBe(5000);
    views.setColumns([{ key: 'eta', width: 0 }]);
    views.keep();
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.saveViews).not.toHaveBeenCalled(); // what was never read is not overwritten
  });
});

describe('many loads at once', () => {
  it('are chosen one by one, by range and by lane', async () => {
    const { board } = await opened();
    const chosen = new Chosen(board);
    chosen.toggle(board.rows.get(3), 3);
    await chosen.reach(6);
    expect([...chosen.ids]).toEqual(['id3', 'id4', 'id5', 'id6']);
    chosen.toggle(board.rows.get(4), 4);
    expect(chosen.size).toBe(3);
    await chosen.lane(board.rows.get(0));
    expect(api.open.mock.lastCall?.[0].filter.levels).toEqual(['onPlan']);
    expect(chosen.size).toBe(mostAtOnce);
  });

  it('take one act and one undo', async () => {
    const { board } = await opened();
    const chosen = new Chosen(board);
    const acts = new Acts(board, chosen);
    chosen.toggle(board.rows.get(1), 1);
    await chosen.reach(2);
    acts.ask('flag');
    await acts.answer(' Key account ');
    expect(loads.stateMany).toHaveBeenCalledWith({ loads: ['id1', 'id2'], edit: { stop: 0, fact: 'flag', value: 'key_account' } });
    await toasts.undo();
    expect(work.undo.mock.calls.map(([id]) => id)).toEqual(['o-id1', 'o-id2']);
  });

  it('without a choice it is the load of the cursor', async () => {
    const { board } = await opened();
    const acts = new Acts(board, new Chosen(board));
    board.cursor = 8;
    await acts.pin();
    expect(loads.stateMany.mock.lastCall?.[0]).toEqual({ loads: ['id8'], edit: { stop: 0, fact: 'flag', value: 'pinned' } });
  });
});

describe('a pin', () => {
  it('comes off by taking back the words that stand', () => {
    const said = (id: string, more: object) => ({ id, kind: 'flag', stop: 0, occurredAt: null, receivedAt: '', statedAt: null, source: 'user/Ida', channel: '', by: 'Ida', value: 'pinned', text: '', where: '', retracted: false, retracts: '', ...more });
    const back = (id: string, of: string) => said(id, { kind: 'retraction', retracts: of, value: '' });
    const pins = [said('a', {}), said('b', {}), said('c', { value: 'hazmat' }), said('d', { by: '' })];
    expect(pinsOn(pins)).toEqual(['a', 'b']);
    expect(pinsOn([...pins, back('r1', 'a')])).toEqual(['b']);
    expect(pinsOn([...pins, back('r1', 'a'), back('r2', 'r1')])).toEqual(['a', 'b']);
  });
});

describe('what a screen reader is told', () => {
  it('is one sentence in five seconds, the last one', async () => {
    const told = new Announcer();
    told.say('one');
    told.say('two');
    told.say('three');
    expect(told.polite).toBe('one');
    await vi.advanceTimersByTimeAsync(5000);
    expect(told.polite).toBe('three');
  });

  it('is told at once only of what must be acted on', () => {
    const told = new Announcer();
    told.compare(counts, { ...counts, atRisk: 2 });
    expect(told.assertive).toBe('');
    told.compare(counts, { ...counts, actNow: 1 });
    expect(told.assertive).toContain('1 load');
  });
});
