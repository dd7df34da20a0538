import { z } from 'zod';
import { LevelBody } from '../bodies.ts';
import { complaint } from '../complaint.ts';
import { WrittenText } from '../plainText.ts';
import { told } from '../told.ts';
import type { Level, Text } from '../words.ts';
import { type Alarm, isUp } from './alarm.ts';
import { Area } from './fence.ts';
import { Measure } from './measure.ts';
import { complainOfConditions, complainOfSilence, complainOfWatched } from './ruleComplaints.ts';
import type { Said } from './said.ts';
import { type ClearTerms, isSafe, sameTerms } from './terms.ts';
import { Conditions, RuleId, Within } from './together.ts';

const Threshold = z
  .object({
    level: LevelBody,
    raise: z.number().meta(told('达到或超过此值时告警', 'Raises at or beyond this value.')),
    clear: z
      .number()
      .meta(
        told(
          '回到此值时解除，在 raise 的安全一侧',
          'Clears at or beyond this value, on the safe side of raise: the dead band.',
        ),
      ),
    for: z
      .number()
      .min(0)
      .max(86400)
      .default(0)
      .meta(told('须持续多少秒才算', 'Seconds the value must stay beyond before it counts.')),
  })
  .strict();

const Things = z.strictObject({ kind: z.string(), ids: z.array(z.string()).min(1).max(10_000).optional() });

const Written = z
  .object({
    rule: RuleId,
    name: WrittenText,
    sensor: Things.optional().meta(told('看哪些传感器', 'Sensors that it watches.')),
    unit: Things.optional().meta(told('看哪些力量，与 area 同用', 'Units that it watches, with an area.')),
    area: Area.optional().meta(
      told(
        '区域：GeoJSON 面（WGS 84），或 { around: 编号, metres: 米 }；阈值为在边界内多少米',
        'A GeoJSON geometry in WGS 84, or { around: id, metres }; thresholds are metres inside its edge.',
      ),
    ),
    conditions: Conditions.optional().meta(
      told(
        '数其他规则的条件有几个成立；{ any: [...] } 中有一个即可',
        'Counts how many conditions of other rules hold; of { any: [...] } one is enough.',
      ),
    ),
    within: Within.optional().meta(told('条件之间相距多久、多远以内', 'How near one another the conditions hold.')),
    quiet: z
      .boolean()
      .optional()
      .meta(told('自身不告警，只作为其他规则的条件', 'Raises nothing by itself: it is a condition of other rules.')),
    measure: Measure.meta(
      told(
        '阈值针对什么：value 值、{ change: 分钟 } 变化、silence 静默分钟数',
        'What its thresholds are about: the value, { change: minutes }, or minutes of silence.',
      ),
    ),
    direction: z
      .enum(['high', 'low'])
      .default('high')
      .meta(told('高值还是低值为坏', 'Whether high or low values are the bad ones.')),
    levels: z.array(Threshold).min(1).max(4),
    incident: z
      .string()
      .max(100)
      .default('other')
      .meta(told('这类告警会成为哪类事件', 'Kind of incident such an alarm becomes.')),
  })
  .strict();

/** An alarm rule as it is written in resources/rules/*.yaml. */
export const AlarmRule = Written.superRefine((rule, context) => {
  complainOfWatched(rule, context);
  if (rule.conditions) complainOfConditions(rule, rule.conditions, context);
  if (rule.measure === 'silence') complainOfSilence(rule, context);
  rule.levels.forEach((threshold, i) => {
    const complain = (key: keyof typeof threshold, said: Text) =>
      context.addIssue({ code: 'custom', path: ['levels', i, key], ...complaint(said) });
    if (rule.levels.findIndex(({ level }) => level === threshold.level) < i) {
      complain('level', {
        zh: `等级 ${threshold.level} 用了两次；一条规则对一个等级只有一个阈值`,
        en: `level ${threshold.level} is used twice; a rule has one threshold for a level`,
      });
    }
    const milder = rule.levels.find(({ level, raise }) => {
      const worseFirst = rule.direction === 'high' ? raise > threshold.raise : raise < threshold.raise;
      return level > threshold.level && worseFirst;
    });
    if (milder) {
      complain('raise', {
        zh: `等级 ${threshold.level} 重于等级 ${milder.level}，却会先触发；其 raise 应${rule.direction === 'high' ? '高于' : '低于'} ${milder.raise}`,
        en: `level ${threshold.level} is worse than level ${milder.level} and would begin before it; its raise must be ${rule.direction === 'high' ? 'above' : 'below'} ${milder.raise}`,
      });
    }
    const safe = rule.direction === 'high' ? threshold.clear < threshold.raise : threshold.clear > threshold.raise;
    if (!safe) {
      complain('clear', {
        zh: `clear 应${rule.direction === 'high' ? '低于' : '高于'} raise（${threshold.raise}），否则告警会反复`,
        en: `clear must be ${rule.direction === 'high' ? 'below' : 'above'} raise (${threshold.raise}), or the alarm would flutter`,
      });
    }
  });
});
export type AlarmRule = z.infer<typeof AlarmRule>;

/** A rules file. */
export const AlarmRules = z
  .object({ rules: z.array(AlarmRule).max(500) })
  .strict()
  .superRefine(({ rules }, context) => {
    const seen = new Set<string>();
    rules.forEach(({ rule }, i) => {
      if (seen.has(rule)) {
        const twice = {
          zh: `规则编号“${rule}”用了两次`,
          en: `"${rule}" is used twice; every rule's id must be its own`,
        };
        context.addIssue({ code: 'custom', path: ['rules', i, 'rule'], ...complaint(twice) });
      }
      seen.add(rule);
    });
  });

export type AlarmRules = z.infer<typeof AlarmRules>;

/** After a station's clear was answered by another's raise, the value has to be safe this long before it clears again, in ms. */
const CONTESTED_MS = 3_600_000;

/** Where the timers of one rule stand with one sensor. Whether the alarm is up is the ledger's to say. */
export interface WatchState {
  /** Per threshold of the rule: since when (source's ms) the value has been beyond `raise`; null while it is not. */
  since: readonly (number | null)[];
  /** Since when it has been safe, while this occurrence is up. */
  safe: { occurrence: number; since: number } | null;
  /** Whether this station cleared the alarm since it was last not safe: a raise after that is another station's, who sees otherwise. */
  cleared: boolean;
  /** The occurrence that this station said its terms for. */
  held: number;
}

export type Verdict = { raise: Level } | { clear: true } | { hold: true } | null;

export function initialWatch(rule: AlarmRule): WatchState {
  return { since: rule.levels.map(() => null), safe: null, cleared: false, held: 0 };
}

/**
 * What the rule asks before its alarm may clear: what its mildest threshold says. Who was in an area for so long is out of it once beyond the
 * dead band.
 */
export function termsOf(rule: AlarmRule): ClearTerms {
  const mildest = rule.levels.reduce((a, b) => (b.level > a.level ? b : a));
  return { direction: rule.direction, at: mildest.clear, for: rule.area ? 0 : mildest.for };
}

/**
 * Takes what a sensor said to the next state, and says whether the alarm, as it stands in the ledger, is to be raised, raised to a worse
 * level, held up by this rule too, or cleared (A10, A11).
 *
 * @param station the one that watches.
 */
export function watch(
  rule: AlarmRule,
  state: WatchState,
  said: Said,
  alarm: Pick<Alarm, 'state' | 'level' | 'occurrence' | 'holds'>,
  station: string,
): { state: WatchState; verdict: Verdict } {
  const { t, value, quality } = said;
  if (quality === 'bad') return { state: { ...state, safe: null }, verdict: null }; // A13
  const own = termsOf(rule);
  const beyond = (limit: number) => (rule.direction === 'high' ? value >= limit : value <= limit);
  const since = rule.levels.map((threshold, i) => {
    const began = state.since[i] ?? null;
    // Positions jitter: who came in stays in an area until it is out of it by the dead band (A17).
    const stays = rule.area !== undefined && began !== null && !isSafe({ ...own, at: threshold.clear }, value);
    return beyond(threshold.raise) || stays ? Math.min(began ?? t, t) : null;
  });
  const reached = rule.levels
    .filter((threshold, i) => t - (since[i] ?? Number.POSITIVE_INFINITY) >= threshold.for * 1000)
    .reduce<Level | null>((worst, { level }) => (worst === null || level < worst ? level : worst), null);

  const terms = [own, ...alarm.holds.filter((hold) => hold.station !== station).map((hold) => hold.terms)];
  const up = isUp(alarm);
  const isSafeNow = quality === 'good' && terms.every((each) => isSafe(each, value));
  const from = state.safe?.occurrence === alarm.occurrence ? Math.min(state.safe.since, t) : t;
  const safe = up && isSafeNow ? { occurrence: alarm.occurrence, since: from } : null;
  const cleared = state.cleared && isSafeNow;
  const next = { ...state, since, safe, cleared };

  if (reached !== null && (!up || reached < alarm.level)) return { state: next, verdict: { raise: reached } };
  if (!up) return { state: next, verdict: null };
  const wait = Math.max(...terms.map((each) => each.for * 1000), cleared ? CONTESTED_MS : 0);
  if (safe && t - safe.since >= wait) return { state: next, verdict: { clear: true } };
  const mine = alarm.holds.find((hold) => hold.station === station)?.terms;
  const known = mine ? sameTerms(mine, own) : alarm.holds.some((hold) => sameTerms(hold.terms, own));
  const holds = !known && (mine !== undefined || reached !== null) && state.held !== alarm.occurrence;
  return { state: next, verdict: holds ? { hold: true } : null };
}

/** The state after what the verdict asked for was written. */
export function acted(state: WatchState, verdict: NonNullable<Verdict>, occurrence: number): WatchState {
  if ('clear' in verdict) return { ...state, cleared: true };
  return 'hold' in verdict ? { ...state, held: occurrence } : state;
}
