import { z } from 'zod';
import { UNIT_STATUSES } from '../../core/units/unit.ts';
import { defineContract } from '../define.ts';
import { Id, Point } from '../schema/basics.ts';
import { MOST_LISTED, paged } from '../schema/paging.ts';
import { Every } from '../schema/seldom.ts';

/** A unit, as the directory has it. */
export const UnitEntry = z.object({ id: z.string(), callSign: z.string(), department: z.string(), kind: z.string() });
export type UnitEntry = z.infer<typeof UnitEntry>;

/** A unit's newest report. */
export const UnitFix = Point.extend({
  /** Wall ms by the source's clock. */
  t: z.number(),
  /** Degrees clockwise from north. */
  heading: z.number(),
  /** Metres a second. */
  speed: z.number(),
  status: z.enum(UNIT_STATUSES),
});

/** Which unit a `unit` stream is of. */
export const UnitParams = z.object({ unit: Id });

/** How a window follows all units. */
export const UnitsParams = z.object({ every: Every });

export const units = defineContract({
  name: 'units',
  queries: {
    /** Every unit, in the order of the `units` stream's indices. */
    'units.directory': { right: 'situation.see', params: z.object(paged(MOST_LISTED)), row: UnitEntry, key: 'id' },
    /** One unit as it is when it is asked for; `fix` is null before it was heard of. No row for one that the hall does not have. */
    'units.one': {
      right: 'situation.see',
      params: z.object({ id: Id }),
      row: UnitEntry.extend({ fix: UnitFix.nullable() }),
      key: 'id',
    },
  },
  streams: {
    /** Takes {@link UnitsParams}: the first payload has the newest position of all units, each further one of those that changed (contract/units.ts). */
    units: { right: 'situation.see' },
    /** Takes {@link UnitParams}: each payload is what the unit reported last and its trail (contract/unitReports.ts), as reports come. */
    unit: { right: 'situation.see' },
  },
});
