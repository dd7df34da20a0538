import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../../contract/schema/domain.ts';
import { hearing } from './sound.ts';

const alarm = (
  id: string,
  level: 1 | 2 | 3 | 4,
  state: AlarmView['state'] = 'unacknowledged',
  occurrence = 1,
): AlarmView => ({
  id,
  rule: 'r',
  title: { zh: id, en: id },
  level,
  state,
  occurrence,
  source: { kind: 'sensor', id: 's' },
  value: 1,
  unit: 'mm',
  place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
  raisedAt: 0,
  acknowledged: null,
  clearedAt: null,
  shelvedUntil: null,
  incident: null,
  conflicts: [],
});

describe('what is heard', () => {
  it('repeats for the worst of levels I and II until somebody acknowledges', () => {
    expect(hearing([alarm('a', 2), alarm('b', 1), alarm('c', 3)], new Set(['c#1']))).toEqual({ repeat: 1, once: null });
    expect(hearing([alarm('a', 2), alarm('b', 1, 'acknowledged')], new Set())).toEqual({ repeat: 2, once: null });
    expect(hearing([alarm('a', 2, 'shelved')], new Set())).toEqual({ repeat: null, once: null });
  });

  it('sounds once for a new III or IV, and again when it comes back', () => {
    expect(hearing([alarm('a', 3), alarm('b', 4)], new Set())).toEqual({ repeat: null, once: 3 });
    expect(hearing([alarm('a', 3)], new Set(['a#1']))).toEqual({ repeat: null, once: null });
    expect(hearing([alarm('a', 3, 'unacknowledged', 2)], new Set(['a#1']))).toEqual({ repeat: null, once: 3 });
  });
});
