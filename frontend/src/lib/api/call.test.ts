import { afterEach, describe, expect, it, vi } from 'vitest';
import { getFile, getJSON, postJSON, query } from './call';

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

  it.each([
    ['attachment; filename="papers of load L480101.pdf"', 'papers of load L480101.pdf'],
    ['attachment; filename="Z\\u00fcrich \\"2\\".pdf"', 'Zürich "2".pdf'],
    ['attachment; filename="bell \\a.pdf"', 'given.pdf'],
    ['', 'given.pdf'],
  ])('gives a file its name: %s', async (disposition, name) => {
    vi.stubGlobal('fetch', vi.fn().mockResolvedValue(new Response('%PDF', { headers: disposition ? { 'Content-Disposition': disposition } : {} })));
    const file = await getFile('api/documents/packet', 'given.pdf');
    expect([file.name, await file.body.text()]).toEqual([name, '%PDF']);
  });

  it('tells why a file cannot be made', async () => {
    answers(400, '{"code":"invalid","message":"It has no page that can be shown.","hint":""}');
    await expect(getFile('api/x', 'x.pdf')).rejects.toMatchObject({ message: 'It has no page that can be shown.' });
  });

  it('leaves empty values out of a query', () => expect(query({ q: 'a&b ł', limit: 5, load: '', at: undefined })).toBe('?q=a%26b+%C5%82&limit=5'));
});
