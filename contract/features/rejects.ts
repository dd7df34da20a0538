import { z } from 'zod';
import { plainText } from '../../core/plainText.ts';
import { defineContract } from '../define.ts';
import { Done, Text, WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

/** Bytes of a refused message that are kept; of a longer one its beginning. */
export const KEPT_BYTES = 128 * 1024;

/** Where a message came in. */
export const Door = z.enum(['feed', 'file', 'station', 'window']);
export type Door = z.infer<typeof Door>;

/** What became of a message that was refused: put through again, with something of it taken; dropped by a person; else it is kept. */
export const RejectState = z.enum(['kept', 'put-through', 'dropped']);
export type RejectState = z.infer<typeof RejectState>;

/** One refusal, of a message that is kept so that somebody can look at it. Several may be of one message. */
export const RejectView = z.object({
  id: z.string(),
  at: WallTime,
  door: Door,
  /** Which feed, file, station or window; null for a window that has not said which it is. */
  source: z.string().nullable(),
  /** What of it is wrong, `obs.0.value`; empty for the whole. */
  path: z.string(),
  message: Text,
  remedy: Text,
  /** The first 500 characters of what came. */
  excerpt: z.string(),
  /** The message it is of; null while the quarantine cannot be read, and this is of the newest few in memory. */
  of: z.string().nullable(),
  /** How long that message was, in bytes; null where only the excerpt is kept: of files, stations and windows. */
  length: z.number().int().nullable(),
  state: RejectState,
});
export type RejectView = z.infer<typeof RejectView>;

/** What became of a message that was put through again, by its records. */
export const Outcome = z.object({
  /** In the hall now. */
  taken: z.number().int(),
  /** In the hall before: nothing changed by them. */
  known: z.number().int(),
  /** Older than what is held: for the history only. */
  late: z.number().int(),
  rejected: z.number().int(),
  /** Why some were refused, or why nothing was there to be taken. */
  faults: z.array(z.object({ path: z.string(), message: Text, remedy: Text })),
});
export type Outcome = z.infer<typeof Outcome>;

/** What somebody did with a message. */
export const QuarantineAct = z.object({
  at: WallTime,
  /** The seat. */
  actor: z.string(),
  did: z.enum(['put-through', 'corrected', 'dropped']),
  outcome: Outcome.nullable(),
});
export type QuarantineAct = z.infer<typeof QuarantineAct>;

const Id = z.string().regex(/^\d{1,15}$/, 'the id of a message of the quarantine');
const Typed = plainText.trim().min(1).max(100).optional();

/** Which refusals; what is left out is any. */
const which = {
  door: Door.optional(),
  source: z.string().min(1).max(500).optional(),
  state: RejectState.optional(),
  /** Part of what is wrong, in either language, or of where. */
  reason: Typed,
  /** Part of what came. */
  text: Typed,
};
export const Which = z.object(which);
export type Which = z.infer<typeof Which>;

/** A message with all that is known of it. */
export const QuarantinedView = z.object({
  id: z.string(),
  at: WallTime,
  door: Door,
  source: z.string().nullable(),
  state: RejectState,
  /** What is wrong with it, in the order in which it was found. */
  refusals: z.array(
    z.object({ path: z.string(), message: Text, remedy: Text, /** Of what came. */ excerpt: z.string() }),
  ),
  /** As it came, base64, its passwords starred out: whole, or the first {@link KEPT_BYTES}; null where only excerpts are kept. */
  raw: z.string().nullable(),
  length: z.number().int().nullable(),
  /** Of MQTT. */
  topic: z.string().nullable(),
  /** The newest ten, newest first. */
  acts: z.array(QuarantineAct).max(10),
  /** What somebody made of it last, base64; null where nobody put it through in other words. */
  corrected: z.string().nullable(),
});
export type QuarantinedView = z.infer<typeof QuarantinedView>;

export const rejects = defineContract({
  name: 'rejects',
  methods: {
    /**
     * Reads a message of a feed again, as that feed is set up now, and answers what became of it; what was taken before changes nothing again. `raw`,
     * base64: in other words than it came. What came by another door can not be put through.
     */
    'rejects.again': {
      right: 'refusals.act',
      params: z.object({
        id: Id,
        raw: z
          .base64()
          .min(4)
          .max(Math.ceil(KEPT_BYTES / 3) * 4)
          .optional(),
      }),
      result: z.object({ outcome: Outcome, state: RejectState }),
    },
    /** Nobody need look at it any more. It stays until its room is needed, and can be put through all the same. */
    'rejects.drop': { right: 'refusals.act', params: z.object({ id: Id }), result: Done },
  },
  queries: {
    /** Refusals, the newest first, as long as the quarantine has room for them: each source has its share of it. */
    'rejects.list': {
      right: 'refusals.see',
      params: z.object({ ...which, ...paged(500) }),
      row: RejectView,
      key: 'id',
    },
    /** The messages that were refused, whole: for one that is looked at, and to be taken along. A page has less where they are large. */
    'rejects.messages': {
      right: 'refusals.see',
      params: z.object({ id: Id.optional(), ...which, ...paged(16) }),
      row: QuarantinedView,
      key: 'id',
    },
    /** The sources of what is kept, and how many messages of each. */
    'rejects.sources': {
      right: 'refusals.see',
      params: z.object({}),
      row: z.object({ key: z.string(), door: Door, source: z.string().nullable(), count: z.number().int() }),
      key: 'key',
    },
  },
});
