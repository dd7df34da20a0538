import { DATUMS, type PlaceRow } from '../../../contract/features/places.ts';
import { type Datum, readCoordinates } from '../../../core/places/coordinates.ts';
import { toWgs84 } from '../../../core/places/crs.ts';
import type { Gazetteer, NamedPlace } from '../../../core/places/gazetteer.ts';

const DIGITS = 5;

/** What somebody typed as places: coordinates where it is a pair of them, else what has such a name. */
export function findPlaces(gazetteer: Gazetteer, text: string, limit: number): PlaceRow[] {
  const typed = readCoordinates(text);
  if (typed === null) return gazetteer.find(text, limit).map(placeRow);
  const read = typed.datum === null ? DATUMS : [typed.datum];
  return read.map((datum) => pointRow(typed.lon, typed.lat, datum)).slice(0, limit);
}

export function placeRow({ id, kind, zh, en, lon, lat }: NamedPlace): PlaceRow {
  return { id, kind, name: { zh, en }, datum: null, lon, lat };
}

/** A point by coordinates of a system; its id is what a point of the map has. */
function pointRow(lonTyped: number, latTyped: number, datum: Datum): PlaceRow {
  const [lon, lat] = toWgs84(datum)?.(lonTyped, latTyped) ?? [lonTyped, latTyped];
  const name = `${lonTyped.toFixed(DIGITS)}, ${latTyped.toFixed(DIGITS)}`;
  return {
    ...{ id: `${lon.toFixed(DIGITS)}~${lat.toFixed(DIGITS)}`, kind: 'point', datum, lon, lat },
    name: { zh: name, en: name },
  };
}
