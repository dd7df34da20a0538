import type { LayerHits, MapLayer, MapLayers } from './layer.ts';
import { measureLayer } from './measure/layer.ts';

/**
 * Joins the layers that features declare with the map's own, which measures.
 *
 * @throws Error when two declare the same id, order, source, switch, place among the hits or kind of found thing: one would hide the other
 */
export function joinMapLayers(declared: readonly MapLayer[]): MapLayers {
  const layers = [...declared, measureLayer].sort((a, b) => a.order - b.order);
  const clickable = layers
    .filter((layer): layer is MapLayer & { hits: LayerHits } => layer.hits !== undefined)
    .sort((a, b) => a.hits.order - b.hits.order);
  const switches = layers.flatMap((layer) => layer.switches ?? []).sort((a, b) => a.order - b.order);
  const kinds = layers.flatMap((layer) => layer.finds ?? []);
  once(
    'id',
    layers.map(({ id }) => id),
  );
  once(
    'order',
    layers.map(({ order }) => order),
  );
  once(
    'source',
    layers.flatMap(({ sources }) => sources ?? []),
  );
  once(
    'switch',
    switches.map(({ id }) => id),
  );
  once(
    'order of hits',
    clickable.map(({ hits }) => hits.order),
  );
  once(
    'kind of found thing',
    kinds.map(({ kind }) => kind),
  );
  return { layers, clickable, switches, kinds: new Map(kinds.map((each) => [each.kind, each])) };
}

function once(what: string, values: readonly (string | number)[]): void {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) throw new Error(`two map layers declare the ${what} "${twice}": change one`);
}
