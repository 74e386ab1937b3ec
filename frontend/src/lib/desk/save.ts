import { native } from '$lib/native';
import { t } from '$lib/words';
import { toasts } from './toasts.svelte';

/** Saves what lies at an address of ours under a name, and says where it lies, or why it could not be made. */
export async function save(address: string, name: string): Promise<void> {
  try {
    const saved = await native.save(address, name);
    if (saved) toasts.say(t.savedAs(saved));
  } catch (error) {
    toasts.tell(error);
  }
}
