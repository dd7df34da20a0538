import type { LonLat } from '../../../../core/places/geo.ts';
import type { Mark } from '../../../map/ink/mark.ts';
import { LEVELS } from '../../../map/overlays/symbols.ts';

/** A mark that has something new: an alarm, or several as one. */
export interface NewMark {
  readonly key: string;
  readonly at: LonLat;
  /** The worst of them. */
  readonly level: number;
  /** How many there are. */
  readonly alarms: number;
}

/** The marks that have an alarm nobody has acknowledged, the worst and the fullest first. */
export function newMarks(drawn: readonly Mark[]): NewMark[] {
  const marks: NewMark[] = [];
  for (const { at, hit } of drawn) {
    const { cluster_id: cluster, id, fresh, slot, worst, level, point_count: count } = hit?.properties ?? {};
    // Around a place there is no room for rings.
    if (!(Number(fresh) > 0) || Number(slot) > 0) continue;
    marks.push({
      key: cluster === undefined ? `alarm/${id}` : `many/${cluster}`,
      at,
      level: Number(worst ?? level ?? LEVELS.length),
      alarms: Number(count ?? 1),
    });
  }
  return marks.sort((a, b) => a.level - b.level || b.alarms - a.alarms);
}
