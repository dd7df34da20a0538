import { IconClipboardCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Selection } from '../../../contract/features/seats.ts';
import { useTopic } from '../../bridge/index.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { useDraftList } from '../../desk/DraftsProvider.tsx';
import { draftKey } from '../../desk/drafts.ts';
import { SoundBar, type SoundWords } from '../../desk/sound/SoundBar.tsx';
import { Sounding } from '../../desk/sound/Sounding.tsx';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import styles from './DepartmentSeat.module.css';
import { type DepartmentTask, taskOf, taskSounds, tasksOf } from './departmentTasks.ts';
import { planDesk } from './planDesk.ts';
import { TaskCard } from './TaskCard.tsx';
import { UndoBar } from './UndoBar.tsx';
import { useIncidentsOf } from './useIncidentsOf.ts';
import { useMoved } from './useMoved.ts';

const SOUND_WORDS: SoundWords = {
  ...{ sounding: 'plans:sound.sounding', anew: 'plans:sound.sounding-anew', silent: 'plans:sound.silent' },
};

/** The incident of what wants the department's attention first. */
export function useFirstIncident(department: string): Selection | null {
  const runs = useTopic('runs');
  const first = useMemo(() => tasksOf(department, runs.values())[0]?.run.incident, [department, runs]);
  return useMemo(() => (first === undefined ? null : { kind: 'incident', id: first, at: null }), [first]);
}

/** A department's own screen: its tasks, large, and what to do next. */
export function DepartmentSteps({ department }: { department: string }) {
  const { t } = useTranslation();
  const runs = useTopic('runs');
  const desk = useDeskStore();
  const current = useSlice(planDesk, (plans) => plans.step);
  const drafts = useDraftList();
  const mine = useMemo(() => {
    const written = new Set(drafts.filter((draft) => draft.open).map((draft) => draft.key));
    return tasksOf(department, runs.values(), (task) =>
      (['skip', 'finish', 'reopen'] as const).some((field) => written.has(draftKey(task, field))),
    );
  }, [department, runs, drafts]);
  const key = taskOf;
  const chosen = mine.find((item) => key(item) === current) ?? mine[0];
  const incidents = useIncidentsOf(mine.map(({ run }) => run));
  const sounds = useMemo(() => taskSounds(mine, incidents), [mine, incidents]);
  const worked = [...new Set(mine.map(({ run }) => run.incident))];

  const moved = useMoved(chosen ? key(chosen) : null, current);

  /** The map goes where the task is. */
  const pick = (item: DepartmentTask) => {
    const { id, place } = incidents.get(item.run.incident) ?? { id: item.run.incident, place: null };
    desk.getState().setIn(planDesk, { step: key(item) });
    desk.getState().select({ kind: 'incident', id, at: place && { lon: place.lon, lat: place.lat } });
  };
  const move = (by: number) => {
    const at = chosen ? mine.indexOf(chosen) : -1;
    const next = mine[Math.min(mine.length - 1, Math.max(0, at + by))];
    if (!next) return;
    pick(next);
    document.querySelector(`[data-task="${CSS.escape(key(next))}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts([
    {
      id: 'task.up',
      keys: ['arrowup'],
      scope: 'plan',
      label: 'plans:key.task.move',
      unlisted: true,
      run: () => move(-1),
    },
    { id: 'task.down', keys: ['arrowdown'], scope: 'plan', label: 'plans:key.task.move', run: () => move(1) },
  ]);

  return (
    <>
      <Sounding sounds={sounds} />
      <UndoBar />
      <SoundBar sounds={sounds} words={SOUND_WORDS} />
      {mine.length === 0 ? (
        <EmptyState
          icon={<IconClipboardCheck size="2.5rem" stroke={1.3} />}
          title={t('plans:seat.none')}
          hint={t('plans:seat.none-hint')}
        />
      ) : (
        <ul className={styles.tasks} aria-label={t('plans:seat.tasks')}>
          {mine.map((item) => (
            <TaskCard
              key={key(item)}
              id={key(item)}
              {...item}
              current={item === chosen}
              incident={incidents.get(item.run.incident)}
              which={{ n: worked.indexOf(item.run.incident) + 1, count: worked.length }}
              moved={moved}
              onPick={() => pick(item)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
