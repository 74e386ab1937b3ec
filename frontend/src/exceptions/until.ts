import { instantIn } from '../load/asof';
import { written } from '../load/written';

const minute = 60_000;

/** An instant as a person says it from now on: "30m", "2h", "1h 30m", or a time in a zone ("14:30", "tomorrow 8:00"). Null for what is no time, or is over. */
export function until(text: string, zone: string, now: number): string | null {
  const words = text.trim().toLowerCase();
  const length = /^(?:(\d+(?:\.\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?$/.exec(words);
  if (length?.[1] ?? length?.[2]) {
    const span = Number(length?.[1] ?? 0) * 60 + Number(length?.[2] ?? 0);
    return span > 0 ? new Date(now + span * minute).toISOString() : null;
  }
  const local = written(words, zone, now);
  const instant = local ? instantIn(local.replace(' ', 'T'), zone) : '';
  return instant && Date.parse(instant) > now ? instant : null;
}
