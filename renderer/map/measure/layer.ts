import type { MapLayer } from '../layer.ts';

/** What is measured: above everything, but for the ground that an area covers. */
export const measureLayer: MapLayer = {
  id: 'measure',
  order: 1100,
  sources: ['oh-measure'],
  style: (palette) => [
    {
      group: null,
      under: true,
      spec: {
        id: 'oh-measure-fill',
        type: 'fill',
        source: 'oh-measure',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': palette.touch, 'fill-opacity': 0.14 },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-measure-line',
        type: 'line',
        source: 'oh-measure',
        filter: ['!', ['has', 'open']],
        paint: { 'line-color': palette.touch, 'line-width': 2 * palette.scale },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-measure-open',
        type: 'line',
        source: 'oh-measure',
        filter: ['has', 'open'],
        paint: { 'line-color': palette.touch, 'line-width': 1.5 * palette.scale, 'line-dasharray': [2, 2] },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-measure-points',
        type: 'circle',
        source: 'oh-measure',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 4 * palette.scale,
          'circle-color': palette.paper,
          'circle-stroke-color': palette.touch,
          'circle-stroke-width': 2,
        },
      },
    },
  ],
};
