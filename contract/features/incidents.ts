import { z } from 'zod';
import { plainName, plainText } from '../../core/plainText.ts';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Level, Place, Point, Reason, Text, WallTime } from '../schema/basics.ts';
import { Box } from '../schema/box.ts';
import { paged } from '../schema/paging.ts';

export const IncidentNote = z.object({ text: z.string(), by: Decision });
export type IncidentNote = z.infer<typeof IncidentNote>;

/** What a person who calls is asked for; empty where it was not said. */
export const Caller = z.object({
  name: plainName.trim().max(100),
  phone: plainText.trim().max(40),
});

export const IncidentView = z.object({
  id: z.string(),
  /** Kind of incident: `urban-flooding`, `fire`, … */
  type: z.string(),
  title: Text,
  place: Place,
  level: Level,
  levelBy: Decision,
  /** The reason given for the level; null for the one it was opened with. */
  levelWhy: z.string().nullable(),
  /** `merged`: it went into another and is looked after there. */
  state: z.enum(['open', 'closed', 'merged']),
  /** The incident it went into, while it is merged. */
  into: z.string().nullable(),
  /** The alarm it was opened for; null where somebody told of it. */
  alarm: z.string().nullable(),
  /** The closed incident that its alarm was before, when this one was opened; null for most. */
  after: z.string().nullable(),
  /** Alarms that joined it since, the newest that fit. Where one of them is now the alarm says. */
  joined: z.array(z.string()),
  /** What was told when it was opened, and by whom. */
  words: z.string(),
  caller: z.object({ name: z.string(), phone: z.string() }),
  /** The seat that has it in hand. */
  owner: z.string(),
  /** How many things were decided about it: more than somebody has seen means that there is something new. */
  changes: z.number().int().nonnegative(),
  openedAt: WallTime,
  closedAt: WallTime.nullable(),
  /** The newest notes that fit, oldest first; `incidents.notes` has those before them. */
  notes: z.array(IncidentNote),
  /** How many notes are older than those. */
  earlierNotes: z.number().int().nonnegative(),
  conflicts: z.array(Conflict),
});
export type IncidentView = z.infer<typeof IncidentView>;

/** An incident as a line of a list or a point of a map. */
export const IncidentRow = IncidentView.pick({
  id: true,
  type: true,
  title: true,
  place: true,
  level: true,
  state: true,
  into: true,
  owner: true,
  changes: true,
  alarm: true,
  openedAt: true,
  closedAt: true,
}).extend({
  /** How many it has. */
  notes: z.number().int().nonnegative(),
  /** How many conflicts of it nobody has seen. */
  unseen: z.number().int().nonnegative(),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

/** Incidents that a list may name, and rows of a page of it. */
export const MOST_INCIDENTS = 500;

/** Something told to the seats from outside, which waits for an answer. */
export const CallView = z.object({
  id: z.string(),
  text: Text,
  /** Seats it is meant for. */
  to: z.array(z.string()),
  /** What is known beside the words; null where nothing is. */
  kind: z.string().nullable(),
  caller: z.object({ name: z.string(), phone: z.string() }).nullable(),
  place: Place.nullable(),
  /** The system that it is of, and its number there; `at` is when it was made, by that system. Null where somebody told the hall itself. */
  source: z.object({ feed: z.string(), name: Text, id: z.string(), at: WallTime.nullable() }).nullable(),
  cameAt: WallTime,
  conflicts: z.array(Conflict),
});
export type CallView = z.infer<typeof CallView>;

export const incidents = defineContract({
  name: 'incidents',
  methods: {
    /** Makes an alarm an incident, or answers the one it already is in; a closed one is followed by another while the alarm is up (A8). */
    'incidents.open': {
      right: 'incidents.open',
      params: z.object({ alarm: Id }),
      result: z.object({ incident: z.string() }),
    },
    /** Opens an incident that no alarm told of: somebody called, or saw it. */
    'incidents.openByHand': {
      right: 'incidents.open',
      params: z.object({
        type: z.string().min(1).max(60),
        title: z.object({ zh: plainText.trim().min(1).max(200), en: plainText.trim().min(1).max(200) }),
        place: Point.extend({ name: z.object({ zh: plainName.trim().max(200), en: plainName.trim().max(200) }) }),
        level: Level,
        words: plainText.trim().max(2000),
        caller: Caller,
        /** The call that is answered with it. */
        call: Id.optional(),
      }),
      result: z.object({ incident: z.string() }),
    },
    /** A call is noted: nothing else comes of it. The first answer stands. */
    'calls.note': { right: 'incidents.open', params: z.object({ call: Id }), result: Done },
    /** The caller's seat has it in hand from now on. */
    'incidents.take': { right: 'incidents.open', params: z.object({ incident: Id }), result: Done },
    /** The alarm belongs to this incident, wherever it was counted before, and is acknowledged (A14). */
    'incidents.join': { right: 'incidents.open', params: z.object({ incident: Id, alarm: Id }), result: Done },
    /** Two incidents are one: the one opened later goes into the other, which is answered and has the worse level of both (I9). */
    'incidents.merge': {
      right: 'incidents.open',
      params: z.object({ incident: Id, other: Id }),
      result: z.object({ incident: z.string() }),
    },
    /** Takes a merged incident out of the one it went into (I9). */
    'incidents.split': { right: 'incidents.open', params: z.object({ incident: Id }), result: Done },
    /** Makes an alarm that is in an incident an incident of its own. */
    'incidents.splitAlarm': {
      right: 'incidents.open',
      params: z.object({ alarm: Id }),
      result: z.object({ incident: z.string() }),
    },
    /** Opens a closed incident again (I4). */
    'incidents.reopen': { right: 'incidents.close', params: z.object({ incident: Id, reason: Reason }), result: Done },
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
  topics: {
    /** Calls that wait for an answer, and those with a conflict nobody has seen. Key: call id. */
    calls: { right: 'situation.see', words: { zh: '来电', en: 'calls' }, item: CallView, folded: true },
  },
  queries: {
    /**
     * Incidents, open and closed: the newest first, or with `order: level` the worst first and of those the newest. With `text`, those whose
     * title, place or type say it: Chinese of any length, whole words and beginnings of words.
     */
    'incidents.list': {
      right: 'situation.see',
      params: z.object({
        state: IncidentView.shape.state.optional(),
        level: Level.optional(),
        type: z.string().min(1).max(250).optional(),
        /** Those that have a conflict nobody has seen; those that have none. */
        unseen: z.boolean().optional(),
        ids: z.array(Id).max(MOST_INCIDENTS).optional(),
        bounds: Box.optional(),
        text: plainText.trim().min(1).max(100).optional(),
        order: z.enum(['newest', 'level']).default('newest'),
        ...paged(MOST_INCIDENTS),
      }),
      row: IncidentRow,
      key: 'id',
    },
    /** What calls said, who called and what became of each, also of those answered long ago. */
    'calls.told': {
      right: 'situation.see',
      params: z.object({ calls: z.array(Id).min(1).max(50) }),
      row: CallView.pick({ id: true, text: true, caller: true }).extend({
        /** The incident it became; null while it waits, and where it was noted. */
        incident: IncidentView.pick({ id: true, title: true, place: true }).nullable(),
      }),
      key: 'id',
    },
    /** One incident in full, open or closed; no row while nothing is known of it. It shows a decision before whoever decided is answered. */
    'incidents.one': { right: 'situation.see', params: z.object({ id: Id }), row: IncidentView, key: 'id' },
  },
});
