import type { DocumentState, PaperAgreement, PaperKind, PaperProgress, PaperStage, PaperType, PaperVerdict } from '$lib/api';
import { wordsOf } from './index';

const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);
const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

const stages: Record<PaperStage | '', string> = { problem: 'Problem', eyes: 'Needs eyes', clean: 'Clean', reading: 'Being read', unreadable: 'Unreadable', filed: 'Filed', '': 'All' };
const stageMarks: Record<PaperStage, string> = { problem: '■', eyes: '◆', clean: '●', reading: '◌', unreadable: '▲', filed: '✓' };
const types: Record<PaperType, string> = { '': 'not read', BOL: 'BOL', POP: 'POP', POD: 'POD', LUMPER: 'Lumper receipt', WEIGHT: 'Scale ticket', OSD: 'OS&D report', OTHER: 'Other paper', BLANK: 'Blank page' };
const kinds: Record<PaperKind, string> = { pop: 'POP: proof of pickup', pod: 'POD: proof of delivery', other: 'Other paper' };
const verdicts: Record<PaperVerdict, string> = {
  '': 'Not judged yet', verified: 'Every check passed', exception: 'Exception noted on it', review: 'A person must look', wrong_load: 'Of another load', supporting: 'Supporting paper, not a proof', not_a_proof: 'Not a proof', unreadable: 'Cannot be read',
};
const states: Record<DocumentState, string> = { unmatched: 'On no load', received: 'Not decided', verified: 'Accepted', rejected: 'Flagged', setAside: 'Set aside' };
const agreements: Record<PaperAgreement, string> = { agrees: 'agrees', differs: 'differs', onlyPaper: 'only on the paper', onlyDesk: 'not read on the paper' };
const agreementMarks: Record<PaperAgreement, string> = { agrees: '✓', differs: '≠', onlyPaper: '?', onlyDesk: '–' };
const fields: Record<string, string> = {
  load: 'Load', bol: 'BOL', pro: 'PRO', po: 'PO', shipper: 'Shipper', shipper_addr: 'Ship from', consignee: 'Consignee', consignee_addr: 'Ship to', carrier: 'Carrier', scac: 'SCAC', trailer: 'Trailer', seal: 'Seal', pieces: 'Pieces', pallets: 'Pallets', weight: 'Weight',
  pickup_date: 'Picked up', delivery_date: 'Delivered', in: 'In', out: 'Out', name: 'Signed by', receipt: 'Receipt', amount: 'Amount', gross: 'Gross', page_of: 'Page',
};
/** What a check asks, where that is more than that a field agrees with the load. */
const checkNames: Record<string, string> = {
  matched: 'It is sure whose it is', signed_shipper: 'Signed by shipper', signed_driver: 'Signed by driver', signed_consignee: 'Signed by consignee', numbers: 'Enough numbers agree', date_order: 'Delivered after pickup', unreserved: 'No reservation', clean: 'Nothing short or damaged', writing: 'All writing is read', legible: 'It can be read',
  load: 'Load number agrees', pieces: 'Pieces agree', pallets: 'Pallets agree', pickup_date: 'Day of pickup agrees', delivery_date: 'Day of delivery agrees', name: 'Name of who signed is there',
};
const roles: Record<string, string> = { shipper: 'Shipper', driver: 'Driver', consignee: 'Consignee' };
const notations: Record<string, string> = { short: 'Short', over: 'Over', damaged: 'Damaged', refused: 'Refused', slc: "Shipper's load and count", stc: 'Said to contain', subject_to_count: 'Subject to count' };
const faults = { unsigned: 'Not signed', pageMissing: 'Page missing', illegible: 'Illegible', short: 'Short', over: 'Over', damaged: 'Damaged', refused: 'Refused', otherLoad: 'Of another load' } as const;
const checkStates: Record<string, string> = { passed: 'passed', failed: 'failed', unknown: 'not answered' };
/** What stands beside a check that did not pass. The check of numbers lists names: those that agree, of those that the load has. */
const checkSays = (name: string, onPaper: string, onLoad: string) => {
  if (name === 'numbers') return onLoad ? `${onPaper ? `only ${onPaper} of these` : 'none of these'}: ${onLoad}` : 'the load has none';
  return [onPaper, onLoad].filter(Boolean).join(' ≠ ');
};
const checkMarks: Record<string, string> = { passed: '✓', failed: '✕', unknown: '?' };
const checkName = (c: string) => checkNames[c] ?? `${fields[c] ?? plain(c)} agrees`;
const percent = (part: number) => `${Math.round(part * 100)} %`;
const plain = (name: string) => name.replaceAll('_', ' ');

/** How far the reading of a file is. */
function progress(p: PaperProgress): string {
  switch (p.state) {
    case 'reading':
      return p.pages > 1 ? `reading page ${p.page} of ${p.pages}` : 'reading';
    case 'waiting':
      return p.ahead ? `${many(p.ahead, 'file')} before it` : 'next to be read';
    case 'failed':
      return p.tries > 1 ? `failed ${p.tries} times` : 'could not be read';
    case 'cancelled':
      return 'reading stopped';
    case 'unpacked':
      return 'unpacked';
    case 'read':
      return 'read';
  }
}

/** Words of the document workbench. */
export const papersEn = {
  stage: (s: PaperStage | '') => stages[s], stageMark: (s: PaperStage) => stageMarks[s], type: (p: PaperType, sub = '') => [types[p], sub].filter(Boolean).join(', '), kind: (k: PaperKind) => kinds[k], verdict: (v: PaperVerdict) => verdicts[v], state: (s: DocumentState) => states[s],
  field: (f: string) => fields[f] ?? plain(f), agreement: (a: PaperAgreement) => agreements[a], agreementMark: (a: PaperAgreement) => agreementMarks[a], notation: (n: string) => notations[n] ?? plain(n), faults, check: (s: string) => checkStates[s] ?? s, checkName, checkSays, checkMark: (s: string) => checkMarks[s] ?? '?', progress,
  count: (n: number) => many(n, 'document'), stages: 'State', queue: 'Papers', find: 'Find in papers: words, numbers', pagesOf: (pages: readonly number[], of: number) => (of > 1 && pages.length ? `p. ${pages.length > 1 ? `${pages[0]}–${pages.at(-1)}` : pages[0]}` : ''),
  guess: (load: string, score: number) => `${load}? ${percent(score)}`, noLoad: 'no load', percent,
  readAll: (done: number, all: number) => `Read ${number(done)} of ${number(all)}`, stop: 'Stop reading', again: 'Read again', first: 'Read it first',

  emptyTitle: 'No papers yet', emptyText: 'Drop scans, photos, PDF bundles or mails anywhere, paste a picture, or choose files. They are read here, on this computer, and find their load by what is on them.', noneTitle: (stage: string) => `No paper is “${stage}”`, noneFound: (q: string) => `No paper holds “${q}”`, noneText: 'Other states hold papers.', showAll: 'Show all', choose: 'Choose files', nothingChosen: 'Choose a paper to see it here.',
  ofLoad: (load: string) => `Only load ${load}`,

  // Page
  page: (n: number, of: number) => `Page ${n} of ${of}`, previousPage: 'Previous page', nextPage: 'Next page', larger: 'Larger', smaller: 'Smaller', fitWidth: 'Width', fitPage: 'Page', turnRight: 'Turn right', crop: 'Cut', cropWhole: 'Show whole', cropHint: 'Draw the part to keep, or move its edges: arrows move, Shift with arrows sizes, Enter keeps it, Esc leaves.', cropFrame: 'Part of the page to keep', loupe: 'Loupe', loupeHint: 'Hold Q: the loupe follows the pointer, the arrows move it', boxes: 'Marks', noPicture: 'This page has no picture. Its words:', noPictureBare: 'This page cannot be shown as a picture.', pageFailed: 'The picture of this page did not come.', pageWait: 'Drawing the page …', saveOriginal: 'Original', region: (name: string) => `Page of ${name}`,
  split: 'Split here', splitSays: 'Split before this page', joinNext: 'Join with the next', joinBefore: 'Join with the one before', splitFirst: 'A document is split before its second or a later page: turn to it first.', joinNone: 'There is no other document of this file on that side.',

  // Sheet
  sheet: 'The paper beside its load', beside: 'Read on the paper, beside what the load says', hand: 'by hand', handMark: '✎', notRead: '–', agreeing: (n: number) => `${number(n)} ${n === 1 ? 'agrees' : 'agree'}`, differing: (n: number) => `${number(n)} ${n === 1 ? 'differs' : 'differ'}`, unknowing: (n: number) => `${number(n)} unknown`,
  passedOver: (n: number) => `Passed over in reading: ${many(n, 'note')}`, signature: 'Signature', signed: (role: string, present: boolean) => `${roles[role] ?? plain(role)}: ${present ? 'signed' : 'not signed'}`, checks: 'Checks', policyOf: (whose: string) => `policy of ${whose}`, checkSums: (passed: number, all: number) => `${number(passed)} of ${number(all)} required passed`, otherChecks: (n: number) => `${many(n, 'other check')}`,
  candidates: 'May belong to', noCandidates: 'Nothing on it points to a load.', take: 'File on it', barcodes: 'Barcodes', siblings: 'In the same file', siblingOf: (pages: string, what: string, load: string) => [pages, what, load].filter(Boolean).join(' · '), pageList: (pages: readonly number[]) => (pages.length === 1 ? `page ${pages[0]}` : `pages ${pages.join(', ')}`), text: 'Words of the paper', history: 'What happened to it', takeBack: 'Take back', takenBack: 'taken back', match: 'Why this load', openLoad: 'Open the load', from: (from: string, when: string, size: string) => [from, when, size].filter(Boolean).join(' · '), byDesk: 'the desk',
  looksLike: 'Looks like a paper filed before', twin: (name: string, load: string, when: string, part: number) => `Looks like ${name}${load ? ` of load ${load}` : ''}, ${when}: ${percent(part)} of its words are the same`, see: 'See it', stillReading: 'It is being read. What is on it will stand here.', copy: 'Searchable PDF', packet: 'Load packet, PDF', packetZip: 'Load packet, ZIP', confidence: (c: number) => `${Math.round(c * 100)} %`,

  // Acts
  act: { accept: 'Accept', flag: 'Flag', wrong: 'Wrong load', ask: 'Ask again', load: 'Put on load', file: 'Decide later', aside: 'Set aside', acceptClean: (n: number) => `Accept ${number(n)} clean` }, acts: 'Acts on this paper', flagWhy: 'What is wrong with it?', flagNote: 'Note, optional', needsLoad: 'Say first which load it belongs to.', needsKind: 'Say first what it proves: a BOL that is not signed proves the pickup only.', cleanNone: 'No paper is clean now.', cleanLeft: (left: readonly string[]) => left.join(' '),
  busy: 'One moment: the last act is being saved.', stopping: (name: string) => `${name} is being stopped …`,

  // Load picker
  pickTitle: 'Which load does it belong to?', pickFind: 'Load number, reference, customer, place', pickKind: 'It proves', pickCandidates: 'By what is read on it', pickFound: 'Found', pickNone: (q: string) => `No load fits “${q}”.`, pickFile: 'File it there', pickAccept: 'File and accept',

  // Ask
  askTitle: 'Ask the carrier for a better paper', askTo: (who: string) => `To ${who}`, askText: 'Message', askSays: 'Nothing is sent by itself: it waits in outgoing work, and the paper is flagged.', askKeep: 'Keep in outgoing work', askCopy: 'Copy only', askWriting: 'Writing the draft …',

  // Export
  exportTitle: 'Export papers', exportFolder: 'Folder on this computer', exportRule: 'File names', ruleHint: '{load} {type} {date} {customer} {bol} {pro} {po} {name} {n}', ruleSample: (name: string) => `for example ${name}`, exportWhich: 'Which papers', exportStates: { verified: 'Accepted ones', any: 'All that are on a load' }, exportLoad: 'Only of load', exportCustomer: 'Only of customer', exportCopies: 'As searchable PDF copies', exportDo: 'Write files', exported: (n: number, folder: string) => `${many(n, 'file')} in ${folder}.`, exportedNone: { verified: 'No paper of those is accepted yet: nothing was written.', any: 'None of those is on a load yet: nothing was written.' } as Record<string, string>, exportBusy: 'Writing …', exportedKnown: (n: number) => `${number(n)} were there already.`, exportLeft: 'Not written', everyone: 'everybody',

  // Settings
  settingsTitle: 'Papers: folders, checks, names', policy: 'Checks that a paper must pass', policyFor: 'For', policyNew: 'Another customer …', policyPickup: 'Proof of pickup', policyDelivery: 'Proof of delivery', policyAgreeing: 'Numbers that must agree', policyWeight: 'Weight may differ by %', policyDays: 'Dates may differ by days', reservations: 'SLC, STC and “subject to count” need no look', signedBol: 'A BOL signed by the consignee is a POD', autoAccept: 'Clean ones are accepted without a person', policySave: 'Save the policy', policyReset: 'As for everybody', policySaved: (whose: string) => `Policy of ${whose} saved.`, policyVersions: 'Earlier versions', shipped: 'as shipped', naming: 'Names of exported files', learned: 'Learned from decisions', learnedNone: 'Nothing yet: accepting a paper teaches how it writes names.', learnedIs: (field: string, paper: string, desk: string) => `${field}: “${paper}” is ${desk}`, forget: 'Forget', times: (n: number) => many(n, 'time'),

  // What a number is
  teachTitle: 'Say what a number is', teachSays: 'The paper has the number from now on, and the words printed beside it are learned: papers of the same form show the number that stands by them, with who taught it. What is learned brings no paper to a load by itself.', teachNumbers: 'Numbers on the paper', teachBy: (label: string) => `by “${label}”`, teachBare: 'no words beside it', teachRead: (field: string) => `read as ${field}`, teachNone: 'No number was read on this paper.', teachIs: 'It is the', teachAs: 'As it stands on the paper', teachDo: 'Keep and learn',
  labels: 'Labels learned from people', labelIs: (label: string, field: string) => `“${label}” is the ${field}`, labelFrom: (who: string, when: string, paper: string) => [who, when, paper && `on ${paper}`].filter(Boolean).join(' · '), labelOf: (layout: string) => `On papers with: ${layout}`, labelsNone: 'None yet: say what a number is (T), or accept a paper on which the number of its load stands by words that are not known.',
};

export const doc = wordsOf<typeof papersEn>({ en: papersEn });
