import type { MapLayer } from '../../../map/layer.ts';
import { RING_HANDLE } from './handle.ts';
import { useRing } from './useRing.ts';

/** The ring around what is looked around from, with a handle to drag: above all but what is measured. */
export const nearLayer: MapLayer = {
  id: 'near',
  order: 1050,
  sources: ['oh-near'],
  useLayer: useRing,
  style: (palette) => [
    {
      group: null,
      under: true,
      spec: {
        id: 'oh-near-fill',
        type: 'fill',
        source: 'oh-near',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': palette.touch, 'fill-opacity': 0.06 },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-near-line',
        type: 'line',
        source: 'oh-near',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'line-color': palette.touch, 'line-width': 1.6 * palette.scale, 'line-dasharray': [3, 2] },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: RING_HANDLE,
        type: 'circle',
        source: 'oh-near',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 6 * palette.scale,
          'circle-color': palette.paper,
          'circle-stroke-color': palette.touch,
          'circle-stroke-width': 2,
        },
      },
    },
  ],
};
