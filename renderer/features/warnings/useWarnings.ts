import { useMemo } from 'react';
import { MOST_WARNINGS, type WarningRow } from '../../../contract/features/warnings.ts';
import { useQuery } from '../../bridge/index.ts';
import type { Sound } from '../../desk/sound/hearing.ts';

const HOLDING = { state: 'holding', limit: MOST_WARNINGS } as const;
/** Those that ended last, below those that hold. */
const OVER = { state: 'over', limit: 20 } as const;

const NONE: readonly WarningRow[] = [];

/** Warnings that hold, the worst first. */
export function useHolding() {
  const { rows, error } = useQuery('warnings.list', HOLDING);
  return { rows: rows ?? NONE, error };
}

/** Warnings that ended last, the last first. */
export function useOver(): readonly WarningRow[] {
  return useQuery('warnings.list', OVER).rows ?? NONE;
}

/** Of levels I and II, and waiting for somebody: what calls until it is acknowledged. */
const calls = ({ waits, level }: WarningRow) => waits && level <= 2;

export function useCalling(): readonly WarningRow[] {
  const { rows } = useHolding();
  return useMemo(() => rows.filter(calls), [rows]);
}

/** What of them is to be heard, as alarms are. */
export function useWarningSounds(): readonly Sound[] {
  const calling = useCalling();
  return useMemo(() => calling.map(({ id, level }) => ({ id, level, occurrence: 1 })), [calling]);
}
