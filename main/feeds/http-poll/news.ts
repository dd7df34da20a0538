import type { UnitReport } from '../../../core/units/unit.ts';
import type { ObservationReport } from '../feed.ts';
import type { News } from '../platforms/delivery.ts';

const ofValue = ({ sensor, t, value, quality }: ObservationReport): string => `${sensor} ${t} ${value} ${quality}`;
const ofPlace = ({ unit, t, lon, lat }: UnitReport): string => `${unit} ${t} ${lon} ${lat}`;

/**
 * Whoever is asked again and again says again what was said before: what an answer has in common with the one before is not taken a second
 * time. What was measured anew has another time.
 */
export function createNews(): News {
  let last: ReadonlySet<string> = new Set();
  return {
    of: ({ observations, units }) => ({
      observations: observations.filter((value) => !last.has(ofValue(value))),
      units: units.filter((place) => !last.has(ofPlace(place))),
    }),
    told({ observations, units }) {
      last = new Set([...observations.map(ofValue), ...units.map(ofPlace)]);
    },
  };
}
