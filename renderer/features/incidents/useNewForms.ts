import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraftList, useDrafts } from '../../desk/DraftsProvider.tsx';
import { useElsewhere } from '../../desk/windows.ts';
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
  const { own } = useDrafts();
  const list = useDraftList();
  return useMemo(() => openForm(list, own), [list, own]);
}

/** The form goes along when the detail, which it stands in, goes to a window of its own. */
export function useHandOver(): void {
  const forms = useNewForms();
  const gone = useElsewhere().has('detail');
  useEffect(() => {
    if (gone) forms.handOver();
  }, [gone, forms]);
}
