import type { Right } from './right.ts';

/** What sits at the other end. The first three have names of their own; every seat that has none is a department's. */
export type SeatKind = 'duty' | 'deputy' | 'commander' | 'department' | 'wall' | 'shell' | 'integration';

const SEE: readonly Right[] = ['hall.see', 'situation.see', 'cameras.see'];

const DEPARTMENT: readonly Right[] = [
  ...SEE,
  ...(['runs.report', 'refusals.see', 'ledger.verify', 'seat.use', 'windows.open', 'steps.act'] as const),
];

const OPERATIONS: readonly Right[] = [
  ...DEPARTMENT,
  ...(['alarms.acknowledge', 'alarms.shelve', 'conflicts.mark', 'plans.launch', 'runs.end', 'walls.show'] as const),
  ...(['warnings.acknowledge', 'incidents.open', 'incidents.level', 'incidents.note', 'incidents.close'] as const),
  ...(['shifts.hand-over', 'station.operate', 'hall.set-up', 'drill.run', 'cameras.steer', 'refusals.act'] as const),
];

/** What each kind of seat may do, as long as there are no accounts: docs/security.md shows it as a table. */
export const RIGHTS_OF: Readonly<Record<SeatKind, ReadonlySet<Right>>> = {
  duty: new Set(OPERATIONS),
  deputy: new Set(OPERATIONS),
  commander: new Set(OPERATIONS),
  department: new Set(DEPARTMENT),
  wall: new Set(SEE),
  shell: new Set<Right>(['hall.see', 'windows.report']),
  integration: new Set<Right>([...SEE, 'ledger.verify']),
};

/** @param seat the name of a seat at which people sit, or of the wall */
export function seatKind(seat: string): Exclude<SeatKind, 'shell' | 'integration'> {
  return seat === 'duty' || seat === 'deputy' || seat === 'commander' || seat === 'wall' ? seat : 'department';
}
