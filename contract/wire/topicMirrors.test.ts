import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import type { WallView } from '../features/walls.ts';
import { createTopicMirrors, type Violation } from './topicMirrors.ts';

const wall = (screen: string): WallView => ({
  screen,
  scene: 'plan',
  selection: { kind: 'incident', id: 'i', at: { lon: 121, lat: 29 } },
  cameras: ['c1'],
});

/** A window that follows the walls, from a snapshot of two at version 3. */
function following() {
  const sent: object[] = [];
  const violations: Violation[] = [];
  const mirrors = createTopicMirrors({
    send: (frame) => sent.push(frame),
    clock: createFakeClock(),
    lingerMs: 0,
    onViolation: (violation) => violations.push(violation),
  });
  mirrors.opened('run-1');
  const heard: { set: string[]; del: string[] }[] = [];
  mirrors.subscribe('walls', (_items, change) => heard.push(change));
  const snapshot = (v: number, items: [string, unknown][]) =>
    mirrors.snapshot({ t: 'snap', topic: 'walls', v, part: 0, parts: 1, items });
  const delta = (v: number, change: { set?: [string, unknown][]; patch?: [string, unknown][]; del?: string[] }) =>
    mirrors.delta({ t: 'delta', topic: 'walls', v, set: [], patch: [], del: [], ...change });
  const resume = (v: number) => mirrors.resume({ t: 'resume', topic: 'walls', v });
  snapshot(3, [
    ['n', wall('n')],
    ['s', wall('s')],
  ]);
  sent.length = 0;
  heard.length = 0;
  return { mirrors, sent, violations, heard, snapshot, delta, resume };
}

describe('topics in a window', () => {
  test('T9 a patch changes what it speaks of; all else stays the same object', () => {
    const { mirrors, delta, heard } = following();
    const [before, other] = [mirrors.items('walls').get('n'), mirrors.items('walls').get('s')];
    delta(4, { patch: [['n', { scene: ['put', 'video'], cameras: ['append', 1, ['c2']] }]] });
    const after = mirrors.items('walls').get('n');
    expect(after).toEqual({ ...wall('n'), scene: 'video', cameras: ['c1', 'c2'] });
    expect(after?.selection).toBe(before?.selection);
    expect(mirrors.items('walls').get('s')).toBe(other);
    expect(heard).toEqual([{ set: ['n'], del: [] }]);
  });

  test('T9 a patch of what is not here, or that does not fit it, is a gap: all is asked for anew, and nothing half done', () => {
    for (const patch of [
      ['unknown', { scene: ['put', 'video'] }],
      ['n', { cameras: ['append', 7, ['c2']] }],
      ['n', 'nonsense'],
    ] as [string, unknown][]) {
      const { mirrors, delta, sent, snapshot } = following();
      const before = mirrors.items('walls');
      delta(4, { set: [['x', wall('x')]], patch: [patch] });
      expect(sent).toEqual([{ t: 'sub', topic: 'walls' }]);
      expect([mirrors.items('walls'), mirrors.fresh('walls')]).toEqual([before, false]);
      delta(5, { del: ['n'] });
      expect(mirrors.items('walls').size).toBe(2);
      snapshot(5, [['s', wall('s')]]);
      expect([[...mirrors.items('walls').keys()], mirrors.fresh('walls')]).toEqual([['s'], true]);
    }
  });

  test('T5 an item that a patch breaks is left out and named, and is there again when another mends it', () => {
    const { mirrors, delta, violations, sent } = following();
    delta(4, { patch: [['n', { scene: ['put', 'no region'] }]] });
    expect([...mirrors.items('walls').keys()]).toEqual(['s']);
    expect(violations).toMatchObject([{ topic: 'walls', key: 'n', error: { field: 'walls.scene' } }]);
    delta(5, { patch: [['n', { scene: ['put', 'alarms'] }]] });
    expect(mirrors.items('walls').get('n')).toEqual({ ...wall('n'), scene: 'alarms' });
    expect(sent).toEqual([]);
  });

  test('T10 a window that was away says what it has, and is right with the last of the deltas it missed', () => {
    const { mirrors, delta, resume, sent } = following();
    mirrors.lost();
    mirrors.opened('run-1');
    expect(sent).toEqual([{ t: 'sub', topic: 'walls', since: { run: 'run-1', v: 3 } }]);
    resume(5);
    delta(4, { patch: [['n', { scene: ['put', 'video'] }]] });
    expect(mirrors.fresh('walls')).toBe(false);
    delta(5, { del: ['s'] });
    expect([mirrors.fresh('walls'), [...mirrors.items('walls').keys()]]).toEqual([true, ['n']]);
    expect(mirrors.items('walls').get('n')?.scene).toBe('video');
  });

  test('T10 nothing missed: it is right at once; another hall, or one that started anew: it begins anew', () => {
    const { mirrors, resume, sent, heard } = following();
    mirrors.lost();
    mirrors.opened('run-1');
    resume(3);
    expect([mirrors.fresh('walls'), heard]).toEqual([true, [{ set: [], del: [] }]]);
    mirrors.lost();
    sent.length = 0;
    mirrors.opened('run-2');
    expect(sent).toEqual([{ t: 'sub', topic: 'walls' }]);
    resume(3);
    expect([mirrors.fresh('walls'), sent.length]).toEqual([false, 2]);
  });
});
