import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraftList, useDrafts } from '../../desk/DraftsProvider.tsx';
import { newForms, type OpenForm, openForm } from './newForms.ts';

/** Opens, fills and leaves the forms for an incident that no alarm told of. */
export function useNewForms() {
  const { t } = useTranslation();
  const drafts = useDrafts();
  return useMemo(
    () =>
      newForms(
        drafts,
        (call, field) =>
          `${t(call === null ? 'incidents:new.title' : 'incidents:key.answer')} · ${t(`incidents:new.${field}`)}`,
      ),
    [t, drafts],
  );
}

/** The one of them that stands open; null for none. */
export function useOpenForm(): OpenForm | null {
  const list = useDraftList();
  return useMemo(() => openForm(list), [list]);
}
