import type { FileKind } from '$lib/api';
import { wordsOf } from './index';

const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

const kinds: Partial<Record<FileKind, string>> = { 'x12.204': 'X12 204, load tender', 'x12.214': 'X12 214, shipment status', 'edifact.iftsta': 'EDIFACT IFTSTA', 'edifact.iftmin': 'EDIFACT IFTMIN', epcis: 'EPCIS', dcsa: 'DCSA' };
const parts = { explain: 'Explain', partners: 'Partners', unknown: 'Unknown codes' } as const;
const times = { instant: 'this instant', zone: (zone: string) => `on the clock of ${zone}`, local: 'on the clock of the place', day: 'day only' };

/** Words of the EDI screen. */
export const partnersEn = {
  parts, part: 'Part of EDI', unknownCount: (n: number) => `Unknown codes (${number(n)})`,

  // Explain
  title: 'What does it say?', intro: 'Paste a segment or a whole file (X12, EDIFACT, EPCIS, DCSA), drop a file on this screen, or choose one. Every element is told in words, with what it became on the desk and what is wrong with it. Nothing is stored.',
  paste: 'A segment, or a file', explain: 'Explain', choose: 'Choose a file …', sample: 'Show an example', sampleName: 'An example', pasted: 'Pasted text', another: 'Paste another', chooseShort: 'File …', anotherShort: 'Paste …', reading: 'Reading …', kind: (k: FileKind) => kinds[k] ?? '', onlyFirst: (name: string) => `One file is explained at a time: this is ${name}.`,
  segments: 'Segments', range: (from: number, to: number, more: boolean) => (more ? `Segments ${number(from)} to ${number(to)}, more follow` : `Segments ${number(from)} to ${number(to)} of ${number(to)}`), earlier: 'Earlier segments', later: 'Later segments', noSegments: 'No segment was found in it.',
  notes: (n: number) => many(n, 'note on the whole file', 'notes on the whole file'), fault: 'Wrong', faultMark: 'has a fault', unknownMark: 'holds an unknown code', becameMark: 'became facts', nextFault: 'Next fault', noFault: 'No fault and no unknown code follows.', noFaultYet: (n: number) => `None in the next ${number(n)} segments; press F once more to look on.`,
  unnamed: 'not in the dictionary of this desk', where: (s: { interchange: string; group: string; kind: string; set: string; number: number; offset: number; length: number }) => [s.interchange && `interchange ${s.interchange}`, s.group && `group ${s.group}`, s.set && `set ${[s.kind, s.set].filter(Boolean).join(' ')}`, s.number ? `segment ${number(s.number)}` : '', `byte ${number(s.offset)}, ${many(s.length, 'byte')} long`].filter(Boolean).join(' · '),
  raw: 'As received', elements: 'Elements', element: 'Element', value: 'Value', meaning: 'Meaning', notGiven: 'not given', expected: (what: string) => `expected: ${what}`, stands: (code: string) => `stands for ${code}`, unknown: 'nobody knows this code', give: 'Give it a meaning', empty: 'It has no elements.', element_: (n: string) => `data element ${n}`,
  became: 'What it became', becameNothing: 'Nothing of its own: it is read together with its neighbours, or says nothing the desk keeps.', subject: 'Of', fact: 'Fact', at: 'When', whenBy: (by: 'instant' | 'zone' | 'local' | 'day', zone: string) => (by === 'zone' ? times.zone(zone) : times[by]), copied: 'The segment and its explanation',
  rawCut: (bytes: number) => `The first 4,000 characters of ${many(bytes, 'byte')}.`,

  // Partners
  partner: 'Partner', name: 'Name', id: 'Id', qualifier: 'Kind of id', scac: 'SCAC', version: 'Version', zone: 'Zone', declines: 'Declines by', codes: 'Own codes', changed: 'Changed', addPartner: 'Add a partner', edit: 'Change', remove: 'Remove', editOf: (id: string) => `Change ${id}`, newPartner: 'A new partner', count: (n: number) => many(n, 'partner'),
  says: 'How each partner names itself, which release is written to it, and which zone its times are in when it names none. A partner needs no entry here to be read.', partnersEmpty: 'No partner has settings yet', partnersEmptyText: 'Partners are read without them. Add one when its times lack a zone, when it wants another release, or when it has codes of its own.',
  idHint: 'as in the header of its files (ISA06), up to 15 characters', qualifierHint: 'ISA05: ZZ agreed between you, 02 SCAC, 01 DUNS, 12 phone', zoneHint: 'for times that come without a zone', zoneLocal: 'the clock of the place', versionHint: 'of what is written to it', declinedHint: 'what a 990 to it says for “declined”', miscounts: 'Its wrong counts of segments are noted, not rejected', miscountsShort: 'Wrong counts', local: 'place', saved: (id: string) => `Partner ${id} saved.`, removed: (id: string) => `Partner ${id} removed.`, back: (id: string) => `Partner ${id} is as it was.`, noId: 'Give the id that stands in its files.',
  detail: 'The partner', codesOf: 'Its own codes', codesNone: 'It has no codes of its own. Unknown ones are listed under “Unknown codes”.', list: 'List', code: 'Code', means: 'Means', forget: 'Take the meaning away', forgetCode: (code: string) => `Take the meaning away: ${code}`, by: (who: string, when: string) => [who, when].filter(Boolean).join(', '), addCode: 'Add a code', codeGiven: 'Code of the partner', countsNoted: 'noted only', countsRejected: 'rejected',

  // Unknown codes
  unknownSays: (n: number, files: number) => `${many(n, 'code')} without a meaning in the ${number(files)} newest files.`, unknownEmpty: 'Every code has a meaning', unknownEmptyText: (files: number) => (files ? `${many(files, 'file')} looked through. What nobody knows will be listed here, counted, with an example.` : 'No EDI file has come in yet. What nobody knows in one will be listed here, counted, with an example.'), times: 'Times', example: 'Example', showExample: 'Explain the example',
  giveTitle: (code: string) => `What does ${code} mean?`, giveSays: (partner: string, list: string) => `${partner ? `Partner ${partner}, ` : ''}${list}. Its files are read again by the new meaning; what they said before is taken back.`, search: 'Find a meaning: a code, words, a fact', meanings: 'Meanings', noMeaning: (q: string) => `No meaning fits “${q}”.`, facts: (list: readonly string[]) => list.join(', '), keptWord: 'kept as a word', more: (n: number) => `${number(n)} more: type to narrow`, which: 'Partner (ISA06, UNB)', needPartner: 'Say whose code it is.', needCode: 'Give the code.',
  rereading: (partner: string) => `The files of ${partner} are read again`, rereadingSays: (seconds: number) => `${many(seconds, 'second')} so far. You can go on working: this goes on by itself.`, undone: (code: string, says: string) => `${code} is as it was. ${says}`,

  // Writing
  write: 'Write an answer', writeTitle: 'Write EDI', what: 'What', answers: { '997': '997: the sets were read, or why not', '999': '999: the same, as 005010 and later want it', TA1: 'TA1: the interchange arrived', '990': '990: answer to a tender', '214': '214: where the load is', CONTRL: 'CONTRL: the messages were read, or why not', EPCIS: 'EPCIS 2.0: what happened to a load' } as Record<string, string>, ofGiven: (name: string) => `Answers ${name}.`,
  answer: 'Answer', accept: 'Accept', decline: 'Decline', load: 'Load number', reason: 'Reason code', reasonHint: 'three characters, as the receiver’s guide has it; may be empty', note: 'Words', to: 'To', toSettings: 'the receiver in the settings', writes: 'Write', notSentPlain: 'It is written and not sent: save it, then send it the way you send files.', notSent: 'It is written with a new control number and not sent: save it, then send it the way you send files.', needLoad: 'Give the number of a load on the desk.',
  writtenPlain: (name: string) => `${name} is written.`, written: (name: string, controls: readonly number[]) => `${name} is written, control number ${controls.join(', ')}.`, writtenText: 'What it says', save: 'Save the file', cut: (n: number) => `The first ${number(n)} characters; the file has all.`, explainIt: 'Explain it',
};

export const edi = wordsOf<typeof partnersEn>({ en: partnersEn });
