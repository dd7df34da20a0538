import { describe, expect, it } from 'vitest';
import type { Decision } from './envelope.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  seenOf,
  standingValue,
  trackConflict,
  write,
} from './register.ts';

const by = (event: string): Decision => ({ station: event[0] ?? '', actor: 'duty', at: 0, event });
const LARGEST = { name: 'largest', before: (a: number, b: number) => a > b };

describe('multi-value register', () => {
  const first = write<number>([], 1, by('a-1'), []);
  const apart: Register<number> = write(write(first, 2, by('a-2'), ['a-1']), 3, by('b-1'), ['a-1']);

  it('L8: a write replaces what its writer had seen, and keeps what it had not', () => {
    expect(write(first, 2, by('a-2'), seenOf(first)).map((head) => head.value)).toEqual([2]);
    expect(apart.map((head) => head.value)).toEqual([2, 3]);
    expect(write(apart, 4, by('b-2'), seenOf(apart)).map((head) => head.value)).toEqual([4]);
  });

  it('L8: which of the heads stands is the rule of the field', () => {
    expect(standingValue(apart, LARGEST)).toBe(3);
    expect(standingValue(apart, EARLIEST)).toBe(2);
    expect(standingValue([], EARLIEST)).toBeUndefined();
  });

  it('L8: heads that differ are a conflict until somebody who saw them decides again, or looks', () => {
    const track = (conflicts: Conflict[], register: Register<number>, event: string): Conflict[] =>
      trackConflict(conflicts, 's:1', 'level', register, LARGEST, by(event));
    const open = track([], apart, 'b-1');
    expect(open).toMatchObject([{ field: 'level', stands: 1, rule: 'largest', seen: null }]);
    expect(open[0]?.values.map((v) => v.value)).toEqual(['2', '3']);
    const third = track(open, write(apart, 9, by('c-1'), ['a-1']), 'c-1');
    expect(third).toMatchObject([{ id: open[0]?.id, stands: 2, seen: null }]);
    expect(track(open, write(apart, 4, by('b-2'), seenOf(apart)), 'b-2')[0]?.seen).toEqual(by('b-2'));
    const seen = markSeen(open, open[0]?.id ?? '', by('a-9'));
    expect(markSeen(seen, open[0]?.id ?? '', by('a-10'))[0]?.seen).toEqual(by('a-9'));
  });

  it('L8: the same value written twice is no conflict', () => {
    const same = write(write(first, 2, by('a-2'), ['a-1']), 2, by('b-1'), ['a-1']);
    expect(trackConflict([], 's:1', 'level', same, LARGEST, by('b-1'))).toEqual([]);
  });

  it('L8: a chain’s later write replaces its earlier one, so that there are never more heads than chains', () => {
    let register: Register<number> = [];
    for (let i = 0; i < 100; i++) register = write(register, i, by(`${'ab'[i % 2]}-${i}`), []);
    expect(register.map((head) => head.value)).toEqual([98, 99]);
  });

  it('L8: of conflicts that were seen the newest fifty are kept, of those that were not all', () => {
    let conflicts: Conflict[] = [];
    for (let i = 0; i < 80; i++) {
      conflicts = trackConflict(conflicts, 's:1', `f${i}`, apart, LARGEST, by(`b-${i}`));
      if (i > 5) conflicts = markSeen(conflicts, `f${i}~b-${i}`, by(`a-${i}`));
    }
    expect(conflicts.filter((c) => c.seen === null)).toHaveLength(6);
    expect(conflicts.filter((c) => c.seen !== null).length).toBeLessThanOrEqual(51);
    expect(conflicts.at(-1)?.field).toBe('f79');
  });
});
