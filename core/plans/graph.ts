import type { PlanStep } from './planStep.ts';

/** The steps of a plan by number, so that what hangs on what is looked up and not searched for. */
export interface PlanGraph {
  readonly steps: readonly PlanStep[];
  /** Number of a step by its id. */
  readonly index: ReadonlyMap<string, number>;
  /** By number: what must be settled before it. Needs that name no step of the plan are left out: they hold up nobody. */
  readonly needs: readonly (readonly number[])[];
  /** By number: the decision its condition names; `unknown` where the plan has none such, null without a condition. */
  readonly decision: readonly (number | 'unknown' | null)[];
  /** By number: the steps that need it, as often as they say so. */
  readonly neededBy: readonly (readonly number[])[];
  /** By number: the steps whose condition names it. */
  readonly decides: readonly (readonly number[])[];
  /** Every number, each after all it needs and hangs on. Steps that wait for themselves in a circle are missing. */
  readonly order: readonly number[];
  /** By number: its place in `order`; -1 for what is missing there. */
  readonly rank: readonly number[];
}

/** The part of a plan that its graph is made of. */
export type GraphSource = { steps: readonly Pick<PlanStep, 'id' | 'needs' | 'when'>[] };

/** By number: who names it, as often as it is named. */
function namedBy(named: readonly (readonly number[])[]): number[][] {
  const by: number[][] = named.map(() => []);
  named.forEach((numbers, i) => {
    for (const number of numbers) by[number]?.push(i);
  });
  return by;
}

type Links = Pick<PlanGraph, 'needs' | 'neededBy' | 'decision' | 'decides'>;

function orderOf({ needs, neededBy, decision, decides }: Links): number[] {
  const missing = needs.map((numbers, i) => numbers.length + (typeof decision[i] === 'number' ? 1 : 0));
  const order = missing.flatMap((count, i) => (count === 0 ? [i] : []));
  for (let next = 0; next < order.length; next++) {
    const at = order[next] as number;
    for (const later of [...(neededBy[at] ?? []), ...(decides[at] ?? [])]) {
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
  const decides = namedBy(decision.map((on) => (typeof on === 'number' ? [on] : [])));
  const links: Links = { needs, neededBy: namedBy(needs), decision, decides };
  const order = orderOf(links);
  const rank = steps.map(() => -1);
  order.forEach((at, i) => {
    rank[at] = i;
  });
  return { steps, index, ...links, order, rank };
}

/** By the plan itself, which never changes: it goes when the plan goes. */
const graphs = new WeakMap<GraphSource, PlanGraph>();

/** The plan's graph, made once for each plan object. */
export function graphOf(plan: GraphSource): PlanGraph {
  const known = graphs.get(plan);
  if (known) return known;
  const graph = compileGraph(plan);
  graphs.set(plan, graph);
  return graph;
}
