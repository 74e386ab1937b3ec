const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);

const people: Record<string, string> = { driver: 'the driver', dispatcher: 'the dispatcher', facility: 'the facility', customer: 'the customer', carrier: 'the carrier', lead: 'the lead', desk: 'the desk' };
const kinds: Record<string, string> = {
  user: 'People of this desk', desk: 'People of this desk', paper: 'Paper', document: 'Paper', paperVerified: 'Checked paper', driver: 'Driver', dispatcher: 'Dispatcher', carrier: 'Carrier', customer: 'Customer', facility: 'Facility', tms: 'TMS',
  project44: 'project44', fourkites: 'FourKites', macropoint: 'MacroPoint', eld: 'ELD', rule: 'Rules', other: 'Any other', portal: 'Portal', platform: 'Any platform',
};

/** Words of the cross-check desk. */
export const compareEn = {
  compare: {
    title: (load: string) => `Cross-check of load ${load}`, grid: 'What each source says', field: 'Field', of: (n: number, all: number) => `${many(n, 'contradiction')} in ${many(all, 'field')}`, agree: (all: number) => `No contradiction in ${many(all, 'field')}`,
    only: 'Only contradictions', next: 'Next load', paste: 'Paste a page', sources: 'Pages and trust', load: 'Load',
    none: { title: 'Nobody has said anything yet', text: 'This load has no word of any source to hold against another. Paste what the carrier’s page says (P), or wait for the first file.' },
    noneOdd: { title: 'No contradiction', text: 'What the sources say of this load agrees, or what differs is known. F shows every field.' },
    silent: 'nothing said yet', saidAgo: (ago: string) => `said ${ago}`, page: (name: string) => `Open the page of ${name}`, opened: (name: string) => `The page of ${name} is open in the browser.`, noPage: (name: string) => `No page of ${name} is known. S sets its address.`,
    rank: (n: number) => `trust ${number(n + 1)}`, rankIn: (n: number) => `Trust ${number(n + 1)} for this field, 1 is believed first`, accepted: 'counts', odd: 'differs', nothing: 'says nothing of it',
    ask: (whom: string, question: string) => `Ask ${people[whom] ?? whom}: ${question}`, whom: (whom: string) => people[whom] ?? whom,
    known: (by: string, age: string, note: string) => `Known to ${by} since ${age}${note ? `: ${note}` : ''}`, takeAct: 'Accept this word', dismissAct: 'Known, leave it', raw: 'As received', openPage: 'Open the page', askCopied: 'The question', saidAt: 'Said', heardAt: 'Received', happens: 'Of', written: 'Written', trust: 'Trust',
    reason: 'Why this one is right', reasonHint: 'Who confirmed it, or what proves it', writes: (what: string, value: string) => `The TMS is to be told: ${what} ${value}. It waits in the outgoing work until it is written there.`, writesNot: 'The TMS says so already: nothing needs to be written back.', takes: (name: string, what: string, value: string) => `Accept what ${name} says of ${what}: ${value}`,
    cannot: (what: string) => `A word on ${what} cannot be accepted as a whole: correct it on the load (E).`, countsAlready: 'This word counts already.', noContradiction: (what: string) => `Nobody contradicts anybody on ${what}.`, nothingHere: 'This source says nothing of this field.', knownAlready: 'This contradiction is known already; Z takes that back.',
    known_: 'Why nothing is done about it', dismisses: (what: string) => `Known contradiction on ${what}`, givesReason: 'Say why: it stands beside the word.', store: 'Keep it',
    pasteTitle: (load: string) => `What a page says of load ${load}`, pasteOf: 'Whose page', pasteText: 'What the page says', pasteHint: 'Select all on the page (Ctrl+A), copy, paste here; or type a line such as “Delivered 11/23/2026 13:05”.', pasteRead: (n: number) => `${many(n, 'thing')} read`, pasteNothing: 'Nothing in it can be read yet.', pasteUnread: (n: number) => `${many(n, 'line')} not read, kept as a note`, pasteStore: 'Keep what was read', pasteLine: 'Line', pasteReading: 'Reading …', stop: (n: number) => (n ? `stop ${number(n)}` : 'load'), pasteStands: 'It stands beside what the others say. Undo takes it back.', ownCarrier: 'The carrier of the load',
    list: 'Loads with contradictions', listSays: (n: number) => `${many(n, 'contradiction')} open`, listNone: { title: 'No contradictions', text: 'No load has sources that contradict each other now.' }, noMore: 'No other load has a contradiction.', since: 'Since', stops: 'Stop', notThere: 'The list of contradictions cannot be read now.',
    portals: 'Pages of sources', portalsSay: (names: string) => `An https address; in braces stands what is filled in for the load: ${names}.`, portalSource: 'Source', portalTemplate: 'Address of its page', portalAdd: 'Keep the page', portalRemove: (source: string) => `Remove the page of ${source}`, portalSaved: (source: string) => `The page of ${source} is kept.`, portalGone: (source: string) => `The page of ${source} is removed.`, portalBack: (source: string) => `The page of ${source} is as it was.`, portalNone: 'No page is known yet: the carriers’ tracking pages are a good beginning.', portalHint: 'carrier/ABCD, project44, tms',
    trustTitle: 'Who is believed', trustSays: 'The first one counts where sources differ; on one line the later word does. Alt+↑ and Alt+↓ move, Alt+→ puts it on the line above.', trustFor: 'Customer', trustAll: 'All customers', trustShipped: 'as it ships', trustBy: (who: string) => `changed by ${who}`, trustBack: 'As it ships', trustUp: (kind: string) => `Believe ${kind} more`, trustDown: (kind: string) => `Believe ${kind} less`, trustAlike: (kind: string) => `Believe ${kind} as much as the one above`, trustSaved: (name: string) => `Trust in ${name} is kept.`, trustWas: (name: string) => `Trust in ${name} is as it was.`, trustOwn: (customer: string) => `an order of its own for ${customer}`, trustGeneral: 'the order of all customers', kind: (k: string) => kinds[k] ?? k,
  },
};
