import type { Feature, Point } from 'geojson';
import type { SensorEntry } from '../../../../contract/features/sensors.ts';
import type { Observation, ObservationMirror } from '../../../../contract/wire/observationMirror.ts';
import { type Collection, collection, point, type Say } from '../../../map/overlays/collections.ts';

type SensorFeature = Feature<Point, Record<string, string | number | boolean>>;

/** The sensors heard of as points of the map, of which a frame makes anew only those that it changed. */
export interface SensorPoints {
  /** @param changed indices of the directory; null for all */
  after(changed: Uint32Array | null): Collection<Point>;
}

export function createSensorPoints(observations: Pick<ObservationMirror, 'directory' | 'at'>, say: Say): SensorPoints {
  let features: (SensorFeature | undefined)[] = [];
  const make = (i: number) => {
    const sensor = observations.directory()[i];
    const newest = observations.at(i);
    return sensor && newest && sensorPoint(sensor, newest, say);
  };
  return {
    after(changed) {
      if (changed === null) features = observations.directory().map((_, i) => make(i));
      else for (const i of changed) if (i < observations.directory().length) features[i] = make(i);
      return collection(features.filter((feature) => feature !== undefined));
    },
  };
}

/** A sensor with its newest value; `level` is 0 where nothing is wrong, so that colour says alarm and nothing else. */
function sensorPoint(sensor: SensorEntry, { value, quality, level }: Observation, say: Say): SensorFeature {
  const { kind } = sensor;
  return point(sensor.place, {
    id: sensor.id,
    kind,
    level: level ?? 0,
    look: `sensor-${kind === 'rain' || kind === 'water-level' || kind === 'gas' ? kind : 'other'}-${level ?? 0}`,
    value: quality === 'bad' ? '—' : `${shortValue(value)} ${sensor.unit}`,
    title: say(sensor.name),
    order: level === null ? 0 : 5 - level,
  });
}

function shortValue(value: number): string {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}
