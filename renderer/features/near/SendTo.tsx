import { useTranslation } from 'react-i18next';
import { useLang } from '../../i18n/index.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Near.module.css';
import type { SendingTo } from './useSendTo.ts';

/** For which step units are sent from here. */
export function SendTo({ sending }: { sending: SendingTo }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { steps, step, choose, failure } = sending;
  if (!step) return null;
  return (
    <>
      <label className={styles.sendTo}>
        <span>{t('near:send-to')}</span>
        <select value={step.id} onChange={(event) => choose(event.currentTarget.value)}>
          {steps.map((each) => (
            <option key={each.id} value={each.id}>
              {text(each.title)}
            </option>
          ))}
        </select>
      </label>
      {failure !== null && <ErrorNote error={failure} reveal />}
    </>
  );
}
