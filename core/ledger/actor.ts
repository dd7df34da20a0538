/** Who decided. `seat` is null where nobody sat. Members that a later version adds are kept, and covered by the event's hash. */
export interface Actor {
  readonly kind: 'person' | 'rule' | 'timer' | 'feed';
  /** Which of its kind: the person's seat while there are no accounts, the rule, the timer. */
  readonly id: string;
  readonly seat: string | null;
  /** The account, once there are accounts. */
  readonly person?: string;
  /** The sign-on it was done under. */
  readonly session?: string;
}

const TIMER = '.timer';

/**
 * The actor of a name as deciders say it: a seat (`duty`), or the hall itself, with a dot that no seat has (`rule.waterlogging`,
 * `feed.weather`, `hall.timer`). Its members are in their canonical order.
 */
export function actorNamed(name: string): Actor {
  for (const kind of ['rule', 'feed'] as const) {
    if (name.startsWith(`${kind}.`)) return { id: name.slice(kind.length + 1), kind, seat: null };
  }
  if (name.endsWith(TIMER)) return { id: name.slice(0, -TIMER.length), kind: 'timer', seat: null };
  return { id: name, kind: 'person', seat: name };
}

/** The name that people are shown: the seat, or what it was that decided. */
export function nameOfActor({ kind, id, seat }: Actor): string {
  if (seat !== null) return seat;
  return kind === 'timer' ? `${id}${TIMER}` : `${kind}.${id}`;
}
