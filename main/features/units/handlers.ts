import type { BulkSource } from '../../../contract/wire/served.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { listPage } from '../../wire/listPage.ts';
import type { Answerers } from '../../wire/liveQueries.ts';

/** The units' directory; their positions are the `units` stream. */
export function unitQueries({ telemetry }: { telemetry: Telemetry }): Pick<Answerers, 'units.directory'> {
  const units = telemetry.unitDirectory();
  return { 'units.directory': { reads: [], answer: (page) => listPage(units, (unit) => unit.id, page) } };
}

/** The `units` stream of the contract: newest wins, so that a slow window shows the present and not the past. */
export function unitsSource(telemetry: Telemetry): BulkSource {
  return (_params, _caller, sink) => telemetry.watchUnits((frame) => void sink.push(frame, true));
}
