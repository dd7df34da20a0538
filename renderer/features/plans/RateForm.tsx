import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import type { Form } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import type { Shortcut } from '../../keys/registry.ts';
import styles from './Run.module.css';
import { chosenStars, STARS, type Stars } from './rating.ts';

/**
 * How it went, from 1 to 5 with words: find, dispatch, handle, report back, rate. The caret starts at the numbers, where a digit chooses; in
 * the words a digit is a word.
 */
export function RateForm({ run, form, over }: { run: RunView; form: Form; over: string | null }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const [picked, setPicked] = useState<Stars | null>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  const stars = chosenStars(picked, run.rating);
  useShortcuts([
    ...STARS.map(
      (each): Shortcut => ({
        id: `run.stars.${each}`,
        keys: [String(each)],
        scope: 'plan',
        label: 'plans:key.stars',
        unlisted: each > 1,
        run() {
          setPicked(each);
          box.current?.querySelector<HTMLElement>(`[value="${each}"]`)?.focus();
        },
      }),
    ),
    {
      id: 'run.stars.send',
      keys: ['enter'],
      scope: 'plan',
      label: 'plans:end.rate',
      ...{ unlisted: true, overControl: true },
      enabled: () => box.current?.contains(document.activeElement) ?? false,
      run: () => box.current?.form?.requestSubmit(),
    },
  ]);
  return (
    <ReasonForm
      form={form}
      label={t('plans:end-why.rate')}
      submit={t('plans:end.rate')}
      required={false}
      most={2000}
      busy={busy.has('runs.rate')}
      over={over}
      failure={failure}
      missing={stars === null ? t('plans:stars-first') : null}
      before={
        <fieldset ref={box} className={styles.stars}>
          <legend>{t('plans:stars')}</legend>
          {STARS.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={`stars ${run.id}`}
                value={each}
                checked={stars === each}
                onChange={() => setPicked(each)}
              />
              {t(`plans:star.${each}`)}
            </label>
          ))}
        </fieldset>
      }
      onSubmit={async (words) =>
        stars !== null && (await act('runs.rate', { run: run.id, stars, words })) !== undefined
      }
    />
  );
}
