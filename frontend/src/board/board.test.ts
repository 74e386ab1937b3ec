import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Changes, Row, Rows, View, ViewSpec } from '$lib/api';

const api = vi.hoisted(() => ({ open: vi.fn<(spec: ViewSpec) => Promise<View>>(), rows: vi.fn<(view: string, from: number, to: number) => Promise<Rows>>() }));
vi.mock('$lib/api', async (real) => ({ ...(await real<typeof import('$lib/api')>()), board: api }));

const { Board } = await import('./board.svelte');
const { DeskError } = await import('$lib/api');

const counts = { actNow: 1, atRisk: 0, verify: 0, waiting: 0, onPlan: 99, done: 0 };
const row = (i: number, more: Partial<Row> = {}): Row => ({
  id: `id${i}`, load: `L${i}`, customer: 'Acme', carrier: 'Swift', mode: 'FTL', state: 'inTransit', tracking: '', attention: { level: 'onPlan', minutes: null, due: null, why: '', rule: '' },
  refs: [], origin: '', dest: '', stops: 2, nextStop: null, lastNews: null, heard: { tms: null, visibility: null, carrier: null, phone: null }, papers: { pop: 'missing', pod: 'missing' }, flags: [], gone: false, oneSided: false, owner: '', ...more,
});
const view = (id: string, found = -1, count = 1000): View => ({ view: id, count, counts, groups: [], found, seq: 1, asOf: '2026-11-23T20:30:00Z' });
const page = (id: string, from: number, to: number, make = row): Rows => ({
  view: id, from, count: 1000, counts, pending: 0, fresh: 0, seq: 1, asOf: '2026-11-23T20:30:00Z', rows: Array.from({ length: to - from }, (_, i) => make(from + i)),
});
const changed: Changes = { since: 1, seq: 2, loads: ['id3'], resync: false, desk: false };

beforeEach(() => {
  vi.useFakeTimers();
  api.open.mockReset().mockResolvedValue(view('v1'));
  api.rows.mockReset().mockImplementation((id, from, to) => Promise.resolve(page(id, from, to)));
});

describe('the board', () => {
  it('asks for the pages in sight and the next on the way, and for both ends, each once', async () => {
    const board = new Board();
    await board.open();
    await vi.waitFor(() => expect(board.rows.has(999)).toBe(true));
    board.see([{ from: 500, to: 530 }]);
    board.see([{ from: 504, to: 534 }]);
    await vi.waitFor(() => expect(board.rows.has(520)).toBe(true));
    expect(board.rows.has(300)).toBe(false);
    expect(api.rows.mock.calls.map(([, from, to]) => [from, to])).toEqual([[0, 60], [0, 64], [960, 1000], [448, 640]]);
  });

  it('changes values in place and tints what changed, without a new order', async () => {
    const board = new Board();
    await board.open();
    await vi.waitFor(() => expect(board.rows.has(999)).toBe(true));
    board.see([{ from: 0, to: 20 }]);
    api.rows.mockImplementation((id, from, to) => Promise.resolve({ ...page(id, from, to, (i) => row(i, i === 3 ? { carrier: 'Other' } : {})), seq: 2 }));
    const before = api.rows.mock.calls.length;
    board.hear(changed);
    board.hear(changed);
    await vi.advanceTimersByTimeAsync(300);
    expect(api.rows.mock.calls.slice(before).map(([, from, to]) => [from, to])).toEqual([[3, 4]]);
    expect(board.rows.get(3)?.carrier).toBe('Other');
    expect([...board.tinted]).toEqual([['id3', ['carrier']]]);
    expect(api.open).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(board.tinted.size).toBe(0);
  });

  it('asks for the counts alone, once a second, while nothing in sight changes', async () => {
    const board = new Board();
    await board.open();
    await vi.waitFor(() => expect(board.rows.has(999)).toBe(true));
    board.see([{ from: 0, to: 20 }]);
    await vi.advanceTimersByTimeAsync(1000);
    const before = api.rows.mock.calls.length;
    for (let i = 0; i < 20; i++) {
      board.hear({ ...changed, loads: ['id40'], seq: 3 + i });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(api.rows.mock.calls.slice(before).map(([, from, to]) => [from, to])).toEqual([[0, 1], [0, 1]]);
    board.see([{ from: 30, to: 50 }]); // what changed out of sight is asked for when it comes into sight
    await vi.advanceTimersByTimeAsync(300);
    expect(api.rows.mock.lastCall?.slice(1, 3)).toEqual([40, 41]);
  });

  it('has no load at the cursor while it stands on the head of a group', async () => {
    const board = new Board();
    await board.open();
    board.onGroup = 2;
    expect(board.current).toBeUndefined();
    board.onGroup = -1;
    expect(board.current?.id).toBe('id0');
  });

  it('keeps the cursor on its load when it is sorted anew', async () => {
    const board = new Board();
    await board.open();
    board.cursor = 7;
    api.open.mockResolvedValue(view('v2', 412));
    await board.open();
    expect(api.open.mock.lastCall?.[0].find).toBe('id7');
    expect(board.cursor).toBe(412);
    expect(board.rows.has(412)).toBe(true);
  });

  it('shows the answer to the last question only', async () => {
    const board = new Board();
    let late: (v: View) => void = () => undefined;
    api.open.mockReturnValueOnce(new Promise((go) => (late = go))).mockResolvedValueOnce(view('new'));
    const first = board.open();
    await board.open();
    late(view('old'));
    await first;
    expect(board.view?.view).toBe('new');
  });

  it('opens a forgotten view again', async () => {
    const board = new Board();
    await board.open();
    api.open.mockResolvedValue(view('v2'));
    api.rows.mockRejectedValueOnce(new DeskError('not_found', 'This view is no longer open.'));
    board.see([{ from: 500, to: 520 }]);
    await vi.waitFor(() => expect(board.view?.view).toBe('v2'));
  });

  it('keeps what is shown when the desk is out of reach', async () => {
    const board = new Board();
    await board.open();
    api.open.mockRejectedValue(new DeskError('offline', 'The desk does not answer.'));
    await board.open();
    expect(board.rows.size).toBeGreaterThan(0);
    expect(board.failed).toBe('The desk does not answer.');
  });

  it('asks for everything again on resync', async () => {
    const board = new Board();
    await board.open();
    board.hear({ ...changed, resync: true });
    expect(api.open).toHaveBeenCalledTimes(2);
  });
});
