import { z } from 'zod';
import { distanceM, type LonLat } from '../places/geo.ts';
import { told } from '../told.ts';

/** Ids of rules as rules name them. */
export const RuleId = z
  .string()
  .max(100)
  .regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens');

/** Other rules whose conditions a rule counts, each by its id, or several of which one is enough. */
export const Conditions = z
  .array(z.union([RuleId, z.strictObject({ any: z.array(RuleId).min(2).max(20) })]))
  .min(2)
  .max(20);
export type Conditions = z.infer<typeof Conditions>;

/** How near one another, in time and on the map, conditions hold that are counted together. */
export const Within = z.strictObject({
  minutes: z
    .number()
    .min(0)
    .max(1440)
    .default(0)
    .meta(
      told('条件结束后多少分钟内仍算', 'A condition counts for so many minutes after it ended; 0: while it holds.'),
    ),
  metres: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(0)
    .meta(
      told(
        '距第一个条件的传感器或力量多少米以内；0 为同一个',
        'Metres from the sensor or unit of the first condition; 0: the same one.',
      ),
    ),
});
export type Within = z.infer<typeof Within>;

/** The rules that stand for each of the conditions. */
export function rulesOf(conditions: Conditions): readonly (readonly string[])[] {
  return conditions.map((each) => (typeof each === 'string' ? [each] : each.any));
}

/** What a rule counts; null for one that watches something itself. */
export function togetherOf(rule: {
  readonly conditions?: Conditions | undefined;
  readonly within?: Within | undefined;
}): { conditions: Conditions; within: Within } | null {
  const { conditions, within = { minutes: 0, metres: 0 } } = rule;
  return conditions ? { conditions, within } : null;
}

/** In what the alarms of a rule that counts conditions are told: 2 / 3. */
export const unitOfCount = (conditions: Conditions): string => `/ ${conditions.length}`;

/** A sensor or unit, where it is. */
export interface PlacedSource extends LonLat {
  readonly id: string;
}

/** How many conditions hold at a source of the first one. */
export interface Count {
  readonly source: string;
  readonly value: number;
  /** When it may get less without anybody saying something, ms; null while it stays. */
  readonly next: number | null;
}

/** Counts the conditions of one rule that hold near each source of its first one, which counts there alone (A18). */
export interface Together {
  /** Something of a rule began or ended at a source. Answers the sources of the first condition whose count may be another for it. */
  changed(rule: string, source: PlacedSource, holds: boolean, t: number): readonly Count[];
  /** A source is somewhere else. Answers the counts that may be others for it. */
  moved(source: PlacedSource, t: number): readonly Count[];
  countAt(source: string, t: number): Count;
}

/**
 * Costs as much as there are sources of the first condition when something begins or ends, and nothing as long as that stays.
 *
 * @param anchors sources of the first condition
 */
export function createTogether(
  { conditions, within }: { conditions: Conditions; within: Within },
  anchors: Iterable<PlacedSource>,
): Together {
  const groups = rulesOf(conditions);
  const lasts = within.minutes * 60_000;
  const places = new Map([...anchors].map((anchor) => [anchor.id, anchor]));
  /** By rule and source: what holds, or ended not long ago, and when. */
  const held = new Map<string, Map<string, { at: PlacedSource; ended: number | null }>>(
    groups.flat().map((rule) => [rule, new Map()]),
  );

  const isNear = (a: PlacedSource, b: PlacedSource): boolean =>
    a.id === b.id || (within.metres > 0 && distanceM(a, b) <= within.metres);

  const countAt = (source: string, t: number): Count => {
    const anchor = places.get(source);
    let value = 0;
    let next: number | null = null;
    for (const [i, rules] of anchor ? groups.entries() : []) {
      /** When the group holds no more; Infinity while one of it does. */
      let over = Number.NEGATIVE_INFINITY;
      for (const rule of rules)
        for (const { at, ended } of held.get(rule)?.values() ?? [])
          if (i === 0 ? at.id === source : isNear(anchor as PlacedSource, at))
            over = Math.max(over, ended === null ? Infinity : ended + lasts);
      if (over <= t) continue;
      value++;
      if (over !== Infinity) next = Math.min(next ?? Infinity, over);
    }
    return { source, value, next };
  };

  return {
    changed(rule, source, holds, t) {
      const sources = held.get(rule);
      if (!sources) return [];
      for (const [id, { ended }] of sources) if (ended !== null && ended + lasts <= t) sources.delete(id);
      if (holds) sources.set(source.id, { at: source, ended: null });
      else if (sources.has(source.id)) sources.set(source.id, { at: source, ended: t });
      return [...places.values()].filter((anchor) => isNear(anchor, source)).map(({ id }) => countAt(id, t));
    },
    moved(source, t) {
      const concerned = new Set<string>();
      for (const sources of held.values()) {
        const here = sources.get(source.id);
        if (here?.ended !== null) continue;
        sources.set(source.id, { at: source, ended: null });
        for (const anchor of places.values())
          if (isNear(anchor, here.at) || isNear(anchor, source)) concerned.add(anchor.id);
      }
      if (places.has(source.id)) {
        places.set(source.id, source);
        if ([...held.values()].some((sources) => sources.size > 0)) concerned.add(source.id);
      }
      return [...concerned].map((id) => countAt(id, t));
    },
    countAt,
  };
}
