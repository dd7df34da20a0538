import { IconAlertOctagon } from '@tabler/icons-react';
import type { MapLayer } from '../../../map/layer.ts';
import { halo, levelColour, nameBelow } from '../../../map/overlays/looks.ts';
import { useShapes } from './useShapes.ts';

const AREAS = 'oh-warnings';
const MIDDLES = 'oh-warnings-middle';

/** Where warnings hold, under everything that happens; of the chosen one a whole line. */
export const warningLayer: MapLayer = {
  id: 'warnings',
  order: 150,
  sources: [AREAS, MIDDLES],
  useLayer: useShapes,
  switches: [{ id: 'warnings', order: 10, label: 'warnings:map.layer', shown: true }],
  hits: { order: 8, kind: 'warning', layers: [{ id: 'oh-warnings-name' }] },
  finds: [
    { kind: 'warning', order: 12, label: 'warnings:map.warning', icon: IconAlertOctagon, zoom: 10, selects: 'warning' },
  ],
  style(palette) {
    const colour = levelColour(palette);
    return [
      {
        group: 'warnings',
        under: true,
        spec: {
          id: 'oh-warnings-fill',
          type: 'fill',
          source: AREAS,
          paint: { 'fill-color': colour, 'fill-opacity': ['case', ['get', 'chosen'], 0.16, 0.06] },
        },
      },
      {
        group: 'warnings',
        under: true,
        spec: {
          id: 'oh-warnings-line',
          type: 'line',
          source: AREAS,
          filter: ['!', ['get', 'chosen']],
          paint: { 'line-color': colour, 'line-width': 1.2 * palette.scale, 'line-dasharray': [4, 2] },
        },
      },
      {
        group: 'warnings',
        under: true,
        spec: {
          id: 'oh-warnings-chosen',
          type: 'line',
          source: AREAS,
          filter: ['get', 'chosen'],
          paint: { 'line-color': colour, 'line-width': 2.6 * palette.scale },
        },
      },
      {
        group: 'warnings',
        under: false,
        spec: {
          id: 'oh-warnings-name',
          type: 'symbol',
          source: MIDDLES,
          layout: {
            ...nameBelow(palette),
            'text-field': ['get', 'label'],
            'text-size': 12.5 * palette.scale,
            'text-offset': [0, 0],
            'text-anchor': 'center',
            'symbol-sort-key': ['get', 'level'],
          },
          paint: { 'text-color': palette.ink, ...halo(palette), 'text-halo-width': 2 },
        },
      },
    ];
  },
};
