import { ContractError } from '../../../contract/errors.ts';
import type { SeatView } from '../../../contract/features/seats.ts';
import type { Collection } from '../../../contract/wire/collection.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import type { Clock } from '../../clock.ts';
import type { Watched } from './watched.ts';

/** Milliseconds for which alarms that were heard are silent. */
const MUTE_MS = 120_000;
/** Seats whose selection is kept at one time. */
const MAX_SEATS = 128;

/**
 * What each seat has selected, watches and has silenced. None of it is a decision: what is watched comes back with the hall,
 * the rest lives as long as it does, and after a restart everything sounds.
 */
export function seatHandlers(options: {
  seats: Collection<SeatView>;
  clock: Pick<Clock, 'now'>;
  isCamera(id: string): boolean;
  /** Seats that have a window open now. */
  connected(): readonly Pick<Caller, 'seat'>[];
  watched: Pick<Watched, 'found' | 'changed'>;
}): Pick<Handlers, 'seat.select' | 'seat.watch' | 'seat.mute' | 'seat.unmute'> {
  const { seats, clock, isCamera, connected, watched } = options;
  /** By when they were last used, the oldest first. */
  const used = new Set<string>();

  function makeRoom(): void {
    const here = new Set(connected().map(({ seat }) => seat));
    const idle = [...used].find((seat) => !here.has(seat));
    if (idle === undefined)
      throw new ContractError('refused', `${MAX_SEATS} seats are in use; close the windows of one that is not needed`);
    used.delete(idle);
    seats.delete(idle);
  }

  const change = (seat: string, part: Partial<SeatView>) => {
    if (!used.has(seat) && used.size >= MAX_SEATS) makeRoom();
    used.delete(seat);
    used.add(seat);
    const before = seats.items.get(seat) ?? { seat, selection: null, cameras: [], mute: null };
    const mute = before.mute && before.mute.until > clock.now() ? before.mute : null;
    seats.set(seat, { ...before, mute, ...part });
    return {};
  };
  for (const [seat, cameras] of watched.found) {
    if (used.size < MAX_SEATS) change(seat, { cameras: cameras.filter(isCamera) });
  }
  const watching = function* () {
    for (const { seat, cameras } of seats.items.values()) yield [seat, cameras] as const;
  };
  return {
    'seat.select': ({ selection }, { seat }) => change(seat, { selection }),
    'seat.watch'({ cameras }, { seat }) {
      const unknown = cameras.find((id) => !isCamera(id));
      if (unknown !== undefined) throw new ContractError('not-found', `there is no camera ${unknown}`);
      const answer = change(seat, { cameras: [...new Set(cameras)] });
      watched.changed(watching);
      return answer;
    },
    'seat.mute': ({ heard, reason }, { seat }) =>
      change(seat, { mute: { heard, reason, until: clock.now() + MUTE_MS } }),
    'seat.unmute': (_, { seat }) => change(seat, { mute: null }),
  };
}
