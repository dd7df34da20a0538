import { IconDownload, IconLayoutKanban, IconListDetails, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../contract/features/incidents.ts';
import type { RunRow, RunView } from '../../../contract/features/plans.ts';
import { useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { NotUnderstood } from '../../desk/detail/NotUnderstood.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useMay } from '../../desk/rights.ts';
import { lineOf, overdueSteps } from '../../desk/runs.ts';
import { WhichIncident } from '../../desk/WhichIncident.tsx';
import { useSeatName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { clockTime } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import { ProgressBar, useProgressText } from './Progress.tsx';
import { planDesk } from './planDesk.ts';
import styles from './Run.module.css';
import { isOpen } from './stepActions.ts';
import { wholeReport } from './wholeReport.ts';

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
  const { text, lang } = useLang();
  const desk = useDeskStore();
  const { act } = useAct();
  const seatName = useSeatName();
  const whatAndWhere = useWhatAndWhere();
  const progressText = useProgressText();
  const ending = useForm(run.id, 'all-clear', `${t('plans:all-clear')} · ${text(run.name)}`);
  const { act: end, busy: endBusy, failure } = useAct({ beside: true });
  const [force, setForce] = useState(false);
  /** How much of a report is here, 0…1; null while none is asked for. */
  const [exported, setExported] = useState<number | null>(null);
  const running = run.state === 'running';
  const mayEnd = useMay().call('runs.allClear') && running;
  const overdue = run.steps.filter((step) => isOpen(step) && step.overdue !== 'no').length;
  const left = run.total - run.done - run.skipped;
  const elsewhere = [...useTopic('runs').values()]
    .filter(({ id, state }) => id !== run.id && state === 'running')
    .reduce((sum, other) => sum + overdueSteps(other), 0);
  /** Detail, map and video go along: they speak of the incident that the run is for. */
  const pick = (id: string) => {
    desk.getState().select({ kind: 'run', id, at: null });
    desk.getState().setIn(planDesk, { run: id, step: null });
  };
  /** The run stays under the hands from here on, whatever is launched beside it. */
  const askForEnd = () => {
    desk.getState().setIn(planDesk, { run: run.id });
    ending.show();
  };

  const exportReport = async () => {
    setExported(0);
    const report = await wholeReport((part) => act('runs.report', part), { run: run.id, lang }, setExported);
    setExported(null);
    if (!report) return;
    if (report === 'changed') {
      desk.getState().say({ tone: 'error', text: t('plans:export-changed') });
      return;
    }
    download(report.name, report.html);
    desk.getState().say({ tone: 'info', text: t('plans:exported', { name: report.name }) });
  };

  useShortcuts([
    {
      id: 'run.all-clear',
      keys: ['e'],
      scope: 'plan',
      label: 'plans:key.all-clear',
      enabled: () => mayEnd,
      run: askForEnd,
    },
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
          {t('plans:launched', { at: clockTime(run.launched.at), by: seatName(run.launched.actor) })}
          {running && (
            <>
              {' · '}
              <Age since={run.launched.at} />
            </>
          )}
        </span>
        <ActionButton
          icon={tab === 'board' ? <IconListDetails /> : <IconLayoutKanban />}
          keys="t"
          onClick={() => props.onTab(tab === 'board' ? 'timeline' : 'board')}
        >
          {t(tab === 'board' ? 'plans:timeline.title' : 'plans:lanes')}
        </ActionButton>
        <ActionButton icon={<IconDownload />} busy={exported !== null} onClick={() => void exportReport()}>
          {exported ? t('plans:exporting', { percent: Math.floor(exported * 100) }) : t('plans:export')}
        </ActionButton>
        {mayEnd && (
          <ActionButton icon={<IconShieldCheck />} keys="e" primary={left === 0} onClick={askForEnd}>
            {t('plans:all-clear')}
          </ActionButton>
        )}
      </header>
      <NotUnderstood subject={run.id} />
      {ending.open && (
        <div className={styles.ending}>
          <ReasonForm
            form={ending}
            label={t('plans:all-clear-why')}
            submit={t('plans:all-clear')}
            busy={endBusy.has('runs.allClear')}
            over={running ? null : t('plans:run-over')}
            failure={failure}
            onSubmit={async (reason) => {
              const done = await end('runs.allClear', { run: run.id, reason, ...(left > 0 ? { force } : {}) });
              if (!done) return false;
              desk.getState().say({ tone: 'info', text: t('plans:all-clear-given', { name: text(run.name) }) });
              return true;
            }}
          >
            {running && left > 0 && (
              <label className={styles.force}>
                <input type="checkbox" checked={force} onChange={(event) => setForce(event.currentTarget.checked)} />
                {t('plans:force', { count: left })}
              </label>
            )}
          </ReasonForm>
        </div>
      )}
    </>
  );
}

/** Hands a page to the person as a file. */
function download(name: string, html: string): void {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
