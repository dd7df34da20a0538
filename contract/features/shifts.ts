import { z } from 'zod';
import { plainName, plainText } from '../../core/plainText.ts';
import { Sheet } from '../../core/shifts/sheet.ts';
import { defineContract } from '../define.ts';
import { Conflict, Decision, Done, Id, Reason, WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

/** A person's name, as they type it. */
const PersonName = plainName.trim().min(1).max(50);
const Notes = plainText.trim().max(2000);

const State = z.enum(['open', 'confirmed', 'withdrawn']);

export const HandoverView = z.object({
  id: z.string(),
  /** The seat that is handed over. */
  seat: z.string(),
  state: State,
  /** Who hands over, and who took over; null while nobody has. */
  from: z.string(),
  to: z.string().nullable(),
  begun: Decision,
  /** Who confirmed or withdrew it; null while it is open. */
  ended: Decision.nullable(),
  /** The newest notes that fit, oldest first; `earlierNotes` are older. */
  notes: z.array(z.object({ text: z.string(), by: Decision })),
  earlierNotes: z.number().int().nonnegative(),
  /** What was handed over; null until it is confirmed. */
  sheet: Sheet.nullable(),
  conflicts: z.array(Conflict),
});
export type HandoverView = z.infer<typeof HandoverView>;

/** A handover as a line of a list. */
export const HandoverRow = HandoverView.pick({ id: true, seat: true, state: true, from: true, to: true }).extend({
  begunAt: WallTime,
  endedAt: WallTime.nullable(),
  /** Conflicts of it that nobody has seen. */
  unseen: z.number().int().nonnegative(),
});
export type HandoverRow = z.infer<typeof HandoverRow>;

export const shifts = defineContract({
  name: 'shifts',
  methods: {
    /** Begins to hand over the caller's seat. */
    'shifts.begin': {
      right: 'shifts.hand-over',
      params: z.object({ from: PersonName, text: Notes.default('') }),
      result: z.object({ handover: z.string() }),
    },
    'shifts.note': {
      right: 'shifts.hand-over',
      params: z.object({ handover: Id, text: Notes.min(1) }),
      result: Done,
    },
    /** Takes over the caller's seat; the sheet of this moment stands in the record. */
    'shifts.confirm': {
      right: 'shifts.hand-over',
      params: z.object({ handover: Id, to: PersonName }),
      result: Done,
    },
    'shifts.withdraw': {
      right: 'shifts.hand-over',
      params: z.object({ handover: Id, reason: Reason }),
      result: Done,
    },
  },
  queries: {
    /** Handovers, the newest first. */
    'shifts.list': {
      right: 'situation.see',
      params: z.object({ seat: z.string().min(1).max(100).optional(), ...paged(200) }),
      row: HandoverRow,
      key: 'id',
    },
    /** One handover in full; no row while nothing is known of it. */
    'shifts.one': { right: 'situation.see', params: z.object({ id: Id }), row: HandoverView, key: 'id' },
  },
  topics: {
    /** Those that are open, and those with a conflict nobody has seen, without their sheets. Key: id. */
    handovers: {
      words: { zh: '交接班', en: 'handovers' },
      right: 'situation.see',
      item: HandoverView,
      folded: true,
    },
  },
});
