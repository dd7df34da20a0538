import { useEffect } from 'react';
import { useBridge } from '../bridge/index.ts';
import { useDeskStore } from './DeskProvider.tsx';
import { useDrafts } from './DraftsProvider.tsx';
import { createFollowing } from './following.ts';
import { createSelectionSync } from './selection.ts';

/**
 * Keeps this window's selection and its seat's the same, except while somebody is at work in this one. A wall follows only
 * what is pushed to it.
 */
export function SelectionLink() {
  const bridge = useBridge();
  const desk = useDeskStore();
  const drafts = useDrafts();
  useEffect(() => {
    const following = createFollowing({
      writing: drafts.writing,
      adopt(selection) {
        // What a window that has just been opened finds is no change under anybody's hands.
        const fresh = desk.getState().selection === null && desk.getState().chosen === 0;
        desk.getState().adopt(selection, fresh ? Number.NEGATIVE_INFINITY : performance.now());
      },
      offer: (selection) => desk.getState().offer(selection),
      now: () => performance.now(),
      setTimeout(fn, ms) {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    });
    const sync = createSelectionSync({
      send: (selection) => bridge.call('seat.select', { selection }),
      adopt: following.told,
    });
    let chosen = desk.getState().chosen;
    const stopDesk = desk.subscribe((state) => {
      if (state.chosen === chosen) return;
      chosen = state.chosen;
      following.chosen();
      sync.chosen(state.selection);
    });
    const stopHall = bridge.subscribe('seats', () => {
      const seat = bridge.items('seats').get(desk.getState().seat);
      if (seat) sync.told(seat.selection);
    });
    window.addEventListener('keydown', following.touched, true);
    window.addEventListener('pointerdown', following.touched, true);
    return () => {
      stopDesk();
      stopHall();
      following.stop();
      window.removeEventListener('keydown', following.touched, true);
      window.removeEventListener('pointerdown', following.touched, true);
    };
  }, [bridge, desk, drafts]);
  return null;
}
