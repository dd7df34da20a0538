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

/** The system that a call is of, and what it calls that. */
export const CallSource = z.object({
  /** The feed that brings it, and how that is called. */
  feed: NameBody,
  name: TextBody,
  /** The system's own number for it. */
  id: NameBody,
  /** When it was made, wall ms by the system's clock; null where that is not said. */
  at: z.number().int().nonnegative().nullable(),
});
export type CallSource = z.infer<typeof CallSource>;

const Came = z.object({
  text: TextBody,
  to: z.array(NameBody).max(20),
  about: CallAbout,
  source: CallSource.optional(),
});
const Retold = z.object({ text: TextBody, about: CallAbout, over: z.boolean() });
const Answered = z.object({ incident: NameBody.nullable(), seen: SeenBody });

/** Seats that take calls. */
export const CALL_SEATS = ['duty', 'deputy', 'commander'] as const;

/** What a call became when it was only noted. */
const NOTED = 'noted';

/** Something told to the seats from outside. */
export interface Call {
  id: string;
  text: z.infer<typeof TextBody>;
  /** Seats it is meant for. */
  to: readonly string[];
  about: CallAbout;
  /** Of another system's; null where somebody told the hall itself. */
  source: CallSource | null;
  came: Decision | null;
  /** Its system says that it is done with. */
  over: boolean;
  /** The incident it became, or that it was noted; empty while it waits. */
  answer: Register<string>;
  conflicts: Conflict[];
}

export type CallCommand =
  | ({ do: 'come'; actor: string } & z.infer<typeof Came>)
  /** Its system says something else of it (T5). */
  | ({ do: 'retell'; actor: string } & z.infer<typeof Retold>)
  /** `incident`: the one it became; null: it was noted. */
  | { do: 'answer'; incident: string | null; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

function evolve(call: Call, event: LedgerEvent): Call {
  const by = decisionOf(event);
  switch (event.type) {
    case 'call.came': {
      const { source = null, ...said } = event.body as z.infer<typeof Came>;
      return call.came ? call : { ...call, ...said, source, came: by };
    }
    case 'call.retold':
      return { ...call, ...(event.body as z.infer<typeof Retold>) };
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
    const { text, to, about, source } = command;
    const came = { text, to, about, ...(source ? { source } : {}) };
    return call.came ? [] : draft('call.came', came as unknown as { [key: string]: Json });
  }
  if (!call.came) throw new Refusal('T3', { zh: '没有这个来电', en: `there is no call ${call.id}` });
  if (command.do === 'see-conflict') {
    if (!call.conflicts.some((c) => c.id === command.conflict))
      throw new Refusal('T3', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
    return draft('conflict.seen', { conflict: command.conflict });
  }
  if (call.answer.length > 0) return [];
  if (command.do === 'retell') {
    const { text, about, over } = command;
    return draft('call.retold', { text, about, over } as unknown as { [key: string]: Json });
  }
  return draft('call.answered', { incident: command.incident, seen: seenOf(call.answer) });
}

/** Whether it still waits for somebody. */
export function waits({ came, answer, over }: Pick<Call, 'came' | 'answer' | 'over'>): boolean {
  return came !== null && answer.length === 0 && !over;
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
    ...{ id, text: { zh: '', en: '' }, to: [], about: {}, source: null, came: null },
    ...{ over: false, answer: [], conflicts: [] },
  }),
  evolve,
  events: firstVersions({
    ...{ 'call.came': Came, 'call.retold': Retold },
    ...{ 'call.answered': Answered, 'conflict.seen': ConflictSeenBody },
  }),
};
