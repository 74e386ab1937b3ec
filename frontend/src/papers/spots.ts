import type { PaperField, PaperSheet } from '$lib/api';
import { doc } from '$lib/words/papers';
import type { Box } from './look';

/** How what stands at a spot stands to the load: as the load says, otherwise, or the load does not say. */
export type Sign = 'agrees' | 'differs' | 'unknown';

/** A place on a page that a line of the sheet was read at. */
export interface Spot {
  line: string;
  page: number;
  box: Box;
  sign: Sign;
  label: string;
}

/** A line beside the load: one field, signature or notation, with the spot it was read at where there is one. */
export interface Line {
  key: string;
  field: PaperField | null;
  label: string;
  paper: string;
  desk: string;
  sure: number | null;
  hand: boolean;
  sign: Sign;
  page: number;
  box: readonly number[];
  why: string;
  /** a check that the customer asks for and that did not pass */
  lacks: boolean;
}

/** Below this a reading is not sure: it is looked at whatever it says. */
export const sure = 0.6;

export const signs: Record<Sign, string> = { agrees: '✓', differs: '≠', unknown: '?' };

const signOf: Record<PaperField['agrees'], Sign> = { agrees: 'agrees', differs: 'differs', onlyPaper: 'unknown', onlyDesk: 'unknown' };

/** Exceptions that are against the load; reservations only ask for a look. */
const against = ['short', 'over', 'damaged', 'refused'];

/** The lines of a sheet as a person goes down them. */
export function linesOf(sheet: PaperSheet): Line[] {
  const lacking = new Set(sheet.checks.flatMap((check) => (check.required && check.state !== 'passed' ? [check.name] : [])));
  const fields = sheet.fields.map((field): Line => {
    const best = field.values[0];
    return {
      key: `field ${field.name}`, field, label: doc.field(field.name), paper: best?.text || best?.value || '', desk: field.desk[0] ?? '', sure: best?.confidence ?? null, hand: best?.hand ?? false,
      sign: signOf[field.agrees], page: best?.page ?? 0, box: best?.box ?? [], why: best?.why ?? '', lacks: lacking.has(field.name),
    };
  });
  const empty = { field: null, desk: '', sure: null, hand: false, why: '', lacks: false };
  const signatures = sheet.signatures.map((s): Line => ({ ...empty, key: `signature ${s.role}`, label: doc.signature, paper: doc.signed(s.role, s.present), sign: s.present ? 'agrees' : 'differs', page: s.page, box: s.box }));
  const notations = sheet.notations.map((n, i): Line => ({ ...empty, key: `notation ${i}`, label: doc.notation(n.kind), paper: n.text, sign: against.includes(n.kind) ? 'differs' : 'unknown', page: n.page, box: n.box }));
  return [...fields, ...signatures, ...notations];
}

/** The spots of the lines that have one. */
export const spotsOf = (lines: readonly Line[]): Spot[] =>
  lines.flatMap((line) => {
    const [l, top, r, b] = line.box;
    return l === undefined || top === undefined || r === undefined || b === undefined ? [] : [{ line: line.key, page: line.page, box: [l, top, r, b] as const, sign: line.sign, label: `${line.label}: ${line.paper}` }];
  });

/** Whether a line asks for eyes: it differs, was read without being sure, is a note written on it, or lacks what the customer asks for. */
export const doubtful = (line: Line) => line.sign === 'differs' || (line.sure !== null && line.sure < sure) || line.lacks || line.key.startsWith('notation');

/** The next line in doubt after one, round the list; the same when there is no other. */
export function nextDoubt(lines: readonly Line[], from: string): string {
  const at = lines.findIndex((line) => line.key === from);
  for (let step = 1; step <= lines.length; step++) {
    const line = lines[(Math.max(-1, at) + step + lines.length) % lines.length];
    if (line && doubtful(line)) return line.key;
  }
  return from;
}

export const sums = (lines: readonly Line[]) => ({ agrees: count(lines, 'agrees'), differs: count(lines, 'differs'), unknown: count(lines, 'unknown') });

const count = (lines: readonly Line[], sign: Sign) => lines.filter((line) => line.sign === sign).length;
