import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { CALL_SEATS } from '../../../core/calls/call.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { Zone } from '../devices/config.ts';
import { FeedToken } from '../http-json/config.ts';
import { recorded } from '../recording/config.ts';

/** What a feed of reports says of them, whoever brings them. */
export const toldTo = {
  /** Seats that are told. */
  to: z
    .array(z.enum(CALL_SEATS))
    .min(1)
    .default([...CALL_SEATS]),
  /** The hall's kinds of incident by the words that the system has for what it is about; what is not named here is of none. */
  kinds: z.record(z.string().min(1).max(200), z.string().regex(/^[a-z][a-z0-9-]{0,59}$/)).default({}),
};

/** Configuration of a feed whose source posts calls and reports: a telephone exchange, a hotline (docs/protocols/calls.md). */
export const CallsConfig = z.strictObject({
  id: Id,
  protocol: z.literal('calls'),
  name: WrittenText,
  ...recorded,
  token: FeedToken,
  /** What the source's coordinates mean. No default: guessing it wrong puts every call half a kilometre off. */
  crs: Crs,
  zone: Zone,
  ...toldTo,
  /** Seconds without a message after which the feed counts as silent. Left out: never, as nobody need call. */
  silentAfter: z
    .number()
    .min(1)
    .max(30 * 86_400)
    .optional(),
  /** Messages a second that are taken; beyond them the source is told to wait. */
  maxMessagesPerSecond: z.number().int().min(1).max(1000).default(20),
});
export type CallsConfig = z.infer<typeof CallsConfig>;
