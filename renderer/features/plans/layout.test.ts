import { describe, expect, it } from 'vitest';
import type { StepView } from '../../../contract/features/plans.ts';
import { layOut, neighbour } from './layout.ts';

function step(id: string, lane: string, needs: string[] = []): StepView {
  return {
    id,
    lane,
    department: lane,
    title: { zh: id, en: id },
    kind: 'task',
    detail: null,
    needs,
    options: [],
    state: 'waiting',
    chosen: null,
    readyAt: null,
    acknowledged: null,
    started: null,
    finished: null,
    reopened: null,
    note: null,
    noteCut: false,
    units: [],
    acknowledgeBy: null,
    finishBy: null,
    overdue: 'no',
    escalatedTo: null,
  };
}
const lane = (id: string) => ({ id, department: id, title: { zh: id, en: id } });
const lanes = [lane('fire'), lane('water')];

describe('board layout', () => {
  it('puts a step one column after the deepest of its needs', () => {
    const layout = layOut({
      lanes,
      steps: [step('c', 'water', ['a', 'b']), step('a', 'fire'), step('b', 'water', ['a'])],
    });
    expect(Object.fromEntries(layout.places)).toEqual({
      a: { column: 0, lane: 0, slot: 0 },
      b: { column: 1, lane: 1, slot: 0 },
      c: { column: 2, lane: 1, slot: 0 },
    });
    expect(layout.columns).toBe(3);
    expect(layout.edges).toEqual([
      ['a', 'c'],
      ['b', 'c'],
      ['a', 'b'],
    ]);
  });

  it('slides a step to a free column rather than stacking it, but never past what needs it', () => {
    const steps = [step('a', 'fire'), step('b', 'fire'), step('c', 'water', ['a']), step('d', 'water', ['c'])];
    const layout = layOut({ lanes, steps });
    expect(layout.slots).toEqual([1, 1]);
    expect(layout.places.get('a')?.column).toBe(0);
    expect(layout.places.get('b')?.column).toBe(1);
  });

  it('keeps every step right of all it needs, whatever slides', () => {
    const steps = [
      step('a', 'fire'),
      step('b', 'fire'),
      step('c', 'fire', ['b']),
      step('d', 'fire', ['a']),
      step('e', 'water', ['c', 'd']),
    ];
    const layout = layOut({ lanes, steps });
    const column = (id: string) => layout.places.get(id)?.column ?? -1;
    for (const each of steps) for (const need of each.needs) expect(column(need)).toBeLessThan(column(each.id));
  });

  it('stacks steps of the same lane and column where there is no room to slide', () => {
    const layout = layOut({ lanes, steps: [step('a', 'fire'), step('b', 'fire'), step('c', 'water')] });
    expect(layout.slots).toEqual([2, 1]);
    expect(layout.places.get('b')).toEqual({ column: 0, lane: 0, slot: 1 });
  });

  it('survives needs that name nothing or go round in a circle', () => {
    const layout = layOut({
      lanes,
      steps: [step('a', 'fire', ['b']), step('b', 'fire', ['a', 'ghost']), step('x', 'nowhere')],
    });
    expect(layout.places.size).toBe(2);
    expect(layout.places.get('a')?.column).not.toBe(layout.places.get('b')?.column);
  });

  it('moves by arrow to the nearest step that way, and stays where there is none', () => {
    const layout = layOut({
      lanes,
      steps: [step('a', 'fire'), step('b', 'fire', ['a']), step('c', 'water'), step('d', 'water', ['c'])],
    });
    expect(neighbour(layout, 'a', 'right')).toBe('b');
    expect(neighbour(layout, 'a', 'down')).toBe('c');
    expect(neighbour(layout, 'd', 'up')).toBe('b');
    expect(neighbour(layout, 'd', 'right')).toBe('d');
    expect(neighbour(layout, 'gone', 'left')).toBe('a');
  });
});
