import { useMemo } from 'react';
import { type MethodName, methods, type QueryName, queries } from '../../contract/index.ts';
import { outOfScope, principalOf } from '../../core/people/principal.ts';
import { useDesk } from './DeskProvider.tsx';

/** What a seat may do. The hall refuses the rest; a screen does not offer it. */
export interface May {
  call(method: MethodName): boolean;
  query(query: QueryName): boolean;
  /** Acts on steps of this department. */
  actFor(department: string): boolean;
}

/** @param seat name of a seat at which a window is */
export function mayOf(seat: string): May {
  const who = principalOf({ seat, station: '', via: 'window' });
  const call = (method: MethodName) => who.rights.has(methods[method].right);
  const query = (name: QueryName) => who.rights.has(queries[name].right);
  return { call, query, actFor: (department) => call('runs.start') && outOfScope(who, department) === null };
}

/** What this window's seat may do. */
export function useMay(): May {
  const seat = useDesk((desk) => desk.seat);
  return useMemo(() => mayOf(seat), [seat]);
}
