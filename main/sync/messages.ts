import { z } from 'zod';
import { MAX_EVENT_CHARS } from '../../core/ledger/intake.ts';
import type { Have } from '../../core/ledger/order.ts';

/** Raised when a station of the version before could no longer follow. */
export const SYNC_PROTOCOL = 1;

/** Events in one batch, and about how many characters of JSON. */
export const BATCH_EVENTS = 500;
export const BATCH_CHARS = 1024 * 1024;
/** A batch is closed by the event that reaches its size, so it may be one event larger. */
export const MAX_MESSAGE_CHARS = BATCH_CHARS + 2 * MAX_EVENT_CHARS;

const MAX_CHAINS = 1000;
const Chain = z.string().min(1).max(100);
const Count = z.number().int().nonnegative();

const HaveMap: z.ZodType<Have> = z
  .record(Chain, Count)
  .refine((have) => Object.keys(have).length <= MAX_CHAINS, `at most ${MAX_CHAINS} chains`);

const Refused = z.object({ id: z.string().max(250), reason: z.string().max(50), message: z.string().max(500) });

/** What stations say to each other. docs: each message may be lost, repeated, delayed or come out of order. */
export const SyncMessage = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('hello'),
    protocol: z.number().int(),
    station: Chain,
    chain: Chain,
    have: HaveMap,
    /** The sender's wall clock, ms since 1970. */
    wall: z.number(),
  }),
  z.object({ t: z.literal('events'), batch: Count, events: z.array(z.unknown()).max(BATCH_EVENTS) }),
  /** Answers one batch, after what was accepted of it is durable. */
  z.object({ t: z.literal('ack'), batch: Count, have: HaveMap, refused: z.array(Refused).max(20) }),
  z.object({ t: z.literal('have'), have: HaveMap }),
  z.object({ t: z.literal('ping'), n: Count }),
  z.object({ t: z.literal('pong'), n: Count, wall: z.number() }),
  /** Something the other side sent was not taken. */
  z.object({ t: z.literal('bad'), message: z.string().max(1000) }),
]);
export type SyncMessage = z.infer<typeof SyncMessage>;

/** Why a message was not taken. */
export interface MessageFault {
  fault: string;
  /** Dotted path of the offending member; empty for the message itself. */
  path: string;
}

/** A message as it came off the wire. Never throws. */
export function readMessage(text: string): SyncMessage | MessageFault {
  if (text.length > MAX_MESSAGE_CHARS) {
    return { fault: `${text.length} characters; at most ${MAX_MESSAGE_CHARS} are taken`, path: '' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'not JSON', path: '' };
  }
  const parsed = SyncMessage.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return { fault: issue?.message ?? 'does not fit the schema', path: issue?.path.map(String).join('.') ?? '' };
}
