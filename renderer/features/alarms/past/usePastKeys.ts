import { useMemo } from 'react';
import { useActions } from '../../../desk/actions.ts';
import { useDeskStore } from '../../../desk/DeskProvider.tsx';
import type { Shortcut } from '../../../keys/registry.ts';
import { showPast, useQueueStore } from '../queue/queueStore.ts';
import type { PastShown } from './shown.ts';

/** Keys that bring a list of past alarms into the place of the queue, and from there the queue back. */
export function usePastKeys(): readonly Shortcut[] {
  const queue = useQueueStore();
  const desk = useDeskStore();
  const actions = useActions();
  return useMemo(() => {
    const turn = (isIt: (shown: PastShown) => boolean, to: PastShown) => () => {
      const { shown } = queue.getState();
      const there = desk.getState().activeRegion === 'alarms' && shown !== null && isIt(shown);
      showPast(queue, there ? null : to);
      actions.focusRegion('alarms');
    };
    return [
      {
        ...{ id: 'alarm-history', keys: ['h'], label: 'alarms:key.history' },
        run: turn((shown) => shown === 'history', 'history'),
      },
      {
        ...{ id: 'alarm-nuisances', keys: ['shift+a'], label: 'alarms:key.nuisances' },
        run: turn((shown) => shown !== 'history', 'frequent'),
      },
    ];
  }, [queue, desk, actions]);
}
