import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView, StepView } from '../../../contract/features/plans.ts';
import styles from './Progress.module.css';

/** Steps done and steps skipped, of those that are taken. */
export type Progress = Pick<RunView, 'done' | 'skipped' | 'total'>;

/** How far some steps of a run are. */
export function progressOf(steps: readonly Pick<StepView, 'state'>[]): Progress {
  const of = (wanted: StepView['state']) => steps.filter(({ state }) => state === wanted).length;
  return { done: of('done'), skipped: of('skipped'), total: steps.length - of('not-taken') };
}

/** `12/20`, and how many of the rest were skipped: skipped is not done. */
export function useProgressText(): (progress: Progress) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ done, skipped, total }) =>
      `${done}/${total}${skipped > 0 ? ` · ${t('plans:skipped-count', { count: skipped })}` : ''}`,
    [t],
  );
}

/** What is done, solid, and what is skipped, hatched, of all. */
export function ProgressBar({ done, skipped, total }: Progress) {
  const share = (part: number) => ({ width: `${total === 0 ? 0 : (part / total) * 100}%` });
  return (
    <span className={styles.bar}>
      <span style={share(done)} />
      <span data-skipped style={share(skipped)} />
    </span>
  );
}
