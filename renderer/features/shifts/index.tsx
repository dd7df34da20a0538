import { IconNotebook, IconTransfer } from '@tabler/icons-react';
import { useTopicValue } from '../../bridge/index.ts';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { DutyLog } from './DutyLog.tsx';
import { HandoverRegion } from './HandoverRegion.tsx';
import { shiftDesk } from './shiftDesk.ts';

export default defineFeature({
  name: 'shifts',
  slice: shiftDesk,
  regions: [
    {
      ...{ id: 'shift', number: 7, title: 'shifts:region', icon: IconTransfer, content: HandoverRegion },
      useCount: () =>
        useTopicValue('handovers', (all) => [...all.values()].filter(({ state }) => state === 'open').length),
    },
    { id: 'log', number: 8, title: 'shifts:log.region', icon: IconNotebook, content: DutyLog },
  ],
  useKeys() {
    const actions = useActions();
    return [
      { id: 'shift', keys: ['shift+h'], label: 'shifts:key.shift', run: () => actions.focusRegion('shift') },
      { id: 'log', keys: ['shift+d'], label: 'shifts:key.log', run: () => actions.focusRegion('log') },
    ];
  },
});
