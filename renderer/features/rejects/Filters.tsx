import { useTranslation } from 'react-i18next';
import { RejectState } from '../../../contract/features/rejects.ts';
import { useQuery } from '../../bridge/index.ts';
import styles from './Quarantine.module.css';
import { type QuarantineFilter, sourceKey } from './quarantineDesk.ts';
import { useWhence } from './useWhence.ts';

/** What the quarantine is asked for. `id` names the field for the reason, which a key goes to. */
export function Filters(props: {
  id: string;
  filter: QuarantineFilter;
  onAsk: (part: Partial<QuarantineFilter>) => void;
}) {
  const { id, filter, onAsk } = props;
  const { t } = useTranslation();
  const whence = useWhence();
  const sources = useQuery('rejects.sources', {}).rows ?? [];
  const asked = sources.some(({ door, source }) => sourceKey(door, source) === filter.source);
  return (
    <search className={styles.filters}>
      <select
        className={styles.field}
        aria-label={t('rejects:field.source')}
        value={filter.source}
        onChange={(event) => onAsk({ source: event.currentTarget.value })}
      >
        <option value="">{t('rejects:every-source')}</option>
        {sources.map(({ key, door, source, count }) => (
          <option key={key} value={sourceKey(door, source)}>
            {t('rejects:of-source', { source: whence({ door, source }), count })}
          </option>
        ))}
        {filter.source !== '' && !asked && <option value={filter.source}>{filter.source}</option>}
      </select>
      <select
        className={styles.field}
        aria-label={t('rejects:field.state')}
        value={filter.state}
        onChange={(event) => onAsk({ state: event.currentTarget.value as QuarantineFilter['state'] })}
      >
        <option value="">{t('rejects:every-state')}</option>
        {RejectState.options.map((state) => (
          <option key={state} value={state}>
            {t(`rejects:state.${state}`)}
          </option>
        ))}
      </select>
      <input
        id={`${id}-reason`}
        type="search"
        className={styles.input}
        aria-label={t('rejects:field.reason')}
        placeholder={t('rejects:field.reason')}
        value={filter.reason}
        onChange={(event) => onAsk({ reason: event.currentTarget.value })}
      />
      <input
        type="search"
        className={styles.input}
        aria-label={t('rejects:field.text')}
        placeholder={t('rejects:field.text')}
        value={filter.text}
        onChange={(event) => onAsk({ text: event.currentTarget.value })}
      />
    </search>
  );
}
