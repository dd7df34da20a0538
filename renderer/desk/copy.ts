import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SaidHere } from '../ui/ErrorNote.tsx';
import { useDeskStore } from './DeskProvider.tsx';
import { keyOf } from './refusals.ts';

/**
 * Puts text on the clipboard and says so; a page that is not let there, or is not secure, says how to do it by hand.
 *
 * @param place where that stands until it is read; null: over the window
 */
export function useCopy(place: string | null = null): (text: string) => Promise<void> {
  const { t } = useTranslation();
  const desk = useDeskStore();
  return useCallback(
    async (text) => {
      // Missing on a page that came by plain HTTP from another machine, whatever the types say.
      const clipboard: Clipboard | undefined = navigator.clipboard;
      const copied = await Promise.resolve(clipboard?.writeText(text).then(() => true)).catch(() => false);
      if (copied === true) {
        desk.getState().heed(keyOf('copy', { place }));
        desk.getState().say(t('common:draft.copied'));
      } else desk.getState().refuse('copy', { place, why: new SaidHere('common:draft.copy-failed', { text }) });
    },
    [desk, place, t],
  );
}
