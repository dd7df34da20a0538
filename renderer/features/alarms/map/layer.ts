import { IconAlertTriangle } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { halo, nameBelow } from '../../../map/overlays/looks.ts';
import { alarmSymbols } from './symbols.ts';
import { useAlarms } from './useAlarms.ts';

/** Alarms that stand. Nobody can switch them off. */
export const alarmLayer: MapLayer = {
  id: 'alarms',
  order: 900,
  sources: ['oh-alarms'],
  symbols: alarmSymbols,
  hits: { order: 1, kind: 'alarm', layers: [{ id: 'oh-alarms' }] },
  finds: [{ kind: 'alarm', order: 2, label: 'alarms:map.alarm', icon: IconAlertTriangle, zoom: 15, selects: 'alarm' }],
  useLayer: useAlarms,
  style: (palette) => [
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-alarms',
        type: 'symbol',
        source: 'oh-alarms',
        layout: {
          ...nameBelow(palette),
          'icon-image': ['get', 'look'],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'text-field': ['step', ['zoom'], '', 12.5, ['get', 'label']],
          'text-size': 12.5 * palette.scale,
          'text-offset': [0, 1.2],
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': palette.ink, ...halo(palette) },
      },
    },
  ],
};
