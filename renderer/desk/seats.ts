import { seatKind } from '../../core/people/role.ts';

/** The seats that have the whole workspace. */
const WORKSPACE_SEATS: readonly string[] = ['duty', 'deputy', 'commander'];

/** The departments that act together, each with a seat of its own; their names: core/people/names.ts. */
const DEPARTMENT_SEATS: readonly string[] = [
  'police',
  'fire',
  'medical',
  'traffic',
  'urban',
  'environment',
  'water',
  'emergency',
  'transport',
  'health',
  'power',
  'gas',
  'community',
  'hotline',
];

/** Every seat a hall has from the start. */
export const SEATS: readonly string[] = [...WORKSPACE_SEATS, ...DEPARTMENT_SEATS];

/** Whether a seat is a department's; a seat nobody has heard of is taken for one. */
export function isDepartment(seat: string): boolean {
  return seatKind(seat) === 'department';
}
