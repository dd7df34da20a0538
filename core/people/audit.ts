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

/** What people and systems were refused for want of a right, and which cameras they turned. Nothing is folded from it: it is there to be read. */
export const auditFamily: EventFamily = {
  kind: 'audit',
  stream: AUDIT,
  events: firstVersions({ 'audit.refused': Refused, 'audit.steered': Steered }),
};

/** @param seat that was refused */
export function refusedDraft(seat: string, body: Refused): EventDraft {
  return { type: 'audit.refused', subject: 'audit:refusals', actor: seat, body };
}

/** @param seat that began to turn a camera */
export function steeredDraft(seat: string, body: Steered): EventDraft {
  return { type: 'audit.steered', subject: 'audit:steering', actor: seat, body };
}
