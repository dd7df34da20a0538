import { IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../contract/features/setup.ts';
import { useConnection } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Complaints } from './Complaints.tsx';
import { ImportSection } from './import/ImportSection.tsx';
import { LoadFiles, useReload } from './LoadFiles.tsx';
import { Parts } from './Parts.tsx';
import styles from './Setup.module.css';
import { TryRules } from './TryRules.tsx';

/** The hall's folder: what it has, what of its files is another than what the hall works with, and what is wrong with them. */
export function SetupRegion() {
  const { t } = useTranslation();
  const { text } = useLang();
  const { view, look, looking, fault } = useLook();
  const reload = useReload();
  return (
    <div className={styles.region}>
      <header className={styles.head}>
        <h2>{view?.name ? text(view.name) : t('setup:no-name')}</h2>
        <ActionButton icon={<IconRefresh />} busy={looking} onClick={look}>
          {t('setup:look')}
        </ActionButton>
        {view?.reloads && <LoadFiles reload={reload} primary={view.differs} />}
      </header>
      {fault !== null && <ErrorNote error={fault} onRetry={look} />}
      {reload.failure !== null && <ErrorNote error={reload.failure} reveal />}
      {view === null ? (
        fault === null && <p className={styles.quiet}>{t('common:loading')}</p>
      ) : (
        <>
          <p className={styles.quiet}>
            {t('setup:folder')} <code className={styles.path}>{view.folder}</code>
          </p>
          {!view.own && <p className={styles.quiet}>{t('setup:not-own', { folder: view.folder })}</p>}
          <p role="status" className={view.differs ? styles.differs : styles.quiet}>
            {t(view.differs ? 'setup:differs' : 'setup:same')}
          </p>
          <Parts view={view} />
          <ImportSection view={view} reload={reload} onChanged={look} />
          <Complaints notices={view.notices} />
          <TryRules />
        </>
      )}
    </div>
  );
}

/** What the folder is like, looked at when the region is opened, when the hall is there again, and when somebody asks. */
function useLook(): { view: SetupView | null; look: () => void; looking: boolean; fault: unknown } {
  const online = useConnection().state === 'open';
  const { act, busy, failure } = useAct({ beside: true });
  const [view, setView] = useState<SetupView | null>(null);
  const look = useCallback(() => {
    void act('setup.look', {}).then((seen) => {
      if (seen) setView(seen);
    });
  }, [act]);
  useEffect(() => {
    if (online) look();
  }, [online, look]);
  return { view, look, looking: busy.has('setup.look'), fault: failure };
}
