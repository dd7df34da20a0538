import { z } from 'zod';
import { Text, WallTime } from '../schema/basics.ts';

/** A hall keeps what sensors said today and on so many days before. */
export const MOST_TRIED_DAYS = 3;
/** So many rules are told, those that raised most first. */
export const MOST_TRIED_RULES = 200;

/** What a rule would have done. */
export const TriedRuleView = z.object({
  rule: z.string(),
  name: Text,
  /** It raises nothing by itself, and is a condition of other rules: told is how often it held. */
  quiet: z.boolean(),
  /** Of a rule of what is usual: of how many of its sensors enough days were known at the end; null for any other. */
  known: z.number().int().nullable(),
  /** Sensors, or units, that it watches, and those of them of which something is known. */
  sensors: z.number().int(),
  heard: z.number().int(),
  /** How often it would have raised an alarm; of these by the worst level that each came to, I first. */
  raised: z.number().int(),
  levels: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
  /** Ms that the one stood that stood longest; null where none was raised. */
  longest: z.number().nullable(),
  /** Those that would still be up. */
  up: z.number().int(),
  /** Sensors or units with most of them, the most first. */
  busiest: z.array(z.object({ sensor: z.string(), raised: z.number().int() })).max(3),
});
export type TriedRuleView = z.infer<typeof TriedRuleView>;

/** Rules of files tried on what the hall's sensors said. */
export const TrialView = z.object({
  rules: z.array(TriedRuleView).max(MOST_TRIED_RULES),
  /** Rules that were tried, told or not. */
  count: z.number().int(),
  /** Values that were looked at. */
  values: z.number().int(),
  /** When the first and the last of them were said; null where there is none. */
  span: z.object({ from: WallTime, to: WallTime }).nullable(),
  /** Most alarms of all these rules that would have begun within ten minutes: ten are what one person can follow (EEMUA 191). */
  mostInTenMinutes: z.number().int(),
});
export type TrialView = z.infer<typeof TrialView>;
