import { describe, expect, it } from 'vitest';
import { until } from './until';

const now = Date.parse('2026-11-23T15:00:00Z'); // 10:00 in New York
const ny = 'America/New_York';

describe('until when', () => {
  it.each([
    ['30m', '2026-11-23T15:30:00.000Z'],
    ['2h', '2026-11-23T17:00:00.000Z'],
    ['1h 30m', '2026-11-23T16:30:00.000Z'],
    ['1.5 h', '2026-11-23T16:30:00.000Z'],
    ['14:30', '2026-11-23T19:30:00.000Z'],
    ['2:30 pm', '2026-11-23T19:30:00.000Z'],
    ['tomorrow 8:00', '2026-11-24T13:00:00.000Z'],
  ])('%s', (text, want) => expect(until(text, ny, now)).toBe(want));

  it.each(['', '0m', '09:00', 'yesterday 12:00', 'soon', '25:00', 'h', 'm'])('%s is none', (text) => expect(until(text, ny, now)).toBeNull());
});
