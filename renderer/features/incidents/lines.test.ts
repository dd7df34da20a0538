import { describe, expect, test } from 'vitest';
import type { IncidentRow } from '../../../contract/features/incidents.ts';
import type { RunView } from '../../../contract/features/plans.ts';
import { fakeIncidents } from '../../../tests/fakes/hallData.ts';
import { incidentLines, lookedAfterIn, stepFrom } from './lines.ts';

const row = (id: string, changes = 1): IncidentRow => {
  const [it] = fakeIncidents(1_000_000);
  if (!it) throw new Error('no incident');
  return { ...it, id, changes, notes: 0, unseen: 0 };
};
const run = (incident: string, late: number, done = 0, state: RunView['state'] = 'running') =>
  ({
    ...{ id: `run-${incident}`, incident, state, done, skipped: 0, total: 2 },
    steps: Array.from({ length: 2 }, (_, i) => ({ state: 'ready', overdue: i < late ? 'finish' : 'no' })),
  }) as unknown as RunView;

describe('lines of the list of incidents', () => {
  test('each has its runs, their overdue steps, what is new, and the key for what comes next', () => {
    const runs = [run('a', 1), run('gone', 2), run('b', 0, 2), run('a', 2, 0, 'ended')];
    const lines = incidentLines([row('a', 5), row('b'), row('c')], runs, new Map([['gone', 'a']]), { a: 3, b: 1 });
    expect(lines.map(({ incident, ...line }) => [incident.id, line])).toEqual([
      ['a', { runs: 2, overdue: 3, unread: 2, next: 'alt+5' }],
      ['b', { runs: 1, overdue: 0, unread: 0, next: 'e' }],
      ['c', { runs: 0, overdue: 0, unread: 1, next: 'l' }],
    ]);
  });

  test('what was merged twice is counted where it went at last, and a circle ends', () => {
    const merged = new Map([
      ['a', 'b'],
      ['b', 'c'],
      ['x', 'y'],
      ['y', 'x'],
    ]);
    expect(['a', 'c', 'x'].map((id) => lookedAfterIn(id, merged))).toEqual(['c', 'c', 'x']);
  });

  test('the next one goes round; from nowhere it is the first, or the last', () => {
    const open = [row('a'), row('b'), row('c')];
    const to = (id: string | null, by: 1 | -1) => stepFrom(open, id, by)?.id;
    expect([to('a', 1), to('c', 1), to('a', -1), to(null, 1), to('other', -1)]).toEqual(['b', 'a', 'c', 'a', 'c']);
    expect(stepFrom([], 'a', 1)).toBeNull();
  });
});
