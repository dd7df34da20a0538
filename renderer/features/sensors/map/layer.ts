import { IconGauge } from '@tabler/icons-react';
import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapLayer } from '../../../map/layer.ts';
import { halo, levelColour, nameBelow } from '../../../map/overlays/looks.ts';
import { sensorSymbols } from './symbols.ts';
import { useSensors, VALUES_FROM_ZOOM } from './useSensors.ts';

/** Sensors with their newest value. */
export const sensorLayer: MapLayer = {
  id: 'sensors',
  order: 700,
  sources: ['oh-sensors'],
  symbols: sensorSymbols,
  switches: [{ id: 'sensors', order: 4, label: 'sensors:map.layer', shown: true }],
  hits: { order: 5, kind: 'sensor', layers: [{ id: 'oh-sensors' }] },
  finds: [{ kind: 'sensor', order: 7, label: 'sensors:map.sensor', icon: IconGauge, zoom: 16, selects: 'sensor' }],
  useLayer: useSensors,
  style: (palette) => [
    {
      group: 'sensors',
      under: false,
      spec: {
        id: 'oh-sensors',
        type: 'symbol',
        source: 'oh-sensors',
        minzoom: 10,
        // From far only those that are in alarm.
        filter: ['step', ['zoom'], ['>', ['get', 'level'], 0], 13, true] as unknown as ExpressionSpecification,
        layout: {
          ...nameBelow(palette),
          'icon-image': ['get', 'look'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 12.5, 0.7, 14, 1],
          'icon-allow-overlap': true,
          'text-field': ['step', ['zoom'], '', VALUES_FROM_ZOOM, ['get', 'value']],
          'text-size': 12 * palette.scale,
          'symbol-sort-key': ['get', 'order'],
        },
        paint: {
          'text-color': ['case', ['>', ['get', 'level'], 0], levelColour(palette), palette.ink],
          ...halo(palette),
        },
      },
    },
  ],
};
