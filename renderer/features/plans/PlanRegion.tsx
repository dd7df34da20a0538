import { IconSitemap } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { RunRow, RunView } from '../../../contract/features/plans.ts';
import { useTopic, useTopicFresh } from '../../bridge/index.ts';
import { useDesk, useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { useDraftList } from '../../desk/DraftsProvider.tsx';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import { draftKey } from '../../desk/drafts.ts';
import { useIncident } from '../../desk/incidents.ts';
import { useMay } from '../../desk/rights.ts';
import { useRun, useRunLines } from '../../desk/runs.ts';
import { stateOf } from '../../desk/slice.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Board } from './Board.tsx';
import { emptyHint } from './emptyHint.ts';
import { LaunchPanel } from './LaunchPanel.tsx';
import { layOut, neighbour } from './layout.ts';
import { planDesk } from './planDesk.ts';
import styles from './Run.module.css';
import { RunHead, type RunTab } from './RunHead.tsx';
import { RunTimeline } from './RunTimeline.tsx';
import { StepInspector } from './StepInspector.tsx';
import { byAttention, isOpen } from './stepActions.ts';
import { UndoBar } from './UndoBar.tsx';
import { MOVED_MS, type StoodRef, useMoved } from './useMoved.ts';
import { useOfferPlans } from './useOfferPlans.ts';

/** Plans: those on offer while one is being chosen, else the run that goes with the selection. */
export function PlanRegion() {
  const { t } = useTranslation();
  const runs = useTopic('runs');
  const fresh = useTopicFresh('runs');
  const launchFor = useSlice(planDesk, (plans) => plans.launchFor);
  const told = useSlice(planDesk, (plans) => plans.run);
  const subject = useSubject();
  const offerPlans = useOfferPlans();
  const may = useMay();
  const stood: StoodRef = useRef(null);
  const lines = useRunLines();
  // What has ended is shown where it was asked for, not as if it were going on.
  const newest = useMemo(() => lines.find(({ id, state }) => state === 'running' && runs.has(id))?.id, [lines, runs]);
  const chosen = useRun(told);
  const offered = useIncident(launchFor?.region === 'plan' ? launchFor.incident : null);

  if (!fresh && runs.size === 0) return <div className={styles.loading}>{t('common:loading')}</div>;
  if (offered) return <LaunchPanel incident={offered} region="plan" />;
  const run = chosen ?? subject.run ?? (subject.incident ? undefined : runs.get(newest ?? ''));
  if (run)
    return (
      <>
        <UndoBar />
        <Run key={run.id} run={run} runs={lines} stood={stood} />
      </>
    );
  const hint = emptyHint(subject.incident, may.call('runs.launch'));
  return (
    <EmptyState
      {...(subject.incident ? {} : { icon: <IconSitemap size="2rem" stroke={1.4} /> })}
      title={subject.incident ? t('plans:empty-incident') : t('plans:empty')}
      hint={hint && <Trans i18nKey={`plans:${hint}`} components={{ k: <Kbd keys="l" />, e: <Kbd keys="enter" /> }} />}
    >
      {subject.incident?.state === 'open' && may.call('runs.launch') && (
        <ActionButton primary keys="l" onClick={() => void offerPlans()}>
          {t('plans:action.launch')}
        </ActionButton>
      )}
    </EmptyState>
  );
}

function Run(props: { run: RunView; runs: readonly RunRow[]; stood: StoodRef }) {
  const { run, runs, stood } = props;
  const desk = useDeskStore();
  const incident = useIncident(run.incident);
  const chosen = useSlice(planDesk, (plans) => plans.step);
  const wall = useDesk((state) => state.region === 'wall');
  const [tab, setTab] = useState<RunTab>('board');
  const told = useSlice(planDesk, (plans) => plans.run);
  const choices = useDesk((state) => state.chosen);
  const byPerson = `${choices} ${told} ${chosen}`;
  const urgent = run.state === 'running' ? [...run.steps].sort(byAttention)[0] : undefined;
  const picked = run.steps.find((item) => item.id === chosen);
  // After a reload, and in a window torn off, nothing is chosen yet: the step somebody is writing about is.
  const open = useDraftList().filter((draft) => draft.open);
  const written = run.steps.find((item) =>
    open.some(({ key }) =>
      (['skip', 'reopen'] as const).some((field) => key === draftKey(`${run.id}/${item.id}`, field)),
    ),
  );
  const step = picked ?? written ?? urgent;

  // A run that was asked for may come later than the asking.
  const asked = told === run.id ? `${byPerson} here` : byPerson;
  const movedHere = useMoved(`${run.id}/${step?.id}`, asked, stood);
  const moved = () => movedHere() || performance.now() - desk.getState().followedAt < MOVED_MS;
  /** From here on the step stays where it is, whatever others do, until the person leaves it. */
  const pin = () => {
    const { run: stays, step: stands } = stateOf(desk.getState(), planDesk);
    if (step && (stays !== run.id || stands !== step.id))
      desk.getState().setIn(planDesk, { run: run.id, step: step.id });
  };
  const leave = () => desk.getState().setIn(planDesk, { step: null });

  const go = (direction: 'left' | 'right' | 'up' | 'down') => {
    const from = step?.id ?? '';
    const to = neighbour(layOut(run), from, direction);
    desk.getState().setIn(planDesk, { run: run.id, step: to });
    document.querySelector<HTMLElement>(`[data-step="${CSS.escape(to)}"]`)?.focus();
  };
  useShortcuts([
    {
      id: 'board.leave',
      keys: ['escape'],
      scope: 'plan',
      label: 'plans:key.board.leave',
      enabled: () =>
        picked !== undefined && run.state === 'running' && stateOf(desk.getState(), planDesk).deciding === null,
      run: leave,
    },
    ...(['left', 'right', 'up', 'down'] as const).map((direction) => ({
      id: `board.${direction}`,
      keys: [`arrow${direction}`],
      scope: 'plan' as const,
      label: 'plans:key.board.move',
      unlisted: direction !== 'right',
      enabled: () => tab === 'board',
      run: () => go(direction),
    })),
  ]);

  return (
    <div className={styles.run}>
      <RunHead run={run} runs={runs} incident={incident} tab={tab} onTab={setTab} />
      {run.conflicts.some((conflict) => conflict.seen === null) && (
        <div className={styles.runConflicts}>
          <Conflicts conflicts={run.conflicts} steps={run.steps} />
        </div>
      )}
      {tab === 'timeline' ? (
        <RunTimeline run={run} />
      ) : (
        <div className={styles.runBody}>
          <Board run={run} step={wall ? null : (step?.id ?? null)} fill={wall} />
          {step && !wall && (
            <StepInspector
              key={step.id}
              run={run}
              step={step}
              place={incident?.place ?? null}
              next={urgent && urgent !== step && isOpen(urgent) ? urgent : null}
              onNext={leave}
              onTouch={pin}
              moved={moved}
            />
          )}
        </div>
      )}
    </div>
  );
}
