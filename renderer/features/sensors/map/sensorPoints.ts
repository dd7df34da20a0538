import type { Feature, Point } from 'geojson';
import type { SensorEntry } from '../../../../contract/features/sensors.ts';
import type { Observation, ObservationMirror } from '../../../../contract/wire/observationMirror.ts';
import type { LonLat } from '../../../../core/places/geo.ts';
import { type OwnKind, type SensorLook, sensorLook } from '../../../../core/places/kinds.ts';
import { type Collection, collection, point, type Say } from '../../../map/overlays/collections.ts';

type SensorFeature = Feature<Point, Record<string, string | number | boolean>>;

/** What of the sensors is drawn another way than before. */
export interface SensorsChanged {
  /** Whether a symbol is another, or one came or went: it is seen from wherever sensors are. */
  readonly symbols: boolean;
  /** Where a value is another: it is seen where values are written. */
  readonly values: readonly LonLat[];
}

/** The sensors heard of as points of the map, of which a frame makes anew only those that it changed. */
export interface SensorPoints {
  /** @param changed indices of the directory; null for all */
  take(changed: Uint32Array | null): SensorsChanged;
  all(): Collection<Point>;
}

/** @param kinds of the hall's own */
export function createSensorPoints(
  observations: Pick<ObservationMirror, 'directory' | 'at'>,
  say: Say,
  kinds: readonly OwnKind[],
): SensorPoints {
  const looks = new Map<string, SensorLook>();
  const lookOf = (kind: string): SensorLook => {
    const look = looks.get(kind) ?? sensorLook(kinds, kind);
    looks.set(kind, look);
    return look;
  };
  let features: (SensorFeature | undefined)[] = [];
  const make = (i: number) => {
    const sensor = observations.directory()[i];
    const newest = observations.at(i);
    return sensor && newest && sensorPoint(sensor, newest, say, lookOf(sensor.kind));
  };
  return {
    take(changed) {
      if (changed === null) {
        features = observations.directory().map((_, i) => make(i));
        return { symbols: true, values: [] };
      }
      let symbols = false;
      const values: LonLat[] = [];
      for (const i of changed) {
        const sensor = observations.directory()[i];
        if (sensor === undefined) continue;
        const [before, next] = [features[i]?.properties, make(i)];
        features[i] = next;
        symbols ||= before?.look !== next?.properties.look;
        if (before?.value !== next?.properties.value) values.push(sensor.place);
      }
      return { symbols, values };
    },
    all: () => collection(features.filter((feature) => feature !== undefined)),
  };
}

/** A sensor with its newest value; `level` is 0 where nothing is wrong, so that colour says alarm and nothing else. */
function sensorPoint(sensor: SensorEntry, newest: Observation, say: Say, drawn: SensorLook): SensorFeature {
  const { kind } = sensor;
  const { level } = newest;
  return point(sensor.place, {
    id: sensor.id,
    kind,
    level: level ?? 0,
    look: `sensor-${drawn}-${level ?? 0}`,
    value: valueText(newest, sensor.unit),
    title: say(sensor.name),
    order: level === null ? 0 : 5 - level,
  });
}

/** As the map writes it, with its unit; a bad one is not written. */
export function valueText({ value, quality }: Pick<Observation, 'value' | 'quality'>, unit: string): string {
  return quality === 'bad' ? '—' : `${shortValue(value)} ${unit}`.trimEnd();
}

function shortValue(value: number): string {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}
