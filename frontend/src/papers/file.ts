import { type Bound, type Documents, papers } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import { type Chosen, count } from '$lib/native';
import { t } from '$lib/words';

/** Endings of what can only be a paper. Mails and archives may hold data as well: they are looked at first, but on the papers' own screen. */
const paperEndings = ['pdf', 'jpg', 'jpeg', 'jfif', 'png', 'tif', 'tiff', 'webp', 'bmp', 'gif', 'heic', 'heif'];
const ending = (name: string) => name.split('.').at(-1)?.toLowerCase() ?? '';
const bundleEndings = ['zip', 'eml'];

/** Endings of what can only be data: lists, statuses, messages. */
const dataEndings = ['csv', 'tsv', 'xlsx', 'json', 'xml', 'edi', 'x12', 'edifact', 'txt'];

interface Sorted {
  papers: Chosen;
  others: Chosen;
}

/** What of some files is papers, and what must be looked at before it is read. bundles says that mails and archives hold papers. */
export const sorted = (chosen: Chosen, bundles: boolean): Sorted => parted(chosen, (name) => [...paperEndings, ...(bundles ? bundleEndings : [])].includes(ending(name)));

/** The same of files that are given to a load: all but data are its papers. */
export const sortedForLoad = (chosen: Chosen): Sorted => parted(chosen, (name) => !dataEndings.includes(ending(name)));

function parted(chosen: Chosen, isPaper: (name: string) => boolean): Sorted {
  const part = (wanted: boolean): Chosen => ({ paths: chosen.paths.filter((path) => isPaper(path) === wanted), files: chosen.files.filter((file) => (isPaper(file.name) || file.type.startsWith('image/')) === wanted) });
  return { papers: part(true), others: part(false) };
}

/** Files that a clipboard holds, as those of a copied picture; a nameless picture is named by the moment. */
export function pastedFiles(data: DataTransfer | null, now: Date): File[] {
  return [...(data?.files ?? [])].map((file) => {
    const kind = file.type.split('/')[1] ?? 'png';
    return file.name && !/^image\.\w+$/.test(file.name) ? file : new File([file], `pasted ${now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')}.${kind}`, { type: file.type });
  });
}

/** Brings papers in, from paths or file objects, for a load, a task, or to find their loads by themselves. The id of the first is told. */
export async function fileOn(chosen: Chosen, of: string | Bound): Promise<string> {
  const bound = typeof of === 'string' ? { load: of } : of;
  const n = count(chosen);
  if (!n) return '';
  if (n > 1) toasts.say(t.papersBringing(n));
  try {
    const got = await sent(chosen, bound);
    toasts.say(told(got, n, bound));
    window.dispatchEvent(new CustomEvent('papers-filed'));
    return got.documents[0]?.hash ?? '';
  } catch (error) {
    toasts.tell(error);
    return '';
  }
}

function told(got: Documents, files: number, of: Bound): string {
  const known = got.documents.filter((d) => d.known).length;
  const load = got.documents[0]?.load ?? '';
  const says = of.load ? t.filed(got.documents.length, load) : t.papersArrived(got.documents.length, files);
  return known ? `${says} ${t.papersKnown(known)}` : says;
}

const sent = (chosen: Chosen, of: Bound): Promise<Documents> => (chosen.paths.length ? papers.addPaths(chosen.paths, of) : papers.add(chosen.files, of));
