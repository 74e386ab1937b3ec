import type { Intent, Observation } from '$lib/api';
import { getContext, setContext } from 'svelte';

const key = Symbol('outgoing');

/** How far what people stated has come on its way to other systems, by the observation that stated it. */
export type Outgoing = ReadonlyMap<string, Intent>;

/** The entries of a load by their observation: the key of an entry ends with its id. */
export const byObservation = (intents: readonly Intent[], load: string): Outgoing => new Map(intents.filter((i) => i.loadId === load).map((i) => [i.key.split(' ').at(-1) ?? '', i]));

/** A person said it here: everything else came from outside. */
export const byHand = (source: string) => source === 'user' || source.startsWith('user/');

/** What a person states stands as of now; taking it back is no statement. */
export const stated = (o: Observation) => byHand(o.source) && !o.retracted && !o.retracts;

export const setOutgoing = (read: () => Outgoing) => setContext(key, read);

/** The entries of the page; none where there are none. */
export const outgoingHere = (): (() => Outgoing) => getContext<() => Outgoing>(key) ?? (() => new Map());
