import {
  IconArrowsCross,
  IconBuilding,
  IconCurrentLocation,
  IconGridDots,
  IconMapPin,
  IconRoad,
} from '@tabler/icons-react';
import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapLayer } from '../../../map/layer.ts';
import { FONT, halo, nameBelow } from '../../../map/overlays/looks.ts';
import { componentSymbols, facilitySymbols } from './symbols.ts';
import { useCells, useComponents, useFacilities } from './useCityLayers.ts';

/** The 15-digit cells of the management grid, and the other bounds of the city, which are of the base map (renderer/map/style/labels.ts). */
const cells: MapLayer = {
  id: 'cells',
  order: 100,
  sources: ['oh-cells'],
  switches: [
    { id: 'streets', order: 7, label: 'situation:map.streets', shown: true, base: ['border-street', 'label-street'] },
    {
      ...{ id: 'communities', order: 8, label: 'situation:map.communities', shown: true },
      base: ['border-community', 'label-community'],
    },
    { id: 'cells', order: 9, label: 'situation:map.cells', shown: false },
  ],
  useLayer: useCells,
  style: (palette) => [
    {
      group: 'cells',
      under: true,
      spec: {
        id: 'oh-cells-line',
        type: 'line',
        source: 'oh-cells',
        minzoom: 12,
        paint: {
          'line-color': palette.muted,
          'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.5, 16, 1.2],
          'line-opacity': 0.4,
        },
      },
    },
    {
      group: 'cells',
      under: false,
      spec: {
        id: 'oh-cells-name',
        type: 'symbol',
        source: 'oh-cells',
        minzoom: 15,
        layout: {
          'text-field': ['slice', ['get', 'code'], 12],
          'text-font': FONT,
          'text-size': 10 * palette.scale,
          'text-padding': 20,
        },
        paint: { 'text-color': palette.muted, 'text-halo-color': palette.paper, 'text-halo-width': 1.2 },
      },
    },
  ],
};

/** City components (GB/T 30428.2): lamps, hydrants, covers. */
const components: MapLayer = {
  id: 'components',
  order: 400,
  sources: ['oh-components'],
  symbols: componentSymbols,
  switches: [{ id: 'components', order: 6, label: 'situation:map.components', shown: true }],
  hits: { order: 7, kind: 'component', layers: [{ id: 'oh-components' }] },
  useLayer: useComponents,
  style: (palette) => [
    {
      group: 'components',
      under: false,
      spec: {
        id: 'oh-components',
        type: 'symbol',
        source: 'oh-components',
        minzoom: 15.6,
        layout: {
          'icon-image': ['get', 'look'],
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
        layout: {
          ...nameBelow(palette),
          'text-field': ['get', 'title'],
          'text-size': 10 * palette.scale,
          'text-offset': [0, 0.7],
        },
        paint: { 'text-color': palette.muted, ...halo(palette) },
      },
    },
  ],
};

/** Hospitals, fire stations, shelters … */
const facilities: MapLayer = {
  id: 'facilities',
  order: 500,
  sources: ['oh-facilities'],
  symbols: facilitySymbols,
  switches: [{ id: 'facilities', order: 5, label: 'situation:map.facilities', shown: true }],
  hits: { order: 6, kind: 'place', layers: [{ id: 'oh-facilities' }] },
  finds: [
    { kind: 'place', order: 3, label: 'situation:find.place', icon: IconMapPin, zoom: 15.5, selects: 'place' },
    { kind: 'facility', order: 4, label: 'situation:find.facility', icon: IconBuilding, zoom: 16, selects: 'place' },
    { kind: 'road', order: 5, label: 'situation:find.road', icon: IconRoad, zoom: 15, selects: 'place' },
    {
      kind: 'crossing',
      order: 10,
      label: 'situation:find.crossing',
      icon: IconArrowsCross,
      zoom: 16,
      selects: 'place',
    },
    { kind: 'point', order: 11, label: 'situation:find.point', icon: IconCurrentLocation, zoom: 16, selects: 'place' },
    { kind: 'grid', order: 9, label: 'situation:find.grid', icon: IconGridDots, zoom: 15, selects: 'place' },
  ],
  useLayer: useFacilities,
  style: (palette) => [
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
          ...nameBelow(palette),
          'icon-image': ['get', 'look'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.75, 15, 1],
          'text-field': ['step', ['zoom'], '', 14.5, ['get', 'title']],
          'symbol-sort-key': ['match', ['get', 'kind'], ['hospital', 'fire-station'], 0, 'shelter', 2, 1],
        },
        paint: { 'text-color': palette.muted, ...halo(palette) },
      },
    },
  ],
};

/** What the city has put there. */
export const cityLayers: readonly MapLayer[] = [cells, components, facilities];
