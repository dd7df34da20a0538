import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { stateOf } from '../../desk/slice.ts';
import { unitDesk } from './unitDesk.ts';

/** Lets the map of this window keep the selected unit in the middle, or leaves it there. */
export function useFollow(): () => void {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const { isHere } = useActions();
  return useCallback(() => {
    const { selection, setIn, say } = desk.getState();
    if (selection?.kind !== 'unit') say(t('units:select-first'));
    else if (!isHere('situation')) say(t('units:map-elsewhere'));
    else {
      const { followed } = stateOf(desk.getState(), unitDesk);
      setIn(unitDesk, { followed: followed === selection.id ? null : selection.id });
    }
  }, [desk, isHere, t]);
}
