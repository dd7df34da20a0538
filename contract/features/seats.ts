import { z } from 'zod';
import { DeclaredName } from '../../core/bodies.ts';
import { defineContract } from '../define.ts';
import { Done, Id, Level, None, Point, Reason, Text, WallTime } from '../schema/basics.ts';
import { MOST_LISTED, paged } from '../schema/paging.ts';

/** What is selected at a seat; the same in all its windows. */
export const Selection = z.object({
  /** Of thing, by the name under which features of the windows declare its detail. */
  kind: DeclaredName,
  id: z.string().max(200),
  at: Point.nullable(),
});
export type Selection = z.infer<typeof Selection>;

/** One raising of an alarm, as bad as it was when somebody heard it. */
export const Heard = z.object({ alarm: Id, occurrence: z.number().int(), level: Level });
export type Heard = z.infer<typeof Heard>;

/** At most this many alarms are silenced at a time; whatever is beyond goes on sounding. */
export const MOST_HEARD = 500;

/**
 * Alarms that a seat has silenced, in all its windows. What is not among them sounds: a new alarm, one that comes back, one
 * that gets worse.
 */
export const Mute = z.object({
  heard: z.array(Heard).max(MOST_HEARD),
  /** By the hall's clock. */
  until: WallTime,
  reason: z.string().max(500),
});
export type Mute = z.infer<typeof Mute>;

/** What one seat has selected, is watching and has silenced. */
export const SeatView = z.object({
  seat: z.string(),
  selection: Selection.nullable(),
  /** Cameras on the seat's video region, in tile order. */
  cameras: z.array(z.string()).max(64),
  mute: Mute.nullable(),
});
export type SeatView = z.infer<typeof SeatView>;

/** A department that acts with the others, and has a seat of its own, of its id. */
export const DepartmentRow = z.object({
  id: z.string(),
  name: Text,
  /** For lanes and tags. */
  short: Text,
  /** The number that people dial, or the duty room's; may be empty. */
  phone: z.string(),
});
export type DepartmentRow = z.infer<typeof DepartmentRow>;

export const seats = defineContract({
  name: 'seats',
  methods: {
    'seat.select': { right: 'seat.use', params: z.object({ selection: Selection.nullable() }), result: Done },
    'seat.watch': { right: 'seat.use', params: z.object({ cameras: z.array(Id).max(64) }), result: Done },
    /** Silences alarms that have been heard, for two minutes, in every window of the seat. */
    'seat.mute': {
      right: 'seat.use',
      params: z.object({ heard: z.array(Heard).min(1).max(MOST_HEARD), reason: Reason }),
      result: Done,
    },
    'seat.unmute': { right: 'seat.use', params: None, result: Done },
  },
  queries: {
    /** Every department of the hall; those that cities usually have where its folder names none. */
    'seats.departments': { right: 'hall.see', params: z.object(paged(MOST_LISTED)), row: DepartmentRow, key: 'id' },
  },
  topics: {
    /** Key: seat. */
    seats: { words: { zh: '席位', en: 'seats' }, right: 'hall.see', item: SeatView },
  },
});
