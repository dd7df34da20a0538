import { describe, expect, it } from 'vitest';
import { joinFeatures } from '../desk/feature.ts';
import { createI18n } from '../i18n/index.ts';
import { FEATURES } from './index.ts';

describe('the features of the windows', () => {
  const features = joinFeatures(FEATURES);

  it('leave no place of the workspace empty', () => {
    const places = features.regions.flatMap(({ place }) => place ?? []);
    expect([...new Set(places)].sort()).toEqual(['beside-above', 'beside-below', 'foot-left', 'foot-right', 'middle']);
  });

  it('have a detail for everything that is selected on the map, by a click or by its name', () => {
    const { clickable, kinds } = features.mapLayers;
    const selected = [...clickable.map(({ hits }) => hits.kind), ...[...kinds.values()].map(({ selects }) => selects)];
    expect(selected.filter((kind) => !features.details.has(kind))).toEqual([]);
  });

  it('put what is in the middle of a workspace on the wall, and beside it what tells of the selection', () => {
    const onWall = features.regions.flatMap(({ id, wall }) => (wall === undefined ? [] : [`${id} ${wall}`]));
    expect(onWall).toEqual(
      expect.arrayContaining(['alarms scene', 'situation scene', 'detail selected', 'video scene', 'plan scene']),
    );
    expect(features.regions.find(({ place }) => place === 'middle')?.wall).toBe('scene');
  });

  it.each(['zh-CN', 'en'] as const)('have a name in %s for each region', (lang) => {
    const i18n = createI18n(lang);
    expect(features.regions.filter(({ title }) => !i18n.exists(title, { lng: lang, fallbackLng: [] }))).toEqual([]);
  });
});
