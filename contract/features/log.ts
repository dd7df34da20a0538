import { z } from 'zod';
import { plainText } from '../../core/plainText.ts';
import { defineContract } from '../define.ts';
import { WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

const Name = z.string().min(1).max(250);

/** One event of the ledger, as a line of the log. */
export const LogRow = z.object({
  /** Its id in the ledger. */
  id: z.string(),
  /** The writer's wall clock. */
  at: WallTime,
  station: z.string(),
  /** What happened: `alarm.raised`. */
  type: z.string(),
  subject: z.string(),
  /** Of a run: the step that it is about, by its id; null where it is about none. */
  step: z.string().nullable(),
  /** Who decided: the seat, or the rule or timer of the hall. */
  actor: z.string(),
  /** The seat that decided; null where nobody sat. */
  seat: z.string().nullable(),
  /** What was said with it: titles, places, reasons, notes. Its beginning, when it is long. */
  text: z.string(),
});
export type LogRow = z.infer<typeof LogRow>;

export const log = defineContract({
  name: 'log',
  queries: {
    /**
     * Every event that the ledger holds, the newest first by the writers' clocks. With `text`, those that say it: Chinese of any length, whole
     * words and beginnings of words, or the initials of two or more Chinese characters in Pinyin; by when the ledger took them.
     */
    'log.list': {
      right: 'situation.see',
      params: z.object({
        /** Kind of thing: `alarm`, `incident`, `run`. */
        kind: Name.optional(),
        type: Name.optional(),
        subject: Name.optional(),
        seat: Name.optional(),
        /** From this time on, and before this. */
        from: WallTime.optional(),
        until: WallTime.optional(),
        text: plainText.trim().min(1).max(100).optional(),
        ...paged(200),
      }),
      row: LogRow,
      key: 'id',
    },
    /** Every seat that decided anything, by name. */
    'log.seats': {
      right: 'situation.see',
      params: z.object({}),
      row: z.object({ seat: z.string() }),
      key: 'seat',
    },
  },
});
