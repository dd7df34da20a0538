import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../desk/actions.ts';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useRunLines } from '../../desk/runs.ts';
import { useLang } from '../../i18n/index.ts';
import { useProgressText } from './Progress.tsx';
import { useWhereOf } from './useIncidentsOf.ts';

/** Runs of plans by name and place. */
export function useRunCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { text } = useLang();
  const actions = useActions();
  const select = useSelect();
  const runs = useRunLines();
  const progressText = useProgressText();
  const whereOf = useWhereOf(runs);
  return useMemo(
    () =>
      runs.map((run) => ({
        id: `run-${run.id}`,
        kind: t('detail:kind.run'),
        name: `${whereOf(run)}${text(run.name)}`,
        also: alsoKnown(run.name, run.id),
        hint: progressText(run),
        rank: 'first',
        run: () => {
          select({ kind: 'run', id: run.id, at: null });
          actions.focusRegion('plan');
        },
      })),
    [t, text, actions, select, runs, progressText, whereOf],
  );
}
