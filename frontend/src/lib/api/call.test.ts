import { afterEach, describe, expect, it, vi } from 'vitest';
import { getJSON, postJSON, query } from './call';

const answers = (status: number, body: string) => vi.stubGlobal('fetch', vi.fn().mockResolvedValue(new Response(body, { status })));

afterEach(() => vi.unstubAllGlobals());

describe('a call to the desk', () => {
  it('gives the answer', async () => {
    answers(200, '{"seq":4}');
    await expect(getJSON('changes')).resolves.toEqual({ seq: 4 });
  });

  it("tells the desk's fault in its own words", async () => {
    answers(409, '{"code":"conflict","message":"Two loads carry 0012.","hint":"Say which."}');
    await expect(postJSON('undo', {})).rejects.toMatchObject({ code: 'conflict', message: 'Two loads carry 0012.', hint: 'Say which.' });
  });

  it.each([[403, 'denied'], [502, 'internal']])('names a bare %d', async (status, code) => {
    answers(status, '<html>');
    await expect(getJSON('status')).rejects.toMatchObject({ code });
  });

  it('says that the desk does not answer', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('network')));
    await expect(getJSON('status')).rejects.toMatchObject({ code: 'offline' });
  });

  it('leaves empty values out of a query', () => expect(query({ q: 'a&b ł', limit: 5, load: '', at: undefined })).toBe('?q=a%26b+%C5%82&limit=5'));
});
