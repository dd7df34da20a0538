import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../contract/features/shifts.ts';
import { sameName } from '../../../core/shifts/handover.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useMay } from '../../desk/rights.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { LineForm } from './LineForm.tsx';
import styles from './Shifts.module.css';
import { shiftDesk } from './shiftDesk.ts';

/** What ends a handover that is open at this seat: the name of who takes over, or a reason why it is not to be. */
export function OpenForms({ handover }: { handover: HandoverView }) {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const may = useMay();
  const { act, busy, failure } = useAct({ beside: true });
  const withdrawal = useForm(handover.id, 'withdraw', t('shifts:withdraw'));
  const allowed = may.call('shifts.confirm');
  useShortcuts([
    {
      ...{ id: 'shift.withdraw', keys: ['delete'], scope: 'shift', label: 'shifts:key.withdraw' },
      enabled: () => allowed,
      run: withdrawal.show,
    },
  ]);
  if (!allowed) return null;
  return (
    <>
      <p className={styles.say}>{t('shifts:read-it')}</p>
      <LineForm
        subject={handover.id}
        field="to"
        label={t('shifts:field.to')}
        hint={t('shifts:field.name')}
        submit={t('shifts:confirm')}
        most={50}
        primary
        wrong={(name) => (sameName(name, handover.from) ? t('shifts:same-name') : null)}
        send={async (act, to) => {
          const done = await act('shifts.confirm', { handover: handover.id, to });
          if (done) desk.getState().setIn(shiftDesk, { shown: handover.id });
          return done;
        }}
      />
      {withdrawal.open ? (
        <ReasonForm
          form={withdrawal}
          label={t('shifts:withdraw-why')}
          submit={t('shifts:withdraw')}
          busy={busy.has('shifts.withdraw')}
          failure={failure}
          onSubmit={async (reason) => (await act('shifts.withdraw', { handover: handover.id, reason })) !== undefined}
        />
      ) : (
        <ActionButton icon={<IconArrowBackUp />} keys="delete" onClick={withdrawal.show}>
          {t('shifts:withdraw')}
        </ActionButton>
      )}
    </>
  );
}
