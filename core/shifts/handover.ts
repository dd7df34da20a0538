import { z } from 'zod';
import { ConflictSeenBody, ProseBody } from '../bodies.ts';
import { type Decision, decisionOf, type EventDraft, type Json, type LedgerEvent } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  markSeen,
  type Register,
  type StandingRule,
  standing,
  trackConflict,
  write,
} from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import { Refusal } from '../refusal.ts';
import { Sheet } from './sheet.ts';

const PersonBody = z.string().max(100);
const Begun = z.object({ from: PersonBody, text: ProseBody });
const Noted = z.object({ text: ProseBody });
const Confirmed = z.object({ to: PersonBody.min(1), sheet: Sheet });
const Withdrawn = z.object({ reason: ProseBody });

/** The watch at a seat on its way from one officer to the next. */
export interface Handover {
  id: string;
  /** Name of who hands over. */
  from: string;
  /** Null until its beginning has come; its actor is the seat that is handed over. */
  begun: Decision | null;
  notes: { text: string; by: Decision }[];
  /** The name of who took over, or empty where it was withdrawn (S5). */
  end: Register<string>;
  /** What was handed over, by the event of each confirmation among `end`. */
  sheets: Readonly<Record<string, Sheet>>;
  conflicts: Conflict[];
}

export type HandoverCommand =
  /** `others`: whether another is open at the seat. */
  | { do: 'begin'; from: string; text: string; others: boolean; actor: string }
  | { do: 'note'; text: string; actor: string }
  | { do: 'confirm'; to: string; sheet: Sheet; actor: string }
  | { do: 'withdraw'; reason: string; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

/** Somebody took the watch, and has stood it since: that was so, whatever was withdrawn elsewhere (S5). */
const CONFIRMED_STANDS: StandingRule<string> = {
  name: 'confirmed-first',
  before: (a, b) => a !== '' && b === '',
};

/** Only one that is open is ended, so that a second end was always written without having seen the first. */
function ended(handover: Handover, value: string, by: Decision, sheet?: Sheet): Handover {
  const end = write(handover.end, value, by, []);
  const sheets = { ...handover.sheets, ...(sheet ? { [by.event]: sheet } : {}) };
  return {
    ...handover,
    end,
    sheets: Object.fromEntries(end.flatMap(({ by: { event } }) => (sheets[event] ? [[event, sheets[event]]] : []))),
    conflicts: trackConflict(handover.conflicts, handover.id, 'handover', end, CONFIRMED_STANDS, by),
  };
}

function evolve(handover: Handover, event: LedgerEvent): Handover {
  const by = decisionOf(event);
  switch (event.type) {
    case 'handover.begun': {
      if (handover.begun !== null) return handover;
      const { from, text } = event.body as z.infer<typeof Begun>;
      const notes = text === '' ? handover.notes : [{ text, by }, ...handover.notes];
      return { ...handover, from, begun: by, notes };
    }
    case 'handover.noted':
      return { ...handover, notes: [...handover.notes, { text: (event.body as z.infer<typeof Noted>).text, by }] };
    case 'handover.confirmed': {
      const { to, sheet } = event.body as z.infer<typeof Confirmed>;
      return ended(handover, to, by, sheet);
    }
    case 'handover.withdrawn':
      return ended(handover, '', by);
    case 'conflict.seen': {
      const { conflict } = event.body as z.infer<typeof ConflictSeenBody>;
      return { ...handover, conflicts: markSeen(handover.conflicts, conflict, by) };
    }
    default:
      return handover;
  }
}

export const handoverAggregate: Aggregate<Handover> = {
  kind: 'handover',
  stream: OPS,
  initialState: (id) => ({ id, from: '', begun: null, notes: [], end: [], sheets: {}, conflicts: [] }),
  evolve,
  events: firstVersions({
    'handover.begun': Begun,
    'handover.noted': Noted,
    'handover.confirmed': Confirmed,
    'handover.withdrawn': Withdrawn,
    'conflict.seen': ConflictSeenBody,
  }),
};

/** How a handover stands. `unknown`: its beginning has not come from the station where it was begun. */
type HandoverState = 'unknown' | 'open' | 'confirmed' | 'withdrawn';

/** The end that stands, who decided it, and the sheet of a confirmation; null while it is open. */
export function endOf({ end, sheets }: Handover): { to: string | null; by: Decision; sheet: Sheet | null } | null {
  const stands = end[standing(end, CONFIRMED_STANDS)];
  if (!stands) return null;
  return { to: stands.value || null, by: stands.by, sheet: sheets[stands.by.event] ?? null };
}

export function stateOf(handover: Handover): HandoverState {
  if (handover.begun === null) return 'unknown';
  const end = endOf(handover);
  return end === null ? 'open' : end.to === null ? 'withdrawn' : 'confirmed';
}

/** Whether two names are one person's (S3). */
export function sameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  return plain(a) === plain(b);
}

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideHandover(handover: Handover, command: HandoverCommand): EventDraft[] {
  const { actor } = command;
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: handover.id, actor, body },
  ];
  const state = stateOf(handover);
  if (command.do === 'begin') {
    if (state !== 'unknown') return [];
    if (command.others)
      throw new Refusal('S1', {
        zh: '本席位已有一次交接班在进行；请先确认接班或撤回',
        en: 'a handover is open at this seat already; confirm or withdraw that one first',
      });
    return draft('handover.begun', { from: command.from, text: command.text });
  }
  if (state === 'unknown')
    throw new Refusal('S4', { zh: `没有交接班 ${handover.id}`, en: `there is no handover ${handover.id}` });
  if (command.do === 'see-conflict') {
    if (!handover.conflicts.some(({ id }) => id === command.conflict))
      throw new Refusal('S5', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
    return draft('conflict.seen', { conflict: command.conflict });
  }
  if (state !== 'open')
    throw new Refusal('S4', {
      zh: state === 'confirmed' ? '已确认接班，不能再更改' : '交班已撤回，不能再更改',
      en: `the handover was ${state} and takes no more decisions`,
    });
  if (command.do === 'note') return draft('handover.noted', { text: command.text });
  if (actor !== handover.begun?.actor)
    throw new Refusal('S3', {
      zh: '请在交班的席位上操作',
      en: 'confirm or withdraw it at the seat that is handed over',
    });
  if (command.do === 'withdraw') return draft('handover.withdrawn', { reason: command.reason });
  if (sameName(command.to, handover.from))
    throw new Refusal('S3', {
      zh: '接班人不能与交班人相同；请由接班人本人填写姓名',
      en: 'whoever takes over is somebody else than whoever hands over; let them type their own name',
    });
  return draft('handover.confirmed', { to: command.to, sheet: command.sheet as unknown as Json });
}
