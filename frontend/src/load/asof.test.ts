import { describe, expect, it } from 'vitest';
import { instantIn } from './asof';

describe('an instant as written on a clock', () => {
  it.each([
    ['winter', '2026-11-23T14:00', 'America/Chicago', '2026-11-23T20:00:00.000Z'],
    ['summer', '2026-07-01T14:00', 'America/Chicago', '2026-07-01T19:00:00.000Z'],
    ['east of UTC', '2026-11-23T01:00', 'Asia/Tokyo', '2026-11-22T16:00:00.000Z'],
    ['morning after the clock change', '2026-11-01T03:00', 'America/Chicago', '2026-11-01T09:00:00.000Z'],
    ['nothing', '', 'America/Chicago', ''],
  ])('%s', (_, local, zone, want) => expect(instantIn(local, zone)).toBe(want));
});
