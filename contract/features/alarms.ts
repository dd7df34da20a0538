import { z } from 'zod';
import { Measure } from '../../core/alarms/measure.ts';
import { plainText } from '../../core/plainText.ts';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Level, Place, Reason, Text, WallTime } from '../schema/basics.ts';
import { Box } from '../schema/box.ts';
import { From, Next, paged } from '../schema/paging.ts';

/** ISA-18.2 states of an alarm, as an operator sees them. */
export const AlarmState = z.enum(['normal', 'unacknowledged', 'acknowledged', 'returned', 'shelved']);
export type AlarmState = z.infer<typeof AlarmState>;

export const AlarmView = z.object({
  id: z.string(),
  rule: z.string(),
  title: Text,
  level: Level,
  state: AlarmState,
  /** How many times this alarm has gone from normal to raised. */
  occurrence: z.number().int(),
  source: z.object({ kind: z.string(), id: z.string() }),
  /** At which it was raised, or last got worse. */
  value: z.number(),
  unit: z.string(),
  place: Place,
  raisedAt: WallTime,
  /** When its level last got worse while it was up; null where it has not since it was raised. */
  worsenedAt: WallTime.nullable(),
  acknowledged: Decision.nullable(),
  clearedAt: WallTime.nullable(),
  /** At which it was cleared. */
  clearedValue: z.number().nullable(),
  shelvedUntil: WallTime.nullable(),
  incident: z.string().nullable(),
  conflicts: z.array(Conflict),
  /** True while the disk refuses it: it is in this hall's memory only. */
  unrecorded: z.boolean().optional(),
});
export type AlarmView = z.infer<typeof AlarmView>;

/** An alarm rule, as whoever answers an alarm has to know it. */
export const RuleView = z.object({
  rule: z.string(),
  name: Text,
  /** Kind of sensor, or of unit; empty for a rule that counts conditions of others. */
  kind: z.string(),
  /** Whether high or low values are the bad ones. */
  direction: z.enum(['high', 'low']),
  /** What of the sensor is looked at; `inside`: how many metres inside the edge of an area a unit is; `together`: how many conditions hold. */
  measure: z.union([Measure.unwrap(), z.enum(['inside', 'together'])]),
  /** `raise`, `clear` in the sensor's unit, of silence in minutes, of an area in metres, of conditions how many; `for`: seconds. */
  levels: z.array(z.object({ level: Level, raise: z.number(), clear: z.number(), for: z.number() })),
  /** Of a rule of what is usual: of how many of its sensors enough days are known at this hour, and the most days; null for any other. */
  knows: z.object({ of: z.number().int(), sensors: z.number().int(), days: z.number().int() }).nullable(),
  /** The file it is written in, `rules/flood.yaml`: the product's, or this hall's own. */
  file: z.string(),
  own: z.boolean(),
});
export type RuleView = z.infer<typeof RuleView>;

/** An alarm that came, as a line of a list. What of it may change with each occurrence is that of the last. */
const CameRow = AlarmView.pick({
  id: true,
  rule: true,
  title: true,
  level: true,
  state: true,
  place: true,
  raisedAt: true,
  clearedAt: true,
  incident: true,
});

export const PastAlarmRow = CameRow.extend({
  /** When it was last raised, or got worse, within the time that was asked for. */
  at: WallTime,
  /** How often within that time; ever, where none was asked for. */
  times: z.number().int().positive(),
});
export type PastAlarmRow = z.infer<typeof PastAlarmRow>;

/** An alarm that came often or stays long, with the figures that say so. */
export const NuisanceRow = CameRow.extend({
  /** How often it was raised, or got worse, since the time that was asked for. */
  times: z.number().int().nonnegative(),
  /** How often it cleared since then, in the hour in which it did so most. */
  hourly: z.number().int().nonnegative(),
});
export type NuisanceRow = z.infer<typeof NuisanceRow>;

/** What makes an alarm a nuisance (ISA-18.2 §16.5): it comes often, it comes and goes within an hour, it stays. */
export const NUISANCES = ['frequent', 'chattering', 'standing'] as const;
export type Nuisance = (typeof NUISANCES)[number];

/** Something that changed an alarm. */
export const AlarmMoment = z.object({
  /** Of its event in the ledger. */
  id: z.string(),
  at: WallTime,
  station: z.string(),
  actor: z.string(),
  what: z.enum(['raised', 'worsened', 'acknowledged', 'cleared', 'shelved', 'unshelved', 'incident']),
  occurrence: z.number().int(),
  /** What it had then. */
  level: Level,
  value: z.number(),
  unit: z.string(),
  /** For how long it was shelved, and why; null in every other moment. */
  shelved: z.object({ minutes: z.number(), reason: z.string() }).nullable(),
  /** The incident it came to be in; null in every other moment. */
  incident: z.string().nullable(),
});
export type AlarmMoment = z.infer<typeof AlarmMoment>;

/** An alarm as somebody saw it. */
const SeenAlarm = z.object({ alarm: Id, occurrence: z.number().int(), level: Level });

/** At most this many alarms are acknowledged by one call. */
export const MOST_ACKNOWLEDGED = 500;

/** Rows of a page of past alarms. */
const MOST_PAST = 500;

export const alarms = defineContract({
  name: 'alarms',
  methods: {
    'alarms.acknowledge': { right: 'alarms.acknowledge', params: z.object({ alarm: Id }), result: Done },
    /** Each alarm is an event of its own. One that has come back or got worse since it was seen is left as it is, and not counted. */
    'alarms.acknowledgeAll': {
      right: 'alarms.acknowledge',
      params: z.object({ alarms: z.array(SeenAlarm).min(1).max(MOST_ACKNOWLEDGED) }),
      result: z.object({ acknowledged: z.number().int() }),
    },
    'alarms.shelve': {
      right: 'alarms.shelve',
      params: z.object({ alarm: Id, minutes: z.number().int().min(1).max(1440), reason: Reason }),
      result: Done,
    },
    /** Ends an alarm that no rule of this hall looks at any more (A16). */
    'alarms.withdraw': { right: 'alarms.shelve', params: z.object({ alarm: Id, reason: Reason }), result: Done },
    'alarms.unshelve': { right: 'alarms.shelve', params: z.object({ alarm: Id }), result: Done },
    /** What became of an alarm in all its occurrences, the newest first, from the `from`th moment on, as many as fit an answer. */
    'alarms.timeline': {
      right: 'situation.see',
      params: From.extend({ alarm: Id }),
      result: z.object({ moments: z.array(AlarmMoment), next: Next }),
      long: true,
    },
  },
  queries: {
    /** The rules of this hall, in the order of their files; one of them by `rule`. Another station's may be others. */
    'alarms.rules': {
      right: 'situation.see',
      params: z.object({ rule: Id.optional(), ...paged(100) }),
      row: RuleView,
      key: 'rule',
    },
    /** One alarm that was ever raised, over or not; no row while nothing is known of it. */
    'alarms.one': { right: 'situation.see', params: z.object({ id: Id }), row: AlarmView, key: 'id' },
    /**
     * Every alarm that was ever raised, that which came last first; with `from` and `until` those that were raised or got worse in that time. With `text`,
     * those whose title, place or source says it: Chinese of any length, whole words and beginnings of words, or initials in Pinyin.
     */
    'alarms.history': {
      right: 'situation.see',
      params: z.object({
        /** From this time on, and before this. */
        from: WallTime.optional(),
        until: WallTime.optional(),
        level: Level.optional(),
        rule: Id.optional(),
        bounds: Box.optional(),
        text: plainText.trim().min(1).max(100).optional(),
        ...paged(MOST_PAST),
      }),
      row: PastAlarmRow,
      key: 'id',
    },
    /** Alarms that are a nuisance, the worst first. */
    'alarms.nuisances': {
      right: 'situation.see',
      params: z.object({
        by: z.enum(NUISANCES),
        /** Counted from this time on. */
        from: WallTime,
        /** Those that are up since before this time are standing. */
        standing: WallTime,
        limit: z.number().int().min(1).max(100).default(100),
      }),
      row: NuisanceRow,
      key: 'id',
    },
  },
  topics: { alarms: { words: { zh: '告警', en: 'alarms' }, right: 'situation.see', item: AlarmView, folded: true } },
});
