import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraftList, useDrafts } from '../../desk/DraftsProvider.tsx';
import { draftKey } from '../../desk/drafts.ts';

/** What somebody who tells of an incident is asked, and the call that it is the answer to. */
const FIELDS = ['kind', 'level', 'place', 'at', 'words', 'caller', 'phone', 'call'] as const;
export type Told = (typeof FIELDS)[number];

const keyOf = (field: Told) => draftKey('new-incident', field);
const KEYS = FIELDS.map(keyOf);

/** The form for an incident that no alarm told of: one draft a field, so that nothing written is lost. */
export function useNewForm() {
  const { t } = useTranslation();
  const drafts = useDrafts();
  const list = useDraftList();
  return useMemo(() => {
    const text = (field: Told) => list.find(({ key }) => key === keyOf(field))?.text ?? '';
    const about = (field: Told) => `${t('incidents:new.title')} · ${t(`incidents:new.${field}`)}`;
    return {
      keys: KEYS,
      open: list.some(({ key, open }) => key === keyOf('words') && open),
      told: Object.fromEntries(FIELDS.map((field) => [field, text(field)])) as Record<Told, string>,
      write: (field: Told, said: string) => drafts.write(keyOf(field), about(field), said),
      /** Puts it in place of the detail; `told` is what is known already, and does not take the place of what was written. */
      show(told: Partial<Record<Told, string>>) {
        // What a call tells goes before what stood there of nothing yet; what was written is kept.
        for (const [field, said] of Object.entries(told) as [Told, string][])
          if (text(field) === '' || field === 'call') drafts.write(keyOf(field), about(field), said);
        drafts.open(keyOf('words'), about('words'));
      },
      /** Leaves it; what was written stays for the next time. */
      leave: () => drafts.leave(keyOf('words')),
      /** The hall has taken it. */
      done() {
        for (const key of KEYS) drafts.clear(key);
      },
    };
  }, [t, drafts, list]);
}
