import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapPalette } from '../palette.ts';
import { FONT, levelColour, ON, type OverlayLayer } from './overlayLayer.ts';

/** A camera that gives no picture. */
const GONE: ExpressionSpecification = ['boolean', ['feature-state', 'gone'], false];

/** What stands at a point: components, facilities, cameras, sensors, alarms, incidents, from the ground up. */
export function pointLayers(palette: MapPalette): OverlayLayer[] {
  const label = {
    'text-font': FONT,
    'text-size': 11.5 * palette.scale,
    'text-offset': [0, 1.1] as [number, number],
    'text-anchor': 'top' as const,
    'text-optional': true,
    'text-max-width': 9,
  };
  const halo = { 'text-halo-color': palette.paper, 'text-halo-width': 1.6 };
  return [
    {
      group: 'components',
      under: false,
      spec: {
        id: 'oh-components',
        type: 'symbol',
        source: 'oh-components',
        minzoom: 15.6,
        layout: {
          'icon-image': ['concat', 'component-', ['slice', ['get', 'kind'], 0, 2]],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 15.6, 0.35, 18, 1],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
        },
      },
    },
    {
      group: 'components',
      under: false,
      spec: {
        id: 'oh-components-name',
        type: 'symbol',
        source: 'oh-components',
        minzoom: 18,
        layout: { ...label, 'text-field': ['get', 'title'], 'text-size': 10 * palette.scale, 'text-offset': [0, 0.7] },
        paint: { 'text-color': palette.muted, ...halo },
      },
    },
    {
      group: 'facilities',
      under: false,
      spec: {
        id: 'oh-facilities',
        type: 'symbol',
        source: 'oh-facilities',
        minzoom: 11.8,
        // From far only where help comes from; the rest when there is room.
        filter: [
          'step',
          ['zoom'],
          ['in', ['get', 'kind'], ['literal', ['hospital', 'fire-station']]],
          13.4,
          true,
        ] as unknown as ExpressionSpecification,
        layout: {
          ...label,
          'icon-image': ['get', 'look'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.75, 15, 1],
          'text-field': ['step', ['zoom'], '', 14.5, ['get', 'title']],
          'symbol-sort-key': ['match', ['get', 'kind'], ['hospital', 'fire-station'], 0, 'shelter', 2, 1],
        },
        paint: { 'text-color': palette.muted, ...halo },
      },
    },
    {
      group: 'cameras',
      under: false,
      spec: {
        id: 'oh-cameras-dot',
        type: 'circle',
        source: 'oh-cameras',
        maxzoom: 13.2,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 1.2, 13, 2.4],
          'circle-color': ['case', ON, palette.touch, palette.paper],
          'circle-stroke-width': 1,
          'circle-stroke-color': ['case', ON, palette.touch, palette.faint],
        },
      },
    },
    {
      group: 'cameras',
      under: false,
      spec: {
        id: 'oh-cameras',
        type: 'symbol',
        source: 'oh-cameras',
        minzoom: 13.2,
        layout: {
          ...label,
          'icon-image': 'camera',
          'icon-allow-overlap': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 13.2, 0.72, 15.5, 1],
          'text-field': ['step', ['zoom'], '', 15.5, ['get', 'title']],
        },
        paint: { 'icon-opacity': ['case', ON, 0, GONE, 0, 1], 'text-color': palette.muted, ...halo },
      },
    },
    {
      group: 'cameras',
      under: false,
      spec: {
        id: 'oh-cameras-gone',
        type: 'symbol',
        source: 'oh-cameras',
        minzoom: 13.2,
        layout: {
          'icon-image': 'camera-gone',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 13.2, 0.72, 15.5, 1],
        },
        paint: { 'icon-opacity': ['case', ON, 0, GONE, 1, 0] },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-cameras-on',
        type: 'symbol',
        source: 'oh-cameras',
        layout: { 'icon-image': 'camera-on', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
        paint: { 'icon-opacity': ['case', ON, 1, 0] },
      },
    },
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
          ...label,
          'icon-image': ['get', 'look'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 12.5, 0.7, 14, 1],
          'icon-allow-overlap': true,
          'text-field': ['step', ['zoom'], '', 13.8, ['get', 'value']],
          'text-size': 12 * palette.scale,
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': ['case', ['>', ['get', 'level'], 0], levelColour(palette), palette.ink], ...halo },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-alarms',
        type: 'symbol',
        source: 'oh-alarms',
        layout: {
          ...label,
          'icon-image': ['get', 'look'],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'text-field': ['step', ['zoom'], '', 12.5, ['get', 'label']],
          'text-size': 12.5 * palette.scale,
          'text-offset': [0, 1.2],
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': palette.ink, ...halo },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-incidents',
        type: 'symbol',
        source: 'oh-incidents',
        layout: {
          ...label,
          'icon-image': ['get', 'look'],
          'icon-anchor': 'bottom',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'text-field': ['get', 'label'],
          'text-size': 13 * palette.scale,
          'text-offset': [0, 0.4],
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': palette.ink, ...halo, 'text-halo-width': 2 },
      },
    },
  ];
}
