import type { z } from 'zod';
import { complaint } from '../complaint.ts';
import type { Text } from '../words.ts';
import { type Conditions, rulesOf } from './together.ts';

/** What of a rule its complaints are about. */
interface Written {
  readonly rule: string;
  readonly sensor?: unknown;
  readonly unit?: unknown;
  readonly area?: unknown;
  readonly within?: unknown;
  readonly conditions?: unknown;
  readonly measure: unknown;
  readonly direction: 'high' | 'low';
  readonly levels: readonly { readonly raise: number; readonly clear: number; readonly for: number }[];
}
type Context = z.core.$RefinementCtx;

const complaining =
  (context: Context) =>
  (path: PropertyKey[], said: Text): void =>
    context.addIssue({ code: 'custom', path, ...complaint(said) });

/** Silence is told when a threshold is reached, and ends with the first word. */
export function complainOfSilence({ direction, levels }: Written, context: Context): void {
  const complain = complaining(context);
  if (direction === 'low')
    complain(['direction'], {
      zh: '静默越久越严重，direction 只能为 high',
      en: 'is high of silence, which is worse the longer it lasts',
    });
  for (const [i, threshold] of levels.entries()) {
    if (threshold.for !== 0)
      complain(['levels', i, 'for'], {
        zh: '静默规则不写 for：raise 已经是分钟数',
        en: 'is left out of silence: its raise is a time already, in minutes',
      });
    if (threshold.raise <= 0 || threshold.clear < 0)
      complain(['levels', i, threshold.raise <= 0 ? 'raise' : 'clear'], {
        zh: '静默的分钟数不能为负，raise 应大于 0',
        en: 'is minutes of silence: raise is above 0, clear is 0 or above',
      });
  }
}

/** A rule watches sensors, or units in an area, or counts conditions of others. */
export function complainOfWatched(rule: Written, context: Context): void {
  const complain = complaining(context);
  const { sensor, unit, conditions, area, within, measure } = rule;
  if ([sensor, unit, conditions].filter((each) => each !== undefined).length !== 1)
    complain(['sensor'], {
      zh: 'sensor、unit 与 conditions 三者必须且只能写一个',
      en: 'is what a rule watches, or unit is, or conditions are: write one of the three',
    });
  if (unit !== undefined && area === undefined)
    complain(['area'], { zh: '看力量的规则要写 area', en: 'is missing: a rule of units is about an area' });
  if (unit === undefined && area !== undefined)
    complain(['area'], { zh: 'area 只用于看力量（unit）的规则', en: 'is for rules of units alone' });
  if (conditions === undefined && within !== undefined)
    complain(['within'], { zh: 'within 只用于数条件（conditions）的规则', en: 'is for rules of conditions alone' });
  if (sensor === undefined && measure !== 'value')
    complain(['measure'], {
      zh: 'measure 只用于看传感器（sensor）的规则',
      en: 'is for rules of sensors alone: where a unit is, or how many conditions hold, is what else is looked at',
    });
}

/** Of conditions whole numbers hold, up to as many as there are. */
export function complainOfConditions(
  { rule, direction, levels }: Written,
  conditions: Conditions,
  context: Context,
): void {
  const complain = complaining(context);
  rulesOf(conditions).forEach((rules, i) => {
    if (rules.includes(rule))
      complain(['conditions', i], { zh: '规则不能以自身为条件', en: 'is this rule itself: name another' });
  });
  if (direction === 'low')
    complain(['direction'], {
      zh: '成立的条件越多越严重，direction 只能为 high',
      en: 'is high of conditions: the more hold, the worse',
    });
  for (const [i, { raise, clear, for: seconds }] of levels.entries()) {
    if (seconds !== 0)
      complain(['levels', i, 'for'], {
        zh: '数条件的规则不写 for：每个条件自己有 for',
        en: 'is left out of conditions: each has its own',
      });
    if (!Number.isInteger(raise) || raise < 1 || raise > conditions.length)
      complain(['levels', i, 'raise'], {
        zh: `raise 是成立的条件数，应为 1 到 ${conditions.length} 的整数`,
        en: `is how many of the conditions hold: a whole number from 1 to ${conditions.length}`,
      });
    if (clear < 0) complain(['levels', i, 'clear'], { zh: '条件数不能为负', en: 'is how many hold: 0 or above' });
  }
}
