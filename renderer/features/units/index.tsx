import { IconCurrentLocation } from '@tabler/icons-react';
import { useSlice } from '../../desk/DeskProvider.tsx';
import { defineFeature } from '../../desk/feature.ts';
import { unitLayer } from './map/layer.ts';
import { UnitDetail } from './UnitDetail.tsx';
import { unitDesk } from './unitDesk.ts';
import { useFollow } from './useFollow.ts';
import { useUnitCommands } from './useUnitCommands.ts';

export default defineFeature({
  name: 'units',
  details: { unit: (_, selection) => <UnitDetail selection={selection} /> },
  mapLayers: [unitLayer],
  slice: unitDesk,
  useSubjectActions({ selection }) {
    const follow = useFollow();
    const followed = useSlice(unitDesk, (state) => state.followed);
    if (selection?.kind !== 'unit') return [];
    const label = followed === selection.id ? 'units:action.leave' : 'units:action.follow';
    return [{ id: 'units.follow', order: 50, label, icon: IconCurrentLocation, keys: 'g', run: follow }];
  },
  useKeys() {
    const follow = useFollow();
    return [{ id: 'units.follow', keys: ['g'], label: 'units:key.follow', run: follow }];
  },
  useCommands: useUnitCommands,
});
