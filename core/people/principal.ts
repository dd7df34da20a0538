import type { Text } from '../words.ts';
import { RIGHTS, type Right } from './right.ts';
import { RIGHTS_OF, type SeatKind, seatKind } from './role.ts';

/** How somebody came in: a window, the desktop shell itself, or another system with a token of its own. */
export type Via = 'window' | 'shell' | 'integration';

/** Who acts, and what they may do. Established when a window is let in; nothing that is said later changes it. */
export interface Principal {
  /** The person, once there are accounts. */
  readonly user: string | null;
  readonly seat: string;
  readonly station: string;
  readonly via: Via;
  readonly kind: SeatKind;
  readonly rights: ReadonlySet<Right>;
  /** Departments whose steps it may act on. */
  readonly scope: { readonly departments: 'all' | readonly string[] };
}

/**
 * A department's seat acts for the department of its name, also one that no plan names: then there is nothing to act on.
 */
export function principalOf({ seat, station, via }: Pick<Principal, 'seat' | 'station' | 'via'>): Principal {
  const kind = via === 'window' ? seatKind(seat) : via;
  const all = kind === 'duty' || kind === 'deputy' || kind === 'commander';
  const departments = all ? 'all' : kind === 'department' ? [seat] : [];
  return Object.freeze({
    ...{ user: null, seat, station, via, kind, rights: RIGHTS_OF[kind] },
    scope: Object.freeze({ departments }),
  });
}

/** Why somebody without a right is refused; null when they have it. */
export function withoutRight({ seat, rights }: Principal, right: Right): Text | null {
  if (rights.has(right)) return null;
  const { zh, en } = RIGHTS[right];
  return { zh: `席位 ${seat} 无权${zh}（权限 ${right}）`, en: `the seat ${seat} may not ${en} (right ${right})` };
}

/** Why somebody is refused who acts on a department's step; null when that department is theirs to act for. */
export function outOfScope({ seat, scope }: Principal, department: string): Text | null {
  if (scope.departments === 'all' || scope.departments.includes(department)) return null;
  return {
    zh: `席位 ${seat} 无权执行部门 ${department} 的任务（权限 steps.act 限于本部门）`,
    en: `the seat ${seat} may not act on a step of ${department} (right steps.act, own department only)`,
  };
}
