import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import type { Form } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import styles from './Run.module.css';

const STARS = [1, 2, 3, 4, 5] as const;
/** What is set before a person has rated. */
const USUAL = 4;

/** How it went, from 1 to 5 with words: find, dispatch, handle, report back, rate. */
export function RateForm({ run, form, over }: { run: RunView; form: Form; over: string | null }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const [stars, setStars] = useState(run.rating?.stars ?? USUAL);
  return (
    <ReasonForm
      form={form}
      label={t('plans:end-why.rate')}
      submit={t('plans:end.rate')}
      required={false}
      busy={busy.has('runs.rate')}
      over={over}
      failure={failure}
      onSubmit={async (words) => (await act('runs.rate', { run: run.id, stars, words })) !== undefined}
    >
      <fieldset className={styles.stars}>
        <legend>{t('plans:stars')}</legend>
        {STARS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`stars ${run.id}`}
              value={each}
              checked={stars === each}
              onChange={() => setStars(each)}
            />
            {t(`plans:star.${each}`)}
          </label>
        ))}
      </fieldset>
    </ReasonForm>
  );
}
