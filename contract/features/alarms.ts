import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Level, Place, Reason, Text, WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

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
  value: z.number(),
  unit: z.string(),
  place: Place,
  raisedAt: WallTime,
  acknowledged: Decision.nullable(),
  clearedAt: WallTime.nullable(),
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
  /** Kind of sensor. */
  kind: z.string(),
  /** Whether high or low values are the bad ones. */
  direction: z.enum(['high', 'low']),
  /** `raise`, `clear` in the sensor's unit; `for`: seconds. */
  levels: z.array(z.object({ level: Level, raise: z.number(), clear: z.number(), for: z.number() })),
  /** The file it is written in, `rules/flood.yaml`: the product's, or this hall's own. */
  file: z.string(),
  own: z.boolean(),
});
export type RuleView = z.infer<typeof RuleView>;

/** An alarm as somebody saw it. */
const SeenAlarm = z.object({ alarm: Id, occurrence: z.number().int(), level: Level });

/** At most this many alarms are acknowledged by one call. */
export const MOST_ACKNOWLEDGED = 500;

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
    'alarms.unshelve': { right: 'alarms.shelve', params: z.object({ alarm: Id }), result: Done },
  },
  queries: {
    /** The rules of this hall, in the order of their files; one of them by `rule`. Another station's may be others. */
    'alarms.rules': {
      right: 'situation.see',
      params: z.object({ rule: Id.optional(), ...paged(100) }),
      row: RuleView,
      key: 'rule',
    },
  },
  topics: { alarms: { words: { zh: '告警', en: 'alarms' }, right: 'situation.see', item: AlarmView, folded: true } },
});
