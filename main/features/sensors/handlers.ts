import { ContractError } from '../../../contract/errors.ts';
import { ObservationsParams } from '../../../contract/features/sensors.ts';
import type { Result } from '../../../contract/index.ts';
import type { BulkSource, Handlers } from '../../../contract/wire/served.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { listPage } from '../../wire/listPage.ts';
import type { ListAnswerer } from '../../wire/liveQueries.ts';
import { pageFrom } from '../../wire/pieces.ts';
import { streamParams } from '../../wire/streamParams.ts';

/** The sensors' directory; their values are the `observations` stream. */
export function sensorHandlers({
  telemetry,
}: {
  telemetry: Pick<Telemetry, 'sensorDirectory'>;
}): Pick<Handlers, 'sensors.directory'> {
  const { version, sensors } = telemetry.sensorDirectory();
  /** The pages that everybody reads, by where they begin; null before anybody has. */
  const pages = new Map<number, Result<'sensors.directory'> | null>([[0, null]]);
  return {
    'sensors.directory'({ from = 0 }) {
      const made = pages.get(from);
      if (made) return made;
      const { page, next } = pageFrom(sensors, from);
      const answer = Object.freeze({ version, sensors: page, next });
      if (made === null) {
        pages.set(from, answer);
        if (next !== null) pages.set(next, null);
      }
      return answer;
    },
  };
}

/** What a sensor said last, the newest first. */
export function sensorQueries({ telemetry }: { telemetry: Pick<Telemetry, 'recent'> }): {
  'sensors.history': ListAnswerer<'sensors.history'>;
} {
  return {
    'sensors.history': {
      reads: [],
      answer({ sensor, ...page }) {
        const recent = telemetry.recent(sensor);
        if (recent === null) throw new ContractError('not-found', `there is no sensor ${sensor}`);
        const rows = [...new Map(recent)].map(([t, value]) => ({ t, value })).reverse();
        return listPage(rows, ({ t }) => String(t), page);
      },
    },
  };
}

/** The `observations` stream of the contract: the newest value of what changed, so that a slow window loses frames and never memory. */
export function observationsSource(telemetry: Pick<Telemetry, 'sensorDirectory' | 'watchObservations'>): BulkSource {
  const { sensors } = telemetry.sensorDirectory();
  const indexOf = new Map(sensors.map(({ id }, i) => [id, i]));

  function chosen({ sensors: named, bounds }: Omit<ObservationsParams, 'every'>): Uint32Array | null {
    if (!named && !bounds) return null;
    // An alarm of another station may be about a sensor that this hall does not have: it has no value here.
    const indices = named ? [...new Set(named)].flatMap((id) => indexOf.get(id) ?? []) : [...sensors.keys()];
    if (!bounds) return Uint32Array.from(indices);
    const { west, south, east, north } = bounds;
    return Uint32Array.from(
      indices.filter((i) => {
        const { lon = Number.NaN, lat = Number.NaN } = sensors[i]?.place ?? {};
        return lon >= west && lon <= east && lat >= south && lat <= north;
      }),
    );
  }

  return (params, _caller, sink) => {
    const { every = 0, ...wanted } = streamParams('observations', ObservationsParams, params);
    return telemetry.watchObservations({
      every,
      only: chosen(wanted),
      room: sink.room,
      push: (frame) => void sink.push(frame, true),
      skipped: sink.skip,
    });
  };
}
