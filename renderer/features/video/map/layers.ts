import { IconCamera } from '@tabler/icons-react';
import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapLayer, OverlayLayer } from '../../../map/layer.ts';
import { flagged, halo, nameBelow } from '../../../map/overlays/looks.ts';
import type { MapPalette } from '../../../map/palette.ts';
import { CONE_BANDS } from './cones.ts';
import { cameraSymbols } from './symbols.ts';
import { useCameras } from './useCameras.ts';

/** A camera that is selected or watched. */
const ON = flagged('on');
/** A camera that gives no picture. */
const GONE = flagged('gone');

const fade = (near: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['get', 'band'],
  0,
  near,
  CONE_BANDS - 1,
  near * 0.15,
];

/** What is filled into a sector, and its outline. */
function sectors(source: string, palette: MapPalette): readonly OverlayLayer[] {
  const colour: ExpressionSpecification = ['case', ON, palette.touch, palette.muted];
  const near = (on: number | ExpressionSpecification, off: number | ExpressionSpecification) =>
    [
      ...['interpolate', ['linear'], ['zoom']],
      ...[13.6, ['case', ON, on, 0], 14.2, ['case', ON, on, off]],
    ] as unknown as ExpressionSpecification;
  return [
    {
      ...{ group: 'cones', under: true },
      spec: {
        ...{ id: `${source}-fill`, type: 'fill', source, filter: ['>=', ['get', 'band'], 0] },
        paint: { 'fill-color': colour, 'fill-antialias': false, 'fill-opacity': near(fade(0.5), fade(0.22)) },
      },
    },
    {
      ...{ group: 'cones', under: true },
      spec: {
        ...{ id: `${source}-line`, type: 'line', source, filter: ['==', ['get', 'band'], -1] },
        paint: {
          ...{ 'line-color': colour, 'line-width': ['case', ON, 1.3, 0.7] },
          'line-opacity': near(0.9, 0.28),
        },
      },
    },
  ];
}

/** What cameras see, of those that tell where they are turned to apart; filled with the cameras. */
const cones: MapLayer = {
  id: 'cones',
  order: 300,
  sources: ['oh-cones', 'oh-cones-turned'],
  switches: [{ id: 'cones', order: 3, label: 'video:map.cones', shown: true }],
  style: (palette) => [...sectors('oh-cones', palette), ...sectors('oh-cones-turned', palette)],
};

const cameras: MapLayer = {
  id: 'cameras',
  order: 600,
  sources: ['oh-cameras'],
  symbols: cameraSymbols,
  switches: [{ id: 'cameras', order: 2, label: 'video:map.cameras', shown: true }],
  // Cameras that are singled out have a layer of their own, invisible for all the others.
  hits: {
    order: 4,
    kind: 'camera',
    layers: [{ id: 'oh-cameras-on', flag: 'on' }, { id: 'oh-cameras' }, { id: 'oh-cameras-dot' }],
  },
  useLayer: useCameras,
  style: (palette) => [
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
          ...nameBelow(palette),
          'icon-image': 'camera',
          'icon-allow-overlap': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 13.2, 0.72, 15.5, 1],
          'text-field': ['step', ['zoom'], '', 15.5, ['get', 'title']],
        },
        paint: { 'icon-opacity': ['case', ON, 0, GONE, 0, 1], 'text-color': palette.muted, ...halo(palette) },
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
  ],
  finds: [{ kind: 'camera', order: 6, label: 'video:map.camera', icon: IconCamera, zoom: 16.5, selects: 'camera' }],
};

/** Cameras and what they see. */
export const cameraLayers: readonly MapLayer[] = [cones, cameras];
