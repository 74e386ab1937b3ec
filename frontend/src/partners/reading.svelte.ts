import { type ExplainedSegment, type ExplainRequest, type FileKind, partners, sources } from '$lib/api';
import type { Chosen } from '$lib/native';
import { toasts } from '$lib/desk/toasts.svelte';
import { edi } from '$lib/words/partners';
import { isFaulty, unknowns } from './told';

/** How many segments stand in the page at once, how many are looked through at once, and how far one press looks. */
export const pageSize = 200;
const searched = 2000;
const far = 20_000;

/** A text longer than this is sent over as a file. */
const longText = 400_000;

/** What is explained: a text, or a file on this computer or sent over. */
export interface Given extends Pick<ExplainRequest, 'text' | 'path' | 'upload'> {
  name: string;
}

/** One text or file being explained, a page of it at a time. It stays as it was left while the desk is open. */
export class Reading {
  given = $state.raw<Given | null>(null);
  kind = $state<FileKind>('unknown');
  segments = $state.raw<readonly ExplainedSegment[]>([]);
  notes = $state.raw<readonly string[]>([]);
  skip = $state(0); // segments before the first one at hand
  more = $state(false);
  cursor = $state(0);
  wrong = $state('');
  busy = $state(false);
  #asking: AbortController | null = null;

  get current(): ExplainedSegment | undefined {
    return this.segments[this.cursor];
  }

  /** What an act on the whole of it names. */
  get source(): Pick<ExplainRequest, 'text' | 'path' | 'upload'> {
    const { text, path, upload } = this.given ?? {};
    return { ...(text ? { text } : {}), ...(path ? { path } : {}), ...(upload ? { upload } : {}) };
  }

  async text(text: string, name: string): Promise<void> {
    if (text.length > longText) await this.files({ paths: [], files: [new File([text], `${name}.edi`)] }, name);
    else await this.#take({ name, text });
  }

  /** Takes the first of some files. In a browser it is sent over first, byte for byte. */
  async files(chosen: Chosen, name = ''): Promise<void> {
    const [path] = chosen.paths;
    const [file] = chosen.files;
    try {
      if (path) await this.#take({ name: path.split(/[\\/]/).at(-1) ?? path, path });
      else if (file) {
        this.busy = true;
        const [upload] = (await sources.stage([file])).uploads;
        if (upload) await this.#take({ name: name || file.name, upload: upload.upload });
      }
    } catch (error) {
      this.wrong = error instanceof Error ? error.message : String(error);
      this.busy = false;
    }
    if (chosen.paths.length + chosen.files.length > 1 && this.given) toasts.say(edi.onlyFirst(this.given.name));
  }

  /** Puts what was explained away. */
  clear(): void {
    this.#asking?.abort();
    this.given = null;
    this.segments = this.notes = [];
    this.skip = this.cursor = 0;
    this.more = this.busy = false;
    this.wrong = '';
  }

  /** Asks for the same page anew: a code may have a meaning by now. */
  async again(): Promise<void> {
    if (this.given) await this.page(this.skip, this.cursor);
  }

  /** Shows the segments after so many, with the cursor on one of them (from the end where negative). */
  async page(skip: number, cursor = 0): Promise<void> {
    const got = await this.#ask(Math.max(0, skip), pageSize);
    if (!got) return;
    this.segments = got.segments;
    this.skip = Math.max(0, skip);
    this.kind = got.kind;
    this.more = got.more;
    if (got.notes.length || !got.more || this.skip === 0) this.notes = got.notes;
    this.cursor = Math.max(0, cursor < 0 ? got.segments.length + cursor : Math.min(cursor, got.segments.length - 1));
  }

  /** Walks; past the end of the page the next one comes. */
  async step(by: number): Promise<void> {
    const to = this.cursor + by;
    if (to >= this.segments.length && this.more) await this.page(this.skip + pageSize);
    else if (to < 0 && this.skip) await this.page(this.skip - pageSize, -1);
    else this.cursor = Math.max(0, Math.min(this.segments.length - 1, to));
  }

  /** Goes to the next segment with a fault or an unknown code, here or on a later page; says so when there is none. */
  async nextFault(): Promise<void> {
    const wanted = (s: ExplainedSegment) => isFaulty(s) || unknowns(s).length > 0;
    const here = this.segments.findIndex((s, i) => i > this.cursor && wanted(s));
    if (here >= 0) {
      this.cursor = here;
      return;
    }
    let more = this.more;
    let from = this.skip + this.segments.length;
    const last = from + far;
    while (more && from < last) {
      const got = await this.#ask(from, searched);
      if (!got) return;
      const found = got.segments.findIndex(wanted);
      if (found >= 0) {
        const n = from + found;
        await this.page(n - (n % pageSize), n % pageSize);
        return;
      }
      more = got.more;
      from += got.segments.length;
    }
    if (more) await this.page(from - (from % pageSize));
    toasts.say(more ? edi.noFaultYet(far) : edi.noFault);
  }

  async #take(given: Given): Promise<void> {
    this.clear();
    this.given = given;
    await this.page(0);
    if (this.wrong) this.given = null;
  }

  /** One answer; null when it failed or something else was asked meanwhile. */
  async #ask(skip: number, max: number) {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.busy = true;
    this.wrong = '';
    try {
      return await partners.explain({ ...this.source, skip, max }, asking.signal);
    } catch (error) {
      if (!asking.signal.aborted) this.wrong = error instanceof Error ? error.message : String(error);
      return null;
    } finally {
      if (this.#asking === asking) this.busy = false;
    }
  }
}

export const reading = new Reading();
