import type { LayerSpecification } from 'maplibre-gl';
import { expect, it } from 'vitest';
import { dress } from './dress.ts';
import { cityStyle } from './style.ts';

type Properties = Record<string, unknown>;

/** A map's layers, as far as their looks can be changed. */
function wearing(layers: readonly LayerSpecification[]) {
  const worn = new Map(structuredClone(layers).map((layer) => [layer.id, layer]));
  const set = (part: 'paint' | 'layout') => (id: string, name: string, value: unknown) => {
    const layer = worn.get(id);
    if (!layer) throw new Error(`no layer "${id}"`);
    const properties = (layer[part] ?? {}) as Properties;
    if (value === undefined) delete properties[name];
    else properties[name] = value;
    layer[part] = properties as never;
    return map;
  };
  const map = { setPaintProperty: set('paint'), setLayoutProperty: set('layout'), layers: () => [...worn.values()] };
  return map as unknown as Parameters<typeof dress>[0] & { layers: () => LayerSpecification[] };
}

const STYLES = (['dark', 'light', 'wall'] as const).flatMap((theme) =>
  (['zh-CN', 'en'] as const).map((lang) => cityStyle(theme, lang, 'http://127.0.0.1:1')),
);
const pairs = STYLES.flatMap((from) => STYLES.map((to) => [from.name ?? '', to.name ?? '', from, to] as const));

it.each(pairs)('%s becomes %s without a source or a layer being made anew', (_from, _to, from, to) => {
  expect(to.sources).toEqual(from.sources);
  const map = wearing(from.layers);
  dress(map, from.layers, to.layers);
  // Whatever is not paint or layout has to be the same already: no theme has a layer, a filter or a zoom of its own.
  expect(map.layers()).toEqual(to.layers);
});

it('what another look does not have goes, and what is switched stays as it is', () => {
  const before: LayerSpecification = { id: 'a', type: 'line', source: 's', paint: { 'line-width': 2 } };
  const after: LayerSpecification = { id: 'a', type: 'line', source: 's', paint: { 'line-opacity': 0.5 } };
  const map = wearing([{ ...before, layout: { visibility: 'none' } }]);
  dress(map, [before], [after]);
  expect(map.layers()).toEqual([{ ...after, layout: { visibility: 'none' } }]);
});
