import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Alert } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { alerts, joined, mark, onDesk, toTell } from './alerts.svelte';

const api = vi.hoisted(() => ({ recent: vi.fn() }));
const notify = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('$lib/api', () => ({ alerts: api, work: { history: () => Promise.resolve({ acts: [] }) }, DeskError: class extends Error {} }));
vi.mock('$lib/native', () => ({ native: { notify } }));
vi.mock('$lib/desk/desk.svelte', () => ({ desk: { hear: () => () => undefined } }));

const alert = (seq: number, change: Partial<Alert> = {}): Alert => ({ seq, at: '', load: '1', loadId: '1', customer: '', exception: '', kind: 'silence', severity: 'major', title: `alert ${seq}`, text: 'why', who: 'Ana', channel: 'inApp', os: false, ...change });

beforeEach(() => localStorage.clear());

describe('the list of alerts', () => {
  it('is newest first, each once', () => expect(joined([alert(2), alert(1)], [alert(3), alert(2)]).map((a) => a.seq)).toEqual([3, 2, 1]));
  it('holds no drafts for others', () => expect([alert(1, { channel: 'mail' }), alert(2, { channel: 'os' }), alert(3)].map(onDesk)).toEqual([false, true, true]));
});

describe('the computer', () => {
  it('tells the newest three', () => {
    const came = [1, 2, 3, 4, 5].map((seq) => alert(seq, { os: true }));
    expect(toTell([...came, alert(6)]).map((a) => a.seq)).toEqual([3, 4, 5]);
  });
  it('does not tell at the start what is old, and tells once what is new', async () => {
    api.recent.mockResolvedValueOnce({ seq: 1, alerts: [alert(1, { os: true })] });
    await alerts.read(true);
    expect(notify).not.toHaveBeenCalled();
    expect(toasts.last).toBeNull();
    expect(alerts.unseen).toBe(1);
    api.recent.mockResolvedValueOnce({ seq: 2, alerts: [alert(2, { os: true })] });
    await alerts.read(false);
    expect(api.recent).toHaveBeenLastCalledWith(1);
    expect(notify).toHaveBeenCalledExactlyOnceWith('alert 2', 'why');
    expect(toasts.last?.text).toContain('alert 2');
    expect(mark().told).toBe(2);
    api.recent.mockResolvedValueOnce({ seq: 2, alerts: [] });
    await alerts.read(false);
    expect(notify).toHaveBeenCalledOnce();
    alerts.look();
    expect(alerts.unseen).toBe(0);
    expect(mark().seen).toBe(2);
  });
});
