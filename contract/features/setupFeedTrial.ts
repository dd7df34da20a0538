import { z } from 'zod';
import { Text, WallTime } from '../schema/basics.ts';
import { FeedFault } from './feeds.ts';
import { FileFault, MOST_FAULTS } from './setupFiles.ts';

/** A trial ends by itself after so many messages, or so many seconds. */
export const TRIED_MESSAGES = 10;
export const TRIAL_S = 60;
/** What is shown of one message. */
export const MOST_RAW_CHARS = 2000;
export const MOST_TRIED_RECORDS = 40;
export const MOST_TRIED_REFUSALS = 20;
const MOST_STRANGERS = 20;

/** What a hall would take of a message: a sensor's value, where a unit is, a warning, or a report. */
export const TriedRecord = z.object({
  is: z.enum(['reading', 'unit', 'warning', 'report']),
  id: z.string(),
  /** Of the sensor or unit; null where it has none but its id. */
  name: Text.nullable(),
  /** The value with its unit of measure, the position, what is warned of, or told. */
  said: Text,
  quality: z.enum(['good', 'doubtful', 'bad']),
  /** By the source's clock. */
  t: z.number(),
  /** It is dated after the hall's clock, and would be refused. */
  ahead: z.boolean(),
});
export type TriedRecord = z.infer<typeof TriedRecord>;

export const TriedMessage = z.object({
  /** The first is 1. */
  number: z.number().int(),
  at: WallTime,
  /** Which device, topic or address it came from; empty where there is one. */
  from: z.string(),
  /** As text, or in hexadecimal where it is none, without passwords. */
  raw: z.string(),
  isText: z.boolean(),
  /** Bytes of the message. */
  bytes: z.number().int(),
  records: z.array(TriedRecord).max(MOST_TRIED_RECORDS),
  /** Of all, told or not. */
  recordCount: z.number().int(),
  refusals: z.array(z.object({ path: z.string(), message: Text, remedy: Text })).max(MOST_TRIED_REFUSALS),
  refusalCount: z.number().int(),
});
export type TriedMessage = z.infer<typeof TriedMessage>;

/** How a trial stands. */
export const FeedTrialView = z.object({
  /** `heard`: as many messages came as are shown. `time`: no more came in time. `cannot`: nothing can come. `ended`: somebody ended it. */
  phase: z.enum(['under-way', 'heard', 'time', 'cannot', 'ended']),
  /** It reads what the feed of that id hears, which the hall has in use; null where it connects or listens by itself. */
  taps: z.string().nullable(),
  /** Where devices dial it; null where none do. */
  listens: z.string().nullable(),
  startedAt: WallTime,
  endsAt: WallTime,
  messages: z.array(TriedMessage).max(TRIED_MESSAGES),
  taken: z.number().int(),
  refused: z.number().int(),
  /** The source's clock minus the hall's, ms; null until something came, and where each device has its own. */
  clockOffsetMs: z.number().nullable(),
  /** How many devices are connected; of a source that is dialled, 1 unless it is known that there is no connection. */
  connected: z.number().int(),
  /** Why there is none. */
  fault: FeedFault.nullable(),
  error: Text.nullable(),
  /** Devices that spoke and that the file does not name, each as a line of it. */
  strangers: z.array(z.string()).max(MOST_STRANGERS),
});
export type FeedTrialView = z.infer<typeof FeedTrialView>;

export const TrialId = z.string().min(1).max(40);

export const BegunTrial = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('begun'), trial: TrialId, view: FeedTrialView }),
  /** What is wrong with the text. */
  z.object({ outcome: z.literal('refused'), faults: z.array(FileFault).max(MOST_FAULTS) }),
]);
