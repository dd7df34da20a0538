import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { cityStyle } from './style.ts';

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

  it('writes names in the language asked for', () => {
    expect(JSON.stringify(cityStyle('dark', 'en', ''))).not.toContain('["get","zh"]');
    expect(JSON.stringify(cityStyle('dark', 'zh-CN', ''))).not.toContain('["get","en"]');
  });

  it('has no two layers of one name', () => {
    const ids = cityStyle('dark', 'zh-CN', '').layers.map((layer) => layer.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
