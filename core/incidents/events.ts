import { z } from 'zod';
import { ConflictSeenBody, LevelBody, NameBody, PlaceBody, ProseBody, SeenBody, TextBody } from '../bodies.ts';
import { firstVersions } from '../ledger/family.ts';

export const Opened = z.object({
  type: NameBody,
  title: TextBody,
  place: PlaceBody,
  level: LevelBody,
  alarm: NameBody.nullable(),
  /** The closed incident that the alarm was before: it got worse, or was still up. */
  after: NameBody.optional(),
  words: ProseBody.optional(),
  caller: z.object({ name: NameBody, phone: NameBody }).optional(),
});
export const Taken = z.object({ seen: SeenBody });
export const AlarmJoined = z.object({ alarm: NameBody });
export const LevelChanged = z.object({ level: LevelBody, reason: ProseBody, seen: SeenBody });
export const Noted = z.object({ text: ProseBody });
export const PlanLaunched = z.object({ plan: NameBody, run: NameBody, seen: SeenBody });
/** Before incidents could be opened again a close did not say what its writer had seen. */
export const Closed = z.object({ reason: ProseBody, seen: SeenBody.optional() });
export const Reopened = z.object({ reason: ProseBody, seen: SeenBody });
export const Merged = z.object({
  into: z.object({ id: NameBody, openedAt: z.number().int().nonnegative() }),
  seen: SeenBody,
});
export const Split = z.object({ seen: SeenBody });

/** Every event of an incident, as it is written now. */
export const INCIDENT_EVENTS = firstVersions({
  'incident.opened': Opened,
  'incident.level-changed': LevelChanged,
  'incident.noted': Noted,
  'incident.plan-launched': PlanLaunched,
  'incident.taken': Taken,
  'incident.alarm-joined': AlarmJoined,
  'incident.closed': Closed,
  'incident.reopened': Reopened,
  'incident.merged': Merged,
  'incident.split': Split,
  'conflict.seen': ConflictSeenBody,
});
