import { type Documents, papers } from '$lib/api';
import { toasts } from '$lib/desk/toasts.svelte';
import type { Chosen } from '$lib/native';
import { t } from '$lib/words';

/** Files papers on a load, from paths or file objects. */
export async function fileOn(chosen: Chosen, load: string): Promise<void> {
  try {
    const got = await filed(chosen, load);
    toasts.say(t.filed(got.documents.length, got.documents[0]?.load || load));
    window.dispatchEvent(new CustomEvent('papers-filed'));
  } catch (error) {
    toasts.tell(error);
  }
}

const filed = (chosen: Chosen, load: string): Promise<Documents> => (chosen.paths.length ? papers.addPaths(chosen.paths, load) : papers.add(chosen.files, load));
