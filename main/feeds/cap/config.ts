import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { Zone } from '../devices/config.ts';
import { FeedToken } from '../http-json/config.ts';
import { recorded } from '../recording/config.ts';

/** Configuration of a feed whose source posts warnings of other authorities to the hall (docs/protocols/cap.md). */
export const CapConfig = z.strictObject({
  id: Id,
  protocol: z.literal('cap'),
  name: WrittenText,
  ...recorded,
  token: FeedToken,
  /** Whose messages it may bring, as they name themselves; with `*` at the end all that begin so. Left out: anybody's. */
  senders: z.array(z.string().min(1).max(250)).min(1).max(1000).optional(),
  zone: Zone,
  /** What coordinates mean: CAP says WGS 84. */
  crs: Crs.default('wgs84'),
  /** Hours for which a warning holds that does not say how long. */
  holdHours: z.number().min(1).max(720).default(24),
  /** Seconds without a message after which the feed counts as silent. Left out: never, as no news is no fault. */
  silentAfter: z
    .number()
    .min(1)
    .max(30 * 86_400)
    .optional(),
  /** Messages a second that are taken; beyond them the source is told to wait. */
  maxMessagesPerSecond: z.number().int().min(1).max(1000).default(20),
});
export type CapConfig = z.infer<typeof CapConfig>;
