import type { Fault } from './types';

/** What the desk could not do, in words for a person. */
export class DeskError extends Error {
  readonly code: Fault['code'] | 'offline';
  readonly hint: string;

  constructor(code: DeskError['code'], message: string, hint = '') {
    super(message);
    this.name = 'DeskError';
    this.code = code;
    this.hint = hint;
  }
}

/** How long an answer may take before the call is given up. Uploads have no such limit. */
const patience = 30_000;

/** limit is how long to wait, in milliseconds; 0 as long as it takes. */
export const getJSON = <T>(path: string, signal?: AbortSignal, limit = patience): Promise<T> => ask<T>(path, { signal }, limit);

export const postJSON = <T>(path: string, command: unknown, limit = patience, signal?: AbortSignal): Promise<T> =>
  ask<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(command), signal }, limit);

export const postFiles = <T>(path: string, files: readonly File[]): Promise<T> => {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  return ask<T>(path, { method: 'POST', body: form }, 0);
};

/** Bytes from an address as made by this module (it begins with api/). */
export async function getBytes(address: string): Promise<ArrayBuffer> {
  const response = await reach(address.replace(/^api\//, ''), {}, patience);
  if (response.ok) return response.arrayBuffer();
  throw await faultIn(response);
}

/** A file from an address as made by this module, under the name that the desk gives it, else the one given here. It may take long to make. */
export async function getFile(address: string, name: string): Promise<{ name: string; body: Blob }> {
  const response = await reach(address.replace(/^api\//, ''), {}, 0);
  if (!response.ok) throw await faultIn(response);
  return { name: nameIn(response.headers.get('Content-Disposition') ?? '') || name, body: await response.blob() };
}

/** The name of a file in a header, written as Go quotes it: \u and four digits for what is not ASCII. */
function nameIn(disposition: string): string {
  const quoted = /filename=("(?:[^"\\]|\\.)*")/.exec(disposition)?.[1];
  try {
    return quoted ? String(JSON.parse(quoted)) : '';
  } catch {
    return ''; // quoted in a way of Go's own
  }
}

async function ask<T>(path: string, init: RequestInit, limit = patience): Promise<T> {
  const response = await reach(path, init, limit);
  if (response.ok) return (await response.json()) as T;
  throw await faultIn(response);
}

async function reach(path: string, init: RequestInit, limit: number): Promise<Response> {
  const signals = [init.signal, limit ? AbortSignal.timeout(limit) : null].filter((s): s is AbortSignal => Boolean(s));
  try {
    return await fetch(`api/${path}`, { ...init, signal: anyOf(signals) });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new DeskError('offline', 'The desk does not answer.', 'It may have been closed. Start it again; nothing that was saved is lost.');
  }
}

/** AbortSignal.any for engines that lack it. */
function anyOf(signals: AbortSignal[]): AbortSignal {
  const both = new AbortController();
  for (const s of signals) s.addEventListener('abort', () => both.abort(s.reason), { once: true });
  if (signals.some((s) => s.aborted)) both.abort();
  return both.signal;
}

async function faultIn(response: Response): Promise<DeskError> {
  try {
    const fault = (await response.json()) as Fault;
    return new DeskError(fault.code, fault.message, fault.hint);
  } catch {
    if (response.status === 401 || response.status === 403) {
      return new DeskError('denied', 'The desk does not know this window.', 'Open it again with the address that the desk printed.');
    }
    return new DeskError('internal', `The desk answered ${response.status} without saying why.`);
  }
}

/** Makes a query string; values that are empty are left out. */
export function query(values: Record<string, string | number | undefined>): string {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') q.set(name, String(value));
  }
  const text = q.toString();
  return text ? `?${text}` : '';
}
