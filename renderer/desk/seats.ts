import { useMemo } from 'react';
import { USUAL_DEPARTMENTS } from '../../core/people/names.ts';
import { seatKind } from '../../core/people/role.ts';
import { useDirectory } from './hallData.tsx';

/** The seats that have the whole workspace. */
const WORKSPACE_SEATS: readonly string[] = ['duty', 'deputy', 'commander'];

/** Every seat the hall has from the start: those that have the whole workspace, and one of each department. */
export function useSeats(): readonly string[] {
  const { departments } = useDirectory();
  return useMemo(() => {
    const ids = departments.size > 0 ? [...departments.keys()] : Object.keys(USUAL_DEPARTMENTS);
    return [...WORKSPACE_SEATS, ...ids];
  }, [departments]);
}

/** Whether a seat is a department's; a seat nobody has heard of is taken for one. */
export function isDepartment(seat: string): boolean {
  return seatKind(seat) === 'department';
}
