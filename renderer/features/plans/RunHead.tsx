import { IconLayoutKanban, IconListDetails } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import type { RunRating, RunRow, RunView } from '../../../contract/features/plans.ts';
import { useTopic } from '../../bridge/index.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { NotUnderstood } from '../../desk/detail/NotUnderstood.tsx';
import { lineOf, overdueSteps } from '../../desk/runs.ts';
import { WhichIncident } from '../../desk/WhichIncident.tsx';
import { Who } from '../../desk/Who.tsx';
import { useSeatName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { clockTime } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import { ProgressBar, useProgressText } from './Progress.tsx';
import { planDesk } from './planDesk.ts';
import { ReportExport } from './ReportExport.tsx';
import styles from './Run.module.css';
import { RunEndButtons, RunEndForm } from './RunEnd.tsx';
import { useWhereOf } from './useIncidentsOf.ts';

/** How the run's region shows it. */
export type RunTab = 'board' | 'timeline';

/** A run's name, progress, and what ends it. */
export function RunHead(props: {
  run: RunView;
  runs: readonly RunRow[];
  incident: IncidentView | null;
  tab: RunTab;
  onTab: (tab: RunTab) => void;
}) {
  const { run, incident, tab } = props;
  const runs = props.runs.some(({ id }) => id === run.id) ? props.runs : [...props.runs, lineOf(run)];
  const { t } = useTranslation();
  const { text } = useLang();
  const desk = useDeskStore();
  const seatName = useSeatName();
  const whatAndWhere = useWhatAndWhere();
  const progressText = useProgressText();
  const whereOf = useWhereOf(runs);
  const running = run.state === 'running';
  const overdue = running ? overdueSteps(run) : 0;
  const elsewhere = [...useTopic('runs').values()]
    .filter(({ id, state }) => id !== run.id && state === 'running')
    .reduce((sum, other) => sum + overdueSteps(other), 0);
  /** Detail, map and video go along: they speak of the incident that the run is for. */
  const pick = (id: string) => {
    desk.getState().select({ kind: 'run', id, at: null });
    desk.getState().setIn(planDesk, { run: id, step: null });
  };

  useShortcuts([
    {
      id: 'run.timeline',
      keys: ['t'],
      scope: 'plan',
      label: 'plans:key.timeline',
      run: () => props.onTab(tab === 'board' ? 'timeline' : 'board'),
    },
  ]);

  return (
    <>
      <header className={styles.runHead}>
        {incident && (
          <>
            <LevelBadge level={incident.level} />
            <span className={styles.runFor} title={whatAndWhere(incident)}>
              {whatAndWhere(incident)}
            </span>
            <WhichIncident id={incident.id} />
          </>
        )}
        {runs.length > 1 ? (
          <select
            className={styles.runPick}
            aria-label={t('plans:pick-run')}
            value={run.id}
            onChange={(event) => pick(event.currentTarget.value)}
          >
            {runs.map((other) => (
              <option key={other.id} value={other.id}>
                {whereOf(other)}
                {text(other.name)} · {t(`plans:run.${other.state}`)} · {clockTime(other.launchedAt)}
              </option>
            ))}
          </select>
        ) : (
          <strong className={styles.runTitle}>{text(run.name)}</strong>
        )}
        <span className={styles.runState} data-state={run.state}>
          {run.outcome ? t(`plans:outcome.${run.outcome}`) : t(`plans:run.${run.state}`)}
        </span>
        <span
          className={styles.progress}
          role="progressbar"
          aria-label={t('plans:progress')}
          aria-valuemin={0}
          aria-valuemax={run.total}
          aria-valuenow={run.done}
          aria-valuetext={progressText(run)}
        >
          <ProgressBar done={run.done} skipped={run.skipped} total={run.total} />
          {progressText(run)}
        </span>
        {overdue > 0 && <span className={styles.overdueCount}>{t('plans:overdue-count', { count: overdue })}</span>}
        {elsewhere > 0 && (
          <span className={styles.overdueCount}>{t('plans:overdue-elsewhere', { count: elsewhere })}</span>
        )}
        <span className={styles.launchedBy}>
          <span>
            {t('plans:launched', { at: clockTime(run.launched.at), by: seatName(run.launched.actor) })}
            {running && (
              <>
                {' · '}
                <Age since={run.launched.at} />
              </>
            )}
          </span>
        </span>
        <ActionButton
          icon={tab === 'board' ? <IconListDetails /> : <IconLayoutKanban />}
          keys="t"
          onClick={() => props.onTab(tab === 'board' ? 'timeline' : 'board')}
        >
          {t(tab === 'board' ? 'plans:timeline.title' : 'plans:lanes')}
        </ActionButton>
        <ReportExport run={run} />
        <RunEndButtons run={run} />
      </header>
      <NotUnderstood subject={run.id} />
      <RunEndForm run={run} />
      {run.rating && <Rating rating={run.rating} />}
    </>
  );
}

/** How the run was rated, and by whom. */
function Rating({ rating }: { rating: RunRating }) {
  const { t } = useTranslation();
  return (
    <div className={styles.rating}>
      {t('plans:rated', { stars: t(`plans:star.${rating.stars}`) })}
      {rating.words !== '' && ` · ${rating.words}`}{' '}
      <span className={styles.dim}>
        <Who {...rating.by} /> {clockTime(rating.by.at)}
      </span>
    </div>
  );
}
