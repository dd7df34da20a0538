import { z } from 'zod';

/** One thing wrong with a ledger file. */
export const LedgerFault = z.object({
  fault: z.enum([
    'not-a-database', // the file's header is not SQLite's
    'unreadable', // SQLite finds pages that contradict each other
    'malformed', // a row is not an event
    'gap',
    'repeat',
    'broken-link',
    'altered', // the event's hash does not fit its content
    'misnamed',
    'lost-tail', // the file once held more of the chain
  ]),
  /** File name within the data folder. */
  file: z.string(),
  chain: z.string().nullable(),
  /** The first event that does not verify. */
  seq: z.number().nullable(),
  /** What is wrong, for a person. */
  message: z.string(),
});
export type LedgerFault = z.infer<typeof LedgerFault>;

/** What a ledger that was opened from a damaged file says of it, until a person has acknowledged it. */
export const Recovery = z.object({
  /** Wall time of the recovery. */
  at: z.number(),
  /** The damaged file as it was, under its new name; null when there was none to put aside. */
  aside: z.string().nullable(),
  /** Events that verified and were kept. */
  kept: z.number(),
  /** The chain that is written from then on. */
  chain: z.string(),
  faults: z.array(LedgerFault),
  /** The station that held events of ours which the file lacks; absent where the file itself shows the damage. */
  givenBy: z.string().optional(),
});
export type Recovery = z.infer<typeof Recovery>;
