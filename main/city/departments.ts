import type { DepartmentRow } from '../../contract/features/seats.ts';
import { type DepartmentNames, USUAL_DEPARTMENTS } from '../../core/people/names.ts';
import type { Department } from '../../core/places/city.ts';

/** The departments as windows are told of them: those that cities usually have where the hall names none. */
export function departmentRows(departments: readonly Department[]): DepartmentRow[] {
  if (departments.length === 0)
    return Object.entries(USUAL_DEPARTMENTS).map(([id, name]) => ({ id, name, short: name, phone: '' }));
  return departments.map(({ id, zh, en, shortZh, shortEn, phone }) => ({
    ...{ id, name: { zh, en }, short: { zh: shortZh, en: shortEn }, phone },
  }));
}

/** What the hall calls its departments in lanes, reports and at who decided. */
export function departmentNames(departments: readonly Department[]): DepartmentNames {
  return new Map(departmentRows(departments).map(({ id, short }) => [id, short]));
}
