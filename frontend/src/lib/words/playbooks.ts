const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);

const parties: Record<string, string> = { desk: 'Desk', driver: 'Driver', dispatcher: 'Dispatcher', afterHours: 'After-hours line', carrierOwner: 'Owner of the carrier', owner: 'Owner', facility: 'Facility', customer: 'Customer', lead: 'Lead', manager: 'Manager' };

const chapters: Record<string, string> = {
  late: 'Appointments', appointment: 'Appointments', facility: 'Appointments', word: 'News and tracking', falseFresh: 'News and tracking', dwell: 'Movement', unscheduled: 'Movement', route: 'Movement', scan: 'Movement', order: 'Movement',
  pop: 'Papers', podProblem: 'Papers', pod: 'Papers', close: 'Papers', conflict: 'Data', future: 'Data', speed: 'Data', midnight: 'Data', duplicate: 'Data', side: 'Data', insurance: 'Carrier', authority: 'Carrier', identity: 'Carrier', temperature: 'Temperature',
};

/** Words of playbooks and of the checklist of an exception. */
export const playbooksEn = {
  playbooks: {
    chapter: (topic: string) => chapters[topic] ?? topic, title: 'Playbooks', list: 'Kinds of exceptions', party: (who: string) => parties[who] ?? who, serves: (kinds: string) => `Serves ${kinds}.`, own: 'of its own', shared: (n: number) => `shared by ${many(n, 'kind')}`, none: 'no playbook', noneYet: 'No playbook serves this kind yet. O makes one.',
    steps: 'Steps', step: 'What to do', who: 'Whom it concerns', within: 'Within', withinMin: 'Within minutes', withinOf: (n: number) => (n ? (n % 60 || n < 60 ? `${number(n)} min` : `${number(n / 60)} h`) : 'no time set'), wording: 'Wording', wordingHint: (names: string) => `In braces stands what is filled in: ${names}.`, name: 'Title',
    edit: 'Edit', makeOwn: 'Own playbook for this kind', makeOwnSays: 'Begins as a copy; from then on this kind goes by its own.', save: 'Keep as a new version', cancel: 'Leave it as it was', add: 'Add a step', up: (n: number) => `Move step ${number(n)} up`, down: (n: number) => `Move step ${number(n)} down`, remove: (n: number) => `Remove step ${number(n)}`,
    shipped: 'as it ships', version: (n: number) => (n ? `Version ${number(n)}` : 'As it ships'), by: (who: string, when: string) => `${who}, ${when}`, versions: 'Versions', versionsOf: (n: number) => many(n, 'version'), show: 'Show', hide: 'Hide', takeVersion: 'Use this one again', toShipped: 'Back to how it ships', saved: (title: string, version: string) => `Playbook “${title}”: ${version} is kept.`, back: (title: string) => `Playbook “${title}” is as it was.`, inForce: 'in force', newStep: 'New step',
    checklist: 'Checklist', done: (n: number, of: number) => `${number(n)} of ${number(of)} done`, doneBy: (who: string, when: string) => `done by ${who}, ${when}`, mark: 'Done', copy: 'Copy', unfilled: 'what stands in braces is not known', noBook: 'No playbook serves this kind of exception.', due: 'by', overdue: 'overdue', copied: 'The wording', seeBook: 'Playbook', keys: '↑ ↓ step · Space done · C copy the wording',
  },
};
