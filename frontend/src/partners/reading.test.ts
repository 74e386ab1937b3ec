import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExplainedSegment, ExplainRequest } from '$lib/api';

const api = vi.hoisted(() => ({ partners: { explain: vi.fn() }, sources: { stage: vi.fn() } }));
const toasts = vi.hoisted(() => ({ say: vi.fn() }));
vi.mock('$lib/api', () => api);
vi.mock('$lib/desk/toasts.svelte', () => ({ toasts }));

import { pageSize, Reading } from './reading.svelte';

/** A file of so many segments, some with a fault. */
const file = (size: number, faults: number[] = []) => (request: ExplainRequest) => {
  const { skip = 0, max = 2000 } = request;
  const segments = Array.from({ length: Math.max(0, Math.min(max, size - skip)) }, (_, i) => ({ tag: 'LX', number: skip + i, elements: [], faults: faults.includes(skip + i) ? ['wrong'] : [] }) as unknown as ExplainedSegment);
  return Promise.resolve({ kind: 'x12.214', segments, more: skip + max < size, notes: [] });
};

let reading: Reading;
const here = () => reading.skip + reading.cursor;

beforeEach(() => {
  vi.clearAllMocks();
  reading = new Reading();
});

describe('a long file', () => {
  it('holds a page at a time, and walks from page to page', async () => {
    api.partners.explain.mockImplementation(file(450));
    await reading.text('ISA*', 'x');
    expect([reading.segments.length, reading.more, here()]).toEqual([pageSize, true, 0]);
    await reading.step(pageSize - 1);
    await reading.step(1);
    expect([reading.skip, here()]).toEqual([pageSize, pageSize]);
    await reading.step(-1);
    expect([reading.skip, here()]).toEqual([0, pageSize - 1]);
    await reading.page(2 * pageSize);
    await reading.step(1000);
    expect([reading.segments.length, reading.more, here()]).toEqual([50, false, 449]);
    await reading.step(1);
    expect(here()).toBe(449);
  });

  it('is looked through for its next fault, on later pages too', async () => {
    api.partners.explain.mockImplementation(file(5000, [7, 4321]));
    await reading.text('ISA*', 'x');
    await reading.nextFault();
    expect(here()).toBe(7);
    await reading.nextFault();
    expect([here(), reading.segments.length]).toEqual([4321, pageSize]);
    await reading.nextFault();
    expect(here()).toBe(4321);
    expect(toasts.say).toHaveBeenCalledTimes(1);
  });

  it('without a fault for long is looked through a part at a press', async () => {
    api.partners.explain.mockImplementation(file(60_000, [41_000]));
    await reading.text('ISA*', 'x');
    for (let i = 0; i < 3 && here() !== 41_000; i++) await reading.nextFault();
    expect(here()).toBe(41_000);
  });
});

describe('what is explained', () => {
  it('is a path, or a file that is sent over first', async () => {
    api.partners.explain.mockImplementation(file(3));
    api.sources.stage.mockResolvedValue({ uploads: [{ upload: 'upload-1.edi', name: 'a.edi', size: 3 }] });
    await reading.files({ paths: ['C:\\edi\\b.edi'], files: [] });
    expect([reading.given?.name, reading.source]).toEqual(['b.edi', { path: 'C:\\edi\\b.edi' }]);
    await reading.files({ paths: [], files: [new File(['ISA'], 'a.edi'), new File(['ISA'], 'c.edi')] });
    expect([reading.given?.name, reading.source]).toEqual(['a.edi', { upload: 'upload-1.edi' }]);
    expect(toasts.say).toHaveBeenCalledTimes(1); // only the first of several
  });

  it('is a file when it is a long text', async () => {
    api.partners.explain.mockImplementation(file(3));
    api.sources.stage.mockResolvedValue({ uploads: [{ upload: 'upload-2.edi', name: 'x.edi', size: 3 }] });
    await reading.text('A'.repeat(500_000), 'Pasted');
    expect([reading.given?.name, reading.source]).toEqual(['Pasted', { upload: 'upload-2.edi' }]);
  });

  it('that is no EDI leaves the field, with the reason', async () => {
    api.partners.explain.mockRejectedValue(new Error('This is neither X12 nor a segment of it.'));
    await reading.text('hello', 'x');
    expect([reading.given, reading.wrong, reading.busy]).toEqual([null, 'This is neither X12 nor a segment of it.', false]);
  });
});
