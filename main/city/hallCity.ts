import { join } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import type { StationView } from '../../contract/features/station.ts';
import type { Camera, PlacedCamera } from '../../core/places/camera.ts';
import type { City, CitySensor, CityUnit } from '../../core/places/city.ts';
import { type NamedPlace, namedPlaces } from '../../core/places/gazetteer.ts';
import type { OwnKind } from '../../core/places/kinds.ts';
import { doubledIdsNotice, missingCityNotice } from '../notices/configuration.ts';
import type { Gb28181Address } from '../video/gb28181/address.ts';
import type { OnvifChoice } from '../video/onvif/camera.ts';
import { CityFileError, loadCity } from './load.ts';

/** The part of the drill city that the hall itself works with. */
export type MadeCity = Pick<City, 'units' | 'sensors' | 'graph' | 'departments' | 'facilities'> & {
  cameras: readonly Camera[];
  /** Everything that has a name. */
  places: readonly NamedPlace[];
};

/** A sensor of one of the kinds of the product, or of the hall's own. */
export type HallSensor = Omit<CitySensor, 'kind'> & { readonly kind: string };

/** The same of a unit; no simulated road leads to where it is stationed. */
export type HallUnit = Omit<CityUnit, 'home' | 'kind'> & { readonly kind: string };

/** A device that tells by ONVIF where the pictures of a camera are; its address may have a password in it. */
export interface OnvifAddress extends OnvifChoice {
  readonly onvif: string;
}

/** A camera of the hall: one that no scene is painted for has an address that its pictures come from, which may have a password in it. */
export type HallCamera = PlacedCamera & {
  readonly source?: string | OnvifAddress | { readonly gb28181: Gb28181Address };
};

/** That, with the things of the hall's own. */
export type HallCity = Omit<MadeCity, 'units' | 'cameras' | 'sensors'> & {
  /** Beside those of the product. */
  kinds: readonly OwnKind[];
  sensors: readonly HallSensor[];
  units: readonly HallUnit[];
  cameras: readonly HallCamera[];
};

const NOTHING: MadeCity = {
  units: [],
  sensors: [],
  cameras: [],
  departments: [],
  facilities: [],
  places: [],
  graph: { classes: [], names: [], nodes: [], edges: [], bends: [] },
};

/**
 * The city for a profile: the drill city, or nothing yet for an empty hall. A city whose files are missing is a notice, not
 * a hall that does not start: alarms, plans and the ledger work without a map.
 */
export function loadHallCity(
  dir: string,
  profile: StationView['profile'],
  now: number,
): { city: MadeCity; notices: Notice[] } {
  if (profile === 'empty') return { city: NOTHING, notices: [] };
  try {
    return withUniqueIds(loadCity(dir), dir, now);
  } catch (error) {
    if (!(error instanceof CityFileError)) throw error;
    return { city: NOTHING, notices: [missingCityNotice(error.text, now)] };
  }
}

/** Everything of the city is found by its id: of two with the same one the first is taken, and the others are named. */
function withUniqueIds(city: City, dir: string, now: number): { city: MadeCity; notices: Notice[] } {
  const notices: Notice[] = [];
  const unique = <T extends { id: string }>(file: string, things: readonly T[]): readonly T[] => {
    const first = new Map<string, T>();
    const doubled: string[] = [];
    for (const thing of things) {
      if (first.has(thing.id)) doubled.push(thing.id);
      else first.set(thing.id, thing);
    }
    if (doubled.length > 0) notices.push(doubledIdsNotice(join(dir, file), doubled, now));
    return [...first.values()];
  };
  const { graph } = city;
  const units = unique('units.json', city.units);
  const sensors = unique('sensors.json', city.sensors);
  const cameras = unique('cameras.json', city.cameras);
  const departments = unique('departments.json', city.departments);
  const facilities = unique('facilities.json', city.facilities);
  const places = namedPlaces({ ...city, facilities });
  return { city: { graph, units, sensors, cameras, departments, facilities, places }, notices };
}
