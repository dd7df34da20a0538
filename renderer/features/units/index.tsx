import { defineFeature } from '../../desk/feature.ts';
import { unitLayer } from './map/layer.ts';
import { UnitDetail } from './UnitDetail.tsx';
import { useUnitCommands } from './useUnitCommands.ts';

export default defineFeature({
  name: 'units',
  details: { unit: (_, selection) => <UnitDetail selection={selection} /> },
  mapLayers: [unitLayer],
  useCommands: useUnitCommands,
});
