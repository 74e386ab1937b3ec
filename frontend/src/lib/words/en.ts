import { alertsEn } from './alerts';
import { boardEn } from './board';
import { compareEn } from './compare';
import { keysEn } from './keys';
import { reportsEn } from './reports';
import { gridEn } from './grid';
import { playbooksEn } from './playbooks';
import { shiftEn } from './shift';
import type { DocumentState, IntentState, Level, LoadState, PaperState, SortKey, TrackingState } from '$lib/api';

const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);

const levels: Record<Level, string> = { actNow: 'Act now', atRisk: 'At risk', verify: 'Verify', waiting: 'Waiting', onPlan: 'On plan', done: 'Done today' };
const marks: Record<Level, string> = { actNow: '■', atRisk: '▲', verify: '◆', waiting: '◌', onPlan: '●', done: '✓' };
const states: Record<LoadState, string> = {
  planned: 'Planned', dispatched: 'Dispatched', atPickup: 'At pickup', loaded: 'Loaded', inTransit: 'In transit', atDelivery: 'At delivery',
  delivered: 'Delivered', papersIn: 'Papers in', verified: 'Verified', closed: 'Closed', cancelled: 'Cancelled', notUsed: 'Not used', onHold: 'On hold', '': 'Unknown',
};
const tracking: Record<TrackingState, string> = {
  pending: 'tracking pending', ready: 'ready to track', tracking: 'tracking', stale: 'tracking stale', hidden: 'hidden by the driver', denied: 'tracking denied',
  expired: 'tracking expired', failed: 'tracking failed', lost: 'signal lost', ended: 'tracking ended', '': 'nobody tracks it',
};
const papers: Record<PaperState, string> = { missing: 'missing', received: 'received', exception: 'exception', verified: 'verified', '': 'unknown' };
const paperMarks: Record<PaperState, string> = { missing: '○', received: '◐', exception: '✕', verified: '●', '': '–' };
const documentStates: Record<DocumentState, string> = { unmatched: 'Needs a load', received: 'To check', verified: 'Verified', rejected: 'Rejected', setAside: 'Set aside' };
const intentStates: Record<IntentState, string> = { waiting: 'Saved here', sent: 'Queued', accepted: 'Accepted', refused: 'Refused', done: 'Done by hand', dropped: 'Not needed' };
const intentMarks: Record<IntentState, string> = { waiting: '○', sent: '◔', accepted: '●', refused: '✕', done: '✓', dropped: '–' };
const facts: Record<string, string> = {
  customer: 'Customer', carrier: 'Carrier', scac: 'SCAC', mc: 'MC', dot: 'DOT', mode: 'Mode', equipment: 'Equipment', driver: 'Driver', reference: 'Reference',
  owner: 'Owner', value_usd: 'Value', temp_range: 'Temperature range', flag: 'Flag', status: 'Status word', tracking: 'Tracking', note: 'Note', exception: 'Exception', reason: 'Reason',
  temperature: 'Temperature', position: 'Position', document: 'Document', paper: 'Papers', kind: 'Kind of stop', place: 'Place', appointment: 'Appointment', original: 'First appointment',
  arrived: 'Arrived', departed: 'Departed', loaded: 'Loaded', unloaded: 'Unloaded', picked_up: 'Picked up', delivered: 'Delivered', eta: 'ETA', pieces: 'Pieces', pallets: 'Pallets', weight: 'Weight',
  phone: 'Phone', email: 'Mail', hours: 'Hours', closed: 'Closed', free_time: 'Free time', insurance: 'Insurance', authority: 'Authority', tender: 'Tender', gone: 'No longer in the export', cancelled: 'Cancelled', other: 'Other',
  TRUCK: 'Truck', TRAILER: 'Trailer', CONTAINER: 'Container', SEAL: 'Seal', KIND: 'Equipment', NAME: 'Driver', PHONE: 'Driver phone',
};
const inputNames: Record<string, string> = {
  eta: 'ETA', etaBy: 'ETA by', etaStated: 'ETA said', windowEnd: 'window ends', windowBy: 'window by', minor: 'minor from', major: 'major from', critical: 'critical from', threshold: 'limit', delivered: 'delivered', field: 'about', firstHeard: 'first heard', lastNews: 'last news', source: 'source', apart: 'apart',
};
const orders: Record<SortKey, string> = {
  attention: 'urgency', load: 'load', customer: 'customer', carrier: 'carrier', lane: 'lane', window: 'window', news: 'last news', eta: 'ETA', state: 'state', papers: 'papers',
};
const kinds: Record<string, string> = { pickup: 'Pickup', delivery: 'Delivery', pickup_delivery: 'Pickup and delivery', relay: 'Relay', '': 'Stop' };
const sourceNames: Record<string, string> = {
  project44: 'P44', fourkites: 'FourKites', macropoint: 'MacroPoint', tms: 'TMS', user: 'by hand', driver: 'driver', carrier: 'carrier', dispatcher: 'dispatcher',
  customer: 'customer', facility: 'facility', eld: 'ELD', paper: 'paper', rule: 'rule',
};

/** A source as a person calls it: "carrier/SWVL" is "carrier SWVL", "tms/tms" is "TMS". */
const source = (s: string) => {
  const [kind = '', account = ''] = s.split('/');
  const name = sourceNames[kind] ?? kind;
  return account && account !== kind ? `${name} ${account}` : name;
};

const shortNames: Record<string, string> = { fourkites: 'FK', macropoint: 'MP', dispatcher: 'disp.', customer: 'cust.' };
/** A source where room is scarce. */
const sourceShort = (s: string) => {
  const [kind = '', account = ''] = s.split('/');
  return kind === 'carrier' && account ? account : (shortNames[kind] ?? source(kind));
};

const bytes = (n: number) => (n < 1024 ? `${n} B` : n < 1024 ** 2 ? `${Math.round(n / 1024)} KB` : `${(n / 1024 ** 2).toFixed(1)} MB`);

const units = { day: 'd', hour: 'h', minute: 'm' };

/** Parts of a date that are named; those that are left out are "". The month is a word: a date is never ambiguous. */
export interface Dated {
  weekday?: string;
  month?: string;
  day: string;
  year?: string;
}

export const en = {
  ...boardEn,
  ...gridEn,
  ...compareEn,
  ...playbooksEn,
  ...shiftEn,
  ...alertsEn,
  room: reportsEn,
  product: 'TraceDesk',
  /** This language in its own words, its code, and how the browser writes names of days and months in it. */
  language: { name: 'English', code: 'en', locale: 'en-US' },
  time: {
    now: 'now', justNow: 'just now', today: 'today', anyTime: 'any time', units,
    in: (length: string) => `in ${length}`, ago: (length: string) => `${length} ago`, daysOn: (n: number) => `+${n}d`,
    date: (d: Dated) => [d.weekday, d.month, d.day, d.year].filter(Boolean).join(' '),
  },
  number, bytes, source, sourceShort,
  level: (l: Level) => levels[l], mark: (l: Level) => marks[l],
  state: (s: LoadState) => states[s], tracking: (s: TrackingState) => tracking[s], paper: (s: PaperState) => papers[s],
  documentState: (s: DocumentState) => documentStates[s], intentState: (s: IntentState) => intentStates[s], intentMark: (s: IntentState) => intentMarks[s],
  fact: (f: string, type = '') => facts[type] ?? facts[f] ?? [f, type].filter(Boolean).join(' '),
  typeName: (type: string) => facts[type] ?? type, input: (name: string) => inputNames[name] ?? name.replaceAll(/([A-Z])/g, ' $1').toLowerCase(),
  order: (k: SortKey) => orders[k], stopKind: (k: string) => kinds[k] ?? k,
  paperFilter: { podMissing: 'Delivered, no POD', podReceived: 'POD to check', podVerified: 'POD verified', popMissing: 'No POP' },

  screens: { board: 'Board', load: 'Load', exceptions: 'Exceptions', tasks: 'Tasks', rules: 'Rules', documents: 'Documents', reports: 'Reports', quarantine: 'Quarantine', outgoing: 'Outgoing', compare: 'Cross-check', playbooks: 'Playbooks', handover: 'Handover', edi: 'EDI', sources: 'Sources', dashboard: 'Figures', import: 'Import', design: 'Design' },
  main: 'Main', close: 'Close', cancel: 'Cancel', save: 'Save', retry: 'Try again', copy: 'Copy', copied: (what: string) => `${what} copied.`, undo: 'Undo', loading: 'Reading …',
  demo: 'Sample desk: nothing here is real',
  offline: 'The desk does not answer. What you see is as it was; it will go on by itself when the desk is back.',

  // Frame
  utc: 'UTC', syncNone: 'No source yet', syncAll: (n: number) => `${many(n, 'source')} current`,
  sync: (ok: number, bad: string) => `${many(ok, 'source')} current, ${bad}`,
  syncNever: (name: string) => `${name} not asked yet`, syncStale: (name: string, age: string) => `${name} stale ${age}`, syncDown: (name: string, why: string) => `✕ ${name} ${why || 'not reachable'}`,
  theme: 'Theme', themes: { system: 'As the computer', light: 'Light', dark: 'Dark' }, density: 'Rows', densities: { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' },
  letters: 'Single letters act', openRules: 'Rules: when the desk warns, calls and escalates', settings: 'Settings', history: 'What was done', nothingDone: 'Nothing has been done by hand yet. Corrections, verdicts and decisions will stand here, each with its undo.',
  nothingToUndo: 'There is nothing to undo. Older acts are in the list (Shift+Z).', undone: 'taken back', queue: (n: number) => `${many(n, 'entry', 'entries')} not written out yet`,
  keyHints: { test: 'test', ask: 'ask now', pause: 'pause', rows: 'rows', period: 'period', fault: 'next fault', meaning: 'meaning', answer: 'answer', seen: 'seen', work: 'work', take: 'take', snooze: 'snooze', resolve: 'resolve', reached: 'reached', voicemail: 'voicemail', noAnswer: 'no answer', telephone: 'call', change: 'change', preview: 'last week', own: 'own', handOver: 'hand over', takeLoad: 'take', words: 'words', versions: 'versions', check: 'cross-check', accept: 'accept', known: 'known', paste: 'paste', next: 'next', move: 'row', open: 'open', edit: 'correct', then: 'then', pane: 'pane', why: 'why', views: 'views', keys: 'keys', back: 'back', palette: 'find', flag: 'flag', wrongLoad: 'wrong load', askAgain: 'ask again', loadNumber: 'load', nextOpen: 'next', fix: 'correct', likeliest: 'likeliest load', assign: 'other load', setAside: 'set aside', done: 'done', notNeeded: 'not needed', copy: 'copy', csv: 'CSV', x12: '214', customer: 'customer', day: 'day', save: 'save', print: 'print' },
  savedAs: (name: string) => `${name} saved.`, byDesk: 'the desk', saidTitle: 'What was said', nothingSaid: 'Nothing was said since the start. What the desk tells you in the line below stands here, to be read and copied.', historyParts: 'Done, said', copiedWords: 'Copied.',
  papersArrived: (n: number, files: number) => `${many(files, 'file')} came in${n > files ? ` with ${many(n, 'document')}` : ''}. What is not read yet follows by itself.`, papersKnown: (n: number) => `${many(n, 'of them was', 'of them were')} on file before.`, papersBringing: (n: number) => `Bringing ${many(n, 'file')} in …`,
  messages: 'Messages', actOn: (load: string, says: string) => [load, says].filter(Boolean).join(': '),

  languageTitle: 'Language', languageSystem: 'As the computer',

  // Tips
  tip: 'Tip', tipRead: 'Got it', tipsAgain: 'Show the tips again',
  tips: {
    exceptions: 'A sees it, W works it, O takes it, S lets it sleep, E resolves it with its cause. Space and Shift with the arrows choose many, and one Z takes an act back. Nothing moves until R.',
    tasks: 'The first line is what to do now. 1 reached, 2 voicemail, 3 no answer, 4 wrong number; what they answer becomes known on the load. The next task comes by itself.',
    rules: 'Every number has its default, and its own value for a customer or a carrier. P tells what a change would have flagged last week, before you save it.',
    board: 'J and K walk the loads, Enter opens one, / filters, 1 to 6 show one urgency. Nothing moves under the cursor: R sorts anew. All keys: ?',
    load: 'E states by hand what you know; it stands beside what the sources say, and Z takes it back. T shows the load as it was known at an earlier time.',
    documents: 'Drop papers anywhere; on an open load they are filed there. A accepts, F flags, W says it is of another load, E asks the carrier, and the next one opens by itself. Hold Q for the loupe.',
    reports: 'The report is made from what the board knows at this moment, with exceptions first. Save it, then send it as you do today.',
    quarantine: 'What could not be read waits here and is never lost. E corrects its text and reads it again, Y takes the likeliest load, X sets it aside.',
    compare: 'Each row is a field, each column a source. ◆ is the one that differs: U accepts a word with your reason, X leaves it as known, P takes in what a page says, N goes to the next load.',
    dashboard: 'Each tile says how many it counts; grey ones count fewer than five. Enter goes to the rows behind a figure, a bar filters them, [ and ] move the period, T shows what was known at an earlier time.',
    edi: 'Paste a segment or drop a file and every element is told in words. 2 has the partners, 3 the codes that nobody knows: M gives one its meaning and reads the files again, Z takes it back.',
    playbooks: 'What the desk does about each kind of exception. E edits the steps in place; every version is kept, and X goes back to how it ships.',
    handover: 'The sheet as it would go over now. E adds what you decided and why, O owns what nobody owns, H hands over. The incoming person takes it load by load with Y.',
    sources: 'T tests the connection, A asks now, P pauses, E changes. 1 to 4 show health, customers, the last calls and what its codes mean. Passwords go to the key store and are never shown again.',
    design: '', outgoing: 'Entries for a source are sent by themselves; R sends a parked one again, M changes it. The rest you write: C copies the words, Y marks them done; or export all of it as CSV or X12 214.',
  },

  // Settings
  you: 'Your name on what you do', folders: 'Watched folders', foldersSay: 'Files that appear there are read by themselves: papers, exports, statuses.', ownFolder: "the desk's own", folderPath: 'Folder on this computer', addFolder: 'Watch', chooseFolder: 'Choose …', stopWatching: 'Stop watching',
  after: 'Once read', afters: { leave: 'leave the file', keep: 'keep it in a folder beside', move: 'move it to another folder' } as Record<string, string>, away: (why: string) => `cannot be read now: ${why}`,

  // Board
  boardLabel: 'Board of live loads', loads: (n: number) => many(n, 'load'),
  filterHint: 'Filter: load, reference, customer, carrier, place', filterMenu: 'Filter', clearFilters: 'Clear filters', remove: (what: string) => `Remove filter ${what}`,
  pending: (n: number) => `${many(n, 'change')} in order: R to re-sort`, sortedBy: (by: string, desc: boolean) => `by ${by}${desc ? ', last first' : ''}`, lanes: 'Urgency', allLanes: 'All',
  columns: { load: 'Load', why: 'Why', stop: 'Next stop', window: 'Window', eta: 'ETA', news: 'Last news', heard: 'Heard', customer: 'Customer', carrier: 'Carrier', lane: 'Lane', state: 'State', papers: 'Papers', refs: 'References', owner: 'Owner', flags: 'Flags' },
  oneSided: 'known to the carrier only', gone: 'no longer in the export', noWindow: 'no window', noETA: '–', noNews: 'no news yet', arrivedAt: 'at stop',
  pop: 'POP', pod: 'POD', paperMark: (s: PaperState) => paperMarks[s],
  emptyDesk: { title: 'No loads yet', text: "Drop today's TMS export and the carriers' status files anywhere in this window: CSV, Excel, X12 204 and 214. Nothing leaves this computer.", choose: 'Choose files', sample: 'Want to look first? Start “tracedesk demo”: a sample desk with a living day.' },
  emptyFilter: { title: 'No load fits', text: 'No live load fits this view and its filters. Clear them to see every live load; a load that is closed is found with Ctrl+K.' },
  emptyLevels: (names: string) => `Nothing under ${names} now. New cases appear by themselves.`,
  searchAll: (q: string) => `Find “${q}” among all loads`,
  groupOf: (name: string, n: number) => `${name}: ${many(n, 'load')}`,
  pane: 'Detail', choosePane: 'Choose a load to see it here.', openLoad: 'Open',

  // Load
  load: (n: string) => `Load ${n}`, stops: 'Stops', why: 'Why', rule: 'Rule', plan: 'Plan', expected: 'Expected', firstPlan: 'first', currentPlan: 'Window',
  disagree: 'sources disagree', accepted: 'accepted', unresolved: 'cannot be placed in time: no zone known', dayOnlyTime: 'day only', heard: (ago: string) => `heard ${ago}`, received: 'Received', stated: 'Said', occurred: 'Happened',
  afterWindow: (late: string) => `${late} after the window`, slack: 'slack', basis: 'written', noStops: 'No stop is known yet.', noReferences: 'No reference is known yet.', noParties: 'No customer, carrier or driver is known yet.', noPapersHere: 'No paper is filed here. Drop one on this page.', notYet: 'not yet', references: 'References', facts: 'Facts', documents: 'Papers', notes: 'Notes and words', observations: 'Observations', observationsOf: (n: number) => `${many(n, 'observation')} on file`,
  problems: 'Impossible as told', unplaced: 'Events without a stop', statuses: "Sources' own status words", exceptions: 'Exceptions told', others: 'Other words', shipments: 'Shipments', position: 'Last position', raw: 'As received', rawCut: 'Only the beginning is shown.', rawErased: 'The body was erased; its digest is kept.',
  source_: 'Source', allOf: (n: number) => `Show all ${number(n)}`, showRaw: 'Show as received', hideRaw: 'Hide', retracted: 'taken back', leftHere: (mark: string, state: string, target: string) => `${mark} ${state}${target ? `: ${target}` : ''}`, keptHere: 'Saved on this computer; no other system needs to know', windowHistory: 'How the window moved', zoneFrom: (how: string) => `zone from ${how}`, zoneUnknown: 'zone unknown: times shown in UTC',
  asOf: 'As known at', asOfNow: 'Now', asOfHint: 'Date and time in your zone', asOfShown: (when: string) => `As known at ${when}. Later news is hidden.`, edit: 'Correct', editTitle: (n: string) => `Correct load ${n}`, editStop: 'Stop', editFact: 'What', editAt: 'When', editValue: 'Value', editNote: 'Note (who told you, why)',
  wholeLoad: 'Whole load', editLocal: (zone: string) => `Local time at the stop (${zone}), as 14:30, 11/23 14:30 or 2026-11-23 14:30`, editWindow: 'From', editWindowEnd: 'Until', doubts: { future: 'This is still to come at the stop', leftBefore: 'This is before the arrival that is known', arrivedAfter: 'This is after the departure that is known', farOff: 'This is more than a month from the appointment' }, doubtful: 'Save it all the same if it is so.', editSays: 'This is kept as your word beside what the sources say. Undo takes it back.',
  editNeedsTime: 'Give a time such as 14:30 or 11/23 14:30.', editNeedsValue: 'Give a value.', file: 'File a paper', filterObservations: 'Filter observations', noObservations: 'Nothing is on file.', noneFits: 'No observation fits what is typed above.', allKinds: 'All', positionsHidden: (n: number) => `${many(n, 'position')} not shown`, showPositions: 'Show positions',
  band: 'In time', bandStop: (s: { name: string; window: string; eta: string; slack: string; arrived: string; departed: string }) => [s.name, s.window ? `window ${s.window}` : 'no window', s.arrived ? `arrived ${s.arrived}` : '', s.departed ? `departed ${s.departed}` : '', s.eta ? `expected ${s.eta}` : '', s.slack ? `slack ${s.slack}` : ''].filter(Boolean).join(', '), bandLate: 'late', bandKey: { window: 'window', there: 'at the stop', eta: 'expected', now: 'now', slack: 'slack', first: 'first window' }, now: 'now', then: 'then',
  apart: (source: string, by: string, later: boolean, accepted: string) => `${source} says ${by} ${later ? 'later' : 'earlier'} than ${accepted}`, says: (source: string, value: string, accepted: string, held: string) => `${source} says ${value}; ${accepted} says ${held}`,
  slideBack: 'Slide back through what was received', asOfTick: (when: string, n: number, of: number) => `${when}, ${number(n)} of ${many(of, 'observation')} on file`, asOfAll: (of: number) => `now, all ${many(of, 'observation')}`, asOfSays: (when: string) => `As known ${when} – later news is hidden.`, asOfNothing: 'Nothing was known of this load then.',
  map: 'Map', mapZoomIn: 'Closer', mapZoomOut: 'Farther', mapFit: 'Whole load', mapKeys: 'Arrows move, + and − zoom, 0 shows the whole load', mapNone: 'No stop or position of this load has a place on the map.', mapFailed: 'The map could not be drawn.', mapList: (n: number) => `${many(n, 'position')} as a list`, mapNoTrail: 'No position was heard.', mapFirst: (n: number) => `the newest ${number(n)} shown`,
  mapSays: (stops: number, positions: number) => `${many(stops, 'stop')}, ${many(positions, 'position')}.`, lastSeen: (place: string, age: string, source: string) => `Last seen ${place ? `${place}, ` : ''}${age} (${source}).`, nearStop: (miles: number, stop: string) => (miles < 2 ? `at ${stop}` : `${number(miles)} mi from ${stop} in a straight line`), unnamedPlace: 'a position without a name', trailFades: 'The stronger the line, the newer.',
  parties: 'Parties and phones', call: 'Call', goods: 'Equipment and goods', printed: (load: string, who: string, when: string) => `Load ${load}, printed ${when}${who ? ` by ${who}` : ''}. Times are those of the stop unless another zone is named.`, boardPrinted: (who: string, when: string) => `Printed ${when}${who ? ` by ${who}` : ''}. Times are those of the stop; slack is what is left until the window ends.`, boardPrintedFirst: (n: number) => `Only the first ${number(n)}.`,

  // Design
  designTitle: 'Design', designSays: 'Tokens and parts as they are now. Contrast is computed from the colours on this screen (WCAG 2.2, AA: 4.5 for text, 3 for edges and large signs).', designFrame: 'Palette, messages, dialogs and map', designPairs: 'Contrast', designBelow: (n: number) => (n ? `${many(n, 'pair')} below AA` : 'Every pair meets AA'), designTokens: 'Colours', designParts: 'Parts', designModes: 'Modes', designPair: 'Pair', designRatio: 'Ratio', designNeeds: 'Needs', designSample: 'Sample', designOn: (a: string, b: string) => `${a} on ${b}`, designOk: 'AA', designFails: 'below AA', designType: 'Type', modeOn: 'on', modeOff: 'off', modes: { dark: 'Dark', contrast: 'More contrast', forced: 'Forced colours', motion: 'Reduced motion' },

  // Papers
  documentsTitle: 'Documents', documentsDrop: 'Drop scans and photos anywhere, on a load to file them there. Files in the watched folder come by themselves.',
  documentsEmpty: { unmatched: 'No paper waits for a load', received: 'No paper is to be checked', verified: 'No paper is verified yet', rejected: 'No paper was rejected', setAside: 'No paper was set aside', '': 'No papers yet' }, documentsNone: (load: string) => `No paper is filed on load ${load}`,
  found: 'Read in it', candidates: 'May belong to', noCandidates: 'Nothing in the file or its name points to a load.', loadNumber: 'Load number', kind: 'Kind', kindsOfPaper: { pop: 'POP: proof of pickup', pod: 'POD: proof of delivery', other: 'Other paper' },
  pages: (n: number) => many(n, 'page'), verify: 'Verify', reject: 'Reject', fileOnly: 'File, check later', note: 'Note', verdictNeedsLoad: 'Say which load it belongs to.', page: (n: number, of: number) => `Page ${n} of ${of}`, printedOf: (n: number, of: number) => `The first ${n} of ${of} pages. Save the PDF to print all of them.`, noPages: 'This file cannot be shown as a picture.', original: 'Save the original', byWhom: (who: string, when: string) => `by ${who}, ${when}`, filter: 'Show', all: 'All', zoomIn: 'Larger', zoomOut: 'Smaller', rotate: 'Turn', fitWidth: 'Fit width', fitPage: 'Fit page',
  dropHere: 'Drop files to read them', dropOnThisLoad: 'Drop papers to file them on this load', filed: (n: number, load: string) => `${many(n, 'document')} filed on ${load ? `load ${load}` : 'this load'}.`,

  // Import
  importTitle: 'Bring files in', importDrop: 'Drop files here', importOr: 'or', importKinds: 'TMS exports and sheets (CSV, Excel), X12 204 and 214, papers (PDF, pictures).', previewing: 'Looking what they are …', confidence: (c: number) => `${Math.round(c * 100)} %`, column: 'Column in the file', samples: 'Samples', becomes: 'Read as', sure: 'Sure', keepNote: 'Keep as a note',
  would: (w: { records: number; new: number; updated: number; unchanged: number; quarantined: number; gone: number; partial: boolean }) => [
    many(w.records, 'record') + (w.partial ? ' looked at so far' : ''), w.new ? `${number(w.new)} new` : '', w.updated ? `${number(w.updated)} updated` : '', w.unchanged ? `${number(w.unchanged)} unchanged` : '',
    w.gone ? `${number(w.gone)} gone` : '', w.quarantined ? `${number(w.quarantined)} to quarantine` : '' ].filter(Boolean).join(' · '),
  mappingOf: (n: number) => `How its ${many(n, 'column')} are read`, missingFields: (names: string) => `Still to be mapped: ${names}.`, knownProfile: (name: string) => `Read as last time, by profile “${name}”.`, profileName: 'Remember this mapping as', fullExport: 'This file lists every load: what it no longer lists is gone', startImport: (n: number) => `Import ${many(n, 'file')}`, importing: 'Importing', rate: (n: number) => `${number(Math.round(n))} records a second`, recordsDone: (n: number) => many(n, 'record'), cancelImport: 'Cancel, leave no trace', cancelled: 'Cancelled. Nothing was kept.', importGoesOn: 'The import goes on. Its end will be told here.',
  result: (l: { new: number; updated: number; gone: number }) => `${number(l.new)} loads new, ${number(l.updated)} updated${l.gone ? `, ${number(l.gone)} gone` : ''}.`, fileResult: (f: { records: number; observations: number; duplicates: number }) => `${many(f.records, 'record')}, ${many(f.observations, 'observation')}${f.duplicates ? `, ${many(f.duplicates, 'duplicate')}` : ''}`, inQuarantine: (n: number) => `${number(n)} in quarantine`, seeQuarantine: 'Open quarantine', seeBoard: 'Go to the board', more: 'Bring more in', remap: 'Count again',

  pasteTable: 'Paste a table', pasteHint: 'Copy cells from a sheet, a mail or a portal, with their heading, and paste them here.', pasteRead: 'Look at it', pasteNoTable: 'This is no table: it needs a heading and at least one row, with cells set apart by tabs, commas or semicolons.',
  recognised: (ready: number, all: number) => (ready === all ? `All ${number(all)} files are recognised.` : `${number(ready)} of ${many(all, 'file')} are ready; the others say what they lack.`), fixThere: 'Nothing is lost: correct them there and they are read again.',
  timeLeft: (s: number) => (s < 90 ? `about ${many(Math.max(1, Math.round(s)), 'second')} left` : `about ${many(Math.round(s / 60), 'minute')} left`),

  // Quarantine
  onlyOf: (file: string, n: number) => (n ? `${many(n, 'thing')} of ${file}.` : `Nothing of ${file} waits here any more.`),
  quarantineTitle: 'Quarantine', quarantineEmpty: { title: 'Nothing in quarantine', text: 'Everything that came in was read and found its load.', nothingYet: 'Nothing has come in yet. What cannot be read or matched will wait here, never lost.' }, quarantineSays: (n: number) => `${many(n, 'thing')} could not be read or matched. Nothing is lost: correct, assign or set aside each.`, assign: 'Assign', assignTo: 'Belongs to load', fix: 'Read again', fixText: 'Correct the text and read it again', drop: 'Set aside', fewer: (shown: number, total: number) => `${number(shown)} of ${number(total)} shown, the newest first.`,

  // Reports
  reportsTitle: 'Daily customer report', customer: 'Customer', day: 'Day', show: 'Show', openPDF: 'Save PDF', print: 'Print', reportChoose: 'Choose one', reportEmpty: { title: 'Choose a customer', text: 'The report shows exceptions first, then what moves, what is due, and what was delivered with its POD.' }, noCustomers: { title: 'No customers yet', text: 'A report is made for a customer. Customers come with the first loads: bring in an export of your TMS.' }, drawing: 'Drawing the pages …', dayZone: 'Its day is that of', ownDay: 'each stop', saved: (what: string) => `${what} saved.`,

  // Outgoing
  copyAll: 'Copy all', exportX12: 'Export X12 214',
  x12: {
    title: 'Export as X12 214', asking: 'Looking what a 214 can say …', none: 'Nothing that waits can be written as a 214.', holds: (n: number) => `The file will hold ${many(n, 'status', 'statuses')}.`, stays: 'What is written out waits on here until you mark it done.',
    tells: 'A 214 tells arrivals, departures, loading, unloading, expected times and appointments at one time.', leftOut: (n: number) => `${many(n, 'entry', 'entries')} left out, to be written another way`, leftNothing: 'Nothing is left out.', why: 'Why', save: 'Save the file', csv: 'Save all as CSV instead',
  }, entries: (n: number) => many(n, 'entry', 'entries'), acts: 'Acts', allSettled: 'Everything is written out. What comes next will stand here.',
  intentLegend: '○ saved on this computer · ◔ queued, sent and not yet answered · ● accepted by the other system · ✕ refused, with its reason · ✓ done by hand. The 214 holds what a status can say; notes and papers stay in the CSV.',
  outgoingTitle: 'Outgoing work', outgoingSays: 'What should be written in other systems. No connector is set up: copy it over, then mark it done.', outgoingEmpty: { title: 'Nothing to write out', text: 'What you correct or verify by hand and another system should know stands here until it is written there. Correct a load (E) to make the first entry.' }, target: 'Where', what: 'What to write', done: 'Done by hand', dropIntent: 'Not needed', exportCSV: 'Export CSV', reopen: 'Open again', settled: 'Settled',

  // Keys
  keyPlaces: { everywhere: 'Everywhere', sources: 'Sources', exceptions: 'Exceptions: those chosen, else that of the cursor', tasks: 'Tasks', rules: 'Rules', compare: 'Cross-check', playbooks: 'Playbooks', handover: 'Handover', edi: 'EDI', dashboard: 'Figures', board: 'Board', chosen: 'Chosen loads, else the load of the cursor', heads: 'Column heads', load: 'Load', documents: 'Documents', quarantine: 'Quarantine', outgoing: 'Outgoing work', reports: 'Reports' },
  lettersOff: 'Single letters are switched off in the settings: they do nothing until they are switched on there. The palette (Ctrl+K) has every act.',
  does: {
    ...keysEn, goCompare: 'Go to the cross-check desk',
    find: 'Find a load, a screen, an act', filter: 'Filter the board', goBoard: 'Go to the board', goDocuments: 'Go to documents', goReports: 'Go to reports', goQuarantine: 'Go to quarantine', goOutgoing: 'Go to outgoing work', goSettings: 'Settings', goExceptions: 'Go to exceptions', goTasks: 'Go to tasks', goRules: 'Go to the rules',
    exception: 'Next, previous exception', exNext: 'Next one that nobody has seen', exSeen: 'Seen', exWork: 'Working on it', exTake: 'Take it', exGive: 'Give it to somebody', exSnooze: 'Snooze until', exResolve: 'Resolve with cause, party and evidence', exReopen: 'Open it again', exGroup: 'Group by load, owner, customer, nothing', exMine: 'Only mine, or all', exResolved: 'Resolved ones too, or not', exLanes: 'Only critical, major, minor, watch', exAll: 'Every severity', exChoose: 'Choose, or a range', exLane: 'Choose all of that severity', exLoad: 'Open its load', exList: 'List them anew', exBack: 'Choose none, back to the board',
    task: 'Next, previous task', reached: 'Reached: first what they answered', voicemail: 'Left a voicemail', noAnswer: 'No answer', wrongNumber: 'Wrong number', sent: 'Sent a message', kept: 'Promise kept', taskDone: 'Settled without a call: the note says how', answers: 'The answers', promise: 'Promise something', telephone: 'Telephone', copyPhone: 'Copy the number', taskLoad: 'Open its load', calls: 'Calls the data saved', taskList: 'List them anew', taskMine: 'Only mine, or all',
    ruleRow: 'Next, previous rule', ruleFind: 'Find a rule', ruleEdit: 'Change its value', ruleScope: 'For whom: everybody, a customer, a carrier', rulePreview: 'What it would have flagged last week', ruleDefault: 'Back to the wider value', rulePeople: 'People, roles and money', bringIn: 'Bring files in', undo: 'Undo the last act', history: 'What was done', sheet: 'This sheet',
    row: 'Next, previous load; above the first: the column heads', cell: 'Cell, first, last cell', page: 'Page, first, last load', group: 'Next, previous group', fold: 'On the head of a group: fold, unfold (Enter too)', nextAct: 'Next load that needs an act', open: 'Open the load', why: 'Why it stands where it stands', pane: 'Detail pane', resort: 'Re-sort now',
    laneActNow: 'Only loads to act on now', laneAtRisk: 'Only loads at risk', laneVerify: 'Only loads to verify', laneWaiting: 'Only loads that wait', laneOnPlan: 'Only loads on plan', laneDone: 'Only loads done today', allLanes: 'All urgency lanes', filterBy: 'Filter by customer, carrier, state, papers', views: 'Views: choose, save, rename, order, delete', columns: 'Columns and groups', printBoard: 'Print this view', boardBack: 'Choose none, then clear the filters, then the filter field',
    choose: 'Choose, or no longer', range: 'Choose a range', lane: 'Choose every load of the lane', note: 'Note on the chosen loads', owner: 'Owner of the chosen loads', flag: 'Flag the chosen loads', pin: 'Pin the chosen loads, or take the pin off', undoAll: 'Undo for all of them',
    sort: 'Sort', size: 'Narrower, wider', moveColumn: 'Move', leaveOut: 'Leave out',
    correct: 'Correct by hand', slide: 'Slide back to what was known; arrows step, Esc is now', otherLoad: 'Next, previous load of the board', copyLoad: 'Copy the load number', copyRef: 'Copy the reference of that number', filePaper: 'File a paper on this load', observations: 'Filter the observations', map: 'Map: arrows move, + and − zoom', writeEdi: 'Answer its tender (990), or write a 214 or EPCIS of it', print: 'Print this load', loadBack: 'Back to now, back to the board',
    back: 'Back to the board',
    item: 'Next, previous thing', fix: 'Correct its text and read it again', readAgain: 'In the text: read it again', likeliest: 'It belongs to the likeliest load', assign: 'Say which load it belongs to', setAside: 'Set it aside',
    entry: 'Next, previous entry', done: 'Done by hand; on a settled one: open again', notNeeded: 'Not needed', copyEntry: 'Copy what to write', copyAll: 'Copy all of it', exportCSV: 'Export it as CSV', export214: 'Export it as X12 214: first what it would hold',
    customer: 'Choose the customer', day: 'Choose the day', savePDF: 'Save the PDF', printReport: 'Print the report',
  },

  // Palette and keys
  palette: 'Find a load, a screen or an act', paletteHint: 'Load number, reference, customer, person, words of a note', nothingFound: (q: string) => `No load, customer, carrier, screen or act fits “${q}”. Part of a number, of a name or of a note is enough; loads long closed are found too.`, keysTitle: 'Keys',
};
