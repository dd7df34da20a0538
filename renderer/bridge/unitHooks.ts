import { useEffect, useState } from 'react';
import { decodeUnitReports, type UnitReports } from '../../contract/unitReports.ts';
import { useBridge } from './hooks.tsx';

/** What a unit reported last and its trail, while the component is there; null before anything has come. The last ones stay while the connection is lost. */
export function useUnitReports(unit: string | null): UnitReports | null {
  const { bulk } = useBridge();
  const [known, setKnown] = useState<{ unit: string; reports: UnitReports } | null>(null);
  useEffect(() => {
    if (unit === null) return;
    return bulk('unit', { unit }, (payload) => {
      try {
        setKnown({ unit, reports: decodeUnitReports(payload) });
      } catch (fault) {
        // One that is none is dropped; the next stands alone.
        console.error('unit reports refused', fault);
      }
    });
  }, [bulk, unit]);
  return known?.unit === unit ? known.reports : null;
}
