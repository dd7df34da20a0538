import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, None, Text } from '../schema/basics.ts';

/** What a hall's folder has, part by part. */
export const SETUP_PARTS = [
  'departments',
  'places',
  'facilities',
  'sensors',
  'units',
  'cameras',
  'kinds',
  'feeds',
  'rules',
  'plans',
] as const;
export type SetupPart = (typeof SETUP_PARTS)[number];

/** So many ids of what is another are named. */
export const MOST_EXAMPLES = 5;

const Changed = z.object({ count: z.number().int(), examples: z.array(z.string()).max(MOST_EXAMPLES) });

/** How the files of a hall's folder stand beside what the hall works with. */
export const SetupView = z.object({
  /** Where the folder is, on the PC that the hall runs on. */
  folder: z.string(),
  /** Whether the folder has a `hall.yaml`. */
  own: z.boolean(),
  name: Text.nullable(),
  /** Of each part: how many the hall works with, and what a reload would add, change and take away. */
  parts: z.array(
    z.object({
      part: z.enum(SETUP_PARTS),
      count: z.number().int(),
      added: Changed,
      changed: Changed,
      gone: Changed,
    }),
  ),
  /** Whether the hall has a map of its own, whether the files have, and whether that is another. */
  map: z.object({ now: z.boolean(), files: z.boolean(), another: z.boolean() }),
  /** What is to be said of the files as they are now. */
  notices: z
    .array(z.object({ severity: z.enum(['info', 'warning', 'error']), text: Text, remedy: Text.nullable() }))
    .max(200),
  /** Whether something of it is another than what the hall works with. */
  differs: z.boolean(),
  /** Whether this hall can read its files again by itself. */
  reloads: z.boolean(),
});
export type SetupView = z.infer<typeof SetupView>;

export const setup = defineContract({
  name: 'setup',
  methods: {
    /** Reads the files of the hall's folder, and says what a reload would come to. */
    'setup.look': { right: 'hall.set-up', params: None, result: SetupView, long: true },
    /** Reads the files again: the hall closes and opens anew, within seconds, and every window connects again by itself. */
    'setup.reload': { right: 'hall.set-up', params: None, result: Done },
  },
});
