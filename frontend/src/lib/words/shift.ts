const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);

/** Words of the handover of a shift. */
export const shiftEn = {
  shift: {
    title: 'Handover', sheet: 'Loads that go over', since: (when: string) => `Shift since ${when}`, lines: (n: number, quiet: number) => `${many(n, 'load')} to hand over${quiet ? `, ${number(quiet)} quiet` : ''}`, quietOnly: (n: number) => (n ? `${many(n, 'load')} run quietly and need no word.` : 'No live load.'),
    empty: 'Nothing needs a word', hand: 'Hand over', handTo: 'Hand over to', note: 'A word on the whole shift', handSays: 'The sheet is kept as it stands now. The incoming person takes it line by line; what is not taken stays marked.', handed: (who: string, n: number) => `Handed over to ${who}: ${many(n, 'load')}.`, needsName: 'Say who takes over.', handNow: 'Hand it over',
    blocked: (n: number) => `Not to be closed yet: ${many(n, 'open exception')} without an owner`, blockedMore: (n: number) => `and ${number(n)} more, marked ◆ below: name them`, blockedHow: 'Own them, or give them to somebody, then hand over.', ownAll: 'Own them all', ownLine: 'Own them', owned: 'Owned', unowned: 'no owner', ownsNothing: 'Nothing on this line lacks an owner.', disowned: (n: number) => `${many(n, 'exception')} as before.`,
    takes: (by: string, when: string, n: number) => `${by} handed over ${when}: ${many(n, 'load')} not taken yet.`, openIt: 'Take over', taken: (load: string) => `Load ${load} is taken.`, takenAll: (n: number) => `${many(n, 'load')} taken.`, take: 'Take', takeAll: 'Take all', takenBy: (who: string, when: string) => `taken by ${who}, ${when}`, notTaken: 'not taken', allTaken: 'Every load is taken.', untaken: (n: number) => `${many(n, 'load')} not taken`, takenAlready: 'This load is taken already.', gaveBack: (n: number) => `${many(n, 'load')} not taken, as before.`,
    by: (by: string, to: string, when: string) => `${by} to ${to}, ${when}`, earlier: 'Earlier handovers', none: 'No shift was handed over yet.', current: 'The sheet as it would go over now', back: 'The sheet of now', open: 'Open', closed: 'all taken',
    happened: 'In the shift', decided: 'Decided, and why', rejected: 'Weighed and left', fragile: 'Looks stable, may not stay so', promises: 'Promised', exceptions: 'Open exceptions', next: 'Next', owner: 'Owner', nobody: 'nobody', meters: 'Meters running', temp: 'Temperature', authority: 'Money', stopClock: 'Stop', nextNone: 'nothing due', fill: 'Add words', fillOf: (load: string) => `Words on load ${load}`, kept: 'Kept here until the handover.', keep: 'Keep', at: (when: string) => `as it stood ${when}`, severity: { critical: 'critical', major: 'major', minor: 'minor', watch: 'watch' }, printed: (who: string, when: string) => `Handover sheet, printed ${when}${who ? ` by ${who}` : ''}. Times are those of the stop.`,
  },
};
