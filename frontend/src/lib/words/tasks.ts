import type { TaskOutcome } from '$lib/api';
import { wordsOf } from './index';

const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

const kinds: Record<string, string> = { checkCall: 'Check call', confirmETA: 'Confirm the ETA', chasePaper: 'Chase the paper', promise: 'Keep a promise', close: 'Close the load' };
const steps: Record<string, string> = { driver: 'driver', dispatcher: 'dispatcher', afterHours: "carrier's after-hours line", owner: "carrier's owner", lead: 'our lead', customer: 'customer', desk: 'us' };
const outcomes: Record<TaskOutcome, string> = { reached: 'Reached', voicemail: 'Voicemail', noAnswer: 'No answer', wrongNumber: 'Wrong number', sent: 'Message sent', kept: 'Promise kept', done: 'Settled' };

/** Words of the tasks. */
export const tasksEn = {
  label: 'What now', count: (n: number) => many(n, 'task'), overdueOf: (n: number) => (n ? `! ${number(n)} overdue` : 'none overdue'), kind: (k: string) => kinds[k] ?? k, step: (s: string) => steps[s] ?? s,
  outcome: (o: TaskOutcome) => outcomes[o], overdue: (by: string) => `! ${by} overdue`, mine: 'Mine', fresh: (n: number) => `${number(n)} new`, left: (n: number) => `${number(n)} no longer due`, gone: 'no longer due', becameNew: (n: number) => `${many(n, 'new task')}. R lists them.`,
  emptyTitle: 'Nothing to do now', emptyMine: 'None of the tasks is yours', showAll: 'Show all', choose: 'Choose a task to see what to ask.', detail: 'The task', more: (n: number) => `${many(n, 'later task')} not listed.`,
  due: (when: string, rel: string) => `due ${when}, ${rel}`, reason: 'Why', whom: (who: string, name: string) => (name ? `${name}, ${who}` : who.charAt(0).toUpperCase() + who.slice(1)), noPhone: 'No number is on file.', call: 'Call', copyPhone: 'Copy', attempts: (n: number) => (n ? `${many(n, 'try', 'tries')} so far` : 'not tried yet'), saidTo: (who: string) => `promised to ${who}`, ownedBy: (who: string) => `owner ${who}`,
  script: 'Still unanswered', scriptNone: 'No question is open.', askHint: { time: (zone: string) => `local time (${zone}): 14:30, 11/24 8:00; or words such as “not yet”`, number: 'a number', temperature: '°F', money: 'USD; “no” if none', position: 'city, ST or latitude, longitude', tracking: 'yes, or what the platform says', words: 'what they said' }, readAs: (when: string) => `= ${when}`, readAsWords: 'No time is read in this: it is kept as words, if it can be.',
  note: 'Note', noteHint: 'What was said; how it was settled without a call', name: 'Who it was, if not the one above', promise: 'Promise', promiseTo: 'To whom', promiseWhat: 'What', promiseUntil: 'By', promiseUpdate: (load: string) => `Update on load ${load}`, promiseRead: (when: string) => `= ${when}; it becomes a task in time`, promiseNot: 'Give a time to come: 30m, 2h, 14:00.',
  save: 'Save as reached', outcomes: 'What came of it', needsAnswer: 'What they answered, then Enter saves it as reached.',
  saved: (covered: number, due: number) => (due ? `${number(covered)} of ${many(due, 'call')} saved` : 'no call fell due yet'), ratio: (r: number) => `${Math.round(r * 100)} %`, savedTitle: 'Calls the data made needless', savedSays: (from: string, to: string) => `Check calls that fell due from ${from} to ${to}, and were covered by data.`, savedNone: 'No call was covered in this time.', savedWhy: 'What covered it', savedDue: 'Fell due',
  openLoad: 'Open the load', copied: 'Number copied.', columns: { due: 'Due', task: 'Task', whom: 'Whom', load: 'Load', why: 'Why' },
};

export const taskWords = wordsOf<typeof tasksEn>({ en: tasksEn });
