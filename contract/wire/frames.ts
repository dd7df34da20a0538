import { z } from 'zod';
import { ContractError, firstIssue, WireError } from '../errors.ts';
import { LIVE, World } from '../features/worlds.ts';

/** Subprotocol a WebSocket carrier asks for. */
export const SUBPROTOCOL = 'opshall.v1';

const RequestId = z.number().int().nonnegative();
const BulkId = z.number().int().nonnegative().max(0xffff_ffff);
const Version = z.number().int().nonnegative();
const Name = z.string().min(1).max(80);
const Key = z.string().max(400);

/** What a window says first. */
export const HelloFrame = z.object({
  t: z.literal('hello'),
  protocol: z.number().int(),
  /** Seat in the hall: `fire`. Checked by itself, so that the person at it is told what is wrong with it. */
  seat: z.string(),
  lang: z.enum(['zh-CN', 'en']),
  /** Which window this is, for logs and reports: `situation`, `wall:north`. */
  client: z.string().min(1).max(200),
  /** The world it is to be in. */
  world: z.string().max(80).default(LIVE),
});
export type HelloFrame = z.infer<typeof HelloFrame>;

/** What the hall answers to a hello it accepts. */
export const WelcomeFrame = z.object({
  t: z.literal('welcome'),
  protocol: z.number().int(),
  station: z.string(),
  /** Of the hall's process: versions of topics are of one run. */
  run: z.string(),
  version: z.string(),
  /** A simulator plays what is shown there. */
  simulated: z.boolean(),
  /** The world that the window is in now. */
  world: World,
  /** The hall's wall clock, ms since 1970. */
  wallTime: z.number(),
  /** The hall's monotonic clock, ms. */
  now: z.number(),
});
/** The hall as it introduced itself. */
export type Welcome = Omit<z.infer<typeof WelcomeFrame>, 't'>;

/** Every text frame a window may send. */
export const WindowFrame = z.discriminatedUnion('t', [
  HelloFrame,
  z.object({ t: z.literal('req'), id: RequestId, m: Name, p: z.unknown().optional() }),
  /** `since`: the version that the window has, and the run of the hall that it is of. */
  z.object({
    t: z.literal('sub'),
    topic: Name,
    since: z.object({ run: z.string().max(80), v: z.number().int().nonnegative() }).optional(),
  }),
  z.object({ t: z.literal('unsub'), topic: Name }),
  z.object({ t: z.literal('bulk'), id: BulkId, stream: Name, p: z.unknown().optional() }),
  z.object({ t: z.literal('unbulk'), id: BulkId }),
  z.object({ t: z.literal('query'), id: RequestId, q: Name, p: z.unknown().optional() }),
  z.object({ t: z.literal('unquery'), id: RequestId }),
  /** How much the window has read since it connected, as `messageSize` counts. */
  z.object({ t: z.literal('ack'), n: z.number().int().nonnegative() }),
  z.object({ t: z.literal('ping'), at: z.number() }),
]);
export type WindowFrame = z.infer<typeof WindowFrame>;

const Entries = z.array(z.tuple([Key, z.unknown()]));

/** How many rows fit a query on all its pages; not exact: there are more than so many. */
export const Total = z.object({ count: z.number().int().nonnegative(), exact: z.boolean() });
export type Total = z.infer<typeof Total>;

/** The page of a query as it is now: the rows in order. */
const RowsFrame = z.object({
  t: z.literal('rows'),
  id: RequestId,
  v: Version,
  rows: Entries,
  total: Total,
  /** Where the next page begins; null at the end. */
  more: z.string().nullable(),
});
export type RowsFrame = z.infer<typeof RowsFrame>;

/** What has become of a query's page since the version before `v`. What is left out is as it was. */
const PatchFrame = z.object({
  t: z.literal('patch'),
  id: RequestId,
  v: Version,
  set: Entries,
  del: z.array(Key),
  /** Rows that are new or stand elsewhere: each at its index, ascending, when those before it are there. The others keep their order. */
  at: z.array(z.tuple([Key, z.number().int().nonnegative()])).optional(),
  total: Total.optional(),
  more: z.string().nullable().optional(),
});
export type PatchFrame = z.infer<typeof PatchFrame>;

/** Every text frame the hall may send. */
export const HallFrame = z.discriminatedUnion('t', [
  WelcomeFrame,
  z.object({ t: z.literal('res'), id: RequestId, ok: z.boolean(), r: z.unknown().optional(), e: WireError.optional() }),
  /** A snapshot in `parts` frames that follow each other, `part` counting from 0. */
  z.object({
    t: z.literal('snap'),
    topic: Name,
    v: Version,
    part: z.number().int().nonnegative(),
    parts: z.number().int().positive(),
    items: Entries,
  }),
  /** Items that are new or put whole, patches (jsonPatch.ts) of those the window has, and those that go. */
  z.object({ t: z.literal('delta'), topic: Name, v: Version, set: Entries, patch: Entries, del: z.array(Key) }),
  /** In place of a snapshot: what the window has is extended by the deltas that follow, and complete with version `v`. */
  z.object({ t: z.literal('resume'), topic: Name, v: Version }),
  RowsFrame,
  PatchFrame,
  /** A query ended at the hall's side: it is not answered, or not any more. */
  z.object({ t: z.literal('unrows'), id: RequestId, e: WireError }),
  /** A bulk stream ended at the hall's side. */
  z.object({ t: z.literal('end'), id: BulkId, e: WireError.optional() }),
  z.object({ t: z.literal('err'), e: WireError }),
  z.object({ t: z.literal('pong'), at: z.number(), wallTime: z.number(), now: z.number() }),
]);
export type HallFrame = z.infer<typeof HallFrame>;

/**
 * Reads a text frame from outside.
 * @param bytes largest size in bytes of UTF-8
 * @throws ContractError 'bad-request' naming what is wrong and where
 */
export function readFrame<S extends z.ZodType>(
  text: string,
  schema: S,
  limit: { bytes: number; depth: number },
): z.output<S> {
  if (isLonger(text, limit.bytes)) throw new ContractError('bad-request', `frame is longer than ${limit.bytes} bytes`);
  if (isDeeper(text, limit.depth))
    throw new ContractError('bad-request', `frame nests deeper than ${limit.depth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ContractError('bad-request', 'frame is not JSON', { cause });
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const { field, message } = firstIssue(read.error);
  throw new ContractError('bad-request', `frame does not fit: ${field}: ${message}`, { field });
}

/** Whether a text is longer than so many bytes in UTF-8, counted only when it could be. */
export function isLonger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  return new TextEncoder().encode(text).byteLength > bytes;
}

/** Whether arrays and objects of a JSON text nest deeper than `depth`, without parsing it. */
export function isDeeper(text: string, depth: number): boolean {
  let level = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) {
      if (++level > depth) return true;
    } else if (c === 0x7d || c === 0x5d) level--;
  }
  return false;
}
