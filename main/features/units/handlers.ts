import type { BulkSource, Handlers } from '../../../contract/wire/served.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { pageFrom } from '../../views/pieces.ts';

/** The units' directory; their positions are the `units` stream. */
export function unitHandlers({ telemetry }: { telemetry: Telemetry }): Pick<Handlers, 'units.directory'> {
  const units = telemetry.unitDirectory();
  return {
    'units.directory'({ from = 0 }) {
      const { page, next } = pageFrom(units, from);
      return { units: page, next };
    },
  };
}

/** The `units` stream of the contract: newest wins, so that a slow window shows the present and not the past. */
export function unitsSource(telemetry: Telemetry): BulkSource {
  return (_params, _caller, sink) => telemetry.watchUnits((frame) => void sink.push(frame, true));
}
