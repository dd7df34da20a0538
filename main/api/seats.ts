import { ContractError } from '../../contract/errors.ts';
import type { SeatView } from '../../contract/schema/station.ts';
import type { Collection } from '../../contract/wire/collection.ts';
import type { Caller, Handlers } from '../../contract/wire/server.ts';

/** Seats whose selection is kept at one time. */
const MAX_SEATS = 128;

/** What each seat has selected and watches. It lives as long as the hall does: a selection is not a decision. */
export function seatHandlers(options: {
  seats: Collection<SeatView>;
  isCamera(id: string): boolean;
  /** Seats that have a window open now. */
  connected(): readonly Pick<Caller, 'seat'>[];
}): Pick<Handlers, 'seat.select' | 'seat.watch'> {
  const { seats, isCamera, connected } = options;
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
    const before = seats.items.get(seat) ?? { seat, selection: null, cameras: [] };
    seats.set(seat, { ...before, ...part });
    return {};
  };
  return {
    'seat.select': ({ selection }, { seat }) => change(seat, { selection }),
    'seat.watch'({ cameras }, { seat }) {
      const unknown = cameras.find((id) => !isCamera(id));
      if (unknown !== undefined) throw new ContractError('not-found', `there is no camera ${unknown}`);
      return change(seat, { cameras: [...new Set(cameras)] });
    },
  };
}
