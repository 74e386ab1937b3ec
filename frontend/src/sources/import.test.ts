import { describe, expect, it } from 'vitest';
import type { FilePreview, Profile } from '$lib/api';
import { fieldOf, remapped, requests } from './import.svelte';

const profile: Profile = { name: '', source: 'tms', rowPer: 'stop', dateOrder: '', full: true, columns: [] };
const file = (path: string, more: Partial<FilePreview> = {}): FilePreview => ({
  path, file: { path }, kind: 'loads', says: '', ready: true, needsMap: false, missing: [], columns: [], fields: [], mapping: null, known: false, dateOrder: '',
  would: { records: 0, new: 0, updated: 0, unchanged: 0, quarantined: 0, gone: 0, partial: false }, sample: [], notes: [], ...more,
});
const columns = ['Load #', 'Appt'].map((name, index) => ({ index, name, guess: index ? 'appt_start' : 'load', confidence: 1, why: '', samples: [] }));

describe('an import', () => {
  it('gives each mapped sheet its own mapping and reads the rest together', () => {
    const got = requests([file('a.csv', { needsMap: true, mapping: profile }), file('b.edi'), file('c.edi'), file('d.bin', { ready: false })]);
    expect(got).toEqual([{ files: [{ path: 'a.csv' }], mapping: profile, full: true }, { files: [{ path: 'b.edi' }, { path: 'c.edi' }] }]);
  });

  it('reads a field from one column only', () => {
    const sheet = file('a.csv', { columns, mapping: profile });
    const got = remapped(profile, sheet, 'Appt', 'load');
    expect(got.columns).toEqual([{ column: 'Load #', field: '' }, { column: 'Appt', field: 'load' }]);
  });

  it('an answer goes before a guess', () => {
    expect(fieldOf({ ...profile, columns: [{ column: 'Appt', field: '' }] }, 'Appt', 'appt_start')).toBe('');
    expect(fieldOf(null, 'Appt', 'appt_start')).toBe('appt_start');
  });
});
