import { Popover } from '@mantine/core';
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../../desk/copy.ts';
import { useDraftList, useDrafts } from '../../desk/DraftsProvider.tsx';
import { isWritten } from '../../desk/drafts.ts';
import { Refusals } from '../../desk/Refusals.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import drop from './Drop.module.css';
import styles from './Strip.module.css';

/** Text that was begun, is not sent, and whose form is not on the screen: nothing that somebody wrote is lost. */
export function DraftsChip() {
  const { t } = useTranslation();
  const drafts = useDrafts();
  const list = useDraftList();
  const copy = useCopy('drafts');
  const shownNow = useSyncExternalStore(drafts.subscribe, () =>
    list
      .filter((draft) => drafts.isShown(draft.key))
      .map((draft) => draft.key)
      .join(),
  );
  const away = list.filter((draft) => isWritten(draft) && !shownNow.split(',').includes(draft.key));
  if (away.length === 0) return null;
  return (
    <Popover position="bottom-end" width={420} withinPortal>
      <Popover.Target>
        <button type="button" className={styles.chipButton} data-strong>
          <IconPencil size="0.9375rem" aria-hidden="true" />
          <span className={styles.words}>{t('strip:drafts', { count: away.length })}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={drop.drop ?? ''}>
        <h3>{t('strip:drafts-title')}</h3>
        <p className={styles.dim}>{t('strip:drafts-means')}</p>
        <Refusals at="drafts" />
        {away.map((draft) => (
          <div key={draft.key} className={drop.item}>
            <div className={drop.itemHead}>
              <strong>{draft.about}</strong>
              <Age since={draft.at} />
            </div>
            <div className={drop.draftText}>{draft.text}</div>
            <div className={drop.facts}>
              <ActionButton icon={<IconCopy />} onClick={() => void copy(draft.text)}>
                {t('common:draft.copy')}
              </ActionButton>
              <ActionButton icon={<IconTrash />} onClick={() => drafts.clear(draft.key)}>
                {t('common:draft.discard')}
              </ActionButton>
            </div>
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
