import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import type { BasemapArea } from './basemap/area.ts';
import { PAINTS } from './style/paints.ts';
import { cityStyle } from './style.ts';

const VECTOR: BasemapArea = {
  kind: 'vector',
  bounds: [121.5, 29.8, 122.25, 30.125],
  minZoom: 6,
  maxZoom: 14,
  attribution: '© OpenStreetMap contributors',
};
const OWN_LAYERS = ['land', 'landuse', 'water', 'buildings', 'roads', 'rail', 'borders', 'labels'];

describe('cityStyle', () => {
  const cases = (['dark', 'light', 'wall'] as const).flatMap((theme) =>
    (['zh-CN', 'en'] as const).map((lang) => [theme, lang] as const),
  );

  it.each(cases)('is a valid MapLibre style: %s, %s', (theme, lang) => {
    expect(validateStyleMin(cityStyle(theme, lang, 'http://127.0.0.1:1'))).toEqual([]);
  });

  it.each(cases)('asks nobody but the hall for anything: %s, %s', (theme, lang) => {
    const style = cityStyle(theme, lang, 'http://127.0.0.1:1');
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    for (const address of JSON.stringify(style).match(/[a-z]+:\/\/[^"]+/g) ?? []) {
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:1\/city\/[a-z-]+\.geojson$/);
    }
  });

  it.each(cases)('asks nobody for anything without a city: %s, %s', (theme, lang) => {
    const style = cityStyle(theme, lang, null);
    expect(validateStyleMin(style)).toEqual([]);
    expect(style.sources).toEqual({});
    expect(style.layers.map(({ type }) => type)).toEqual(['background']);
  });

  it.each(cases)('draws the hall’s own basemap of one source: %s, %s', (theme, lang) => {
    const style = cityStyle(theme, lang, null, VECTOR);
    expect(validateStyleMin(style)).toEqual([]);
    expect(style.sources).toEqual({
      basemap: {
        type: 'vector',
        tiles: ['basemap://tiles/{z}/{x}/{y}'],
        ...{ bounds: [121.5, 29.8, 122.25, 30.125], minzoom: 6, maxzoom: 14 },
      },
    });
    const of = style.layers.map((layer) => ('source-layer' in layer ? layer['source-layer'] : null));
    expect(new Set(of)).toEqual(new Set([null, ...OWN_LAYERS]));
  });

  it.each(cases)(
    'draws the same layers of it as of the drill city, but for depths and hills: %s, %s',
    (theme, lang) => {
      const drill = cityStyle(theme, lang, 'http://127.0.0.1:1').layers;
      const wanted = drill.filter((layer) => !('source' in layer) || !['depth', 'relief'].includes(layer.source));
      const own = cityStyle(theme, lang, null, VECTOR).layers;
      expect(own.map(({ id, paint }) => ({ id, paint }))).toEqual(wanted.map(({ id, paint }) => ({ id, paint })));
    },
  );

  it.each(cases)('draws pictures dimmed, and no names over theirs: %s, %s', (theme, lang) => {
    const style = cityStyle(theme, lang, null, { ...VECTOR, kind: 'raster', maxZoom: 17 });
    expect(validateStyleMin(style)).toEqual([]);
    expect(style.sources.basemap).toMatchObject({ type: 'raster', maxzoom: 17 });
    expect(style.layers.map(({ type }) => type)).toEqual(['background', 'raster']);
    const { brightness } = PAINTS[theme].picture;
    expect(style.layers[1]?.paint).toMatchObject({ 'raster-brightness-max': brightness });
    expect(brightness === 1).toBe(theme === 'light');
  });

  it.each(['vector', 'raster'] as const)('of a %s basemap themes and languages differ in looks alone', (kind) => {
    const bare = cases.map(([theme, lang]) =>
      cityStyle(theme, lang, null, { ...VECTOR, kind }).layers.map(({ paint: _, layout: __, ...rest }) => rest),
    );
    for (const each of bare) expect(each).toEqual(bare[0]);
  });

  it('draws the sea of a map without land over its land, and not as fresh water', () => {
    const ids = cityStyle('dark', 'en', null, VECTOR).layers.map(({ id }) => id);
    expect(ids.indexOf('sea-on-land')).toBeGreaterThan(ids.indexOf('land'));
    expect(ids.indexOf('sea-on-land')).toBeLessThan(ids.indexOf('landuse'));
    expect(JSON.stringify(cityStyle('dark', 'en', null, VECTOR).layers[ids.indexOf('water')])).toContain('"sea"');
  });

  it('writes names in the language asked for', () => {
    expect(JSON.stringify(cityStyle('dark', 'en', ''))).not.toContain('["get","zh"]');
    expect(JSON.stringify(cityStyle('dark', 'zh-CN', ''))).not.toContain('["get","en"]');
  });

  it('has no two layers of one name', () => {
    const ids = cityStyle('dark', 'zh-CN', '').layers.map((layer) => layer.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
