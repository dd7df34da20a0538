import { ContractError } from '../../../contract/errors.ts';
import { UnitParams, UnitsParams } from '../../../contract/features/units.ts';
import { encodeUnitReports } from '../../../contract/unitReports.ts';
import type { BulkSource } from '../../../contract/wire/served.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { listPage } from '../../wire/listPage.ts';
import type { Answerers } from '../../wire/liveQueries.ts';
import { streamParams } from '../../wire/streamParams.ts';

/** The units' directory, and one of them; the positions of all are the `units` stream. */
export function unitQueries({
  telemetry,
}: {
  telemetry: Pick<Telemetry, 'unitDirectory' | 'position'>;
}): Pick<Answerers, 'units.directory' | 'units.one'> {
  const units = telemetry.unitDirectory();
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return {
    'units.directory': { reads: [], answer: (page) => listPage(units, (unit) => unit.id, page) },
    'units.one': {
      reads: [],
      answer({ id }) {
        const unit = byId.get(id);
        const rows = unit ? [{ ...unit, fix: telemetry.position(id) }] : [];
        return { rows, total: { count: rows.length, exact: true }, more: null };
      },
    },
  };
}

/** The `units` stream of the contract: nothing is made for a window that is behind; what it missed comes in one when it has read on. */
export function unitsSource(telemetry: Pick<Telemetry, 'watchUnits'>): BulkSource {
  return (params, _caller, sink) => {
    const { every = 0 } = streamParams('units', UnitsParams, params);
    return telemetry.watchUnits({
      ...{ every, room: sink.room, skipped: sink.skip },
      push: (frame) => void sink.push(frame, true),
    });
  };
}

/** The `unit` stream of the contract: what is known of one unit at once, then as its reports come. */
export function unitSource(telemetry: Pick<Telemetry, 'unitReports' | 'onUnit' | 'directory'>): BulkSource {
  return (params, _caller, sink) => {
    const { unit } = streamParams('unit', UnitParams, params);
    if (!telemetry.directory.hasUnit(unit)) throw new ContractError('not-found', `there is no unit ${unit}`);
    const push = (): void => {
      const reports = telemetry.unitReports(unit);
      if (reports) sink.push(encodeUnitReports(reports), true);
    };
    push();
    return telemetry.onUnit(unit, push);
  };
}
