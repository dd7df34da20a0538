import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, Id, None } from '../schema/basics.ts';

export const drills = defineContract({
  name: 'drills',
  methods: {
    'drill.start': { right: 'drill.run', params: None, result: Done },
    /** Makes a camera of the simulated city vanish or come back. */
    'cameras.setGone': { right: 'drill.run', params: z.object({ camera: Id, gone: z.boolean() }), result: Done },
  },
});
