import type { AdminArea } from './admin.ts';
import type { Block } from './blocks.ts';
import type { Name } from './names.ts';
import type { Network } from './network.ts';
import type { Pt } from './plane.ts';
import type { Terrain } from './terrain.ts';
import type { Trunk } from './trunk.ts';
import type { Zones } from './zones.ts';

/** The drawn city that things are placed in. */
export interface CityPlan {
  readonly seed: number;
  readonly terrain: Terrain;
  readonly trunk: Trunk;
  readonly zones: Zones;
  readonly network: Network;
  readonly blocks: readonly Block[];
  /** Distinct road names. */
  readonly names: readonly Name[];
  /** Index into `names` of every segment of the network. */
  readonly nameOf: readonly number[];
  /** Segments that meet at every node. */
  readonly at: readonly (readonly number[])[];
  readonly communities: readonly AdminArea[];
  cellAt(p: Pt): string | undefined;
}

/** "人民路与中山路路口": the crossing at a node, or its one road. */
export function crossingName(plan: CityPlan, node: number): Name {
  const roads = [...new Set((plan.at[node] ?? []).map((s) => plan.nameOf[s] as number))].map(
    (i) => plan.names[i] as Name,
  );
  const [a, b] = roads;
  if (!a) return { zh: '未名路口', en: 'Unnamed junction' };
  return b ? { zh: `${a.zh}与${b.zh}路口`, en: `${a.en} & ${b.en}` } : a;
}

/** The community that lies nearest to a point, for naming things. */
export function communityNear(plan: CityPlan, p: Pt): AdminArea {
  let best = plan.communities[0] as AdminArea;
  for (const c of plan.communities) {
    if ((c.centre.x - p.x) ** 2 + (c.centre.y - p.y) ** 2 < (best.centre.x - p.x) ** 2 + (best.centre.y - p.y) ** 2)
      best = c;
  }
  return best;
}
