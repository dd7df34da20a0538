import { z } from 'zod';
import { defineContract } from '../define.ts';
import { MOST_LISTED, paged } from '../schema/paging.ts';

/** A unit, as the directory has it. */
export const UnitEntry = z.object({ id: z.string(), callSign: z.string(), department: z.string(), kind: z.string() });
export type UnitEntry = z.infer<typeof UnitEntry>;

export const units = defineContract({
  name: 'units',
  queries: {
    /** Every unit, in the order of the `units` stream's indices. */
    'units.directory': { right: 'situation.see', params: z.object(paged(MOST_LISTED)), row: UnitEntry, key: 'id' },
  },
  streams: {
    /** Takes no parameters: each payload is the newest position of all units (contract/units.ts). */
    units: { right: 'situation.see' },
  },
});
