/** How explained EDI is told: what stands where, what it is copied as, what the next act needs of it. */
import type { EdiMeaning, EdiPartner, EdiPartnerEdit, ExplainedElement, ExplainedSegment } from '$lib/api';

/** An element by its place, as partners' guides name it: AT7-01, and STS-01.2 for a part of one. Fields of an event are counted. */
export function place(segment: ExplainedSegment, element: ExplainedElement): string {
  const of = segment.tag.length > 3 ? '' : `${segment.tag}-`;
  const same = segment.elements.filter((e) => e.n === element.n);
  return `${of}${String(element.n).padStart(2, '0')}${same.length > 1 ? `.${same.indexOf(element) + 1}` : ''}`;
}

/** A code as it is given a meaning: an EDIFACT status of a list or an agency of its own with these, P::HS. */
export function codeOf(segment: ExplainedSegment, element: ExplainedElement): string {
  if (element.number !== '9011') return element.value;
  const part = (number: string) => segment.elements.find((e) => e.n === element.n && e.number === number)?.value ?? '';
  return `${element.value}:${part('1131')}:${part('3055')}`.replace(/:+$/, '');
}

export const isFaulty = (s: ExplainedSegment) => s.faults.length > 0 || s.elements.some((e) => e.fault !== '');

export const unknowns = (s: ExplainedSegment) => s.elements.filter((e) => e.unknown);

/** What stands at a place of a segment. */
export const at = (s: ExplainedSegment | undefined, n: number) => s?.elements.find((e) => e.n === n)?.value.trim() ?? '';

/** The segments around one: of its interchange (the header), or of its set. */
const header = (all: readonly ExplainedSegment[], of: ExplainedSegment) => all.find((s) => (s.tag === 'ISA' || s.tag === 'UNB') && s.interchange === of.interchange);
const inSet = (all: readonly ExplainedSegment[], of: ExplainedSegment, tag: string) => all.find((s) => s.tag === tag && s.set === of.set && s.group === of.group && s.interchange === of.interchange);

/** Who sent it (ISA06, UNB 0004), where the header is among the segments at hand. */
export function senderOf(all: readonly ExplainedSegment[], of: ExplainedSegment | undefined): string {
  const head = of && header(all, of);
  return at(head, head?.tag === 'UNB' ? 2 : 6);
}

/** The load that a tender (204), a status (214) or an answer (990) is about. */
export function loadOf(all: readonly ExplainedSegment[], of: ExplainedSegment | undefined): string {
  if (!of?.set) return '';
  return at(inSet(all, of, 'B2'), 4) || at(inSet(all, of, 'B10'), 2) || at(inSet(all, of, 'B1'), 2);
}

/** Whether a text looks like EDI: an interchange, a segment such as AT7*X3, or events in JSON or XML. */
export const looksLikeEdi = (text: string) => /^\s*(?:[{<]|(?:ISA|UNA|UNB)\W|[A-Z][A-Z0-9]{1,2}[*|^~+])/.test(text);

/** A segment as lines of text, for a mail: what it is, then every element. */
export function asText(s: ExplainedSegment, words: { fault: string; became: string; stands: (code: string) => string }): string {
  const elements = s.elements.filter((e) => e.value || e.fault).map((e) => [place(s, e), e.name, e.value, [e.means && words.stands(e.means), e.meaning].filter(Boolean).join(': '), e.fault && `${words.fault}: ${e.fault}`].filter(Boolean).join('\t'));
  const became = s.became.map((b) => [words.became, b.subject, b.fact, b.value, b.at, b.note].filter(Boolean).join('\t'));
  return [s.raw, ...(s.name ? [s.name] : []), ...s.faults.map((f) => `${words.fault}: ${f}`), ...elements, ...became].join('\n');
}

/** A time as the desk tells it: its day and clock, and by what it is to be read. */
export interface Moment {
  day: string;
  clock: string;
  by: 'instant' | 'zone' | 'local' | 'day';
  zone: string; // "America/Chicago", "-05:00", "Z"
}

/** Reads "2026-11-23T08:10:00 America/Chicago", "2026-11-23T14:10:00Z", "2026-11-23T08:10:00", "2026-11-23"; null for anything else. */
export function moment(text: string): Moment | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?(?: (\S+))?)?$/.exec(text);
  if (!found) return null;
  const [, day = '', minutes = '', seconds = '', offset = '', zone = ''] = found;
  const clock = seconds && seconds !== '00' ? `${minutes}:${seconds}` : minutes;
  return { day, clock, by: offset ? 'instant' : zone ? 'zone' : minutes ? 'local' : 'day', zone: offset || zone };
}

/** The instant of a time that has one, else ''. */
export const instant = (text: string) => (moment(text)?.by === 'instant' ? text : '');

/** Whether a meaning is looked for by these words: its code first, then its words and facts. */
export function fits(m: EdiMeaning, query: string, facts: (m: EdiMeaning) => string): boolean {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${m.code} ${m.words} ${facts(m)}`.toLowerCase();
  return words.every((w) => text.includes(w));
}

/** Meanings found, one whose code was typed first. */
export function choices(all: readonly EdiMeaning[], query: string, facts: (m: EdiMeaning) => string): EdiMeaning[] {
  const code = query.trim().toUpperCase();
  const found = all.filter((m) => fits(m, query, facts));
  return [...found.filter((m) => m.code === code), ...found.filter((m) => m.code !== code)];
}

/** The edit that makes a partner what it is now: how a change of it is taken back. */
export const editOf = (p: EdiPartner): EdiPartnerEdit => ({ id: p.id, qualifier: p.qualifier, name: p.name, scac: p.scac, version: p.version, zone: p.zone, declined: p.declined, miscounts: p.miscounts });

/** A status to try the screen with: a load that arrived at its pickup, with the place, and a code that no standard has. */
export const sample = 'B10*0064410*L480100*SWVL~\nLX*1~\nAT7*X3*NS***20261123*0810*CT~\nMS1*DALLAS*TX~\nAT7*ZX*NS***20261123*1042*CT~\nMS1*DALLAS*TX~\n';
