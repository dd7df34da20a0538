import type { UnitEntry } from '../../../../contract/features/units.ts';
import { UNIT_STATUSES, type UnitStatus } from '../../../../core/units/unit.ts';
import { DEPARTMENT_SIGNS, SIGN_NAMES, signOf } from '../../../map/departmentSigns.ts';
import type { UnitTrack } from './track.ts';

/** Width of the looks texture; a unit's texel is at (index mod width, index / width). */
export const LOOKS_WIDTH = 1024;
const OUTLINES = ['round', 'square', 'hexagon'] as const;

/** How each unit is drawn, by directory index: RGBA texels (sign, outline, hidden, 0). */
export function unitLooks(directory: readonly UnitEntry[], hidden: ReadonlySet<string>): Uint8Array<ArrayBuffer> {
  const rows = Math.max(1, Math.ceil(directory.length / LOOKS_WIDTH));
  const texels = new Uint8Array(rows * LOOKS_WIDTH * 4);
  const other = SIGN_NAMES.indexOf('other');
  for (let i = 0; i < rows * LOOKS_WIDTH; i++) {
    const department = directory[i]?.department;
    const sign = department === undefined ? 'other' : signOf(department);
    texels[i * 4] = department === undefined ? other : SIGN_NAMES.indexOf(sign);
    texels[i * 4 + 1] = OUTLINES.indexOf(DEPARTMENT_SIGNS[sign].outline);
    texels[i * 4 + 2] = department !== undefined && hidden.has(department) ? 1 : 0;
  }
  return texels;
}

export interface DepartmentCount {
  department: string;
  total: number;
  /** By status, in the order of `UNIT_STATUSES`. */
  byStatus: number[];
}

/** How many units each department has out, by status, in the order of the departments' first unit. */
export function countUnits(track: UnitTrack, directory: readonly UnitEntry[]): DepartmentCount[] {
  const counts = new Map<string, DepartmentCount>();
  for (const entry of directory) {
    if (!counts.has(entry.department)) {
      counts.set(entry.department, { department: entry.department, total: 0, byStatus: UNIT_STATUSES.map(() => 0) });
    }
  }
  for (let i = 0; i < track.count; i++) {
    const department = directory[track.indexAt(i)]?.department;
    const row = department === undefined ? undefined : counts.get(department);
    if (!row) continue;
    const status = track.statusAt(i);
    row.total++;
    row.byStatus[status] = (row.byStatus[status] ?? 0) + 1;
  }
  return [...counts.values()];
}

/** Whether two counts are the same in every number. */
export function sameCounts(one: readonly DepartmentCount[], other: readonly DepartmentCount[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ department, byStatus }, i) => {
      const its = other[i];
      return its?.department === department && byStatus.every((count, status) => its.byStatus[status] === count);
    })
  );
}

/** Bits of the statuses that are shown, for the shader. */
export function statusBits(hidden: ReadonlySet<UnitStatus>): number {
  let bits = 0;
  UNIT_STATUSES.forEach((status, i) => {
    if (!hidden.has(status)) bits |= 1 << i;
  });
  return bits;
}
