import { z } from 'zod';
import { NameBody } from '../bodies.ts';
import type { EventDraft } from '../ledger/envelope.ts';
import { type EventFamily, firstVersions } from '../ledger/family.ts';
import { AUDIT } from '../ledger/stream.ts';

const Refused = z.object({
  /** The window or system it came from, and how it came in. */
  client: NameBody,
  via: NameBody,
  /** What was asked for: a method, topic, query or stream; null: various, more than are told apart. */
  what: NameBody.nullable(),
  why: z.string().max(1000),
  /** So often since then, wall ms: what is asked again and again is written as one. */
  count: z.number().int().positive(),
  since: z.number(),
});
export type Refused = z.infer<typeof Refused>;

const Steered = Refused.pick({ client: true, via: true, count: true, since: true }).extend({
  /** That somebody began to turn; null: various, more than are told apart. */
  camera: NameBody.nullable(),
});
export type Steered = z.infer<typeof Steered>;

const Quarantined = z.object({
  /** The feed, file, station or window that the message came from; null: a window that had not said which it is. */
  source: z.string().max(500).nullable(),
  /** Its number in the quarantine of the station. */
  message: NameBody,
  /** When it came, wall ms. */
  at: z.number(),
});
export type Quarantined = z.infer<typeof Quarantined>;

/**
 * What people and systems were refused for want of a right, which cameras they turned, and what people did with messages that were refused. Nothing is folded from it: it is
 * there to be read.
 */
export const auditFamily: EventFamily = {
  kind: 'audit',
  stream: AUDIT,
  events: firstVersions({
    'audit.refused': Refused,
    'audit.steered': Steered,
    'audit.put-through': Quarantined.extend({ corrected: z.boolean() }),
    'audit.dropped': Quarantined,
  }),
};

/** @param seat that was refused */
export function refusedDraft(seat: string, body: Refused): EventDraft {
  return { type: 'audit.refused', subject: 'audit:refusals', actor: seat, body };
}

/** @param seat that began to turn a camera */
export function steeredDraft(seat: string, body: Steered): EventDraft {
  return { type: 'audit.steered', subject: 'audit:steering', actor: seat, body };
}

/** A message of the quarantine is put through again. @param actor the seat @param corrected not as it came */
export function putThroughDraft(actor: string, message: Quarantined, corrected: boolean): EventDraft {
  return { type: 'audit.put-through', subject: 'audit:quarantine', actor, body: { ...message, corrected } };
}

/** A message of the quarantine is dropped. @param actor the seat */
export function droppedDraft(actor: string, message: Quarantined): EventDraft {
  return { type: 'audit.dropped', subject: 'audit:quarantine', actor, body: message };
}
