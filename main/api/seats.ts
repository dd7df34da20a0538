import type { SeatView } from '../../contract/schema/station.ts';
import type { Collection } from '../../contract/wire/collection.ts';
import type { Handlers } from '../../contract/wire/server.ts';

/** What each seat has selected and watches. It lives as long as the hall does: a selection is not a decision. */
export function seatHandlers({ seats }: { seats: Collection<SeatView> }): Pick<Handlers, 'seat.select' | 'seat.watch'> {
  const change = (seat: string, part: Partial<SeatView>) => {
    const before = seats.items.get(seat) ?? { seat, selection: null, cameras: [] };
    seats.set(seat, { ...before, ...part });
    return {};
  };
  return {
    'seat.select': ({ selection }, { seat }) => change(seat, { selection }),
    'seat.watch': ({ cameras }, { seat }) => change(seat, { cameras }),
  };
}
