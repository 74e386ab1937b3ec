import type { FeedState, SendingState } from '$lib/api';
import { wordsOf } from './index';

const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

const states: Record<FeedState, string> = { never: 'Not asked yet', ok: 'Current', silent: 'Silent', failing: 'Failing', signIn: 'Sign-in refused', held: 'Asked to wait', paused: 'Paused' };
const marks: Record<FeedState, string> = { never: '–', ok: '●', silent: '○', failing: '✕', signIn: '✕', held: '◐', paused: '‖' };
const doing: Record<string, string> = { asking: 'Asking it', reading: 'Reading what it said', sending: 'Sending', 'reading again': 'Reading all of it again', comparing: 'Comparing with what is on file' };
const length = (s: number) => (s < 90 ? many(Math.round(s), 'second') : s < 5400 ? many(Math.round(s / 60), 'minute') : many(Math.round(s / 3600), 'hour'));

/** Words of the sources screen. */
export const sourcesEn = {
  doing: (what: string) => doing[what] ?? what, state: (s: FeedState) => states[s], mark: (s: FeedState) => marks[s],
  list: 'Sources', detail: 'The source', count: (n: number) => many(n, 'source'), add: 'Add a source', keyStore: (where: string) => `Passwords and keys lie in ${where}.`, syncAll: 'Ask all now',
  emptyTitle: 'No source yet', emptyText: 'A source is an account at project44, FourKites or MacroPoint. The desk asks it by itself, writes back what you decide, and shows how old its word is. Files still come in without one.',
  name: 'Name', kind: 'System', stateHead: 'State', answered: 'Answered', news: 'News', toSend: 'To send', never: 'never',

  // Health
  health: 'Health', lastAsked: 'Last asked', lastAnswered: 'Last answered', lastNews: 'Last news', nextAsk: 'Next question', notPlanned: 'not planned', clockOf: 'Its clock', clockSame: 'as ours', clockAhead: (s: number) => `${length(s)} ahead of ours`, clockBehind: (s: number) => `${length(s)} behind ours`,
  outbox: 'Outbox', waiting: (n: number) => (n ? `${many(n, 'entry', 'entries')} to send` : 'nothing to send'), parked: (n: number) => `${number(n)} parked: a person must look`, openOutbox: 'Open the outbox',
  progress: (done: number, total: number, rate: number, left: number) => [total ? `${number(done)} of ${number(total)}` : number(done), rate >= 1 ? `${number(Math.round(rate))} a second` : '', left > 0 ? `about ${length(left * 60)} left` : ''].filter(Boolean).join(' · '), cancel: 'Stop',

  // What is kept of what it said
  kept: 'Kept of what it said', keptSay: (bodies: number, bytes: string, since: string) => `${many(bodies, 'answer')}, ${bytes}, back to ${since}`, keptNone: 'nothing yet', keptFoot: (days: number, bytes: string) => `What sources said is kept ${days ? many(days, 'day') : 'for ever'}, byte for byte: ${bytes}.`, keepChange: 'Change',
  keepTitle: 'How long what sources said is kept', keepSay: (bytes: string) => `It is kept byte for byte, so that it can be read again after a code was said otherwise; ${bytes} now. What was drawn from it stays, whatever is erased.`, keepLabel: 'Days; empty is for ever', keepForEver: 'for ever', keepWrong: 'A number of days, at most 3650, or nothing.', keepSaved: (days: number) => `What sources say is kept ${days ? many(days, 'day') : 'for ever'}.`,

  // Acts
  test: 'Test', testing: 'Asking …', ask: 'Ask now', asking: 'Bringing in …', pause: 'Pause', resume: 'Go on', change: 'Change', remove: 'Remove', replay: 'Read again',
  asked: (name: string, l: { new: number; duplicates: number; quarantined: number; pushed: number; failed: number }) =>
    `${name}: ${[`${number(l.new)} new`, l.duplicates ? `${number(l.duplicates)} known already` : '', l.quarantined ? `${number(l.quarantined)} in quarantine` : '', l.pushed ? `${number(l.pushed)} sent` : '', l.failed ? `${number(l.failed)} failed` : ''].filter(Boolean).join(', ')}.`,
  paused: (name: string) => `${name} is paused: it is not asked, and nothing is sent to it.`, goesOn: (name: string) => `${name} is asked again.`, removed: (name: string) => `${name} removed, with its secrets. What it told stays.`, back: (name: string) => `${name} is back, as it stood.`, saved: (name: string) => `${name} saved.`, added: (name: string) => `${name} added.`, asBefore: (name: string) => `${name} is as it was.`,

  // Test
  testTitle: 'Connection', works: 'It answers', worksNot: 'It does not answer as it should', host: 'Host', way: (proxy: string) => (proxy ? `through proxy ${proxy}` : 'directly'), identity: 'Takes us for', may: 'May', skew: 'Its clock', notes: 'Notes',

  // Form
  newTitle: 'A new source', editTitle: (name: string) => `Change ${name}`, chooseKind: 'System', nameHint: 'how you call it; empty is the name of the system', needed: 'needed', secretKept: 'kept; leave empty to keep it', secretHint: 'goes to the key store and is never shown again', noneOf: 'not said', asShipped: (value: string) => `as shipped: ${value}`, moreSettings: (n: number) => `${many(n, 'more setting')}: paths, limits, how times are written`, saveAndTest: 'Save and test', lacks: (label: string) => `${label} is missing.`, kinds: (n: number) => `${many(n, 'system')} known`, noKinds: 'No system is known to this program.',

  // Customers
  customers: 'Customers', customersSay: 'Whose loads live there, and by which number the system knows them. A load of such a customer that it does not have yet is created there.', customersNone: 'No customer named: loads are found there by their references, none is created.', customer: 'Customer', idType: 'Number type', billTo: 'Bill-to code', addCustomer: 'Add a customer', removeCustomer: (name: string) => `Remove ${name}`, customerMissing: 'Every line needs a customer.',

  // Calls
  calls: 'Last calls', callsNone: 'Nothing has been asked yet.', when: 'When', call: 'Call', answer: 'Answer', took: 'Took', size: 'Size', headers: 'Headers', noAnswer: 'no answer', millis: (n: number) => (n < 1000 ? `${number(n)} ms` : `${(n / 1000).toFixed(1)} s`), sent: 'sent', got: 'received', hiddenSay: 'Secrets are hidden.', showHeaders: (on: boolean) => (on ? 'Hide headers' : 'Show headers'),

  // Codes
  codes: 'Codes', codesSay: 'What its codes mean here. E says one otherwise for this account; codes that nobody knows are kept and shown.', codesNone: 'This system has no table of codes.', findCode: 'Find a code', codeList: 'List', code: 'Code', means: 'Means', words: 'In words', own: 'yours', rowHint: 'list, code, meaning, then what holds of: tracking state, what happened, side; after = the words', shipped: 'As shipped', ownCount: (n: number) => (n ? `${number(n)} said otherwise` : 'all as shipped'), codeSaved: (code: string) => `${code} is read otherwise from now on. “Read again” does so with what has come in.`, moreCodes: (n: number) => `${number(n)} more: type to narrow`,

  // Outbox
  outboxState: { waiting: 'To be sent', trying: 'Being sent', unsure: 'Doubtful', parked: 'Parked', arrived: 'Accepted there' } as Record<SendingState, string>, outboxMark: { waiting: '◔', trying: '◔', unsure: '?', parked: '✕', arrived: '●' } as Record<SendingState, string>, forSource: (name: string) => `for ${name}`, tries: (n: number) => many(n, 'try', 'tries'), nextTry: (when: string) => `next try ${when}`, doubtful: 'It may have arrived: its acknowledgement was cut. Look there before you send it again.', retry: 'Send again', edit: 'Change', editEntry: 'Change the entry', editBare: 'It carries nothing of its own: what is sent is drawn from the load and from the settings of the source. Correct those, then send it again (R).', editWords: 'What is sent', editJSON: 'as the desk sends it (JSON)', sendIt: 'Send it', retried: (load: string) => `${load}: it is sent again.`, syncNow: 'Send now', takenOn: 'Taken on there', asItSaid: 'As the system said it',
  outgoingConnected: 'What other systems should know. Entries for a source are sent by themselves; the others you copy over, then mark done.',
  parts: { health: 'Health', customers: 'Customers', calls: 'Calls', codes: 'Codes' } as const, part: 'Part of the source',
};

export const feedWords = wordsOf<typeof sourcesEn>({ en: sourcesEn });
