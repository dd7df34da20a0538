import { IconUrgent } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { levelColour } from '../../../map/overlays/looks.ts';
import { incidentSymbols } from './symbols.ts';
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
  marks: { group: null, symbols: incidentSymbols },
  hits: { order: 2, kind: 'incident' },
  finds: [
    { kind: 'incident', order: 1, label: 'incidents:map.incident', icon: IconUrgent, zoom: 15, selects: 'incident' },
  ],
  useLayer: useIncidents,
};

export const incidentLayers: readonly MapLayer[] = [concern, incidents];
