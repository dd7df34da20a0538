import { destination, type LonLat } from '../../../../core/places/geo.ts';
import { type Collection, circleRing, collection, point } from '../../../map/overlays/collections.ts';

/** A circle on the ground, and the handle at its eastern end. */
export function ring(centre: LonLat, radius: number): Collection {
  return collection<Collection['features'][number]['geometry']>([
    { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [circleRing(centre, radius)] } },
    point(destination(centre, 90, radius), {}),
  ]);
}
