import { z } from 'zod';
import { WarnedArea } from '../../core/warnings/message.ts';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Level, Point, Text, WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

/** A warning of another authority, as a line of a list. */
export const WarningRow = z.object({
  id: z.string(),
  /** What ended it; `holds` while nothing has. */
  state: z.enum(['holds', 'replaced', 'cancelled', 'expired']),
  /** What it warns of: `暴雨`, `Rainstorm`. */
  event: Text,
  level: Level,
  title: Text,
  /** Who warns. */
  from: Text,
  /** Districts, as the message names them. */
  area: Text,
  sent: WallTime,
  /** When what is warned of is to begin; null where it is not said. */
  onset: WallTime.nullable(),
  /** When it ends to hold; `assumed` where the message does not say it and the hall does. */
  until: WallTime,
  assumed: z.boolean(),
  /** When it ended; null while it holds. */
  endedAt: WallTime.nullable(),
  /** Whether it waits for a person to acknowledge it. */
  waits: z.boolean(),
  incident: z.string().nullable(),
  /** The middle of its outlines; null where it names districts alone. */
  at: Point.nullable(),
});
export type WarningRow = z.infer<typeof WarningRow>;

export const WarningView = WarningRow.extend({
  identifier: z.string(),
  sender: z.string(),
  /** In CAP's words: `Severe`, `Immediate`, `Observed`; empty where they are not said. */
  severity: z.string(),
  urgency: z.string(),
  certainty: z.string(),
  /** Empty in a language that the message has no words in. */
  text: Text,
  instruction: Text,
  codes: z.array(z.string()),
  acknowledged: Decision.nullable(),
  conflicts: z.array(Conflict),
});
export type WarningView = z.infer<typeof WarningView>;

/** Where a warning holds, as far as it can be drawn. */
export const WarningShape = WarnedArea.pick({ polygons: true, circles: true }).extend({
  id: z.string(),
  level: Level,
  title: Text,
  at: Point,
});
export type WarningShape = z.infer<typeof WarningShape>;

/** Warnings that a list may name, and rows of a page of it. */
export const MOST_WARNINGS = 200;

export const warnings = defineContract({
  name: 'warnings',
  methods: {
    'warnings.acknowledge': { right: 'warnings.acknowledge', params: z.object({ warning: Id }), result: Done },
    /** Makes a warning an incident, or answers the one that its chain is already. */
    'warnings.openIncident': {
      right: 'incidents.open',
      params: z.object({ warning: Id }),
      result: z.object({ incident: z.string() }),
    },
  },
  queries: {
    /** Those that hold, the worst first and of them the newest; those that have ended, the last to end first; or these, whatever became of them. */
    'warnings.list': {
      right: 'situation.see',
      params: z.object({
        state: z.enum(['holding', 'over']).default('holding'),
        ids: z.array(Id).min(1).max(MOST_WARNINGS).optional(),
        ...paged(MOST_WARNINGS),
      }),
      row: WarningRow,
      key: 'id',
    },
    /** One warning in full; no row while nothing is known of it. */
    'warnings.one': { right: 'situation.see', params: z.object({ id: Id }), row: WarningView, key: 'id' },
    /** Outlines of those that hold, of the worst first, as many as a map bears; and of `also`, whether it holds or not. */
    'warnings.shapes': {
      right: 'situation.see',
      params: z.object({ also: Id.optional() }),
      row: WarningShape,
      key: 'id',
    },
  },
});
