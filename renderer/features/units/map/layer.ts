import { IconCar } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { UNIT_LAYER } from './unitLayer.ts';
import { useUnits } from './useUnits.tsx';

/** Units: drawn past the style, above what stands still and below alarms and incidents. */
export const unitLayer: MapLayer = {
  id: 'units',
  order: 800,
  drawn: { id: UNIT_LAYER, group: 'units' },
  switches: [{ id: 'units', order: 1, label: 'units:map.layer', shown: true }],
  hits: { order: 3, kind: 'unit' },
  finds: [{ kind: 'unit', order: 8, label: 'units:map.unit', icon: IconCar, zoom: 16, selects: 'unit' }],
  useLayer: useUnits,
};
