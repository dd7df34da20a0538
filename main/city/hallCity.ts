import type { Notice, StationView } from '../../contract/schema/station.ts';
import type { Camera } from '../../core/places/camera.ts';
import type { City } from '../../core/places/city.ts';
import { missingCityNotice } from '../station/notices.ts';
import { CityFileError, loadCity } from './load.ts';

/** The part of a city that the hall itself works with. */
export type HallCity = Pick<City, 'units' | 'sensors' | 'graph'> & { cameras: readonly Camera[] };

const NOTHING: HallCity = {
  units: [],
  sensors: [],
  cameras: [],
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
): { city: HallCity; notices: Notice[] } {
  if (profile === 'empty') return { city: NOTHING, notices: [] };
  try {
    return { city: loadCity(dir), notices: [] };
  } catch (error) {
    if (!(error instanceof CityFileError)) throw error;
    return { city: NOTHING, notices: [missingCityNotice(error.message, now)] };
  }
}
