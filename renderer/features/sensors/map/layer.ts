import { IconGauge } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { sensorSymbols } from './symbols.ts';
import { useSensors } from './useSensors.ts';

/** Sensors with their newest value. */
export const sensorLayer: MapLayer = {
  id: 'sensors',
  order: 700,
  marks: { group: 'sensors', symbols: sensorSymbols },
  switches: [{ id: 'sensors', order: 4, label: 'sensors:map.layer', shown: true }],
  hits: { order: 5, kind: 'sensor' },
  finds: [{ kind: 'sensor', order: 7, label: 'sensors:map.sensor', icon: IconGauge, zoom: 16, selects: 'sensor' }],
  useLayer: useSensors,
};
