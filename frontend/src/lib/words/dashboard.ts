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
    parts: { figures: 'Figures', quality: 'Data quality' }, part: 'Parts of the figures',
  },

  /** Data quality. */
  dq: {
    title: 'Data quality', says: 'Found by the rules, left out by the figures, or wrong by the public form of a number. Nothing is changed by itself.', kinds: 'Kinds', cases: (n: number) => many(n, 'case'), loads: (n: number) => many(n, 'load'), nothing: 'Nothing found', rowsOf: (title: string, n: number) => `${title}: ${many(n, 'case')}`, firstRows: (n: number) => `the first ${number(n)} shown`, choose: 'Choose a kind to see its cases.',
    quarantine: (n: number) => `${many(n, 'item')} in quarantine: correct and read again`, noQuarantine: 'Nothing in quarantine', days: 'On record, by day', daySays: (day: string, present: number, required: number, share: number | null) => `${day}: ${share === null ? 'nothing asked for' : `${percent(share)}, ${number(present)} of ${number(required)} milestones`}`,
    incomplete: (n: number) => (n ? `${many(n, 'delivered load')} with something missing` : 'Every delivered load is complete'), of: (present: number, required: number) => `${number(present)} of ${number(required)}`, missing: 'Missing', onRecord: 'On record', log: 'Correction log', logNone: 'Nobody has corrected anything yet.', logSays: 'Who corrected what, from, to, and why; the newest first.', undone: 'taken back', nobody: 'nothing',
    cols: { load: 'Load', where: 'Where', value: 'As it stands', why: 'Why', customer: 'Customer', at: 'When', by: 'By', what: 'What', from: 'From', to: 'To' },
  },

  /** The report room. */
  room: {
    parts: 'Parts of the reports', part: { paper: 'Papers', schedules: 'Schedules', archive: 'Archive and export' }, kind: 'Paper', week: 'Week', about: 'About', otif: 'on time, in full', detention: 'detention', sheet: 'Excel sheet', pdf: 'PDF', chooseCarrier: 'Choose a carrier', chooseLoad: 'Give the number of a load',
    kinds: { daily: 'Daily report', weekly: 'Weekly report', scorecard: 'Carrier scorecard', performance: 'Desk performance', handover: 'Shift handover', packet: 'Load packet', dispute: 'Dispute packet' },
    says: {
      daily: 'The report shows exceptions first, then what moves, what is due, and what was delivered with its POD.', weekly: 'The week against the weeks before: lates with cause, lanes, carriers, dwell, POD cycle.', scorecard: 'A carrier over the last 13 whole weeks, or the days you give.', performance: 'The desk itself: how soon it saw, acted and told.',
      handover: 'The shift as it stands now.', packet: 'Everything on file of one load, with what is missing.', dispute: 'What was known when, and who was told when.',
    },
    schedulesSay: 'Made by themselves as of their due time, once each; also after the machine slept. Nothing is sent by itself.', none: (folder: string) => `No report is made by itself yet. A schedule writes a paper into a folder (${folder}) and, with a mail address, a draft among the outgoing work.`,
    add: 'New schedule', edit: 'Change', remove: 'Remove', pause: 'Pause', resume: 'Go on', round: 'Make what is due', looked: 'What was due is made.', kept: 'The schedule is kept.', removed: 'The schedule is removed; its papers stay.', paused: 'Paused.', resumed: 'It goes on from now.', asBefore: 'as before', editOf: 'Change the schedule', newOne: 'A new schedule',
    at: (time: string, days: string, zone: string, holidays: boolean) => `${time}, ${days}, ${zone}${holidays ? ', holidays too' : ''}`, customersZone: 'the customer’s zone', draftTo: (who: string) => `draft to ${who}`, isPaused: 'paused', never: 'never due', next: (when: string) => `next ${when}`, last: (mark: string, when: string) => `last ${mark} ${when}`, history: 'What became of them', noRuns: 'None was due yet.', drafts: 'The drafts are in the outgoing work', tries: (n: number) => many(n, 'try', 'tries'),
    states: { made: 'made', failed: 'failed, tried again', making: 'under way', skipped: 'skipped' } as Record<string, string>, cols: { due: 'Due', report: 'Report', state: 'State', file: 'File' },
    time: 'Time of day', zone: 'Zone', days: 'Days: Mon-Fri, daily, Mon,Thu', holidays: 'On holidays too (else not on those of the rules)', folder: (own: string) => `Folder; empty: ${own}`, to: 'Draft to (mail address); empty: no draft', format: 'Written as', formSays: 'What was due before you save is not made. A weekly report is of the last whole week.',
    // Archive and export
    archiveSays: 'A closed period goes into one file, is read back and checked, and only then leaves the desk. Open it with: tracedesk archive open FILE', until: 'Everything before', out: 'File to write (whole path)', look: 'What would go', write: 'Archive', keepThem: 'The loads stay in the desk too', unsettled: 'Loads with something left to do go too', plan: (loads: number, words: number, papers: number) => `${many(loads, 'load')}, ${many(words, 'observation')}, ${many(papers, 'paper')}`, left: (n: number) => `${many(n, 'load')} of the period stay: something is left to do`, young: 'Part of it is younger than three years: keep the file at hand (49 CFR 371.3).', written: (file: string) => `${file} is written, read back and checked.`, archived: 'Archives', noArchives: 'No archive was written from this desk yet.', needDay: 'Give a day.',
    exportTitle: 'Everything of one customer', exportSays: 'Loads, stops, every word with who said it when, exceptions and messages as CSV, and all papers as they came.', export: 'Save the zip', acols: { until: 'Before', loads: 'Loads', size: 'Size', written: 'Written', file: 'File', digest: 'SHA-256' },
  },
};

export const dashboardKeys = {
  goDashboard: 'Go to the figures', dashWalk: 'Next, previous figure', dashRows: 'To the rows behind it; there: open the load', dashCustomer: 'Choose the customer', dashCarrier: 'Choose the carrier', dashPeriod: 'Choose the period', dashMove: 'The period before, after', dashDefinition: 'Choose the definition', dashThen: 'As known at an earlier time',
  dashSays: 'Show the definition, or not', dashBy: 'Bars by the next thing', dashClear: 'Clear the filters', dashAll: 'All figures, or those of every day', dashCopy: 'Copy the figures', dashCSV: 'Figures as CSV', dashRowsCSV: 'Rows of the figure as CSV', dashPrint: 'Print', dashBack: 'To the figures, back to now, to the board', dashParts: 'Figures, data quality', reportParts: 'Papers, schedules, archive', reportKind: 'Choose the paper', reportSheet: 'Save it as an Excel sheet', scheduleKeys: 'Schedules: new, change, pause, remove, make what is due',
};
