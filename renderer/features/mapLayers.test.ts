import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { joinFeatures } from '../desk/feature.ts';
import { createI18n } from '../i18n/index.ts';
import { EMPTY } from '../map/overlays/collections.ts';
import { type MapPalette, PALETTES } from '../map/palette.ts';
import { usefulZoom } from '../map/useReveal.ts';
import { FEATURES } from './index.ts';

const { layers, clickable, switches, kinds } = joinFeatures(FEATURES).mapLayers;

describe('what features put on the map', () => {
  it('lies in this order, from the ground up', () => {
    const styled = layers.flatMap(({ id, style, drawn, marks }) => [
      ...(style?.(PALETTES.dark) ?? []).map(
        ({ spec, under, group }) => `${spec.id} ${group ?? 'always'}${under ? ' under names' : ''}`,
      ),
      ...(drawn ? [`${id} ${drawn.group} drawn`] : []),
      ...(marks ? [`${id} ${marks.group ?? 'always'} marks`] : []),
    ]);
    expect(styled).toEqual([
      'oh-cells-line cells under names',
      'oh-cells-name cells',
      'oh-warnings-fill warnings under names',
      'oh-warnings-line warnings under names',
      'oh-warnings-chosen warnings under names',
      'oh-warnings-name warnings',
      'oh-concern-fill always under names',
      'oh-concern-line always under names',
      'oh-cones-fill cones under names',
      'oh-cones-line cones under names',
      'oh-cones-turned-fill cones under names',
      'oh-cones-turned-line cones under names',
      'oh-components components',
      'oh-components-name components',
      'oh-facilities facilities',
      'oh-cameras-dot cameras',
      'oh-cameras cameras',
      'oh-cameras-gone cameras',
      'oh-cameras-on always',
      'sensors sensors marks',
      'oh-trail units',
      'units units drawn',
      'alarms always marks',
      'incidents always marks',
      'oh-near-fill always under names',
      'oh-near-line always',
      'oh-near-handle always',
      'oh-measure-fill always under names',
      'oh-measure-line always',
      'oh-measure-open always',
      'oh-measure-points always',
    ]);
  });

  it('is clicked in this order, the most urgent first', () => {
    const targets = clickable.flatMap(({ id: of, hits }) =>
      (hits.layers ?? [{ id: of }]).map(({ id }) => `${id} ${hits.kind}`),
    );
    expect(targets).toEqual([
      'alarms alarm',
      'incidents incident',
      'units unit',
      'oh-cameras-on camera',
      'oh-cameras camera',
      'oh-cameras-dot camera',
      'sensors sensor',
      'oh-facilities place',
      'oh-components component',
      'oh-warnings-name warning',
    ]);
  });

  it('has ids of its own, sources and switches that are declared, in every theme', () => {
    const sources = layers.flatMap((layer) => layer.sources ?? []);
    const groups = switches.map(({ id }) => id);
    for (const palette of Object.values(PALETTES)) {
      const styled = layers.flatMap((layer) => layer.style?.(palette) ?? []);
      expect(new Set(styled.map(({ spec }) => spec.id)).size).toBe(styled.length);
      for (const { spec, group } of styled) {
        expect(sources).toContain('source' in spec ? spec.source : undefined);
        if (group !== null) expect(groups).toContain(group);
      }
    }
  });

  it('is of a valid style in every theme, in which only paint and layout are another', () => {
    const data = EMPTY;
    const sources = Object.fromEntries(
      layers.flatMap((layer) => layer.sources ?? []).map((id) => [id, { type: 'geojson' as const, data }]),
    );
    const styled = (palette: MapPalette) =>
      layers.flatMap((layer) => layer.style?.(palette) ?? []).map(({ spec }) => spec);
    const bare = (specs: LayerSpecification[]) =>
      specs.map((spec) => ({ ...spec, paint: undefined, layout: undefined }));
    for (const palette of Object.values(PALETTES)) {
      expect(validateStyleMin({ version: 8, sources, layers: styled(palette) })).toEqual([]);
      expect(bare(styled(palette))).toEqual(bare(styled(PALETTES.dark)));
    }
  });

  it('is switched and found in this order', () => {
    expect(switches.map(({ id, shown }) => (shown ? id : `(${id})`))).toEqual([
      ...[
        'units',
        'cameras',
        'cones',
        'sensors',
        'facilities',
        'components',
        'streets',
        'communities',
        '(cells)',
        'warnings',
      ],
    ]);
    expect([...kinds.values()].sort((a, b) => a.order - b.order).map(({ kind }) => kind)).toEqual([
      ...[
        'incident',
        'alarm',
        'place',
        'facility',
        'road',
        'camera',
        'sensor',
        'unit',
        'grid',
        'crossing',
        'point',
        'warning',
      ],
    ]);
  });

  it.each(['zh-CN', 'en'] as const)('has a name in %s for each switch and kind of thing', (lang) => {
    const i18n = createI18n(lang);
    const labels = [...switches, ...kinds.values()].map(({ label }) => label);
    expect(labels.filter((label) => !i18n.exists(label, { lng: lang, fallbackLng: [] }))).toEqual([]);
  });

  it('is shown from near enough to tell it from its neighbours, once it is selected; a place as near as the person has chosen', () => {
    const zoom = (kind: Parameters<typeof usefulZoom>[1]['kind']) => usefulZoom({ kinds }, { kind, id: 'x', at: null });
    for (const kind of ['alarm', 'incident', 'run', 'unit', 'sensor', 'camera'] as const)
      expect(zoom(kind), kind).toBeGreaterThanOrEqual(15);
    expect(zoom('place')).toBeUndefined();
  });
});
