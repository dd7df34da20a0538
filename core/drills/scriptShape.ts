import { z } from 'zod';
import { LevelBody, PointBody } from '../bodies.ts';
import { CALL_SEATS, CallAbout } from '../calls/call.ts';
import { complaint } from '../complaint.ts';
import { WrittenText } from '../plainText.ts';
import type { Text } from '../words.ts';
import { AlarmRef, Condition, ONLY, Seconds } from './conditions.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'lower-case letters, digits and hyphens');
const Reason = z.string().min(1).max(500);
const Limit = z.array(Condition).min(1).max(20);

/** One or several sensors, by id or pattern (`RG-*`), and what they measure over drill time. */
const SensorCurve = z.strictObject({
  ids: z.array(z.string().min(1)).min(1).max(100),
  /** `[second, value]`, straight lines between. */
  curve: z
    .array(z.tuple([Seconds, z.number()]))
    .min(1)
    .max(200),
  /** Greatest deviation either way, in the sensor's unit. */
  noise: z.number().min(0).default(0),
});

/** Something put into the drill from outside: told to the seats, or a sensor that falls silent. */
const Inject = z.strictObject({
  at: Seconds,
  text: WrittenText,
  /** Seats that are told it; all that take calls when left out. */
  to: z.array(z.enum(CALL_SEATS)).min(1).optional(),
  /** What is known of the call beside its words. */
  known: CallAbout.strict().optional(),
  silence: z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(100), for: Seconds }).optional(),
});

const Seat = z.strictObject({
  station: z.string().min(1).max(40),
  seat: Name,
  /** Departments whose steps this seat carries out. */
  departments: z.array(Name).max(30).default([]),
});

const base = {
  /** For others' `after`. */
  id: Name.optional(),
  station: z.string().min(1).max(40),
  seat: Name,
  /** Not before this drill second. */
  at: Seconds.optional(),
  /** Not before another action, and so many seconds more. */
  after: z.strictObject({ action: Name, seconds: Seconds.default(0) }).optional(),
  /** All of these hold. */
  when: Limit.optional(),
};
/** Which incident: what the action that opened it calls it; none in a script that opens only one. */
const about = { about: Name.optional() };
const step = { ...base, ...about, step: Name };

/** What a seat does, once: as soon as `at`, `after` and `when` allow. */
export const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('acknowledge-alarm'), ...base, alarm: AlarmRef }),
  z.strictObject({ do: z.literal('open-incident'), ...base, ...about, alarm: AlarmRef }),
  /** Somebody called, or saw it. */
  z.strictObject({
    do: z.literal('open-by-hand'),
    ...{ ...base, ...about },
    type: Name,
    title: WrittenText,
    place: PointBody.extend({ name: WrittenText }).strict(),
    level: LevelBody,
    words: z.string().max(2000),
    caller: z.strictObject({ name: z.string().max(100), phone: z.string().max(40) }),
  }),
  z.strictObject({ do: z.literal('set-level'), ...base, ...about, level: LevelBody, reason: Reason }),
  z.strictObject({ do: z.literal('launch'), ...base, ...about, plan: Name }),
  z.strictObject({ do: z.literal('acknowledge-step'), ...step }),
  z.strictObject({ do: z.literal('start-step'), ...step }),
  z.strictObject({ do: z.literal('finish-step'), ...step, note: z.string().max(2000).optional() }),
  z.strictObject({ do: z.literal('skip-step'), ...step, reason: Reason }),
  z.strictObject({ do: z.literal('decide'), ...step, option: Name }),
  z.strictObject({ do: z.literal('see-conflicts'), ...base, ...about }),
  z.strictObject({ do: z.literal('all-clear'), ...base, ...about, reason: Reason }),
  z.strictObject({ do: z.literal('cut'), ...base }),
  z.strictObject({ do: z.literal('mend'), ...base }),
]);

export type Action = z.infer<typeof Action>;

const Pace = { acknowledge: Seconds, start: Seconds, finish: Seconds };

/** What must come of one incident and its run. */
const ExpectedIncident = z.strictObject({
  steps: z.strictObject({ total: z.number().int().min(1), done: z.number().int().min(0) }),
  departments: z.array(Name).min(1),
  /** Exactly these, in any order; `values` in any order. */
  conflicts: z
    .array(
      z.strictObject({
        of: z.enum(['incident', 'run']),
        field: z.string().min(1),
        values: z.array(z.string()).min(2),
        stands: z.string(),
      }),
    )
    .max(50),
});
export type ExpectedIncident = z.infer<typeof ExpectedIncident>;

const { shape: expected } = ExpectedIncident;
/** Written for the only incident, or under `incidents` for each; read as the latter. */
const Expect = z
  .strictObject({
    steps: expected.steps.optional(),
    departments: expected.departments.optional(),
    conflicts: expected.conflicts.optional(),
    incidents: z.record(Name, ExpectedIncident).optional(),
    /** Least seconds the stations were apart. */
    apart: Seconds,
    /** The drill fails when it takes longer. */
    within: Seconds,
  })
  .transform(({ steps, departments, conflicts, incidents, apart, within }, ctx) => {
    const complain = (said: Text, remedy: Text) => {
      ctx.addIssue({ code: 'custom', ...complaint(said, remedy) });
      return z.NEVER;
    };
    const times = { apart, within };
    if (incidents !== undefined) {
      if (steps ?? departments ?? conflicts)
        return complain(
          { zh: '同一预期写了两次', en: 'says it twice' },
          {
            zh: '请把 steps、departments 与 conflicts 移到 incidents 下',
            en: 'Move `steps`, `departments` and `conflicts` under `incidents`.',
          },
        );
      return { incidents, ...times };
    }
    if (!steps || !departments || !conflicts)
      return complain(
        { zh: '预期写得不全', en: 'does not say enough' },
        {
          zh: '请写 steps、departments 与 conflicts，或在 incidents 下为每个事件各写这三项',
          en: 'Write `steps`, `departments` and `conflicts`, or `incidents` with these for each.',
        },
      );
    return { incidents: { [ONLY]: { steps, departments, conflicts } }, ...times };
  });

/** The shape alone; what it speaks of is checked in script.ts. */
export const ScriptShape = z.strictObject({
  drill: Name,
  name: WrittenText,
  /** Everything left to chance in the drill follows from it. */
  seed: z.number().int().min(0).max(0xffff_ffff),
  sensors: z.array(SensorCurve).max(100),
  injects: z.array(Inject).max(200).default([]),
  seats: z.array(Seat).min(1).max(60),
  /** How departments carry out steps that no action speaks of: seconds from ready. Decisions are never made by rule. */
  auto: z.strictObject(Pace),
  /** Steps with a pace of their own, waiting for more, or left to the actions; `flood/verify` is the step of one of several incidents. */
  steps: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}(\/[a-z0-9][a-z0-9-]{0,79})?$/, 'a step, or incident/step'),
      z.strictObject({
        manual: z.literal(true).optional(),
        ...{ acknowledge: Seconds.optional(), start: Seconds.optional(), finish: Seconds.optional() },
        /** Holds before it is finished. */
        finishWhen: Limit.optional(),
      }),
    )
    .default({}),
  actions: z.array(Action).min(1).max(500),
  expect: Expect,
  /** When people play it by hand: the weather stays as it is at this second for so long, because people need time. */
  handsOn: z.strictObject({ holdAt: Seconds, for: Seconds }).optional(),
});
export type ScriptShape = z.infer<typeof ScriptShape>;
