import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskStore } from './DeskProvider.tsx';

/** Puts text on the clipboard and says so; a page that is not let there, or is not secure, says how to do it by hand. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation();
  const desk = useDeskStore();
  return useCallback(
    async (text) => {
      // Missing on a page that came by plain HTTP from another machine, whatever the types say.
      const clipboard: Clipboard | undefined = navigator.clipboard;
      const copied = await Promise.resolve(clipboard?.writeText(text).then(() => true)).catch(() => false);
      desk
        .getState()
        .say(
          copied === true
            ? { tone: 'info', text: t('common:draft.copied') }
            : { tone: 'error', text: t('common:draft.copy-failed', { text }) },
        );
    },
    [desk, t],
  );
}
