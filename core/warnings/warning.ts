import { z } from 'zod';
import { ConflictSeenBody, NameBody, SeenBody } from '../bodies.ts';
import { type Decision, decisionOf, type LedgerEvent } from '../ledger/envelope.ts';
import { firstVersions } from '../ledger/family.ts';
import type { Aggregate } from '../ledger/projection.ts';
import {
  type Conflict,
  EARLIEST,
  markSeen,
  type Register,
  standingValue,
  trackConflict,
  write,
} from '../ledger/register.ts';
import { OPS } from '../ledger/stream.ts';
import { MOST_REFERENCES, Said } from './message.ts';

const How = z.enum(['replaced', 'cancelled', 'expired']);

const Came = Said.extend({
  /** Subjects of the messages that it follows. */
  follows: z.array(NameBody).max(MOST_REFERENCES),
  /** Whether a person is to acknowledge it (N5). */
  asks: z.boolean(),
});
const Followed = z.object({ by: NameBody });
/** `by`: the message that speaks for the chain since; null where its time was over. */
const Ended = z.object({ how: How, by: NameBody.nullable() });
const Linked = z.object({ incident: NameBody, seen: SeenBody });

/** So many that follow one message are kept. */
const MOST_FOLLOWERS = 200;

/** One message of an authority, and what became of it. */
export interface Warning {
  readonly id: string;
  /** Null before it came: another that follows it was earlier. */
  readonly said: Said | null;
  readonly came: Decision | null;
  readonly follows: readonly string[];
  /** Messages that follow it. */
  readonly followers: readonly string[];
  readonly asks: boolean;
  /** What ended it first; null while nothing has. */
  readonly ended: { readonly how: z.infer<typeof How>; readonly by: string | null; readonly at: number } | null;
  readonly acknowledged: Decision | null;
  /** Incidents it became; more than one head only when stations opened one each while apart (N6). */
  readonly incident: Register<string>;
  readonly conflicts: Conflict[];
}

function evolve(warning: Warning, event: LedgerEvent): Warning {
  const by = decisionOf(event);
  switch (event.type) {
    case 'warning.came': {
      if (warning.came) return warning;
      const { follows, asks, ...said } = event.body as z.infer<typeof Came>;
      return { ...warning, said, follows, asks, came: by };
    }
    case 'warning.followed': {
      const follower = (event.body as z.infer<typeof Followed>).by;
      if (warning.followers.includes(follower) || warning.followers.length >= MOST_FOLLOWERS) return warning;
      return { ...warning, followers: [...warning.followers, follower] };
    }
    case 'warning.ended':
      return warning.ended
        ? warning
        : { ...warning, ended: { ...(event.body as z.infer<typeof Ended>), at: event.at } };
    case 'warning.acknowledged':
      return warning.acknowledged ? warning : { ...warning, acknowledged: by };
    case 'warning.linked': {
      const { incident, seen } = event.body as z.infer<typeof Linked>;
      const register = write(warning.incident, incident, by, seen);
      const conflicts = trackConflict(warning.conflicts, warning.id, 'incident', register, EARLIEST, by);
      return { ...warning, incident: register, conflicts };
    }
    case 'conflict.seen': {
      const { conflict } = event.body as z.infer<typeof ConflictSeenBody>;
      return { ...warning, conflicts: markSeen(warning.conflicts, conflict, by) };
    }
    default:
      return warning;
  }
}

export const warningAggregate: Aggregate<Warning> = {
  kind: 'warning',
  stream: OPS,
  initialState: (id) => ({
    ...{ id, said: null, came: null, follows: [], followers: [], asks: false },
    ...{ ended: null, acknowledged: null, incident: [], conflicts: [] },
  }),
  evolve,
  events: firstVersions({
    'warning.came': Came,
    'warning.followed': Followed,
    'warning.ended': Ended,
    'warning.acknowledged': z.object({}),
    'warning.linked': Linked,
    'conflict.seen': ConflictSeenBody,
  }),
};

/** Whether it warns: it came, is no cancel, and nothing has ended it. */
export function holds(warning: Warning): boolean {
  return warning.said !== null && warning.said.does !== 'cancel' && warning.ended === null;
}

/** The incident that it became, the one that stands where there are two. */
export function incidentOfWarning({ incident }: Pick<Warning, 'incident'>): string | null {
  return (standingValue(incident, EARLIEST) as string | undefined) ?? null;
}
