const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);

const channels: Record<string, string> = { inApp: 'here in TraceDesk', os: 'notice of the computer', mail: 'mail, drafted', sms: 'SMS, drafted' };
const severities: Record<string, string> = { critical: 'critical', major: 'major', minor: 'minor', watch: 'watch' };

/** Words of alerts and of the milestones of a load. */
export const alertsEn = {
  alerts: {
    title: 'Alerts', bell: (n: number) => (n ? `Alerts, ${number(n)} not seen` : 'Alerts'), recent: 'Lately', none: 'No alert yet. What opens will stand here, for whom it concerns.', noneNoRule: 'Nobody is to be alerted yet: name the first below.', seen: 'Seen', for: (who: string) => `for ${who}`, channel: (c: string) => channels[c] ?? c, severity: (s: string) => severities[s] ?? s, andWorse: (s: string) => (s === 'critical' ? 'critical' : `${severities[s] ?? s} and worse`),
    more: (n: number) => `${many(n, 'more alert')} in the list`, off: { ask: 'Show notices of the computer', asked: 'The computer shows notices.', denied: 'The browser does not let TraceDesk show notices; its settings for this page can allow it.', none: 'This computer shows no notices; alerts stand here.' },
    who: 'Who is alerted', rules: 'Whom to alert', rulesSay: 'By customer and severity. Mail and SMS are drafted in the outgoing work; a person sends them.', customer: 'Customer', allCustomers: 'All customers', level: 'From', how: 'How', address: 'Mail address or phone', quietFrom: 'Quiet from', quietTo: 'to', zone: 'Zone of the quiet hours', add: 'Alert them', change: 'Change', remove: (who: string) => `Alert ${who} no longer`, quiet: (from: string, to: string, zone: string) => `quiet ${from}–${to} ${zone}`, saved: (who: string) => `${who} is alerted from now on.`, removed: (who: string) => `${who} is alerted no longer.`, backAgain: (who: string) => `${who} as before.`, editOf: (who: string) => `Change ${who}`, cancelEdit: 'Leave it',
  },
  milestones: {
    title: 'Milestones', meter: (n: number, of: number) => `${number(n)} of ${number(of)} closed`, documented: 'Documented', verified: 'verified', missing: 'Missing', closed: 'closed', none: 'The plan of this load asks for nothing yet.', gapWhy: (by: string, text: string) => `Gap: ${text} (${by})`, gap: 'Reason for the gap', gapOf: (name: string) => `Why ${name} may stay open`, giveGap: 'Give a reason', changeGap: 'Change the reason', keep: 'Keep', close: 'Close the load', closeWith: (n: number) => `Not to be closed: ${many(n, 'gap')} without a reason`, ended: (by: string, when: string) => `Closed by ${by}, ${when}`, needsReason: 'Say why.', by: (who: string) => `by ${who}`, note: 'A word on the close', state: 'State', milestone: 'Milestone', when: 'When',
  },
};
