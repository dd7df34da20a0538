import { IconArrowBackUp } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { stateOf } from '../../desk/slice.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useNow } from '../../ui/ticker.tsx';
import { planDesk } from './planDesk.ts';
import styles from './UndoBar.module.css';

/** Milliseconds in which what was done is taken back by one key. */
const UNDO_MS = 10_000;

/** What was just done, and the key that takes it back. Afterwards it is opened again with a reason, where it stands. */
export function UndoBar() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const undoable = useSlice(planDesk, (plans) => plans.undoable);
  const { act, busy, failure } = useAct({ beside: true });
  useNow(); // What is left is told every second.

  const forget = useCallback(() => {
    if (stateOf(desk.getState(), planDesk).undoable === undoable) desk.getState().setIn(planDesk, { undoable: null });
  }, [desk, undoable]);
  const undo = async () => {
    if (!undoable || busy.size > 0) return;
    const { run, step } = undoable;
    const reason = t('plans:undo.reason');
    const done = await (step === null
      ? act('runs.reopen', { run, reason })
      : act('runs.reopenStep', { run, step, reason }));
    if (!done) return;
    forget();
    if (step === null) desk.getState().setIn(planDesk, { run });
  };

  useEffect(() => {
    if (!undoable) return;
    const timer = setTimeout(forget, undoable.at + UNDO_MS - performance.now());
    return () => clearTimeout(timer);
  }, [forget, undoable]);

  useShortcuts([
    {
      id: 'plan.undo',
      keys: ['u'],
      scope: 'plan',
      label: 'plans:key.undo',
      enabled: () => undoable !== null,
      run: () => void undo(),
    },
  ]);

  if (!undoable) return null;
  const left = Math.max(0, Math.ceil((undoable.at + UNDO_MS - performance.now()) / 1000));
  return (
    <div className={styles.bar}>
      <span role="status" className={styles.said}>
        {undoable.said}
      </span>
      <ActionButton icon={<IconArrowBackUp />} keys="u" busy={busy.size > 0} onClick={() => void undo()}>
        {t('plans:undo.action', { left })}
      </ActionButton>
      {failure !== null && (
        <div className={styles.failure}>
          <ErrorNote error={failure} reveal />
        </div>
      )}
    </div>
  );
}
