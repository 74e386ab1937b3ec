/** Roads to the accounts at outside systems. Secrets only go in. */
import { getJSON, postJSON } from './call';
import type * as T from './types';

const of = (name: string) => `feeds/${encodeURIComponent(name)}`;

export const feeds = {
  list: () => getJSON<T.FeedList>('feeds'),
  kinds: () => getJSON<T.FeedKinds>('feeds/kinds'),
  add: (add: T.FeedAdd) => postJSON<T.Feed>('feeds', add),
  change: (name: string, change: T.FeedChange) => postJSON<T.Feed>(of(name), change),
  remove: (name: string) => postJSON<T.FeedRemoved>(`${of(name)}/remove`, {}),
  /** Brings an account back that was removed since the desk was opened. */
  restore: (name: string) => postJSON<T.Feed>(`${of(name)}/restore`, {}),
  test: (name: string) => postJSON<T.FeedTest>(`${of(name)}/test`, {}),
  calls: (name: string) => getJSON<T.FeedCalls>(`${of(name)}/calls`),
  replay: (name: string) => postJSON<T.FeedReplayed>(`${of(name)}/replay`, {}),
  /** How long what sources said is kept, in days; 0 for ever. */
  keep: (days: number) => postJSON<T.FeedKeep>('keeping', { days } satisfies T.FeedKeep),
  codes: (name: string) => getJSON<T.FeedCodes>(`${of(name)}/codes`),
  setCode: (name: string, meaning: T.FeedMeaning) => postJSON<T.FeedCodes>(`${of(name)}/codes`, meaning),
  /** Asks the named accounts, or all, and sends what waits. */
  sync: (sources: readonly string[]) => postJSON<T.SyncResult>('sync', { sources: [...sources] } satisfies T.SyncRequest),
  /** Ends the long work of an account. */
  cancel: (name: string) => postJSON<T.Feed>(`${of(name)}/cancel`, {}),
};
