import type { ExceptionState, Severity } from '$lib/api';
import { wordsOf } from './index';

const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

const severities: Record<Severity, string> = { critical: 'Critical', major: 'Major', minor: 'Minor', watch: 'Watch' };
const marks: Record<Severity, string> = { critical: '■', major: '▲', minor: '◇', watch: '○' };
const states: Record<ExceptionState, string> = { detected: 'New', acknowledged: 'Seen', worked: 'Worked on', resolved: 'Resolved' };
const parties: Record<string, string> = { carrier: 'Carrier', shipper: 'Shipper', consignee: 'Consignee', customer: 'Customer', broker: 'We', nobody: 'Nobody (act of God)' };
const roles: Record<string, string> = { lead: 'the lead', manager: 'the manager' };
const changes: Record<string, string> = {
  detected: 'Detected', reopened: 'Opened again', joined: 'Joined by', superseded: 'Became worse', eased: 'Eased', cleared: 'Its cause is over', resolved: 'Resolved', acknowledged: 'Seen', worked: 'Worked on', cause: 'Cause', party: 'Responsible', evidence: 'Evidence',
  assigned: 'Owner', snoozed: 'Snoozed until', refused: 'Not resolved', acknowledge: 'Seen again', work: 'Worked on again', reopen: 'Opened again',
};

/** Words of the exceptions. */
export const exceptionsEn = {
  label: 'Open exceptions', count: (n: number) => many(n, 'exception'), open: (n: number) => `${number(n)} open`,
  severity: (s: Severity) => severities[s], mark: (s: Severity) => marks[s], lanes: 'Severity', state: (s: ExceptionState) => states[s], party: (p: string) => parties[p] ?? p,
  columns: { severity: 'Severity', load: 'Load', kind: 'Kind', stop: 'Stop', why: 'Why', since: 'Since', detected: 'Detected', state: 'State', owner: 'Owner', next: 'Next' },
  groupBy: 'Group by', groups: { '': 'nothing', load: 'load', owner: 'owner', customer: 'customer' }, nobody: 'nobody', grouped: (by: string, shown: number) => `Grouped by ${by}, ${many(shown, 'exception')}.`,
  mine: 'Mine', resolvedToo: 'Resolved too, 7 days', fresh: (n: number) => `${number(n)} new`, left: (n: number) => `${number(n)} no longer open`, becameNew: (n: number) => `${many(n, 'new exception')}. R lists them.`,
  more: (n: number, of: number) => `The ${number(n)} most urgent of ${number(of)} are listed. The others follow as these are settled.`, sums: (c: { unowned: number; snoozed: number; escalated: number; needCause: number }) =>
    [c.unowned ? `${number(c.unowned)} without an owner` : '', c.snoozed ? `${number(c.snoozed)} snoozed` : '', c.escalated ? `${number(c.escalated)} escalated` : '', c.needCause ? `${number(c.needCause)} lack cause or evidence` : ''].filter(Boolean).join(' · '),
  emptyTitle: 'No exception is open', emptyMine: 'None of the open exceptions is yours', emptyLanes: (names: string) => `None of ${names} is open`, emptyOthers: (n: number) => `${many(n, 'other exception')} open.`, showAll: 'Show all',
  wholeLoad: 'whole load', stop: (seq: number, place: string) => [seq, place].filter(Boolean).join(' '), overdue: (by: string) => `! ${by} over`, noDue: 'no time set', snoozedUntil: (when: string) => `Snoozed until ${when}`, clearedState: 'Cause is over', leftState: 'No longer open',
  chosen: (n: number) => `${many(n, 'exception')} chosen`, clear: 'Choose none', one: (kind: string, load: string) => `${kind}, load ${load}`,

  // Detail
  pane: 'The exception', choose: 'Choose an exception to see it here.', inputs: 'Concluded from', rule: 'Rule', also: 'Holds too', evidence: 'Evidence', noEvidence: 'Nothing on file bears it out: it is about what is missing.', evidenceLost: 'no longer on file', proof: 'Filed by people', history: 'What happened to it', next: 'Next', due: (when: string, rel: string) => `by ${when}, ${rel}`, openLoad: 'Open the load', checklist: 'Playbook',
  since: (when: string, rel: string) => `Since ${when}, ${rel}`, detectedShown: (detected: string) => `Detected and shown ${detected}.`, detectedLater: (detected: string, shown: string, later: string) => `Detected ${detected}, first shown ${shown}: ${later} later.`, detectedUnseen: (detected: string) => `Detected ${detected}, shown for the first time now.`,
  reopened: (n: number) => (n === 1 ? 'Came back once' : `Came back ${number(n)} times`), escalated: (role: string, who: string) => `Escalated to ${roles[role] ?? role}${who ? ` (${who})` : ''}`, ownedBy: (who: string) => (who ? `Owner ${who}` : 'No owner'), serviceFailure: 'Service failure: closed with cause, responsible party and evidence', lacks: (what: string) => `To resolve it: ${what}.`, cause: 'Cause', party_: 'Responsible', resolvedBy: (who: string, when: string) => `Resolved by ${who}, ${when}`, byRule: 'the rules',
  change: (what: string) => changes[what] ?? what,

  // Acts
  act: { acknowledge: 'Seen', work: 'Working on it', take: 'Take it', assign: 'Give to', snooze: 'Snooze', resolve: 'Resolve', reopen: 'Open again' }, whom: 'Who works it', until: 'Until: 30m, 2h, 14:30, tomorrow 8:00', until_: 'Snooze until', untilRead: (when: string) => `= ${when}`, untilNot: 'Give a time to come: 30m, 2h, 14:30 or tomorrow 8:00.', inMinutes: { 15: '15 min', 60: '1 h', 240: '4 h' },
  refused: (load: string, why: string) => `${load ? `Load ${load}: ` : ''}${why}`, refusedMore: (n: number) => `${many(n, 'more')} stay as they are, for the same kind of reason.`,

  // Resolve
  resolveTitle: (n: number) => (n === 1 ? 'Resolve this exception' : `Resolve ${many(n, 'exception')}`), resolveFree: 'No service failure: cause and party may be left out.', resolveNeeds: 'A service failure needs its cause, the responsible party and evidence.', causeFind: 'Cause: type a code or words', causeNone: (q: string) => `No cause is called “${q}”.`, causeChosen: (words: string) => `Cause: ${words}`, causeDrop: 'Another cause', causeList: 'Causes', noParty: 'Choose who is responsible', usual: 'usual for this cause',
  evidenceChoose: 'Evidence: choose what bears it out', evidenceOwn: 'Or in words: who said so, when', note: 'Note', resolve: 'Resolve', papers: 'paper',
};

export const ex = wordsOf<typeof exceptionsEn>({ en: exceptionsEn });
