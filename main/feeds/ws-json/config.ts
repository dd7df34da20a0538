import { z } from 'zod';
import { Id, Text } from '../../../contract/schema/basics.ts';
import { Crs } from '../../../core/places/crs.ts';

/** Configuration of one ws-json feed, a file in resources/feeds/. */
export const WsJsonConfig = z.strictObject({
  id: Id,
  protocol: z.literal('ws-json'),
  name: Text,
  /** Where the source listens; may hold `${variables}`, so that tokens stay out of the file. */
  url: z.string().superRefine((url, ctx) => {
    const fault = urlFault(url);
    if (fault !== null) ctx.addIssue({ code: 'custom', message: fault[0], params: { remedy: fault[1] } });
  }),
  /** What the source's coordinates mean. No default: guessing it wrong puts every unit half a kilometre off. */
  crs: Crs,
  /** Sensors and units of which only this feed may speak; with `*` at the end all whose id begins so. */
  owns: z.array(z.string().min(1).max(65)).max(10_000).default([]),
  /** Seconds without a message after which the feed counts as silent. */
  silentAfter: z.number().min(1).max(86_400).default(10),
  /** Messages a second that are read; what comes faster waits at the source. */
  maxMessagesPerSecond: z.number().int().min(1).max(1_000_000).default(50_000),
});
export type WsJsonConfig = z.infer<typeof WsJsonConfig>;

/** What is wrong with a source's address, and what to do; null for one that can be dialled. */
export function urlFault(url: string): [message: string, remedy: string] | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return ['is not an address', 'Write it like ws://host:port/path.'];
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    return [`has the protocol ${parsed.protocol}`, 'Write an address that begins with ws:// or wss://.'];
  }
  if (parsed.hash !== '') return ['has a #fragment', 'Remove it; WebSocket addresses have none.'];
  return null;
}
