import { Popover } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useLang } from '../../i18n/index.ts';
import { NoticesDropdown } from './NoticesChip.tsx';
import styles from './Strip.module.css';
import { useNotices } from './useNotices.ts';

/** The hall's notice that nothing is being recorded. */
const NOT_RECORDING = 'ledger:not-recording';

/**
 * Nothing is being recorded: in red, on every window and wall, as long as it is so. Pressed, it shows the notices with their
 * remedies; on a wall, which nobody presses, it is words alone.
 */
export function NotRecording() {
  const { t } = useTranslation();
  const { text } = useLang();
  const wall = useDesk((desk) => desk.region === 'wall');
  const notice = useNotices().find(({ id }) => id === NOT_RECORDING);
  if (!notice) return null;
  const why = [notice.text, notice.remedy].map((words) => (words ? text(words) : '')).join('\n');
  const words = (
    <>
      <IconDatabaseOff size="1.0625rem" aria-hidden="true" />
      {t('strip:not-recording')}
    </>
  );
  if (wall) {
    return (
      <strong className={styles.notRecording} role="alert" title={why}>
        {words}
      </strong>
    );
  }
  return (
    <Popover position="bottom-start" width={440} withinPortal>
      <strong className={styles.alert} role="alert">
        <Popover.Target>
          <button type="button" className={styles.notRecording} title={why}>
            {words}
          </button>
        </Popover.Target>
      </strong>
      <NoticesDropdown />
    </Popover>
  );
}
