import { z } from 'zod';
import { plainText } from '../../core/plainText.ts';

/** A name or sentence in both languages of the product. */
export const Text = z.object({ zh: z.string(), en: z.string() });
export type Text = z.infer<typeof Text>;

/** Response level, 1 = I red 特别重大 … 4 = IV blue 一般. The smaller the number, the worse. */
export const Level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Level = z.infer<typeof Level>;

/** WGS 84 degrees. */
export const Point = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });
export type Point = z.infer<typeof Point>;

export const Place = Point.extend({ name: Text });
export type Place = z.infer<typeof Place>;

/** What a map looks at. */
export const MapView = Point.extend({ zoom: z.number().min(0).max(24) });
export type MapView = z.infer<typeof MapView>;

/** Identifiers are short printable ASCII: they travel in addresses, file names and reports. */
export const Id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w:.~@-]+$/, 'an identifier of letters, digits and : . _ ~ @ -');

/** Milliseconds since 1970 by the writer's wall clock. */
export const WallTime = z.number().int().nonnegative();

/** Who decided: seat, and the station it sat at. */
export const Decision = z.object({
  station: z.string(),
  actor: z.string(),
  at: WallTime,
  event: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/**
 * Two stations decided differently while apart. Both values are kept; `stands` says which one the fold goes on with and
 * `rule` why. It stays on screen until a person has seen it.
 */
export const Conflict = z.object({
  id: z.string(),
  subject: z.string(),
  /** What was decided twice: `level`, `step.pump-on`, `incident`. */
  field: z.string(),
  /** `why`: the reason given, where one was. */
  values: z.array(z.object({ value: z.string(), by: Decision, why: z.string().optional() })).min(2),
  /** Index into `values`. */
  stands: z.number().int().nonnegative(),
  rule: z.string(),
  seen: Decision.nullable(),
});
export type Conflict = z.infer<typeof Conflict>;

/** Of a call that takes nothing. */
export const None = z.object({});
/** Of a call that answers nothing but that it was done. */
export const Done = z.object({});
/** Why somebody does what is asked about later. */
export const Reason = plainText.trim().min(1).max(500);
