import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../../bridge/index.ts';
import type { Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { unitPlace } from '../../desk/placeNow.ts';
import { useUnitWords } from './useUnitWords.ts';

/** Every unit by its call sign. */
export function useUnitCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { units } = useDirectory();
  const bridge = useBridge();
  const select = useSelect();
  const words = useUnitWords();
  return useMemo(
    () =>
      [...units.values()].map((unit) => ({
        id: `unit-${unit.id}`,
        kind: t('detail:kind.unit'),
        name: unit.callSign,
        also: `${unit.id} ${unit.department} ${unit.kind} ${words.kind(unit.kind)}`,
        hint: words.kind(unit.kind),
        rank: 'last',
        // What goes by the place of what is selected works at once.
        run: () => void unitPlace(bridge, unit.id).then((at) => select({ kind: 'unit', id: unit.id, at })),
      })),
    [t, bridge, select, units, words],
  );
}
