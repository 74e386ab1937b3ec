import { type Alert, alerts as api } from '$lib/api';
import { desk } from '$lib/desk/desk.svelte';
import { toasts } from '$lib/desk/toasts.svelte';
import { native } from '$lib/native';
import { t } from '$lib/words';

/** How far a person has seen the alerts, and how far the computer has told them; kept on this machine. */
interface Mark {
  seen: number;
  told: number;
}

const key = 'tracedesk.alerts';
const most = 200;

export function mark(): Mark {
  try {
    return { seen: 0, told: 0, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Mark>) };
  } catch {
    return { seen: 0, told: 0 };
  }
}

function remember(to: Mark): void {
  try {
    localStorage.setItem(key, JSON.stringify(to));
  } catch {
    // A browser that keeps nothing tells again after a new start.
  }
}

/** The list with what came, newest first, each once, no longer than a person reads. */
export const joined = (list: readonly Alert[], came: readonly Alert[]): Alert[] =>
  [...came.filter((a) => !list.some((b) => b.seq === a.seq)), ...list].sort((a, b) => b.seq - a.seq).slice(0, most);

/** What this desk itself shows: mail and SMS are drafts, they stand in the outgoing work. */
export const onDesk = (a: Alert) => a.channel === 'inApp' || a.channel === 'os' || a.os;

/** What the computer is to tell of what is new: at most three; the rest is in the list. */
export const toTell = (came: readonly Alert[]): Alert[] => came.filter((a) => a.os).slice(-3);

/** The alerts of this desk. */
class Alerts {
  list = $state.raw<Alert[]>([]);
  seen = $state(mark().seen);
  #seq = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  get unseen(): number {
    return this.list.filter((a) => a.seq > this.seen).length;
  }

  /** Reads what there is and listens; what it returns stops that. */
  start(): () => void {
    void this.read(true);
    return desk.hear((changes) => {
      if (!changes.desk && !changes.resync && !changes.loads.length) return;
      this.#soon ??= setTimeout(() => {
        this.#soon = undefined;
        void this.read(false);
      }, 1000);
    });
  }

  /** What was there at the start is no news: it is not told by the computer again. */
  async read(first: boolean): Promise<void> {
    try {
      const got = await api.recent(this.#seq || undefined);
      // A desk that was restarted with less on record counts from the beginning.
      if (got.seq < this.#seq) this.list = [];
      this.#seq = got.seq;
      const came = got.alerts.filter(onDesk);
      if (came.length) this.list = joined(this.list, came);
      const { told } = mark();
      if (!first) this.#tell(came.filter((a) => a.seq > told));
      remember({ seen: this.seen, told: Math.max(told, got.seq) });
    } catch {
      // The desk does not answer: the frame says so, and the next change asks again.
    }
  }

  /** Tells what is new: here, the newest in words and how many more; and by the computer, where it is asked to. */
  #tell(came: readonly Alert[]): void {
    const newest = came.at(-1);
    if (newest) toasts.say([t.actOn(newest.title, newest.text), came.length > 1 ? t.alerts.more(came.length - 1) : ''].filter(Boolean).join(' · '));
    for (const a of toTell(came)) void native.notify(a.title, a.text).catch(() => undefined);
  }

  /** The person has looked at all of them. */
  look(): void {
    this.seen = Math.max(this.seen, ...this.list.map((a) => a.seq));
    remember({ seen: this.seen, told: mark().told });
  }
}

export const alerts = new Alerts();
