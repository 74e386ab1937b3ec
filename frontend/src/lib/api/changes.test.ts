import { describe, expect, it, vi } from 'vitest';
import { Line } from './changes';
import type { Changes } from './types';

const changes = (since: number, seq: number, loads: string[] = []): Changes => ({ since, seq, loads, resync: false, desk: false });

describe('the line of changes', () => {
  it('tells what follows and drops what was heard', () => {
    const tell = vi.fn();
    const line = new Line(3, tell, vi.fn(), vi.fn());
    line.hear(changes(3, 4, ['a']));
    line.hear(changes(3, 4, ['a']));
    expect(tell).toHaveBeenCalledTimes(1);
    expect(line.seq).toBe(4);
  });

  it('closes a gap by asking', async () => {
    const tell = vi.fn();
    const ask = vi.fn().mockResolvedValue(changes(4, 9, ['b', 'c']));
    const line = new Line(4, tell, vi.fn(), ask);
    line.hear(changes(7, 9, ['c']));
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith(changes(4, 9, ['b', 'c'])));
    expect(ask).toHaveBeenCalledWith(4);
  });

  it('asks for everything again after the desk was restarted', async () => {
    const tell = vi.fn();
    const line = new Line(400, tell, vi.fn(), () => Promise.resolve(changes(400, 2)));
    await line.catchUp();
    expect(tell).toHaveBeenCalledWith({ ...changes(400, 2), resync: true });
    expect(line.seq).toBe(2);
  });

  it('says when the desk is out of reach', async () => {
    const reached = vi.fn();
    const line = new Line(1, vi.fn(), reached, () => Promise.reject(new Error('gone')));
    await line.catchUp();
    expect(reached).toHaveBeenCalledWith(false);
  });
});
