import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, Id, None } from '../schema/basics.ts';

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
  queries: {
    /** What stations of another version wrote about a subject and this one does not understand; no row where there is nothing of the kind. */
    'ledger.foreign': {
      right: 'situation.see',
      params: z.object({ subject: Id }),
      row: z.object({ subject: z.string(), count: z.number().int().positive(), types: z.array(z.string()).max(20) }),
      key: 'subject',
    },
  },
});
