import { z } from 'zod';
import { defineContract } from '../define.ts';
import { From, Next } from '../schema/paging.ts';

export const units = defineContract({
  name: 'units',
  methods: {
    /** Every unit, in the order of the `units` stream's indices. */
    'units.directory': {
      right: 'situation.see',
      params: From,
      result: z.object({
        next: Next,
        units: z.array(z.object({ id: z.string(), callSign: z.string(), department: z.string(), kind: z.string() })),
      }),
      long: true,
    },
  },
  streams: {
    /** Takes no parameters: each payload is the newest position of all units (contract/units.ts). */
    units: { right: 'situation.see' },
  },
});
