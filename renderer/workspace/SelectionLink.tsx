import { useEffect } from 'react';
import { useBridge } from '../bridge/index.ts';
import { useDeskStore } from './DeskProvider.tsx';
import { createSelectionSync } from './selection.ts';

/** Keeps this window's selection and its seat's the same. A wall follows only what is pushed to it. */
export function SelectionLink() {
  const bridge = useBridge();
  const desk = useDeskStore();
  useEffect(() => {
    const sync = createSelectionSync({
      send: (selection) => bridge.call('seat.select', { selection }),
      adopt: (selection) => desk.getState().adopt(selection),
    });
    let chosen = desk.getState().chosen;
    const stopDesk = desk.subscribe((state) => {
      if (state.chosen === chosen) return;
      chosen = state.chosen;
      sync.chosen(state.selection);
    });
    const stopHall = bridge.subscribe('seats', () => {
      const seat = bridge.items('seats').get(desk.getState().seat);
      if (seat) sync.told(seat.selection);
    });
    return () => {
      stopDesk();
      stopHall();
    };
  }, [bridge, desk]);
  return null;
}
