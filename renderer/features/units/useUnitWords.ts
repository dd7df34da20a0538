import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitStatus } from '../../../core/units/unit.ts';
import { useKindName } from '../../desk/words.ts';

/** A unit's kind and status in the window's language. */
export function useUnitWords(): { kind(kind: string): string; status(status: UnitStatus): string } {
  const { t } = useTranslation();
  const kindName = useKindName();
  return useMemo(
    () => ({ kind: (kind) => kindName('unit', kind), status: (status) => t(`units:status.${status}`) }),
    [t, kindName],
  );
}
