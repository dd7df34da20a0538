import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, Id } from '../schema/basics.ts';

export const conflicts = defineContract({
  name: 'conflicts',
  methods: {
    /** A person has seen the conflict; it leaves the screen and stays in the ledger. */
    'conflicts.seen': {
      right: 'conflicts.mark',
      params: z.object({ subject: Id, conflict: z.string().max(500) }),
      result: Done,
    },
  },
});
