import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitStatus } from '../../../core/units/unit.ts';

/** A unit's kind and status in the window's language; a kind that nobody has named is said as the city has it. */
export function useUnitWords(): { kind(kind: string): string; status(status: UnitStatus): string } {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => ({
      kind: (kind) => (i18n.exists(`units:kind.${kind}`) ? t(`units:kind.${kind}`) : kind),
      status: (status) => t(`units:status.${status}`),
    }),
    [t, i18n],
  );
}
