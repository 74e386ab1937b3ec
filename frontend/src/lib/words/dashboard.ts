import { wordsOf } from './index';

const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const percent = (v: number) => `${(v * 100).toFixed(1)} %`;
const outcomes: Record<string, string> = { onTime: 'on time', late: 'late', early: 'early', inFull: 'in full', short: 'short' };

/** Words of the dashboard. */
export const dashEn = {
  title: 'Figures', min: 'min', percent, money: (v: number) => `$${numbers.format(Math.round(v))}`, between: (low: number, high: number) => `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`,
  bounds: (low: number, high: number) => `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`,
  n: (n: number) => `n ${number(n)}`, few: 'few', fewSays: 'fewer than five: too few to be read as a share', nothing: 'nothing counted', wilson: '(95 %, Wilson)',
  groups: { service: 'Service', tracking: 'Tracking and milestones', exceptions: 'Exceptions and calls', papers: 'Papers, dwell, detention', eta: 'ETA, data, carriers', others: 'All others' },
  everyCustomer: 'All customers', everyCarrier: 'All carriers', carrier: 'Carrier', period: 'Period', from: 'From', to: 'To', definition: 'Definition', asChosen: 'as chosen for the customer',
  presets: { last7: 'Last 7 days', thisWeek: 'This week', lastWeek: 'Last week', last4Weeks: 'Last 4 weeks', last13Weeks: 'Last 13 weeks', thisMonth: 'This month', lastMonth: 'Last month', lastYear: 'Last year', own: 'Own days …' },
  span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`), counted: (when: string, definition: string) => `as of ${when} · definition “${definition}”`, then: (when: string) => `As known at ${when}; what came later is hidden.`,
  csv: 'CSV', rowsCSV: 'Rows as CSV', file: 'figures', figures: (n: number) => many(n, 'figure'), copyHeads: ['Figure', 'Value', 'n', '95 %', 'Left out'], cause: (cause: string, n: number) => `${number(n)} ${cause}`, leftOut: 'Left out:',
  /** Names where room is scarce; the whole title is told beside them. */
  short: {
    'otp.original': 'OTP first window', 'otp.current': 'OTP current', 'otd.original': 'OTD first window', 'otd.current': 'OTD current', 'otd.current.excludingCustomer': 'OTD less customer', 'otd.current.late': 'Late deliveries', 'otd.current.lateMinutes': 'Late by, average', otif: 'OTIF units',
    'tracking.compliance': 'Tracked', 'tracking.automation': 'Automated', 'milestones.complete': 'Milestones', 'milestones.timely': 'Told in time', 'exceptions.per1000': 'Exceptions / 1,000', 'exceptions.detect': 'To detect', 'exceptions.resolve': 'To resolve', proactive: 'Proactive', 'calls.coverage': 'Checks covered', 'calls.saved': 'Calls saved',
    'pod.cycle': 'POD cycle', 'pod.within24h': 'POD in 24 h', 'invoice.ready': 'Invoice-ready', 'dwell.delivery': 'Dwell, delivery', 'detention.usd': 'Detention', 'eta.6h.mae': 'ETA error 6 h', 'eta.2h.mae': 'ETA error 2 h', 'eta.band': 'ETA band', 'data.agreement': 'Data agree', 'network.score': 'Network score',
  } as Record<string, string>,
  every: (n: number) => `Show all ${number(n)} figures`, daily: 'Only those of every day',
  trend: (n: number) => `The last ${many(n, 'week')}; choose one to see its days`, spread: (low: string, high: string) => `${low} to ${high}`, week: (from: string, to: string, value: string, n: number) => `${from} to ${to}: ${value}, n ${number(n)}`,
  by: 'By', byWhat: 'What lies behind it', dimensions: { outcome: 'outcome', excluded: 'left out', carrier: 'carrier', customer: 'customer', lane: 'lane', place: 'place', party: 'responsible', what: 'what', day: 'day' },
  notSaid: 'not said', outcome: (o: string) => outcomes[o] ?? o, missed: (n: number) => `${number(n)} missed`, mean: (v: string) => `Ø ${v}`, moreBars: (n: number) => `${number(n)} more`, fewerBars: 'fewer',
  barSays: (name: string, rows: number, counted: number, missed: number) => `${name}: ${many(rows, 'row')}, ${number(counted)} counted${missed ? `, ${number(missed)} missed` : ''}`,
  clear: 'Clear the filters', rows: 'Rows behind the figure', rowsOf: (n: number, of: number) => (n === of ? many(n, 'row') : `${number(n)} of ${many(of, 'row')}`), more: (n: number) => `Show more of ${number(n)}`, noRows: 'No row fits.',
  cols: { load: 'Load', what: 'What', where: 'Where', carrier: 'Carrier', due: 'Due', actual: 'Actual', outcome: 'Outcome', value: 'Value' },
  parts: { figures: 'Figures', quality: 'Data quality' }, part: 'Parts of the figures',
};

/** Words of data quality. */
export const qualityEn = {
  title: 'Data quality', says: 'Found by the rules, left out by the figures, or wrong by the public form of a number. Nothing is changed by itself.', kinds: 'Kinds', cases: (n: number) => many(n, 'case'), loads: (n: number) => many(n, 'load'), nothing: 'Nothing found', rowsOf: (title: string, n: number) => `${title}: ${many(n, 'case')}`, firstRows: (n: number) => `the first ${number(n)} shown`, choose: 'Choose a kind to see its cases.',
  quarantine: (n: number) => `${many(n, 'item')} in quarantine: correct and read again`, noQuarantine: 'Nothing in quarantine', days: 'On record, by day', daySays: (day: string, present: number, required: number, share: number | null) => `${day}: ${share === null ? 'nothing asked for' : `${percent(share)}, ${number(present)} of ${number(required)} milestones`}`,
  incomplete: (n: number) => (n ? `${many(n, 'delivered load')} with something missing` : 'Every delivered load is complete'), of: (present: number, required: number) => `${number(present)} of ${number(required)}`, missing: 'Missing', onRecord: 'On record', log: 'Correction log', logNone: 'Nobody has corrected anything yet.', logSays: 'Who corrected what, from, to, and why; the newest first.', undone: 'taken back', nobody: 'nothing',
  cols: { load: 'Load', where: 'Where', value: 'As it stands', why: 'Why', customer: 'Customer', at: 'When', by: 'By', what: 'What', from: 'From', to: 'To' },
};

export const dash = wordsOf<typeof dashEn>({ en: dashEn });
export const dq = wordsOf<typeof qualityEn>({ en: qualityEn });
