import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, None } from '../schema/basics.ts';

export const ledger = defineContract({
  name: 'ledger',
  methods: {
    /** A person has read that the ledger was recovered from a damaged file. */
    'ledger.acknowledgeRecovery': { right: 'station.operate', params: None, result: Done },
    'ledger.digest': {
      right: 'ledger.verify',
      params: None,
      result: z.object({ digest: z.string(), events: z.number().int() }),
      long: true,
    },
  },
});
