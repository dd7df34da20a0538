import { useTranslation } from 'react-i18next';
import styles from './detail/Detail.module.css';
import { useWhich } from './incidents.ts';

/** `第 1 个，共 2 个`, where more than one incident is open: which of them this part of the screen speaks of. */
export function WhichIncident({ id }: { id: string | null | undefined }) {
  const { t } = useTranslation();
  const which = useWhich(id);
  return which && <span className={styles.which}>{t('common:which-incident', which)}</span>;
}
