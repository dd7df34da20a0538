import { z } from 'zod';
import { LevelBody, TextBody } from '../bodies.ts';
import { AlarmRef, Condition, Seconds } from './conditions.ts';

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
  text: TextBody,
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
const step = { ...base, step: Name };

/** What a seat does, once: as soon as `at`, `after` and `when` allow. */
export const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('acknowledge-alarm'), ...base, alarm: AlarmRef }),
  z.strictObject({ do: z.literal('open-incident'), ...base, alarm: AlarmRef }),
  z.strictObject({ do: z.literal('set-level'), ...base, level: LevelBody, reason: Reason }),
  z.strictObject({ do: z.literal('launch'), ...base, plan: Name }),
  z.strictObject({ do: z.literal('acknowledge-step'), ...step }),
  z.strictObject({ do: z.literal('start-step'), ...step }),
  z.strictObject({ do: z.literal('finish-step'), ...step, note: z.string().max(2000).optional() }),
  z.strictObject({ do: z.literal('skip-step'), ...step, reason: Reason }),
  z.strictObject({ do: z.literal('decide'), ...step, option: Name }),
  z.strictObject({ do: z.literal('see-conflicts'), ...base }),
  z.strictObject({ do: z.literal('all-clear'), ...base, reason: Reason }),
  z.strictObject({ do: z.literal('cut'), ...base }),
  z.strictObject({ do: z.literal('mend'), ...base }),
]);
export type Action = z.infer<typeof Action>;

const Pace = { acknowledge: Seconds, start: Seconds, finish: Seconds };

const Expect = z.strictObject({
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
  /** Least seconds the stations were apart. */
  apart: Seconds,
  /** The drill fails when it takes longer. */
  within: Seconds,
});

const Shape = z.strictObject({
  drill: Name,
  name: TextBody,
  /** Everything left to chance in the drill follows from it. */
  seed: z.number().int().min(0).max(0xffff_ffff),
  sensors: z.array(SensorCurve).max(100),
  injects: z.array(Inject).max(200).default([]),
  seats: z.array(Seat).min(1).max(60),
  /** How departments carry out steps that no action speaks of: seconds from ready. Decisions are never made by rule. */
  auto: z.strictObject(Pace),
  /** Steps with a pace of their own, waiting for more, or left to the actions. */
  steps: z
    .record(
      Name,
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

/** A drill as written in resources/drills/*.yaml; shape and references are checked, each fault with its remedy. */
export const DrillScript = Shape.superRefine((script, ctx) => {
  const complain = (path: (string | number)[], message: string, remedy: string) =>
    ctx.addIssue({ code: 'custom', path, message, params: { remedy } });
  checkCurves(script, complain);
  checkSeats(script, complain);
  checkActions(script, complain);
});
export type DrillScript = z.infer<typeof DrillScript>;
/** The part of a script that the drill city plays. */
export type DrillWeather = Pick<DrillScript, 'seed' | 'sensors' | 'injects'>;
/** A pause of the weather, in drill seconds. */
export type WeatherHold = NonNullable<DrillScript['handsOn']>;

type Complaint = (path: (string | number)[], message: string, remedy: string) => void;

function checkCurves(script: z.infer<typeof Shape>, complain: Complaint): void {
  script.sensors.forEach(({ curve }, i) => {
    curve.forEach(([second], j) => {
      const before = curve[j - 1]?.[0];
      if (before === undefined || second > before) return;
      complain(
        ['sensors', i, 'curve', j],
        `second ${second} comes after ${before}`,
        'Write the points in order of time.',
      );
    });
  });
}

function checkSeats(script: z.infer<typeof Shape>, complain: Complaint): void {
  const seats = new Set<string>();
  const departments = new Map<string, string>();
  script.seats.forEach(({ station, seat, departments: mine }, i) => {
    const key = `${station}/${seat}`;
    if (seats.has(key)) complain(['seats', i], `seat ${key} is there twice`, 'Join the two.');
    seats.add(key);
    mine.forEach((department, j) => {
      const other = departments.get(department);
      if (other !== undefined) {
        const remedy = 'Give each department to one seat.';
        complain(['seats', i, 'departments', j], `${department} sits at ${other} as well`, remedy);
      }
      departments.set(department, key);
    });
  });
  script.expect.departments.forEach((department, i) => {
    if (departments.has(department)) return;
    complain(['expect', 'departments', i], `no seat acts for ${department}`, 'Add it to the `departments` of a seat.');
  });
}

function checkActions(script: z.infer<typeof Shape>, complain: Complaint): void {
  const seats = new Set(script.seats.map(({ station, seat }) => `${station}/${seat}`));
  const stations = new Set(script.seats.map(({ station }) => station));
  const known = [...stations].join(', ');
  const earlier = new Set<string>();
  const checkConditions = (conditions: Condition[] | undefined, path: (string | number)[]) => {
    conditions?.forEach(({ station }, i) => {
      if (station === undefined || stations.has(station)) return;
      complain([...path, i, 'station'], `there is no station ${station}`, `Write one of: ${known}.`);
    });
  };
  script.actions.forEach((action, i) => {
    const { station, seat, after, id, when, at } = action;
    if (!seats.has(`${station}/${seat}`)) {
      complain(['actions', i, 'seat'], `there is no seat ${seat} at station ${station}`, 'Add it under `seats`.');
    }
    if (after !== undefined && !earlier.has(after.action)) {
      const remedy = 'Give an earlier action that `id`, or correct the name.';
      complain(['actions', i, 'after', 'action'], `no earlier action has the id ${after.action}`, remedy);
    }
    if (at === undefined && after === undefined && when === undefined) {
      complain(['actions', i], 'does not say when', 'Add `at`, `after` or `when`.');
    }
    checkConditions(when, ['actions', i, 'when']);
    if (id === undefined) return;
    if (earlier.has(id)) complain(['actions', i, 'id'], `${id} is there twice`, 'Rename one of them.');
    earlier.add(id);
  });
  for (const [name, { finishWhen }] of Object.entries(script.steps))
    checkConditions(finishWhen, ['steps', name, 'finishWhen']);
}
