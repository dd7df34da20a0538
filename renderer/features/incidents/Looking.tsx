import { useEffect } from 'react';
import { LIVE } from '../../../contract/features/worlds.ts';
import { useDesk, useDeskStore } from '../../desk/DeskProvider.tsx';
import { useOpenIncidents } from '../../desk/incidents.ts';
import { stateOf } from '../../desk/slice.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { useWorld } from '../../desk/world.ts';
import { incidentDesk } from './incidentDesk.ts';
import { joinLooked, lookedKey, readLooked } from './looked.ts';

/** Remembers, for all windows of the seat on this machine, what it has seen of each open incident: the one selected is looked at. */
export function Looking() {
  const desk = useDeskStore();
  const seat = useDesk((state) => state.seat);
  const world = useWorld()?.id ?? LIVE;
  const open = useOpenIncidents();
  const { incident } = useSubject();
  const key = lookedKey(seat, world);
  const [id, changes] = [incident?.id, incident?.changes];

  useEffect(() => {
    const hear = (event: StorageEvent) => {
      if (event.key === key) desk.getState().setIn(incidentDesk, { looked: readLooked(event.newValue) });
    };
    desk.getState().setIn(incidentDesk, { looked: readLooked(localStorage.getItem(key)) });
    window.addEventListener('storage', hear);
    return () => window.removeEventListener('storage', hear);
  }, [desk, key]);

  useEffect(() => {
    if (id === undefined || changes === undefined) return;
    const { looked } = stateOf(desk.getState(), incidentDesk);
    const next = joinLooked(looked, { [id]: changes }, open);
    if (JSON.stringify(next) === JSON.stringify(looked)) return;
    desk.getState().setIn(incidentDesk, { looked: next });
    localStorage.setItem(key, JSON.stringify(next));
  }, [desk, key, open, id, changes]);
  return null;
}
