import { z } from 'zod';
import { ConflictSeenBody, NameBody, PlaceBody, SeenBody, TextBody } from '../bodies.ts';
import { type Decision, decisionOf, type EventDraft, type Json, type LedgerEvent } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  seenOf,
  standingValue,
  trackConflict,
  write,
} from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import { Refusal } from '../refusal.ts';

/** What is known of a call beside its words; empty where it is not. */
export const CallAbout = z.object({
  /** Kind of incident: `fire`. */
  kind: NameBody.optional(),
  caller: z.object({ name: NameBody, phone: NameBody }).optional(),
  place: PlaceBody.optional(),
});
export type CallAbout = z.infer<typeof CallAbout>;

const Came = z.object({ text: TextBody, to: z.array(NameBody).max(20), about: CallAbout });
const Answered = z.object({ incident: NameBody.nullable(), seen: SeenBody });

/** What a call became when it was only noted. */
const NOTED = 'noted';

/** Something told to the seats from outside. */
export interface Call {
  id: string;
  text: z.infer<typeof TextBody>;
  /** Seats it is meant for. */
  to: readonly string[];
  about: CallAbout;
  came: Decision | null;
  /** The incident it became, or that it was noted; empty while it waits. */
  answer: Register<string>;
  conflicts: Conflict[];
}

export type CallCommand =
  | ({ do: 'come'; actor: string } & z.infer<typeof Came>)
  /** `incident`: the one it became; null: it was noted. */
  | { do: 'answer'; incident: string | null; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

function evolve(call: Call, event: LedgerEvent): Call {
  const by = decisionOf(event);
  switch (event.type) {
    case 'call.came':
      return call.came ? call : { ...call, ...(event.body as z.infer<typeof Came>), came: by };
    case 'call.answered': {
      const { incident, seen } = event.body as z.infer<typeof Answered>;
      const answer = write(call.answer, incident ?? NOTED, by, seen);
      return { ...call, answer, conflicts: trackConflict(call.conflicts, call.id, 'answer', answer, EARLIEST, by) };
    }
    case 'conflict.seen':
      return {
        ...call,
        conflicts: markSeen(call.conflicts, (event.body as z.infer<typeof ConflictSeenBody>).conflict, by),
      };
    default:
      return call;
  }
}

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideCall(call: Call, command: CallCommand): EventDraft[] {
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: call.id, actor: command.actor, body },
  ];
  if (command.do === 'come') {
    const { text, to, about } = command;
    return call.came ? [] : draft('call.came', { text, to, about } as unknown as { [key: string]: Json });
  }
  if (!call.came) throw new Refusal('T3', { zh: '没有这个来电', en: `there is no call ${call.id}` });
  if (command.do === 'see-conflict') {
    if (!call.conflicts.some((c) => c.id === command.conflict))
      throw new Refusal('T3', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
    return draft('conflict.seen', { conflict: command.conflict });
  }
  if (call.answer.length > 0) return [];
  return draft('call.answered', { incident: command.incident, seen: seenOf(call.answer) });
}

/** Whether it still waits for somebody. */
export function waits({ came, answer }: Pick<Call, 'came' | 'answer'>): boolean {
  return came !== null && answer.length === 0;
}

/** The incident that it became; null while it waits, and where it was noted. */
export function incidentOfCall({ answer }: Pick<Call, 'answer'>): string | null {
  const stands = standingValue(answer, EARLIEST) as string | undefined;
  return stands === undefined || stands === NOTED ? null : stands;
}

export const callAggregate: Aggregate<Call> = {
  kind: 'call',
  stream: OPS,
  initialState: (id) => ({
    ...{ id, text: { zh: '', en: '' }, to: [], about: {}, came: null },
    ...{ answer: [], conflicts: [] },
  }),
  evolve,
  events: firstVersions({ 'call.came': Came, 'call.answered': Answered, 'conflict.seen': ConflictSeenBody }),
};
