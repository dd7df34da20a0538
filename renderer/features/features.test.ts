import { describe, expect, it } from 'vitest';
import { SELECTION_KINDS } from '../../core/walls/wall.ts';
import { joinFeatures } from '../desk/feature.ts';
import { createI18n } from '../i18n/index.ts';
import { FEATURES } from './index.ts';

describe('the features of the windows', () => {
  const features = joinFeatures(FEATURES);

  it('leave no place of the workspace empty', () => {
    const places = features.regions.flatMap(({ place }) => place ?? []);
    expect([...new Set(places)].sort()).toEqual(['beside-above', 'beside-below', 'foot-left', 'foot-right', 'middle']);
  });

  it.each(SELECTION_KINDS)('have a detail for a selected %s', (kind) => {
    expect(features.details.has(kind)).toBe(true);
  });

  it.each(['zh-CN', 'en'] as const)('have a name in %s for each region', (lang) => {
    const i18n = createI18n(lang);
    expect(features.regions.filter(({ title }) => !i18n.exists(title, { lng: lang, fallbackLng: [] }))).toEqual([]);
  });
});
