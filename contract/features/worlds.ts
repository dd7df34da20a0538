import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Done, Id, None, Text, WallTime } from '../schema/basics.ts';

/** The world of daily work: a window that names no other is in this one. */
export const LIVE = 'live';

/** What a world is called: `live`, or `drill:` and a short id. */
export const WorldId = z.string().regex(/^(?:live|drill:[\w-]{1,40})$/, 'live, or drill: and an id');

/** One world of the hall: with a ledger, a clock, views, telemetry and topics of its own. */
export const World = z.object({
  id: WorldId,
  kind: z.enum(['live', 'drill']),
  /** Of a drill, as its script has it. */
  name: Text.nullable(),
  /** When it began. */
  since: WallTime,
});
export type World = z.infer<typeof World>;

/** A world as every window sees it, whichever it is in. */
export const WorldView = World.extend({
  /** interrupted: the hall ended while it was open; its record is kept, and it does not go on. */
  state: z.enum(['opening', 'open', 'ending', 'interrupted']),
});
export type WorldView = z.infer<typeof WorldView>;

/** A drill script that can be played beside the live work. */
export const ScriptView = z.object({ script: Id, name: Text });
export type ScriptView = z.infer<typeof ScriptView>;

export const worlds = defineContract({
  name: 'worlds',
  methods: {
    /** Opens a drill beside the live work and answers once windows can join it. The drill itself begins when somebody in it says so. */
    'worlds.open': {
      right: 'drill.run',
      params: z.object({ script: Id }),
      result: z.object({ world: WorldId }),
    },
    /** Ends a drill: its windows go back to the live work, its record is kept. Answers before it is closed. */
    'worlds.end': { right: 'drill.run', params: z.object({ world: WorldId }), result: Done },
    /** Takes the word that a drill was interrupted off the screens. */
    'worlds.dismiss': { right: 'drill.run', params: z.object({ world: WorldId }), result: Done },
    'worlds.scripts': { right: 'drill.run', params: None, result: z.object({ scripts: z.array(ScriptView).max(200) }) },
  },
  topics: {
    /** The worlds of the hall, the same in each of them. Key: world. */
    worlds: { words: { zh: '实战与演练', en: 'live work and drills' }, right: 'hall.see', item: WorldView },
  },
});
