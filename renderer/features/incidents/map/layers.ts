import { IconUrgent } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { halo, levelColour, nameBelow } from '../../../map/overlays/looks.ts';
import { incidentSymbols, PIN_HEAD } from './symbols.ts';
import { useIncidents } from './useIncidents.tsx';

/** The area around each incident that its response looks after; filled with the incidents. */
const concern: MapLayer = {
  id: 'concern',
  order: 200,
  sources: ['oh-concern'],
  style(palette) {
    const colour = levelColour(palette);
    return [
      {
        group: null,
        under: true,
        spec: {
          id: 'oh-concern-fill',
          type: 'fill',
          source: 'oh-concern',
          paint: { 'fill-color': colour, 'fill-opacity': 0.1 },
        },
      },
      {
        group: null,
        under: true,
        spec: {
          id: 'oh-concern-line',
          type: 'line',
          source: 'oh-concern',
          paint: {
            'line-color': colour,
            'line-width': 1.5 * palette.scale,
            'line-dasharray': [3, 2],
            'line-opacity': 0.85,
          },
        },
      },
    ];
  },
};

/** Open incidents. Nobody can switch them off. */
const incidents: MapLayer = {
  id: 'incidents',
  order: 1000,
  sources: ['oh-incidents'],
  symbols: incidentSymbols,
  hits: { order: 2, kind: 'incident', layers: [{ id: 'oh-incidents' }] },
  finds: [
    { kind: 'incident', order: 1, label: 'incidents:map.incident', icon: IconUrgent, zoom: 15, selects: 'incident' },
  ],
  useLayer: useIncidents,
  style: (palette) => [
    {
      group: null,
      under: false,
      covers: () => PIN_HEAD,
      spec: {
        id: 'oh-incidents',
        type: 'symbol',
        source: 'oh-incidents',
        layout: {
          ...nameBelow(palette),
          'icon-image': ['get', 'look'],
          'icon-anchor': 'bottom',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'text-field': ['get', 'label'],
          'text-size': 13 * palette.scale,
          'text-offset': [0, 0.4],
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': palette.ink, ...halo(palette), 'text-halo-width': 2 },
      },
    },
  ],
};

export const incidentLayers: readonly MapLayer[] = [concern, incidents];
