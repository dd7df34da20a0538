import { z } from 'zod';
import { plainText } from '../../core/plainText.ts';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Level, Place, Reason, Text, WallTime } from '../schema/basics.ts';

export const IncidentNote = z.object({ text: z.string(), by: Decision });
export type IncidentNote = z.infer<typeof IncidentNote>;

export const IncidentView = z.object({
  id: z.string(),
  /** Kind of incident: `urban-flooding`, `fire`, … */
  type: z.string(),
  title: Text,
  place: Place,
  level: Level,
  levelBy: Decision,
  state: z.enum(['open', 'closed']),
  alarm: z.string().nullable(),
  openedAt: WallTime,
  closedAt: WallTime.nullable(),
  /** The newest notes that fit, oldest first; `incidents.notes` has those before them. */
  notes: z.array(IncidentNote),
  /** How many notes are older than those. */
  earlierNotes: z.number().int().nonnegative(),
  conflicts: z.array(Conflict),
});
export type IncidentView = z.infer<typeof IncidentView>;

export const incidents = defineContract({
  name: 'incidents',
  methods: {
    /** Makes an alarm an incident, or answers the one it already is; a closed one is followed by another while the alarm is up (A8). */
    'incidents.open': {
      right: 'incidents.open',
      params: z.object({ alarm: Id }),
      result: z.object({ incident: z.string() }),
    },
    'incidents.setLevel': {
      right: 'incidents.level',
      params: z.object({ incident: Id, level: Level, reason: Reason }),
      result: Done,
    },
    'incidents.note': {
      right: 'incidents.note',
      params: z.object({ incident: Id, text: plainText.trim().min(1).max(2000) }),
      result: Done,
    },
    /** Notes before the `before`th, newest last, as many as fit an answer; `from` is the index of the first of them. */
    'incidents.notes': {
      right: 'situation.see',
      params: z.object({ incident: Id, before: z.number().int().nonnegative() }),
      result: z.object({ notes: z.array(IncidentNote), from: z.number().int().nonnegative() }),
      long: true,
    },
    'incidents.close': { right: 'incidents.close', params: z.object({ incident: Id, reason: Reason }), result: Done },
  },
  topics: { incidents: { right: 'situation.see', item: IncidentView, folded: true } },
});
