import { getJSON } from './call';
import type { Changes } from './types';

/** How often to ask when nothing has been heard: the road may be silently broken. */
const checkEvery = 20_000;

/** The window announces the text of one notice: the same bytes as the event stream. */
type Runtime = { EventsOn?: (name: string, heard: (notice: string) => void) => (() => void) | undefined };

/**
 * Tells what changed on the desk, from sequence number since on. One road a host: events of the window, else server-sent
 * events; numbers show a gap, which is closed by asking. reach(false) when the desk does not answer, reach(true) when it does again.
 * Returns what stops it.
 */
export function follow(since: number, tell: (changes: Changes) => void, reach: (ok: boolean) => void): () => void {
  const line = new Line(since, tell, reach);
  const runtime = (window as unknown as { runtime?: Runtime }).runtime;
  const stop = runtime?.EventsOn ? (runtime.EventsOn('changes', (notice) => line.hear(JSON.parse(notice) as Changes)) ?? (() => undefined)) : stream(line);
  const check = setInterval(() => void line.catchUp(), checkEvery);
  return () => {
    stop();
    clearInterval(check);
  };
}

function stream(line: Line): () => void {
  const events = new EventSource(`api/events?since=${line.seq}`);
  events.addEventListener('changes', (event) => line.hear(JSON.parse((event as MessageEvent<string>).data) as Changes));
  events.addEventListener('open', () => line.reached(true));
  events.addEventListener('error', () => void line.catchUp());
  return () => events.close();
}

/** The numbered line of changes. Exported for its tests. */
export class Line {
  private asking = false;
  constructor(
    public seq: number,
    private tell: (changes: Changes) => void,
    readonly reached: (ok: boolean) => void,
    private ask = (since: number) => getJSON<Changes>(`changes?since=${since}`),
  ) {}

  hear(changes: Changes): void {
    if (changes.seq <= this.seq) return;
    if (changes.since > this.seq) {
      void this.catchUp();
      return;
    }
    this.take(changes);
  }

  /** Asks for everything after the last number heard. */
  async catchUp(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      this.take(await this.ask(this.seq));
      this.reached(true);
    } catch {
      this.reached(false);
    } finally {
      this.asking = false;
    }
  }

  private take(changes: Changes): void {
    // A desk that was restarted counts from the beginning: everything is asked for again.
    const restarted = changes.seq < this.seq;
    const news = changes.seq !== this.seq || changes.resync;
    this.seq = changes.seq;
    if (news) this.tell(restarted ? { ...changes, resync: true } : changes);
  }
}
