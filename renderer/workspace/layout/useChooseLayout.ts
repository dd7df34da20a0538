import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import type { LayoutName } from '../../desk/layout.ts';

/** Divides the workspace for a situation, and says for which. */
export function useChooseLayout(): (layout: LayoutName) => void {
  const { t } = useTranslation();
  const desk = useDeskStore();
  return useCallback(
    (layout) => {
      desk.getState().set({ layout, whole: null });
      desk.getState().sayOnce(t('common:layout.chosen', { layout: t(`common:layout.${layout}`) }), 'layout');
    },
    [t, desk],
  );
}
