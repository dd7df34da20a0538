import type { SensorEntry } from '../../../../contract/features/sensors.ts';
import type { Observation, ObservationMirror } from '../../../../contract/wire/observationMirror.ts';
import type { LonLat } from '../../../../core/places/geo.ts';
import { type OwnKind, type SensorLook, sensorLook } from '../../../../core/places/kinds.ts';
import type { Mark, MarkLabel, Marks, Shown } from '../../../map/ink/mark.ts';
import type { Say } from '../../../map/overlays/collections.ts';
import type { MapPalette } from '../../../map/palette.ts';

/** From here on sensors in alarm are seen, from here all, and from here on with their values. */
const ALARMS_FROM_ZOOM = 10;
const ALL_FROM_ZOOM = 13;
export const VALUES_FROM_ZOOM = 13.8;

/** A sensor with its newest value; `level` is 0 where nothing is wrong, so that colour says alarm and nothing else. */
interface SensorMark {
  readonly mark: Mark;
  readonly level: number;
  readonly value: string;
}

/** What of the sensors is drawn another way than before. */
export interface SensorsChanged {
  /** Whether a symbol is another, or one came or went: it is seen from wherever sensors are. */
  readonly symbols: boolean;
  /** Where a value is another: it is seen where values are written. */
  readonly values: readonly LonLat[];
}

/** The sensors heard of as marks of the map, of which a frame makes anew only those that it changed. */
export interface SensorMarks extends Pick<Marks, 'at'> {
  /** @param changed indices of the directory; null for all */
  take(changed: Uint32Array | null): SensorsChanged;
}

/** @param kinds of the hall's own */
export function createSensorMarks(
  observations: Pick<ObservationMirror, 'directory' | 'at'>,
  say: Say,
  kinds: readonly OwnKind[],
): SensorMarks {
  const looks = new Map<string, SensorLook>();
  const lookOf = (kind: string): SensorLook => {
    const look = looks.get(kind) ?? sensorLook(kinds, kind);
    looks.set(kind, look);
    return look;
  };
  let marks: (SensorMark | undefined)[] = [];
  const make = (i: number) => {
    const sensor = observations.directory()[i];
    const newest = observations.at(i);
    return sensor && newest && sensorMark(sensor, newest, say, lookOf(sensor.kind));
  };
  return {
    take(changed) {
      if (changed === null) {
        marks = observations.directory().map((_, i) => make(i));
        return { symbols: true, values: [] };
      }
      let symbols = false;
      const values: LonLat[] = [];
      for (const i of changed) {
        const sensor = observations.directory()[i];
        if (sensor === undefined) continue;
        const [before, next] = [marks[i], make(i)];
        marks[i] = next;
        symbols ||= before?.mark.symbol !== next?.mark.symbol;
        if (before?.value !== next?.value) values.push(sensor.place);
      }
      return { symbols, values };
    },
    at({ zoom, box: [west, south, east, north] }: Shown) {
      if (zoom < ALARMS_FROM_ZOOM) return [];
      const seen = marks.filter((each) => {
        if (each === undefined || (zoom < ALL_FROM_ZOOM && each.level === 0)) return false;
        const { lon, lat } = each.mark.at;
        return lon >= west && lon <= east && lat >= south && lat <= north;
      }) as SensorMark[];
      const size = sizeAt(zoom);
      return seen.sort(worstLast).map(({ mark, level, value }) => ({
        ...{ ...mark, size },
        ...(zoom >= VALUES_FROM_ZOOM && { label: labelOf(level, value) }),
      }));
    },
  };
}

function sensorMark(sensor: SensorEntry, newest: Observation, say: Say, look: SensorLook): SensorMark {
  const level = newest.level ?? 0;
  const { id, kind, place } = sensor;
  const at = { lon: place.lon, lat: place.lat };
  return {
    level,
    value: valueText(newest, sensor.unit),
    mark: {
      ...{ at, symbol: `sensor-${look}-${level}` },
      hit: { selection: { kind: 'sensor', id, at }, at, title: say(sensor.name), properties: { id, kind, level } },
    },
  };
}

const calm = ({ ink }: MapPalette) => ink;

/** A value in alarm has a ground, like the name of an alarm: the colours of levels are none for letters. */
const labelOf = (level: number, text: string): MarkLabel => ({
  ...{ text, size: 12, below: 1.1 },
  ...(level === 0 && { colour: calm }),
});

/** Those in alarm over those that are not, the worst uppermost. */
const worstLast = (a: SensorMark, b: SensorMark) => (b.level || 5) - (a.level || 5);

/** Smaller from farther away. */
function sizeAt(zoom: number): number {
  return 0.7 + 0.3 * Math.min(1, Math.max(0, (zoom - 12.5) / 1.5));
}

/** As the map writes it, with its unit; a bad one is not written. */
export function valueText({ value, quality }: Pick<Observation, 'value' | 'quality'>, unit: string): string {
  return quality === 'bad' ? '—' : `${shortValue(value)} ${unit}`.trimEnd();
}

function shortValue(value: number): string {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}
