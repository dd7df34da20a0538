import { IconCar } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { useUnits } from './useUnits.tsx';

/** Units: drawn past the style, over all that stands still but alarms and incidents; under them the trail of the selected one. */
export const unitLayer: MapLayer = {
  id: 'units',
  order: 800,
  sources: ['oh-trail'],
  style: (palette) => [
    {
      group: 'units',
      under: false,
      spec: {
        id: 'oh-trail',
        type: 'line',
        source: 'oh-trail',
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': palette.touch, 'line-width': 3 * palette.scale, 'line-opacity': 0.65 },
      },
    },
  ],
  drawn: { group: 'units' },
  switches: [{ id: 'units', order: 1, label: 'units:map.layer', shown: true }],
  hits: { order: 3, kind: 'unit' },
  finds: [{ kind: 'unit', order: 8, label: 'units:map.unit', icon: IconCar, zoom: 16, selects: 'unit' }],
  useLayer: useUnits,
};
