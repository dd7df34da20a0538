import type { PlanStep, PlanTemplate } from './template.ts';

/** The steps of a plan by number, so that what hangs on what is looked up and not searched for. */
export interface PlanGraph {
  readonly steps: readonly PlanStep[];
  /** Number of a step by its id. */
  readonly index: ReadonlyMap<string, number>;
  /** By number: what must be settled before it. Needs that name no step of the plan are left out: they hold up nobody. */
  readonly needs: readonly (readonly number[])[];
  /** By number: the decision its condition names; `unknown` where the plan has none such, null without a condition. */
  readonly decision: readonly (number | 'unknown' | null)[];
  /** Every number, each after all it needs and hangs on. Steps that wait for themselves in a circle are missing. */
  readonly order: readonly number[];
}

/** The part of a plan that its graph is made of. */
export type GraphSource = { steps: readonly Pick<PlanStep, 'id' | 'needs' | 'when'>[] };

function orderOf(before: readonly (readonly number[])[]): number[] {
  const after: number[][] = before.map(() => []);
  const missing = before.map((numbers) => numbers.length);
  before.forEach((numbers, i) => {
    for (const earlier of numbers) after[earlier]?.push(i);
  });
  const order = missing.flatMap((count, i) => (count === 0 ? [i] : []));
  for (let next = 0; next < order.length; next++) {
    for (const later of after[order[next] as number] ?? []) {
      missing[later] = (missing[later] as number) - 1;
      if (missing[later] === 0) order.push(later);
    }
  }
  return order;
}

/** Linear in steps and needs, without recursion: chains are as deep as plans are long. */
export function compileGraph(plan: GraphSource): PlanGraph {
  const steps = plan.steps as readonly PlanStep[];
  const index = new Map<string, number>();
  steps.forEach((step, i) => {
    if (!index.has(step.id)) index.set(step.id, i);
  });
  const needs = steps.map((step) => step.needs.flatMap((need) => index.get(need) ?? []));
  const decision = steps.map(({ when }) => (when ? (index.get(when.step) ?? ('unknown' as const)) : null));
  const before = needs.map((numbers, i) => {
    const on = decision[i];
    return typeof on === 'number' ? [...numbers, on] : numbers;
  });
  return { steps, index, needs, decision, order: orderOf(before) };
}

/** By the plan itself, which never changes: it goes when the plan goes. */
const graphs = new WeakMap<PlanTemplate, PlanGraph>();

/** The plan's graph, made once for each plan object. */
export function graphOf(plan: PlanTemplate): PlanGraph {
  const known = graphs.get(plan);
  if (known) return known;
  const graph = compileGraph(plan);
  graphs.set(plan, graph);
  return graph;
}
