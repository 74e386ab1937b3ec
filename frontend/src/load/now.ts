import { getContext, setContext } from 'svelte';
import { clock } from '$lib/desk/clock.svelte';

const key = Symbol('now');

/** Says what "now" is for everything below: on a page "as known at", ages count from then. */
export const setNow = (now: () => number) => setContext(key, now);

/** What "now" is here: the desk's clock unless the page shows an earlier time. */
export const nowHere = (): (() => number) => getContext<() => number>(key) ?? (() => clock.now);
