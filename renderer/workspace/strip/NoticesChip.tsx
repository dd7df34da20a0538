import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { useStation } from '../../desk/hallData.tsx';
import { Refusals } from '../../desk/Refusals.tsx';
import { useMay } from '../../desk/rights.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import drop from './Drop.module.css';
import styles from './Strip.module.css';
import { useNotices } from './useNotices.ts';

/** What somebody ought to know and act on, each with its remedy; recovery first of all. */
export function NoticesChip() {
  const { t } = useTranslation();
  const recovery = useStation()?.ledger.recovery ?? false;
  const notices = useNotices();
  if (notices.length === 0 && !recovery) return null;
  const failed = notices.some((notice) => notice.severity === 'error');
  const grave = recovery || notices.some((notice) => notice.severity !== 'info');
  const words = recovery ? t('strip:recovery') : t('strip:notices', { count: notices.length });
  return (
    <Popover position="bottom-end" width={440} withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles.chipButton}
          data-warn={(grave && !failed) || undefined}
          data-failed={failed || undefined}
        >
          {grave ? (
            <IconAlertTriangle size="0.9375rem" aria-hidden="true" />
          ) : (
            <IconInfoCircle size="0.9375rem" aria-hidden="true" />
          )}
          <span className={styles.words}>{words}</span>
        </button>
      </Popover.Target>
      <NoticesDropdown />
    </Popover>
  );
}

/** The notices themselves, in the popover of whatever sign was pressed. */
export function NoticesDropdown() {
  const { t } = useTranslation();
  const { text } = useLang();
  const recovery = useStation()?.ledger.recovery ?? false;
  const notices = useNotices();
  const { act, busy } = useAct();
  const may = useMay();
  return (
    <Popover.Dropdown className={drop.drop ?? ''}>
      <h3>{t('strip:notices-title')}</h3>
      <Refusals at="notices" />
      {recovery && (
        <div className={drop.seen}>
          <p>{t('strip:recovery-means')}</p>
          {may.call('ledger.acknowledgeRecovery') && (
            <ActionButton
              primary
              icon={<IconCheck />}
              busy={busy.has('ledger.acknowledgeRecovery')}
              title={t('strip:recovery-seen-why')}
              onClick={() => void act('ledger.acknowledgeRecovery', {}, { place: 'notices' })}
            >
              {t('strip:recovery-seen')}
            </ActionButton>
          )}
        </div>
      )}
      {notices.map((notice) => (
        <div
          key={notice.id}
          className={drop.item}
          data-warn={notice.severity === 'warning' || undefined}
          data-failed={notice.severity === 'error' || undefined}
        >
          <div className={drop.itemHead}>
            <strong>{t(`strip:severity.${notice.severity}`)}</strong>
            <Age since={notice.since} />
          </div>
          <div>{text(notice.text)}</div>
          {notice.remedy && (
            <div className={drop.remedy}>
              {t('strip:remedy')} {text(notice.remedy)}
            </div>
          )}
        </div>
      ))}
    </Popover.Dropdown>
  );
}
