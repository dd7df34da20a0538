import { IconAlertTriangle } from '@tabler/icons-react';
import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { Cover, MapLayer } from '../../../map/layer.ts';
import { FONT, halo, nameBelow } from '../../../map/overlays/looks.ts';
import type { MapPalette } from '../../../map/palette.ts';
import { ALARMS, APART, LAST_CLUSTER_ZOOM } from './sources.ts';
import { SLOTS } from './spread.ts';
import { alarmSymbols, MANY_PX, ONE_PX } from './symbols.ts';
import { useAlarms } from './useAlarms.tsx';

const MANY = 'oh-alarms-many';

/** Alarms that stand; those near each other as one mark with their number. Nobody can switch them off. */
export const alarmLayer: MapLayer = {
  id: 'alarms',
  order: 900,
  sources: [ALARMS, APART],
  clusters: {
    [ALARMS]: {
      clusterRadius: 40,
      clusterMaxZoom: LAST_CLUSTER_ZOOM,
      clusterProperties: { worst: ['min', ['get', 'level']], fresh: ['+', ['get', 'fresh']] },
    },
  },
  symbols: alarmSymbols,
  hits: { order: 1, kind: 'alarm', layers: [{ id: APART }, { id: ALARMS }, { id: MANY, many: true }] },
  finds: [{ kind: 'alarm', order: 2, label: 'alarms:map.alarm', icon: IconAlertTriangle, zoom: 15, selects: 'alarm' }],
  useLayer: useAlarms,
  style: (palette) => [
    { group: null, under: false, spec: many(palette), covers: () => ({ x: 0, y: 0, radius: MANY_PX / 2 }) },
    {
      group: null,
      under: false,
      covers: () => ({ x: 0, y: 0, radius: ONE_PX / 2 }),
      spec: {
        ...alarm(palette),
        id: ALARMS,
        source: ALARMS,
        filter: ['!', ['has', 'point_count']],
      },
    },
    {
      // The place that those are of which were spread out around it.
      group: null,
      under: false,
      spec: {
        id: 'oh-alarms-place',
        type: 'circle',
        source: APART,
        filter: ['>', ['get', 'slot'], 0],
        paint: {
          'circle-radius': 4 * palette.scale,
          'circle-color': palette.ink,
          'circle-stroke-color': palette.paper,
          'circle-stroke-width': 2,
        },
      },
    },
    { group: null, under: false, spec: apart(palette), covers: coverApart },
  ],
};

/** One alarm, with its name from near enough. */
function alarm(palette: MapPalette): Pick<SymbolLayerSpecification, 'type' | 'layout' | 'paint'> {
  return {
    type: 'symbol',
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
  };
}

/** In its slot. */
function coverApart({ slot }: Readonly<Record<string, unknown>>): Cover {
  const [x, y] = SLOTS[Number(slot)] ?? [0, 0];
  return { x, y, radius: ONE_PX / 2 };
}

/** One that stands apart, in its slot; around the place there is no room for names. */
function apart(palette: MapPalette): SymbolLayerSpecification {
  const { layout, ...one } = alarm(palette);
  const slots = SLOTS.map(([x, y]) => [x * palette.scale, y * palette.scale]);
  return {
    ...one,
    id: APART,
    source: APART,
    layout: {
      ...layout,
      'icon-offset': ['array', 'number', 2, ['at', ['get', 'slot'], ['literal', slots]]],
      'text-field': ['step', ['zoom'], '', 12.5, ['case', ['==', ['get', 'slot'], 0], ['get', 'label'], '']],
    },
  };
}

/** Several as one: the shape and colour of the worst level, filled while one of them is new, with their number in it. */
function many(palette: MapPalette): SymbolLayerSpecification {
  const worst: ExpressionSpecification = ['get', 'worst'];
  const isNew: ExpressionSpecification = ['>', ['get', 'fresh'], 0];
  const { onLevel, ink } = palette;
  return {
    id: MANY,
    type: 'symbol',
    source: ALARMS,
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': ['concat', 'alarms-', ['case', isNew, 'new', 'seen'], '-', ['to-string', worst]],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['to-string', ['get', 'point_count']],
      'text-font': FONT,
      'text-size': 13 * palette.scale,
      // A triangle's middle is low.
      'text-offset': ['match', worst, 2, ['literal', [0, 0.3]], ['literal', [0, 0]]],
      'text-allow-overlap': true,
      'text-ignore-placement': true,
      'symbol-sort-key': ['-', 0, worst],
    },
    paint: {
      'text-color': [
        'case',
        isNew,
        ['match', worst, 1, onLevel[1], 2, onLevel[2], 3, onLevel[3], onLevel[4]],
        ink,
      ] as ExpressionSpecification,
    },
  };
}
