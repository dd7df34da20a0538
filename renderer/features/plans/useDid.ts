import { useCallback } from 'react';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { planDesk } from './planDesk.ts';

/** Keeps what was just done at hand, to be taken back by one key. `step` null: the run's end. */
export function useDid(): (run: string, step: string | null, said: string) => void {
  const desk = useDeskStore();
  return useCallback(
    (run, step, said) => desk.getState().setIn(planDesk, { undoable: { run, step, said, at: performance.now() } }),
    [desk],
  );
}
