import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import { recorded } from '../recording/config.ts';
import { Owns } from '../ws-json/config.ts';

const TOKEN = /^[\w.~+/-]{20,200}$/;

/** What a source that posts shows as Bearer token: whoever has it speaks for the feed, and may do nothing else. */
export const FeedToken = z.string().refine(
  (token) => TOKEN.test(token),
  complaint(
    { zh: '不是可用的口令', en: 'is no token' },
    {
      zh: '请写 20 到 200 个字母、数字或 . ~ + / _ -，不要用容易猜到的词',
      en: 'Write 20 to 200 letters, digits or . ~ + / _ -, nothing that can be guessed.',
    },
  ),
);

/** Configuration of a feed whose source posts its messages to the hall (docs/protocols/http-json.md). */
export const HttpJsonConfig = z.strictObject({
  id: Id,
  protocol: z.literal('http-json'),
  name: WrittenText,
  ...recorded,
  token: FeedToken,
  /** What the source's coordinates mean. No default: guessing it wrong puts every unit half a kilometre off. */
  crs: Crs,
  owns: Owns,
  /** Seconds without a message after which the feed counts as silent. */
  silentAfter: z.number().min(1).max(86_400).default(900),
  /** Messages a second that are taken; beyond them the source is told to wait. */
  maxMessagesPerSecond: z.number().int().min(1).max(10_000).default(100),
});
export type HttpJsonConfig = z.infer<typeof HttpJsonConfig>;
