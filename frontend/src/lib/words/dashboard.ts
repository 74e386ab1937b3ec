const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const percent = (v: number) => `${(v * 100).toFixed(1)} %`;
const outcomes: Record<string, string> = { onTime: 'on time', late: 'late', early: 'early', inFull: 'in full', short: 'short' };

/** Words of the dashboard. */
export const dashboardEn = {
  dash: {
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
  },
};

export const dashboardKeys = {
  goDashboard: 'Go to the figures', dashWalk: 'Next, previous figure', dashRows: 'To the rows behind it; there: open the load', dashCustomer: 'Choose the customer', dashCarrier: 'Choose the carrier', dashPeriod: 'Choose the period', dashMove: 'The period before, after', dashDefinition: 'Choose the definition', dashThen: 'As known at an earlier time',
  dashSays: 'Show the definition, or not', dashBy: 'Bars by the next thing', dashClear: 'Clear the filters', dashAll: 'All figures, or those of every day', dashCopy: 'Copy the figures', dashCSV: 'Figures as CSV', dashRowsCSV: 'Rows of the figure as CSV', dashPrint: 'Print', dashBack: 'To the figures, back to now, to the board',
};
