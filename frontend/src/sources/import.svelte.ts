import { type ColumnMap, type FilePreview, type FileRef, type ImportRequest, type Job, type Profile, sources } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import type { Chosen } from '$lib/native';
import { t } from '$lib/words';

/** How often a running import is asked how far it is. */
const askEvery = 250;

/** One walk through the dialog: choose, look, import, result. */
export class Walk {
  step = $state<'choose' | 'looking' | 'preview' | 'running' | 'done'>('choose');
  files = $state.raw<FilePreview[]>([]);
  job = $state.raw<Job | null>(null);
  wrong = $state('');
  #left = false;

  /** Looks what the files are. In a browser they are sent over first, once; the import reads what was sent. */
  async look(chosen: Chosen): Promise<void> {
    this.step = 'looking';
    this.wrong = '';
    try {
      const paths: FileRef[] = chosen.paths.map((path) => ({ path }));
      const staged = chosen.files.length ? (await sources.stage(chosen.files)).uploads.map((u): FileRef => ({ upload: u.upload })) : [];
      this.files = (await sources.preview({ files: [...paths, ...staged] })).files;
      this.step = 'preview';
    } catch (error) {
      this.#fail(error, 'choose');
    }
  }

  /** Counts again what one file would do with another mapping. */
  async recount(file: FilePreview, mapping: Profile): Promise<void> {
    try {
      const [fresh] = (await sources.preview({ files: [file.file], mapping, full: mapping.full })).files;
      if (fresh) this.files = this.files.map((f) => (f === file ? fresh : f));
      this.wrong = '';
    } catch (error) {
      this.wrong = message(error);
    }
  }

  /** Imports what is ready: sheets with a mapping one by one, so that each gets its own; everything else together. */
  async run(): Promise<void> {
    this.step = 'running';
    try {
      for (const request of requests(this.files)) {
        const { job } = await sources.import(request);
        await this.#follow(job);
        if (this.job?.state !== 'done') break;
      }
      this.step = 'done';
      if (this.#left) this.#tell();
    } catch (error) {
      this.#fail(error, 'preview');
      if (this.#left) toasts.tell(error);
    }
  }

  async #follow(id: string): Promise<void> {
    const before = this.job?.result;
    for (;;) {
      const job = await sources.job(id);
      this.job = job.result && before ? { ...job, result: { files: [...before.files, ...job.result.files], loads: sum(before.loads, job.result.loads) } } : job;
      if (job.state !== 'running') return;
      await new Promise((go) => setTimeout(go, askEvery));
    }
  }

  async cancel(): Promise<void> {
    if (this.job) this.job = await sources.cancel(this.job.id);
  }

  /** The person closed the dialog: a running import goes on, and its end is told. */
  leave(): void {
    this.#left = true;
    if (this.step === 'running') toasts.say(t.importGoesOn);
  }

  #tell(): void {
    const job = this.job;
    if (job?.result && job.state === 'done') toasts.say(t.result(job.result.loads));
    else toasts.say(job?.state === 'failed' ? job.error : t.cancelled);
  }

  again(): void {
    this.files = [];
    this.job = null;
    this.wrong = '';
    this.step = 'choose';
  }

  #fail(error: unknown, back: 'choose' | 'preview'): void {
    this.wrong = message(error);
    this.step = back;
  }
}

const message = (error: unknown) => (error instanceof Error ? [error.message, (error as { hint?: string }).hint].filter(Boolean).join(' ') : String(error));

type Loads = { new: number; updated: number; gone: number };
const sum = (a: Loads, b: Loads): Loads => ({ new: a.new + b.new, updated: a.updated + b.updated, gone: a.gone + b.gone });

/** Loads come before statuses that speak of them: the server orders the files of one request; mapped sheets go first. */
export function requests(files: readonly FilePreview[]): ImportRequest[] {
  const ready = files.filter((f) => f.ready);
  const mapped = ready.filter((f) => f.needsMap && f.mapping);
  const plain = ready.filter((f) => !mapped.includes(f));
  return [
    ...mapped.map((f) => ({ files: [f.file], mapping: f.mapping ?? undefined, full: f.mapping?.full ?? false })),
    ...(plain.length ? [{ files: plain.map((f) => f.file) }] : []),
  ];
}

/** Fields that may stand in several columns. */
const several = (field: string) => ['', 'note', 'ignore', 'flags'].includes(field) || field.startsWith('ref:');

/** The mapping with one column read as another field. Most fields are read from one column only. */
export function remapped(mapping: Profile, file: FilePreview, column: string, field: string): Profile {
  const base: ColumnMap[] = file.columns.map((c) => ({ column: c.name, field: fieldOf(mapping, c.name, c.guess) }));
  return { ...mapping, columns: base.map((c) => (c.column === column ? { ...c, field } : !several(field) && c.field === field ? { ...c, field: '' } : c)) };
}

export const fieldOf = (mapping: Profile | null, column: string, guess: string): string => mapping?.columns.find((c) => c.column === column)?.field ?? guess;
