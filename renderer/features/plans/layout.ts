import type { RunView, StepView } from '../../../contract/features/plans.ts';

/** Where a step stands on the board. */
export interface Placement {
  /** The longest chain of needs before it, or a column or more further right where its lane was full there. */
  readonly column: number;
  /** Index of its lane. */
  readonly lane: number;
  /** Which of the steps in the same lane and column, from the top. */
  readonly slot: number;
}

/** A run laid out as lanes and columns. */
export interface BoardLayout {
  readonly columns: number;
  /** How many slots each lane is high, at least 1. */
  readonly slots: readonly number[];
  readonly places: ReadonlyMap<string, Placement>;
  /** From a step to one that needs it. */
  readonly edges: readonly (readonly [string, string])[];
}

/**
 * Columns by depth of dependency, so that every step stands to the right of all it needs. Needs that name no step of the run, or that go round in a
 * circle, are left out.
 */
export function layOut(run: Pick<RunView, 'lanes' | 'steps'>): BoardLayout {
  const byId = new Map(run.steps.map((step) => [step.id, step]));
  const depths = new Map<string, number>();
  const onPath = new Set<string>();

  function depth(step: StepView): number {
    const known = depths.get(step.id);
    if (known !== undefined) return known;
    onPath.add(step.id);
    let deepest = 0;
    for (const need of step.needs) {
      const before = byId.get(need);
      if (before && !onPath.has(need)) deepest = Math.max(deepest, depth(before) + 1);
    }
    onPath.delete(step.id);
    depths.set(step.id, deepest);
    return deepest;
  }

  const columns = Math.max(0, ...run.steps.map((step) => depth(step) + 1));
  const ends = new Map<string, number>();
  for (const other of run.steps) {
    for (const need of other.needs) ends.set(need, Math.min(ends.get(need) ?? columns, depth(other) - 1));
  }
  const latest = (step: StepView): number => Math.min(columns - 1, ends.get(step.id) ?? columns);
  const slots = run.lanes.map(() => 1);
  const places = new Map<string, Placement>();
  run.lanes.forEach((lane, row) => {
    const mine = run.steps.filter((step) => step.lane === lane.id);
    const wanted = new Map<number, StepView[]>();
    for (const step of mine) wanted.set(depth(step), [...(wanted.get(depth(step)) ?? []), step]);
    const taken = new Set<number>(wanted.keys());
    for (const [column, steps] of wanted) {
      // The step with the least room keeps the column; the others may slide right, as far as what needs them allows.
      const [first, ...rest] = steps.sort((a, b) => latest(a) - latest(b));
      if (first) places.set(first.id, { column, lane: row, slot: 0 });
      let stacked = 0;
      for (const step of rest) {
        let free = column + 1;
        while (taken.has(free)) free += 1;
        if (free <= latest(step)) {
          taken.add(free);
          places.set(step.id, { column: free, lane: row, slot: 0 });
        } else {
          stacked += 1;
          places.set(step.id, { column, lane: row, slot: stacked });
          slots[row] = Math.max(slots[row] ?? 1, stacked + 1);
        }
      }
    }
  });
  const edges = run.steps.flatMap((step) =>
    step.needs
      .filter((need) => (depths.get(need) ?? Number.POSITIVE_INFINITY) < (depths.get(step.id) ?? 0))
      .map((need) => [need, step.id] as const),
  );
  return { columns, slots, places, edges };
}

/** The step an arrow key leads to: the nearest one in that direction; the same step where there is none. */
export function neighbour(layout: BoardLayout, from: string, direction: 'left' | 'right' | 'up' | 'down'): string {
  const here = layout.places.get(from);
  if (!here) return layout.places.keys().next().value ?? from;
  const rowOf = (place: Placement) => layout.slots.slice(0, place.lane).reduce((sum, n) => sum + n, 0) + place.slot;
  const row = rowOf(here);
  let best: { id: string; cost: number } | null = null;
  for (const [id, place] of layout.places) {
    const dx = place.column - here.column;
    const dy = rowOf(place) - row;
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (ahead <= 0) continue;
    const cost = ahead + aside * 2.5;
    if (best === null || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? from;
}
