import { useTranslation } from 'react-i18next';
import type { NearRow } from '../../../contract/features/places.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useDepartmentName, useKindName } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { distance } from '../../ui/format.ts';
import styles from './Near.module.css';

/** One thing near by: its name, what it is and does, how far and how long away. */
export function NearItem(props: { row: NearRow; onChoose: () => void; onSend: (() => void) | null }) {
  const { row, onChoose, onSend } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const departmentName = useDepartmentName();
  const kindName = useKindName();
  const chosen = useDesk(({ selection }) => selection?.id === row.thing);
  const about = [
    row.what === 'unit' && row.department !== null ? departmentName(row.department) : '',
    row.what === 'unit' ? kindName('unit', row.type) : '',
    row.what === 'facility' ? kindName('facility', row.type) : '',
    row.status === null ? '' : t(`units:status.${row.status}`),
  ].filter((part) => part !== '');
  return (
    <li>
      <button type="button" className={styles.row} data-near={row.thing} aria-pressed={chosen} onClick={onChoose}>
        <span className={styles.name}>{text(row.name)}</span>
        <span className={styles.about}>{about.join(' · ')}</span>
        <span className={styles.far}>{distance(row.metres)}</span>
        {row.eta && <span className={styles.eta}>{inMinutes(row.eta.seconds)}</span>}
      </button>
      {onSend !== null && (
        <button
          type="button"
          className={styles.send}
          tabIndex={-1}
          aria-label={t('near:send-unit', { name: text(row.name) })}
          onClick={onSend}
        >
          {t('near:send')}
        </button>
      )}
    </li>
  );

  function inMinutes(seconds: number): string {
    const minutes = Math.round(seconds / 60);
    return minutes < 1 ? t('near:eta-soon') : t('near:eta', { minutes });
  }
}
