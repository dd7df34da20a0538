import { z } from 'zod';
import { LevelBody } from '../bodies.ts';
import { complaint, oneOf } from '../complaint.ts';
import { isSettledState, STEP_STATES, type StepState } from '../plans/stepState.ts';
import type { Text } from '../words.ts';

/** Drill seconds: `12`, `12s`, `1m`. */
export const Seconds = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?[sm]$/, 'a time such as 12, 12s or 1m')])
  .transform((v) => (typeof v === 'number' ? v : Number.parseFloat(v) * (v.endsWith('m') ? 60 : 1)))
  .pipe(z.number().min(0).max(3600));

/** The alarm of one rule for one sensor. */
export const AlarmRef = z.strictObject({ rule: z.string().min(1), sensor: z.string().min(1) });
export type AlarmRef = z.infer<typeof AlarmRef>;

/** What a script calls its incident that gives it no name, because there is only one. */
export const ONLY = 'incident';

const KINDS = ['alarm', 'incident', 'level', 'run', 'step', 'steps', 'sensor', 'link', 'conflicts'] as const;

/** A state of affairs at one station that an action waits for; exactly one kind of it. */
export const Condition = z
  .strictObject({
    /** Where it must hold; the acting station when not given. */
    station: z.string().optional(),
    /** Which incident, as the action that opened it calls it; none where the script has only one. */
    about: z.string().optional(),
    /** The alarm is up, at `worst` or worse. */
    alarm: AlarmRef.extend({ level: LevelBody.optional() }).optional(),
    incident: z.enum(['open', 'closed']).optional(),
    /** The incident's level that stands. */
    level: LevelBody.optional(),
    run: z.enum(['running', 'ended']).optional(),
    step: z.string().optional(),
    is: z.enum(STEP_STATES).optional(),
    steps: z.literal('settled').optional(),
    sensor: z.string().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    link: z.enum(['connected', 'away']).optional(),
    /** At least so many conflicts of the incident and its run are shown that nobody has seen. */
    conflicts: z.number().int().min(1).optional(),
  })
  .superRefine((c, ctx) => {
    const complain = (said: Text, remedy: Text) => ctx.addIssue({ code: 'custom', ...complaint(said, remedy) });
    const given = KINDS.filter((kind) => c[kind] !== undefined);
    if (given.length === 0) complain({ zh: '没有写明等待什么', en: 'waits for nothing' }, oneOf(KINDS));
    if (given.length > 1) {
      const both = { zh: `同时写了 ${given.join('、')}`, en: `holds ${given.join(' and ')} at once` };
      complain(both, { zh: '请在 when 下各写一项', en: 'Write each as its own item of `when`.' });
    }
    if ((c.step === undefined) !== (c.is === undefined)) {
      const parted = { zh: 'step 与 is 应一起写', en: '`step` and `is` go together' };
      complain(parted, { zh: '请写成 { step: 任务编号, is: done }', en: 'Write { step: id, is: done }.' });
    }
    const bounds = (c.above === undefined ? 0 : 1) + (c.below === undefined ? 0 : 1);
    if (c.sensor !== undefined && bounds === 0) {
      const boundless = { zh: '写了传感器，没有写界限', en: 'a sensor needs a bound' };
      complain(boundless, { zh: '请加上 above 或 below', en: 'Add `above` or `below`.' });
    }
    if (c.sensor === undefined && bounds > 0) {
      const ofNothing = { zh: '写了界限，没有写传感器', en: 'a bound needs a sensor' };
      complain(ofNothing, { zh: '请加上 sensor 与其编号', en: 'Add `sensor: id`.' });
    }
  });
export type Condition = z.infer<typeof Condition>;

/** What one station shows of one incident. */
export interface IncidentScene {
  state: 'open' | 'closed' | 'merged';
  level: number;
  run: {
    state: 'running' | 'ended';
    steps: readonly {
      id: string;
      department: string;
      kind: 'task' | 'decision';
      state: StepState;
    }[];
  } | null;
  /** Conflicts nobody has marked as seen. */
  conflicts: number;
}

/** What one station shows at a moment of the drill. */
export interface Scene {
  alarms: readonly { rule: string; sensor: string; level: number; up: boolean }[];
  /** Those that the drill has opened, by what the script calls them. */
  incidents: Readonly<Record<string, IncidentScene>>;
  sensors: Readonly<Record<string, number>>;
  connected: boolean;
}

/** Whether it speaks of an incident or its run, and so has to say which where there are several. */
export function isAboutIncident(condition: Condition): boolean {
  return (['incident', 'level', 'run', 'step', 'steps', 'conflicts'] as const).some((k) => condition[k] !== undefined);
}

/** Whether the condition holds in a scene. */
export function holds(condition: Condition, scene: Scene): boolean {
  const {
    about = ONLY,
    alarm,
    incident,
    level,
    run,
    step,
    is,
    steps,
    sensor,
    above,
    below,
    link,
    conflicts,
  } = condition;
  const shown = scene.incidents[about];
  if (alarm !== undefined) {
    const worst = alarm.level ?? 4;
    return scene.alarms.some((a) => a.rule === alarm.rule && a.sensor === alarm.sensor && a.up && a.level <= worst);
  }
  if (incident !== undefined) return shown?.state === incident;
  if (level !== undefined) return shown?.level === level;
  if (run !== undefined) return shown?.run?.state === run;
  if (step !== undefined) return shown?.run?.steps.find((s) => s.id === step)?.state === is;
  if (steps !== undefined) return shown?.run?.steps.every((s) => isSettledState(s.state)) === true;
  if (sensor !== undefined) {
    const value = scene.sensors[sensor];
    return value !== undefined && (above === undefined || value > above) && (below === undefined || value < below);
  }
  if (link !== undefined) return scene.connected === (link === 'connected');
  return conflicts !== undefined && (shown?.conflicts ?? 0) >= conflicts;
}
