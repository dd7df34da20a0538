import { IconDownload, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../contract/features/shifts.ts';
import type { Sheet } from '../../../core/shifts/sheet.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useDesk, useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import { useSeatName } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { dateTime } from '../../ui/format.ts';
import { BeginForm } from './BeginForm.tsx';
import { HandoverNotes } from './HandoverNotes.tsx';
import { OpenForms } from './OpenForms.tsx';
import { PastHandovers } from './PastHandovers.tsx';
import { SheetSections } from './SheetSections.tsx';
import styles from './Shifts.module.css';
import { shiftDesk } from './shiftDesk.ts';
import { useSaveHandover } from './useSaveHandover.ts';
import { useSheetNow } from './useSheetNow.ts';

/** What is handed over: as it is now while nobody has taken over, and as it was then for a handover that is looked at. */
export function HandoverRegion() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const seat = useDesk((state) => state.seat);
  const shown = useSlice(shiftDesk, (state) => state.shown);
  const now = useSheetNow();
  const going = useTopic('handovers');
  const looked = useQuery('shifts.one', shown === null ? null : { id: shown });
  const open = [...going.values()].find((each) => each.seat === seat && each.state === 'open') ?? null;
  const view: HandoverView | null = shown === null ? open : (looked.rows?.[0] ?? null);
  const sheet: Sheet | null = view === null || view.state === 'open' ? now : view.sheet;
  const save = useSaveHandover(view, sheet);
  const back = () => desk.getState().setIn(shiftDesk, { shown: null });
  useShortcuts([
    { id: 'shift.save', keys: ['s'], scope: 'shift', label: 'shifts:key.save', run: save },
    {
      ...{ id: 'shift.back', keys: ['escape'], scope: 'shift', label: 'shifts:key.back' },
      enabled: () => shown !== null,
      run: back,
    },
  ]);
  return (
    <div className={styles.region}>
      <div className={styles.main}>
        <header className={styles.head}>
          <h2>{view === null ? t('shifts:now') : <Title view={view} />}</h2>
          <ActionButton icon={<IconDownload />} keys="s" disabled={sheet === null} onClick={save}>
            {t('shifts:save')}
          </ActionButton>
          {shown !== null && (
            <ActionButton icon={<IconX />} keys="escape" onClick={back}>
              {t('shifts:back')}
            </ActionButton>
          )}
        </header>
        {looked.error !== null && <ErrorNote error={looked.error} />}
        {view !== null && <Conflicts conflicts={view.conflicts} />}
        {view?.state === 'withdrawn' ? (
          <p className={styles.none}>{t('shifts:withdrawn-sheet')}</p>
        ) : sheet === null ? (
          <p className={styles.none}>{t('common:loading')}</p>
        ) : (
          <SheetSections sheet={sheet} />
        )}
      </div>
      <div className={styles.side}>
        {shown === null && open === null && <BeginForm seat={seat} />}
        {view !== null && <HandoverNotes handover={view} />}
        {view !== null && view.state === 'open' && view.seat === seat && <OpenForms handover={view} />}
        <PastHandovers />
      </div>
    </div>
  );
}

function Title({ view }: { view: HandoverView }) {
  const { t } = useTranslation();
  const seatName = useSeatName();
  const words = { seat: seatName(view.seat), from: view.from, to: view.to ?? '', at: dateTime(view.begun.at) };
  return t(`shifts:title.${view.state}`, { ...words, ended: view.ended ? dateTime(view.ended.at) : '' });
}
