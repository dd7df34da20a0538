import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useDirectory } from '../../desk/hallData.tsx';

/** Every unit by its call sign. */
export function useUnitCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { units } = useDirectory();
  const select = useSelect();
  return useMemo(
    () =>
      [...units.values()].map((unit) => ({
        id: `unit-${unit.id}`,
        kind: t('detail:kind.unit'),
        name: unit.callSign,
        also: `${unit.id} ${unit.department} ${unit.kind}`,
        hint: unit.department,
        rank: 'last',
        run: () => select({ kind: 'unit', id: unit.id, at: null }),
      })),
    [t, select, units],
  );
}
