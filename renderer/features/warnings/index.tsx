import { IconAlertOctagon } from '@tabler/icons-react';
import { useActions } from '../../desk/actions.ts';
import { defineFeature } from '../../desk/feature.ts';
import { warningLayer } from './map/layer.ts';
import { useWarningActions } from './useWarningActions.ts';
import { useHolding, useWarningSounds } from './useWarnings.ts';
import { WarningDetail } from './WarningDetail.tsx';
import { WarningList } from './WarningList.tsx';
import { WarningSaid } from './WarningSaid.tsx';

export default defineFeature({
  name: 'warnings',
  regions: [
    {
      id: 'warnings',
      number: 10,
      title: 'warnings:region',
      icon: IconAlertOctagon,
      place: 'beside-below',
      content: WarningList,
      useCount: () => useHolding().rows.length,
      useNeed: () => (useHolding().rows.length > 0 ? 1 : 0),
      alongside: WarningSaid,
    },
  ],
  details: { warning: (_, { id }) => <WarningDetail key={id} id={id} /> },
  useSubjectActions: useWarningActions,
  useSounds: useWarningSounds,
  mapLayers: [warningLayer],
  useKeys() {
    const { focusRegion } = useActions();
    return [{ id: 'warnings', keys: ['shift+y'], label: 'warnings:key.open', run: () => focusRegion('warnings') }];
  },
});
