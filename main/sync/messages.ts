import { z } from 'zod';
import { complaint } from '../../core/complaint.ts';
import { type Have, haveOf } from '../../core/ledger/order.ts';
import { SealSchema } from '../../core/ledger/seal.ts';
import type { Taken } from '../../core/ledger/stream.ts';
import { MAX_EVENT_CHARS } from '../../core/ledger/texts.ts';
import type { Text } from '../../core/words.ts';
import { describeIssue } from '../config/issue.ts';
import { isChainKey, isStationName } from '../ledger/chainName.ts';

/** Raised when a station of the version before could no longer follow. */
export const SYNC_PROTOCOL = 2;

/** Events in one batch, and about how many characters of JSON. */
export const BATCH_EVENTS = 500;
export const BATCH_CHARS = 1024 * 1024;
/** A batch is closed by the event that reaches its size, so it may be one event larger. */
export const MAX_MESSAGE_CHARS = BATCH_CHARS + 2 * MAX_EVENT_CHARS;

/** Chains in one message; who holds more says the rest in further `have` messages. */
export const MAX_CHAINS = 1000;
/** Streams that a station names as taken, at most: every rehearsal can be named by one. */
export const MAX_TAKEN = 100;
const Station = z
  .string()
  .max(100)
  .refine(isStationName, complaint({ zh: '不是工作站的名称', en: 'no name of a station' }));
const Count = z.number().int().nonnegative();
const Mark = z.string().max(100);
/** Names that this version does not know are those of streams it does not have. */
const TakenNames: z.ZodType<Taken> = z.array(z.string().max(64)).max(MAX_TAKEN);

/** Chains that nobody can have are passed over: whoever holds one, from before they were refused, can still join. */
const HaveMap: z.ZodType<Have> = z
  .record(z.string(), Count)
  .refine(
    (have) => Object.keys(have).length <= MAX_CHAINS,
    complaint({ zh: `最多 ${MAX_CHAINS} 条链`, en: `at most ${MAX_CHAINS} chains` }),
  )
  .transform((have) => haveOf(Object.entries(have).filter(([chain]) => isChainKey(chain))));

const Refused = z.object({ id: z.string().max(250), reason: z.string().max(50), message: z.string().max(500) });

/** What stations say to each other. docs: each message may be lost, repeated, delayed or come out of order. */
export const SyncMessage = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('hello'),
    protocol: z.number().int(),
    station: Station,
    chain: z.string().min(1).max(100),
    have: HaveMap,
    /** The sender's wall clock, ms since 1970. */
    wall: z.number(),
    /** Random, made at the data folder's first start and kept in it: tells two stations of one name apart. */
    instance: Mark.optional(),
    /** Random, made at each start: tells a station that comes back after a cut from a copy of its folder. */
    run: Mark.optional(),
    /** Streams the sender takes of others; absent: every one. */
    takes: TakenNames.optional(),
  }),
  z.object({
    t: z.literal('events'),
    batch: Count,
    events: z.array(z.unknown()).max(BATCH_EVENTS),
    seals: z.array(SealSchema).max(BATCH_EVENTS),
  }),
  /** Answers one batch, after what was accepted of it is durable. */
  z.object({ t: z.literal('ack'), batch: Count, have: HaveMap, refused: z.array(Refused).max(20) }),
  z.object({ t: z.literal('have'), have: HaveMap }),
  z.object({ t: z.literal('ping'), n: Count }),
  z.object({ t: z.literal('pong'), n: Count, wall: z.number() }),
  /** Something the other side sent was not taken. */
  z.object({ t: z.literal('bad'), message: z.string().max(1000) }),
  /** You are not let in; the connection ends. */
  z.object({ t: z.literal('refused'), why: z.string().max(50), message: z.string().max(1000) }),
  /** Somebody else tried to join under your name. */
  z.object({ t: z.literal('twin'), why: z.string().max(50) }),
]);
export type SyncMessage = z.infer<typeof SyncMessage>;

/** Cuts a have-vector into what one message each holds; at least one. */
export function portions(have: Have): Have[] {
  const entries = Object.entries(have);
  const cut: Have[] = [];
  do cut.push(haveOf(entries.splice(0, MAX_CHAINS)));
  while (entries.length > 0);
  return cut;
}

/** Why a message was not taken. */
export interface MessageFault {
  fault: Text;
  /** Dotted path of the offending member; empty for the message itself. */
  path: string;
}

/** A message as it came off the wire. Never throws. */
export function readMessage(text: string): SyncMessage | MessageFault {
  if (text.length > MAX_MESSAGE_CHARS) {
    const fault = {
      zh: `共 ${text.length} 个字符，最多接收 ${MAX_MESSAGE_CHARS} 个`,
      en: `${text.length} characters; at most ${MAX_MESSAGE_CHARS} are taken`,
    };
    return { fault, path: '' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: { zh: '不是 JSON', en: 'not JSON' }, path: '' };
  }
  const parsed = SyncMessage.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) return { fault: { zh: '不符合约定', en: 'does not fit the schema' }, path: '' };
  const { message, path } = describeIssue(issue);
  return { fault: { zh: message.zh.slice(0, 500), en: message.en.slice(0, 500) }, path: path.slice(0, 100) };
}
